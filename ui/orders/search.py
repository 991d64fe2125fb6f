"""The field that finds orders by name, number or goods."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from pos.text import _
from ui.fields import FieldFrame
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.widgets import Keycap

MOST = 100  # characters


class OrderSearch(FieldFrame):
    """As the till's search, with a looking glass."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Name, number or goods"), theme)
        self.edit.setMaxLength(MOST)
        self.edit.setFont(theme.font("bodyLarge", 15))
        self.edit.setPlaceholderText(_("Name, number or goods"))
        palette = self.edit.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("text3"))
        self.edit.setPalette(palette)
        mark = QLabel()
        mark.setPixmap(icon_pixmap("search", theme.px(20), theme.color("text"), self.devicePixelRatioF()))
        self.row.insertWidget(0, mark)
        self.row.addWidget(Keycap("F2", theme))
