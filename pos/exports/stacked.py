"""Tables one below the other on one sheet of a workbook, below a head that says of what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from pos.exports.cells import safe_text
from pos.exports.lean import letters
from pos.exports.sheet import HEADING_HEIGHT, MEASURED, ROW_PX, Book, Chart, cells_of, widths_of
from pos.model import Table
from pos.reports.shown import Head, Shown, sums_row

_LEAST_WIDE = 6  # columns that the head may cover on paper
_MOST_READ = 14  # columns that are to be read side by side on one page
_MOST_LYING = 12  # bars that lie below each other
# Of the page of figures: tables that have a chart beside them, whether its bars stand, names and values.
_CHARTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "hours": ("column", "hour", "total"),
        "days": ("column", "day", "total"),
        "payments": ("bar", "name", "amount"),
        "products": ("bar", "name", "total"),
        "institutions": ("bar", "name", "total"),
    }
)


def write_stacked(book: Book, name: str, shown: Shown) -> None:
    """Write a page of reports on the sheet `name`; a single table can be filtered."""
    wide = max((len(table.columns) for table in shown.tables), default=1)
    sheet = book.page(name, _widths(shown.tables), pages_wide=-(-wide // _MOST_READ))
    line = write_head(book, sheet, shown.title, shown.head)
    charted = [one for one in shown.tables if shown.drawn and one.name in _CHARTS and one.rows]
    beside = max((len(table.columns) for table in charted), default=0) + 1
    free = 0  # the first line beside the tables where no chart lies
    for place, table in enumerate(shown.tables):
        line += 1
        if len(table.columns) > beside:
            line = max(line, free)
        if shown.several:
            book.cell(sheet, line, 0, "text", table.title, "fact")
            line += 1
        heading = line
        line = book.block(sheet, heading, table.columns, table.rows, mark="" if place else shown.practice)
        if not shown.several:
            sheet.autofilter(heading, 0, line - 1, len(table.columns) - 1)
            sheet.freeze_panes(heading + 1, 0)
            sheet.repeat_rows(heading)
        if table in charted:
            chart, free = _chart(sheet, heading, table), max(free, heading)
            book.chart(sheet, (free, beside), chart)
            free += chart.height // ROW_PX + 2
        line += _sums(book, sheet, heading, table)
    sheet.print_area(0, 0, line - 1, max(wide, _LEAST_WIDE) - 1)


def write_head(book: Book, sheet: Any, title: str, head: Head) -> int:
    """Write what it is into the first lines; returns the first that is free."""
    book.cell(sheet, 0, 0, "text", title, "title")
    sheet.set_row(0, HEADING_HEIGHT)
    for line, (name, words) in enumerate(head.pairs, 1):
        sheet.write_string(line, 0, safe_text(f"{name}: {words}"), book.look("text", "plain"))
    return len(head.pairs) + 1


def _chart(sheet: Any, heading: int, table: Table) -> Chart:
    """The chart of a table whose titles are in line `heading` of the sheet; of a long one its first rows."""
    kind, *keys = _CHARTS[table.name]
    rows = len(table.rows) if kind == "column" else min(len(table.rows), _MOST_LYING)
    names, values = (cells_of(sheet, table.columns, key, (heading + 1, rows)) for key in keys)
    height = 260 if kind == "column" else 110 + 24 * rows
    return Chart(kind, table.title, names, values, 620, height, days=table.name == "days")


def _sums(book: Book, sheet: Any, heading: int, table: Table) -> int:
    """Write the sums below a table, as formulas where they come to the same; returns how many lines."""
    row = sums_row(table)
    if row is None:
        return 0
    line = heading + len(table.rows) + 1
    for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        cells = [one[place] for one in table.rows]
        if value is None:
            sheet.write_blank(line, place, None, book.look("text", "sum"))
        elif isinstance(value, str):
            book.cell(sheet, line, place, "text", value, "sum")
        elif cells and None not in cells and sum(cells) == value:
            at = letters(place)
            formula = f"=SUM({at}{heading + 2}:{at}{line})"
            sheet.write_formula(line, place, formula, book.look(column.kind, "sum"), value)
        else:
            book.cell(sheet, line, place, column.kind, value, "sum")
    return 1


def _widths(tables: Sequence[Table]) -> list[int]:
    """Characters of columns that stand one below the other."""
    each = [widths_of(one.columns, list(one.rows[:MEASURED]), one.totals) for one in tables]
    return [max(some) for some in zip_longest(*each, fillvalue=0)]
