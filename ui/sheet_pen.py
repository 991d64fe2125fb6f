"""Paints sheets on the screen: the same marks at the same places as on paper (pos/receipts/sheet.py)."""

from __future__ import annotations

import functools

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from pos.paths import resource
from pos.receipts.sheet import Frame, Picture, Shape, Sheet, Stamp, Stroke, Weight, Words, ink

FINE = 40  # units of type in 1 mm: Qt counts the size of letters in whole ones
_POINT = 25.4 / 72  # mm


def paint_sheet(painter: QPainter, sheet: Sheet) -> None:
    """Paint below and to the right of the painter's origin; one unit of the painter is 1 mm.

    What reaches over the paper's edge, as a pattern band does, ends there: it does on paper.
    """
    painter.setClipRect(QRectF(0, 0, sheet.width, sheet.height), Qt.ClipOperation.IntersectClip)
    for stamp in sheet.stamps:
        _paint(painter, stamp)


def _paint(painter: QPainter, stamp: Stamp) -> None:
    if isinstance(stamp, Picture):
        place = QRectF(stamp.x, stamp.y, stamp.width, stamp.height)
        painter.drawImage(place, QImage.fromData(stamp.data))
        return
    color = QColor(ink(stamp.color))
    match stamp:
        case Words():
            _write(painter, stamp, color)
        case Stroke(x=x, y=y, width=width):
            painter.setPen(_pen(stamp, color))
            painter.drawLine(QLineF(x, y, x + width, y))
        case Frame(x=x, y=y, width=width, height=height, radius=radius):
            painter.setPen(_pen(stamp, color))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)
        case Shape():
            painter.save()
            painter.translate(stamp.x, stamp.y)
            painter.scale(stamp.scale, stamp.scale)
            painter.fillPath(_path(stamp), color)
            painter.restore()


def _write(painter: QPainter, words: Words, color: QColor) -> None:
    font = _type(words.weight, round(words.size * _POINT * FINE))
    width = QFontMetricsF(font).horizontalAdvance(words.text)
    before = {"left": 0.0, "center": width / 2, "right": width}[words.align]
    painter.save()
    painter.translate(words.x, words.y)
    painter.scale(1 / FINE, 1 / FINE)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QPointF(-before, 0), words.text)
    painter.restore()


def _pen(stamp: Stroke | Frame, color: QColor) -> QPen:
    pen = QPen(color, stamp.thick)
    if stamp.dotted:
        pen.setDashPattern([0.4 / stamp.thick, 0.8 / stamp.thick])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _path(shape: Shape) -> QPainterPath:
    """The outlines as one path, so that no seam shows between squares that touch."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for corners in shape.outlines:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
    return path


@functools.cache
def _families(weight: Weight) -> tuple[str, ...]:
    path = resource(f"fonts/LapakSans-{weight}.ttf")
    return tuple(QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path))))


@functools.cache
def _type(weight: Weight, size: int) -> QFont:
    """The sheets' letters, `size` units high; a face is loaded when a sheet is first shown."""
    font = QFont(list(_families(weight)))
    font.setPixelSize(size)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # it is painted reduced
    return font
