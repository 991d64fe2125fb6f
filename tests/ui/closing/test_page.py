"""Closing a shift by hand, from the count to the paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from pos.ledger import Ledger
from pos.shifts import current_shift
from tests.books import end_shift, shift_of
from tests.ui.closing.screen import CTRL, closed, count, page
from tests.ui.hands import button, key, tap, texts
from tests.ui.opened import Opened
from tests.ui.till.stand import in_cart, tap_tile
from ui import work
from ui.closing.page import ClosingPage
from ui.frame import Frame
from ui.screens import SCREENS
from ui.slip_view import SlipView
from ui.till.open_shift import CLOSE_SCREEN, OpenShift


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


def test_an_officer_may_see_the_cash_in_the_x_report(frame: Frame) -> None:
    frame.app.sign_in(frame.app.staff["sari"])
    shown = page(frame)
    key(Qt.Key.Key_F7)
    (paper,) = (one for one in shown.findChildren(SlipView) if one.isVisible())
    assert "Seharusnya" in paper.accessibleDescription()


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


def test_without_a_shift_the_page_shows_the_last_closing(frame: Frame, till: Ledger) -> None:
    end_shift(till)
    frame.app.set_shift(None)
    shown = page(frame)
    assert "Sif ditutup" in texts(shown)
    assert any(closed(till).paper in text for text in texts(shown))
