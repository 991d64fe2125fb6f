"""The places of a bundle: what fills them, and which are still empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pos.text import _
from ui.photos import Photos
from ui.theme import Theme
from ui.till.lettering import CENTER, write
from ui.till.thumb import paint_thumb

SLOTS_HEIGHT = 60  # px
_GAP = 8  # px
MOST_DRAWN = 40  # places: beyond that only a number is said


class Slots(QWidget):
    """One square a place. A tap on one that is filled empties it: `emptied` tells its SKU."""

    emptied = Signal(str)

    def __init__(self, theme: Theme, photos: Photos) -> None:
        super().__init__()
        self._theme = theme
        self._photos = photos
        self._filled: Sequence[tuple[str, str]] = ()
        self._most = 0

    def show_filled(self, filled: Sequence[tuple[str, str]], most: int) -> None:
        """SKU and picture of what is in the first places, of `most` in all."""
        self._filled, self._most = filled, most
        self.setAccessibleName(_("{count} of {most} chosen").format(count=len(filled), most=most))
        self.update()

    def squares(self) -> list[QRectF]:
        """Where the places are, in px."""
        count, gap = min(self._most, MOST_DRAWN), self._theme.px(_GAP)
        if not count:
            return []
        side = min(self.height() - 2, (self.width() - 2 - (count - 1) * gap) / count)
        top = (self.height() - side) / 2
        return [QRectF(1 + n * (side + gap), top, side, side) for n in range(count)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Empty the place that was pressed."""
        for square, (sku, _image) in zip(self.squares(), self._filled, strict=False):
            if square.contains(event.position()):
                self.emptied.emit(sku)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pictures in those that are filled, numbers in the others."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, square in enumerate(self.squares()):
            radius = min(theme.radius("thumb"), square.width() / 4)
            if number < len(self._filled):
                paint_thumb(painter, square, self._filled[number][1], theme, self._photos)
                painter.setPen(QPen(theme.color("primary"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), radius, radius)
                continue
            painter.setPen(QPen(theme.color("borderInput"), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), radius, radius)
            if square.width() >= theme.px(24):
                write(painter, square, str(number + 1), theme.font("label"), theme.color("text3"), CENTER)
        if self._most > MOST_DRAWN:
            end = QPointF(self.width(), self.height())
            box = QRectF(end - QPointF(self.width(), self.height()), end)
            write(painter, box, f"… {self._most}", theme.font("label"), theme.color("text3"), CENTER)
