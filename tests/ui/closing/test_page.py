"""Closing a shift by hand: counted blind, compared, closed; and the till that asks for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.closing import Closing, last_closing
from pos.drawer import IN, Move, move_cash
from pos.drawer_count import MAX_PIECES, kept_counts, kept_entry
from pos.ledger import Ledger
from pos.model import Staff
from pos.pins import hash_pin
from pos.shifts import current_shift
from pos.staff import post_staff, staff
from tests.books import DAY, MOMENT, end_shift, sell, shift_of
from tests.ui.hands import button, buttons, hold, key, show, tap, texts, type_text, wait_for
from tests.ui.till.stand import in_cart, tap_tile
from ui import work
from ui.app import App
from ui.closing.page import ClosingPage
from ui.frame import Frame
from ui.people.approval_sheet import ApprovalSheet
from ui.screens import SCREENS
from ui.slip_view import SlipView
from ui.theme import Theme
from ui.till.open_shift import CLOSE_SCREEN, OpenShift

SARI, AHMAD = "715902", "860413"
CTRL = Qt.KeyboardModifier.ControlModifier


class Opened(QObject):
    """What the system was asked to open, in place of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Note the name of a file."""
        self.names.append(Path(url.toLocalFile()).name)


@pytest.fixture(autouse=True)
def opened() -> Iterator[Opened]:
    handler, slot = Opened(), cast("bytes", "take")  # PySide takes a str and calls it bytes
    QDesktopServices.setUrlHandler("file", handler, slot)
    yield handler
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """The screens over a shift with one sale for cash: Rp250.000 should be in the drawer."""
    sell(till, {"PECI": 1})
    yield from shown(qtbot, theme, till)


def shown(qtbot: QtBot, theme: Theme, ledger: Ledger) -> Iterator[Frame]:
    frame = Frame(App.over(ledger, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    frame.desk.prepare()
    work.finish()
    yield frame
    work.finish()


def page(frame: Frame) -> ClosingPage:
    key(Qt.Key.Key_7, CTRL)
    found = frame.screens.currentWidget()
    assert isinstance(found, ClosingPage)
    return found


def count(*pieces: int) -> None:
    """Type pieces from the largest value on, each with Enter."""
    for each in pieces:
        if each:
            type_text(str(each))
        key(Qt.Key.Key_Return)


def seen(inside: QWidget) -> str:
    """Everything that can be read or heard, tool tips too."""
    every = [one for one in inside.findChildren(QWidget) if one.isVisible()]
    words = [w for one in every for w in (one.toolTip(), one.accessibleName(), one.accessibleDescription())]
    return "\n".join([*texts(inside), *words, *(one.text() for one in buttons(inside))])


def officers(frame: Frame, ledger: Ledger) -> None:
    """Two who may allow things have PINs."""
    cards = [Staff("ahmad", "Ahmad Fauzan", "petugas", hash_pin(AHMAD))]
    post_staff(ledger, [replace(frame.app.staff["sari"], pin=hash_pin(SARI)), *cards])
    frame.app.staff = staff(ledger)


def asking(frame: Frame) -> ApprovalSheet:
    """The sheet that asks for an officer."""
    (sheet,) = (one for one in frame.findChildren(ApprovalSheet) if one.isVisible())
    return sheet


def closed(ledger: Ledger) -> Closing:
    found = last_closing(ledger)
    assert found is not None
    return found


def test_the_till_closes_from_its_place_in_the_menu() -> None:
    assert SCREENS[CLOSE_SCREEN].icon == "lock-keyhole"


def test_a_day_is_closed_with_the_keyboard_alone(frame: Frame, till: Ledger, opened: Opened) -> None:
    shown = page(frame)
    count(2, 1)
    assert "Rp250.000" in texts(shown)
    key(Qt.Key.Key_F9)
    assert {"Sesuai", "Seharusnya di laci", "Penjualan tunai (1)"} <= set(texts(shown))
    key(Qt.Key.Key_F9)
    assert current_shift(till) is None
    assert (closed(till).counted, closed(till).cashier) == (250_000, "rina")
    assert "Sif ditutup" in texts(shown)
    work.finish()
    assert opened.names == [f"{closed(till).paper}.pdf"]
    key(Qt.Key.Key_F9)
    assert isinstance(frame.desk.currentWidget(), OpenShift)


def test_a_day_is_closed_with_a_finger_alone(frame: Frame, till: Ledger) -> None:
    tap(button(frame, "Tutup"))
    shown = frame.screens.currentWidget()
    assert isinstance(shown, ClosingPage)
    tap(button(shown, "Tambah satu: Jumlah pecahan 100.000"))
    tap(button(shown, "Tambah satu: Jumlah pecahan 100.000"))
    tap(button(shown, "Tambah satu: Jumlah pecahan 100.000"))
    tap(button(shown, "Kurangi satu: Jumlah pecahan 100.000"))
    tap(button(shown, "Lanjut"))
    tap(button(shown, "1"))
    tap(button(shown, "0"))
    tap(button(shown, "Hapus angka terakhir"))
    tap(button(shown, "Kunci hitungan"))
    tap(button(shown, "Tutup sif & cetak Z"))
    assert closed(till).counts[0].notes == {100_000: 2, 50_000: 1}
    tap(button(shown, "Buka sif berikutnya"))
    assert isinstance(frame.desk.currentWidget(), OpenShift)


def test_nothing_says_what_should_be_there_before_the_count_is_locked(frame: Frame, till: Ledger) -> None:
    move_cash(till, shift_of(till), Move(IN, 7_000, "Uang kecil"), "rina")
    shown = page(frame)
    tap(button(shown, "Laporan X"))
    told = seen(shown)
    assert not any(figure in told for figure in ("257.000", "Rp50.000", "200.000", "Seharusnya"))
    assert "Transaksi" in told
    key(Qt.Key.Key_Escape)
    assert not any(figure in seen(shown) for figure in ("257.000", "Seharusnya"))
    count(2, 1)
    key(Qt.Key.Key_F9)
    assert "Rp257.000" in seen(shown)


def test_an_officer_may_see_the_cash_in_the_x_report(frame: Frame) -> None:
    frame.app.sign_in(frame.app.staff["sari"])
    shown = page(frame)
    key(Qt.Key.Key_F7)
    (paper,) = (one for one in shown.findChildren(SlipView) if one.isVisible())
    assert "Seharusnya" in paper.accessibleDescription()


def test_a_difference_is_told_and_asks_for_its_reason(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    count(2, 0, 2)
    key(Qt.Key.Key_F9)
    assert {"Kurang", "Rp10.000"} <= set(texts(shown))
    key(Qt.Key.Key_F9)
    assert current_shift(till) is not None
    assert any("sebab" in text.lower() and "laci" in text for text in texts(shown))
    tap(button(shown, "Salah kembalian"))
    shown.compare.reason.edit.setFocus()
    type_text("Kaos Sablon")
    key(Qt.Key.Key_Return)
    assert (closed(till).reason, closed(till).difference) == ("Salah kembalian: Kaos Sablon", -10_000)


def test_a_large_difference_is_approved_by_a_second_person(frame: Frame, till: Ledger) -> None:
    officers(frame, till)
    frame.app.sign_in(frame.app.staff["sari"])  # who has the right, but counted it
    shown = page(frame)
    count(1)
    key(Qt.Key.Key_F9)
    tap(button(shown, "Lainnya"))
    tap(button(shown, "Tutup sif & cetak Z"))
    sheet = asking(frame)
    assert "Uang di laci berselisih Rp150.000." in texts(sheet)
    assert not [one for one in buttons(sheet) if one.accessibleName().startswith("Sari")]
    tap(button(sheet, "Tidak jadi"))
    assert current_shift(till) is not None
    tap(button(shown, "Tutup sif & cetak Z"))
    sheet = asking(frame)
    for digit in SARI:  # theirs opens nothing
        tap(button(sheet, digit))
    work.finish()
    assert current_shift(till) is not None
    for digit in AHMAD:
        tap(button(sheet, digit))
    work.finish()
    last = closed(till)
    assert (last.cashier, last.reason, last.difference) == ("sari", "Lainnya", -150_000)
    assert last.approval
    assert (last.approval.by, last.approval.reason) == ("ahmad", "Lainnya")
    assert current_shift(till) is None


def test_the_only_officer_closes_a_large_difference_with_a_reason(frame: Frame, till: Ledger) -> None:
    frame.app.sign_in(frame.app.staff["sari"])
    shown = page(frame)
    count(1)
    key(Qt.Key.Key_F9)
    tap(button(shown, "Lainnya"))
    tap(button(shown, "Tutup sif & cetak Z"))
    assert closed(till).difference == 100_000 - 250_000
    assert current_shift(till) is None


def test_counted_again_both_counts_are_kept(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    count(1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_Escape)
    assert shown.count.pieces == {100_000: 1}
    type_text("2")
    key(Qt.Key.Key_Return)
    count(1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    assert [one.total for one in closed(till).counts] == [100_000, 250_000]


def test_a_large_difference_needs_an_officer_and_nothing_is_lost_without(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    key(Qt.Key.Key_F9)
    tap(button(shown, "Lainnya"))
    key(Qt.Key.Key_F9)
    assert current_shift(till) is not None
    assert len(kept_counts(till, shift_of(till))) == 1
    tap(button(asking(frame), "Tidak jadi"))
    officers(frame, till)
    tap(button(shown, "Tutup sif & cetak Z"))
    asking(frame)
    type_text(AHMAD)
    work.finish()
    assert (closed(till).difference, closed(till).cashier) == (-250_000, "rina")


@pytest.mark.parametrize(
    ("typed", "pieces"), [("abc", 0), ("-5", 5), ("1e6", 16), ("99999", MAX_PIECES), (" 7 ", 7), ("0009", 9)]
)
def test_letters_signs_and_absurd_numbers_are_no_count(frame: Frame, typed: str, pieces: int) -> None:
    shown = page(frame)
    type_text(typed)
    assert shown.count.rows[0].pieces == pieces


def test_what_is_typed_is_there_after_the_power_was_cut(
    frame: Frame, till: Ledger, qtbot: QtBot, theme: Theme
) -> None:
    page(frame)
    count(2)
    type_text("7")
    assert wait_for(lambda: kept_entry(till, shift_of(till)) == {100_000: 2, 50_000: 7})
    for again in shown(qtbot, theme, till):
        assert page(again).count.pieces == {100_000: 2, 50_000: 7}
        key(Qt.Key.Key_F9)
    for again in shown(qtbot, theme, till):
        assert "Dihitung" in texts(page(again))


def test_a_sale_after_the_lock_asks_for_another_count(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    count(2, 1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_1, CTRL)
    tap_tile(frame.desk, "PECI")
    key(Qt.Key.Key_F10)
    work.finish()
    shown = page(frame)
    assert any("Hitung lagi" in text for text in texts(shown))
    count(3)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    assert (closed(till).expected, closed(till).difference) == (300_000, 0)


def test_the_cart_that_is_being_filled_waits_for_the_next_shift(frame: Frame, till: Ledger) -> None:
    tap_tile(frame.desk, "PECI")
    page(frame)
    count(2, 1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    work.finish()
    opening = frame.desk.currentWidget()
    assert isinstance(opening, OpenShift)
    assert opening.drawer.amount == 250_000
    key(Qt.Key.Key_F9)
    assert frame.desk.currentWidget() is frame.desk.till
    assert in_cart(frame.desk) == {"PECI": 1}
    assert shift_of(till).float_cash == 250_000
    key(Qt.Key.Key_F10)
    assert frame.desk.sale is not None
    assert frame.desk.sale.shift == shift_of(till).seq


def test_keys_that_are_held_close_nothing(frame: Frame, till: Ledger) -> None:
    page(frame)
    hold(Qt.Key.Key_F9)
    assert kept_counts(till, shift_of(till)) == ()


def test_cash_in_is_put_down_and_out_needs_an_officer(frame: Frame, till: Ledger) -> None:
    officers(frame, till)
    shown = page(frame)
    key(Qt.Key.Key_F8)
    type_text("50000")
    key(Qt.Key.Key_Return)
    type_text("Uang kecil")
    key(Qt.Key.Key_Return)
    assert shown.toast.isVisible()
    key(Qt.Key.Key_F8)
    tap(button(shown, "Kas keluar"))
    tap(button(shown, "Simpan"))
    assert any("jumlah" in text for text in texts(shown))
    type_text_in(shown, "20000", "Plastik")
    assert "Rp20.000 keluar dari laci: Plastik." in texts(asking(frame))
    type_text(AHMAD)
    work.finish()
    assert any("Rp20.000 tercatat" in text for text in texts(shown))
    count(2, 1)
    key(Qt.Key.Key_F9)
    assert "Rp280.000" in texts(shown)


def type_text_in(shown: ClosingPage, amount: str, reason: str) -> None:
    assert shown._cash
    shown._cash.amount.edit.setFocus()
    type_text(amount)
    key(Qt.Key.Key_Return)
    type_text(reason)
    key(Qt.Key.Key_Return)


def test_the_drawer_opened_without_a_sale_stands_in_the_report(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    key(Qt.Key.Key_F8)
    tap(button(shown, "Laci dibuka tanpa penjualan"))
    tap(button(shown, "Simpan"))
    assert any("mengapa" in text for text in texts(shown))
    assert shown._cash
    shown._cash.reason.edit.setFocus()
    type_text("Tukar uang")
    key(Qt.Key.Key_Return)
    end_shift(till)
    assert closed(till).report["drawer_noted"] == 1


def test_the_report_is_printed_again_as_a_copy_and_kept_on_a4(
    frame: Frame, till: Ledger, opened: Opened, home: Path
) -> None:
    shown = page(frame)
    count(2, 1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_P, CTRL)
    tap(button(shown, "Simpan A4"))
    work.finish()
    paper = closed(till).paper
    assert opened.names == [f"{paper}.pdf", f"{paper}-salinan-1.pdf"]
    assert (home / "struk" / f"{paper}-A4.pdf").exists()


def test_a_scan_while_counting_adds_nothing_and_the_place_stays(frame: Frame) -> None:
    shown = page(frame)
    assert not frame.take_scan("8991234567890")  # which sounds as refused
    assert frame.screens.currentWidget() is shown
    assert in_cart(frame.desk) == {}


def test_a_forgotten_shift_is_closed_before_the_next_and_never_blocks(
    qtbot: QtBot, theme: Theme, till: Ledger
) -> None:
    sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT + timedelta(days=1))
    for frame in shown(qtbot, theme, till):
        opening = frame.desk.currentWidget()
        assert isinstance(opening, OpenShift)
        assert "Sif Jum, 14 Apr 2023, 14.07 belum ditutup." in texts(opening)
        assert not opening.open.isVisible()
        tap(button(opening, "Tutup tanpa dihitung"))
        assert any("petugas" in text for text in texts(opening))
        frame.app.sign_in(frame.app.staff["sari"])
        tap(button(opening, "Tutup tanpa dihitung"))
        work.finish()
        assert closed(till).uncounted
        assert closed(till).day == DAY
        assert opening.drawer.amount == 250_000
        tap(button(opening, "Buka sif"))
        assert (shift_of(till).day, shift_of(till).cashier) == (DAY + timedelta(days=1), "sari")


def test_after_midnight_the_evenings_shift_may_go_on(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    till.clock = stopped_at(MOMENT.replace(hour=0, minute=20) + timedelta(days=1))
    for frame in shown(qtbot, theme, till):
        tap(button(frame.desk, "Lanjutkan sif ini"))
        assert frame.desk.currentWidget() is frame.desk.till
        assert frame.app.shift == shift_of(till)


def test_a_clock_set_back_is_told_beside_the_day_and_noted(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    end_shift(till)
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    for frame in shown(qtbot, theme, till):
        opening = frame.desk.currentWidget()
        assert isinstance(opening, OpenShift)
        assert opening.day.day == DAY  # that of the papers, not the clock's
        assert any("Jam komputer mundur" in text for text in texts(opening))
        tap(button(opening, "Hari sesudahnya"))
        tap(button(opening, "Hari sebelumnya"))
        tap(button(opening, "Buka sif"))
        work.finish()
        assert shift_of(till).day == DAY
        end_shift(till)
        assert closed(till).report["clock_noted"] == 1


def test_without_a_shift_the_page_shows_the_last_closing(frame: Frame, till: Ledger) -> None:
    end_shift(till)
    frame.app.set_shift(None)
    shown = page(frame)
    assert "Sif ditutup" in texts(shown)
    assert any(closed(till).paper in text for text in texts(shown))
