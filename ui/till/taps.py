"""What a finger or the mouse means on a list: a tap, a long press, or scrolling, which is neither."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScroller

LONG_MS = 500


class Taps(QObject):
    """Watches the viewport of `view`, which scrolls by touch from then on. Places are in px of the viewport.

    `pressed` tells where a press began, `tapped` where it ended as a tap, `held` where it became a long
    press. One that moved, that scrolled, or that stopped the list while it still ran on, is neither.
    """

    pressed = Signal(QPoint)
    tapped = Signal(QPoint)
    held = Signal(QPoint)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._start: QPoint | None = None  # of a press that may still become something
        self._long = QTimer(self, singleShot=True, interval=LONG_MS)
        self._long.timeout.connect(self._hold)
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self._forget)
        QScroller.grabGesture(view.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._scroller = QScroller.scroller(view.viewport())
        self._scroller.stateChanged.connect(self._follow)

    def eventFilter(self, _viewport: QObject, event: QEvent) -> bool:
        """Take the left button; hovering and the other buttons are left to the view."""
        if not isinstance(event, QMouseEvent):
            return False
        place = event.position().toPoint()
        if event.type() == QEvent.Type.MouseMove:
            reach = QApplication.startDragDistance()
            if self._start is not None and (place - self._start).manhattanLength() >= reach:
                self._forget()
            return bool(event.buttons() & Qt.MouseButton.LeftButton)  # nothing is selected by dragging
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._press(place)  # two quick taps are two taps
        elif event.type() == QEvent.Type.MouseButtonRelease and self._start is not None:
            self._forget()
            self.tapped.emit(place)
        return True

    def _press(self, place: QPoint) -> None:
        if self._scroller.state() == QScroller.State.Dragging:
            return  # it stopped a running list, and is not meant for what lies there by chance
        self._start = place
        self._long.start()
        self.pressed.emit(place)

    def _hold(self) -> None:
        place = self._start
        self._forget()
        if place is not None:
            self.held.emit(place)

    def _forget(self) -> None:
        self._start = None
        self._long.stop()

    def _follow(self, state: QScroller.State) -> None:
        if state == QScroller.State.Dragging:
            self._forget()
