"""The people of the booth as rows: who, the role, whether there is a PIN; and changing each of these.

Everybody may change their own PIN; anything else an officer does or allows. A PIN is
typed twice, never shown.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Approval, Staff
from pos.pins import DIGITS
from pos.text import _
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.fields import FieldMessage, TextField
from ui.people.approval import Wanted, ask
from ui.people.avatar import Avatar
from ui.people.roles import role_name
from ui.settings.choices import Choices
from ui.widgets import Button, Tag, label

OFFICERS = {"petugas", "kantor"}
ROLES = ("kasir", "petugas", "kantor", "")  # as they are offered; the last: not here any more


class PinList(QWidget):
    """One row a person; those who are not here any more come last."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self._rows: dict[str, _Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(app.theme.px(8))
        self.refresh()
        app.staff_changed.connect(self.refresh)

    def refresh(self) -> None:
        """The people as they are now; a row that is being changed stays."""
        for code in [code for code in self._rows if code not in self.app.staff]:
            self._rows.pop(code).deleteLater()
        people = sorted(self.app.staff.values(), key=lambda one: not one.role)
        for place, person in enumerate(people):
            row = self._rows.get(person.code)
            if row is None:
                row = self._rows[person.code] = _Row(person, place, self.app)
            row.show_person(person)
            self._column.removeWidget(row)
            self._column.insertWidget(place, row)


class _Row(QWidget):
    def __init__(self, person: Staff, place: int, app: App) -> None:
        super().__init__()
        self.app = app
        self.person = person
        theme, px = app.theme, app.theme.px
        self._role = label("", "body", theme, color="text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(person.name, "button", theme))
        words.addWidget(self._role)
        self._tag = Tag("", theme=theme)
        self._other = Button(_("Change role"), kind="secondary", theme=theme)
        self._other.setAccessibleName(_("Change the role of {name}").format(name=person.name))
        self._other.clicked.connect(self._begin_role)
        self._change = Button(_("Change PIN"), kind="secondary", theme=theme)
        self._change.setAccessibleName(_("Change the PIN of {name}").format(name=person.name))
        self._change.clicked.connect(self._begin)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Avatar(person.name, place, 40, theme))
        head.addLayout(words, 1)
        head.addWidget(self._tag)
        head.addWidget(self._other)
        head.addWidget(self._change)
        self._roles = Choices({code: role_name(code) for code in ROLES}, theme)
        self._roles.chosen.connect(self._choose_role)
        self._roles.hide()
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
        column.addWidget(self._roles, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._editor)
        column.addWidget(self._message)

    def show_person(self, person: Staff) -> None:
        """As they are now."""
        self.person = person
        self._role.setText(role_name(person.role))
        self._tag.set(_("PIN set") if person.pin else _("No PIN"), "ok" if person.pin else "warn")
        self._tag.setVisible(bool(person.role))
        self._change.setVisible(bool(person.role))
        self._roles.show_value(person.role)

    def _field(self, name: str) -> TextField:
        field = TextField(name, self.app.theme, most=DIGITS)
        field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        field.edit.setPlaceholderText(name)
        field.edit.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d*"), field))
        field.edit.returnPressed.connect(self._keep)
        return field

    def _begin(self) -> None:
        shown = not self._editor.isVisible()
        self._roles.hide()
        self._editor.setVisible(shown)
        self._say("")
        for field in self._pins:
            field.edit.clear()
        if shown:
            self._pins[0].edit.setFocus()

    def _begin_role(self) -> None:
        self._editor.hide()
        self._say("")
        self._roles.setVisible(not self._roles.isVisible())

    def _choose_role(self, role: str) -> None:
        self._roles.show_value(self.person.role)  # until it is so
        if role == self.person.role:
            self._roles.hide()
            return
        words = _("Make {name} {role}?").format(name=self.person.name, role=role_name(role))
        if not role:
            words = _("{name} is not here any more?").format(name=self.person.name)
        code = self.person.code

        def change(app: App, approval: Approval | None) -> Staff:
            from pos.people import change_role

            return change_role(app.ledger, code, role, app.cashier.code, approval)

        self._allowed(words, change)

    def _keep(self) -> None:
        first, second = (field.edit.text() for field in self._pins)
        if first != second:
            self._say(_("The two are not the same. Type them again."))
            self._pins[1].edit.clear()
            self._pins[1].edit.setFocus()
            return
        code = self.person.code

        def change(app: App, approval: Approval | None) -> Staff:
            from pos.people import give_pin

            return give_pin(app.ledger, code, first, app.cashier.code, approval)

        if self.app.cashier.code == code:
            self._run(change, None)
        else:
            self._allowed(_("Give {name} another PIN?").format(name=self.person.name), change)

    def _allowed(self, words: str, change: Callable[[App, Approval | None], Staff]) -> None:
        wanted = Wanted("people", self.person.code, words)
        ask(self.app, self, wanted, lambda approval: self._run(change, approval))

    def _run(self, change: Callable[[App, Approval | None], Staff], approval: Approval | None) -> None:
        app = self.app
        self._button.set_busy(_("Keeping…"))
        work.run(lambda: change(app, approval), done=self._kept, failed=self._refused)

    def _kept(self, person: Staff) -> None:
        self._button.set_busy("")
        self._editor.hide()
        self._roles.hide()
        self._say("")
        self.app.staff[person.code] = person
        self.app.staff_changed.emit()

    def _refused(self, error: UserError) -> None:
        self._button.set_busy("")
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._message.say(text)
        self._message.setVisible(bool(text))
