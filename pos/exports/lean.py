"""Rows of long tables straight into a sheet's XML, at a fraction of what a call for each cell takes.

XlsxWriter makes an object of every cell and writes a row when the next one begins. A million lines of 17
columns are 17 million such objects; here each row is one text. What the library writes before and behind
them, and the file around it, stays its own. ECMA-376 part 1, 18.3.1.4 (cells), 18.18.11 (inline strings).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from itertools import islice
from types import MappingProxyType
from typing import Any

from pos.exports.cells import day_number, safe_text, time_number
from pos.reports.scope import Row

AT_ONCE = 500  # rows handed to the file together
_ESCAPED = re.compile(r"(_x[0-9a-fA-F]{4}_)")  # a text that Excel would take for an escaped character


def write_rows(
    sheet: Any, line: int, kinds: Collection[str], looks: Iterable[int], rows: Iterable[Row]
) -> int:
    """Write `rows` from `line` on below what the sheet has; returns the next free line.

    `looks` are the numbers of the cells' formats, beside `kinds`. The sheet must be one of a lean workbook.
    """
    sheet._write_single_row(line)  # noqa: SLF001 - puts down the heading, which waits for its next row
    parts = [
        (f'<c r="{letters(place)}', f'" s="{look}"{" t=" if kind == "text" else ""}', _AS[kind])
        for place, (kind, look) in enumerate(zip(kinds, looks, strict=True))
    ]
    texts = _texts(parts, line, rows)
    count = 0
    while some := list(islice(texts, AT_ONCE)):
        sheet.row_data_fh.write("".join(some))
        count += len(some)
    if count:
        sheet.dim_rowmax = line + count - 1
        sheet.dim_colmax = max(sheet.dim_colmax, len(parts) - 1)
    sheet.previous_row = line + count
    return line + count


def _texts(
    parts: list[tuple[str, str, Callable[[Any], str]]], line: int, rows: Iterable[Row]
) -> Iterator[str]:
    for number, row in enumerate(rows, line + 1):
        cells = [
            f"{begin}{number}{look}{shown(value)}</c>"
            for (begin, look, shown), value in zip(parts, row, strict=True)
            if value is not None and value != ""
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def letters(place: int) -> str:
    """What a column is called: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


@lru_cache(maxsize=20_000)
def _text(value: str) -> str:
    shown = escape(_ESCAPED.sub(r"_x005F\1", safe_text(value)), quote=False)
    space = ' xml:space="preserve"' if shown != shown.strip() else ""
    return f'"inlineStr"><is><t{space}>{shown}</t></is>'


def _number(value: int) -> str:
    return f"><v>{value}</v>"


@lru_cache(maxsize=1_000)
def _day(value: str) -> str:
    return f"><v>{day_number(value)}</v>"


@lru_cache(maxsize=100_000)
def _time(value: str) -> str:
    return f"><v>{time_number(value):.16G}</v>"


_AS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {"text": _text, "int": _number, "money": _number, "percent": _number, "date": _day, "time": _time}
)
