"""A page of reports as it stands on the screen, as a file: a workbook of one sheet, CSV, or a PDF.

First of what it tells, by whom and when it was made and up to when it holds; then its tables in their order,
each with its sums. CSV is for Excel with Indonesian settings, so its sums stand there as they do on the
screen, marked as such. What `lapak export` writes is for programs and has rows alone, in either form: a
program would add the sums up once more.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pos.errors import Refused
from pos.exports.cells import safe_text
from pos.exports.csv_file import FORMS
from pos.exports.sheet import SHEET_ROWS, open_book
from pos.exports.stacked import write_stacked
from pos.exports.workbook import heading_of
from pos.fresh import fresh_file
from pos.ledger import Ledger
from pos.money import plain
from pos.practice import proves_nothing
from pos.reports.shown import Shown, sums_row
from pos.text import _

_NAME = 31  # characters of a sheet's name: Excel's own limit
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def write_shown(ledger: Ledger, shown: Shown, path: Path) -> None:
    """Write it to `path` as its ending says (.xlsx, .csv, else PDF), whole or not at all.

    Raises Refused for more than a sheet or a printer holds, and what `fresh_file` does.
    """
    with fresh_file(path) as draft:
        if path.suffix == ".xlsx":
            _workbook(ledger, shown, draft)
        elif path.suffix == ".csv":
            _csv(shown, draft)
        else:
            from pos.receipts.pdf import pdf_bytes  # ReportLab is imported where it is first used
            from pos.receipts.table_sheets import shown_sheets

            draft.write_bytes(pdf_bytes(shown_sheets(shown)))


def sheet_name(title: str) -> str:
    """A title as the name of a sheet."""
    return _FORBIDDEN.sub(" ", title)[:_NAME].strip() or "Lapak"


def csv_rows(shown: Shown) -> Iterator[tuple[Any, ...]]:
    """What stands in the lines of the CSV: texts are safe, figures are numbers without separators."""
    yield (safe_text(shown.title),)
    if shown.practice:
        yield (proves_nothing(shown.practice),)
    for name, words in shown.head.pairs:
        yield safe_text(name), safe_text(words)
    for table in shown.tables:
        yield ()
        if shown.several:
            yield (safe_text(table.title),)
        yield tuple(safe_text(column.title) for column in table.columns)
        sums = sums_row(table)
        for row in (*table.rows, *([sums] if sums else [])):
            yield tuple(safe_text(one) if isinstance(one, str) else one for one in row)


def _workbook(ledger: Ledger, shown: Shown, path: Path) -> None:
    rows = sum(len(table.rows) + 4 for table in shown.tables) + len(shown.head.pairs) + 2
    if rows > SHEET_ROWS:
        raise Refused(
            _("This report has {count} rows, too many for one sheet.").format(count=plain(rows)),
            _("Save it as CSV instead, or choose fewer days."),
        )
    with open_book(path, heading_of(ledger), lean=False) as book:
        write_stacked(book, sheet_name(shown.title), shown)


def _csv(shown: Shown, path: Path) -> None:
    form = FORMS["id"]
    with path.open("w", encoding=form.encoding, newline="") as file:
        out = csv.writer(file, delimiter=form.delimiter, lineterminator=form.line_end)
        out.writerows(csv_rows(shown))
