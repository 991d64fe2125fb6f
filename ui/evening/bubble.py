"""A text as the chat will show it: what stands between asterisks is bold."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import set_color

_BOLD = re.compile(r"(?<!\w)\*(?=\S)([^*\n]+?)(?<=\S)\*(?!\w)")


class Bubble(QWidget):
    """Shows one text; it can be selected and read out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.text = ""
        px = theme.px
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setFont(theme.font("body"))
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_color(self._words, theme.color("text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.addWidget(self._words, 1)

    def show_text(self, text: str) -> None:
        """Another text. Names in it are only words, whatever they hold."""
        self.text = text
        self._words.setText(_BOLD.sub(r"<b>\1</b>", escape(text)).replace("\n", "<br>"))
        self._words.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft green card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("border"), 1))
        painter.setBrush(self.theme.color("primarySoft"))
        radius = self.theme.radius("card")
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
