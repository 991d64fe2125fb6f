"""Labels: how many of which, where the sheet begins, moved by mm, seen, written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from pos.paths import home
from tests.ui.catalogue.conftest import settle
from tests.ui.hands import button, focused, key, tap, type_text
from ui.catalogue.labels_sheet import FOLDER, LabelsSheet, open_labels
from ui.catalogue.page import GoodsPage


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
