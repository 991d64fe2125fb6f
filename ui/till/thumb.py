"""A small picture of a product: its photo, or its illustration on its ground, in round corners."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath

from ui.photos import Photos
from ui.pictures import illustration
from ui.theme import Theme

_DRAWN = 44 / 54  # of the height: what the illustration takes of it


def paint_thumb(painter: QPainter, place: QRectF, name: str, theme: Theme, photos: Photos) -> None:
    """The picture `name` in the square `place` (px)."""
    side, radius = round(place.width()), min(theme.radius("thumb"), place.width() / 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.illustration_background(name))
    painter.drawRoundedRect(place, radius, radius)
    ratio = painter.device().devicePixelRatioF()
    photo = photos.photo(name, QSize(side, side), ratio)
    if photo is None:
        height = round(side * _DRAWN)
        drawing = illustration(name, side, height, ratio)
        painter.drawPixmap(QPointF(place.left(), place.top() + (side - height) // 2), drawing)
        return
    shape = QPainterPath()
    shape.addRoundedRect(place, radius, radius)
    painter.save()
    painter.setClipPath(shape)
    painter.drawPixmap(place.topLeft(), photo)
    painter.restore()
