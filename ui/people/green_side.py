"""The green side of the window: ground, songket motif, golden band, and the program's emblem."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.customer.ground import paint_band
from ui.pictures import illustration
from ui.theme import Theme
from ui.till.lettering import write

MOTIF, BAND = 96, 36  # px, always multiples of 24 (DESIGN.md chapter 13)


class GreenSide(QWidget):
    """Painted whole; nothing on it can be pressed. Subclasses paint what stands below the emblem."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, motif, band, emblem, and what is said on it."""
        theme, px, ratio = self.theme, self.theme.px, self.devicePixelRatioF()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("rail"))
        painter.setOpacity(0.11)
        painter.drawTiledPixmap(self.rect(), illustration("motif-lepus", MOTIF, MOTIF, ratio))
        painter.setOpacity(1)
        paint_band(painter, self.rect(), theme, "bottom", BAND)
        head = QRectF(px(34), px(30), px(188), px(72))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("rail"))
        painter.drawRoundedRect(head, theme.radius("card"), theme.radius("card"))
        emblem = px(52)
        painter.drawPixmap(px(44), px(40), illustration("lambang-lapak-gelap", emblem, emblem, ratio))
        name = QRectF(px(110), head.top(), px(110), head.height())
        write(painter, name, "Lapak", theme.font("heading", 34), theme.color("onRailActive"))
        self.paint_words(painter)

    def paint_words(self, painter: QPainter) -> None:
        """What stands on the ground."""

    def side(self) -> int:
        """How far a card stands from the edges, in px."""
        return self.theme.px(44 if self.width() >= self.theme.px(400) else 20)

    def paint_card(self, painter: QPainter, card: QRectF) -> QPen:
        """A quiet field with a fine golden edge; returns the pen of fine lines on it."""
        painter.setBrush(self.theme.color("rail"))
        edge = self.theme.color("railAccent")
        edge.setAlphaF(0.35)
        painter.setPen(QPen(edge, 1))
        radius = self.theme.radius("sheet")
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return QPen(edge, 1)
