"""Bringing a list in: read, corrected, looked at, taken; and given back with what was sold."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication

from pos.catalog import products
from pos.columns_guess import read_grid
from pos.paths import home
from tests import sheets
from tests.books import documents
from tests.ui.catalogue.conftest import settle
from tests.ui.hands import button, key, question, tap, texts
from ui.catalogue.import_sheet import FOLDER, ImportSheet
from ui.catalogue.labels_sheet import LabelsSheet
from ui.catalogue.page import GoodsPage
from ui.people.approval_sheet import ApprovalSheet

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sheet(page: GoodsPage) -> ImportSheet:
    """The sheet, opened by its button."""
    tap(button(page, "Impor daftar"))
    (found,) = page.findChildren(ImportSheet)
    return found


def tags(sheet: ImportSheet) -> list[str]:
    return [tag.accessibleName() for tag in sheet.tags if tag.isVisible()]


def states(sheet: ImportSheet) -> list[str]:
    rows = sheet.table.rows
    return [str(rows.data(rows.index(n, 0))) for n in range(rows.rowCount())]


def test_a_file_is_shown_and_taken(page: GoodsPage, sheet: ImportSheet, tmp_path: Path) -> None:
    before = documents(page.app.ledger)
    sheet.take_file(sheets.titled(tmp_path / "a.xlsx"))
    settle()
    assert states(sheet) == ["5 · tetap", "6 · berubah", "7 · baru"]
    assert tags(sheet) == ["1 baru", "1 berubah", "1 tetap"]
    assert sheet.unit.value == "LPP-PLG"
    assert documents(page.app.ledger) == before
    counted: list[dict[str, int]] = []
    sheet.counted.connect(counted.append)
    key(Qt.Key.Key_F9)
    settle()
    assert counted == [{"NASTAR-500": 24, "PECI": 10, "KUE-MAKSUBA": 5}]
    assert {one.sku: one.price for one in products(page.app.ledger)}["PECI"] == 55_000
    assert "39 buah ada di daftar" in texts(page)
    tap(button(page, "Cetak label"))
    settle()
    (labels,) = page.findChildren(LabelsSheet)
    assert labels.table.counts == {"NASTAR-500": 24, "PECI": 10, "KUE-MAKSUBA": 5}


def test_a_pasted_block_grows(page: GoodsPage, sheet: ImportSheet) -> None:
    QGuiApplication.clipboard().setText("Nama\tHarga\nMug\t5000\n")
    key(Qt.Key.Key_V, CTRL)
    settle()
    assert states(sheet) == ["2 · baru"]
    QGuiApplication.clipboard().setText("Tas kecil\t7000\n")
    tap(sheet.paste)
    settle()
    assert states(sheet) == ["2 · baru", "3 · baru"]
    tap(sheet.take)
    settle()
    assert "2 baru, 0 berubah, 0 tetap" in texts(page)
    assert {"MUG", "TAS-KECIL"} <= {one.sku for one in products(page.app.ledger)}


def test_an_empty_clipboard_says_so(sheet: ImportSheet) -> None:
    QGuiApplication.clipboard().setText("  ")
    tap(sheet.paste)
    assert "Tidak ada yang bisa ditempel" in sheet.banner.accessibleName()
    sheet.take_text("x" * 1_000_001)
    settle()
    assert "1 MB" in sheet.banner.accessibleName()


def test_wrong_cells_are_red_and_told_and_the_rest_is_taken(page: GoodsPage, sheet: ImportSheet) -> None:
    sheet.take_text("Nama\tHarga\nMug\tmurah\nGelas\t4000\n")
    settle()
    rows = sheet.table.rows
    price = rows.index(0, 2)
    assert rows.data(price, Qt.ItemDataRole.BackgroundRole) is not None
    assert "murah" in str(rows.data(price, Qt.ItemDataRole.ToolTipRole))
    assert "Baris 2, Harga jual" in sheet.notes.text()
    assert sheet.take.text() == "Ambil 1 barang"
    tap(sheet.take)
    settle()
    skus = {one.sku for one in products(page.app.ledger)}
    assert "GELAS" in skus
    assert "MUG" not in skus


def test_a_column_is_corrected_by_hand(sheet: ImportSheet) -> None:
    sheet.take_text("Nama\tHarga\tHarga pabrik\nMug\t5000\t4000\n")
    settle()
    pick = sheet.table.picks[2]
    pick.set_value("price")
    pick.picked.emit("price")
    settle()
    assert [one.value for one in sheet.table.picks] == ["name", "", "price"]
    assert sheet.shown is not None
    assert [one.price for one in sheet.shown.goods] == [4000]
    sheet.table.picks[2].set_value("")
    sheet.table.picks[2].picked.emit("")
    settle()
    assert "harga" in sheet.banner.accessibleName()
    assert not sheet.take.isEnabled()


def test_what_is_no_table_says_so(sheet: ImportSheet, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 rusak")
    sheet.take_file(tmp_path / "a.xlsx")
    settle()
    assert sheet.banner.isVisible()
    assert not sheet.table.isVisible()


def test_for_nothing_is_asked_about(page: GoodsPage, sheet: ImportSheet) -> None:
    sheet.take_text("Nama\tHarga\nBrosur\t0\n")
    settle()
    tap(sheet.take)
    asked = question(page)
    assert asked is not None
    tap(button(asked, "Ya, ini hadiah"))
    settle()
    assert {one.sku: one.price for one in products(page.app.ledger)}["BROSUR"] == 0


def test_a_cashier_takes_nothing_alone(rinas: GoodsPage) -> None:
    tap(button(rinas, "Impor daftar"))
    (sheet,) = rinas.findChildren(ImportSheet)
    sheet.take_text("Nama\tHarga\nMug\t5000\n")
    settle()
    tap(sheet.take)
    settle()
    assert [asked.isVisible() for asked in rinas.window().findChildren(ApprovalSheet)] == [True]
    assert "MUG" not in {one.sku for one in products(rinas.app.ledger)}


def test_the_sheet_is_given_back(sheet: ImportSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    sheet.take_file(sheets.titled(tmp_path / "lembar lpp.xlsx"))
    settle()
    tap(sheet.back)
    settle()
    path = home() / FOLDER / "lembar-lpp-hasil.xlsx"
    assert read_grid(path).width == 11
    tap(button(sheet, "Buka"))
    assert opened == [path.as_posix()]


def test_esc_leaves_everything_as_it_was(page: GoodsPage, sheet: ImportSheet) -> None:
    before = documents(page.app.ledger)
    sheet.take_text("Nama\tHarga\nMug\t5000\n")
    settle()
    key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert documents(page.app.ledger) == before
