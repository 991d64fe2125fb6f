"""One table as CSV: for Excel with the Indonesian region (`id`), or for programs (`plain`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pos.errors import Refused
from pos.exports.cells import safe_text
from pos.exports.request import Request
from pos.exports.sources import source
from pos.ledger import Ledger
from pos.text import _


@dataclass(frozen=True, slots=True)
class Form:
    """How the file is written. `titles`: the heading has the words people read, or else the columns' keys."""

    delimiter: str
    encoding: str
    line_end: str
    titles: bool


# domain.md 7: with Indonesian settings Excel splits at `;`, takes UTF-8 only with a BOM, and reads `30.000`
# as 30000 where an English one reads 30; so amounts have no separators at all.
FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "id": Form(";", "utf-8-sig", "\r\n", titles=True),
        "plain": Form(",", "utf-8", "\n", titles=False),
    }
)


def write(ledger: Ledger, path: Path, request: Request) -> int:
    """Write one table (without a name: the lines of all receipts) to `path`; returns its rows.

    A heading, then a row a line: whole numbers without separators, ISO dates. Raises Refused for an unknown
    form or table.
    """
    form = FORMS.get(request.csv_form)
    if form is None:
        raise Refused(
            _("There is no kind of CSV called '{form}'.").format(form=request.csv_form[:40]), ", ".join(FORMS)
        )
    table = source(ledger, request.table or "lines", request.period)
    texts = [column.kind == "text" for column in table.columns]
    count = 0
    with path.open("w", encoding=form.encoding, newline="") as file:
        out = csv.writer(file, delimiter=form.delimiter, lineterminator=form.line_end)
        out.writerow(column.title if form.titles else column.key for column in table.columns)
        for row in request.watched(table.rows, table.count):
            out.writerow(
                safe_text(value) if is_text and value else value
                for value, is_text in zip(row, texts, strict=True)
            )
            count += 1
    return count
