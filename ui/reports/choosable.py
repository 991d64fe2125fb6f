"""Painted places that can be gone to and opened: bars, rows. By mouse, finger and keyboard alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ui.keys import action_of
from ui.theme import Theme

_TABBED = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}


def paint_chosen(painter: QPainter, rows: Choosable, number: int) -> None:
    """The ground of the row that is chosen, and its frame where the keyboard stands."""
    if number != rows.chosen:
        return
    theme, px = rows.theme, rows.theme.px
    painter.save()
    painter.setBrush(theme.color("sunken"))
    painter.setPen(QPen(theme.color("focus"), px(2)) if rows.hasFocus() else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rows.place(number).adjusted(1, 1, -1, -1), px(6), px(6))
    painter.restore()


def middle_cut(words: str, metrics: QFontMetrics, room: int) -> str:
    """Names that begin alike are told apart by their ends."""
    return metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)


class Choosable(QWidget):
    """Arrows go from place to place, Enter opens; the pointer chooses by resting there, and opens by a click.
    Where `shows_first` a finger's first tap only chooses, for it cannot rest. `opened` tells which.
    """

    opened = Signal(int)
    shows_first = False
    back, forth = Qt.Key.Key_Up, Qt.Key.Key_Down

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.chosen: int | None = None
        self._pressed: tuple[int, QPoint, bool] | None = None  # the place, where, whether it opens
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def count(self) -> int:
        """How many places there are."""
        raise NotImplementedError

    def place(self, number: int) -> QRectF:
        """Where one is, px."""
        raise NotImplementedError

    def told(self, number: int) -> str:
        """What one stands for, in words."""
        raise NotImplementedError

    def opens(self, number: int) -> bool:
        """Whether anything stands behind it."""
        return number < self.count()

    def first(self) -> int:
        """Where the arrows begin."""
        return 0

    def choose(self, number: int | None) -> None:
        """Go there; None: nowhere."""
        if number == self.chosen:
            return
        self.chosen = number
        if number is not None:
            self.setAccessibleDescription(self.told(number))
        self.setCursor(
            Qt.CursorShape.PointingHandCursor
            if number is not None and self.opens(number)
            else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From place to place; Enter opens."""
        steps = {self.back: -1, self.forth: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count() - 1}
        key = Qt.Key(event.key())
        if not self.count() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in steps:
            here = self.first() if self.chosen is None else self.chosen + steps[key]
            self.choose(min(max(here, 0), self.count() - 1))
        elif key in ends:
            self.choose(ends[key])
        elif action_of(event, "table") == "open row" and self.chosen is not None:
            self._open(self.chosen)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What the pointer rests on is chosen; a finger does not rest."""
        touch = event.pointingDevice().type() == QInputDevice.DeviceType.TouchScreen
        if not touch and not event.buttons():
            self.choose(self._at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Chosen at once; it opens when it is let go there."""
        number = self._at(event.position().toPoint())
        opens = not self.shows_first or number == self.chosen
        self.choose(number)
        where = event.globalPosition().toPoint()  # what is scrolled goes along with the finger
        self._pressed = (number, where, opens) if number is not None else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Unless the finger moved on: then it scrolled."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or not pressed[2]:
            return
        moved = (event.globalPosition().toPoint() - pressed[1]).manhattanLength()
        if moved < QApplication.startDragDistance():
            self._open(pressed[0])

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone; the keyboard stays."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.choose(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard stands on a row; of bars it frames them all first."""
        super().focusInEvent(event)
        if event.reason() in _TABBED and not self.shows_first and self.count():
            self.choose(self.first())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen any more."""
        super().focusOutEvent(event)
        self.choose(None)
        self.update()

    def event(self, event: QEvent) -> bool:
        """What the pointer rests on is told."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(event.pos())
            if number is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.told(number), self)
            return True
        return super().event(event)

    def _open(self, number: int) -> None:
        if self.opens(number):
            self.opened.emit(number)

    def _at(self, point: QPoint) -> int | None:
        return next((n for n in range(self.count()) if self.place(n).contains(QPointF(point))), None)
