"""Kill -9 while a cart is filled or paid: the next start has it again, or the sale that it became."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from pos.carts import keep
from pos.clock import stopped_at
from pos.draft import Draft
from pos.ledger import open_ledger
from pos.opening import read_opening
from pos.sample import open_sample
from tests.books import MOMENT, cart_of
from tests.ui.hands import show, texts
from tests.ui.till.filling import fill_on, pay_and_die
from tests.ui.till.stand import in_cart, sales
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.start import Start
from ui.theme import Theme, load_theme
from ui.window import Window

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

KILLED = -9


@pytest.fixture
def path(booth_file: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(booth_file, tmp_path / "stan.lapak")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (tmp_path / "jawaban.txt").touch()
    return tmp_path / "jawaban.txt"


def child_of(function: Any, *what: Any, **how: Any) -> BaseProcess:
    """A child process with a window of its own; ready soon, for its parent has read the program already."""
    children = multiprocessing.get_context("forkserver")
    children.set_forkserver_preload(["tests.ui.till.filling"])
    child = children.Process(target=function, args=what, kwargs=how)
    child.start()
    return child


def killed_after(child: BaseProcess, answers: Path, lines: int, seconds: float = 0.0) -> list[str]:
    """Kill `child` that long after its answer number `lines`; the words of its last whole answer."""
    while len(answers.read_text().splitlines()) < lines:
        assert child.is_alive(), "the till ended by itself"
        time.sleep(0.01)
    time.sleep(seconds)
    child.kill()
    child.join()
    assert child.exitcode == KILLED
    return answers.read_text().splitlines(keepends=True)[-1].split()


def test_a_cart_that_was_being_filled_is_there_again(path: Path, answers: Path) -> None:
    chance = Random(59)
    lines = 0
    for _kill in range(5):
        child = child_of(fill_on, path, answers, paying=False)
        cart, pieces, _selected = killed_after(child, answers, lines + 5, chance.uniform(0, 0.1))
        lines = len(answers.read_text().splitlines())
        opening = read_opening(path)
        assert opening is not None
        assert opening.draft is not None
        assert opening.draft.cart.id == cart
        assert int(pieces) <= opening.draft.cart.qty <= int(pieces) + 1
    assert {line.split()[0] for line in answers.read_text().splitlines()} == {cart}  # each went on with it


def test_a_cart_that_was_being_paid_is_there_again(
    path: Path, answers: Path, qtbot: QtBot, theme: Theme
) -> None:
    cart, pieces, selected = killed_after(child_of(fill_on, path, answers, paying=True), answers, 1, 0.1)
    with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
        frame = Frame(App.over(ledger, theme))
        show(qtbot, frame)
        basket = frame.desk.basket
        assert [basket.cart.id, str(basket.cart.qty), str(basket.selected)] == [cart, pieces, selected]
        assert "Keranjang dipulihkan" in texts(frame.desk)
        assert not frame.desk.till.locked
        frame.desk.till.pay_exactly()
        work.finish()
        assert sales(ledger) == 1


def test_a_cart_comes_back_or_is_sold_whenever_the_power_goes(path: Path) -> None:
    for nth in range(1, 100):
        child = child_of(pay_and_die, path, nth)
        child.join()
        with closing(open_ledger(path)) as ledger:
            sold = sales(ledger)
        opening = read_opening(path)
        assert opening is not None
        assert (opening.draft is None) == bool(sold)
        if sold:
            break
        assert child.exitcode == KILLED
        assert opening.draft is not None
    assert nth > 5
    child = child_of(pay_and_die, path, 1_000)
    child.join()
    assert child.exitcode == 0
    opening = read_opening(path)
    assert opening is not None
    assert opening.draft is None


def test_a_long_cart_is_shown_from_where_it_was_left(path: Path, qtbot: QtBot, theme: Theme) -> None:
    with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
        frame = Frame(App.over(ledger, theme))
        frame.resize(1366, 768)
        show(qtbot, frame)
        _fill_with_forty(frame)
        lines = frame.desk.till.cart.list
        lines.verticalScrollBar().setValue(lines.verticalScrollBar().maximum() // 2)
        top = frame.desk.basket.top
        assert 5 < top < 35
        qtbot.waitUntil(lambda: _kept_top(path) == top)
        frame.hide()
        again = Frame(App.over(ledger, load_theme("dark")))
        again.resize(1366, 768)
        show(qtbot, again)
        lines = again.desk.till.cart.list
        qtbot.waitUntil(lambda: lines.indexAt(QPoint(1, 1)).row() == top)
        assert again.desk.basket.selected == 2
        assert sum(in_cart(again.desk).values()) == 40
        work.finish()


def test_the_cart_is_there_before_the_ledger_is_open(tmp_path: Path, qtbot: QtBot, theme: Theme) -> None:
    path = tmp_path / "contoh.lapak"
    with closing(open_sample(path)) as ledger:
        draft = Draft(cart_of(ledger, {"NASTAR-500": 2, "SEMPRONG": 1}), ledger.clock.now(), 0)
        keep(ledger, draft)
    start = Start(Window(theme), path)
    qtbot.addWidget(start.window)
    seen = []
    start.ready.connect(lambda: seen.append(start.frame and in_cart(start.frame.desk)))
    with qtbot.waitSignal(start.settled, timeout=20_000):
        start.window.show()
    assert seen == [{"NASTAR-500": 2, "SEMPRONG": 1}]
    assert start.frame is not None
    assert start.frame.desk.basket.draft == draft
    start.finish()


def _fill_with_forty(frame: Frame) -> None:
    basket, goods = frame.desk.basket, frame.desk.shelf.items
    for price in range(40):  # a product at another price is another line
        product = goods[price % len(goods)].product
        basket.add(type(product)(f"B{price}", product.name, product.price + price, product.institution))
    basket.select(2)
    work.finish()


def _kept_top(path: Path) -> int:
    opening = read_opening(path)
    return opening.draft.top if opening and opening.draft else -1
