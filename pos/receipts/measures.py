"""The measures of a slip, shared by paper and screen: dots of a 203 dpi head, 8 to the mm, y down."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pos.receipts.blocks import LARGE, Band, Barcode, Block, Code, Gap, Logo, Mark, Rule, Text

# Paper width in dots by columns (DESIGN.md chapter 8; heads of 512 dots have 42 columns: domain.md 2.4).
PAPERS = {48: 80 * 8, 42: 80 * 8, 32: 58 * 8}
CELL = 12  # width of one column: 48 of them fill the 72 mm that are printed on 80 mm paper
SIZE = 20  # of the type; its letters are 0.6 as wide
EDGE = 32  # empty paper above and below
TILE = 48  # one repeat of the motif: 24 squares of 2 dots
LOGO = 96
BAR_HEIGHT = 64

_QUIET = 10  # modules of white on both sides of a bar code (ISO/IEC 15417)
_MODULE = 6  # of the QR code
_BESIDE = 32  # between the QR code and its text: more than the 4 modules of white it asks for

Box = tuple[int, int, int, int]  # left, top, width, height


def block_height(block: Block) -> int:
    """What a block takes of the paper, in dots."""
    match block:
        case Text(large=large):
            return 44 if large else 28
        case Rule():
            return 24
        case Gap():
            return 14
        case Logo():
            return 88
        case Band():
            return TILE + 20
        case Mark():
            return 56
        case Barcode():
            return BAR_HEIGHT + 12
        case Code():
            return code_side(block) + 8


def tiles(width: int) -> range:
    """Where the motif's repeats begin: as many whole ones as `width` dots hold, in their middle."""
    count = width // TILE
    first = (width - count * TILE) // 2
    return range(first, first + count * TILE, TILE)


def bar_boxes(bars: tuple[int, ...], width: int) -> Iterator[Box]:
    """The dark bars of a bar code in the middle of `width` dots, on whole dots."""
    module = max(width // (sum(bars) + 2 * _QUIET), 1)
    left = (width - sum(bars) * module) // 2
    for place, bar in enumerate(bars):
        if place % 2 == 0:
            yield left, 6, bar * module, BAR_HEIGHT
        left += bar * module


def code_side(code: Code) -> int:
    """The side of a QR code in dots."""
    return len(code.rows) * _MODULE


def code_left(code: Code, width: int) -> int:
    """Where a QR code begins, so that it and the text beside it stand in the middle of `width` dots."""
    return (width - code_side(code) - _beside(code) - code_text_width(code)) // 2


def code_text_left(code: Code, width: int) -> int:
    """Where the text beside a QR code begins."""
    return code_left(code, width) + code_side(code) + _beside(code)


def _beside(code: Code) -> int:
    return _BESIDE if code.text else 0


def code_text_width(code: Code) -> int:
    """The width of the text beside a QR code: a small label, and the code in large type."""
    return max(len(code.label) * CELL, len(code.text) * CELL * LARGE[0] // LARGE[1])


def code_boxes(code: Code, left: int) -> Iterator[Box]:
    """The dark runs of a QR code's rows, the code beginning at `left`."""
    for y, row in enumerate(code.rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield left + x * _MODULE, y * _MODULE, length * _MODULE, _MODULE
            x += length
