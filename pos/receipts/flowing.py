"""Pieces of text that flow over areas of paper: lines of mixed words, steps, notes, tables, pictures.

A piece is never broken; a heading never stands alone at the foot of an area.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from reportlab.lib.utils import ImageReader

from pos.manual import Block, Span, Spans, picture_path
from pos.receipts.blocks import printable
from pos.receipts.fonts import text_width
from pos.receipts.sheet import Frame, Picture, Shape, Stamp, Weight, Words

_EDGE, _PAD = 0.35, 1.0  # mm beside the words of a key, beside its frame
_PIXEL = 0.14  # mm at most that a pixel of a picture becomes
_INDENT = 6.5  # mm before the words of a step
_FIRST = 0.36  # of a row that its first cell takes
_WEIGHTS: dict[str, Weight] = {"": "Medium", "screen": "ExtraBold", "key": "Bold", "link": "Medium"}
_ROOM = {
    "heading": 2.6,
    "text": 1.2,
    "step": 1.2,
    "point": 0.6,
    "note": 2.2,
    "row": 0.0,
    "picture": 1.6,
    "turn": 0.0,
}
# Arrows, which the fonts of papers do not hold: one that points to the right, and how it is turned.
_POINTS = (-1 - 0.16j, 0.15 - 0.16j, 0.15 - 0.7j, 1 + 0j, 0.15 + 0.7j, 0.15 + 0.16j, -1 + 0.16j)
_TURNS = {"→": 1 + 0j, "↓": 1j, "←": -1 + 0j, "↑": -1j}
_ARROW = re.compile("([→↓←↑])")


@dataclass(frozen=True, slots=True)
class Measures:
    """How text is set: its size in pt, mm from line to line, the width and height of pictures in mm."""

    size: float
    line: float
    widest: float
    highest: float


class Area(NamedTuple):
    """Room on a page, in mm: which page, its left and upper edge, its width, where it ends."""

    page: int
    x: float
    y: float
    width: float
    bottom: float


class Piece(NamedTuple):
    """Marks with their origin at the upper left, how high they are in mm, and the room wanted above."""

    stamps: tuple[Stamp, ...]
    height: float
    above: float
    keeps: bool = False  # it goes on where the next one goes


class Flow:
    """Fills areas one after the other. `pages` maps a page to what stands on it."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = iter(areas)
        self._here = next(self._areas)
        self._top = self._here.y
        self.pages: dict[int, list[Stamp]] = {}

    @property
    def page(self) -> int:
        """The page that is being filled."""
        return self._here.page

    def put(self, pieces: Sequence[Piece]) -> bool:
        """One below the other; what does not fit goes on in the next area. False where there is none."""
        for n, piece in enumerate(pieces):
            wanted = piece.above + piece.height
            for after in pieces[n + 1 :] if piece.keeps else ():
                wanted += after.above + after.height
                if not after.keeps:
                    break
            if self._top + wanted > self._here.bottom and self._top > self._here.y:
                after_this = next(self._areas, None)
                if after_this is None:
                    return False
                self._here, self._top = after_this, after_this.y
            self._top += piece.above if self._top > self._here.y else 0
            stamps = self.pages.setdefault(self._here.page, [])
            stamps += [moved(one, self._here.x, self._top) for one in piece.stamps]
            self._top += piece.height
        return True


def moved(stamp: Stamp, x: float, y: float) -> Stamp:
    """The same mark so many mm to the right and down."""
    return replace(stamp, x=stamp.x + x, y=stamp.y + y)


def pieces(blocks: Sequence[Block], width: float, by: Measures) -> list[Piece]:
    """What stands on a page of the manual, `width` mm wide."""
    shaded = False
    done: list[Piece] = []
    for block in blocks:
        shaded = block.kind == "row" and not shaded
        done.append(_piece(block, width, by, shaded=shaded))
    return done


def _piece(block: Block, width: float, by: Measures, *, shaded: bool) -> Piece:
    above = _ROOM.get(block.kind, 0)
    match block.kind:
        case "heading":
            size = by.size * 1.18
            lines = list(_lines(block.spans, width, size, "ExtraBold"))
            stamps = tuple(_set(lines, 0, by.line, size, "ExtraBold"))
            return Piece(stamps, by.line * len(lines) + 0.4, above, keeps=True)
        case "step" | "point":
            indent = _INDENT if block.kind == "step" else _INDENT - 2.5
            lines = list(_lines(block.spans, width - indent, by.size))
            mark = f"{block.number}" if block.kind == "step" else "•"
            head = Words(indent - 1.8, _base(by, 0), mark, by.size, "ExtraBold", "primary", "right")
            return Piece((head, *_set(lines, indent, by.line, by.size)), by.line * len(lines), above)
        case "note":
            lines = list(_lines(block.spans, width - 6, by.size))
            high = by.line * len(lines) + 2.4
            words = (moved(one, 0, 1.2) for one in _set(lines, 3.6, by.line, by.size))
            return Piece(
                (_box(0, 0, width, high, "infoSoft"), _box(0, 0, 1, high, "info"), *words), high, above
            )
        case "head" | "row":
            return _row(block, width, by, shaded=shaded)
        case "picture":
            return _photo(picture_path(block.picture), width, by, above)
        case _:
            lines = list(_lines(block.spans, width, by.size))
            return Piece(tuple(_set(lines, 0, by.line, by.size)), by.line * len(lines), above)


def _row(block: Block, width: float, by: Measures, *, shaded: bool) -> Piece:
    first = width * _FIRST
    left = list(_lines(block.spans, first - 3, by.size * 0.94))
    right = list(_lines(block.more, width - first - 2, by.size * 0.94))
    high = by.line * max(len(left), len(right)) + 1.2
    stamps: list[Stamp] = [_box(0, 0, width, high, "surfaceAlt")] if shaded else []
    for lines, x in ((left, 1.5), (right, first)):
        stamps += (moved(one, 0, 0.6) for one in _set(lines, x, by.line, by.size * 0.94))
    if block.kind == "head":
        stamps = [replace(one, color="text3") if isinstance(one, Words) else one for one in stamps]
    return Piece(tuple(stamps), high, 0.8 if block.kind == "head" else 0, keeps=block.kind == "head")


def _photo(path: Path, width: float, by: Measures, above: float) -> Piece:
    data = path.read_bytes()
    across, down = ImageReader(BytesIO(data)).getSize()
    wide = min(width, by.widest, by.highest * across / down, across * _PIXEL)
    high = wide * down / across
    left = (width - wide) / 2
    stamps = (Picture(left, 0, wide, high, data), Frame(left, 0, wide, high, "borderStrong", 0.25, 0.6))
    return Piece(stamps, high, above + 0.6)


class _Word(NamedTuple):
    """A word, or a key with its frame, and how wide it is in mm; `glued` to the one before."""

    text: str
    style: str
    width: float
    glued: bool


def _lines(
    spans: Spans, width: float, size: float, weight: Weight | None = None
) -> Iterator[list[tuple[float, _Word]]]:
    """Words with where they begin, line by line, none wider than `width` mm (save one that is alone)."""
    space = text_width(" ", weight or "Medium", size)
    line: list[tuple[float, _Word]] = []
    x = 0.0
    for group in _groups(_words(spans, size, weight)):
        wide = sum(word.width for word in group)
        begin = x + space if line else 0.0
        if line and begin + wide > width:
            yield line
            line, begin = [], 0.0
        for word in group:
            line.append((begin, word))
            begin += word.width
        x = begin
    if line:
        yield line


def _groups(words: Iterable[_Word]) -> Iterator[list[_Word]]:
    """Words that stay together: a full stop with what it follows."""
    group: list[_Word] = []
    for word in words:
        if group and not word.glued:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _words(spans: Spans, size: float, all_in: Weight | None) -> Iterator[_Word]:
    open_end = False  # whether what came before ends without a space
    for span in spans:
        text = on_paper(span.text)
        keeps = span.style == "key" and len(text) < 16
        parts = [text] if keeps else text.split()
        for n, part in enumerate(parts):
            glued = n == 0 and open_end and not text[:1].isspace()
            weight = all_in or _WEIGHTS[span.style]
            beside = 2 * (_PAD + _EDGE) if keeps else 0
            yield _Word(part, "key" if keeps else _flat(span), _width(part, weight, size) + beside, glued)
        open_end = bool(parts) and not text[-1:].isspace()


def _flat(span: Span) -> str:
    """How a span is written that has no frame: a long command in bold letters."""
    return "screen" if span.style == "key" else span.style


def on_paper(text: str) -> str:
    """`text` in letters that the fonts of papers hold, and arrows, which are drawn."""
    return "".join(part if part in _TURNS else printable(part) for part in _ARROW.split(text))


def _width(text: str, weight: Weight, size: float) -> float:
    """How wide `text` is in mm with its arrows."""
    parts = _ARROW.split(text)
    return sum(_arrow_width(size) if part in _TURNS else text_width(part, weight, size) for part in parts)


def _arrow_width(size: float) -> float:
    return size * 0.36


def _written(x: float, base: float, word: _Word, size: float, weight: Weight) -> Iterator[Stamp]:
    """A word at x, its arrows drawn in place."""
    color = "primary" if word.style == "link" else "text"
    for part in _ARROW.split(word.text):
        if part in _TURNS:
            turn, side = _TURNS[part], _arrow_width(size)
            corners = tuple(((point * turn).real, (point * turn).imag) for point in _POINTS)
            yield Shape(x + side / 2, base - size * 0.125, side * 0.42, (corners,), color)
            x += side
        elif part:
            yield Words(x, base, part, size, weight, color)
            x += text_width(part, weight, size)


def _set(
    lines: Sequence[Sequence[tuple[float, _Word]]],
    x: float,
    step: float,
    size: float,
    weight: Weight | None = None,
) -> Iterator[Stamp]:
    """Lines of words at x, the first one line high."""
    for n, line in enumerate(lines):
        base = step * n + step * 0.74
        for begin, word in line:
            left = x + begin
            if word.style == "key":
                high, wide = step * 0.86, word.width - 2 * _EDGE
                yield Frame(left + _EDGE, base - high * 0.78, wide, high, "borderInput", 0.2, 0.8)
                left += _EDGE + _PAD
            yield from _written(left, base, word, size, weight or _WEIGHTS[word.style])


def _base(by: Measures, line: int) -> float:
    return by.line * (line + 0.74)


def _box(x: float, y: float, wide: float, high: float, color: str) -> Shape:
    return Shape(x, y, 1, (((0, 0), (wide, 0), (wide, high), (0, high)),), color)
