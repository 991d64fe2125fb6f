"""What the office puts down: deposits of state revenue, targets, settlements; and who is the first there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.errors import Refused
from pos.ledger import Ledger
from pos.office_people import first_person
from pos.treasury import entries_of, targets
from tests.books import documents
from tests.ui.hands import button, focused, key, tap, texts, type_text, wait_for
from tests.ui.office.room import PIN, K, page_of, settle, sheet_of, sign_in_first
from ui.frame import Frame
from ui.office.paper_sheet import PaperSheet
from ui.office.unit_sheets import PnbpSheet, SettlementSheet, TargetSheet
from ui.office.units import PNBP, TARGETS, UnitsPage
from ui.start import Start
from ui.theme import Theme
from ui.window import Window


def test_the_first_person_puts_a_deposit_down(frame: Frame, central: Ledger) -> None:
    page = page_of(frame, UnitsPage, 2)
    page.show_tab(PNBP)
    settle()
    tap(page.enter)
    sheet = sheet_of(frame, PnbpSheet)
    assert isinstance(sheet, PnbpSheet)
    tap(sheet.unit)
    type_text("muara enim")
    key(K.Key_Return)
    sheet.amount.edit.setFocus()
    type_text("2500000")
    sheet.billing.edit.setFocus()
    type_text("8202304140012")  # two digits are missing
    sheet.ntpn.edit.setFocus()
    type_text("3a7f 90c1 b2d4 e5f6")
    key(K.Key_F9)
    assert any("15 angka" in line or "15 digit" in line for line in texts(sheet))
    assert entries_of(central) == []
    sheet.billing.edit.setFocus()
    type_text("34")
    key(K.Key_F9)
    sign_in_first(frame)
    assert wait_for(lambda: not any(one.isVisible() for one in frame.findChildren(PnbpSheet)))
    settle()
    (entry,) = entries_of(central)
    assert (entry.paid.institution, entry.paid.amount, entry.paid.ntpn) == (
        "LPK-MRE",
        2_500_000,
        "3A7F90C1B2D4E5F6",
    )
    assert entry.cashier == "nurbaiti"
    assert page.rows.model.rowCount() == 1
    assert central.device is not None
    assert central.device.role == "office"


def test_a_deposit_is_taken_back_with_a_reason(frame: Frame, central: Ledger) -> None:
    test_the_first_person_puts_a_deposit_down(frame, central)
    page = page_of(frame, UnitsPage, 2)
    tap(page.back)
    type_text("salah ketik")
    key(K.Key_F9)
    settle()
    assert [one.paid.amount for one in entries_of(central)] == [2_500_000, -2_500_000]


def test_a_target_is_set(frame: Frame, central: Ledger) -> None:
    page = page_of(frame, UnitsPage, 2)
    page.show_tab(TARGETS)
    settle()
    key(K.Key_F9)
    sheet = sheet_of(frame, TargetSheet)
    assert isinstance(sheet, TargetSheet)
    tap(sheet.unit)
    type_text("perempuan")
    key(K.Key_Return)
    sheet.amount.edit.setFocus()
    type_text("24000000")
    key(K.Key_F9)
    sign_in_first(frame)
    settle()
    with central.read() as conn:
        assert targets(conn) == {(2023, "LPP-PLG"): 24_000_000}


def test_a_settlement_is_looked_at_and_made_final(frame: Frame, central: Ledger) -> None:
    page = page_of(frame, UnitsPage, 2)
    row = next(n for n, one in enumerate(page.rows.model.rows) if one[-1][0] == "LPP-PLG")
    page.rows.view.setCurrentIndex(page.rows.model.index(row, 0))
    page.take_focus()
    before = documents(central)
    key(K.Key_Return)
    settle()
    sheet = sheet_of(frame, SettlementSheet)
    assert isinstance(sheet, SettlementSheet)
    assert (documents(central), central.device) == (before, None)  # looking puts nothing down
    type_text("Yuliana, S.H.")
    key(K.Key_F9)
    sign_in_first(frame)
    assert "tersimpan" in page.banner.accessibleName()
    tap(button(page.banner, "Lihat"))
    settle()
    assert isinstance(sheet_of(frame, PaperSheet), PaperSheet)


def test_nobody_is_the_first_twice(central: Ledger) -> None:
    with pytest.raises(Refused):
        first_person(central, "  ", PIN)
    with pytest.raises(Refused):
        first_person(central, "Nurbaiti", "12")
    assert central.device is None  # nothing was begun
    first_person(central, "Hj. Nurbaiti", PIN)
    with pytest.raises(Refused):
        first_person(central, "Orang lain", PIN)


def test_central_books_with_a_chain_of_their_own_stay_the_offices(
    qtbot: QtBot, theme: Theme, central: Ledger
) -> None:
    first_person(central, "Hj. Nurbaiti", PIN)
    central.close()
    assert central.path is not None
    start = Start(Window(theme), central.path)
    qtbot.addWidget(start.window)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        start.window.show()
    settle()
    assert start.frame is not None
    assert start.frame.app.office
    assert start.frame.app.locked  # she has a PIN
    assert not start.frame.sells
    start.finish()


def test_keys_of_the_office_are_on_its_map(frame: Frame) -> None:
    QTest.keyClick(focused(), K.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert frame.guide.map is not None
    assert "Nota di kantor" in list(texts(frame.guide.map))
    assert "Kasir" not in list(texts(frame.guide.map))
