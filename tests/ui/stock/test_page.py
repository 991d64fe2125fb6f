"""The stock screen served by hand: goods come in, are counted, go back, and the money is put down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.catalog import post_products
from pos.counts import open_count
from pos.ledger import Ledger
from pos.model import Product
from pos.remittances import account_of, remittances_of
from pos.stock import on_hand
from pos.stock_slips import StockSlip, slips_of
from pos.today import opening_of
from tests.books import STAFF, documents, sell
from tests.ui.hands import button, buttons, focused, key, question, show, tap, texts, type_text
from tests.ui.shop import CODE, desk_of, frame_of, scan
from tests.ui.test_fits import faults
from tests.ui.test_names import goes_round, group_of
from ui import issue, work
from ui.app import App
from ui.catalogue.labels_sheet import LabelsSheet
from ui.catalogue.page import GoodsPage
from ui.frame import Frame
from ui.people.approval_sheet import ApprovalSheet
from ui.start import Start
from ui.stock.page import BALANCE, COUNT, GIVE_BACK, RECEIVE, StockPage
from ui.stock.parts import Stepper
from ui.stock.sheet import StockSheet
from ui.theme import Theme, load_theme
from ui.widgets import Tag

K = Qt.Key
UNIT = "LPP-PLG"


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[StockPage]:
    """The stock screen of a booth; Rina is at the till."""
    frame = Frame(App.over(till, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    key(K.Key_3, Qt.KeyboardModifier.ControlModifier)
    shown = frame.screens.currentWidget()
    assert isinstance(shown, StockPage)
    yield shown
    work.finish()


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The papers that were opened for printing."""
    paths: list[Path] = []
    monkeypatch.setattr(issue, "open_file", paths.append)
    return paths


def officer(page: StockPage) -> None:
    page.app.sign_in(STAFF[1])


def asking(page: StockPage) -> ApprovalSheet:
    """The sheet that asks for an officer."""
    (sheet,) = (one for one in page.window().findChildren(ApprovalSheet) if one.isVisible())
    return sheet


def slips(page: StockPage, unit: str = UNIT) -> list[StockSlip]:
    with page.app.ledger.read() as conn:
        return slips_of(conn, unit)


def stepper(page: StockPage, sku: str) -> Stepper:
    tables = {RECEIVE: page.receive_tab.table, COUNT: page.count_tab.table, GIVE_BACK: page.back_tab.table}
    return next(cell for cell in tables[page.shown].rows[sku].cells if isinstance(cell, Stepper))


def banner(page: StockPage) -> str:
    return page.banner.accessibleName() if page.banner.isVisible() else ""


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


def test_a_key_that_means_nothing_is_offered_once(page: StockPage, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = page.window()
    assert isinstance(frame, Frame)
    offered: list[int] = []
    theirs = StockPage.keyPressEvent

    def note(self: StockPage, event: QKeyEvent) -> None:
        offered.append(event.key())
        theirs(self, event)

    monkeypatch.setattr(StockPage, "keyPressEvent", note)
    key(K.Key_F12)
    assert offered == [K.Key_F12]
    frame.buttons[2].setFocus()  # the menu has the keyboard
    key(K.Key_F12)
    assert offered == [K.Key_F12] * 2


@pytest.mark.parametrize("place", [RECEIVE, COUNT, GIVE_BACK, BALANCE])
def test_tab_goes_round_each_tab(page: StockPage, place: int) -> None:
    page.show_tab(place)
    if place == RECEIVE:
        page.take_scan("SEMPRONG")
    if place == BALANCE:
        key(K.Key_Tab)
    tabs = [one for one in page.tabs.findChildren(QAbstractButton) if not one.isChecked()]
    goes_round(page.window(), *tabs)


def test_tab_stays_within_a_sheet(page: StockPage) -> None:
    officer(page)
    tap(page.standing.remit_button)
    sheet = page.sheet()
    assert sheet is not None
    ways = [one for one in sheet.findChildren(QAbstractButton) if group_of(one)]
    goes_round(sheet, *ways)


def test_a_scan_is_for_the_tab_in_sight(page: StockPage) -> None:
    frame = page.window()
    assert isinstance(frame, Frame)
    for _time in range(2):
        assert frame.take_scan("SEMPRONG")
    assert stepper(page, "SEMPRONG").value == 2
    assert not frame.take_scan("PECI")
    assert "UPT lain" in banner(page)
    assert not frame.take_scan("8990000000000")
    assert "tidak dikenal" in banner(page)
    assert frame.screens.currentWidget() is page
    assert frame.desk.basket.cart.lines == ()
    tap(page.receive_tab.unit)  # a sheet is open
    assert not frame.take_scan("SEMPRONG")
    assert stepper(page, "SEMPRONG").value == 2


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


def test_what_is_left_goes_back_with_two_papers(page: StockPage, printed: list[Path]) -> None:
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
    assert [path.name for path in printed] == [f"{slip.receipt}.pdf"]
    page.desk.print(slip)
    work.finish()
    assert [path.name for path in printed][1:] == [f"{slip.receipt}-salinan-1.pdf"]


def test_nobody_to_take_it_is_told(page: StockPage) -> None:
    officer(page)
    page.show_tab(GIVE_BACK)
    stepper(page, "SEMPRONG").show_value(7)
    key(K.Key_F9)
    assert "Siapa yang menerima" in banner(page)
    tap(button(page, "Semua sisa"))
    assert stepper(page, "SEMPRONG").value == 100


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


def test_what_the_officer_should_look_at(page: StockPage) -> None:
    sell(page.app.ledger, {"SEMPRONG": 103, "PUTRI-500": 97})
    page.show_tab(BALANCE)
    tap(button(page, "Periksa stok: 1 jenis"))
    tap(button(page, "Semprong −3"))
    assert "Kartu" not in banner(page)
    assert page.sheet() is not None
    key(K.Key_Escape)
    tap(button(page, "Hampir habis: 1 jenis"))
    key(K.Key_Escape)
    row = next(
        one for one in page.findChildren(QAbstractButton) if one.accessibleName().startswith("Lapas Kelas I ")
    )
    tap(row)
    assert page.desk.institution == "LP1-PLG"


def test_labels_and_new_goods_are_a_tap_away(page: StockPage) -> None:
    page.take_scan("SEMPRONG")
    tap(button(page, "Cetak 1 label"))
    (sheet,) = (one for one in page.window().findChildren(LabelsSheet) if one.isVisible())
    key(K.Key_Escape)
    assert not sheet.isVisible()
    tap(button(page, "Barang baru"))
    assert [one.isVisible() for one in page.window().findChildren(GoodsPage)] == [True]


ODD = "<b>Kue</b> \u202e\U0001f36a " + "panjang " * 40


def test_odd_and_endless_names_stay_in_their_place(page: StockPage) -> None:
    before = page.minimumSizeHint()
    post_products(page.app.ledger, [Product("ODD", ODD, 1_000_000_000, UNIT)])
    page.app.renew(opening_of(page.app.ledger))
    for place in (RECEIVE, COUNT, GIVE_BACK, BALANCE):
        page.show_tab(place)
        if place != BALANCE:
            page.take_scan("ODD")
        page.grab()
    assert page.minimumSizeHint().width() <= before.width()


@pytest.mark.parametrize(("scale", "size"), [(1.25, (1366, 768)), (1.0, (1093, 614))])
def test_every_tab_fits_and_everything_has_a_name(
    qtbot: QtBot, theme: Theme, till: Ledger, scale: float, size: tuple[int, int]
) -> None:
    assert theme.scale == 1
    frame = Frame(App.over(till, load_theme("light", scale)))
    frame.resize(*size)
    show(qtbot, frame)
    frame.choose(2)
    page = frame.screens.currentWidget()
    assert isinstance(page, StockPage)
    for place in (RECEIVE, COUNT, GIVE_BACK, BALANCE):
        page.show_tab(place)
        assert (frame.width(), frame.height()) == size
        nameless = [
            one
            for kind in (QAbstractButton, QLineEdit)
            for one in page.findChildren(kind)
            if one.isVisible() and not one.accessibleName()
        ]
        assert nameless == []
        if place == RECEIVE:
            page.take_scan("SEMPRONG")
        QApplication.processEvents()
        assert list(faults(frame, f"stock {place}")) == []
    work.finish()


def test_the_scanner_is_heard_by_the_stock_screen(shop: Start) -> None:
    key(K.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = frame_of(shop).screens.currentWidget()
    assert isinstance(page, StockPage)
    page.desk.choose("LPK-MRE")
    for _time in range(2):
        scan(CODE)
    assert stepper(page, "KERUPUK").value == 2
    key(K.Key_F9)
    (slip,) = slips(page, "LPK-MRE")
    assert [(item.sku, item.qty) for item in slip.items] == [("KERUPUK", 2)]
    assert desk_of(shop).basket.cart.lines == ()


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
