"""The lid is closed amid a payment: hours later the till is locked, and what was being paid is paid once.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import Ledger
from tests.books import DAY, MOMENT, set_pin
from tests.ui.hands import button, focused, key, show, tap
from tests.ui.till.stand import in_cart, sales, shown_sale, tap_tile
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.theme import Theme

PIN = "481502"


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A till at which Rina has signed in."""
    set_pin(till, "rina", PIN)
    frame = Frame(App.over(till, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    sign_in(qtbot, frame)
    yield frame
    work.finish()


def sign_in(qtbot: QtBot, frame: Frame) -> None:
    page = frame.page
    assert page is not None
    QTest.keyClicks(focused(), PIN)
    qtbot.waitUntil(lambda: not page.isVisible())


@pytest.mark.parametrize("way", [Qt.Key.Key_F9, Qt.Key.Key_F6], ids=["cash", "qris"])
def test_a_laptop_that_slept_in_a_payment_sells_it_once_54(
    qtbot: QtBot, frame: Frame, till: Ledger, way: Qt.Key
) -> None:
    tap_tile(frame.desk, "PECI")
    key(Qt.Key.Key_F9)
    key(way)
    till.clock = stopped_at(MOMENT + timedelta(hours=9))  # it is the next day when it wakes
    frame.app.opening = replace(frame.app.opening, clock=till.clock)
    frame.app.lock()  # as the idle watch does, whose time is over
    page = frame.page
    assert page is not None
    assert page.isVisible()
    for code in (Qt.Key.Key_Return, Qt.Key.Key_F10):
        key(code)
    assert sales(till) == 0
    sign_in(qtbot, frame)
    assert in_cart(frame.desk) == {"PECI": 1}
    if way == Qt.Key.Key_F9:
        key(Qt.Key.Key_F10)
    else:
        tap(button(frame, "Uang sudah masuk"))
    work.finish()
    assert sales(till) == 1
    sale = shown_sale(frame.desk)
    assert (sale.total, sale.day, sale.at) == (50_000, DAY, till.clock.now())
