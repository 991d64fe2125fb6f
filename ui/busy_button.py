"""A button that says what it is doing while it is done."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter

from ui.icons import icon_pixmap
from ui.pressable import Kind
from ui.theme import Theme
from ui.widgets import Button

BUSY_AFTER_MS, TURN_MS = 300, 1000  # DESIGN.md chapter 9
PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BusyButton(Button):
    """As a Button; while it is busy it keeps its width and takes no further press."""

    def __init__(self, text: str, *, kind: Kind = "primary", theme: Theme) -> None:
        super().__init__(text, kind=kind, theme=theme)
        self._doing = ""
        self._seen = False
        self._turn = QVariantAnimation(self, duration=TURN_MS)
        self._turn.setLoopCount(-1)
        self._turn.setStartValue(0.0)
        self._turn.setEndValue(360.0)
        self._turn.valueChanged.connect(lambda _angle: self.update())

    def set_busy(self, doing: str) -> None:
        """It is doing what it was pressed for: `doing` (`Saving…`) beside a turning mark; empty: done.

        What is over within BUSY_AFTER_MS is not shown.
        """
        self._doing, self._seen = doing, False
        self._turn.stop()
        if doing:
            QTimer.singleShot(BUSY_AFTER_MS, self, self.show_busy)
        self.setAccessibleName(self.text())
        self.update()

    def show_busy(self) -> None:
        """Show it, if it is still so."""
        if self._doing:
            self._seen = True
            self.setAccessibleName(self._doing)
            if not self.theme.calm:
                self._turn.start()
            self.update()

    def hitButton(self, place: QPoint) -> bool:
        """A busy button cannot be pressed again."""
        return not self._doing and super().hitButton(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nor by the keyboard; whoever it lies on hears nothing of it either."""
        if not self._doing or event.key() not in PRESSES:
            super().keyPressEvent(event)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The turning mark and the verb, in the middle."""
        if not self._seen:
            super().paint_content(painter, rect)
            return
        size, gap = self.theme.size("icon.normal"), self.theme.px(8)
        words = QFontMetrics(self.font()).horizontalAdvance(self._doing)
        left = (rect.width() - size - gap - words) / 2
        mark = icon_pixmap("loader-circle", size, self.ink(), self.devicePixelRatioF())
        painter.save()
        painter.translate(QPointF(left + size / 2, rect.height() / 2))
        painter.rotate(float(self._turn.currentValue() or 0))
        painter.drawPixmap(QPointF(-size / 2, -size / 2), mark)
        painter.restore()
        painter.drawText(
            rect.adjusted(round(left + size + gap), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._doing
        )
