"""A sheet over the whole page, for work that needs room: a title, what is done there, a way out."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.keys import action_of
from ui.theme import Theme
from ui.titled_sheet import TitledSheet
from ui.widgets import label

EDGE, MOST = 12, 1_180  # px: around it, and its width


class WideSheet(TitledSheet):
    """Gone when it is closed. Subclasses fill `content` and answer `main`."""

    def __init__(self, over: QWidget, theme: Theme, title: str) -> None:
        super().__init__(over, theme, title)
        px = theme.px
        self.head = QHBoxLayout()
        self.head.setSpacing(px(12))
        self.head.addWidget(label(title, "title", theme))
        self.head.addStretch(1)
        self.head.addWidget(self.close_button)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(12), px(20), px(16))
        column.setSpacing(px(8))
        column.addLayout(self.head)
        column.addLayout(self.content, 1)

    def main(self) -> None:
        """What F9 does here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 is the main action, Esc leaves."""
        if action_of(event, "goods") == "save product":
            self.main()
        super().keyPressEvent(event)

    def place(self) -> None:
        """Nearly as large as what it covers."""
        edge = self.theme.px(EDGE)
        width = min(self.width() - 2 * edge, self.theme.px(MOST))
        self.lay(QRect((self.width() - width) // 2, edge, width, self.height() - 2 * edge))
