"""The end-of-exhibition workbook for the regional office: which sheets, in which order (domain.md 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pos.errors import Refused
from pos.exports.request import Request
from pos.exports.sheet import SHEET_ROWS, Book, Chart, Heading, Written, open_book
from pos.exports.source import Source
from pos.exports.sources import as_source, source
from pos.exports.summary import Sums, write_summary
from pos.ledger import Ledger, devices
from pos.model import Table
from pos.practice import practice_word
from pos.reports import REPORTS, Period, run_report
from pos.text import _

LEAN_FROM = 50_000  # rows, some 160 MB; below it the workbook is made in memory, which any program can show
_TALL = 26  # px that a bar takes
_MOST_BARS = 40
_MOST_COLUMNS = 16  # that are to be read side by side on one page


def write(ledger: Ledger, path: Path, request: Request, *, limit: int = SHEET_ROWS) -> int:
    """Write the workbook to `path`; returns the rows of all its tables. `limit` is how many rows fit a sheet.

    Raises Refused when a single table is asked for, or one institution: a workbook tells of whole receipts.
    """
    period = request.period
    if request.table:
        raise Refused(_("A workbook holds every table."), _("Write a single table as .csv or .jsonl."))
    sales, lines = source(ledger, "sales", period), source(ledger, "lines", period)
    total = sales.count + lines.count
    with open_book(path, heading_of(ledger), lean=total > LEAN_FROM, limit=limit) as book:
        front = book.page(_("Summary"), (30, 22, 26, 16, 16, 10, 30))
        made = dict(_upper(book, ledger, period))
        made["sales"] = book.table(replace(sales, rows=request.watched(sales.rows, total)))
        book.below(made["sales"], run_report(ledger, "numbers", period))
        made["lines"] = book.table(replace(lines, rows=request.watched(lines.rows, total, sales.count)))
        made |= _lower(book, ledger, period)
        write_summary(book, front, ledger, period, Sums(made))
    return sum(written.rows for written in made.values())


def _upper(book: Book, ledger: Ledger, period: Period) -> Iterator[tuple[str, Written]]:
    """The sheets before the receipts."""
    board = as_source(run_report(ledger, "daily-board", period))
    days = {column.key for column in board.columns if column.kind == "money"}
    yield "daily-board", book.table(board, zeros=days, fixed=2, pages_wide=3)
    written = book.table(as_source(run_report(ledger, "institutions", period)))
    _bars(book, written, "name", "total", _("Turnover per institution"))
    yield "institutions", written
    for name in ("products", "categories"):
        yield name, book.table(as_source(run_report(ledger, name, period)))
    written = book.table(as_source(run_report(ledger, "payments", period)))
    said = _("A QRIS payment counts once the money was seen in the merchant's application; unconfirmed: 0.")
    yield "payments", book.note(written, said)
    written = book.table(source(ledger, "buyers", period))
    _bars(book, written, "buyer", "total", _("Turnover per buyer"))
    yield "buyers", written


def _lower(book: Book, ledger: Ledger, period: Period) -> Iterator[tuple[str, Written]]:
    """The sheets behind the receipts; what domain.md does not name comes last."""
    yield "returns", book.table(source(ledger, "returns", period))
    yield "orders", book.table(as_source(run_report(ledger, "orders", period)))
    yield "shifts", book.table(as_source(run_report(ledger, "shifts", period)))
    yield "profit", _profit(book, ledger, period)
    yield from _revenue(book, ledger, period)
    yield "cashiers", book.table(as_source(run_report(ledger, "cashiers", period)))


def _profit(book: Book, ledger: Ledger, period: Period) -> Written:
    """What was sold is shared between the institutions since the exhibition began, never for a few days."""
    whole = replace(period, start=None, end=None)
    report = _renamed(run_report(ledger, "settlement", whole), _("Profit and shares"))
    written = book.table(report, fixed=2, pages_wide=2 if len(report.columns) > _MOST_COLUMNS else 1)
    if whole != period:
        said = _("From the first day until now, whatever days the other sheets tell of.")
        written = book.note(written, said)
    return written


def _revenue(book: Book, ledger: Ledger, period: Period) -> Iterator[tuple[str, Written]]:
    """What was paid to the state; without a report of it the sheet says so."""
    title, none = _("PNBP deposits"), _("No deposits of state revenue are recorded in this ledger.")
    if "pnbp" not in REPORTS:
        sheet = book.page(title, (60,))
        book.cell(sheet, 0, 0, "text", title, "title")
        book.cell(sheet, 1, 0, "text", none)
        return
    written = book.table(_renamed(run_report(ledger, "pnbp", period), title))
    if not written.rows:
        written = replace(book.note(written, none), line=written.line + 2)
    if "targets" in REPORTS:
        book.below(written, run_report(ledger, "targets", period))
    yield "pnbp", written


def _renamed(report: Table, title: str) -> Source:
    return replace(as_source(report), title=title)


def _bars(book: Book, written: Written, names: str, values: str, title: str) -> None:
    """A chart of one column below a table that stands on one sheet; of a long one its first rows."""
    rows = min(written.rows, _MOST_BARS)
    if rows and any(written.sums.values()):
        cells = (written.range(names, rows), written.range(values, rows))
        book.chart_below(written, Chart("bar", title, *cells, 720, 110 + _TALL * rows))


def heading_of(ledger: Ledger) -> Heading:
    """What every printed page of a workbook of this ledger says."""
    with ledger.read() as conn:
        known = devices(conn).values()
    events = " · ".join(sorted({device.event.name for device in known}))
    return Heading(events, ledger.clock.now(), practice_word(*known))
