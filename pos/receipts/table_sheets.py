"""Any report as sheets of A4: title, what it is about, its rows over as many pages as they need, its sums.

Across the page where the columns have no room upright. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from pos.errors import Refused
from pos.model import Column, Table
from pos.money import plain, rupiah
from pos.receipts.blocks import printable
from pos.receipts.fonts import text_width
from pos.receipts.setting import cut_off, fitting
from pos.receipts.sheet import Shape, Sheet, Stamp, Stroke, Words
from pos.receipts.svg import painted, polygons
from pos.text import _

SHORT, LONG = 210.0, 297.0  # mm
MARGIN = 14.0  # mm
MOST_ROWS = 5_000  # more belong into a workbook
_SIZE, _STEP = 8.6, 6.0  # pt, mm from row to row
_TOP, _NEXT, _LOWEST = 50.0, 22.0, 17.0  # mm: first row of the first and the next pages, below the last row
_GAP, _NARROWEST = 3.0, 9.0  # mm between columns, of a column
_NUMBERS = {"int", "money", "percent"}


class _Place(NamedTuple):
    """A column on the paper: where it begins and how wide it is, in mm."""

    column: Column
    x: float
    room: float


def table_sheets(table: Table, about: Sequence[str], *, sample: bool = False) -> tuple[Sheet, ...]:
    """The report's pages; `about` are two lines that say of which days and whom it is, further ones stand at
    the foot.

    Raises Refused for more rows than anybody prints.
    """
    if len(table.rows) > MOST_ROWS:
        raise Refused(
            _("This report has {count} rows, too many to print.").format(count=plain(len(table.rows))),
            _("Save it as Excel or CSV instead."),
        )
    upright = sum(_natural(table)) <= SHORT - 2 * MARGIN
    width, height = (SHORT, LONG) if upright else (LONG, SHORT)
    places = _places(table, width - 2 * MARGIN)
    rows = [
        [_cell(value, one.kind) for value, one in zip(row, table.columns, strict=False)] for row in table.rows
    ]
    pages: list[list[Stamp]] = []
    left, top = rows, _TOP
    while not pages or left:
        room = max(int((height - _LOWEST - top) / _STEP) - 1, 1)
        some, left = left[:room], left[room:]
        stamps = [*_head(table, about, width, sample=sample)] if not pages else []
        stamps += _titles(places, top - _STEP, width)
        for place, row in enumerate(some):
            stamps += _row(places, row, top + place * _STEP, width)
        if not left:
            stamps += _sums(table, places, top + len(some) * _STEP)
        pages.append(stamps)
        top = _NEXT
    said, size = " ".join(about[2:]), (width, height)
    return tuple(
        Sheet(table.title, width, height, (*stamps, *_foot((number, len(pages)), said, size)))
        for number, stamps in enumerate(pages, 1)
    )


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if kind == "money":
        return rupiah(value)
    if kind == "int":
        return plain(value)
    if kind == "percent":
        return f"{value}%"
    if kind == "date" and value:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return printable(str(value))


def _natural(table: Table) -> list[float]:
    """How wide every column wants to be, in mm, with the gap after it."""
    wide = []
    for place, column in enumerate(table.columns):
        room = text_width(column.title, "Bold", 8)
        for row in table.rows[:400]:
            room = max(room, text_width(_cell(row[place], column.kind), "Bold", _SIZE))
        if column.key in table.totals:
            room = max(room, text_width(_cell(table.totals[column.key], column.kind), "Bold", _SIZE))
        wide.append(max(room, _NARROWEST) + _GAP)
    return wide


def _places(table: Table, room: float) -> list[_Place]:
    """Texts give way where it is too narrow, and the widest of them takes what is left."""
    wide = _natural(table)
    texts = [n for n, column in enumerate(table.columns) if column.kind not in _NUMBERS] or [0]
    over = sum(wide) - room
    while over > 0.1:
        widest = max(texts, key=lambda n: wide[n])
        if wide[widest] <= 2 * _NARROWEST:
            break
        less = min(over, max(wide[widest] * 0.1, 1.0))
        wide[widest] -= less
        over -= less
    if over > 0.1:  # figures are not cut, they get smaller
        wide = [one * room / sum(wide) for one in wide]
    elif over < 0:
        wide[max(texts, key=lambda n: wide[n])] -= over
    places, x = [], MARGIN
    for column, one in zip(table.columns, wide, strict=True):
        places.append(_Place(column, x, one - _GAP))
        x += one
    return places


def _head(table: Table, about: Sequence[str], width: float, *, sample: bool) -> Iterator[Stamp]:
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(MARGIN, 10.0, 13 / 48, outlines, fill)
    title = printable(table.title)
    yield Words(MARGIN + 18, 17.5, title, fitting(title, "ExtraBold", 17, width - 60), "ExtraBold")
    for place, line in enumerate(about[:2]):
        words = printable(line)
        yield Words(
            MARGIN + 18, 23 + place * 4.4, words, fitting(words, "Medium", 9.2, width - 50), color="text2"
        )
    tile, motif = 4, polygons("motif-pucuk")
    for left in range(0, int(width) + tile, tile):
        yield Shape(left, 31.0, tile / 24, motif, "gold")
    yield Stroke(0, 35.2, width, "gold", 0.5)
    if sample:
        yield Words(width - MARGIN, 17.5, _("SAMPLE - PROVES NOTHING"), 9, "Bold", "danger", "right")


def _titles(places: Sequence[_Place], base: float, width: float) -> Iterator[Stamp]:
    for column, x, room in places:
        size = fitting(column.title, "Bold", 8, room)
        if column.kind in _NUMBERS:
            yield Words(x + room, base, column.title, size, "Bold", "text2", "right")
        else:
            yield Words(x, base, column.title, size, "Bold", "text2")
    yield Stroke(MARGIN, base + 2.2, width - 2 * MARGIN, "primary", 0.5)


def _row(places: Sequence[_Place], row: Sequence[str], base: float, width: float) -> Iterator[Stamp]:
    for (column, x, room), text in zip(places, row, strict=True):
        if column.kind in _NUMBERS:
            yield Words(x + room, base, text, fitting(text, "Bold", _SIZE, room), align="right")
        else:
            yield Words(x, base, cut_off(text, "Bold", _SIZE, room), _SIZE)
    yield Stroke(MARGIN, base + 2.0, width - 2 * MARGIN)


def _sums(table: Table, places: Sequence[_Place], base: float) -> Iterator[Stamp]:
    named = not table.totals
    for column, x, room in places:
        if column.key in table.totals:
            text = _cell(table.totals[column.key], column.kind)
            yield Words(x + room, base, text, fitting(text, "Bold", _SIZE, room), "Bold", align="right")
        elif not named and column.kind == "text":
            named = True
            yield Words(x, base, _("Total"), _SIZE, "Bold")


def _foot(place: tuple[int, int], said: str, size: tuple[float, float]) -> Iterator[Stamp]:
    """Which page of how many; at the left what holds for all of them, such as up to when it is complete."""
    (number, of), (width, height) = place, size
    yield Stroke(MARGIN, height - 12, width - 2 * MARGIN)
    page = _("Page {number} of {pages}").format(number=number, pages=of)
    yield Words(width - MARGIN, height - 7.5, page, 8, color="text3", align="right")
    words = printable(f"Lapak · {said}" if said else "Lapak")
    room = width - 2 * MARGIN - 40
    yield Words(MARGIN, height - 7.5, cut_off(words, "Bold", 8, room), 8, "Bold", "text3")
