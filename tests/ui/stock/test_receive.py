"""Goods come in: by keyboard, by finger, with batches and labels."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.stock import on_hand
from tests.books import documents
from tests.ui.hands import button, focused, key, tap, texts, type_text
from tests.ui.stock.screen import UNIT, banner, slips
from ui import work
from ui.catalogue.labels_sheet import LabelsSheet
from ui.catalogue.page import GoodsPage
from ui.stock.page import StockPage

K = Qt.Key


def test_goods_come_in_by_keyboard_alone(page: StockPage) -> None:
    type_text("Yuliana, S.H.")
    key(K.Key_Return)
    type_text("W6.PAS.23-114")
    key(K.Key_Return)
    type_text("10*semp")
    key(K.Key_Return)
    type_text("nastar")
    key(K.Key_Return)
    type_text("nas")
    key(K.Key_Return)
    assert "2 jenis · 12 barang" in texts(page)
    assert "Rp430.000" in texts(page)
    key(K.Key_F9)
    (slip,) = slips(page)
    assert (slip.partner, slip.letter, slip.pieces, slip.percent) == (
        "Yuliana, S.H.",
        "W6.PAS.23-114",
        12,
        85,
    )
    assert on_hand(page.app.ledger)["SEMPRONG"] == 110
    assert page.app.opening.stock["SEMPRONG"] == 110  # the till knows at once
    assert slip.receipt in banner(page)
    assert page.receive_tab.table.rows == {}


def test_after_a_delivery_the_next_one_can_be_typed(page: StockPage) -> None:
    type_text("Yuliana")
    key(K.Key_Return)
    page.take_scan("SEMPRONG")
    page.receive_tab._stepper("SEMPRONG").setFocus()
    type_text("5")
    key(K.Key_F9)
    assert [slip.pieces for slip in slips(page)] == [5]
    assert focused() is page.receive_tab.field.edit


def test_goods_come_in_by_pointing_alone(page: StockPage) -> None:
    tap(page.receive_tab.unit)
    tap(button(page, "Lapas Kelas I Palembang"))
    page.receive_tab.field.edit.setText("peci")  # what a touch keyboard does
    tap(button(page, "Peci Bordir PECI · 50.000"))
    tap(button(page, "Tambah satu: Jumlah Peci Bordir"))
    tap(button(page, "Terima barang"))
    (slip,) = slips(page, "LP1-PLG")
    assert [(item.sku, item.qty) for item in slip.items] == [("PECI", 2)]


def test_a_line_goes_at_nought_and_lines_wait_for_their_institution(page: StockPage) -> None:
    tab = page.receive_tab
    for sku in ("SEMPRONG", "NASTAR-500"):
        tab.add(next(one for one in page.desk.goods() if one.sku == sku))
    page.desk.choose("LP1-PLG")
    assert tab.table.rows == {}
    page.desk.choose(UNIT)
    assert list(tab.table.rows) == ["SEMPRONG", "NASTAR-500"]
    tap(button(page, "Kurangi satu: Jumlah Semprong"))
    assert list(tab.table.rows) == ["NASTAR-500"]


def test_a_delivery_outlives_the_screen(page: StockPage, qtbot: QtBot) -> None:
    type_text("Yuliana")
    key(K.Key_Return)
    page.take_scan("SEMPRONG")
    tap(button(page, "Tambah satu: Jumlah Semprong"))
    again = StockPage(page.app)  # another look, or another day
    qtbot.addWidget(again)
    again.refresh()
    assert again.receive_tab.partner.edit.text() == "Yuliana"
    assert [(sku, line.qty) for sku, line in again.receive_tab.lines.items()] == [("SEMPRONG", 2)]
    key(K.Key_F9)
    other = StockPage(page.app)
    qtbot.addWidget(other)
    other.refresh()
    assert other.receive_tab.lines == {}


def test_batch_and_expiry_stand_on_the_slip(page: StockPage) -> None:
    page.take_scan("SEMPRONG")
    tap(button(page, "Batch dan kedaluwarsa Semprong"))
    type_text("B-07")
    key(K.Key_Return)
    type_text("31/02/2023")
    key(K.Key_Return)
    assert page.sheet() is not None
    assert "bukan tanggal" in " ".join(texts(page))
    focused().setText("20/05/2023")  # type: ignore[attr-defined]
    key(K.Key_Return)
    assert page.sheet() is None
    key(K.Key_F9)
    (slip,) = slips(page)
    assert (slip.items[0].batch, str(slip.items[0].expires)) == ("B-07", "2023-05-20")


def test_nothing_to_receive_is_told_and_stores_nothing(page: StockPage) -> None:
    before = documents(page.app.ledger)
    key(K.Key_F9)
    assert "Belum ada barang" in banner(page)
    page.receive_tab.field.setFocus()
    type_text("tidak ada")
    key(K.Key_Return)
    assert "Tidak ada barang UPT ini bernama" in " ".join(texts(page))
    assert documents(page.app.ledger) == before


def test_labels_and_new_goods_are_a_tap_away(page: StockPage) -> None:
    page.take_scan("SEMPRONG")
    tap(button(page, "Cetak 1 label"))
    (sheet,) = (one for one in page.window().findChildren(LabelsSheet) if one.isVisible())
    key(K.Key_Escape)
    assert not sheet.isVisible()
    tap(button(page, "Barang baru"))
    assert [one.isVisible() for one in page.window().findChildren(GoodsPage)] == [True]


def test_new_goods_begin_with_the_institution_that_brings_them(page: StockPage) -> None:
    """Also when the page of goods is made for it, and reads the names of institutions only then."""
    tap(page.receive_tab.unit)
    tap(button(page, "Lapas Kelas I Palembang"))
    tap(button(page, "Barang baru"))
    (goods,) = page.window().findChildren(GoodsPage)
    work.finish()
    QApplication.processEvents()
    assert goods.form.entry()["institution"] == "LP1-PLG"
