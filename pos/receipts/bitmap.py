"""Pictures of black dots, as a receipt printer's head burns them: boxes and drawings become rows of bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from pos.receipts.measures import Box
from pos.receipts.svg import Polygon


@dataclass(frozen=True, slots=True)
class Bitmap:
    """`rows` from top to bottom; of its `width` bits the highest is the dot on the left, and 1 is black."""

    width: int
    rows: tuple[int, ...]

    def packed(self) -> bytes:
        """Row by row, eight dots a byte, the first in the highest bit; each row is filled up with white."""
        size = -(-self.width // 8)
        return b"".join((row << (size * 8 - self.width)).to_bytes(size) for row in self.rows)


def bitmap(boxes: Iterable[Box], width: int, height: int) -> Bitmap:
    """`boxes` in black on white, `width` times `height` dots; all of them must lie inside."""
    rows = [0] * height
    for left, top, wide, high in boxes:
        dots = ((1 << wide) - 1) << (width - left - wide)
        for y in range(top, top + high):
            rows[y] |= dots
    return Bitmap(width, tuple(rows))


def runs(polygons: Iterable[Polygon], left: int, top: int, scale: int) -> Iterator[Box]:
    """The dots whose middle lies in one of `polygons`, drawn at (left, top) and `scale` times as large."""
    for polygon in polygons:
        corners = [(left + x * scale, top + y * scale) for x, y in polygon]
        sides = list(pairwise([*corners, corners[0]]))
        first, last = (int(edge(y for _x, y in corners)) for edge in (min, max))
        for row in range(first, last + 1):
            middle = row + 0.5
            crossings = sorted(
                x1 + (middle - y1) * (x2 - x1) / (y2 - y1)
                for (x1, y1), (x2, y2) in sides
                if (y1 <= middle) != (y2 <= middle)
            )
            for start, end in zip(crossings[::2], crossings[1::2], strict=True):
                begin, past = ceil(start - 0.5), ceil(end - 0.5)
                if past > begin:
                    yield begin, row, past - begin, 1
