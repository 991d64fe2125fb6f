"""PINs: everybody may change their own, an officer everybody's; typed twice, never shown."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Staff
from pos.pins import DIGITS
from pos.text import _
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.fields import FieldMessage, TextField
from ui.people.avatar import Avatar
from ui.people.roles import role_name
from ui.widgets import Button, Tag, label

OFFICERS = {"petugas", "kantor"}


class PinList(QWidget):
    """One row a person: who, the role, whether there is a PIN, and the way to another one."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(app.theme.px(8))
        for place, person in enumerate(app.staff.values()):
            self._column.addWidget(_Row(person, place, app))


class _Row(QWidget):
    def __init__(self, person: Staff, place: int, app: App) -> None:
        super().__init__()
        self.app = app
        self.person = person
        theme, px = app.theme, app.theme.px
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(person.name, "button", theme))
        words.addWidget(label(role_name(person.role), "body", theme, color="text2"))
        self._tag = Tag("", theme=theme)
        self._change = Button(_("Change PIN"), kind="secondary", theme=theme)
        self._change.clicked.connect(self._begin)
        may = app.cashier.role in OFFICERS or app.cashier.code == person.code
        self._change.setEnabled(may)
        self._change.setToolTip("" if may else _("An officer can change it."))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Avatar(person.name, place, 40, theme))
        head.addLayout(words, 1)
        head.addWidget(self._tag)
        head.addWidget(self._change)
        self._editor = QWidget()
        self._pins = [self._field(_("New PIN")), self._field(_("The same once more"))]
        keep = self._button = BusyButton(_("Keep"), theme=theme)
        keep.clicked.connect(self._keep)
        editor = QHBoxLayout(self._editor)
        editor.setContentsMargins(px(52), 0, 0, 0)
        editor.setSpacing(px(8))
        for field in self._pins:
            editor.addWidget(field, 1)
        editor.addWidget(keep)
        self._editor.hide()
        self._message = FieldMessage(theme)
        self._message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._editor)
        column.addWidget(self._message)
        self._show(has_pin=bool(person.pin))

    def _field(self, name: str) -> TextField:
        field = TextField(name, self.app.theme, most=DIGITS)
        field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        field.edit.setPlaceholderText(name)
        field.edit.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d*"), field))
        field.edit.returnPressed.connect(self._keep)
        return field

    def _show(self, *, has_pin: bool) -> None:
        self._tag.set(_("PIN set") if has_pin else _("No PIN"), "ok" if has_pin else "warn")

    def _begin(self) -> None:
        shown = not self._editor.isVisible()
        self._editor.setVisible(shown)
        self._say("")
        for field in self._pins:
            field.edit.clear()
        if shown:
            self._pins[0].edit.setFocus()

    def _keep(self) -> None:
        first, second = (field.edit.text() for field in self._pins)
        if first != second:
            self._say(_("The two are not the same. Type them again."))
            self._pins[1].edit.clear()
            self._pins[1].edit.setFocus()
            return
        app, code = self.app, self.person.code
        self._button.set_busy(_("Keeping…"))
        work.run(lambda: _set(app, code, first), done=self._kept, failed=self._refused)

    def _kept(self, person: Staff) -> None:
        self._button.set_busy("")
        self.app.staff[person.code] = person
        self.app.staff_changed.emit()
        self._editor.hide()
        self._show(has_pin=True)

    def _refused(self, error: UserError) -> None:
        self._button.set_busy("")
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._message.say(text)
        self._message.setVisible(bool(text))


def _set(app: App, code: str, pin: str) -> Staff:
    from pos.staff import set_pin

    return set_pin(app.ledger, code, pin)
