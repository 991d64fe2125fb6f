"""What is left goes back to its institution."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.hands import button, focused, key, tap, texts, type_text
from tests.ui.opened import Opened
from tests.ui.stock.screen import asking, banner, officer, slips, stepper
from ui import work
from ui.stock.page import GIVE_BACK, StockPage

K = Qt.Key


def test_what_is_left_goes_back_with_two_papers(page: StockPage, opened: Opened) -> None:
    page.show_tab(GIVE_BACK)
    assert stepper(page, "SEMPRONG").value == 100
    type_text("Yuliana")
    key(K.Key_F9)
    tap(button(asking(page), "Tidak jadi"))  # Rina may not
    assert slips(page) == []
    officer(page)
    key(K.Key_F9)
    (slip,) = slips(page)
    assert (slip.kind, slip.pieces) == ("returned", 300)
    assert page.back_tab.table.rows == {}
    assert "Tidak ada sisa barang dari UPT ini." in texts(page)
    tap(button(page, "Cetak"))
    work.finish()
    assert opened.names == [f"{slip.receipt}.pdf"]
    page.desk.print(slip)
    work.finish()
    assert opened.names[1:] == [f"{slip.receipt}-salinan-1.pdf"]


def test_the_keyboard_stays_here_when_the_rows_have_gone(page: StockPage) -> None:
    officer(page)
    page.show_tab(GIVE_BACK)
    page.back_tab.partner.edit.setText("Yuliana")
    stepper(page, "SEMPRONG").setFocus()
    key(K.Key_F9)
    assert page.back_tab.table.rows == {}
    assert focused() is page.back_tab.partner.edit


def test_nobody_to_take_it_is_told(page: StockPage) -> None:
    officer(page)
    page.show_tab(GIVE_BACK)
    stepper(page, "SEMPRONG").show_value(7)
    key(K.Key_F9)
    assert "Siapa yang menerima" in banner(page)
    tap(button(page, "Semua sisa"))
    assert stepper(page, "SEMPRONG").value == 100
