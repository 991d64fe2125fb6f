"""What the office's papers on A4 have in common: head, pattern band, tables with bars, foot, signatures.

DESIGN.md chapter 8 (Rekap), picture 13-rekap-a4. What stands in them is given; nothing is computed here.
All lengths are in mm, from the top left corner of the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pos.letterhead import Letterhead, Signatory
from pos.practice import proves_nothing
from pos.receipts.blocks import printable
from pos.receipts.letter import Column
from pos.receipts.setting import cut_off, fitting, lines_of
from pos.receipts.sheet import Frame, Shape, Stamp, Stroke, Weight, Words
from pos.receipts.svg import Polygon, painted, polygons

WIDTH, HEIGHT = 210, 297  # mm
LEFT, RIGHT = 15, 195
BODY = 48.2  # mm down: the base line of the title
LOWEST = 276.0  # mm down: the last base line above the foot
NEXT_TOP = 22.0  # mm down: the title of a section at the top of a page
SIZE = 8.6  # pt, of tables
_BAR = 2.6  # mm high
_DIGITS = 4  # of a corner's arc, in steps


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues a paper: the head, what the exhibition is called, by which word it is only practice."""

    head: Letterhead
    event: str
    practice: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its columns, rows and sums; `step` mm from row to row.

    `bars` says of each row how long its bar is, in thousandths of the `bar` (left end and width in mm). The
    first column of a `ranked` table numbers the rows.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    sums: tuple[str, ...] = ()
    step: float = 6.4
    bars: Sequence[int] = ()
    bar: tuple[float, float] = (0, 0)
    ranked: bool = False


def head_stamps(office: Office, number: str, told: str) -> Iterator[Stamp]:
    """The letterhead at the left, number and time at the right, the band below; `told` is when."""
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(LEFT, 14.6, 13 / 48, outlines, fill)
    head = office.head
    yield _line((33.4, 17.5), head.ministry.upper(), "Medium", 9.0, 112, "text2")
    yield _line((33.4, 23.0), head.office or head.unit, "Bold", 12.6, 112, "text")
    yield _line((33.4, 27.4), head.unit if head.office else "", "Medium", 8.8, 112, "text2")
    yield _line((RIGHT, 20.2), number, "Medium", 8.9, 54, "text2")
    yield _line((RIGHT, 24.5), told, "Medium", 8.5, 54, "text2")
    tile, motif = 4.2, polygons("motif-pucuk")  # mm: 50 of them are as wide as the sheet
    for place in range(50):
        yield Shape(place * tile, 32.1, tile / 24, motif, "gold")
    yield Stroke(0, 36.35, WIDTH, "gold", 0.3)


def _line(at: tuple[float, float], words: str, weight: Weight, size: float, room: float, color: str) -> Words:
    """One line no wider than `room` mm; at the right edge it ends there."""
    text = printable(words)
    fits = fitting(text, weight, size, room) if text else size
    return Words(*at, text, fits, weight, color, "right" if at[0] == RIGHT else "left")


def title_stamps(title: str, subtitle: str) -> Iterator[Stamp]:
    """The title of the first page, and the line below it."""
    yield _line((LEFT, BODY), title, "ExtraBold", 18.6, RIGHT - LEFT, "text")
    yield _line((LEFT, 54.5), subtitle, "Medium", 11, RIGHT - LEFT, "text2")


def section(title: str, top: float) -> Words:
    """The title of a part of a paper."""
    return _line((LEFT, top), title, "Bold", 12.6, RIGHT - LEFT, "text")


def grid_pages(
    grid: Grid, top: float, next_top: float = NEXT_TOP + 8, lowest: float = LOWEST
) -> list[tuple[list[Stamp], float]]:
    """A table from `top` on, and on as many further pages from `next_top` as it needs.

    Each page's stamps, and the base line of its last row.
    """
    pages: list[tuple[list[Stamp], float]] = []
    left = list(enumerate(grid.rows))
    while True:
        room = max(int((lowest - top) / grid.step) - (1 if grid.sums else 0), 1)
        some, left = left[:room], left[room:]
        stamps = [*_heads(grid, top)]
        base = top + 0.6
        for number, cells in some:
            base += grid.step
            stamps += _row(grid, number, cells, base, last=number + 1 == len(grid.rows))
        if not left and grid.sums:
            base += grid.step + 0.7
            stamps += _cells(grid.columns, grid.sums, base, strong=True)
        pages.append((stamps, base))
        if not left:
            return pages
        top = next_top


def _heads(grid: Grid, base: float) -> Iterator[Stamp]:
    for column in grid.columns:
        yield Words(column.x, base, column.title, 8, "Bold", "text2", column.align)
    yield Stroke(LEFT, base + 2.6, RIGHT - LEFT, "primary", 0.5)


def _row(grid: Grid, number: int, cells: Sequence[str], base: float, *, last: bool) -> Iterator[Stamp]:
    if grid.ranked:
        yield Words(grid.columns[0].x, base, cells[0], SIZE, color="text2", align="right")
    shown = ("", *cells[1:]) if grid.ranked else cells
    yield from _cells(grid.columns, shown, base, strong=False)
    if grid.bars:
        x, width = grid.bar
        top = base - 2.3
        yield Shape(x, top, 1, (pill(width, _BAR),), "sunken")
        if grid.bars[number] > 0:
            yield Shape(x, top, 1, (pill(max(width * grid.bars[number] / 1000, 1.2), _BAR),), "primary")
    color, thick = ("primary", 0.5) if last else ("border", 0.2)
    yield Stroke(LEFT, base + grid.step * 0.33, RIGHT - LEFT, color, thick)


def _cells(columns: Sequence[Column], cells: Sequence[str], base: float, *, strong: bool) -> Iterator[Stamp]:
    for column, cell in zip(columns, cells, strict=True):
        text = printable(cell)
        weight: Weight = "Bold" if strong or column.strong else "Medium"
        if not text:
            continue
        if column.align == "right":  # a figure is never cut, it rather gets smaller
            yield Words(column.x, base, text, fitting(text, weight, SIZE, column.room), weight, align="right")
        else:
            yield Words(column.x, base, cut_off(text, weight, SIZE, column.room), SIZE, weight)


def edge_stamps(office: Office, left: str, right: str) -> Iterator[Stamp]:
    """What every page has: at the bottom which paper and page it is; at the top that it is only practice."""
    if said := proves_nothing(office.practice):
        yield Frame(RIGHT - 54, 5.6, 54, 6.2, "danger", 0.4, 1.2)
        yield Words(RIGHT - 27, 9.9, said, fitting(said, "Bold", 9.4, 50), "Bold", "danger", "center")
    yield Stroke(LEFT, 282.7, RIGHT - LEFT, "border")
    yield _line((LEFT, 288), left, "Medium", 8, 140, "text2")
    yield _line((RIGHT, 288), right, "Medium", 8, 38, "text2")


def figure_box(box: tuple[float, float], label: str, value: str, *, first: bool) -> Iterator[Stamp]:
    """A framed figure from `box` (left, right) mm; the first is the one that matters."""
    left, right = box
    width = right - left
    if first:
        yield Shape(left, 60.9, 1, (rounded(width, 16.8, 2.4),), "primarySoft")
    yield Frame(left, 60.9, width, 16.8, "primary" if first else "border", 0.25, 2.4)
    yield _line((left + 3.6, 66.8), label, "Medium", 8.8, width - 7, "text2")
    yield _line((left + 3.6, 73.4), value, "ExtraBold", 16.2 if first else 14, width - 7, "text")


def paragraph_stamps(
    text: str, top: float, size: float = 9.4, indent: float = 0
) -> tuple[list[Stamp], float]:
    """A text as long as it is from base line `top` on; its stamps, and the base line after it."""
    base, step = top, size * 0.52
    stamps: list[Stamp] = []
    for line in lines_of(printable(text), "Medium", size, RIGHT - LEFT - indent):
        stamps.append(Words(LEFT + indent, base, line, size))
        base += step
    return stamps, base + 1.6


def signature_stamps(
    people: Sequence[Signatory], roles: Sequence[str], where: str, top: float
) -> Iterator[Stamp]:
    """Two who sign, with rank and NIP, and where and when above the right one. Takes 49 mm."""
    wide = (RIGHT - LEFT) / len(roles)
    yield Words(LEFT + wide * (len(roles) - 0.5), top, printable(where), 9.2, align="center")
    for place, role in enumerate(roles):
        who = people[place] if place < len(people) else Signatory()
        x = LEFT + wide * (place + 0.5)
        yield _middle(x, top + 5.4, who.position or role, 9.2, "Medium", "text")
        yield Stroke(x - 34, top + 31, 68, "text", 0.2)
        yield _middle(x, top + 29.4, who.name, 9.6, "Bold", "text")
        yield _middle(x, top + 35.4, who.rank, 8.4, "Medium", "text2")
        yield _middle(x, top + 39.8, f"NIP {who.nip or '.' * 28}", 8.4, "Medium", "text2")


def _middle(x: float, y: float, words: str, size: float, weight: Weight, color: str) -> Words:
    text = printable(words)
    return Words(x, y, text, fitting(text, weight, size, 80) if text else size, weight, color, "center")


@cache
def pill(width: float, height: float) -> Polygon:
    """A bar with round ends; one that is short is as high as wide."""
    return rounded(width, height, min(height / 2, width / 2))


@cache
def rounded(width: float, height: float, radius: float) -> Polygon:
    """The outline of a box with round corners."""
    corners = (
        (width - radius, radius, -90),
        (width - radius, height - radius, 0),
        (radius, height - radius, 90),
        (radius, radius, 180),
    )
    steps = 2 * _DIGITS
    return tuple(
        (x + radius * math.cos(math.radians(turn)), y + radius * math.sin(math.radians(turn)))
        for x, y, start in corners
        for turn in (start + 90 * step / steps for step in range(steps + 1))
    )
