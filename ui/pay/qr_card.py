"""The QRIS code on its white card: whose it is, the code, and which sale it is for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.payments import METHODS
from pos.qris import QrShown
from ui.qr import QUIET, modules, paint_qr
from ui.theme import Theme, load_theme
from ui.widgets import fitted

WIDTH = 286  # px of the card at 100 %; a code with many modules may need more
HEAD, FOOT, SIDE = 34, 50, 16  # px above the code, below it, and beside the texts
TILT = 32  # degrees of the watermark


class QrCard(QWidget):
    """Paints a code as large as whole px allow. It is paper: white with dark ink in every mode."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._paper = load_theme("light", theme.scale)
        self._shown: QrShown | None = None
        self._below = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_code(self, shown: QrShown, below: str) -> None:
        """Show this code; `below` says where and for which sale."""
        self._shown = shown
        self._below = below
        self.setAccessibleName(", ".join((METHODS["qris"].name, shown.merchant, f"NMID {shown.nmid}")))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """A code of 61 modules in 3 px each, and its texts."""
        px = self._theme.px
        return QSize(px(3 * 69), px(3 * 69 + HEAD + FOOT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card, texts, code."""
        shown = self._shown
        if shown is None:
            return
        px, paper = self._theme.px, self._paper
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(modules(shown.payload)) + 2 * QUIET
        room = min(self.width(), self.height() - px(HEAD + FOOT))
        side = room // count * count
        card = QRect(0, 0, min(max(px(WIDTH), side), self.width()), side + px(HEAD + FOOT))
        card.moveLeft((self.width() - card.width()) // 2)
        shape = QPainterPath()
        radius = paper.radius("card")
        shape.addRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(shape, paper.color("surface"))
        code = QRect(card.center().x() + 1 - side // 2, px(HEAD), side, side)
        paint_qr(painter, code, shown.payload)
        painter.setPen(QPen(paper.color("border"), 1))
        painter.drawPath(shape)
        if shown.practice:
            self._paint_watermark(painter, code, shown.practice)
        inner = card.adjusted(px(SIDE), 0, -px(SIDE), 0)
        self._paint_head(painter, shown, QRect(inner.left(), px(10), inner.width(), px(30)))
        self._paint_foot(painter, shown, inner.adjusted(0, code.bottom() + 1, 0, 0))

    def _paint_head(self, painter: QPainter, shown: QrShown, area: QRect) -> None:
        paper = self._paper
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(paper.color("text"))
        painter.setFont(paper.font("buttonLarge", 17))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, METHODS["qris"].name)
        taken = painter.fontMetrics().horizontalAdvance(METHODS["qris"].name) + paper.px(12)
        nmid = f"NMID {shown.nmid}"
        painter.setFont(fitted(paper.font("caption"), nmid, area.width() - taken))
        painter.setPen(paper.color("text2"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, nmid)

    def _paint_foot(self, painter: QPainter, shown: QrShown, area: QRect) -> None:
        paper = self._paper
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setPen(paper.color("text"))
        painter.setFont(fitted(paper.font("price", 15), shown.merchant, area.width()))
        painter.drawText(area, centre, shown.merchant)
        painter.setPen(paper.color("text2"))
        painter.setFont(fitted(paper.font("caption"), self._below, area.width()))
        painter.drawText(area.adjusted(0, paper.px(21), 0, 0), centre, self._below)

    def _paint_watermark(self, painter: QPainter, code: QRect, word: str) -> None:
        """`word` across the code: no phone reads it, and nobody takes it for a real one."""
        font = self._paper.font("amountLarge")
        font.setPixelSize(max(code.width() // 6, 1))
        metrics = QFontMetrics(font)
        path = QPainterPath()
        path.addText(QPointF(-metrics.horizontalAdvance(word) / 2, metrics.ascent() / 3), font, word)
        painter.save()
        painter.translate(QRectF(code).center())
        painter.rotate(-TILT)
        painter.setPen(QPen(self._paper.color("surface"), self._paper.px(12)))
        painter.drawPath(path)
        painter.fillPath(path, self._paper.color("danger"))
        painter.restore()
