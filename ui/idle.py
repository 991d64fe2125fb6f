"""When nobody has touched the till for a while it is locked; the cart and the place stay."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_SIGNS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.Wheel,
}


class IdleWatch(QObject):
    """Calls `lock` after `minutes` without a key, a tap or a touch; 0 minutes: never."""

    def __init__(self, lock: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(lock)
        application = QApplication.instance()
        if application:
            application.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Watch for this long."""
        self._timer.setInterval(minutes * 60_000)
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any sign of a person starts the time anew."""
        if self._timer.interval() and event.type() in _SIGNS:  # also after it has locked once
            self._timer.start()
        return False
