"""Whoever was paying when the power went sees at the next start whether that was a sale."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot
from shiboken6 import delete

from pos.ledger import Ledger
from tests.books import sell
from tests.ui.hands import texts, wait_for
from tests.ui.shop import books_of_today, desk_of, open_shop
from tests.ui.till.stand import tap_tile
from ui import work
from ui.app import App
from ui.tell import Toast
from ui.theme import Theme
from ui.till.last_kept import tell_last


def test_the_last_sale_that_is_kept_is_told_where_no_cart_is(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "stan.lapak"
    ledger = books_of_today(path)
    sale = sell(ledger, {"PECI": 1})
    ledger.close()
    start = open_shop(qtbot, theme, path)
    toast = desk_of(start).till.cart.toast
    assert wait_for(toast.isVisible)
    assert f"Tersimpan: {sale.receipt} · Rp50.000" in texts(toast)
    tap_tile(desk_of(start), "PECI")
    assert not toast.isVisible()
    work.finish()
    start.finish()


def test_a_cart_that_came_back_and_a_shift_without_sales_say_nothing_of_it(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "stan.lapak"
    books_of_today(path).close()
    start = open_shop(qtbot, theme, path)
    work.finish()
    assert not desk_of(start).till.cart.toast.isVisible()
    tap_tile(desk_of(start), "PECI")
    work.finish()
    sell(start.frame.app.ledger, {"PECI": 1}) if start.frame else None
    start.finish()
    again = open_shop(qtbot, theme, path)
    toast = desk_of(again).till.cart.toast
    work.finish()
    assert "Keranjang dipulihkan" in texts(toast)
    again.finish()


def test_nobody_is_told_whose_window_closed_before_the_answer(theme: Theme, till: Ledger) -> None:
    sell(till, {"PECI": 1})
    toast = Toast(theme)
    tell_last(App.over(till, theme), toast, lambda: True)
    delete(toast)
    work.finish()  # what a callback raises fails the test
