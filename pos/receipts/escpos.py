"""The slip as the bytes that receipt printers of every make understand (ESC/POS, after Epson's command list).

Cheap heads know little: so letters are plain ASCII in the printer's own font A, nothing is positioned but by
spaces, and logo, motif, bar code and QR code are pictures (domain.md 2.4).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pos.receipts.bitmap import Bitmap, bitmap, runs
from pos.receipts.blocks import Band, Barcode, Block, Code, Gap, Logo, Mark, Rule, Slip, Text
from pos.receipts.measures import (
    CELL,
    LOGO,
    TILE,
    bar_boxes,
    block_height,
    code_boxes,
    code_side,
)
from pos.receipts.svg import polygons

START = b"\x1b@"  # ESC @: forget whatever the last program set
STYLE = b"\x1b!"  # ESC ! n: how letters look; 8 bold, 16 of double height
FEED_DOTS = b"\x1bJ"  # ESC J n: feed n dots
FEED_LINES = b"\x1bd"  # ESC d n: feed n lines
RASTER = b"\x1dv0\x00"  # GS v 0 0: a picture; bytes in a row and rows follow, low byte first
CUT = b"\x1dVB\x00"  # GS V 66 0: feed to the blade and cut, leaving a corner

_BOLD, _TALL = 8, 16
_LINES_TO_TEAR = 4  # from the head to the edge where paper is torn off

# One letter for one, so that no row grows: what Unicode does not take apart into a letter and its accent.
_PLAIN = str.maketrans(
    "\u00a0‘’ʻʼ“”«»–—−·•×÷…°¡¿¢£¥§¶©®ßæÆøØðÐþÞ¬¦¤±µ",
    " ''''\"\"\"\"----*x/.o!?cLYSPcRsaAoOdDtT-|*+u",
)


def escpos(slip: Slip, *, cut: bool = False) -> bytes:
    """What to send to the printer for `slip`: 48 columns for 80 mm paper, 32 for 58 mm; no cut unless asked.

    A head without the commands for bold and tall letters prints the same rows in one size.
    """
    parts = [START, *(part for block in slip.blocks for part in _block(block, slip.columns))]
    parts.append(FEED_LINES + bytes([_LINES_TO_TEAR]))
    return b"".join([*parts, CUT] if cut else parts)


def plain_letters(text: str) -> str:
    """`text` in printable ASCII with as many characters; what has no likeness becomes `?`."""
    return "".join(_plain_letter(letter) for letter in text.translate(_PLAIN))


def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if " " <= base <= "~" else "?"


def _block(block: Block, columns: int) -> Iterator[bytes]:
    width = columns * CELL
    match block:
        case Text(left=left, right=right, align="left"):
            yield _row(left + right.rjust(columns - len(left)), block)
        case Text(left=left):
            yield _row(left.center(columns), block)
        case Rule():
            yield _row("-" * columns)
        case Gap():
            yield FEED_DOTS + bytes([block_height(block)])
        case Mark(text=text):
            for row in ("*" * columns, text.center(columns), "*" * columns):
                yield _row(row, Text(row, bold=True))
        case Logo():
            drawing = runs(polygons("lambang-lapak-hitam"), (width - LOGO) // 2, 0, LOGO // 48)
            yield _raster(bitmap(drawing, width, LOGO))
        case Band():
            motif = polygons("motif-pucuk")
            tiles = (box for left in range(0, width, TILE) for box in runs(motif, left, 0, TILE // 24))
            yield _raster(bitmap(tiles, width, TILE))
            yield FEED_DOTS + bytes([block_height(block) - TILE])
        case Barcode(bars=bars):
            yield _raster(bitmap(bar_boxes(bars, width), width, block_height(block)))
        case Code(label=label, text=text):
            side = code_side(block)
            yield _raster(bitmap(code_boxes(block, (width - side) // 2), width, side))
            yield FEED_DOTS + bytes([block_height(Gap())])
            yield _row(f"{label} {text}".center(columns), Text(text, bold=True))


def _row(row: str, style: Text | None = None) -> bytes:
    look = (_BOLD if style and style.bold else 0) | (_TALL if style and style.large else 0)
    return STYLE + bytes([look]) + plain_letters(row.rstrip()).encode("ascii") + b"\n"


def _raster(picture: Bitmap) -> bytes:
    size = (-(-picture.width // 8)).to_bytes(2, "little") + len(picture.rows).to_bytes(2, "little")
    return RASTER + size + picture.packed()
