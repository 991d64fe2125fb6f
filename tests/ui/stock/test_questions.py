"""The sheets of the stock screen: written off, paid out, corrected, and allowed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from pos.remittances import account_of, remittances_of
from tests.books import sell
from tests.ui.hands import button, buttons, focused, key, tap, texts, type_text
from tests.ui.stock.screen import UNIT, asking, officer, slips
from tests.ui.test_names import goes_round, group_of
from ui.stock.page import StockPage
from ui.stock.sheet import StockSheet

K = Qt.Key


def test_goods_are_written_off_from_their_card(page: StockPage) -> None:
    officer(page)
    page.desk.opened.emit("SEMPRONG")
    tap(button(page, "Rusak, contoh, atau hadiah"))
    sheet = page.sheet()
    assert sheet is not None
    tap(button(sheet, "Hadiah"))
    tap(button(sheet, "Catat barang keluar"))
    assert "Mengapa barang ini keluar?" in " ".join(texts(sheet))
    sheet.findChildren(QLineEdit)[1].setFocus()
    type_text("tamu dinas")
    key(K.Key_Return)
    assert page.sheet() is None
    (slip,) = slips(page)
    assert (slip.kind, slip.reason, slip.pieces) == ("gift", "tamu dinas", 1)


def test_a_payment_is_put_down_and_too_much_is_told(page: StockPage) -> None:
    officer(page)
    sell(page.app.ledger, {"NASTAR-500": 2})
    tap(page.standing.remit_button)
    assert focused().text() == "110.500"  # type: ignore[attr-defined]
    focused().selectAll()  # type: ignore[attr-defined]
    type_text("999999")
    key(K.Key_Return)
    type_text("Yuliana")
    key(K.Key_Return)
    key(K.Key_Return)
    assert "Yang belum disetor hanya Rp110.500" in " ".join(texts(page))
    amount = page.findChildren(StockSheet)[-1].findChildren(QLineEdit)[0]
    amount.setFocus()
    amount.selectAll()
    type_text("100000")
    key(K.Key_F9)
    assert [one.amount for one in remittances_of(page.app.ledger, UNIT)] == [100_000]
    assert account_of(page.app.ledger, UNIT).due == 10_500
    assert "Rp10.500" in texts(page)


def test_a_wrong_delivery_is_taken_back_from_the_papers(page: StockPage) -> None:
    officer(page)
    page.take_scan("SEMPRONG")
    key(K.Key_F9)
    (slip,) = slips(page)
    tap(page.standing.papers_button)
    tap(button(page, f"Koreksi {slip.receipt}"))
    type_text("salah hitung")
    key(K.Key_Return)
    assert [one.corrected for one in slips(page)] == ["", slip.receipt]
    tap(page.standing.papers_button)
    assert f"Koreksi {slip.receipt}" not in {one.accessibleName() for one in buttons(page)}
    key(K.Key_Escape)
    assert page.sheet() is None


def test_who_may_not_needs_an_officer(page: StockPage) -> None:
    page.desk.opened.emit("SEMPRONG")
    tap(button(page, "Rusak, contoh, atau hadiah"))
    key(K.Key_Return)
    type_text("remuk")
    key(K.Key_Return)
    sheet = page.sheet()
    assert sheet is not None
    assert "Perlu izin petugas." in texts(asking(page))
    assert slips(page) == []


def test_tab_stays_within_a_sheet(page: StockPage) -> None:
    officer(page)
    tap(page.standing.remit_button)
    sheet = page.sheet()
    assert sheet is not None
    ways = [one for one in sheet.findChildren(QAbstractButton) if group_of(one)]
    goes_round(sheet, *ways)
