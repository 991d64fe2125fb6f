"""The whole slip as one picture, for heads whose letters, code pages or bold print cannot be trusted.

It is painted with our own fonts in the dots of the head, so every make of printer gives the same paper, that
of the PDF. Pillow paints it; ReportLab brings it along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PIL import Image, ImageDraw, ImageFont

from pos.paths import resource
from pos.receipts.bitmap import runs
from pos.receipts.blocks import LARGE, Band, Barcode, Block, Code, Logo, Mark, Rule, Slip, Text
from pos.receipts.escpos import FEED_DOTS, RASTER, START, ending
from pos.receipts.measures import (
    CELL,
    LOGO,
    SIZE,
    TILE,
    Box,
    bar_boxes,
    block_height,
    code_boxes,
    code_left,
    code_side,
    code_text_left,
    tiles,
)
from pos.receipts.svg import polygons

_BAND = 128  # dots high: small memories hold no more of a picture at once
_MOST_FEED = 255  # dots that one command feeds


def raster(slip: Slip, *, cut: bool = False) -> bytes:
    """What to send to the printer for `slip` as a picture; as `escpos.escpos`."""
    return b"".join([START, *_bands(picture(slip)), ending(cut=cut)])


def picture(slip: Slip) -> Image.Image:
    """The slip as its head burns it: as wide as its columns, a dot is 1 where it is black."""
    width = slip.columns * CELL
    image = Image.new("1", (width, sum(block_height(block) for block in slip.blocks)))
    pen = _Pen(image, width)
    for block in slip.blocks:
        pen.draw(block)
        pen.top += block_height(block)
    return image


def _bands(image: Image.Image) -> Iterator[bytes]:
    """The picture in bands, and of empty paper only how far to feed it."""
    across = -(-image.width // 8)
    data = image.tobytes()
    for top in range(0, image.height, _BAND):
        rows = min(_BAND, image.height - top)
        band = data[top * across : (top + rows) * across]
        if any(band):
            yield RASTER + across.to_bytes(2, "little") + rows.to_bytes(2, "little") + band
        else:
            yield FEED_DOTS + bytes([min(rows, _MOST_FEED)])


class _Pen:
    """Draws one block after the other; `top` is where the next begins, in dots."""

    def __init__(self, image: Image.Image, width: int) -> None:
        self.top = 0
        self._width = width
        self._draw = ImageDraw.Draw(image)
        self._draw.fontmode = "1"  # a head has no grey
        large = SIZE * LARGE[0] // LARGE[1]
        self._fonts = {
            (bold, size): ImageFont.truetype(resource(f"fonts/LapakMono-{style}.ttf"), size)
            for bold, style in ((False, "Regular"), (True, "Bold"))
            for size in (SIZE, large)
        }
        self._large = large

    def draw(self, block: Block) -> None:
        """One block, as pos/receipts/pdf.py draws it."""
        width = self._width
        match block:
            case Text():
                self._text(block)
            case Rule():
                self._fill((left, 11, min(6, width - left), 2) for left in range(0, width, 10))
            case Logo():
                self._fill(runs(polygons("lambang-lapak-hitam"), (width - LOGO) // 2, 0, LOGO // 48), -12)
            case Band():
                motif = polygons("motif-pucuk")
                self._fill((box for left in tiles(width) for box in runs(motif, left, 0, TILE // 24)), 6)
            case Mark(text=text):
                place = (2, self.top + 4, width - 3, self.top + 43)
                self._draw.rectangle(place, outline=1, width=3)
                self._words(text, width / 2, 31, "ms", bold=True)
            case Barcode(bars=bars):
                self._fill(bar_boxes(bars, width))
            case Code():
                self._code(block)

    def _text(self, row: Text) -> None:
        size, base = (self._large, 33) if row.large else (SIZE, 20)
        if row.align == "center":
            self._words(row.left, self._width / 2, base, "ms", bold=row.bold, size=size)
            return
        indent = len(row.left) - len(row.left.lstrip())
        self._words(row.left.lstrip(), indent * CELL, base, "ls", bold=row.bold, size=size)
        self._words(row.right, self._width, base, "rs", bold=row.bold, size=size)

    def _code(self, code: Code) -> None:
        self._fill(code_boxes(code, code_left(code, self._width)))
        left, middle = code_text_left(code, self._width), code_side(code) // 2
        self._words(code.label, left, middle - 16, "ls")
        self._words(code.text, left, middle + 22, "ls", bold=True, size=self._large)

    def _words(
        self, text: str, x: float, base: int, anchor: str, *, bold: bool = False, size: int = SIZE
    ) -> None:
        if text:
            font = self._fonts[bold, size]
            self._draw.text((x, self.top + base), text, fill=1, font=font, anchor=anchor)

    def _fill(self, boxes: Iterable[Box], down: int = 0) -> None:
        for left, top, wide, high in boxes:
            y = self.top + top + down
            self._draw.rectangle((left, y, left + wide - 1, y + high - 1), fill=1)
