"""Who is the first to put something down in central books: a name and a PIN of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.people import MAX_NAME
from pos.pins import DIGITS
from pos.text import _
from ui.keys import keycap
from ui.stock.parts import LineField, labelled
from ui.stock.sheet import StockSheet
from ui.theme import Theme
from ui.widgets import Button, label


class FirstSheet(StockSheet):
    """`filled` tells a name and a PIN."""

    filled = Signal(str, str)

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over, theme, _("Who works at this office?"), width=500)
        why = _(
            "What is put down here stands under a name. You are the first; "
            "with your PIN you sign in from now on."
        )
        self.content.addWidget(label(why, "body", theme, color="text2", wrap=True))
        self.person = LineField(_("Name"), theme, most=MAX_NAME)
        self.pin = LineField(_("PIN, {count} digits").format(count=DIGITS), theme, most=DIGITS)
        self.pin.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.content.addLayout(labelled(_("Name"), self.person, theme))
        self.content.addLayout(labelled(_("PIN, {count} digits").format(count=DIGITS), self.pin, theme))
        self.keep = Button(_("Go on"), keycap=keycap("stock main"), theme=theme)
        self.keep.clicked.connect(self.accept)
        self.content.addWidget(self.keep)
        self.person.edit.returnPressed.connect(self.pin.edit.setFocus)
        self.pin.edit.returnPressed.connect(self.accept)

    def accept(self) -> None:
        """Tell both."""
        self.filled.emit(self.person.edit.text(), self.pin.edit.text())
