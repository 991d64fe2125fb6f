"""Step 1: the exhibition and its days, whose booth it is, its name, and where documents are handed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from pos.errors import UserError
from pos.exhibition import builtin_event
from pos.paths import folder_name
from pos.setup import FOLDER, LATER, NAME_LENGTH, STICK
from pos.setup_checks import with_archive, with_event, with_name
from pos.text import _, date_span
from ui.choose_file import choose_file, choose_folder
from ui.days_sheet import DaysSheet, day_count
from ui.fields import FieldFrame, FieldMessage
from ui.list_sheet import Entry, ListSheet
from ui.plain_tip import plain_tip
from ui.setup.answers import Answers
from ui.setup.parts import FIELD, Captioned, ChoiceCard, PickField, side_by_side, stacked
from ui.theme import Theme
from ui.widgets import Button, Tag, label

if TYPE_CHECKING:
    from pos.model import Event
    from pos.setup import Setup
    from pos.setup_checks import Findings

CENTRAL_FILE = "pusat.lapak"  # on a stick
_BUILTIN, _FILE, _ARCHIVE = "builtin", "file", "archive"


class DeviceStep(QWidget):
    """Shows the answers of step 1 and changes them."""

    def __init__(self, answers: Answers, theme: Theme) -> None:
        super().__init__()
        self.answers, self.theme = answers, theme
        self._asked = False
        self._findings: Findings | None = None
        self._event = PickField(_("Exhibition"), "calendar-days", theme)
        self._days = PickField(_("Days of the exhibition"), "", theme, opens="")
        self._host = PickField(_("Host institution"), "landmark", theme)
        self._title = _field(_("Name of the exhibition"), theme)
        self._name = _field(_("Booth name"), theme)
        self._free = Tag(_("not used yet"), "ok", icon="check", theme=theme)
        self._name.row.addWidget(self._free)
        self._parts = {
            "event": Captioned(_("Exhibition"), self._event, theme),
            "days": Captioned(_("Days of the exhibition"), self._days, theme),
            "institution": Captioned(_("Host institution"), self._host, theme),
            "name": Captioned(_("Booth name"), self._name, theme),
        }
        self._titled = Captioned(_("Name of the exhibition"), self._title, theme)
        self._cards = {
            FOLDER: ChoiceCard("folder-sync", _("Shared folder"), _("The office network or drive"), theme),
            STICK: ChoiceCard("usb", _("USB stick"), _("Carried from booth to booth"), theme),
            LATER: ChoiceCard("clock", _("Later"), _("Sell first, set it later"), theme),
        }
        self._place = PickField(_("Central file"), "folder-open", theme, opens="")
        self._works = Tag(_("can be read and written"), "ok", icon="check", theme=theme)
        self._pick = Button(_("Choose a folder"), kind="secondary", theme=theme)
        self._pick.setFixedHeight(theme.px(FIELD))
        self._wrong = FieldMessage(theme)
        self._lay_out()
        self._connect()
        self.fill()

    def take_focus(self) -> None:
        """The booth's name is what is typed."""
        self._name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """From now on what is missing is told too."""
        self._asked = True

    def fill(self) -> None:
        """What was answered so far."""
        setup = self.answers.setup
        self._title.edit.setText(setup.event_name)
        self._name.edit.setText(setup.name)
        self._show_choices()

    def show_findings(self, findings: Findings) -> None:
        """What is wrong stands below its field; what is missing only after it was asked for."""
        self._findings = findings
        setup, event = findings.setup, findings.event
        errors = {key: str(error) for key, error in findings.errors.items()}
        missing = {"institution": not setup.institution, "name": not setup.name, "central": not setup.central}
        said = {key: text for key, text in errors.items() if self._asked or not missing.get(key)}
        if event:
            self._event.show_value(*self._event_words(event))
            self._days.show_value(
                date_span(event.start, event.end), day_count(event.start, event.end), bold=False
            )
            host = next((unit.name for unit in event.institutions if unit.code == setup.institution), "")
            self._host.show_value(host or _("Choose…"), bold=bool(host))
            if not self._title.edit.hasFocus():
                self._title.edit.setText(setup.event_name or event.name)
        for key, part in self._parts.items():
            part.say(said.get(key, ""))
        if setup.archive and not setup.start:
            self._parts["days"].say("", _("These are the days of last time: tap to change them."))
        self._name.set_error("name" in said)
        note = findings.notes.get("name")
        number = _("Receipts: {code}xx-000001, xx for this laptop.").format(code=setup.booth)
        if "name" not in errors and setup.name:
            self._parts["name"].say(str(note) if note else "", number, advice=True)
        self._free.setVisible("name" not in errors and not note and bool(setup.name))
        self._works.setVisible("central" not in errors and setup.central_kind != LATER)
        self._wrong.say(said.get("central", ""))
        self._wrong.setVisible("central" in said)

    def _event_words(self, event: Event) -> tuple[str, str]:
        """The exhibition, and the file it comes from; of an archive the name stands in a field of its own."""
        setup = self.answers.setup
        if setup.archive:
            return _("From {file}").format(file=Path(setup.archive).name), ""
        return event.name, Path(setup.event).name

    def _show_choices(self) -> None:
        setup = self.answers.setup
        self._titled.setVisible(bool(setup.archive))
        self._cards[setup.central_kind].setChecked(True)
        placed = setup.central_kind != LATER
        self._place.setVisible(placed)
        self._pick.setVisible(placed)
        self._works.setVisible(False)
        self._free.setVisible(False)
        self._place.show_value(_place_words(setup), bold=False)
        self._place.setToolTip(plain_tip(setup.central))
        self._wrong.hide()

    def _connect(self) -> None:
        self._event.clicked.connect(self._ask_event)
        self._days.clicked.connect(self._ask_days)
        self._host.clicked.connect(self._ask_host)
        self._title.edit.textEdited.connect(lambda text: self.answers.change(event_name=text))
        self._name.edit.textEdited.connect(lambda text: self.answers.put(with_name(self.answers.setup, text)))
        self._pick.clicked.connect(self._ask_place)
        self._place.clicked.connect(self._ask_place)
        self.answers.changed.connect(self._show_choices)
        self.answers.looked.connect(self.show_findings)
        for kind, card in self._cards.items():
            card.clicked.connect(lambda _checked=False, kind=kind: self._choose_central(kind))

    def _ask_event(self) -> None:
        setup = self.answers.setup
        now = _ARCHIVE if setup.archive else _FILE if setup.event else _BUILTIN
        event = builtin_event()
        built_in = Entry(_BUILTIN, event.name, date_span(event.start, event.end), "calendar-days")
        brought = _("Goods, prices and people come along")
        entries = [
            built_in,
            Entry(_ARCHIVE, _("From last year's archive…"), brought, "rotate-ccw"),
            Entry(_FILE, _("From an event file…"), _("Sent by the regional office"), "file-text"),
        ]
        sheet = ListSheet(self.window(), self.theme, _("Exhibition"), entries, now)
        sheet.chosen.connect(lambda kind: QTimer.singleShot(0, self, lambda: self._choose_event(kind)))
        sheet.open()

    def _choose_event(self, kind: str) -> None:
        if kind == _BUILTIN:
            self.answers.try_put(lambda setup: with_event(setup, None), self._tell_event)
        elif kind == _FILE:
            path = choose_file(self, _("Event file"), _("Event files (*.toml)"))
            if path:
                self.answers.try_put(lambda setup: with_event(setup, path), self._tell_event)
        else:
            path = choose_file(self, _("Last year's archive"), _("Ledgers (*.lapak)"))
            if path:
                self.answers.try_put(lambda setup: with_archive(setup, path), self._tell_event)

    def _tell_event(self, error: UserError) -> None:
        self._parts["event"].say(str(error))

    def _ask_days(self) -> None:
        event = self._findings.event if self._findings else None
        if event:
            sheet = DaysSheet(self.window(), self.theme, _("Days of the exhibition"), event.start, event.end)
            sheet.chosen.connect(self._choose_days)
            sheet.open()

    def _choose_days(self, start: date, end: date) -> None:
        self.answers.change(start=start.isoformat(), end=end.isoformat())

    def _ask_host(self) -> None:
        event = self._findings.event if self._findings else None
        if event:
            entries = [Entry(unit.code, unit.name, unit.regency) for unit in event.institutions]
            now = self.answers.setup.institution
            sheet = ListSheet(self.window(), self.theme, _("Host institution"), entries, now)
            sheet.chosen.connect(lambda code: self.answers.change(institution=code))
            sheet.open()

    def _choose_central(self, kind: str) -> None:
        if kind != self.answers.setup.central_kind:
            self.answers.change(central_kind=kind, central="")

    def _ask_place(self) -> None:
        folder = choose_folder(self, _("Where booths hand over their documents"))
        if folder:
            stick = self.answers.setup.central_kind == STICK
            self.answers.change(central=str(folder / CENTRAL_FILE if stick else folder))

    def _lay_out(self) -> None:
        px = self.theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(17))
        for place, part in enumerate(self._parts.values()):
            grid.addWidget(part, place // 2 * 2, place % 2)
        grid.addWidget(self._titled, 1, 0, 1, 2)
        grid.setColumnStretch(0, 470)
        grid.setColumnStretch(1, 348)
        self._place.setLayout(_inside(self.theme, self._works))
        where = side_by_side(self.theme, self._place, gap=10)
        where.addWidget(self._pick)
        caption = QHBoxLayout()
        caption.setContentsMargins(0, px(10), 0, 0)
        caption.setSpacing(px(4))
        caption.addWidget(label(_("Central file"), "label", self.theme, color="text2"))
        whose = _("(where all booths hand over their data)")
        caption.addWidget(label(whose, "label", self.theme, color="text3"), 1)
        cards = side_by_side(self.theme, *self._cards.values())
        cards.setContentsMargins(0, 0, 0, px(4))
        stacked(self.theme, self, grid, caption, cards, where, self._wrong, gap=8)


def _place_words(setup: Setup) -> str:
    """`Folder bersama “HBP 59”`: the folder's own name; the whole path is in the tool tip."""
    if not setup.central:
        return _("No folder yet")
    if setup.central_kind == STICK:
        return _("USB stick “{name}”").format(name=folder_name(Path(setup.central).parent))
    return _("Shared folder “{name}”").format(name=folder_name(Path(setup.central)))


def _inside(theme: Theme, tag: QWidget) -> QLayout:
    """A tag at the right end of a field."""
    row = side_by_side(theme)
    row.setContentsMargins(0, 0, theme.px(14), 0)
    row.addStretch(1)
    row.addWidget(tag)
    return row


def _field(name: str, theme: Theme) -> FieldFrame:
    field = FieldFrame(name, theme, height=FIELD)
    field.edit.setFont(theme.font("price", 15))
    field.edit.setMaxLength(NAME_LENGTH)
    return field
