"""The till comes up: something is seen at once, the heavy libraries wait, and what fails is told kindly."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.catalog import post_products, products
from pos.clock import Clock
from pos.ledger import open_ledger
from pos.mark import VERSION
from pos.paths import SAMPLE
from pos.sample import open_sample
from tests.books import booth, new_ledger
from tests.ui.hands import button, buttons, tap, texts, type_text, wait_for
from tests.ui.till.stand import in_cart, sales, shown_sale, tap_tile
from ui.start import Start
from ui.theme import Theme
from ui.till.open_shift import OpenShift
from ui.which_books import find_ledger
from ui.widgets import Tag
from ui.window import Window

SCREENS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}  # what tells Qt where to paint
TOP = Path(__file__).parent.parent.parent

# Prints which heavy packages are loaded when the outline and the goods are painted, and then.
LOOK = """
import sys
from PySide6.QtWidgets import QApplication
from ui.dress import dress
from ui.start import Start
from ui.theme import load_theme
from ui.window import Window

def loaded(mark):
    names = ("sqlalchemy", "reportlab", "xlsxwriter", "psycopg", "python_calamine", "rich")
    print(mark, *(name for name in names if name in sys.modules))

app = QApplication([])
theme = load_theme("light")
dress(theme)
start = Start(Window(theme), None)
start.window.painted.connect(lambda: loaded("painted:"))
start.ready.connect(lambda: loaded("ready:"))
start.settled.connect(lambda: (loaded("settled:"), app.quit()))
start.window.show()
app.exec()
start.finish()
"""


def start_with(qtbot: QtBot, theme: Theme, ledger: Path | None) -> Start:
    """A start that has come to its end, well or not."""
    start = Start(Window(theme), ledger)
    qtbot.addWidget(start.window)
    start.window.show()
    # Not merely until there is a frame: Qt shows what comes into an open window with its next events, and on
    # a busy machine the waiting may end just before them.
    qtbot.waitUntil(lambda: any(part.isVisible() for part in contents(start.window)), timeout=20_000)
    return start


def contents(window: Window) -> list[QWidget]:
    """What was put into the window: the goods, or why there are none; nothing while it is an outline."""
    return [child for child in window.children() if isinstance(child, QWidget)]


def settle_with(qtbot: QtBot, theme: Theme, ledger: Path, at_ready: Callable[[Start], None]) -> Start:
    """A start in which `at_ready` was done after the goods were shown, before the ledger was opened."""
    start = Start(Window(theme), ledger)
    qtbot.addWidget(start.window)
    start.ready.connect(lambda: at_ready(start))
    with qtbot.waitSignal(start.settled, timeout=20_000):
        start.window.show()
    return start


def set_version(path: Path, version: int) -> None:
    """Let the file say that this version of the program wrote it."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {version}")


def test_window_and_goods_are_seen_before_heavy_packages_are_loaded(home: Path) -> None:
    home.mkdir()
    booth(home / "stan.lapak").close()
    seen = subprocess.run([sys.executable, "-c", LOOK], cwd=TOP, capture_output=True, text=True, check=True)
    assert seen.stdout.splitlines() == ["painted:", "painted:", "ready:", "settled: sqlalchemy"]


def test_what_only_trouble_and_the_goods_need_is_not_loaded_before_the_first_paint() -> None:
    late = {"sqlite3", "hashlib", "faulthandler", "glob"}
    look = f"import sys, ui.start; print(sorted({late} & set(sys.modules)))"
    seen = subprocess.run([sys.executable, "-c", look], cwd=TOP, capture_output=True, text=True, check=True)
    assert seen.stdout == "[]\n"


def test_without_a_ledger_the_sample_exhibition_is_made(qtbot: QtBot, theme: Theme, home: Path) -> None:
    start = start_with(qtbot, theme, None)
    assert start.frame is not None
    assert (home / SAMPLE).is_file()
    assert "CONTOH" in [tag.accessibleName() for tag in start.frame.status.findChildren(Tag)]
    start.finish()


def test_a_ledger_of_ones_own_comes_before_the_sample(home: Path) -> None:
    open_sample(home / SAMPLE).close()
    booth(home / "stan.lapak").close()
    assert find_ledger(None) == home / "stan.lapak"


def test_the_search_field_has_the_keyboard_from_the_start(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    open_sample(tmp_path / "contoh.lapak").close()
    start = start_with(qtbot, theme, tmp_path / "contoh.lapak")
    assert start.frame is not None
    assert start.window.focusWidget() is start.frame.desk.till.goods.search.edit
    start.frame.buttons[0].setFocus()
    type_text("lehar")  # as a scanner would, wherever the focus is
    assert start.frame.desk.till.goods.search.text == "lehar"
    start.finish()


def test_a_sale_paid_before_the_ledger_is_open_waits_for_it(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "contoh.lapak"
    with closing(open_sample(path)) as ledger:
        before = sales(ledger)

    def pay(start: Start) -> None:
        assert start.frame is not None
        tap_tile(start.frame.desk, "NASTAR-500")
        tap(button(start.frame.desk, "Uang pas"), double=True)

    start = settle_with(qtbot, theme, path, pay)
    assert start.frame is not None
    assert shown_sale(start.frame.desk).total == 65_000
    assert sales(start.frame.app.ledger) == before + 1
    start.finish()


def test_a_ledger_that_does_not_open_keeps_the_cart_and_can_be_tried_again(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "contoh.lapak"
    open_sample(path).close()
    start = settle_with(qtbot, theme, path, lambda _start: set_version(path, VERSION + 1000))
    assert start.frame is not None
    desk = start.frame.desk
    tap_tile(desk, "PUTRI-500")
    tap(button(desk, "Uang pas"))
    assert in_cart(desk) == {"PUTRI-500": 1}
    assert "contoh.lapak" in desk.till.goods.banner.accessibleName()
    set_version(path, VERSION)
    tap(button(desk, "Uang pas"))
    assert shown_sale(desk).total == 60_000
    start.finish()


def test_a_price_that_changed_in_between_is_shown(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    path = tmp_path / "contoh.lapak"
    open_sample(path).close()

    def raise_price(_start: Start) -> None:
        with closing(open_ledger(path)) as other:
            post_products(other, [replace(products(other)[0], price=70_000)])

    start = settle_with(qtbot, theme, path, raise_price)
    assert start.frame is not None
    assert start.frame.desk.shelf.items[0].product.price == 70_000
    assert start.frame.desk.till.goods.grid.goods.items[0].product.price == 70_000
    start.finish()


def test_what_is_no_ledger_is_told_in_the_window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    foreign = tmp_path / "surat.lapak"
    foreign.write_text("bukan buku kas")
    start = start_with(qtbot, theme, foreign)
    assert start.code == 2
    assert any("surat.lapak" in text for text in texts(start.window))
    tap(button(start.window, "Tutup"))
    assert not start.window.isVisible()
    assert foreign.read_text() == "bukan buku kas"
    start.finish()


def test_a_new_ledger_asks_for_cashier_and_drawer_first(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    new_ledger(tmp_path / "baru.lapak", clock=Clock()).close()
    start = start_with(qtbot, theme, tmp_path / "baru.lapak")
    assert start.frame is not None
    desk, app = start.frame.desk, start.frame.app
    tap(button(desk, "Buka sif"))
    assert "Ketik nama kasirnya." in texts(desk)
    page = desk.currentWidget()
    assert isinstance(page, OpenShift)
    QTest.keyClicks(page.name.edit, "Dewi  Lestari")
    QTest.keyClicks(page.drawer.edit, "200000")
    tap(button(desk, "Buka sif"))
    assert desk.currentWidget() is desk.till
    assert app.shift is not None
    assert (app.cashier.name, app.shift.float_cash) == ("Dewi Lestari", 200_000)
    assert "Belum ada barang" in texts(desk)
    start.finish()


def test_yesterdays_shift_is_not_todays(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    booth(tmp_path / "stan.lapak", clock=Clock()).close()  # its shift is of April 2023
    start = start_with(qtbot, theme, tmp_path / "stan.lapak")
    assert start.frame is not None
    assert start.frame.app.shift is None
    assert wait_for(lambda: "Hitung sekarang" in {one.text() for one in buttons(start.window)})
    tap(button(start.frame.desk, "Hitung sekarang"))
    assert start.frame.shown == 6
    start.finish()


def test_the_screenshot_is_painted_without_a_screen(tmp_path: Path) -> None:
    picture = tmp_path / "kasir.png"
    command = [sys.executable, "-m", "ui", "--screenshot", str(picture)]
    subprocess.run(command, cwd=TOP, check=True, capture_output=True)
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1366, 768)
    assert image.pixelColor(10, 400).name() == "#0a3b2c"


def test_a_screenshot_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ui", "--screenshot", str(tmp_path / "nowhere" / "kasir.png")]
    done = subprocess.run(command, cwd=TOP, check=False, capture_output=True, text=True)
    assert done.returncode == 3
    assert "kasir.png" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_screen_the_commands_are_named() -> None:
    bare = {name: value for name, value in os.environ.items() if name not in SCREENS}
    command = [sys.executable, "-m", "ui"]
    done = subprocess.run(command, cwd=TOP, check=False, capture_output=True, text=True, env=bare)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "lapak --help" in done.stderr


@pytest.mark.parametrize("before", [[], ["--lang", "en"], ["--home", "verify", "--json"]])
def test_the_first_word_may_be_a_command_and_loads_no_window(tmp_path: Path, before: list[str]) -> None:
    code = "import sys; from ui.__main__ import main; main(sys.argv[1:]); print('PySide6' in sys.modules)"
    command = [sys.executable, "-c", code, *before, "verify", str(tmp_path / "none.lapak")]
    done = subprocess.run(command, cwd=TOP, check=False, capture_output=True, text=True)
    assert done.stdout.split()[-1] == "False"
    assert "none.lapak" in done.stderr
