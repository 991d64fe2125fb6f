"""What leaves the page of a table is what stands on it, copied or as a file, and says of what it is."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.reports import REPORTS
from tests.books import busy_day
from tests.ui.hands import button, key, tap
from tests.ui.opened import Opened
from tests.ui.reports.test_page import REPORTS as PLACE
from tests.ui.reports.test_page import page_of, settle
from tests.ui.shop import frame_over
from ui import work
from ui.frame import Frame
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger, opened: Opened) -> Iterator[Frame]:
    """A booth with a busy day, and an officer at the table of its products, sorted by name."""
    del opened
    busy_day(till)
    frame = frame_over(qtbot, theme, till, "sari")
    frame.choose(PLACE)
    settle()
    page = page_of(frame)
    page.show_report("products")
    settle()
    page.rows._sort(2)
    yield frame
    work.finish()


def names_of(frame: Frame) -> list[str]:
    rows = page_of(frame).rows
    return [str(rows.model.row_at(place)[2]) for place in range(rows.model.rowCount())]


def total_of(ledger: Ledger) -> tuple[int, int]:
    """Pieces and turnover, by a plain query."""
    assert ledger.path is not None
    with closing(sqlite3.connect(ledger.path)) as plain:
        ((pieces, total),) = plain.execute("SELECT sum(qty), sum(total) FROM sale_line").fetchall()
    return pieces, total


def test_it_is_copied_as_it_stands_there(frame: Frame, till: Ledger) -> None:
    QGuiApplication.clipboard().clear()
    key(Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["No.", "Kode", "Produk"]
    *cells, last = [line.split("\t") for line in lines[1:]]
    assert [one[2] for one in cells] == names_of(frame) == sorted(names_of(frame))
    assert all(one[-1].isdigit() for one in cells)  # a sheet can add them up
    assert last[1] == "Total"
    assert int(last[-1]) == sum(int(one[-1]) for one in cells) == total_of(till)[1]
    assert "baris sudah disalin" in page_of(frame).banner.accessibleName()
    QGuiApplication.clipboard().clear()
    tap(button(frame, "Salin tabel untuk lembar kerja"))
    assert QGuiApplication.clipboard().text().splitlines() == lines


SAID = (
    "Pameran: Hari Bhakti Pemasyarakatan ke-59",
    "Saringan: Stan S03 · Semua UPT · Jum, 14 Apr 2023",
    "Dibuat: Jum, 14 Apr 2023 14.07 WIB oleh Sari Wulandari",
    "Kelengkapan: Angka dari laptop ini sampai Jum, 14 Apr 2023 14.07 WIB.",
)


def test_the_workbook_says_of_what_it_is_and_holds_it_in_this_order(
    frame: Frame, till: Ledger, home: Path
) -> None:
    tap(button(frame, "Simpan sebagai Excel"))
    settle()
    (file,) = (home / "laporan").glob("products*.xlsx")
    (sheet,) = load_workbook(file).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[:5]] == ["Per produk", *SAID]
    titles = rows[6]
    assert titles[2] == "Produk"
    many = len(names_of(frame))
    body = rows[7 : 7 + many]
    assert [row[2] for row in body] == names_of(frame)
    pieces, total = titles.index("Jumlah barang"), titles.index("Omzet")
    assert (sum(row[pieces] for row in body), sum(row[total] for row in body)) == total_of(till)
    assert rows[7 + many][1] == "Total"
    assert str(rows[7 + many][total]).startswith("=SUM(")
    assert len(rows) == 8 + many


def test_the_csv_too(frame: Frame, till: Ledger, home: Path) -> None:
    tap(button(frame, "Simpan sebagai CSV"))
    settle()
    (file,) = (home / "laporan").glob("products*.csv")
    with file.open(encoding="utf-8-sig", newline="") as found:
        rows = list(csv.reader(found, delimiter=";"))
    assert [": ".join(row) for row in rows[:5]] == ["Per produk", *SAID]
    many = len(names_of(frame))
    assert [row[2] for row in rows[7 : 7 + many]] == names_of(frame)
    assert rows[-1][1] == "Total"
    assert int(rows[-1][-1]) == total_of(till)[1]
    assert len(rows) == 8 + many


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "radar"])
def test_every_report_can_be_written(frame: Frame, home: Path, name: str) -> None:
    page = page_of(frame)
    page.show_report(name)
    settle()
    assert page.table is not None
    for ending in ("xlsx", "csv", "pdf"):
        page._save(ending)
        settle()
        assert next((home / "laporan").glob(f"{name}*.{ending}")).stat().st_size > 50


def test_enter_on_a_product_leads_to_the_receipts_with_it_and_esc_back(frame: Frame) -> None:
    page, row = page_of(frame), page_of(frame).rows.current
    key(Qt.Key.Key_Return)
    settle()
    (table,) = page.shown()
    assert table.name == "receipts"
    with frame.app.ledger.read() as conn:
        plain = "SELECT count(DISTINCT seq) FROM sale_line WHERE sku = '" + str(row[1] if row else "") + "'"
        assert len(table.rows) == conn.exec_driver_sql(plain).scalar_one() > 0
    key(Qt.Key.Key_Escape)
    assert page.rows.view.hasFocus()
    assert page.rows.current == row
