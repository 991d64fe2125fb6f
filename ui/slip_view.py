"""Papers on the screen as they come out of the printer: slips of the roll, and sheets."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QLinearGradient,
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
    tiles,
)
from pos.receipts.sheet import Sheet
from pos.receipts.svg import polygons
from pos.receipts.text import slip_text
from pos.text import _
from ui.shadow import paint_shadow
from ui.sheet_pen import paint_sheet
from ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SlipView(QScrollArea):
    """A paper to scroll through; `show_paper` changes it. It is as wide as the view allows."""

    def __init__(self, theme: Theme, *, sheet: int = 380) -> None:
        """`sheet` is how many px 210 mm of a sheet are wide at most: as designed, A5 across."""
        super().__init__()
        self._paper = _Paper(theme, sheet)
        self.setWidget(self._paper)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Receipt"))
        self.viewport().setAutoFillBackground(False)
        self._paper.setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._fade = _Fade(theme, self)
        for changed in (self.verticalScrollBar().rangeChanged, self.verticalScrollBar().valueChanged):
            changed.connect(self._show_fade)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper fades at the lower edge."""
        super().resizeEvent(event)
        inside = self.viewport().geometry()
        self._fade.setGeometry(inside.adjusted(0, inside.height() - self._fade.height(), 0, 0))

    def _show_fade(self) -> None:
        bar = self.verticalScrollBar()
        self._fade.setVisible(bar.value() < bar.maximum())

    def show_paper(self, paper: Slip | Sheet) -> None:
        """Show another paper from its top."""
        self._paper.show_paper(paper)
        self.setAccessibleDescription(slip_text(paper) if isinstance(paper, Slip) else paper.text)
        self.verticalScrollBar().setValue(0)


class _Fade(QWidget):
    """Where the paper goes on below the edge, it fades into the ground."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = theme.color("sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedHeight(theme.px(40))
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From nothing to the ground's colour."""
        clear = QColor(self._ground)
        clear.setAlpha(0)
        shade = QLinearGradient(0, 0, 0, self.height())
        shade.setColorAt(0, clear)
        shade.setColorAt(1, self._ground)
        QPainter(self).fillRect(self.rect(), shade)


class _Paper(QWidget):
    """The paper with its shadow."""

    def __init__(self, theme: Theme, sheet: int) -> None:
        super().__init__()
        self._theme = theme
        self._sheet = sheet
        self._paper: Slip | Sheet | None = None
        self._around = theme.px(16)  # room for the shadow
        self._above = theme.px(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_paper(self, paper: Slip | Sheet) -> None:
        self._paper = paper
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper grows with the view up to its natural width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shadow, paper, what is on it."""
        if not self._paper:
            return
        scale = self._scale(self._paper)
        width, height = _extent(self._paper)
        sheet = QRect(0, self._above, round(width * scale), round(height * scale))
        sheet.moveLeft((self.width() - sheet.width()) // 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shadow(painter, sheet, 2, self._theme, "pop")
        painter.fillRect(sheet, Qt.GlobalColor.white)
        painter.translate(sheet.topLeft())
        painter.scale(scale, scale)
        if isinstance(self._paper, Sheet):
            paint_sheet(painter, self._paper)
        else:
            _paint_slip(painter, self._paper)

    def _scale(self, paper: Slip | Sheet) -> float:
        """Px of the screen for one dot of a slip, for one mm of a sheet."""
        px = self._theme.px
        most = (
            px(380) / 640 if isinstance(paper, Slip) else px(self._sheet) / 210
        )  # 80 mm of roll are 640 dots
        return min(most, (self.width() - 2 * self._around) / _extent(paper)[0])

    def _fit(self) -> None:
        if self._paper:
            height = round(_extent(self._paper)[1] * self._scale(self._paper))
            self.setMinimumHeight(height + self._above + self._around)


def _extent(paper: Slip | Sheet) -> tuple[float, float]:
    """Width and height: of a slip in dots, of a sheet in mm."""
    if isinstance(paper, Sheet):
        return paper.width, paper.height
    return PAPERS[paper.columns], sum(map(block_height, paper.blocks)) + 2 * EDGE


def _paint_slip(painter: QPainter, slip: Slip) -> None:
    """Paint all blocks; one unit of the painter is a dot."""
    printed = slip.columns * CELL
    painter.translate((PAPERS[slip.columns] - printed) / 2, EDGE)
    for block in slip.blocks:
        paint_block(painter, block, printed)
        painter.translate(0, block_height(block))


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
            for left in tiles(width):
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
