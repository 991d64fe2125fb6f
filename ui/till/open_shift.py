"""Before the first sale of a day: who is at the till, and how much is in the drawer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Shift, Staff
from pos.text import _, clean_text, fold, long_date
from ui.app import App
from ui.fields import FieldMessage, MoneyField, TextField
from ui.widgets import Button, Chip, Panel, label

MOST = 60  # characters of a name


class OpenShift(QWidget):
    """Opens the shift of today; an unknown name becomes a new cashier. `opened` when that is done."""

    opened = Signal()

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme = app.theme
        self._group = QButtonGroup(self)
        self._chips: dict[str, Chip] = {}
        self.name = TextField(_("Name of the cashier"), theme, most=MOST)
        self.drawer = MoneyField(_("Cash in the drawer"), theme)
        self._wrong = FieldMessage(theme)
        self.open = Button(_("Open the shift"), theme=theme)
        self.open.clicked.connect(self._open)
        self.name.edit.returnPressed.connect(self.drawer.edit.setFocus)
        self.drawer.edit.returnPressed.connect(self.open.click)
        app.failed.connect(self._tell)
        self._lay_out()

    def focus_first(self) -> None:
        """The keyboard where something is to be typed."""
        (self.drawer if self._chips else self.name).edit.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.app.theme.color("bg"))

    def _tell(self, error: UserError) -> None:
        self._wrong.say(str(error))

    def _lay_out(self) -> None:
        theme = self.app.theme
        card = Panel(theme)
        card.setFixedWidth(theme.px(480))
        inside = QVBoxLayout(card)
        margin = theme.px(24)
        inside.setContentsMargins(margin, margin, margin, margin)
        inside.setSpacing(theme.px(8))
        inside.addWidget(label(_("Open the shift"), "heading", theme))
        today = long_date(self.app.clock.now().date())
        inside.addWidget(label(f"{self.app.device.name} · {today}", "body", theme, color="text2"))
        inside.addSpacing(theme.px(12))
        inside.addWidget(label(_("Cashier"), "label", theme, color="text2"))
        inside.addLayout(self._known())
        inside.addWidget(self.name)
        inside.addSpacing(theme.px(8))
        inside.addWidget(label(_("Cash in the drawer"), "label", theme, color="text2"))
        inside.addWidget(self.drawer)
        inside.addWidget(self._wrong)
        inside.addWidget(self.open)
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def _known(self) -> QVBoxLayout:
        """The people of the ledger as chips, two in a row; the first is chosen."""
        rows = QVBoxLayout()
        row = QHBoxLayout()
        who = self.app.signed_in
        for number, one in enumerate([who] if who else self.app.staff.values()):
            if number % 2 == 0:
                row = QHBoxLayout()
                row.addStretch(1)
                rows.addLayout(row)
            chip = Chip(one.name, theme=self.app.theme)
            chip.setChecked(number == 0)
            self._group.addButton(chip)
            self._chips[one.code] = chip
            row.insertWidget(row.count() - 1, chip)
        self.name.setVisible(not self._chips)
        return rows

    def _open(self) -> None:
        code = next((code for code, chip in self._chips.items() if chip.isChecked()), "") or self._newcomer()
        if not code:
            self.name.set_error(True)
            self._wrong.say(_("Type the name of the cashier."))
            return
        from pos.shifts import open_shift

        today = self.app.clock.now().date()
        shift: Shift | None = self.app.do(open_shift, code, today, self.drawer.amount or 0)
        if shift:
            self.app.set_shift(shift)
            self.opened.emit()

    def _newcomer(self) -> str:
        """The code of the person whose name was typed, put down in the ledger; empty without a name."""
        from pos.staff import post_staff, staff

        name = clean_text(self.name.edit.text(), MOST)
        code = fold(name).replace(" ", "-")
        if code:
            self.app.do(post_staff, [Staff(code, name)])
            self.app.staff = staff(self.app.ledger)
        return code
