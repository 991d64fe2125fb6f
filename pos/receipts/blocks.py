"""What a slip is made of: blocks that know nothing of paper, PDF or screen; whatever shows it draws them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal, TypeAlias

LARGE = (8, 5)  # a large row is drawn 8/5 as wide and high, and so has 5/8 of the columns

# What the receipt fonts hold, one cell each: Latin-1, and the signs that people paste from elsewhere.
_OTHER = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u00ff\u02bb\u02bc\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2212]+"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One row, never wider than the slip's columns; `right` stands at its right edge."""

    left: str
    right: str = ""
    bold: bool = False
    align: Literal["left", "center"] = "left"
    large: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line over the whole width."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Half a row of nothing."""


@dataclass(frozen=True, slots=True)
class Band:
    """The motif over the whole width (illustrations/motif-pucuk.svg), 6 mm high on 80 mm paper."""


@dataclass(frozen=True, slots=True)
class Logo:
    """The mark of Lapak, centred (illustrations/lambang-lapak-hitam.svg), 12 mm on 80 mm paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A framed, bold, centred row that nobody overlooks: a sample, a copy."""

    text: str


@dataclass(frozen=True, slots=True)
class Barcode:
    """Code 128 of `text`; `bars` are widths of bars and spaces in turn, in modules, beginning with a bar."""

    text: str
    bars: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: rows of 0 (light) and 1 (dark) without quiet zone; beside it `label` and `text`, if any."""

    rows: tuple[bytes, ...]
    label: str
    text: str


Block: TypeAlias = Text | Rule | Gap | Band | Logo | Mark | Barcode | Code


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on one receipt, from top to bottom; `columns` is its width in characters."""

    title: str
    columns: int
    blocks: tuple[Block, ...]


def rows(
    left: str, right: str, columns: int, *, indent: int = 0, large: bool = False, bold: bool = False
) -> list[Text]:
    """`left` wrapped at `columns`, `right` at the right edge of its last row.

    Where both do not fit, `right` stands alone on the next row: digits are never cut (domain.md 2.4).
    """
    width = columns * LARGE[1] // LARGE[0] if large else columns
    space = " " * indent
    lines = wrap(printable(left), width, initial_indent=space, subsequent_indent=space) or [""]
    if not right or len(lines[-1]) + 1 + len(right) <= width:
        *above, last = lines
    else:
        above, last = lines, ""
    return [
        *(Text(line, bold=bold, large=large) for line in above),
        Text(last, right, bold=bold, large=large),
    ]


def centred(text: str, columns: int, *, bold: bool = False) -> list[Text]:
    """`text` in as few centred rows as `columns` allows, of about the same length."""
    clean = printable(text)
    lines = wrap(clean, columns)
    width = len(clean) // max(len(lines), 1)
    while len(even := wrap(clean, max(width, 1))) > len(lines):
        width += 1
    return [Text(line, bold=bold, align="center") for line in even]


def printable(text: str) -> str:
    """`text` in characters that every receipt font holds, one cell each.

    A letter with a rare accent loses it; what has no likeness, such as an emoji, becomes one visible "?".
    """
    composed = unicodedata.normalize("NFC", text)
    plainer = (unicodedata.normalize("NFKD", c) if _OTHER.match(c) else c for c in composed)
    return _OTHER.sub("?", "".join(c for word in plainer for c in word if not unicodedata.combining(c)))
