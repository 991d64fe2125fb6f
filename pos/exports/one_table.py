"""One report as it stands on the screen, as a workbook of one sheet or as CSV: its rows in their order there,
and below them of what, when and by whom it is, and up to when it holds.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pos.exports.cells import safe_text
from pos.exports.csv_file import FORMS
from pos.exports.sheet import open_book
from pos.exports.sources import as_source
from pos.exports.workbook import heading_of
from pos.fresh import fresh_file
from pos.ledger import Ledger
from pos.model import Table

_NAME = 31  # characters of a sheet's name: Excel's own limit
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write_table(ledger: Ledger, table: Table, about: Sequence[str], path: Path) -> None:
    """Write it to `path`, an .xlsx or else a .csv for Excel with Indonesian settings, whole or not at all.

    Raises Refused and WorldFailed as `fresh_file` does.
    """
    with fresh_file(path) as draft:
        if path.suffix == ".xlsx":
            _workbook(ledger, table, about, draft)
        else:
            _csv(table, about, draft)


def _workbook(ledger: Ledger, table: Table, about: Sequence[str], path: Path) -> None:
    name = _FORBIDDEN.sub(" ", table.title)[:_NAME].strip() or "Lapak"
    with open_book(path, heading_of(ledger), lean=False) as book:
        written = book.table(replace(as_source(table), title=name))
        for line in about:
            written = book.note(written, line)


def _csv(table: Table, about: Sequence[str], path: Path) -> None:
    form = FORMS["id"]
    texts = [column.kind == "text" for column in table.columns]
    with path.open("w", encoding=form.encoding, newline="") as file:
        out = csv.writer(file, delimiter=form.delimiter, lineterminator=form.line_end)
        out.writerow(column.title for column in table.columns)
        for row in table.rows:
            pairs = zip(row, texts, strict=True)
            out.writerow(safe_text(value) if is_text and value else value for value, is_text in pairs)
        out.writerow(())
        for line in about:
            out.writerow((safe_text(line),))
