"""The end-of-exhibition workbook for the regional office: which sheets, in which order (domain.md 3.4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos.errors import Refused
from pos.exports.request import Request
from pos.exports.sheet import SHEET_ROWS, Heading, open_book
from pos.exports.sources import as_source, source
from pos.exports.summary import write_summary
from pos.ledger import Ledger, devices
from pos.reports import run_report
from pos.text import _

LEAN_FROM = 50_000  # rows, some 160 MB; below it the workbook is made in memory, which any program can show
_REPORTS = ("institutions", "products", "categories", "payments", "cashiers")


def write(ledger: Ledger, path: Path, request: Request, *, limit: int = SHEET_ROWS) -> int:
    """Write the workbook to `path`; returns the rows of all its tables. `limit` is how many rows fit a sheet.

    Raises Refused when a single table is asked for, or one institution: a workbook tells of whole receipts.
    """
    if request.table:
        raise Refused(_("A workbook holds every table."), _("Write a single table as .csv or .jsonl."))
    period = request.period
    sales, lines = source(ledger, "sales", period), source(ledger, "lines", period)
    total = sales.count + lines.count
    with open_book(path, _heading(ledger), lean=total > LEAN_FROM, limit=limit) as book:
        write_summary(book, ledger, period)
        board = as_source(run_report(ledger, "daily-board", period))
        days = {column.key for column in board.columns if column.kind == "money"}
        rows = book.table(board, zeros=days, fixed=2, pages_wide=3)
        rows += sum(book.table(as_source(run_report(ledger, name, period))) for name in _REPORTS)
        rows += book.table(replace(sales, rows=request.watched(sales.rows, total)))
        rows += book.table(replace(lines, rows=request.watched(lines.rows, total, sales.count)))
        rows += book.table(as_source(run_report(ledger, "shifts", period)))
        rows += book.table(as_source(run_report(ledger, "orders", period)))
    return rows


def _heading(ledger: Ledger) -> Heading:
    with ledger.read() as conn:
        known = devices(conn).values()
    events = " · ".join(sorted({device.event.name for device in known}))
    return Heading(events, ledger.clock.now(), any(device.sample for device in known))
