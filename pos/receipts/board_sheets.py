"""The board "one day, one product" for the wall: A4 across the page, readable in black and white.

As many pages as its institutions and days need. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pos.errors import Refused
from pos.money import plain, rupiah
from pos.practice import proves_nothing
from pos.receipts.blocks import printable
from pos.receipts.setting import cut_off, fitting
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Stroke, Weight, Words
from pos.receipts.svg import painted, polygons
from pos.reports.board import Board, Line, Mark
from pos.reports.red_days import is_peak, is_red
from pos.text import _, month_name

WIDTH, HEIGHT, MARGIN = 297.0, 210.0, 12.0  # mm
NAMES, STREAKS = 46.0, 11.0  # mm of the columns at either side
TOP, LOWEST = 50.0, 22.0  # mm above the first row, below the last
ROW, LOW = 7.0, 5.0  # mm of a row at most, at least
DAYS = 45  # on a page
WIDEST = 12.0  # mm of a day
MOST_PAGES = 60
_GAP = 0.5  # mm between cells
_FILLS = {
    Mark.MISSED: "heat0",
    Mark.LOW: "heat1",
    Mark.SOME: "heat2",
    Mark.GOOD: "heat3",
    Mark.TOP: "heat4",
    Mark.CLOSED: "sunken",
}


class Told(NamedTuple):
    """What the paper says of itself: which exhibition, up to when, who made it when, how complete, what its
    signs mean.
    """

    event: str
    state: str
    made: str
    complete: str
    signs: tuple[tuple[Mark, str], ...]


class _Part(NamedTuple):
    """What stands on one page, and how large: mm of a day and of a row."""

    lines: tuple[Line, ...]
    days: range
    column: float
    row: float


def board_sheets(board: Board, told: Told, practice: str = "") -> tuple[Sheet, ...]:
    """The pages; `practice` is the word of pos/practice.py.

    Raises Refused for a board of more than anybody hangs up.
    """
    parts = list(_parts(board))
    if len(parts) > MOST_PAGES:
        raise Refused(
            _("The board has {count} pages, too many to print.").format(count=plain(len(parts))),
            _("Save it as Excel or CSV instead."),
        )
    title = _("One day, one product")
    sheets = []
    for number, part in enumerate(parts, 1):
        stamps = [*_head(board, told, title, practice), *_days(board, part), *_rows(part)]
        stamps += [*_today(board, part), *_legend(told), *_foot(told, number, len(parts))]
        sheets.append(Sheet(title, WIDTH, HEIGHT, tuple(stamps)))
    return tuple(sheets)


def page_of_today(board: Board) -> int:
    """Which page shows today first, from 0; 0 where none does."""
    pages = (page for page, part in enumerate(_parts(board)) if board.place in part.days)
    return next(pages, 0)


def _parts(board: Board) -> Iterator[_Part]:
    """Institutions one page after the other, for these days and then for the next ones."""
    room = HEIGHT - TOP - LOWEST
    row = min(max(room / max(len(board.lines), 1), LOW), ROW)
    each = int(room / row + 0.001)
    for first in range(0, len(board.days), DAYS):
        days = range(first, min(first + DAYS, len(board.days)))
        column = min((WIDTH - 2 * MARGIN - NAMES - STREAKS) / len(days), WIDEST)
        for start in range(0, len(board.lines), each):
            yield _Part(board.lines[start : start + each], days, column, row)


def _head(board: Board, told: Told, title: str, practice: str) -> Iterator[Stamp]:
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(MARGIN, 9.0, 13 / 48, outlines, fill)
    yield Words(MARGIN + 18, 16.0, title, 17, "ExtraBold")
    for place, line in enumerate((told.event, told.state)):
        words = printable(line)
        size = fitting(words, "Medium", 9.2, 190)
        yield Words(MARGIN + 18, 21.4 + place * 4.4, words, size, color="text2")
    right = WIDTH - MARGIN
    said = _("{sold} of {all} UPT").format(sold=board.sold_today, all=len(board.lines))
    if board.place is not None:
        yield Words(right, 16.0, said, 13, "ExtraBold", align="right")
        if board.turnover is not None:
            yield Words(right, 21.6, rupiah(board.turnover), 11, "Bold", "primary", "right")
    if mark := proves_nothing(practice):
        yield Words(right, 26.2, mark, 8, "Bold", "danger", "right")
    motif, tiles = polygons("motif-pucuk"), 74
    for n in range(tiles):  # they end with the paper
        yield Shape(n * WIDTH / tiles, 30.0, WIDTH / tiles / 24, motif, "gold")
    yield Stroke(0, 34.2, WIDTH, "gold", 0.5)


def _days(board: Board, part: _Part) -> Iterator[Stamp]:
    base, month = TOP - 2.2, ""
    one_year = board.days[0].year == board.days[-1].year
    yield Words(MARGIN, base, "UPT", 7.5, "Bold", "text2")
    for n, place in enumerate(part.days):
        day, x = board.days[place], MARGIN + NAMES + n * part.column
        if month_name(day) != month:
            month = month_name(day)
            left = sum(month_name(board.days[one]) == month for one in part.days) * part.column
            words = month.rpartition(" ")[0] if one_year else month
            yield Words(x, TOP - 7.2, words, fitting(words, "Bold", 8, max(left - 1, 4)), "Bold", "text2")
        middle = x + (part.column - _GAP) / 2
        weight: Weight = "ExtraBold" if is_red(day) or place == board.place else "Medium"
        color = "danger" if is_red(day) else "text"
        yield Words(middle, base, str(day.day), 7.5, weight, color, "center")
        if is_peak(day):
            yield Frame(middle - 2.4, base - 3.2, 4.8, 4.3, "goldStrong", 0.35, 0.8)
    end = MARGIN + NAMES + len(part.days) * part.column
    yield Words(end + STREAKS - 1, base, _("Streak"), 7.5, "Bold", "text2", "right")


def _today(board: Board, part: _Part) -> Iterator[Stamp]:
    """A frame around its column, over the cells."""
    if board.place is not None and board.place in part.days:
        x = MARGIN + NAMES + part.days.index(board.place) * part.column
        high = 6.2 + len(part.lines) * part.row
        yield Frame(x - _GAP, TOP - 6.0, part.column + _GAP, high, "goldStrong", 0.6, 1.0)


def _rows(part: _Part) -> Iterator[Stamp]:
    for n, line in enumerate(part.lines):
        top = TOP + n * part.row
        base = top + part.row / 2 + 1.1
        name = printable(line.unit.short)
        yield Words(MARGIN, base, cut_off(name, "Medium", 8.2, NAMES - 2), 8.2)
        for place, day in enumerate(part.days):
            x = MARGIN + NAMES + place * part.column
            yield from _cell(line.marks[day], x, top + _GAP / 2, part.column - _GAP, part.row - _GAP)
        end = MARGIN + NAMES + len(part.days) * part.column
        streak = str(line.streak) if line.streak else "–"
        yield Words(end + STREAKS - 1, base, streak, 8.2, "Bold", align="right")


def _cell(mark: Mark, x: float, y: float, wide: float, high: float) -> Iterator[Stamp]:
    """Ground and shape."""
    middle, centre = y + high / 2, x + wide / 2
    if mark in _FILLS:
        yield _block(x, y, wide, high, _FILLS[mark])
    if mark is Mark.MISSED:
        yield _block(centre - 1, middle - 0.3, 2, 0.6, "danger")
    elif mark is Mark.CLOSED:
        slash = ((-1.0, 1.0), (-0.6, 1.2), (1.0, -1.0), (0.6, -1.2))
        yield Shape(centre, middle, 1, (slash,), "text3")
    elif mark is Mark.WAITING:
        yield Frame(x + 0.2, y + 0.2, wide - 0.4, high - 0.4, "goldStrong", 0.4, 0.6)
        yield Shape(centre, middle, 1, (((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),), "goldStrong")
    elif mark in (Mark.AHEAD, Mark.ABSENT):  # white: in black and white no ground would tell it from little
        dotted = mark is Mark.ABSENT
        yield Frame(x + 0.1, y + 0.1, wide - 0.2, high - 0.2, "border", 0.15, 0.4, dotted=dotted)


def _block(x: float, y: float, wide: float, high: float, color: str) -> Shape:
    return Shape(x, y, 1, (((0, 0), (wide, 0), (wide, high), (0, high)),), color)


def _legend(told: Told) -> Iterator[Stamp]:
    step = (WIDTH - 2 * MARGIN) / max(len(told.signs), 1)
    y = HEIGHT - 18.5
    for n, (mark, words) in enumerate(told.signs):
        x = MARGIN + n * step
        yield from _cell(mark, x, y, 4.2, 4.2)
        yield Words(x + 5.6, y + 3.2, words, fitting(words, "Medium", 7.8, step - 7), color="text2")


def _foot(told: Told, number: int, of: int) -> Iterator[Stamp]:
    base = HEIGHT - 6.9
    yield Stroke(MARGIN, HEIGHT - 11, WIDTH - 2 * MARGIN)
    page = _("Page {number} of {pages}").format(number=number, pages=of)
    yield Words(WIDTH - MARGIN, base, page, 8, color="text3", align="right")
    made: Sequence[str] = ("Lapak", printable(told.made))
    yield Words(MARGIN, base, " · ".join(part for part in made if part), 8, "Bold", "text3")
    complete = cut_off(printable(told.complete), "Medium", 7.2, WIDTH - 2 * MARGIN)
    yield Words(MARGIN, base + 3.4, complete, 7.2, color="text3")
