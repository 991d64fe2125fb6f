"""The reminder by day: when it comes and when not, what it names, how it goes; selling is not touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import Ledger
from pos.settings import SETTINGS
from tests.books import WIB, sell
from tests.ui.hands import button, focused, key, show, tap, type_text, wait_for
from tests.ui.till.stand import tap_tile
from ui import work
from ui.app import App
from ui.evening.reminder import KEY, Reminder
from ui.evening.reminder_bar import ReminderBar
from ui.frame import Frame
from ui.theme import Theme

K = Qt.Key


class Morning:
    """A till at five to eleven, its clock in our hands."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.app, self.desk = frame, frame.app, frame.desk
        self.at(10, 55)
        self.reminder = Reminder(self.app, frame)
        self.reminder.serve(self.desk)
        self.reminder.begin()

    def at(self, hour: int, minute: int) -> None:
        """The clock shows this."""
        moment = datetime(2023, 4, 14, hour, minute, tzinfo=WIB)
        self.app.opening = replace(self.app.opening, clock=stopped_at(moment))

    def look(self, hour: int, minute: int) -> ReminderBar | None:
        """The clock is looked at, as it is every few seconds."""
        self.at(hour, minute)
        self.reminder.look()
        return self.bar

    @property
    def bar(self) -> ReminderBar | None:
        """The line that is in sight."""
        found = [one for one in self.frame.findChildren(ReminderBar) if one.isVisible()]
        assert len(found) < 2
        return found[0] if found else None

    def shown(self, hour: int = 11, minute: int = 0) -> ReminderBar:
        """It has come."""
        bar = self.look(hour, minute)
        assert bar is not None
        return bar


@pytest.fixture
def morning(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Morning]:
    """LPP Palembang has sold; Lapas I Palembang and Lapas Muara Enim have not."""
    sell(till, {"NASTAR-500": 1})
    frame = Frame(App.over(till, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    frame.desk.prepare()
    work.finish()
    QApplication.processEvents()
    yield Morning(frame)
    work.finish()


def test_it_comes_at_its_hours_and_once(morning: Morning) -> None:
    assert morning.look(10, 59) is None
    bar = morning.shown(11, 0)
    assert bar.accessibleName() == (
        "2 UPT belum laku hari ini. Lapas I Palembang: Peci Bordir · Lapas Muara Enim: Kopi Semendo curah"
    )
    tap(button(bar, "Tutup"))
    assert morning.look(11, 1) is None
    assert morning.look(14, 59) is None
    assert morning.look(15, 0) is not None


def test_hours_that_passed_before_are_not_caught_up_on(morning: Morning) -> None:
    morning.at(12, 30)
    morning.reminder.begin()
    assert morning.look(12, 31) is None


def test_a_laptop_that_slept_reminds_when_it_wakes(morning: Morning) -> None:
    assert morning.look(11, 20) is not None


@pytest.mark.parametrize(
    ("hours", "comes"), [("0", False), ("15", False), ("11", True), ("10 13 16", False), ("11 15", True)]
)
def test_as_it_is_set(morning: Morning, hours: str, comes: bool) -> None:
    morning.app.set(KEY, hours)
    assert (morning.look(11, 0) is not None) is comes


def test_every_choice_has_a_name() -> None:
    assert set(SETTINGS[KEY].names()) == set(SETTINGS[KEY].choices)


def test_it_takes_no_keyboard_and_moves_no_tile(morning: Morning) -> None:
    goods = morning.desk.till.goods
    before, tiles = focused(), [goods.grid.visualRect(goods.grid.model().index(n, 0)) for n in range(6)]
    cart = morning.desk.till.cart.geometry()
    morning.shown()
    QApplication.processEvents()
    assert focused() is before
    assert [goods.grid.visualRect(goods.grid.model().index(n, 0)) for n in range(6)] == tiles
    assert morning.desk.till.cart.geometry() == cart
    type_text("nas")
    assert goods.search.text == "nas"
    key(K.Key_Return)
    assert morning.desk.basket.cart.lines


def test_selling_goes_on_and_takes_it_away(morning: Morning) -> None:
    morning.shown()
    tap_tile(morning.desk, "PECI")
    assert morning.bar is not None
    key(K.Key_F10)
    assert morning.desk.sale is not None
    key(K.Key_Return)
    assert morning.desk.till.isVisible()
    assert morning.bar is None


def test_it_never_comes_while_somebody_pays(morning: Morning) -> None:
    tap_tile(morning.desk, "NASTAR-500")
    key(K.Key_F9)
    assert morning.desk.till.locked
    assert morning.look(11, 0) is None
    key(K.Key_Escape)
    assert morning.look(11, 1) is not None  # it waited


def test_the_payment_takes_it_away(morning: Morning) -> None:
    tap_tile(morning.desk, "NASTAR-500")
    morning.shown()
    key(K.Key_F9)
    assert morning.desk.till.locked
    assert morning.bar is None


def test_it_waits_for_the_done_screen_but_not_for_ever(morning: Morning) -> None:
    tap_tile(morning.desk, "NASTAR-500")
    key(K.Key_F10)
    assert morning.look(11, 0) is None
    assert morning.look(11, 55) is None
    key(K.Key_Return)
    assert morning.look(11, 56) is None


def test_it_never_comes_over_another_screen_or_a_lock(morning: Morning) -> None:
    morning.frame.choose(1)
    assert morning.look(11, 0) is None
    morning.frame.choose(0)
    morning.app.lock()
    assert morning.look(11, 1) is None


def test_never_when_all_have_sold(morning: Morning) -> None:
    tap_tile(morning.desk, "PECI")
    tap_tile(morning.desk, "KOPI-GRAM")
    key(K.Key_F10)
    work.finish()
    QApplication.processEvents()
    key(K.Key_Return)
    work.finish()
    QApplication.processEvents()
    assert not morning.desk.shelf.unsold
    assert morning.look(11, 0) is None


def test_it_offers_their_goods(morning: Morning) -> None:
    bar, goods = morning.shown(), morning.desk.till.goods
    early = bar.show_goods.mapTo(morning.frame, bar.show_goods.rect().center())
    below = morning.frame.childAt(early)
    assert below is None or not bar.isAncestorOf(below)  # a tap that was meant for a tile does nothing
    tap(button(bar, "Tampilkan barangnya"))
    assert goods.unsold.isChecked()
    assert {item.product.sku for item in goods.grid.goods.items} == {"PECI", "KOPI-GRAM"}
    assert morning.bar is None
    assert morning.look(15, 0) is None  # they are shown already


def test_ctrl_j_and_esc_serve_it_too(morning: Morning) -> None:
    morning.shown()
    key(K.Key_Escape)
    assert morning.bar is None
    morning.shown(15, 0)
    key(K.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert morning.desk.till.goods.unsold.isChecked()
    assert morning.bar is None


def test_a_touch_takes_it_away_and_time_does(morning: Morning) -> None:
    bar = morning.shown()
    assert wait_for(lambda: not bar.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents))
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert morning.bar is None
    bar = morning.shown(15, 0)
    assert bar._timer.isActive()
    bar._timer.timeout.emit()  # its time is over
    assert morning.bar is None
