"""The licences of everything that is inside, to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScroller, QVBoxLayout, QWidget

from pos.licences import shown_text
from pos.text import _
from ui import work
from ui.theme import Theme
from ui.titled_sheet import TitledSheet
from ui.widgets import label

WIDTH = 860  # px at 100 %


class LicenceSheet(TitledSheet):
    """One long text; it is read in the background, for it is made of a hundred files."""

    light = True

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over, theme, _("Licences"))
        px = theme.px
        self.text = QPlainTextEdit(_("Reading…"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Licences"))
        QScroller.grabGesture(self.text.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        head = QHBoxLayout()
        head.addWidget(label(_("Licences"), "title", theme), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self.text, 1)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(10), px(10), px(16))
        column.addLayout(head)
        column.addLayout(self.content, 1)

    def open(self, first: QWidget | None = None) -> None:
        """Come up; arrows scroll it."""
        super().open(first or self.text)
        work.run(shown_text, done=self.show_text, lane="backup")

    def show_text(self, text: str) -> None:
        """The text, from its beginning."""
        self.text.setPlainText(text)

    def place(self) -> None:
        """In the middle, nearly as high as the window."""
        px = self.theme.px
        self.lay_in_middle(min(px(WIDTH), self.width() - px(32)), self.height() - px(48))
