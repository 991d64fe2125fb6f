"""A moment without presses: the rest of a double click was meant for what lay in the same place before."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

DOUBLE_MS = (
    400  # within which a second press was begun together with the first; Qt is told of none (ui/dress.py)
)


class Hush(QObject):
    """Keeps mouse and finger from `parts` for a while after `begin`; keys are not kept from them."""

    def __init__(self, *parts: QWidget, share: float = 1.0) -> None:
        """`share` is how much of DOUBLE_MS it lasts."""
        super().__init__(parts[0])
        self._parts = parts
        self._share = share
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._end)

    def begin(self) -> None:
        """From now on."""
        self._set(on=True)
        self._timer.start(round(DOUBLE_MS * self._share))

    def _end(self) -> None:
        self._set(on=False)

    def _set(self, *, on: bool) -> None:
        for part in self._parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on)
