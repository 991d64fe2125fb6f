"""The receipt on the screen: the slip's blocks in black on white, as they come out of the printer."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QScroller, QSizePolicy, QWidget

from pos.paths import resource
from pos.receipts.blocks import LARGE, Band, Barcode, Block, Code, Logo, Mark, Rule, Slip, Text
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
    code_text_width,
)
from pos.receipts.svg import polygons
from pos.receipts.text import slip_text
from pos.text import _
from ui.shadow import paint_shadow
from ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SlipView(QScrollArea):
    """A receipt to scroll through; `show_slip` changes it. The paper is as wide as the view allows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._paper = _Paper(theme)
        self.setWidget(self._paper)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Receipt"))
        self.viewport().setAutoFillBackground(False)
        self._paper.setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_slip(self, slip: Slip) -> None:
        """Show another receipt from its top."""
        self._paper.show_slip(slip)
        self.setAccessibleDescription(slip_text(slip))
        self.verticalScrollBar().setValue(0)


class _Paper(QWidget):
    """The paper with its shadow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._slip: Slip | None = None
        self._around = theme.px(16)  # room for the shadow
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_slip(self, slip: Slip) -> None:
        self._slip = slip
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper grows with the view up to its natural width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shadow, paper, blocks."""
        if not self._slip:
            return
        dot = self._dot()
        width, height = _extent(self._slip)
        printed = self._slip.columns * CELL
        paper = QRect(0, self._around, round(width * dot), round(height * dot))
        paper.moveLeft((self.width() - paper.width()) // 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shadow(painter, paper, 2, self._theme, "pop")
        painter.fillRect(paper, Qt.GlobalColor.white)
        painter.translate(paper.topLeft())
        painter.scale(dot, dot)
        painter.translate((width - printed) / 2, EDGE)
        for block in self._slip.blocks:
            paint_block(painter, block, printed)
            painter.translate(0, block_height(block))

    def _dot(self) -> float:
        """Px of the screen for one dot of the paper."""
        widest = self._theme.px(380) / 640  # 80 mm paper
        width, _height = _extent(self._slip) if self._slip else (640, 0)
        return min(widest, (self.width() - 2 * self._around) / width)

    def _fit(self) -> None:
        if self._slip:
            height = round(_extent(self._slip)[1] * self._dot())
            self.setMinimumHeight(height + 2 * self._around)


def _extent(slip: Slip) -> tuple[int, int]:
    """Width and height of the paper in dots."""
    height = sum(block_height(block) for block in slip.blocks)
    return PAPERS[slip.columns], height + 2 * EDGE


def paint_block(painter: QPainter, block: Block, width: int) -> None:
    """Paint a block below the painter's origin, in dots."""
    painter.setPen(QPen(Qt.GlobalColor.black, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match block:
        case Text():
            _paint_text(painter, block, width)
        case Rule():
            painter.setPen(QPen(Qt.GlobalColor.black, 2, Qt.PenStyle.CustomDashLine))
            pen = painter.pen()
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawLine(0, 12, width, 12)
        case Logo():
            _stamp(painter, "lambang-lapak-hitam", QPointF((width - LOGO) / 2, -12), LOGO / 48)
        case Band():
            for left in range(0, width, TILE):
                _stamp(painter, "motif-pucuk", QPointF(left, 6), TILE / 24)
        case Mark(text=text):
            painter.drawRect(QRectF(2, 4, width - 4, 40))
            painter.setFont(_type(SIZE, bold=True))
            painter.drawText(QRectF(0, 4, width, 40), Qt.AlignmentFlag.AlignCenter, text)
        case Barcode(bars=bars):
            _fill(painter, bar_boxes(bars, width))
        case Code():
            _paint_code(painter, block, width)


def _paint_text(painter: QPainter, row: Text, width: int) -> None:
    painter.setFont(_type(SIZE * LARGE[0] / LARGE[1] if row.large else SIZE, bold=row.bold))
    box = QRectF(0, 0, width, block_height(row))
    if row.align == "center":
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.left)
        return
    indent = len(row.left) - len(row.left.lstrip())
    painter.drawText(box.adjusted(indent * CELL, 0, 0, 0), _LEFT, row.left.lstrip())
    painter.drawText(box, _RIGHT, row.right)


def _fill(painter: QPainter, boxes: Iterable[Box]) -> None:
    path = QPainterPath()
    for box in boxes:
        path.addRect(*box)
    painter.fillPath(path, Qt.GlobalColor.black)


def _paint_code(painter: QPainter, code: Code, width: int) -> None:
    """The QR code with its text beside it, both together in the middle."""
    _fill(painter, code_boxes(code, code_left(code, width)))
    top = code_side(code) / 2 - 38
    text = QRectF(code_text_left(code, width), top, code_text_width(code) + CELL, 36)
    painter.setFont(_type(SIZE))
    painter.drawText(text, _LEFT, code.label)
    painter.setFont(_type(SIZE * LARGE[0] / LARGE[1], bold=True))
    painter.drawText(text.translated(0, 34), _LEFT, code.text)


def _stamp(painter: QPainter, name: str, corner: QPointF, scale: float) -> None:
    painter.save()
    painter.translate(corner)
    painter.scale(scale, scale)
    painter.fillPath(_outline(name), Qt.GlobalColor.black)
    painter.restore()


@functools.cache
def _outline(name: str) -> QPainterPath:
    """An illustration as one path, so that no seam shows between squares that touch."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for corners in polygons(name):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
    return path


@functools.cache
def _type(size: float, *, bold: bool = False) -> QFont:
    """The receipt's type in dots; its two faces are loaded when a receipt is first shown."""
    path = resource(f"fonts/LapakMono-{'Bold' if bold else 'Regular'}.ttf")
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    font = QFont(families)
    font.setPixelSize(round(size))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # it is painted enlarged or reduced
    return font
