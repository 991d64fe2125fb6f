"""The green ground with its songket motif, the golden bands, and the mark of practice data."""

from __future__ import annotations

import functools
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap, QPolygonF

from pos.receipts.svg import polygons
from ui.customer.lettering import face_font
from ui.theme import Theme
from ui.till.lettering import CENTER, write
from ui.widgets import fitted

CELLS = 24  # of a motif's side
TILE = 96  # px
GOLD = 0.9  # opacity of a band


def paint_ground(painter: QPainter, area: QRect, theme: Theme, opacity: float) -> None:
    """The green of the menu under the motif, whose opacity is 0.09 to 0.11 (DESIGN.md chapter 13)."""
    ratio = painter.device().devicePixelRatioF()
    cell = max(1, round(theme.px(TILE) * ratio / CELLS))  # whole px: the motif is woven, never blurred
    colors = theme.color("rail").rgba(), _gold(theme, opacity).rgba()
    painter.save()
    painter.translate(area.topLeft())
    painter.scale(1 / ratio, 1 / ratio)
    whole = QRect(0, 0, round(area.width() * ratio), round(area.height() * ratio))
    painter.drawTiledPixmap(whole, _tile("motif-lepus", cell * CELLS, colors))
    painter.restore()


def paint_band(
    painter: QPainter, area: QRect, theme: Theme, edge: Literal["top", "bottom"], height: int
) -> None:
    """A band of shoots along an edge of `area`, `height` px of the design high, their tips inwards."""
    ratio = painter.device().devicePixelRatioF()
    side = max(CELLS // 2, round(theme.px(height) * ratio))
    tile = _tile("motif-pucuk", side, (0, _gold(theme, GOLD).rgba()))
    painter.save()
    painter.translate(area.left(), area.bottom() + 1 if edge == "bottom" else area.top())
    painter.scale(1 / ratio, (1 if edge == "bottom" else -1) / ratio)
    painter.drawTiledPixmap(QRect(0, -side, round(area.width() * ratio), side), tile)
    painter.restore()


def paint_card(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A quiet field with a fine golden edge."""
    painter.setPen(line_color(theme))
    painter.setBrush(theme.color("rail"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(32), theme.px(32))


def line_color(theme: Theme) -> QColor:
    """Fine golden lines on the green."""
    return _gold(theme, 0.4)


def sample_width(theme: Theme, word: str) -> int:
    """How wide the mark of practice data is in px."""
    text = QFontMetrics(_sample_font(theme)).horizontalAdvance(word)
    return text + theme.px(32)


def paint_sample_mark(painter: QPainter, right: float, top: float, theme: Theme, word: str) -> None:
    """The small mark of practice data, its upper right corner at (`right`, `top`)."""
    pill = QRectF(right - sample_width(theme, word), top, sample_width(theme, word), theme.px(32))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("warnSoft"))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    write(painter, pill, word, _sample_font(theme), theme.color("onWarnSoft"), CENTER)


def _sample_font(theme: Theme) -> QFont:
    return face_font(theme, "label", 16, 700)


def paint_watermark(painter: QPainter, code: QRect, theme: Theme, word: str) -> None:
    """`word` across a QR code and two of its three corners: no phone reads it, nobody pays into nothing."""
    painter.save()
    painter.setClipRect(code, Qt.ClipOperation.IntersectClip)
    painter.translate(QRectF(code).center())
    painter.rotate(-45)
    length, high = code.width() * 1.5, code.height() * 0.24
    band = QRectF(-length / 2, -high / 2, length, high)
    painter.fillRect(band, theme.color("dangerSoft"))
    font = fitted(theme.font("customerTotal"), word, int(length * 0.55))
    painter.setFont(font)
    painter.setPen(theme.color("onDangerSoft"))
    painter.drawText(band, CENTER, word)
    painter.restore()


def _gold(theme: Theme, opacity: float) -> QColor:
    color = theme.color("railAccent")
    color.setAlphaF(opacity)
    return color


@functools.lru_cache(maxsize=8)
def _tile(name: str, side: int, colors: tuple[int, int]) -> QPixmap:
    """One motif, `side` px of the device wide, without any smoothing; `colors` of ground and motif (rgba)."""
    ground, color = (QColor.fromRgba(rgba) for rgba in colors)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for corners in polygons(name):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
    tile = QPixmap(side, side)
    tile.fill(ground)
    painter = QPainter(tile)
    painter.scale(side / CELLS, side / CELLS)
    painter.fillPath(path, color)
    painter.end()
    return tile
