"""Hands on the lists of the till: a finger on the touch screen, a long press, the right button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ui.till.desk import Desk
from ui.till.taps import LONG_MS


class Finger:
    """One finger on the touch screen, on the viewport of a list."""

    def __init__(self, view: QAbstractItemView) -> None:
        self.on = view.viewport()
        self.device = QTest.createTouchDevice()

    def press(self, at: QPoint) -> None:
        """Put it down."""
        QTest.touchEvent(self.on, self.device).press(0, at, self.on).commit()

    def move(self, start: QPoint, to: QPoint, steps: int = 8) -> None:
        """Draw it over the screen, at the pace of a hand."""
        for step in range(1, steps + 1):
            at = start + (to - start) * step / steps
            QTest.touchEvent(self.on, self.device).move(0, at, self.on).commit()
            QTest.qWait(8)

    def lift(self, at: QPoint) -> None:
        """Take it away."""
        QTest.touchEvent(self.on, self.device).release(0, at, self.on).commit()

    def tap(self, at: QPoint) -> None:
        """Down and up."""
        self.press(at)
        self.lift(at)


def right_click(desk: Desk, place: QPoint) -> None:
    viewport = desk.till.goods.grid.viewport()
    where = viewport.mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where, Qt.KeyboardModifier.NoModifier)
    QTest.mousePress(viewport, Qt.MouseButton.RightButton, pos=place)
    QApplication.sendEvent(viewport, event)
    QTest.mouseRelease(viewport, Qt.MouseButton.RightButton, pos=place)


def press_long(desk: Desk, place: QPoint) -> None:
    viewport = desk.till.goods.grid.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.qWait(LONG_MS + 50)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)


def touch_long(desk: Desk, place: QPoint) -> None:
    finger = Finger(desk.till.goods.grid)
    finger.press(place)
    QTest.qWait(LONG_MS + 50)
    finger.lift(place)
