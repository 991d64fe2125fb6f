"""The letterhead and those who sign: lines of text that an officer keeps, and the stamp-duty switch."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.letterhead import (
    KEY,
    MOST_LINE,
    MOST_NAME,
    SIGNATORIES,
    STAMP_KEY,
    Letterhead,
    Signatory,
    letterhead_of,
    letterhead_text,
)
from pos.rights import may
from pos.text import _
from ui.app import App
from ui.fields import TextField
from ui.settings.section import Section
from ui.widgets import Button, Tag, label


def letterhead_section(app: App) -> Section:
    """The card of the page of settings. Only an officer may change it."""
    card = Section(_("Letterhead and signatures"), app)
    form = LetterheadForm(app)
    card.add_wide(form)
    hint = _("A dotted box on formal receipts above Rp5.000.000. It is never added to the total.")
    form.guard(card.add_switch(STAMP_KEY, _("Room for a duty stamp"), hint))
    return card


class LetterheadForm(QWidget):
    """Four lines of the head and two people, kept together."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme, px = app.theme, app.theme.px
        head = letterhead_of(app.setting(KEY))
        self._kept = Tag("", theme=theme)
        self._kept.hide()
        self._lines = [self._field(name, MOST_LINE) for name in _line_names()]
        hints = ("", app.device.event.office, "" if app.office else app.institution.name, "")
        texts = (head.ministry, head.office, head.unit, head.address)
        for field, text, hint in zip(self._lines, texts, hints, strict=True):
            field.edit.setText(text)
            field.edit.setPlaceholderText(hint)
        names = _("Name"), _("Position"), _("Rank"), "NIP"
        self._people = [[self._field(f"{name} {n}", MOST_NAME) for name in names] for n in (1, 2)]
        for fields, who in zip(self._people, head.signatories, strict=False):
            for field, text in zip(fields, (who.name, who.position, who.rank, who.nip), strict=True):
                field.edit.setText(text)
        keep = Button(_("Keep"), theme=theme)
        keep.clicked.connect(self._keep)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        below = self._lay(grid, 0, _line_names(), self._lines)
        for number, fields in enumerate(self._people, 1):
            title = _("Signatory {number}").format(number=number)
            grid.addWidget(label(title, "button", theme), below, 0, 1, 2)
            below = self._lay(grid, below + 1, names, fields)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(keep)
        row.addWidget(self._kept)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.addLayout(grid)
        column.addSpacing(px(6))
        column.addLayout(row)
        self._why = label(_("An officer can change it."), "body", theme, color="text2", wrap=True)
        column.addWidget(self._why)
        self._guarded: list[QWidget] = [keep, *self._lines, *self._people[0], *self._people[1]]
        app.staff_changed.connect(self._allow)
        self._allow()

    def guard(self, part: QWidget) -> None:
        """Let only those touch `part` who may change the letterhead."""
        self._guarded.append(part)
        self._allow()

    def _allow(self) -> None:
        """The page outlives a change of cashier."""
        allowed = may(self.app.cashier, "settings")
        self._why.setVisible(not allowed)
        for part in self._guarded:
            part.setEnabled(allowed)

    def _field(self, name: str, most: int) -> TextField:
        field = TextField(name, self.app.theme, most=most)
        field.edit.returnPressed.connect(self._keep)
        field.edit.textEdited.connect(self._kept.hide)
        return field

    def _lay(self, grid: QGridLayout, row: int, names: tuple[str, ...], fields: list[TextField]) -> int:
        """Two beside each other, each below its name; the next free row."""
        for place, (name, field) in enumerate(zip(names, fields, strict=True)):
            line = row + place // 2 * 2
            grid.addWidget(label(name, "label", self.app.theme, color="text2"), line, place % 2)
            grid.addWidget(field, line + 1, place % 2)
        return row + (len(fields) + 1) // 2 * 2

    def _keep(self) -> None:
        ministry, office, unit, address = (field.edit.text() for field in self._lines)
        people = []
        for fields in self._people[:SIGNATORIES]:
            name, position, rank, nip = (field.edit.text() for field in fields)
            people.append(Signatory(name, rank, nip, position))
        self.app.set(KEY, letterhead_text(Letterhead(ministry, office, unit, address, tuple(people))))
        self._kept.set(_("Kept"), "ok", icon="check")
        self._kept.show()


def _line_names() -> tuple[str, ...]:
    return _("Ministry"), _("Office"), _("Institution"), _("Address")
