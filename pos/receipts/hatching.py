"""Boxes that are told apart without colours, for paper in black and white: full, striped, dotted, open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from pos.receipts.sheet import Frame, Shape, Stamp
from pos.receipts.svg import Polygon

Pattern: TypeAlias = Literal["full", "slanted", "level", "dotted", "open"]
PATTERNS: tuple[Pattern, ...] = ("full", "slanted", "level", "dotted", "open")

_STRIPE, _EVERY = 0.45, 1.15  # mm: how wide a stripe is, and from one to the next
_DOT = 0.55  # mm

Box: TypeAlias = tuple[float, float, float, float]  # left, top, width, height in mm


def box_stamps(box: Box, color: str, pattern: Pattern) -> Iterator[Stamp]:
    """A box in a pattern; in all but a full one its outline is drawn, too."""
    left, top, width, height = box
    if width <= 0 or height <= 0:
        return
    if pattern == "full":
        corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
        yield Shape(left, top, 1, (corners,), color)
        return
    fill: Callable[[float, float], tuple[Polygon, ...]] | None = {
        "slanted": _slanted,
        "level": _level,
        "dotted": _dotted,
    }.get(pattern)
    if fill and (outlines := fill(width, height)):
        yield Shape(left, top, 1, outlines, color)
    thick = min(0.25, width / 3, height / 3)  # its line lies inside, so that boxes end where their values do
    yield Frame(left + thick / 2, top + thick / 2, width - thick, height - thick, color, thick)


def _level(width: float, height: float) -> tuple[Polygon, ...]:
    tops = [n * _EVERY for n in range(int(height / _EVERY) + 1)]
    ends = [(top, min(top + _STRIPE, height)) for top in tops if top < height]
    return tuple(((0.0, top), (width, top), (width, end), (0.0, end)) for top, end in ends)


def _dotted(width: float, height: float) -> tuple[Polygon, ...]:
    places = [
        (_EVERY * (column + 0.5 * (row % 2)) + 0.3, _EVERY * row + 0.3)
        for row in range(int(height / _EVERY) + 1)
        for column in range(int(width / _EVERY) + 1)
    ]
    return tuple(
        ((x, y), (x + _DOT, y), (x + _DOT, y + _DOT), (x, y + _DOT))
        for x, y in places
        if x + _DOT <= width and y + _DOT <= height
    )


def _slanted(width: float, height: float) -> tuple[Polygon, ...]:
    """Stripes that rise to the right: of the box what lies between two lines x + y = c."""
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    step = _EVERY * 2**0.5
    found = []
    for number in range(int((width + height) / step) + 1):
        begins = number * step
        stripe = _cut(_cut(corners, begins, 1), begins + _STRIPE * 2**0.5, -1)
        if len(stripe) > 2:
            found.append(stripe)
    return tuple(found)


def _cut(outline: Polygon, line: float, side: int) -> Polygon:
    """What of an outline without dents lies beyond x + y = `line`, or with `side` -1 before it."""
    kept: list[tuple[float, float]] = []
    for here, there in zip(outline, (*outline[1:], *outline[:1]), strict=True):
        one, other = ((x + y - line) * side for x, y in (here, there))
        if one >= 0:
            kept.append(here)
        if (one > 0 > other) or (one < 0 < other):
            part = one / (one - other)
            kept.append((here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part))
    return tuple(kept)
