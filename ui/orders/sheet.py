"""What all sheets of the orders share: a title, a way out, and the room they take over the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _
from ui.cover import Cover
from ui.keys import action_of, keycap
from ui.theme import Theme
from ui.widgets import Button, hline, label


class Sheet(Cover):
    """Lies over its parent until it is answered; `closed` once it is gone, whyever.

    `width` and `height` in px at 100 %; it shrinks with the window. Content goes into `body`, buttons that
    stay in sight into `head`.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme, title: str, size: tuple[int, int]) -> None:
        super().__init__(parent, theme)
        self.theme, self._size = theme, size
        px = theme.px
        self.title = label(title, "heading", theme)
        self.title.setFont(theme.font("title", 21))
        self.setAccessibleName(title)
        self.out = Button(_("Back"), kind="ghost", icon="x", keycap=keycap("back"), theme=theme)
        self.out.clicked.connect(self.close_sheet)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(px(24), px(8), px(12), px(7))
        self.head.setSpacing(px(8))
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.out)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(24), px(16), px(24), px(20))
        self.body.setSpacing(px(10))
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(hline(theme))
        column.addLayout(self.body, 1)

    def open(self, focus: QWidget | None = None) -> None:
        """Come up; `focus` has the keyboard."""
        self.cover()
        (focus or self.out).setFocus()

    def close_sheet(self) -> None:
        """Go, without having done anything."""
        if self.isVisible():
            self.uncover()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; other keys are the page's to pass on."""
        if action_of(event, "anywhere") == "back":
            self.close_sheet()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as large as it may be."""
        super().resizeEvent(event)
        px = self.theme.px
        width = min(px(self._size[0]), self.width() - px(24))
        layout = self.paper.layout()
        least = layout.minimumSize().height() if layout else 0
        height = min(max(px(self._size[1]), least), self.height() - px(24))
        self.lay_in_middle(width, height)
