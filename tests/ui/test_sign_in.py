"""Who sells: a PIN of six digits signs in, five wrong ones make a person wait, and the cart stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.model import Staff
from pos.offices import begin_office
from pos.staff import post_staff
from pos.today import opening_of
from tests.books import set_pin, standing
from tests.sync.world import take
from tests.ui.hands import button, focused, key, show, tap, texts
from tests.ui.till.stand import in_cart, shown_sale, tap_tile
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.idle import IdleWatch
from ui.people.avatar import initials, plain_name
from ui.people.side_panel import SidePanel
from ui.theme import Theme

RINA, SARI = "481502", "715902"


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A till whose people have PINs, as it stands after the start."""
    set_pin(till, "rina", RINA)
    set_pin(till, "sari", SARI)
    frame = Frame(App.over(till, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    yield frame
    work.finish()


def type_pin(qtbot: QtBot, frame: Frame, pin: str) -> None:
    """Type a PIN and wait for its answer."""
    page = frame.page
    assert page is not None
    QTest.keyClicks(focused(), pin)
    qtbot.waitUntil(lambda: not page._asking)


def test_where_people_have_pins_nothing_is_sold_before_one_is_typed(qtbot: QtBot, frame: Frame) -> None:
    assert frame.page is not None
    assert frame.page.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_F10)
    type_pin(qtbot, frame, RINA)
    assert not frame.page.isVisible()
    assert frame.app.cashier.code == "rina"
    assert focused() is frame.desk.till.goods.search.edit


def test_another_person_signs_in_by_taps_and_sells_the_cart_that_was_there(
    qtbot: QtBot, frame: Frame
) -> None:
    type_pin(qtbot, frame, RINA)
    tap_tile(frame.desk, "PECI")
    key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = frame.page
    assert page is not None
    assert page.isVisible()
    tap(button(page, "Sari Wulandari, Petugas"))
    for digit in SARI:
        tap(button(page, digit))
    qtbot.waitUntil(lambda: not page.isVisible())
    assert in_cart(frame.desk) == {"PECI": 1}
    tap(button(frame, "Uang pas"))
    assert shown_sale(frame.desk).cashier == "sari"


def test_an_officer_without_a_pin_is_told_who_gives_one(qtbot: QtBot, frame: Frame, till: Ledger) -> None:
    post_staff(till, [Staff("wati", "Wati Kusumaningrum", "petugas")])
    frame.app.renew(opening_of(till))
    page = frame.page
    assert page is not None
    wati = next(row for row in page._rows if row.person.code == "wati")
    tap(wati)
    assert "Belum ada PIN: petugas lain yang memberi." in texts(page)
    type_pin(qtbot, frame, "1")
    assert page.isVisible()
    assert any("Wati Kusumaningrum petugas tanpa PIN" in text for text in texts(page))


def test_a_wrong_pin_says_how_many_tries_are_left(qtbot: QtBot, frame: Frame) -> None:
    type_pin(qtbot, frame, "000000")
    assert frame.page is not None
    assert "PIN belum cocok. Coba lagi, sisa 4 kali." in texts(frame.page)
    key(Qt.Key.Key_4)
    key(Qt.Key.Key_Backspace)
    type_pin(qtbot, frame, RINA)
    assert not frame.page.isVisible()


def test_after_five_wrong_ones_the_wait_runs_down_in_sight(qtbot: QtBot, frame: Frame, till: Ledger) -> None:
    page = frame.page
    assert page is not None
    for _try in range(5):
        type_pin(qtbot, frame, "000000")
    assert any("60 detik" in text for text in texts(page))
    QTest.keyClicks(focused(), RINA)  # nobody listens
    assert not page._asking
    till.clock = standing(45)
    frame.app.opening = replace(frame.app.opening, clock=till.clock)
    page.entry.count_down()
    assert any("15 detik" in text for text in texts(page))
    till.clock = standing(61)
    frame.app.opening = replace(frame.app.opening, clock=till.clock)
    page.entry.count_down()
    type_pin(qtbot, frame, RINA)
    assert not page.isVisible()


def test_keys_of_the_till_do_nothing_while_it_is_locked(qtbot: QtBot, frame: Frame) -> None:
    type_pin(qtbot, frame, RINA)
    tap_tile(frame.desk, "PECI")
    tap(frame.rail.avatar)
    for code in (Qt.Key.Key_F10, Qt.Key.Key_F9, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Tab):
        key(code)
    assert frame.desk.sale is None
    assert in_cart(frame.desk) == {"PECI": 1}


def test_nobody_there_for_long_locks_the_till_and_a_touch_keeps_it_open(qtbot: QtBot, frame: Frame) -> None:
    type_pin(qtbot, frame, RINA)
    locked: list[bool] = []
    watch = IdleWatch(lambda: locked.append(True), frame)
    watch.set_minutes(10)
    watch._timer.start(60)
    key(Qt.Key.Key_A)
    assert watch._timer.isActive()
    qtbot.waitUntil(lambda: len(locked) == 1)
    key(Qt.Key.Key_A)
    qtbot.waitUntil(lambda: len(locked) == 2)
    watch.set_minutes(0)
    key(Qt.Key.Key_A)
    assert not watch._timer.isActive()


def test_titles_are_no_part_of_what_somebody_is_called() -> None:
    """Those before a name stand in its initials, as on picture 11; those behind it nowhere."""
    names = (
        "Hj. Ratna Sari, S.H.",
        "Drs. H. Ahmad",
        "Rina Oktaviani",
        "M. Yusuf",
        "Dr.",
        "Budi, S.Kom., M.M.",
        "Hj. Nurbaiti",
    )
    assert [initials(name) for name in names] == ["HS", "DA", "RO", "MY", "D", "B", "HN"]
    called = ["Ratna Sari", "Ahmad", "Rina Oktaviani", "M. Yusuf", "Dr.", "Budi", "Nurbaiti"]
    assert [plain_name(name) for name in names] == called


def test_an_office_is_signed_in_to_under_its_own_name_alone(
    qtbot: QtBot, theme: Theme, till: Ledger, collector: Ledger
) -> None:
    """Nobody's booth: the institution that its laptop has by chance is not told."""
    take(till, collector)
    office = begin_office(collector)
    side = SidePanel(App.over(collector, theme))
    qtbot.addWidget(side)
    assert side.accessibleName() == f"{office.event.name}, {office.name}"
    side.resize(440, 768)
    assert not side.grab().isNull()
