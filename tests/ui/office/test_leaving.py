"""What leaves the office's pages is what stands on them: the chosen kind, the columns, the receipts."""

from __future__ import annotations

import csv
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from pos.model import Sale
from pos.reports.shown import Shown
from tests.books import DAY
from tests.ui.hands import button, key, tap
from tests.ui.office.room import page_of, settle
from tests.ui.opened import Opened
from ui.frame import Frame
from ui.office.exceptions import ExceptionsPage
from ui.office.units import UnitsPage
from ui.preview import Preview
from ui.reports.asked import DAYS
from ui.reports.page import ReportsPage

CTRL = Qt.KeyboardModifier.ControlModifier


def saved(frame: Frame, home: Path) -> list[list[str]]:
    """What the CSV of a page holds."""
    tap(button(frame, "Simpan sebagai CSV"))
    settle()
    (file,) = (home / "laporan").glob("*.csv")
    with file.open(encoding="utf-8-sig", newline="") as found:
        rows = list(csv.reader(found, delimiter=";"))
    file.unlink()
    return rows


def test_only_the_kind_that_is_chosen(frame: Frame, home: Path) -> None:
    page = page_of(frame, ExceptionsPage, 4)
    assert page.table is not None
    kinds = {row[0] for row in page.table.rows}
    assert len(kinds) > 1
    chosen = min(kinds)
    tap(next(chip for chip in page._chips if chip.property("kind") == chosen))
    rows = saved(frame, home)
    titles = next(n for n, row in enumerate(rows) if row == [one.title for one in page.rows.model.columns])
    assert {row[0] for row in rows[titles + 1 :]} == {chosen}
    assert f"{chosen} · dari hari pertama sampai sekarang" in rows[2][1]


def test_the_columns_and_short_names_of_the_units(frame: Frame, home: Path) -> None:
    page = page_of(frame, UnitsPage, 2)
    rows = saved(frame, home)
    model = page.rows.model
    titles = rows.index([one.title for one in model.columns])
    names = [str(model.row_at(n)[0]) for n in range(model.rowCount())]
    assert [row[0] for row in rows[titles + 1 :]] == [*names, "Total"]


def test_the_receipts_behind_a_figure(frame: Frame, sales: list[Sale], home: Path, opened: Opened) -> None:
    page = page_of(frame, ReportsPage, 0)
    page.ask(page.asked.__class__(preset=DAYS, start=DAY, end=DAY, report="payments"))
    settle()
    page.take_focus()
    key(Qt.Key.Key_Return)
    settle()
    (table,) = page.shown()
    assert table.name == "receipts"
    shown = page._to_leave()
    assert isinstance(shown, Shown)
    assert shown.tables == (table,)
    assert {row[0] for row in table.rows} <= {sale.receipt for sale in sales}
    key(Qt.Key.Key_P, CTRL)
    settle()
    (preview,) = (one for one in frame.findChildren(Preview) if one.isVisible())
    for row in table.rows:
        assert str(row[0]) in preview.view.accessibleDescription()
    key(Qt.Key.Key_P, CTRL)
    settle()
    assert len(opened.names) == 1
    assert len(list((home / "laporan").iterdir())) == 1


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_exhibition_is_closed_from_the_screen(frame: Frame, home: Path) -> None:
    """Minutes and sealed archive are in the menus; whatever days are chosen, the archive holds everything."""
    page = page_of(frame, ReportsPage, 0)
    page.ask(page.asked.__class__(preset=DAYS, start=DAY, end=DAY))
    settle()
    for kind, words in (("Simpan sebagai PDF", "Berita Acara"), ("Simpan sebagai Excel", "Arsip tersegel")):
        tap(button(frame, kind))
        (menu,) = (one for one in page.head.findChildren(QMenu) if one.isVisible())
        next(one for one in menu.actions() if one.text() == words).trigger()
        menu.close()
        menu.deleteLater()
        settle()
    day = DAY.isoformat()
    assert {one.name for one in (home / "laporan").iterdir()} == {f"berita-acara-{day}.pdf", "arsip.zip"}
    with ZipFile(home / "laporan" / "arsip.zip") as archive:
        assert "periksa.py" in archive.namelist()
