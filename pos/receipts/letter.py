"""Letters on A4: letterhead, pattern band, title, a table over as many pages as it needs, signatures.

DESIGN.md chapter 8, picture 13-rekap-a4. What stands in them is given; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from pos.clock import Clock
from pos.letterhead import Letterhead
from pos.model import Device
from pos.practice import practice_word, proves_nothing
from pos.receipts.blocks import printable
from pos.receipts.setting import cut_off, fitting, paragraph
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Stroke, Weight, Words
from pos.receipts.slip import Checked, code_modules
from pos.receipts.svg import painted, polygons
from pos.text import _, clock_time, long_date

WIDTH, HEIGHT = 210, 297  # mm
LEFT, RIGHT = 15, 195
_STEP = 6.4  # mm from row to row of the table
_SIZE = 8.6  # pt
_LOWEST = 272.0  # mm down: the last base line above the foot
_NEXT_TOP = 26.0  # mm down: the heads of the table on pages after the first
_SIGN = 49.0  # mm that signatures take, with the room above them


class Column(NamedTuple):
    """A column of the table: its title, its right or left end at `x`, and its room, in mm."""

    title: str
    x: float
    room: float
    align: Literal["left", "right"] = "left"
    strong: bool = False


class Figure(NamedTuple):
    """A figure below the table: what it is, the amount as it is written, and whether it is a sum."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: what as, their name (empty: written by hand), and for whom."""

    role: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in one letter. `note` says which of several copies it is, `marks` what nobody overlooks;
    `figures` stand below the table, one a line.
    """

    of: Checked
    device: Device
    head: Letterhead
    day: date
    title: str
    subtitle: str
    about: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: tuple[str, ...]
    closing: tuple[str, ...]
    signers: tuple[Signer, ...]
    figures: tuple[Figure, ...] = ()
    place: str = ""
    note: str = ""
    marks: tuple[str, ...] = ()


def marks_of(device: Device, clock: Clock, copy: int) -> tuple[str, ...]:
    """What nobody may overlook: a sample; which copy it is (`copy` is 0 for the original), with the time."""
    marks = list(filter(None, [proves_nothing(practice_word(device))]))
    if copy:
        marks.append(_("COPY no. {number}, {time}").format(number=copy, time=clock_time(clock.now())))
    return tuple(marks)


def letter_date(day: date) -> str:
    """`14 April 2023`: letters give no day of the week."""
    return long_date(day).partition(", ")[2]


def sheets(letter: Letter) -> tuple[Sheet, ...]:
    """The letter's pages."""
    pages: list[list[Stamp]] = [[*_head(letter)]]
    top, left = _about(letter, pages[0]), list(enumerate(letter.rows))
    while True:
        room = int((_LOWEST - top) / _STEP) - 1
        some, left = left[:room], left[room:]
        pages[-1] += _heads(letter, top)
        for place, (number, cells) in enumerate(some, 1):
            pages[-1] += _row(letter, cells, top + place * _STEP, last=number + 1 == len(letter.rows))
        end = top + (len(some) + 1) * _STEP
        if not left:
            break
        pages.append([])
        top = _NEXT_TOP
    tail = [*_sums(letter, end)]
    closing = [*_closing(letter, end + (4.0 if letter.sums else 0.0))]
    height = closing[-1].y - end if closing and isinstance(closing[-1], Words) else 6.0
    pages[-1] += tail
    if end + height + _SIGN > _LOWEST + 5:
        pages.append([])
        closing, end, height = [*_closing(letter, _NEXT_TOP - 4)], _NEXT_TOP, 14.0
        if letter.figures and isinstance(closing[-1], Words):
            height = closing[-1].y - end
    pages[-1] += closing
    pages[-1] += _signatures(letter, end + height + 9)
    return tuple(
        Sheet(letter.of.receipt, WIDTH, HEIGHT, (*stamps, *_foot(letter, number, len(pages))))
        for number, stamps in enumerate(pages, 1)
    )


def _head(letter: Letter) -> Iterator[Stamp]:
    device = letter.device
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(LEFT, 13.0, 13 / 48, outlines, fill)
    number = _("No. {number}").format(number=letter.of.receipt)
    yield Words(RIGHT, 18.4, number, 9.5, "Bold", align="right")
    yield Words(RIGHT, 23.2, letter_date(letter.day), 8.6, color="text2", align="right")
    head = letter.head
    office = head.office or device.event.office
    name = device.name if device.name != office else ""  # an office is called as it signs
    below = " · ".join(part for part in (name, head.unit, head.address) if part)
    lines = (
        (12.8, head.ministry, 8.2),
        (16.8, office, 8.2),
        (22.2, device.event.name, 12.5),
        (26.6, below, 8.2),
    )
    for base, words, size in lines:
        text, large = printable(words), size > 10
        if not text:
            continue
        weight: Weight = "Bold" if large else "Medium"
        color = "text" if large else "text2"
        yield Words(LEFT + 18, base, text, fitting(text, "Bold", size, 112), weight, color)
    tile, motif = 4, polygons("motif-pucuk")
    for left in range(0, WIDTH + tile, tile):
        yield Shape(left, 31.0, tile / 24, motif, "gold")
    yield Stroke(0, 35.2, WIDTH, "gold", 0.5)
    title = printable(letter.title)
    yield Words(LEFT, 47.5, title, fitting(title, "ExtraBold", 19, RIGHT - LEFT), "ExtraBold")
    subtitle = printable(letter.subtitle)
    yield Words(LEFT, 53.6, subtitle, fitting(subtitle, "Medium", 10.2, RIGHT - LEFT), color="text2")


def _about(letter: Letter, page: list[Stamp]) -> float:
    """Label and answer in two columns, and the marks; where the table's heads stand, in mm."""
    base = 62.5
    for place, (label, answer) in enumerate(letter.about):
        x, y = LEFT + 92 * (place % 2), base + place // 2 * 10.5
        page.append(Words(x, y, label, 8, color="text3"))
        size, lines = paragraph(printable(answer) or "–", "Bold", 86, ((10, 1), (8, 1)))
        page.append(Words(x, y + 4.8, lines[0], size, "Bold"))
    base += (len(letter.about) + 1) // 2 * 10.5
    if letter.note:
        page.append(Words(LEFT, base + 1, letter.note, 9, "Bold", "primary"))
        base += 6.5
    if letter.marks:
        base += 2
        text = "  ·  ".join(letter.marks)
        page.append(Frame(LEFT, base - 3.2, RIGHT - LEFT, 8, "danger", 0.5, 1.5))
        page.append(Words(105, base + 2.2, text, fitting(text, "Bold", 11, 170), "Bold", "danger", "center"))
        base += 9
    return base + 3


def _heads(letter: Letter, base: float) -> Iterator[Stamp]:
    for column in letter.columns:
        yield Words(column.x, base, column.title, 8, "Bold", "text2", column.align)
    yield Stroke(LEFT, base + 2.4, RIGHT - LEFT, "primary", 0.5)


def _row(letter: Letter, cells: Sequence[str], base: float, *, last: bool) -> Iterator[Stamp]:
    yield from _cells(letter, cells, base, strong=False)
    color, thick = ("primary", 0.5) if last else ("borderStrong", 0.2)
    yield Stroke(LEFT, base + 2.3, RIGHT - LEFT, color, thick)


def _cells(letter: Letter, cells: Sequence[str], base: float, *, strong: bool) -> Iterator[Stamp]:
    for column, cell in zip(letter.columns, cells, strict=True):
        text = printable(cell)
        weight: Weight = "Bold" if strong or column.strong else "Medium"
        if column.align == "right":  # a figure is never cut, it rather gets smaller
            size = fitting(text, "Bold", _SIZE, column.room)
            yield Words(column.x, base, text, size, weight, align="right")
        else:
            shown = cut_off(text, "Bold", _SIZE, column.room)
            yield Words(column.x, base, shown, _SIZE, weight)


def _sums(letter: Letter, base: float) -> Iterator[Stamp]:
    if letter.sums:
        yield from _cells(letter, letter.sums, base, strong=True)


def _closing(letter: Letter, end: float) -> Iterator[Stamp]:
    base = end + 4
    for figure in letter.figures:
        base += 5.4
        weight: Weight = "Bold" if figure.strong else "Medium"
        if figure.strong:
            yield Stroke(RIGHT - 110, base - 4.1, 110, "borderStrong", 0.2)
        label = cut_off(printable(figure.label), "Bold", 9.2, 70)
        yield Words(RIGHT - 110, base, label, 9.2, weight)
        yield Words(
            RIGHT, base, figure.amount, fitting(figure.amount, "Bold", 9.2, 36), weight, align="right"
        )
    base += 3.0 if letter.figures else 0.0
    for words in letter.closing:
        size, lines = paragraph(printable(words), "Medium", RIGHT - LEFT, ((9.2, 2), (8, 3)))
        for line in lines:
            base += 4.8
            yield Words(LEFT, base, line, size)
        base += 1.4


def _signatures(letter: Letter, top: float) -> Iterator[Stamp]:
    where = ", ".join(part for part in (printable(letter.place), letter_date(letter.day)) if part)
    wide = (RIGHT - LEFT) / max(len(letter.signers), 1)
    yield Words(LEFT + wide * (len(letter.signers) - 0.5), top, where, 9.2, align="center")
    for place, signer in enumerate(letter.signers):
        x = LEFT + wide * (place + 0.5)
        yield Words(x, top + 5.4, signer.role, 9.2, align="center")
        yield Stroke(x - 32, top + 31, 64, "text", 0.2)
        name, unit = printable(signer.name), printable(signer.unit)
        if name:
            yield Words(x, top + 29.2, name, fitting(name, "Bold", 9.6, 62), "Bold", align="center")
        yield Words(x, top + 35.4, unit, fitting(unit, "Medium", 8.4, 80), color="text2", align="center")
        known = letter.head.signatory(signer.name)
        nip = printable(known.nip) if known and known.nip else "." * 28
        yield Words(x, top + 39.8, f"NIP {nip}", 8, color="text3", align="center")


def _foot(letter: Letter, number: int, of: int) -> Iterator[Stamp]:
    yield Stroke(LEFT, 279.5, RIGHT - LEFT)
    rows = code_modules(letter.of)
    dark = tuple(
        ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    yield Shape(LEFT, 281.2, 11 / len(rows), dark, "#000000")
    code = f"{_('Check code')} {letter.of.code[:4]} {letter.of.code[4:]}"
    yield Words(LEFT + 14, 285.2, f"{letter.of.receipt} · {code}", 8, "Bold", "text2")
    yield Words(LEFT + 14, 289.4, printable(letter.device.event.name), 7.5, color="text3")
    page = _("Page {number} of {pages}").format(number=number, pages=of)
    yield Words(RIGHT, 285.2, page, 8, color="text3", align="right")
