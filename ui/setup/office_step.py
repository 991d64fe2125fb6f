"""The one step of an office: its central file, new or there already, or the address of its database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.office_setup import central_in
from pos.settings import MOST
from pos.setup import NEW, SERVER, THERE
from pos.text import _
from ui.choose_file import choose_file, choose_folder
from ui.fields import FieldFrame, FieldMessage
from ui.setup.answers import Answers
from ui.setup.parts import FIELD, ChoiceCard, PickField, side_by_side, stacked
from ui.theme import Theme
from ui.widgets import Button, Tag, label

if TYPE_CHECKING:
    from pos.setup_checks import Findings


class OfficeStep(QWidget):
    """Shows where the books of all booths come together, and changes it."""

    def __init__(self, answers: Answers, theme: Theme) -> None:
        super().__init__()
        self.answers, self.theme = answers, theme
        self._asked = False
        self._cards = {
            NEW: ChoiceCard("file-down", _("New central file"), _("Nothing was brought yet"), theme),
            THERE: ChoiceCard("folder-open", _("A file that is there"), _("Ends with .lapak"), theme),
            SERVER: ChoiceCard("landmark", _("Database"), _("PostgreSQL, of the region"), theme),
        }
        for kind, card in self._cards.items():
            card.clicked.connect(lambda _checked=False, kind=kind: self._choose(kind))
        self._place = PickField(_("Central file"), "folder-open", theme, opens="", path=True)
        self._good = Tag("", "ok", icon="check", theme=theme)
        self._pick = Button("", kind="secondary", theme=theme)
        self._pick.setFixedHeight(theme.px(FIELD))
        self._address = FieldFrame(_("Address"), theme, height=FIELD)
        self._address.edit.setFont(theme.font("price", 15))
        self._address.edit.setMaxLength(MOST)
        self._address.edit.setPlaceholderText("postgresql+psycopg://kantor@kanwil.example/lapak")
        self._wrong = FieldMessage(theme)
        self._why = label("", "body", theme, color="text2", wrap=True)
        for button in (self._place, self._pick):
            button.clicked.connect(self._ask)
        self._address.edit.textEdited.connect(lambda text: self.answers.change(office=text))
        self._lay_out()
        answers.changed.connect(self._show)
        answers.looked.connect(self.show_findings)
        self.fill()

    def take_focus(self) -> None:
        """An address is typed; a place is chosen."""
        wanted = self._address.edit if self.answers.setup.office_kind == SERVER else self
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """From now on what is missing is told too."""
        self._asked = True

    def fill(self) -> None:
        """What was answered so far."""
        self._address.edit.setText(self.answers.setup.office)
        self._show()

    def show_findings(self, findings: Findings) -> None:
        """What is wrong with it; what is missing only after one wanted to go on."""
        error = findings.errors.get("office")
        said = str(error) if error and (self._asked or findings.setup.office) else ""
        self._wrong.say(said)
        self._wrong.setVisible(bool(said))
        self._address.set_error(bool(said))
        kind = findings.setup.office_kind
        self._good.setVisible(error is None and kind != SERVER)
        self._good.set(_("will be made") if kind == NEW else _("can be opened"), "ok", icon="check")

    def _show(self) -> None:
        setup = self.answers.setup
        kind, where = setup.office_kind, setup.office
        self._cards[kind].setChecked(True)
        for part in (self._place, self._pick):
            part.setVisible(kind != SERVER)
        self._address.setVisible(kind == SERVER)
        self._address.set_error(False)
        self._place.show_value(where or (_("No folder yet") if kind == NEW else _("No file yet")), bold=False)
        self._pick.setText(_("Choose a folder") if kind == NEW else _("Choose a file"))
        self._good.hide()
        self._wrong.hide()
        if kind == SERVER:
            why = _("The password is no part of the address. Booths get an address of their own.")
        else:
            why = _(
                "Tell the booths this path: they hand over to it, also while it is open here, and by USB "
                "stick. Which exhibition it is for comes with the first booth."
            )
        self._why.setText(why)

    def _choose(self, kind: str) -> None:
        if kind != self.answers.setup.office_kind:
            self.answers.change(office_kind=kind, office="")
            self._address.edit.clear()
            if kind == SERVER:
                self.take_focus()

    def _ask(self) -> None:
        if self.answers.setup.office_kind == NEW:
            folder = choose_folder(self, _("Where booths hand over their documents"))
            chosen = central_in(folder) if folder else ""
        else:
            path = choose_file(self, _("Open a central file"), _("Central file (*.lapak)"))
            chosen = str(path) if path else ""
        if chosen:
            self.answers.change(office=chosen)

    def _lay_out(self) -> None:
        px = self.theme.px
        caption = QHBoxLayout()
        caption.setContentsMargins(0, 0, 0, 0)
        caption.setSpacing(px(4))
        caption.addWidget(label(_("Central file"), "label", self.theme, color="text2"))
        whose = _("(where all booths hand over their data)")
        caption.addWidget(label(whose, "label", self.theme, color="text3"), 1)
        cards = side_by_side(self.theme, *self._cards.values())
        cards.setContentsMargins(0, 0, 0, px(4))
        inside = side_by_side(self.theme)
        inside.setContentsMargins(0, 0, px(14), 0)
        inside.addStretch(1)
        inside.addWidget(self._good)
        self._place.setLayout(inside)
        where = side_by_side(self.theme, self._place, gap=10)
        where.addWidget(self._pick)
        stacked(self.theme, self, caption, cards, where, self._address, self._wrong, self._why, gap=10)
