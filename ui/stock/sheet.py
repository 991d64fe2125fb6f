"""A sheet over the stock screen: in the middle for a few questions, at the right edge for something long."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.fields import FieldMessage
from ui.keys import meant
from ui.scroll import Scroll
from ui.theme import Theme
from ui.titled_sheet import TitledSheet
from ui.widgets import label


class StockSheet(TitledSheet):
    """Title, content, and a way out; it is gone when it is closed. Subclasses fill `content`.

    `long` sheets stand at the right edge from top to bottom, the others are as high as they need.
    """

    def __init__(
        self, over: QWidget, theme: Theme, title: str, *, width: int = 480, long: bool = False
    ) -> None:
        super().__init__(over, theme, title)
        self._wide = width
        self._long = long
        px = theme.px
        head = QHBoxLayout()
        head.addWidget(label(title, "title", theme, wrap=True), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.message = FieldMessage(theme)
        self.message.setMinimumHeight(0)
        self.message.hide()
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(22), px(14), px(14), px(18))
        column.setSpacing(px(8))
        column.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, px(8), 0)
        inner.setSpacing(px(10))
        inner.addLayout(self.content, 1)
        inner.addWidget(self.message)
        column.addLayout(inner, 1)

    def say(self, text: str) -> None:
        """What is wrong with what was filled in."""
        self.message.say(text)
        self.message.setVisible(bool(text))
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 is the main thing, Esc leaves."""
        if meant(event, "stock"):
            self.accept()
        super().keyPressEvent(event)

    def accept(self) -> None:
        """The main thing of the sheet, by key."""

    def place(self) -> None:
        """At the right edge, or in the middle."""
        px = self.theme.px
        width = min(px(self._wide), self.width() - px(24))
        if self._long:
            self.lay(QRect(self.width() - width - px(12), px(12), width, self.height() - px(24)))
            return
        self.lay_in_middle(width)


BAR = 12  # px at the right edge, where the scroll bar lies


def scrolled(rows: QLayout, theme: Theme) -> Scroll:
    """A column that scrolls."""
    inside = QWidget()
    inside.setLayout(rows)
    rows.setContentsMargins(0, 0, theme.px(BAR), 0)
    return Scroll(inside)
