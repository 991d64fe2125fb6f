"""The booth's QRIS: the institution's static code, checked as it is typed, and whom it pays."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused
from pos.qris import booth_code, parse
from pos.text import _
from ui.app import App
from ui.fields import FieldMessage, TextField
from ui.settings.pins import OFFICERS
from ui.widgets import Button, label

LONGEST = 512  # characters of a payload: domain.md 1.1


class QrisCode(QWidget):
    """A field for the payload, and whose it is. Only an officer may change it."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme, px = app.theme, app.theme.px
        may = app.cashier.role in OFFICERS
        self.field = TextField(_("Text of the institution's static QRIS"), theme, most=LONGEST)
        self.field.edit.setText(app.setting("qris"))
        self.field.edit.setPlaceholderText("00020101021126…")
        self.field.edit.returnPressed.connect(self._keep)
        self.field.setEnabled(may)
        self._message = FieldMessage(theme)
        self._whose = label("", "body", theme, color="text2", wrap=True)
        keep = Button(_("Keep"), theme=theme)
        keep.clicked.connect(self._keep)
        keep.setEnabled(may)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.field, 1)
        row.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(6))
        column.addWidget(label(self.field.edit.accessibleName(), "button", theme))
        column.addLayout(row)
        column.addWidget(self._message)
        column.addWidget(self._whose)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._show_whose("" if may else _("An officer can change it."))

    def _keep(self) -> None:
        text = self.field.edit.text().strip()
        try:
            if text:
                booth_code(text)
        except Refused as refusal:
            self.field.set_error(True)
            self._message.say(str(refusal))
            return
        self.field.set_error(False)
        self._message.say("")
        self.app.set("qris", text)
        self._show_whose("")

    def _show_whose(self, instead: str) -> None:
        try:
            code = parse(self.app.setting("qris"))
            words = _("Pays to {merchant}, {city}, NMID {nmid}").format(
                merchant=code.merchant, city=code.city, nmid=code.nmid
            )
        except Refused:
            words = _("No code yet. QRIS can be taken with the printed one on the table.")
        self._whose.setText(" ".join(part for part in (words, instead) if part))
