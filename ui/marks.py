"""Small marks painted inside other things: key hints and the gold diamond."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from ui.theme import Theme


def keycap_size(text: str, theme: Theme) -> QSize:
    """The size of a key hint in px; without width when hints are not shown."""
    if not theme.hints:
        return QSize(0, theme.px(20))
    width = QFontMetrics(theme.font("keycap")).horizontalAdvance(text)
    return QSize(width + theme.px(12), theme.px(20))


def paint_keycap(
    painter: QPainter, left: QPointF, text: str, theme: Theme, colors: tuple[str, QColor]
) -> None:
    """Paint a key hint with its left edge's middle at `left`; `colors` are fill (a token's name,
    none for only the letters) and ink.
    """
    if not theme.hints:
        return
    size = keycap_size(text, theme)
    box = QRectF(left.x(), left.y() - size.height() / 2, size.width(), size.height())
    fill, ink = colors
    edge = QColor(ink)
    edge.setAlphaF(0.28)
    painter.save()
    if fill:
        painter.setBrush(theme.color(fill))
        painter.setPen(QPen(edge, 1))
        radius = theme.radius("key")
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(theme.font("keycap"))
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def paint_diamond(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """The gold diamond: this institution has not sold today. 10 px across."""
    half = theme.px(10) / 2 + 1
    painter.save()
    painter.translate(centre)
    painter.rotate(45)
    painter.setBrush(theme.color("gold"))
    painter.setPen(QPen(theme.color("goldStrong"), 1.5))
    side = half * 1.414
    painter.drawRoundedRect(QRectF(-side / 2, -side / 2, side, side), 1.5, 1.5)
    painter.restore()
