"""How a cell of the board is painted: once for each state and size, then only copied."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from pos.reports.board import Mark
from pos.text import _
from ui.marks import paint_diamond
from ui.theme import Theme

FILLS = {
    Mark.MISSED: "heat0",
    Mark.LOW: "heat1",
    Mark.SOME: "heat2",
    Mark.GOOD: "heat3",
    Mark.TOP: "heat4",
    Mark.AHEAD: "heatFuture",
    Mark.CLOSED: "sunken",
}
CORNER = 4  # px


def mark_name(mark: Mark) -> str:
    """What a state is called in the legend."""
    return {
        Mark.MISSED: _("Not sold"),
        Mark.LOW: _("< 250 thousand"),
        Mark.SOME: _("250–500 thousand"),
        Mark.GOOD: _("500 thousand–1 million"),
        Mark.TOP: _("≥ 1 million"),
        Mark.AHEAD: _("To come"),
        Mark.WAITING: _("Not sold today"),
        Mark.CLOSED: _("Closed day"),
        Mark.ABSENT: _("Not joined"),
    }[mark]


class Stamps:
    """The cells of one theme at one pixel ratio."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._made: dict[tuple[Mark, int, int, bool, float], QPixmap] = {}

    def cell(self, mark: Mark, width: int, height: int, ratio: float, *, today: bool = False) -> QPixmap:
        """A cell of this size in logical px."""
        key = (mark, width, height, today, ratio)
        found = self._made.get(key)
        if found is None:
            found = QPixmap(round(width * ratio), round(height * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_mark(painter, QRectF(0, 0, width, height), mark, self.theme, today=today)
            painter.end()
            self._made[key] = found
        return found


def paint_mark(painter: QPainter, box: QRectF, mark: Mark, theme: Theme, *, today: bool = False) -> None:
    """One cell: its ground, and a shape, so that no meaning hangs on a colour."""
    px, radius = theme.px, min(theme.px(CORNER), box.width() / 3)
    painter.setPen(Qt.PenStyle.NoPen)
    if mark is Mark.WAITING:
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("goldStrong"), px(2)))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        paint_diamond(painter, box.center(), theme)
        return
    if mark is Mark.ABSENT:
        painter.setPen(QPen(theme.color("borderStrong"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return
    ground = theme.color(FILLS[mark])
    painter.setBrush(ground)
    painter.drawRoundedRect(box, radius, radius)
    if mark is Mark.MISSED:
        flat, line = Qt.PenCapStyle.FlatCap, Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.color("danger"), px(2), line, flat))
        middle, half = box.center(), min(px(4), box.width() / 4)
        painter.drawLine(QPointF(middle.x() - half, middle.y()), QPointF(middle.x() + half, middle.y()))
    elif mark is Mark.CLOSED:
        painter.setPen(QPen(theme.color("borderInput"), 1.2))
        middle, half = box.center(), min(px(4), box.width() / 4)
        painter.drawLine(
            QPointF(middle.x() - half, middle.y() + half), QPointF(middle.x() + half, middle.y() - half)
        )
    elif today and mark is not Mark.AHEAD:
        _paint_tick(painter, box.center(), px(1), _ink(ground, theme))


def _paint_tick(painter: QPainter, middle: QPointF, unit: float, ink: QColor) -> None:
    """A tick 9 units wide."""
    painter.setPen(
        QPen(ink, 1.7 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = ((-4, 0.3), (-1.4, 2.8), (4, -2.8))
    painter.drawPolyline([QPointF(middle.x() + x * unit, middle.y() + y * unit) for x, y in corners])


def _ink(ground: QColor, theme: Theme) -> QColor:
    """The darker or lighter of text and surface, whichever stands out more."""
    text, surface = theme.color("text"), theme.color("surface")
    far = abs(text.lightness() - ground.lightness()), abs(surface.lightness() - ground.lightness())
    return text if far[0] > far[1] else surface
