"""A screen of the menu beside the till: what each does when it comes into sight or goes stale."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.app import App


class Scan(Enum):
    """What a screen answers to a scan; the sound of it follows from that."""

    TAKEN = "taken"
    REFUSED = "refused"  # and the screen has said why
    ELSEWHERE = "elsewhere"  # it means nothing here: it is the till's


class Page(QWidget):
    """Reads its data anew when it comes into sight, and while it is there whenever something was posted.

    Subclasses build their widgets once and fill them in `refresh`.
    """

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self._stale = True
        app.posted.connect(self._news)
        app.renewed.connect(self._news)
        app.shift_changed.connect(self._news)
        app.staff_changed.connect(self._news)

    def begin(self) -> None:
        """It has come into sight: show what is true now, and put the keyboard where work begins."""
        if self._stale:
            self._stale = False
            self.refresh()
        self.take_focus()

    def refresh(self) -> None:
        """Ask the ledger, and show what it says."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the keyboard where work begins."""

    def covered(self) -> bool:
        """Whether a sheet lies over it."""
        from ui.cover import Cover

        return any(sheet.isVisible() for sheet in self.findChildren(Cover))

    def take_scan(self, _code: str) -> Scan:
        """Something was scanned while it is in sight."""
        return Scan.ELSEWHERE

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.app.theme.color("bg"))

    def _news(self) -> None:
        if self.isVisible():
            self._stale = False
            self.refresh()
        else:
            self._stale = True
