"""A sheet with a title and a way out, that is gone when it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.text import _
from ui.cover import Cover
from ui.theme import Theme
from ui.widgets import IconButton


class TitledSheet(Cover):
    """Subclasses say where it lies (`place`) and how title, `close_button` and `content` lie in it."""

    def __init__(self, over: QWidget, theme: Theme, title: str) -> None:
        super().__init__(over, theme)
        self.theme = theme
        self.setAccessibleName(title)
        self.close_button = IconButton("x", _("Close"), theme=theme)
        self.close_button.clicked.connect(self.leave)
        self.content = QVBoxLayout()
        self.content.setSpacing(theme.px(10))

    def open(self, first: QWidget | None = None) -> None:
        """Come up; `first` gets the keyboard."""
        self.cover()
        self.place()
        (first or self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Lay the paper where it belongs."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In its place."""
        super().resizeEvent(event)
        self.place()
