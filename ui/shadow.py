"""Soft shadows as nine pieces of one cached picture (a graphics effect would redraw all below it)."""

from __future__ import annotations

import functools

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.theme import Theme


def paint_shadow(painter: QPainter, shape: QRect, radius: int, theme: Theme, name: str) -> None:
    """Paint the shadow that `shape`, with round corners of `radius` px, throws (`pop` or `sheet`)."""
    down, blur, color = theme.shadow(name)
    dpr = painter.device().devicePixelRatio()
    patch = _patch(radius, blur, color.name(QColor.NameFormat.HexArgb), dpr)
    corner = radius + blur
    around = shape.translated(0, down).adjusted(-blur, -blur, blur, blur)
    xs = (around.left(), around.left() + corner, around.right() + 1 - corner, around.right() + 1)
    ys = (around.top(), around.top() + corner, around.bottom() + 1 - corner, around.bottom() + 1)
    cuts = [round(place * dpr) for place in (0, corner, corner + 1, 2 * corner + 1)]
    for row in range(3):
        for column in range(3):
            target = QRect(QPoint(xs[column], ys[row]), QPoint(xs[column + 1] - 1, ys[row + 1] - 1))
            source = QRect(QPoint(cuts[column], cuts[row]), QPoint(cuts[column + 1] - 1, cuts[row + 1] - 1))
            painter.drawPixmap(target, patch, source)


@functools.lru_cache(maxsize=16)
def _patch(radius: int, blur: int, color: str, dpr: float) -> QPixmap:
    """The shadow of the smallest possible shape: rings of growing faintness around it."""
    ink = QColor(color)
    side = 2 * (radius + blur) + 1
    pixmap = QPixmap(round(side * dpr), round(side * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(blur + 1):  # from the rim inwards; each replaces what lies under it
        ink.setAlphaF(QColor(color).alphaF() * (step / blur) ** 2)
        painter.setBrush(ink)
        corner = radius + blur - step
        painter.drawRoundedRect(QRectF(step, step, side - 2 * step, side - 2 * step), corner, corner)
    painter.end()
    return pixmap
