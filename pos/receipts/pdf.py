"""The slip as a PDF page as wide as the paper roll and as long as it needs: vectors and embedded fonts only.

Everything is measured in dots of the 203 dpi heads that print it, 8 to the millimetre, so that bars, QR
modules and the motif fall on whole dots.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from pos.faults import told
from pos.fresh import draft_of
from pos.paths import resource
from pos.receipts.measures import (
    CELL,
    EDGE,
    LOGO,
    PAPERS,
    SIZE,
    TILE,
    Box,
    bar_boxes,
    block_height,
    code_boxes,
    code_side,
    code_text_left,
)
from pos.receipts.slip import LARGE, Band, Barcode, Block, Code, Logo, Mark, Rule, Slip, Text
from pos.receipts.svg import polygons

DOT = mm / 8

_FONT, _BOLD = "LapakMono-Regular", "LapakMono-Bold"


def write_pdf(slip: Slip, path: Path) -> None:
    """Write the slip as a PDF at `path`, whole or not at all; the same slip always gives the same bytes.

    Not forced to the disk: whatever a power cut takes is made again from the ledger. Raises WorldFailed when
    the file cannot be written, ValueError for a slip whose columns fit no paper.
    """
    data = pdf_bytes(slip)
    with told(str(path)), draft_of(path, durable=False) as draft:
        draft.write_bytes(data)


def pdf_bytes(slip: Slip) -> bytes:
    """The slip as a PDF of one page."""
    if slip.columns not in PAPERS:
        raise ValueError(f"no paper has {slip.columns} columns")
    _register_fonts()
    paper = PAPERS[slip.columns]
    width = slip.columns * CELL
    height = 2 * EDGE + sum(block_height(block) for block in slip.blocks)
    buffer = BytesIO()
    canvas = Canvas(
        buffer, pagesize=(paper * DOT, height * DOT), invariant=1, pageCompression=1, initialFontName=_FONT
    )
    canvas.setTitle(slip.title)
    canvas.setCreator("Lapak")
    canvas.scale(DOT, DOT)
    canvas.translate((paper - width) // 2, height - EDGE)
    for block in slip.blocks:
        _draw(canvas, block, width)
        canvas.translate(0, -block_height(block))
    canvas.save()
    return buffer.getvalue()


def _register_fonts() -> None:
    # ReportLab keeps a face under its PostScript name; ours are subsets with names of their own, so that no
    # full font can take their place. Once per process: reading them costs as much as a receipt.
    for name in (_FONT, _BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, resource(f"fonts/{name}.ttf")))


def _draw(canvas: Canvas, block: Block, width: int) -> None:
    """Draw a block below the origin, in dots, y up."""
    match block:
        case Text():
            _draw_text(canvas, block, width)
        case Rule():
            canvas.setLineWidth(2)
            canvas.setDash(6, 4)
            canvas.line(0, -12, width, -12)
        case Logo():
            _stamp(canvas, _outline(canvas, "lambang-lapak-hitam"), (width - LOGO) // 2, 12, LOGO // 48)
        case Band():
            motif = _outline(canvas, "motif-pucuk")
            for left in range(0, width, TILE):
                _stamp(canvas, motif, left, -6, TILE // 24)
        case Mark(text=text):
            canvas.setLineWidth(3)
            canvas.setDash()
            canvas.rect(2, -44, width - 4, 40)
            canvas.setFont(_BOLD, SIZE)
            canvas.drawCentredString(width / 2, -31, text)
        case Barcode(bars=bars):
            _fill(canvas, bar_boxes(bars, width))
        case Code():
            _draw_code(canvas, block, width)


def _draw_text(canvas: Canvas, row: Text, width: int) -> None:
    size, base = (SIZE * LARGE[0] // LARGE[1], -33) if row.large else (SIZE, -20)
    canvas.setFont(_BOLD if row.bold else _FONT, size)
    if row.align == "center":
        canvas.drawCentredString(width / 2, base, row.left)
        return
    indent = len(row.left) - len(row.left.lstrip())
    canvas.drawString(indent * CELL, base, row.left.lstrip())
    if row.right:
        canvas.drawRightString(width, base, row.right)


def _fill(canvas: Canvas, boxes: Iterable[Box]) -> None:
    path = canvas.beginPath()
    for left, top, width, height in boxes:
        path.rect(left, -top - height, width, height)
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_code(canvas: Canvas, code: Code, width: int) -> None:
    """The QR code with its text beside it, both together in the middle."""
    _fill(canvas, code_boxes(code, width))
    left, middle = code_text_left(code, width), code_side(code) // 2
    canvas.setFont(_FONT, SIZE)
    canvas.drawString(left, 16 - middle, code.label)
    canvas.setFont(_BOLD, SIZE * LARGE[0] // LARGE[1])
    canvas.drawString(left, -22 - middle, code.text)


def _outline(canvas: Canvas, name: str) -> PDFPathObject:
    """An illustration as one path, so that no seam shows between squares that touch."""
    path = canvas.beginPath()
    for first, *others in polygons(name):
        path.moveTo(*first)
        for corner in others:
            path.lineTo(*corner)
        path.close()
    return path


def _stamp(canvas: Canvas, path: PDFPathObject, x: int, y: int, scale: int) -> None:
    """Fill a path that has y down, enlarged, its origin at (x, y)."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(scale, -scale)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
