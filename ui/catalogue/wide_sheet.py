"""A sheet over the whole page, for work that needs room: a title, what is done there, a way out."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _
from ui.cover import Cover
from ui.keys import meant
from ui.theme import Theme
from ui.widgets import IconButton, label

EDGE, MOST = 12, 1_180  # px: around it, and its width


class WideSheet(Cover):
    """Gone when it is closed. Subclasses fill `content` and answer `main`."""

    def __init__(self, over: QWidget, theme: Theme, title: str) -> None:
        super().__init__(over, theme)
        self.theme = theme
        px = theme.px
        self.setAccessibleName(title)
        self.close_button = IconButton("x", _("Close"), theme=theme)
        self.close_button.clicked.connect(self.give_up)
        self.head = QHBoxLayout()
        self.head.setSpacing(px(12))
        self.head.addWidget(label(title, "title", theme))
        self.head.addStretch(1)
        self.head.addWidget(self.close_button)
        self.content = QVBoxLayout()
        self.content.setSpacing(px(10))
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(12), px(20), px(16))
        column.setSpacing(px(8))
        column.addLayout(self.head)
        column.addLayout(self.content, 1)

    def open(self, first: QWidget | None = None) -> None:
        """Come up; `first` gets the keyboard."""
        self.cover()
        self._place()
        (first or self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Go; nothing was done that is not stored."""
        self.uncover()
        self.deleteLater()

    def main(self) -> None:
        """What F9 does here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, F9 is the main action; no other key reaches what lies below."""
        action = (meant(event, "goods", "anywhere") or ("", 0))[0]
        if action == "back":
            self.give_up()
        elif action == "save product":
            self.main()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nearly as large as what it covers."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        edge = self.theme.px(EDGE)
        width = min(self.width() - 2 * edge, self.theme.px(MOST))
        self.lay(QRect((self.width() - width) // 2, edge, width, self.height() - 2 * edge))
