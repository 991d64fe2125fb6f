"""Widgets one after the other, in as many rows as they need."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flow(QWidget):
    """Holds widgets of their own sizes, `gap` px between them; as high as its rows are."""

    def __init__(self, gap: int, below: int | None = None) -> None:
        """`below` is the room between rows, where that is another."""
        super().__init__()
        self._gap = gap
        self._below = gap if below is None else below
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        """One more at the end."""
        part.setParent(self)
        self._parts.append(part)
        self.updateGeometry()

    def clear(self) -> None:
        """Take all away."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All in one row."""
        return QSize(self._places(1_000_000)[1].width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """The widest alone."""
        return QSize(max((part.sizeHint().width() for part in self._parts), default=0), 0)

    def heightForWidth(self, width: int) -> int:
        """As many rows as they need."""
        return self._places(width)[1].height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put them in their places."""
        super().resizeEvent(event)
        for part, place in zip(self._parts, self._places(self.width())[0], strict=True):
            part.setGeometry(place)
        self.updateGeometry()

    def _places(self, width: int) -> tuple[list[QRect], QRect]:
        places: list[QRect] = []
        around, at, high = QRect(), QPoint(0, 0), 0
        for part in self._parts:
            size = part.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at = QPoint(0, at.y() + high + self._below)
                high = 0
            places.append(QRect(at, size))
            around = around.united(places[-1])
            high = max(high, size.height())
            at = QPoint(at.x() + size.width() + self._gap, at.y())
        return places, around
