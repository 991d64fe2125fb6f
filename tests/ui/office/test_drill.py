"""From the row of a report to its receipts, and the evening's report of the region, at the office."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pos.model import Sale
from tests.books import DAY
from tests.ui.hands import button, focused, key, tap
from tests.ui.office.room import page_of, settle
from ui.frame import Frame
from ui.reports.asked import DAYS
from ui.reports.page import ReportsPage


def report(frame: Frame, name: str, first: str = "", column: int = 1) -> ReportsPage:
    """A table, the keyboard on the row with this word in that column."""
    page = page_of(frame, ReportsPage, 0)
    page.ask(page.asked.__class__(preset=DAYS, start=DAY, end=DAY, report=name))
    settle()
    rows = page.rows
    place = next(n for n in range(rows.model.rowCount()) if first in ("", str(rows.model.row_at(n)[column])))
    rows.view.setCurrentIndex(rows.model.index(place, 0))
    page.take_focus()
    assert focused() is rows.view
    return page


def shown(frame: Frame) -> set[str]:
    settle()
    page = frame.screens.currentWidget()
    assert isinstance(page, ReportsPage)
    (table,) = page.shown()
    assert table.name == "receipts"
    return {row[0] for row in table.rows}


@pytest.mark.parametrize(
    ("name", "first", "column", "which"),
    [
        ("days", "2023-04-14", 0, lambda _sale: True),
        ("payments", "qris", 0, lambda sale: any(one.method == "qris" for one in sale.payments)),
        ("cashiers", "sari", 1, lambda sale: sale.cashier == "sari"),
        ("hours", "", 0, lambda sale: sale.at.hour == 14),
        ("numbers", "S07", 0, lambda sale: sale.booth == "S07"),
        (
            "products",
            "PUTRI-500",
            1,
            lambda sale: any(one.sku == "PUTRI-500" for one in sale.lines),
        ),
    ],
)
def test_enter_on_a_row_leads_to_its_receipts(
    frame: Frame,
    sales: list[Sale],
    name: str,
    first: str,
    column: int,
    which: object,
) -> None:
    report(frame, name, first, column)
    key(Qt.Key.Key_Return)
    assert callable(which)
    wanted = {one.receipt for one in sales if which(one)}
    assert wanted
    assert shown(frame) == wanted


def test_a_row_that_is_about_no_receipt_leads_nowhere(frame: Frame) -> None:
    page = report(frame, "totals")
    key(Qt.Key.Key_Return)
    settle()
    assert [one.name for one in page.shown()] == ["totals"]


def test_the_report_of_the_region_is_copied(frame: Frame) -> None:
    page = page_of(frame, ReportsPage, 0)
    page.ask(page.asked.__class__(preset=DAYS, start=DAY, end=DAY))
    settle()
    QGuiApplication.clipboard().clear()
    tap(button(frame, "Salin laporan harian untuk WhatsApp"))
    settle()
    text = QGuiApplication.clipboard().text()
    assert "Kanwil Kemenkumham Sumatera Selatan\n2 stan" in text
    assert "*Omzet per UPT*\n1. LPP Palembang: Rp" in text
    assert "Data semua stan lengkap sampai 14.07 WIB." in text
