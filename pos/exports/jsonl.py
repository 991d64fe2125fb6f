"""One table as JSON lines, for programs: one object a row, by the keys of the columns."""

from __future__ import annotations

import json
from pathlib import Path

from pos.exports.request import Request
from pos.exports.sources import source
from pos.ledger import Ledger


def write(ledger: Ledger, path: Path, request: Request) -> int:
    """Write one table (without a name: the lines of all receipts, flat) to `path`; returns its rows.

    Values are as in the ledger: whole numbers, ISO dates, texts untouched, null for what is not known. Raises
    Refused for an unknown table.
    """
    table = source(ledger, request.table or "lines", request.period)
    keys = [column.key for column in table.columns]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in request.watched(table.rows, table.count):
            file.write(json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) + "\n")
            count += 1
    return count
