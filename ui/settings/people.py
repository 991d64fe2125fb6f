"""People and PINs: who works here, adding somebody, and what each role may."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Approval, Staff
from pos.rights import ACTIONS, ROLES, action_name, may
from pos.text import _
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.fields import FieldMessage, TextField
from ui.icons import icon_pixmap
from ui.people.approval import Wanted, ask
from ui.people.roles import role_name
from ui.settings.choices import Choices
from ui.settings.pins import PinList
from ui.widgets import Button, label

LONGEST = 60  # characters of a name, as pos.people keeps
COLUMN = 128  # px of a role in the table


class People(QWidget):
    """The list, the way to one more, and the table of rights, which opens on a press."""

    def __init__(self, app: App) -> None:
        super().__init__()
        px = app.theme.px
        self._rights = _Rights(app)
        self._rights.hide()
        self._show = Button(_("What each role may do"), kind="ghost", icon="shield-check", theme=app.theme)
        self._show.clicked.connect(lambda: self._rights.setVisible(not self._rights.isVisible()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(PinList(app))
        column.addWidget(_Adding(app))
        column.addWidget(self._show, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._rights)


class _Adding(QWidget):
    """A name, a role, and the button."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self._role = ROLES[0]
        theme, px = app.theme, app.theme.px
        self.field = TextField(_("Name of a new person"), theme, most=LONGEST)
        self.field.setFixedHeight(theme.size("touchMin"))
        self.field.edit.setPlaceholderText(_("Name of a new person"))
        self.field.edit.returnPressed.connect(self._add)
        roles = Choices({code: role_name(code) for code in ROLES}, theme)
        roles.show_value(self._role)
        roles.chosen.connect(self._choose)
        self._button = BusyButton(_("Add"), theme=theme)
        self._button.clicked.connect(self._add)
        self._message = FieldMessage(theme)
        self._message.hide()
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.field, 1)
        row.addWidget(roles)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self._message)

    def _choose(self, role: str) -> None:
        self._role = role

    def _add(self) -> None:
        from pos.people import MAX_NAME
        from pos.text import clean_text

        name = clean_text(self.field.edit.text(), MAX_NAME)
        if not name:
            self._message.say(_("A person needs a name."))
            self._message.show()
            return
        words = _("Add {name} as {role}?").format(name=name, role=role_name(self._role))
        ask(self.app, self, Wanted("people", name, words), lambda approval: self._run(name, approval))

    def _run(self, name: str, approval: Approval | None) -> None:
        app, role = self.app, self._role
        self._button.set_busy(_("Keeping…"))
        work.run(lambda: _added(app, name, role, approval), done=self._kept, failed=self._refused)

    def _kept(self, person: Staff) -> None:
        self._button.set_busy("")
        self.field.edit.clear()
        self._message.hide()
        self.app.staff[person.code] = person
        self.app.staff_changed.emit()

    def _refused(self, error: UserError) -> None:
        self._button.set_busy("")
        self._message.say(str(error))
        self._message.show()


def _added(app: App, name: str, role: str, approval: Approval | None) -> Staff:
    from pos.people import add_person

    return add_person(app.ledger, name, role, app.cashier.code, approval)


class _Rights(QWidget):
    """Every action and who does it alone; for the others such a person allows it."""

    def __init__(self, app: App) -> None:
        super().__init__()
        theme, px = app.theme, app.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(0, 1)
        middle = Qt.AlignmentFlag.AlignCenter
        for place, role in enumerate(ROLES, 1):
            head = label(role_name(role), "label", theme, color="text2")
            head.setAlignment(middle)
            head.setMinimumWidth(
                max(px(COLUMN), QFontMetrics(head.font()).horizontalAdvance(head.text()) + px(8))
            )
            grid.addWidget(head, 0, place)
        size = px(18)
        for line, action in enumerate(ACTIONS, 1):
            grid.addWidget(label(action_name(action), "body", theme), line, 0)
            for place, role in enumerate(ROLES, 1):
                alone = may(Staff("", "", role), action)
                icon, ink = ("check", "primary") if alone else ("minus", "text3")
                cell = QLabel()
                cell.setPixmap(icon_pixmap(icon, size, theme.color(ink), self.devicePixelRatioF()))
                cell.setAlignment(middle)
                cell.setAccessibleName(_("may") if alone else _("with an officer"))
                grid.addWidget(cell, line, place)
        hint = _("A line instead of a tick: somebody who may allows it with their PIN and a reason.")
        grid.addWidget(label(hint, "label", theme, color="text2", wrap=True), len(ACTIONS) + 1, 0, 1, 4)
