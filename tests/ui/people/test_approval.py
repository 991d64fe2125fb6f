"""An officer allows one thing with a reason and a PIN; nobody else can, and nothing else reads the keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.approvals import approve
from pos.clock import stopped_at
from pos.errors import UserError
from pos.ledger import Ledger, open_ledger
from pos.model import Approval, Staff
from pos.pins import hash_pin
from pos.staff import post_staff
from tests.books import MOMENT, booth, set_pin, standing
from tests.ui.hands import button, buttons, focused, key, show, tap, texts, wait_for
from tests.ui.shop import frame_of, scan
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.people.approval import Wanted, ask
from ui.people.approval_sheet import ApprovalSheet
from ui.start import Start
from ui.theme import Theme

SARI, AHMAD = "715902", "860413"
VOID = Wanted("void", "S03K7-000042", "Batalkan transaksi 0042?")


@pytest.fixture(scope="module")
def officers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two officers have PINs; made once, for a PIN takes long on purpose."""
    path = tmp_path_factory.mktemp("books") / "stan.lapak"
    with closing(booth(path)) as ledger:
        post_staff(
            ledger,
            [
                Staff("ahmad", "Ahmad Fauzan", "petugas", hash_pin(AHMAD)),
                Staff("sari", "Sari Wulandari", "petugas", hash_pin(SARI)),
            ],
        )
    return path


@pytest.fixture
def till(officers: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of them."""
    shutil.copy(officers, tmp_path / officers.name)
    with closing(open_ledger(tmp_path / officers.name, stopped_at(MOMENT))) as ledger:
        yield ledger


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A till where Rina sells."""
    frame = Frame(App.over(till, theme))
    frame.app.sign_in(frame.app.staff["rina"])
    frame.resize(1366, 768)
    show(qtbot, frame)
    yield frame
    work.finish()


def asked(frame: Frame, wanted: Wanted = VOID) -> tuple[ApprovalSheet, list[Approval | None]]:
    """The sheet that comes up, and what it tells."""
    told: list[Approval | None] = []
    ask(frame.app, frame, wanted, told.append)
    (sheet,) = (one for one in frame.findChildren(ApprovalSheet) if one.isVisible())
    return sheet, told


def answered(sheet: ApprovalSheet) -> None:
    """The ledger has answered."""
    work.finish()
    assert not sheet._asking


def test_by_touch_alone(frame: Frame) -> None:
    sheet, told = asked(frame)
    assert VOID.sentence in texts(sheet)
    tap(button(sheet, "Salah ketik"))
    tap(button(sheet, "Sari Wulandari, Petugas"))
    for digit in SARI:
        tap(button(sheet, digit))
    answered(sheet)
    (approval,) = told
    assert approval
    assert (approval.by, approval.action, approval.subject, approval.reason) == (
        "sari",
        "void",
        VOID.subject,
        "Salah ketik",
    )
    assert not sheet.isVisible()


def test_by_keys_alone_with_a_reason_of_ones_own(frame: Frame) -> None:
    sheet, told = asked(frame)
    while focused() is not sheet.reason.field.edit:
        key(Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "Pembeli salah ambil 2")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)  # the first of all people: Ahmad
    QTest.keyClicks(focused(), AHMAD[:3] + "9")
    key(Qt.Key.Key_Backspace)
    QTest.keyClicks(focused(), AHMAD[3:])
    answered(sheet)
    assert [(one.by, one.reason) for one in told if one] == [("ahmad", "Pembeli salah ambil 2")]


def test_digits_before_the_reason_are_kept_until_there_is_one(frame: Frame) -> None:
    sheet, told = asked(frame)
    QTest.keyClicks(focused(), AHMAD)
    answered(sheet)
    assert "Pilih alasannya dulu." in texts(sheet)
    assert not told
    tap(button(sheet, "Tercatat dua kali"))
    answered(sheet)
    assert [one.reason for one in told if one] == ["Tercatat dua kali"]


def test_esc_and_the_button_give_up(frame: Frame) -> None:
    for by_key in (True, False):
        before = focused()
        sheet, told = asked(frame)
        if by_key:
            key(Qt.Key.Key_Escape)
        else:
            tap(button(sheet, "Tidak jadi"))
        assert not sheet.isVisible()
        assert not told
        assert focused() is before


def test_a_wrong_pin_says_how_many_are_left_and_the_fifth_begins_a_wait_that_stays(
    frame: Frame, till: Ledger
) -> None:
    sheet, told = asked(frame)
    tap(button(sheet, "Salah ketik"))
    for left in (4, 3, 2, 1):
        QTest.keyClicks(focused(), "000000")
        answered(sheet)
        assert f"sisa {left} kali" in sheet.entry.says
    QTest.keyClicks(focused(), "000000")
    answered(sheet)
    assert "60 detik" in sheet.entry.says
    QTest.keyClicks(focused(), AHMAD)  # nobody listens
    key(Qt.Key.Key_Escape)
    sheet, told = asked(frame)  # asked anew the wait goes on, as after a new start of the program
    assert "60 detik" in sheet.entry.says
    key(Qt.Key.Key_Down)  # the other officer may
    assert not sheet.entry.says
    key(Qt.Key.Key_Up)
    later = standing(61)
    till.clock = later
    frame.app.opening = replace(frame.app.opening, clock=later)
    sheet.entry.count_down()
    tap(button(sheet, "Salah ketik"))
    sheet.entry.setFocus()
    QTest.keyClicks(focused(), AHMAD)
    answered(sheet)
    assert [one.by for one in told if one] == ["ahmad"]


def test_who_may_is_not_asked_unless_a_reason_or_a_second_person_is_wanted(frame: Frame) -> None:
    frame.app.sign_in(frame.app.staff["sari"])
    told: list[Approval | None] = []
    ask(frame.app, frame, VOID, told.append)
    assert told == [None]
    sheet, told = asked(frame, replace(VOID, explain=True))
    assert not any(one.accessibleName() == "1" for one in buttons(sheet))
    tap(button(sheet, "Lanjutkan"))
    answered(sheet)
    assert "Pilih alasannya dulu." in texts(sheet)
    tap(button(sheet, "Cara bayar keliru"))
    tap(button(sheet, "Lanjutkan"))
    answered(sheet)
    assert [(one.by, one.reason) for one in told if one] == [("sari", "Cara bayar keliru")]
    sheet, told = asked(frame, replace(VOID, second=True))
    assert [one.accessibleName() for one in buttons(sheet) if "Petugas" in one.accessibleName()] == [
        "Ahmad Fauzan, Petugas"
    ]


def test_where_nobody_else_may_one_sentence_says_what_to_do(frame: Frame, till: Ledger) -> None:
    post_staff(till, [replace(frame.app.staff["ahmad"], role="kasir")])
    frame.app.staff = {code: one for code, one in frame.app.staff.items() if code != "ahmad"}
    frame.app.sign_in(frame.app.staff["sari"])
    told: list[UserError] = []
    frame.app.failed.connect(told.append)
    ask(frame.app, frame, replace(VOID, second=True), lambda _approval: None)
    assert "Orang dan PIN" in told[0].hint


def test_a_reason_that_was_given_already_is_shown_and_kept(frame: Frame) -> None:
    sheet, told = asked(frame, Wanted("cash_out", "keluar", "Keluarkan Rp50.000?", reason="Beli plastik"))
    assert "Alasan: Beli plastik" in texts(sheet)
    QTest.keyClicks(focused(), AHMAD)
    answered(sheet)
    assert [one.reason for one in told if one] == ["Beli plastik"]


def test_a_locked_till_asks_nothing(frame: Frame) -> None:
    sheet, told = asked(frame)
    frame.app.lock()
    assert not sheet.isVisible()
    assert not told


def test_a_scan_never_types_into_it(shop: Start, tones: list[str]) -> None:
    frame = frame_of(shop)
    set_pin(frame.app.ledger, "sari", SARI)
    told: list[Approval | None] = []
    ask(frame.app, frame, VOID, told.append)
    (sheet,) = frame.window().findChildren(ApprovalSheet)
    assert wait_for(sheet.isVisible)
    scan("715902715902")
    assert sheet.entry.pin == ""
    assert tones[-1:] == ["failed"]
    assert not told
    key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_an_officer_without_a_pin_approves_nothing(till: Ledger) -> None:
    post_staff(till, [Staff("sari", "Sari Wulandari", "petugas")])
    with pytest.raises(UserError, match="belum punya PIN"):
        approve(till, "sari", "1", "void", "S03K7-000042")
