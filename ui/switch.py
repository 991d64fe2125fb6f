"""A switch: on or off at once, with its words before it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ui.icons import icon_pixmap
from ui.pressable import Pressable
from ui.theme import Theme


class Switch(Pressable):
    """`toggled` tells a change. The knob's place and a tick say what it is, not the colour alone."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text, "ghost", theme.radius("control"), theme)
        self.setCheckable(True)
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.size("touchMin"))

    def sizeHint(self) -> QSize:
        """Words and track."""
        px = self.theme.px
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + px(12 + 48), self.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Words at the left, track and knob at the right."""
        px, color = self.theme.px, self.theme.color
        painter.setPen(color("text" if self.isEnabled() else "textDisabled"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self.text())
        track = QRectF(0, 0, px(48), px(28))
        track.moveCenter(QRectF(rect).center())
        track.moveRight(rect.right() - 1)
        on = self.isChecked()
        painter.setPen(QPen(color("primary" if on else "borderInput"), px(2)))
        painter.setBrush(color("primary" if on else "surface"))
        painter.drawRoundedRect(track.adjusted(1, 1, -1, -1), track.height() / 2, track.height() / 2)
        knob = QRectF(0, 0, px(18), px(18))
        knob.moveCenter(track.center())
        knob.moveLeft(track.right() - px(23) if on else track.left() + px(5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("onPrimary" if on else "borderInput"))
        painter.drawEllipse(knob)
        if on:
            size = px(12)
            tick = icon_pixmap("check", size, color("primary"), self.devicePixelRatioF())
            place = knob.center().toPoint() - QRect(0, 0, size - 1, size - 1).center()
            painter.drawPixmap(place, tick)
