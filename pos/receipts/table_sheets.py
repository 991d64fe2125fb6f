"""A page of reports as sheets of A4: what it is, its charts, its tables over as many pages as they need.

Across the page where the columns have no room upright, unless it is told how. Columns that have no room even
then stand on further pages, each with the first column beside them. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from pos.errors import Refused
from pos.model import Column, Table
from pos.money import plain, rupiah
from pos.practice import proves_nothing
from pos.receipts.blocks import printable
from pos.receipts.charts import chart_parts
from pos.receipts.fonts import text_width
from pos.receipts.hatching import box_stamps
from pos.receipts.setting import cut_off, fitting, lines_of
from pos.receipts.sheet import Shape, Sheet, Stamp, Stroke, Words
from pos.receipts.svg import painted, polygons
from pos.reports.drawn import bars_of
from pos.reports.shown import Shown, sums_row
from pos.text import _

Way: TypeAlias = Literal["", "upright", "across"]

SHORT, LONG = 210.0, 297.0  # mm
MARGIN = 14.0  # mm
MOST_ROWS = 5_000  # more belong into a workbook
_SIZE, _STEP = 8.6, 6.0  # pt, mm from row to row
_NEXT, _LOWEST = 20.0, 19.0  # mm: the first line of the next pages, what stays free below the last row
_GAP, _NARROWEST = 3.0, 9.0  # mm between columns, of a column
_WIDER = 50.0  # mm at most that a column gets beyond what it needs
_SMALLEST = 0.82  # of their size: figures are not made smaller, rather there is one more page
_MEASURED = 400  # rows that decide how wide a column is
_NUMBERS = {"int", "money", "percent"}


class _Place(NamedTuple):
    """A column on the paper: which of the table it is, where it begins and how wide it is, in mm, and how
    large its letters are, in pt.
    """

    n: int
    column: Column
    x: float
    room: float
    size: float


@dataclass
class _Pages:
    """The pages that are being filled; `top` is the next free base line of the last one, in mm."""

    width: float
    height: float
    pages: list[list[Stamp]] = field(default_factory=lambda: [[]])
    top: float = 0.0

    @property
    def room(self) -> float:
        """Mm that are left on this page."""
        return self.height - _LOWEST - self.top

    def turn(self) -> None:
        """On to the next page."""
        self.pages.append([])
        self.top = _NEXT


def shown_sheets(shown: Shown, way: Way = "") -> tuple[Sheet, ...]:
    """The pages of what is shown; `way` says how the paper lies, empty: as the widest table needs it.

    Raises Refused for more rows than anybody prints.
    """
    count = sum(len(table.rows) for table in shown.tables)
    if count > MOST_ROWS:
        raise Refused(
            _("This report has {count} rows, too many to print.").format(count=plain(count)),
            _("Save it as Excel or CSV instead."),
        )
    wide = [_natural(table) for table in shown.tables]
    upright = all(sum(one) <= SHORT - 2 * MARGIN for one in wide)
    across = way == "across" or (not way and not upright)
    pages = _Pages(LONG, SHORT) if across else _Pages(SHORT, LONG)
    pages.pages[0] += _head(shown, pages)
    if shown.drawn is not None:
        for part in chart_parts(shown.drawn, MARGIN, pages.width - 2 * MARGIN):
            if pages.room < part.height:
                pages.turn()
            pages.pages[-1] += (replace(one, y=one.y + pages.top) for one in part.stamps)
            pages.top += part.height
    for table, wanted in zip(shown.tables, wide, strict=True):
        bars = bars_of(table) if shown.drawn is not None else None
        _lay_table(table, wanted, pages, _Ways(several=shown.several, bars=bars))
    made = len(pages.pages)
    said = " · ".join(part for part in (shown.title, shown.head.made) if part)
    return tuple(
        Sheet(
            shown.title,
            pages.width,
            pages.height,
            (*stamps, *_foot((number, made), said, (pages.width, pages.height))),
        )
        for number, stamps in enumerate(pages.pages, 1)
    )


class _Ways(NamedTuple):
    """How a table is laid: with its title as one of several, with bars below a column's cells."""

    several: bool
    bars: tuple[int, list[int]] | None


def _lay_table(table: Table, wanted: Sequence[float], pages: _Pages, ways: _Ways) -> None:
    """Its columns, as many pages side by side as they need, each over as many as the rows need; `wanted` is
    what `_natural` says.
    """
    sums = sums_row(table)
    rows = [
        [_cell(value, one.kind) for value, one in zip(row, table.columns, strict=False)] for row in table.rows
    ]
    last = [
        "" if value is None else value if isinstance(value, str) else _cell(value, one.kind)
        for value, one in zip(sums or (), table.columns, strict=False)
    ]
    needed = 7.0 + (len(rows) + bool(last) + 1) * _STEP
    for part, places in enumerate(_parts(table, wanted, pages.width - 2 * MARGIN)):
        if part or pages.room < min(needed, pages.height / 3):  # a short one is not torn apart
            pages.turn()
        left = rows
        while True:
            if ways.several:
                pages.pages[-1].append(_title(table, pages, again=left is not rows))
                pages.top += 7.0
            pages.pages[-1] += _titles(places, pages.top)
            pages.top += _STEP
            fit = max(int(pages.room / _STEP), 1)
            done = len(rows) - len(left)
            some, left = left[:fit], left[fit:]
            for number, row in enumerate(some, done):
                pages.pages[-1] += _row(places, row, pages.top)
                if ways.bars:
                    pages.pages[-1] += _bar(places, ways.bars[0], ways.bars[1][number], pages.top)
                pages.top += _STEP
            if not rows:
                pages.pages[-1].append(Words(MARGIN, pages.top, _("No rows."), _SIZE, color="text2"))
                pages.top += _STEP
            if not left:
                break
            pages.turn()
        if last:
            pages.pages[-1] += _sums(places, last, pages.top)
            pages.top += _STEP
        pages.top += 5.0


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
        for row in table.rows[:_MEASURED]:
            room = max(room, text_width(_cell(row[place], column.kind), "Bold", _SIZE))
        if column.key in table.totals:
            room = max(room, text_width(_cell(table.totals[column.key], column.kind), "Bold", _SIZE))
        wide.append(max(room, _NARROWEST) + _GAP)
    return wide


def _parts(table: Table, wanted: Sequence[float], room: float) -> Iterator[list[_Place]]:
    """The columns of each page side by side: all of them on one, or as many as can be read."""
    wide = list(wanted)
    texts = [n for n, column in enumerate(table.columns) if column.kind not in _NUMBERS]
    least = [min(one, 2 * _NARROWEST) if n in texts else one for n, one in enumerate(wide)]
    if sum(least) * _SMALLEST <= room or len(wide) < 3:
        yield _places(table, range(len(wide)), wide, room)
        return
    first = next((n for n in texts if table.columns[n].key not in table.totals), 0)
    named = min(wide[first], room / 4)
    wide[first] = named
    some, taken = [first], named
    for n in (n for n in range(len(wide)) if n != first):
        if taken + wide[n] > room and len(some) > 1:
            yield _places(table, some, wide, room)
            some, taken = [first], named
        some.append(n)
        taken += wide[n]
    yield _places(table, some, wide, room)


def _places(table: Table, some: Sequence[int], wanted: Sequence[float], room: float) -> list[_Place]:
    """Where it is too narrow all letters get smaller, then texts give way; where there is room the widest of
    them gets some of it, for a row is followed better when its cells are near.
    """
    smaller = min(max(room / sum(wanted[n] for n in some), _SMALLEST), 1.0)
    wide = {n: wanted[n] * smaller for n in some}
    texts = [n for n in some if table.columns[n].kind not in _NUMBERS] or list(some)
    over = sum(wide.values()) - room
    while over > 0.1:
        widest = max(texts, key=lambda n: wide[n])
        if wide[widest] <= 2 * _NARROWEST:
            break
        less = min(over, max(wide[widest] * 0.1, 1.0))
        wide[widest] -= less
        over -= less
    if over > 0.1:  # figures are not cut, they get smaller
        wide = {n: one * room / sum(wide.values()) for n, one in wide.items()}
    elif over < 0 and texts != list(some):
        wide[max(texts, key=lambda n: wide[n])] += min(-over, _WIDER)
    places, x = [], MARGIN
    for n, one in wide.items():
        places.append(_Place(n, table.columns[n], x, one - _GAP * smaller, _SIZE * smaller))
        x += one
    return places


def _head(shown: Shown, pages: _Pages) -> Iterator[Stamp]:
    """Sign, title, of what it is and the band; below it when it was made and up to when it holds."""
    width, head = pages.width, shown.head
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(MARGIN, 10.0, 13 / 48, outlines, fill)
    title = printable(shown.title)
    yield Words(MARGIN + 18, 16.5, title, fitting(title, "ExtraBold", 17, width - 96), "ExtraBold")
    for place, line in enumerate((head.event, head.chosen)):
        words = printable(line)
        size = fitting(words, "Medium", 9.2, width - 2 * MARGIN - 18) if words else 9.2
        yield Words(MARGIN + 18, 22 + place * 4.4, words, size, color="text2")
    tile, motif = 4, polygons("motif-pucuk")
    for left in range(0, int(width) + tile, tile):
        yield Shape(left, 30.0, tile / 24, motif, "gold")
    yield Stroke(0, 34.2, width, "gold", 0.5)
    if said := proves_nothing(shown.practice):
        yield Words(width - MARGIN, 16.5, said, 9, "Bold", "danger", "right")
    pages.top = 40.5
    for name, words in head.pairs:
        if words in (head.event, head.chosen):
            continue
        room = width - 2 * MARGIN
        for line in lines_of(printable(f"{name}: {words}"), "Medium", 8.4, room):
            yield Words(MARGIN, pages.top, line, 8.4, color="text2")
            pages.top += 4.2
    pages.top += 4.0


def _title(table: Table, pages: _Pages, *, again: bool) -> Words:
    """What the table is called; `again` on the pages that it goes on over."""
    words = printable(table.title)
    words = _("{title}, continued").format(title=words) if again else words
    size = fitting(words, "Bold", 11.5, pages.width - 2 * MARGIN)
    return Words(MARGIN, pages.top, words, size, "Bold")


def _titles(places: Sequence[_Place], base: float) -> Iterator[Stamp]:
    for _n, column, x, room, _size in places:
        size = fitting(column.title, "Bold", 8, room) if column.title else 8
        if column.kind in _NUMBERS:
            yield Words(x + room, base, column.title, size, "Bold", "text2", "right")
        else:
            yield Words(x, base, column.title, size, "Bold", "text2")
    yield Stroke(MARGIN, base + 2.2, _wide(places), "primary", 0.5)


def _row(places: Sequence[_Place], row: Sequence[str], base: float) -> Iterator[Stamp]:
    for n, column, x, room, size in places:
        text = row[n]
        if column.kind in _NUMBERS:
            yield Words(x + room, base, text, fitting(text, "Bold", size, room), align="right")
        else:
            yield Words(x, base, cut_off(text, "Bold", size, room), size)
    yield Stroke(MARGIN, base + 2.0, _wide(places))


def _bar(places: Sequence[_Place], column: int, part: int, base: float) -> Iterator[Stamp]:
    """A strip below the cell of a column, so many hundredths as wide."""
    for n, _column, x, room, _size in places:
        if n == column and part > 0:
            yield from box_stamps((x, base + 0.9, room * part / 100, 0.8), "primary", "full")


def _wide(places: Sequence[_Place]) -> float:
    """From the left edge of the first column to the right one of the last, in mm."""
    return places[-1].x + places[-1].room - MARGIN


def _sums(places: Sequence[_Place], sums: Sequence[str], base: float) -> Iterator[Stamp]:
    for n, column, x, room, most in places:
        text = sums[n]
        if not text:
            continue
        size = fitting(text, "Bold", most, room)
        if column.kind in _NUMBERS:
            yield Words(x + room, base, text, size, "Bold", align="right")
        else:
            yield Words(x, base, text, size, "Bold")


def _foot(place: tuple[int, int], said: str, size: tuple[float, float]) -> Iterator[Stamp]:
    """Which page of how many; at the left what it is and when it was made."""
    (number, of), (width, height) = place, size
    yield Stroke(MARGIN, height - 12, width - 2 * MARGIN)
    page = _("Page {number} of {pages}").format(number=number, pages=of)
    yield Words(width - MARGIN, height - 7.5, page, 8, color="text3", align="right")
    words = printable(f"Lapak · {said}" if said else "Lapak")
    room = width - 2 * MARGIN - 40
    yield Words(MARGIN, height - 7.5, cut_off(words, "Bold", 8, room), 8, "Bold", "text3")
