"""Cash in and out beside sales."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.ledger import Ledger
from tests.books import end_shift
from tests.ui.closing.screen import AHMAD, asking, closed, count, officers, page
from tests.ui.hands import button, key, tap, texts, type_text
from ui import work
from ui.closing.page import ClosingPage
from ui.frame import Frame


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
