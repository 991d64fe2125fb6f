"""The ring around whoever holds the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Theme


class Ring(QWidget):
    """A frame of 3 px beside its target (a sibling, so it scrolls along), `gap` px away from it.

    `radius` is the target's corner radius in px.
    """

    def __init__(
        self, target: QWidget, radius: int, theme: Theme, *, gap: int = 2, color: str = "focus"
    ) -> None:
        super().__init__(target.parentWidget())
        self._target = target
        self._width = theme.px(3)
        self._reach = theme.px(gap) + self._width
        self._radius = radius + self._reach - self._width / 2
        self._color = theme.color(color)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        target.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)
        self._follow()
        self.show()

    def drop(self) -> None:
        """Go away."""
        self._target.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, _target: QObject, event: QEvent) -> bool:
        """Stay around the target wherever it goes."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Show):
            self.setVisible(event.type() == QEvent.Type.Show)
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Only the frame; the gap shows what lies below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._color, self._width))
        half = self._width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), self._radius, self._radius
        )

    def _follow(self) -> None:
        reach = self._reach
        around = self._target.geometry().adjusted(-reach, -reach, reach, reach)
        place = self.parentWidget()
        if place and reach > self._width:  # a ring is to be whole; a halo only goes around a field's frame
            around = around.intersected(place.rect())
        self.setGeometry(around)
        self.raise_()
