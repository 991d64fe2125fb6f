"""A whole till that runs: window, ledger of today, scanner, buyer's display; and the hands that serve it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.clock import Clock
from pos.ledger import Ledger
from pos.model import Product
from pos.shifts import open_shift
from pos.stock import receive
from tests.books import CATALOGUE, new_ledger, with_catalogue
from tests.ui.hands import key, show, wait_for
from tests.ui.keyboard import fingers, play, scanner
from tests.ui.till.stand import tap_tile
from ui.app import App
from ui.frame import Frame
from ui.start import Start
from ui.theme import Theme
from ui.till.desk import Desk
from ui.window import Window

CODE, TWICE = "8991234567890", "8990000000017"  # barcodes: of one product, of two
GOODS = (
    Product("KERUPUK", "Kerupuk Kemplang", 15_000, "LPK-MRE", "Camilan", barcode=CODE, position=6),
    Product("TAS-S", "Tas Anyam kecil", 80_000, "LPK-MRE", "Kerajinan", barcode=TWICE, position=7),
    Product("TAS-L", "Tas Anyam besar", 95_000, "LPK-MRE", "Kerajinan", barcode=TWICE, position=8),
    *(Product(f"BRG-{n}", f"Ukiran {n}", 1000 * n, "LP1-PLG", "Kerajinan", position=n) for n in range(9, 30)),
)
PIN = "481502"  # Rina's, where she has one
PACE_MS = 110  # per key: a person
_HOURS = count(3_600_000, 60_000)  # ms at which things are typed or scanned, far from each other


def books_of_today(path: Path, more: Iterable[Product] = (), *, shift: bool = True) -> Ledger:
    """An open ledger at `path` with CATALOGUE and `more`, 100 pieces of each, and an open shift of today."""
    goods = (*CATALOGUE, *more)
    ledger = with_catalogue(new_ledger(path, clock=Clock()), goods)
    receive(ledger, {product.sku: 100 for product in goods if not product.components})
    if shift:
        open_shift(ledger, "rina", ledger.clock.now().date(), 200_000)
    return ledger


def open_shop(qtbot: QtBot, theme: Theme, path: Path) -> Start:
    """The program over the ledger at `path`, all the way up, 1366x768 px."""
    start = Start(Window(theme), path)
    qtbot.addWidget(start.window)
    start.window.resize(1366, 768)
    with qtbot.waitSignal(start.settled, timeout=20_000), qtbot.waitActive(start.window):
        start.window.show()
        start.window.activateWindow()
    return start


def frame_over(qtbot: QtBot, theme: Theme, ledger: Ledger, who: str = "rina") -> Frame:
    """The screens over a ledger alone, 1366x768 px; `who` sits there, where there is such a person."""
    frame = Frame(App.over(ledger, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    if who in frame.app.staff:
        frame.app.sign_in(frame.app.staff[who])
    return frame


def frame_of(start: Start) -> Frame:
    """The screens of the moment."""
    assert start.frame is not None, "nothing is shown"
    return start.frame


def ledger_of(start: Start) -> Ledger:
    """Its ledger."""
    return frame_of(start).app.ledger


def desk_of(start: Start) -> Desk:
    """The till of the moment."""
    return frame_of(start).desk


def paid(start: Start) -> None:
    """One peci is sold for exact cash, and the done screen shows it."""
    tap_tile(desk_of(start), "PECI")
    key(Qt.Key.Key_F10)


def come_back(qtbot: QtBot, start: Start) -> None:
    """A menu or dialog is gone, and the window has the keyboard again, as from a window manager."""
    with qtbot.waitActive(start.window):
        start.window.activateWindow()


def write(start: Start, text: str) -> None:
    """Type as a person does, into whatever has the keyboard; all of it has arrived when this returns."""
    play(fingers(text, [0, *[PACE_MS] * (len(text) - 1)]), start_ms=next(_HOURS))
    ear = frame_of(start).app.scanner
    assert ear is not None
    assert wait_for(lambda: not ear._held)  # the last key might have been the first of a scan


def scan(code: str) -> None:
    """A scanner sends a code and Enter, 8 ms between its keys; then a hand may do something."""
    play(scanner(code, [0, *[8] * len(code)]), start_ms=next(_HOURS))
    QTest.qWait(60)  # a second Enter within 50 ms would be the scanner's too
