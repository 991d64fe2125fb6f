"""Asks for the address of the office's database. A password is no part of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.settings import MOST
from pos.text import _
from ui.cover import Cover
from ui.fields import FieldMessage, TextField
from ui.theme import Theme
from ui.widgets import Button, label

WIDTH = 560  # px at 100 %


class AddressSheet(Cover):
    """`wanted` tells what was typed; then, or when it is given up, `leave` takes it away."""

    wanted = Signal(str)

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over, theme)
        px = theme.px
        self.setAccessibleName(_("Database of the office"))
        self.field = TextField(_("Address"), theme, most=MOST)
        self.field.edit.setPlaceholderText("postgresql+psycopg://stan@kanwil.example/lapak")
        self.message = FieldMessage(theme)
        cancel = Button(_("Cancel"), kind="secondary", keycap="Esc", theme=theme)
        keep = Button(_("Use it"), keycap="Enter", theme=theme)
        cancel.clicked.connect(self.leave)
        keep.clicked.connect(self._tell)
        self.field.edit.returnPressed.connect(self._tell)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(cancel, 1)
        row.addWidget(keep, 1)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(8))
        column.addWidget(label(_("Database of the office"), "title", theme))
        hint = _("The office tells the address. The password is not part of it.")
        column.addWidget(label(hint, "body", theme, color="text2", wrap=True))
        column.addWidget(self.field)
        column.addWidget(self.message)
        column.addLayout(row)

    def open(self) -> None:
        """Ask."""
        self.cover()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """What is wrong with it."""
        self.field.set_error(bool(text))
        self.message.say(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as it needs."""
        super().resizeEvent(event)
        self.lay_in_middle(min(self._theme.px(WIDTH), self.width() - self._theme.px(32)))

    def _tell(self) -> None:
        self.wanted.emit(self.field.edit.text())
