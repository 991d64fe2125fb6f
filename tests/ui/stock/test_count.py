"""Counting the stock: blind, explained, kept."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.counts import open_count
from pos.stock import on_hand
from tests.books import sell
from tests.ui.hands import button, focused, key, question, tap, texts, type_text
from tests.ui.stock.screen import UNIT, banner, slips, stepper
from ui.stock.page import COUNT, RECEIVE, StockPage
from ui.widgets import Tag

K = Qt.Key


def test_a_count_is_blind_until_it_is_filled_in(page: StockPage) -> None:
    tap(button(page, "Hitung stok"))
    assert "100" not in " ".join(texts(page))
    assert {"tersembunyi", "belum dihitung"} <= set(texts(page))
    tap(page.count_tab.table.rows["SEMPRONG"].name)
    assert "Hitung dulu" in banner(page)  # its card would tell
    type_text("10")
    assert "100" not in " ".join(texts(page))  # the first digits tell nothing yet
    assert "sedang dihitung" in texts(page)
    type_text("0")
    key(K.Key_Return)
    assert "Cocok" in {tag.accessibleName() for tag in page.findChildren(Tag) if tag.isVisible()}
    assert "100" in " ".join(texts(page))
    assert focused() is stepper(page, "PUTRI-500").edit


def test_a_count_with_a_difference_is_explained_and_finished(page: StockPage) -> None:
    page.show_tab(COUNT)
    type_text("100")
    key(K.Key_Return)
    type_text("99")
    key(K.Key_F9)
    assert "Pilih sebab" in banner(page)
    assert slips(page) == []
    tap(button(page, "Sebab selisih Putri Salju 500 g: Isi sebab"))
    tap(button(page, "Sebab lain"))
    tap(button(page, "Simpan"))
    assert page.sheet() is not None  # words are missing
    type_text("kemasan terbuka")
    key(K.Key_Return)
    sell(page.app.ledger, {"PUTRI-500": 3})
    key(K.Key_F9)
    (slip,) = slips(page)
    assert {item.sku: (item.qty, item.note) for item in slip.items} == {
        "NASTAR-500": (0, ""),
        "PUTRI-500": (-1, "kemasan terbuka"),
    }
    assert on_hand(page.app.ledger)["PUTRI-500"] == 96
    page.show_tab(RECEIVE)
    assert any("Hitung stok terakhir 14 Apr" in text for text in texts(page))


def test_scanning_counts_and_leaving_keeps_it(page: StockPage) -> None:
    page.show_tab(COUNT)
    for _time in range(3):
        page.take_scan("SEMPRONG")
    assert "100" not in " ".join(texts(page))
    tap(button(page, "Simpan sementara"))
    assert "100" in texts(page)
    assert "1 dari 3 jenis tersimpan" in banner(page)
    page.count_panel.witness.edit.setFocus()
    type_text("Yuliana")
    page.show_tab(RECEIVE)
    kept = open_count(page.app.ledger, UNIT)
    assert (kept.results["SEMPRONG"].counted, kept.witness) == (3, "Yuliana")
    assert any("Hitung stok belum selesai" in text for text in texts(page))
    page.show_tab(COUNT)
    tap(button(page, "Batalkan hitungan"))
    asked = question(page)
    assert asked is not None
    asked.accept()
    assert open_count(page.app.ledger, UNIT).results == {}
