"""Slips and sheets as PDF: vectors and embedded fonts only.

A slip is one page as wide as the paper roll and as long as it needs. Everything on it is measured in dots of
the 203 dpi heads that print it, 8 to the mm, so that bars, QR modules and the motif fall on whole dots.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from pos.faults import told
from pos.fresh import draft_of
from pos.receipts.blocks import LARGE, Band, Barcode, Block, Code, Logo, Mark, Rule, Slip, Text
from pos.receipts.fonts import MONO, MONO_BOLD, register, sans
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
    code_left,
    code_side,
    code_text_left,
    tiles,
)
from pos.receipts.sheet import Frame, Picture, Shape, Sheet, Stamp, Stroke, Words, ink
from pos.receipts.svg import Polygon, polygons

DOT = mm / 8


Paper: TypeAlias = Slip | tuple[Sheet, ...]


def write_pdf(paper: Paper, path: Path) -> None:
    """Write the paper as a PDF at `path`, whole or not at all; the same paper always gives the same bytes.

    Not forced to the disk: whatever a power cut takes is made again from the ledger. Raises WorldFailed when
    the file cannot be written, ValueError for a slip whose columns fit no paper.
    """
    data = pdf_bytes(paper)
    with told(str(path)), draft_of(path, durable=False) as draft:
        draft.write_bytes(data)


def pdf_bytes(paper: Paper) -> bytes:
    """The slip as a PDF of one page, or sheets as one of as many."""
    buffer = BytesIO()
    if isinstance(paper, Slip):
        _slip_page(buffer, paper)
    else:
        _sheet_pages(buffer, paper)
    return buffer.getvalue()


def new_canvas(buffer: BytesIO, title: str, size: tuple[float, float], font: str) -> Canvas:
    """A canvas for pages of `size` points; the same drawing always gives the same bytes."""
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1, initialFontName=font)
    canvas.setTitle(title)
    canvas.setCreator("Lapak")
    return canvas


def _slip_page(buffer: BytesIO, slip: Slip) -> None:
    if slip.columns not in PAPERS:
        raise ValueError(f"no paper has {slip.columns} columns")
    register(MONO, MONO_BOLD)
    paper = PAPERS[slip.columns]
    width = slip.columns * CELL
    height = 2 * EDGE + sum(block_height(block) for block in slip.blocks)
    canvas = new_canvas(buffer, slip.title, (paper * DOT, height * DOT), MONO)
    canvas.scale(DOT, DOT)
    canvas.translate((paper - width) // 2, height - EDGE)
    for block in slip.blocks:
        draw_block(canvas, block, width)
        canvas.translate(0, -block_height(block))
    canvas.save()


def _sheet_pages(buffer: BytesIO, sheets: tuple[Sheet, ...]) -> None:
    first = sheets[0]
    canvas = new_canvas(buffer, first.title, (first.width * mm, first.height * mm), sans("Medium"))
    for sheet in sheets:
        canvas.setPageSize((sheet.width * mm, sheet.height * mm))
        canvas.scale(mm, mm)
        for stamp in sheet.stamps:
            _stamp_on(canvas, stamp, sheet.height)
        canvas.showPage()
    canvas.save()


def _stamp_on(canvas: Canvas, stamp: Stamp, height: float) -> None:
    """Draw one mark of a sheet that is `height` mm high, in mm, y up."""
    if isinstance(stamp, Picture):
        photo, bottom = ImageReader(BytesIO(stamp.data)), height - stamp.y - stamp.height
        canvas.drawImage(photo, stamp.x, bottom, stamp.width, stamp.height)
        return
    canvas.setFillColor(HexColor(ink(stamp.color)))
    canvas.setStrokeColor(HexColor(ink(stamp.color)))
    match stamp:
        case Words():
            canvas.setFont(sans(stamp.weight), stamp.size / mm)
            draw = {"left": canvas.drawString, "right": canvas.drawRightString}
            draw.get(stamp.align, canvas.drawCentredString)(stamp.x, height - stamp.y, stamp.text)
        case Stroke():
            _line(canvas, stamp)
            canvas.line(stamp.x, height - stamp.y, stamp.x + stamp.width, height - stamp.y)
        case Frame():
            _line(canvas, stamp)
            bottom = height - stamp.y - stamp.height
            canvas.roundRect(stamp.x, bottom, stamp.width, stamp.height, stamp.radius)
        case Shape():
            path = _path(canvas, stamp.outlines)
            _stamp(canvas, path, stamp.x, height - stamp.y, stamp.scale)


def _line(canvas: Canvas, stamp: Stroke | Frame) -> None:
    canvas.setLineWidth(stamp.thick)
    canvas.setDash(*((0.4, 0.8) if stamp.dotted else ()))


def draw_block(canvas: Canvas, block: Block, width: int) -> None:
    """Draw a block below the origin, in dots, y up."""
    match block:
        case Text():
            _draw_text(canvas, block, width)
        case Rule():
            canvas.setLineWidth(2)
            canvas.setDash(6, 4)
            canvas.line(0, -12, width, -12)
        case Logo():
            _stamp(
                canvas, _path(canvas, polygons("lambang-lapak-hitam")), (width - LOGO) // 2, 12, LOGO // 48
            )
        case Band():
            motif = _path(canvas, polygons("motif-pucuk"))
            for left in tiles(width):
                _stamp(canvas, motif, left, -6, TILE // 24)
        case Mark(text=text):
            canvas.setLineWidth(3)
            canvas.setDash()
            canvas.rect(2, -44, width - 4, 40)
            canvas.setFont(MONO_BOLD, SIZE)
            canvas.drawCentredString(width / 2, -31, text)
        case Barcode(bars=bars):
            _fill(canvas, bar_boxes(bars, width))
        case Code():
            _draw_code(canvas, block, width)


def _draw_text(canvas: Canvas, row: Text, width: int) -> None:
    size, base = (SIZE * LARGE[0] // LARGE[1], -33) if row.large else (SIZE, -20)
    canvas.setFont(MONO_BOLD if row.bold else MONO, size)
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
    _fill(canvas, code_boxes(code, code_left(code, width)))
    left, middle = code_text_left(code, width), code_side(code) // 2
    canvas.setFont(MONO, SIZE)
    canvas.drawString(left, 16 - middle, code.label)
    canvas.setFont(MONO_BOLD, SIZE * LARGE[0] // LARGE[1])
    canvas.drawString(left, -22 - middle, code.text)


def _path(canvas: Canvas, outlines: Iterable[Polygon]) -> PDFPathObject:
    """Outlines as one path, so that no seam shows between squares that touch."""
    path = canvas.beginPath()
    for first, *others in outlines:
        path.moveTo(*first)
        for corner in others:
            path.lineTo(*corner)
        path.close()
    return path


def _stamp(canvas: Canvas, path: PDFPathObject, x: float, y: float, scale: float) -> None:
    """Fill a path that has y down, enlarged, its origin at (x, y)."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(scale, -scale)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
