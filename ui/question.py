"""A question over the whole window, before something that cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.cover import Cover
from ui.theme import Theme
from ui.widgets import Button, label

WIDTH = 460  # px at 100 %


class Asked(Cover):
    """A sheet over the whole window that wants an answer. A scan is none, and is refused."""


class Question(Asked):
    """`accepted` is the yes, `rejected` everything else; then it is gone.

    It lies in the window rather than being one: see-through windows are black where nothing composes them.
    `no` has the keyboard, so Enter, Esc and a scan that comes now change nothing (DESIGN.md chapter 5).
    """

    accepted = Signal()
    rejected = Signal()

    def __init__(
        self, window: QWidget, theme: Theme, words: tuple[str, str], answers: tuple[str, str]
    ) -> None:
        """`words` are a question and what comes of it, `answers` the verbs of yes and no."""
        super().__init__(window, theme)
        title, text = words
        yes, no = answers
        self.setAccessibleName(f"{title} {text}")
        self._no, agree = Button(no, kind="secondary", theme=theme), Button(yes, kind="danger", theme=theme)
        self._no.clicked.connect(self.reject)
        agree.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._no, 1)
        row.addWidget(agree, 1)
        margin = theme.px(24)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(8))
        column.addWidget(label(title, "title", theme, wrap=True))
        column.addWidget(label(text, "body", theme, color="text2", wrap=True))
        column.addSpacing(theme.px(8))
        column.addLayout(row)

    def open(self) -> None:
        """Ask."""
        self.cover()
        self._no.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Yes."""
        self._answer()
        self.accepted.emit()

    def reject(self) -> None:
        """No."""
        self._answer()
        self.rejected.emit()

    def leave(self) -> None:
        """Esc is a no."""
        self.reject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as its words."""
        super().resizeEvent(event)
        width = min(self._theme.px(WIDTH), self.width() - self._theme.px(32))
        self.lay_in_middle(width)

    def _answer(self) -> None:
        self.uncover()
        self.deleteLater()
