"""Sheets of paper, A5 and A4: marks at their places in mm from the upper left corner, y down.

One list of marks is drawn by two pens, on paper (pos/receipts/pdf.py) and on the screen (ui/sheet_pen.py), so
what is shown is what is printed. Colours are names of tokens.json, or as a drawing has them: see `ink`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeAlias

from pos.paths import resource
from pos.receipts.svg import Polygon

PALE = "#f6edd6"  # below what is written: it reads well over it, in black and white too
_OF_CELL = 1.2  # a capital is about 0.75 em wide: so the word fills nine tenths of the width

Weight: TypeAlias = Literal["Medium", "Bold", "ExtraBold"]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text of `size` pt standing on y; x is its left or right end, or its middle."""

    x: float
    y: float
    text: str
    size: float
    weight: Weight = "Medium"
    color: str = "text"
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal line `thick` mm strong, whole or dotted."""

    x: float
    y: float
    width: float
    color: str = "borderStrong"
    thick: float = 0.2
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A box with round corners; its line lies half inside."""

    x: float
    y: float
    width: float
    height: float
    color: str = "text"
    thick: float = 0.3
    radius: float = 0
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Outlines filled together, drawn at (x, y) and `scale` mm large for each of their units."""

    x: float
    y: float
    scale: float
    outlines: tuple[Polygon, ...]
    color: str = "text"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or screenshot that fills the box at (x, y) of this size in mm; `data` is a JPEG or PNG."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


Stamp: TypeAlias = Words | Stroke | Frame | Shape | Picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size in mm and what stands on it, drawn in this order."""

    title: str
    width: float
    height: float
    stamps: tuple[Stamp, ...]

    @property
    def text(self) -> str:
        """All its words, for those who hear them read."""
        return "\n".join(stamp.text for stamp in self.stamps if isinstance(stamp, Words))


def watermarked(sheet: Sheet, word: str) -> Sheet:
    """The sheet over `word` in large pale letters, from edge to edge and from top to bottom."""
    size = sheet.width * 72 / 25.4 / max(len(word), 1) * _OF_CELL  # pt
    step = size * 25.4 / 72 * 1.6
    lines = max(int(sheet.height / step), 1)
    first = (sheet.height - (lines - 1) * step) / 2 + size * 25.4 / 72 * 0.35
    lows = (first + n * step for n in range(lines))
    pale = (Words(sheet.width / 2, low, word, size, "ExtraBold", PALE, "center") for low in lows)
    return replace(sheet, stamps=(*pale, *sheet.stamps))


def ink(color: str) -> str:
    """A colour as #rrggbb: of the light theme for a name, for paper is white; itself when it is one."""
    return color if color.startswith("#") else _inks()[color]


@cache
def _inks() -> dict[str, str]:
    tokens = json.loads(resource("tokens.json").read_text(encoding="utf-8"))
    return dict(tokens["color"]["light"])
