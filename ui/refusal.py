"""Shown instead of the till when its ledger could not be opened: what happened, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.errors import UserError
from pos.text import _
from ui.theme import Theme
from ui.widgets import Button, label


class Refusal(QWidget):
    """A calm page with one button."""

    def __init__(self, error: UserError, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(1)
        close = Button(_("Close"), theme=theme)
        close.clicked.connect(lambda: self.window().close())
        words = [
            label(_("The till cannot be opened"), "heading", theme),
            label(error.message, "bodyLarge", theme, wrap=True),
            label(error.hint, "body", theme, color="text2", wrap=True),
        ]
        for text in words:
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setMaximumWidth(theme.px(640))
            text.setMinimumWidth(theme.px(480))
            column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(16))
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
