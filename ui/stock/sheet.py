"""A sheet over the stock screen: in the middle for a few questions, at the right edge for something long."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pos.text import _
from ui.cover import Cover
from ui.fields import FieldMessage
from ui.keys import meant
from ui.scroll import Scroll
from ui.theme import Theme
from ui.widgets import IconButton, label


class StockSheet(Cover):
    """Title, content, and a way out; it is gone when it is closed. Subclasses fill `content`.

    `long` sheets stand at the right edge from top to bottom, the others are as high as they need.
    """

    def __init__(
        self, over: QWidget, theme: Theme, title: str, *, width: int = 480, long: bool = False
    ) -> None:
        super().__init__(over, theme)
        self.theme = theme
        self._wide = width
        self._long = long
        px = theme.px
        self.setAccessibleName(title)
        self.close_button = IconButton("x", _("Close"), theme=theme)
        self.close_button.clicked.connect(self.give_up)
        head = QHBoxLayout()
        head.addWidget(label(title, "title", theme, wrap=True), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.content = QVBoxLayout()
        self.content.setSpacing(px(10))
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

    def open(self, first: QWidget | None = None) -> None:
        """Come up; `first` gets the keyboard."""
        self.cover()
        self._place()
        (first or self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Go away, and nothing was done."""
        self.uncover()
        self.deleteLater()

    def say(self, text: str) -> None:
        """What is wrong with what was filled in."""
        self.message.say(text)
        self.message.setVisible(bool(text))
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it; no other key reaches what lies below, save those of the whole program."""
        action = (meant(event, "anywhere") or ("", 0))[0]
        if action == "back":
            self.give_up()
        elif meant(event, "stock"):
            self.accept()
        event.accept()

    def accept(self) -> None:
        """The main thing of the sheet, by key."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        px = self.theme.px
        width = min(px(self._wide), self.width() - px(24))
        if self._long:
            self.lay(QRect(self.width() - width - px(12), px(12), width, self.height() - px(24)))
            return
        layout = self.paper.layout()
        if layout is None:
            return
        layout.activate()
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        height = min(height, self.height() - px(16))
        self.lay(QRect((self.width() - width) // 2, max((self.height() - height) // 2, 0), width, height))


BAR = 12  # px at the right edge, where the scroll bar lies


def scrolled(rows: QLayout, theme: Theme) -> Scroll:
    """A column that scrolls."""
    inside = QWidget()
    inside.setLayout(rows)
    rows.setContentsMargins(0, 0, theme.px(BAR), 0)
    return Scroll(inside)
