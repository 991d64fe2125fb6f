"""Step 2: who sells at the booth, who may approve, and the PINs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.rights import ROLES
from pos.setup import MOST_PEOPLE, Person
from pos.setup_checks import new_pin
from pos.text import _
from ui import work
from ui.fields import FieldMessage
from ui.list_sheet import Entry, ListSheet
from ui.people.roles import role_name
from ui.setup.answers import Answers
from ui.setup.person_row import SHARES, PersonRow
from ui.theme import Theme
from ui.widgets import Button, label

if TYPE_CHECKING:
    from pos.setup_checks import Findings

FIRST = (Person("", "kasir"), Person("", "petugas"))


class PeopleStep(QWidget):
    """A row a person."""

    def __init__(self, answers: Answers, theme: Theme) -> None:
        super().__init__()
        self.answers, self.theme = answers, theme
        self.rows: list[PersonRow] = []
        self._asked = False
        self._sealing = 0  # PINs that were typed and are looked at
        self._then: Callable[[], object] | None = None  # waits for them
        self._wrong = FieldMessage(theme)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(10))
        self._add = Button(_("Add a person"), kind="secondary", icon="plus", theme=theme)
        self._add.clicked.connect(self._more)
        hint = _("Six digits. Without a PIN anybody can be this person; officers should have one.")
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        foot.addWidget(self._add)
        foot.addWidget(label(hint, "label", theme, color="text3", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(_headings(theme))
        column.addLayout(self._list)
        column.addLayout(foot)
        column.addWidget(self._wrong)
        column.addStretch(1)
        answers.looked.connect(self.show_findings)
        self.fill()

    def take_focus(self) -> None:
        """The first name that is missing."""
        empty = [row for row in self.rows if not row.person.name]
        wanted = empty[0].name.edit if empty else self
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """From now on what is missing is told too."""
        self._asked = True

    def fill(self) -> None:
        """What was answered so far."""
        people = self.answers.setup.people or FIRST
        if [row.person for row in self.rows] == list(people):
            return
        for row in list(self.rows):
            self._drop(row)
        for person in people:
            self._put(person)

    def when_kept(self, then: Callable[[], object]) -> bool:
        """Whether a PIN is still looked at; `then` is called once all are kept, and not if one is refused."""
        self._then = then if self._sealing else None
        return self._sealing > 0

    def unfinished(self) -> bool:
        """A PIN was begun and not typed twice: told at its row."""
        for row in self.rows:
            if row.unfinished:
                row.say(_("Type the same six digits in both fields, or empty them."))
                return True
        return False

    def show_findings(self, findings: Findings) -> None:
        """Who is missing is told when one wants to go on."""
        error = findings.errors.get("people")
        self._wrong.say(str(error) if error and self._asked else "")

    def _put(self, person: Person) -> PersonRow:
        row = PersonRow(person, self.theme)
        for button in (row.role, row.remove):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.changed.connect(self._keep)
        row.role_wanted.connect(lambda: self._ask_role(row))
        row.pin_typed.connect(lambda pin: self._take_pin(row, pin))
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        self._add.setEnabled(len(self.rows) < MOST_PEOPLE)
        return row

    def _drop(self, row: PersonRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._add.setEnabled(len(self.rows) < MOST_PEOPLE)

    def _keep(self) -> None:
        self.answers.change(people=tuple(row.person for row in self.rows))

    def _more(self) -> None:
        self._put(Person("")).name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keep()

    def _remove(self, row: PersonRow) -> None:
        self._drop(row)
        self._keep()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_role(self, row: PersonRow) -> None:
        may = {
            "kasir": _("Sells, opens and closes the drawer"),
            "petugas": _("Also approves returns, prices and differences"),
            "kantor": _("Also looks after several booths"),
        }
        entries = [Entry(role, role_name(role), may[role]) for role in ROLES]
        sheet = ListSheet(self.window(), self.theme, _("Role"), entries, row.person.role)
        sheet.chosen.connect(lambda role: self._take_role(row, role))
        sheet.open()

    def _take_role(self, row: PersonRow, role: str) -> None:
        row.show_person(Person(row.person.name, role, row.person.pin))
        self._keep()

    def _take_pin(self, row: PersonRow, pin: str) -> None:
        """Whether nobody else has it costs a tenth of a second a person: not on this thread."""
        others = tuple(one.person for one in self.rows if one is not row and one.person.pin)

        def refused(error: UserError) -> None:
            self._sealing, self._then = self._sealing - 1, None
            row.say(str(error))
            row.begin_anew()

        self._sealing += 1
        work.run(lambda: new_pin(others, pin), done=lambda kept: self._keep_pin(row, kept), failed=refused)

    def _keep_pin(self, row: PersonRow, kept: str) -> None:
        self._sealing -= 1
        if row in self.rows:
            row.keep_pin(kept)
            self._keep()
        if self._then and not self._sealing:
            then, self._then = self._then, None
            then()


def _headings(theme: Theme) -> QHBoxLayout:
    """What stands above the columns of the rows."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    names = (_("Name"), _("Role"), _("PIN"), _("Once more"))
    for name, share in zip(names, SHARES, strict=True):
        heading = label(name, "label", theme, color="text2")
        heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(heading, share)
    row.addSpacing(theme.px(48 + 8))
    return row
