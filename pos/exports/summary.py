"""The first sheet: the exhibition in figures, whether the books agree, who has not sold, which receipts."""

from __future__ import annotations

from datetime import date
from typing import Any

from pos.exports.sheet import Book
from pos.ledger import Ledger, devices
from pos.money import rupiah
from pos.reports import Period, run_report
from pos.reports.scope import event_days
from pos.text import _, long_date

_WIDTHS = (30, 22, 26, 16, 16, 10, 30)  # characters

Fact = tuple[str, str, Any, str]  # what it is, kind and value of the figure, style


def write_summary(book: Book, ledger: Ledger, period: Period) -> None:
    """Write the sheet. Its figures are those of the reports for the same `period`."""
    sheet = book.page(_("Summary"), _WIDTHS)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    book.cell(sheet, 0, 0, "text", _("Sales summary"), "title")
    book.cell(sheet, 1, 0, "text", book.heading.event, "fact")
    book.cell(sheet, 2, 0, "text", _office(ledger))
    if book.heading.sample:
        book.cell(sheet, 3, 0, "text", _("SAMPLE: practice data, not real sales."), "bad")
    line = 5
    for label, kind, value, style in (*_scope(book, ledger, period), *_figures(ledger, period)):
        book.cell(sheet, line, 0, "text", label)
        book.cell(sheet, line, 1, kind, value, style)
        line += 1
    silent = [row[2] for row in run_report(ledger, "institutions", period).rows if not row[3]]
    book.cell(sheet, line + 1, 0, "text", _("Institutions without sales"), "fact")
    book.cell(sheet, line + 1, 1, "int", len(silent), "bad" if silent else "fact")
    line += 2
    for name in silent:
        book.cell(sheet, line, 1, "text", name)
        line += 1
    numbers = run_report(ledger, "numbers", period)
    book.cell(sheet, line + 1, 0, "text", numbers.title, "fact")
    book.block(sheet, line + 2, numbers.columns, numbers.rows)


def _office(ledger: Ledger) -> str:
    with ledger.read() as conn:
        return " · ".join(sorted({device.event.office for device in devices(conn).values()}))


def _scope(book: Book, ledger: Ledger, period: Period) -> list[Fact]:
    with ledger.read() as conn:
        days = event_days(conn)
        booths = sorted({one.booth for one in devices(conn).values() if period.booth in ("", one.booth)})
    first, last = period.start or min(days, default=None), period.end or max(days, default=None)
    return [
        (_("Days"), "text", _span(first, last), "fact"),
        (_("Booths"), "text", ", ".join(booths), "fact"),
        (_("Written"), "text", book.heading.written, "fact"),
    ]


def _figures(ledger: Ledger, period: Period) -> list[Fact]:
    totals = run_report(ledger, "totals", period)
    facts = [
        (column.title, "rupiah" if column.kind == "money" else column.kind, value, "fact")
        for column, value in zip(totals.columns, totals.rows[0], strict=True)
    ]
    off = run_report(ledger, "reconcile", period).totals["difference"]
    agree = _("All sums agree.") if not off else _("The sums differ by {amount}.").format(amount=rupiah(off))
    return [*facts, (_("Cross-check"), "text", agree, "bad" if off else "fact")]


def _span(first: date | None, last: date | None) -> str:
    if not first or not last:
        return "–"
    return f"{long_date(first)} – {long_date(last)}" if first != last else long_date(first)
