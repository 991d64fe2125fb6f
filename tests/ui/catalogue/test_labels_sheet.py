"""Labels: how many of which, where the sheet begins, moved by mm, seen, written."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from pypdfium2 import PdfDocument
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from pos.catalog import post_products, products
from pos.label_facts import MAX_STORY, Facts
from pos.label_goods import stories, tell_story
from pos.model import By
from pos.paths import home
from pos.printers import Printer, printer_text
from pos.receipts.measures import CELL
from tests.receipts.printer import run
from tests.ui.catalogue.conftest import settle
from tests.ui.hands import button, focused, key, tap, type_text
from ui.catalogue.labels_sheet import FOLDER, LabelsSheet, open_labels
from ui.catalogue.page import GoodsPage
from ui.catalogue.story_sheet import StorySheet
from ui.people.approval_sheet import ApprovalSheet


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to show."""
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url.toLocalFile()))
    return found


@pytest.fixture
def sheet(page: GoodsPage) -> LabelsSheet:
    """As the stock page opens it."""
    made = open_labels(page.app, page, {"PECI": 3, "NASTAR-500": 2})
    settle()
    return made


def pdfs() -> list[Path]:
    return sorted((home() / FOLDER).glob("*.pdf"))


def test_what_was_received_is_counted_and_written(sheet: LabelsSheet, opened: list[str]) -> None:
    assert sheet.table.counts == {"NASTAR-500": 2, "PECI": 3}
    assert sheet.save.text() == "Cetak 5 label"
    key(Qt.Key.Key_F9)
    settle()
    (path,) = pdfs()
    assert path.read_bytes().startswith(b"%PDF")
    assert opened == [path.as_posix()]


def test_counts_come_from_stock_or_are_typed(page: GoodsPage) -> None:
    tap(button(page, "Label"))
    settle()
    (sheet,) = page.findChildren(LabelsSheet)
    assert sheet.table.counts["PECI"] == 100
    tap(button(sheet, "Diketik"))
    assert sheet.table.counts == {}
    assert not sheet.save.isEnabled()
    tap(sheet.table.more)
    tap(sheet.table.more)
    tap(sheet.table.less)
    assert sheet.table.counts == {"NASTAR-500": 1}
    sheet.table.view.setFocus()
    key(Qt.Key.Key_Down)
    type_text("1")
    type_text("2")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle()  # Qt lets the field look at Enter first
    assert sheet.table.counts == {"NASTAR-500": 1, "PUTRI-500": 12}


def test_the_first_place_is_tapped_or_reached_by_arrows(sheet: LabelsSheet) -> None:
    grid = sheet.grid
    cell = grid._cell(4).center().toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(cell))
    assert sheet.placing.start == 5
    grid.setFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Right)
    assert sheet.placing.start == 9
    for _press in range(9):
        key(Qt.Key.Key_Up)
    assert sheet.placing.start == 3
    assert grid.accessibleName() == "Label pertama: 3 dari 24"


def test_labels_are_moved_within_bounds(sheet: LabelsSheet) -> None:
    for _press in range(9):
        tap(button(sheet, "Lebih ke kanan"))
    tap(button(sheet, "Lebih ke atas"))
    assert (sheet.placing.right, sheet.placing.down) == (3.0, -0.5)
    assert sheet.shifts["right"].text() == "+3,0 mm"


def test_the_first_page_is_seen(sheet: LabelsSheet) -> None:
    sheet.draw()
    settle()
    words = sheet.view.accessibleDescription()
    assert words.count("Peci Bordir") == 3
    assert "Rp50.000" in words
    tap(button(sheet, "Gulungan"))
    sheet.draw()
    settle()
    assert "Rp50.000" in sheet.view.accessibleDescription()
    assert not sheet.grid.isVisible()


def test_more_labels_than_a_roll_has_say_so(sheet: LabelsSheet, opened: list[str]) -> None:
    tap(button(sheet, "Sisa stok"))
    tap(button(sheet, "Gulungan"))
    tap(sheet.save)
    settle()
    assert "100 label" in sheet.banner.accessibleName()
    assert opened == []


def told(page: GoodsPage) -> None:
    """The institution tells of its cookies and of itself."""
    ledger = page.app.ledger
    facts = Facts("Dipanggang setiap pagi.", "ID1611", "2061", "BK-02")
    goods = {one.sku: one for one in products(ledger)}
    post_products(ledger, [replace(goods["NASTAR-500"], facts=facts)])
    tell_story(ledger, "LP1-PLG", "Kami membordir sejak 2015.", By(page.app.staff["sari"]))


def test_shelf_cards_have_the_stories_and_begin_where_they_are_told(
    page: GoodsPage, opened: list[str]
) -> None:
    told(page)
    sheet = open_labels(page.app, page, {"PECI": 3, "NASTAR-500": 2})
    settle()
    tap(button(sheet, "Kartu rak"))
    sheet.grid.setFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Right)
    assert sheet.grid.accessibleName() == "Label pertama: 6 dari 8"
    sheet.draw()
    settle()
    words = sheet.view.accessibleDescription()
    assert words.count("Dipanggang setiap pagi.") == 2
    assert words.count("P-IRT 2061 · Halal ID1611 · Kelompok kerja BK-02") == 2
    assert "Kami membordir sejak 2015." in words
    key(Qt.Key.Key_F9)
    settle()
    with closing(PdfDocument(pdfs()[0])) as pdf:
        assert len(pdf) == 2
        assert "Kami membordir" in pdf[1].get_textpage().get_text_bounded()
    assert len(opened) == 1


def test_a_roll_goes_to_the_receipt_printer_as_a_picture(
    sheet: LabelsSheet, opened: list[str], tmp_path: Path
) -> None:
    printer = Printer("file", str(tmp_path / "lp0"), 32, raster=True)
    (tmp_path / "lp0").touch()
    sheet.app.set("printer", printer_text(printer))
    for name in ("Kartu rak", "Gulungan"):
        tap(button(sheet, name))
    key(Qt.Key.Key_F9)
    settle()
    paper = run((tmp_path / "lp0").read_bytes(), 32 * CELL).paper()
    codes = [found.text for found in zxingcpp.read_barcodes(paper)]
    assert sorted(text for text in codes if "\n" not in text) == ["NASTAR-500"] * 2 + ["PECI"] * 3
    assert (
        sorted(text.split("\n")[0] for text in codes if "\n" in text)
        == ["Nastar 500 g"] * 2 + ["Peci Bordir"] * 3
    )
    assert sheet.banner.accessibleName().startswith("5 label sudah dicetak.")
    assert (opened, pdfs()) == ([], [])


def test_a_printer_that_is_gone_says_so_and_nothing_is_lost(sheet: LabelsSheet, tmp_path: Path) -> None:
    sheet.app.set("printer", printer_text(Printer("file", str(tmp_path / "none" / "lp0"), 32)))
    tap(button(sheet, "Gulungan"))
    tap(sheet.save)
    settle()
    assert "printer" in sheet.banner.accessibleName().casefold()
    assert sheet.table.counts == {"NASTAR-500": 2, "PECI": 3}
    assert sheet.save.isEnabled()


def stories_of(sheet: LabelsSheet) -> StorySheet:
    tap(button(sheet, "Cerita UPT pembuat"))
    (found,) = (one for one in sheet.findChildren(StorySheet) if one.isVisible())
    return found


def test_a_story_is_written_kept_and_stands_on_the_labels(sheet: LabelsSheet) -> None:
    asked = stories_of(sheet)
    assert asked.unit.value == "LPP-PLG"
    type_text("Dari dapur kami.")
    tap(asked.keep)
    settle()
    assert stories(sheet.app.ledger) == {"LPP-PLG": "Dari dapur kami."}
    sheet.draw()
    settle()
    tap(button(sheet, "Kartu rak"))
    sheet.draw()
    settle()
    assert sheet.view.accessibleDescription().count("Dari dapur kami.") == 2
    again = stories_of(sheet)
    assert again.editor.toPlainText() == "Dari dapur kami."
    key(Qt.Key.Key_Escape)
    assert sheet.isVisible()


def test_a_story_that_is_too_long_is_not_kept(sheet: LabelsSheet) -> None:
    asked = stories_of(sheet)
    asked.editor.setPlainText("k" * (MAX_STORY + 3))
    assert asked.message.text == "Kelebihan 3 huruf."
    assert not asked.keep.isEnabled()
    asked.editor.setPlainText("k" * MAX_STORY)
    assert asked.keep.isEnabled()


def test_a_cashier_needs_an_officer_for_a_story(rinas: GoodsPage) -> None:
    sheet = open_labels(rinas.app, rinas, {"PECI": 1})
    settle()
    asked = stories_of(sheet)
    type_text("Dari dapur kami.")
    tap(asked.keep)
    settle()
    assert stories(rinas.app.ledger) == {}
    assert any(one.isVisible() for one in rinas.window().findChildren(ApprovalSheet))
