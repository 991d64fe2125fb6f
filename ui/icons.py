"""Lucide icons from resources/icons, painted once per name, size, colour and pixel ratio."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from pos.paths import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


def icon_pixmap(name: str, size_px: int, color: QColor, dpr: float = 1.0) -> QPixmap:
    """The icon as a square of `size_px` logical px in `color`. Raises FileNotFoundError if there is none."""
    return _pixmap(name, size_px, color.name(QColor.NameFormat.HexArgb), dpr)


def icon(name: str, size_px: int, color: QColor) -> QIcon:
    """The icon for standard controls, sharp on screens of 100 % and 200 %."""
    from PySide6.QtGui import QIcon  # slow to come to Python: no icon of the first moment is one

    result = QIcon(icon_pixmap(name, size_px, color))
    result.addPixmap(icon_pixmap(name, size_px, color, 2.0))
    return result


@functools.lru_cache(maxsize=512)
def _pixmap(name: str, size_px: int, color: str, dpr: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    ink = QColor(color)
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", ink.name())  # QtSvg knows no currentColor
    pixmap = QPixmap(round(size_px * dpr), round(size_px * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(ink.alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap
