"""The slip as the bytes that receipt printers of every make understand (ESC/POS, after Epson's command list).

Cheap heads know little: so letters are plain ASCII in the printer's own font A unless another code page is
asked for, nothing is positioned but by spaces, and logo, motif, bar code and QR code are pictures (domain.md
2.4). Where even letters come out wrong, the whole slip can be a picture: pos/receipts/raster.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

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
    tiles,
)
from pos.receipts.svg import polygons

START = b"\x1b@"  # ESC @: forget whatever the last program set
STYLE = b"\x1b!"  # ESC ! n: how letters look; 8 bold, 16 of double height
FEED_DOTS = b"\x1bJ"  # ESC J n: feed n dots
FEED_LINES = b"\x1bd"  # ESC d n: feed n lines
RASTER = b"\x1dv0\x00"  # GS v 0 0: a picture; bytes in a row and rows follow, low byte first
CUT = b"\x1dVB\x00"  # GS V 66 0: feed to the blade and cut, leaving a corner
KICK = b"\x1bp"  # ESC p m t1 t2: a pulse for the cash drawer's coil; on and off in steps of 2 ms

# The printer's number of a code page (ESC t n), in the order of Epson's table. ASCII needs none.
CODE_PAGES: Mapping[str, int | None] = MappingProxyType(
    {"ascii": None, "cp437": 0, "cp858": 19, "cp1252": 16}
)
_CHOOSE_PAGE = b"\x1bt"

_BOLD, _TALL = 8, 16
_LINES_TO_TEAR = 4  # from the head to the edge where paper is torn off

# One letter for one, so that no row grows: what Unicode does not take apart into a letter and its accent.
_PLAIN = str.maketrans(
    "\u00a0‘’ʻʼ“”«»–—−·•×÷…°¡¿¢£¥§¶©®ßæÆøØðÐþÞ¬¦¤±µ",
    " ''''\"\"\"\"----*x/.o!?cLYSPcRsaAoOdDtT-|*+u",
)


def escpos(slip: Slip, *, cut: bool = False, code_page: str = "ascii") -> bytes:
    """What to send to the printer for `slip`: 48 columns for 80 mm paper, 32 for 58 mm; no cut unless asked.

    A head without the commands for bold and tall letters prints the same rows in one size. `code_page` is one
    of CODE_PAGES; what it lacks is sent as the plain letter.
    """
    rows = (part for block in slip.blocks for part in _block(block, slip.columns, code_page))
    return b"".join([START, choose_page(code_page), *rows, ending(cut=cut)])


def choose_page(code_page: str) -> bytes:
    """The command that makes the printer read what follows in `code_page`. Raises KeyError."""
    number = CODE_PAGES[code_page]
    return b"" if number is None else _CHOOSE_PAGE + bytes([number])


def ending(*, cut: bool) -> bytes:
    """Feed to where the paper is torn off, and cut it there if there is a blade."""
    return FEED_LINES + bytes([_LINES_TO_TEAR]) + (CUT if cut else b"")


def kick(pin: int) -> bytes:
    """Open the cash drawer whose coil is on `pin` 2 or 5 of the printer's socket: 100 ms on, 500 ms off."""
    return START + KICK + bytes([{2: 0, 5: 1}[pin], 50, 250])


def plain_letters(text: str) -> str:
    """`text` in printable ASCII with as many characters; what has no likeness becomes `?`."""
    return "".join(_plain_letter(letter) for letter in text.translate(_PLAIN))


def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if " " <= base <= "~" else "?"


def encoded(row: str, code_page: str) -> bytes:
    """`row` as the bytes of `code_page`, one for each character; what it lacks as the plain letter."""
    if code_page == "ascii":
        return plain_letters(row).encode("ascii")
    return b"".join(_encoded_letter(letter, code_page) for letter in row)


def _encoded_letter(letter: str, code_page: str) -> bytes:
    found = letter.encode(code_page, "ignore")
    return found if found >= b" " else plain_letters(letter).encode("ascii")


def _block(block: Block, columns: int, code_page: str) -> Iterator[bytes]:
    width = columns * CELL
    match block:
        case Text(left=left, right=right, align="left"):
            yield _row(left + right.rjust(columns - len(left)), code_page, block)
        case Text(left=left):
            yield _row(left.center(columns), code_page, block)
        case Rule():
            yield _row("-" * columns, code_page)
        case Gap():
            yield FEED_DOTS + bytes([block_height(block)])
        case Mark(text=text):
            for row in ("*" * columns, text.center(columns), "*" * columns):
                yield _row(row, code_page, Text(row, bold=True))
        case Logo():
            drawing = runs(polygons("lambang-lapak-hitam"), (width - LOGO) // 2, 0, LOGO // 48)
            yield raster_rows(bitmap(drawing, width, LOGO))
        case Band():
            motif = polygons("motif-pucuk")
            drawn = (box for left in tiles(width) for box in runs(motif, left, 0, TILE // 24))
            yield raster_rows(bitmap(drawn, width, TILE))
            yield FEED_DOTS + bytes([block_height(block) - TILE])
        case Barcode(bars=bars):
            yield raster_rows(bitmap(bar_boxes(bars, width), width, block_height(block)))
        case Code(label=label, text=text):
            side = code_side(block)
            yield raster_rows(bitmap(code_boxes(block, (width - side) // 2), width, side))
            yield FEED_DOTS + bytes([block_height(Gap())])
            if not text:
                return
            yield _row(f"{label} {text}".center(columns), code_page, Text(text, bold=True))


def _row(row: str, code_page: str, style: Text | None = None) -> bytes:
    look = (_BOLD if style and style.bold else 0) | (_TALL if style and style.large else 0)
    return STYLE + bytes([look]) + encoded(row.rstrip(), code_page) + b"\n"


def raster_rows(picture: Bitmap) -> bytes:
    """A picture as the printer's command for one."""
    size = (-(-picture.width // 8)).to_bytes(2, "little") + len(picture.rows).to_bytes(2, "little")
    return RASTER + size + picture.packed()
