"""Before the first sale of a day: which day it is, who is at the till, and how much is in the drawer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Approval, Shift, Staff
from pos.money import rupiah
from pos.text import _, clean_text, short_date
from ui import work
from ui.app import App
from ui.fields import FieldMessage, MoneyField, TextField
from ui.flow import Flow
from ui.keys import action_of
from ui.people.approval import Wanted, ask
from ui.scroll import Scroll
from ui.till.day_choice import DayChoice
from ui.till.forgotten_shift import ForgottenShift
from ui.widgets import Button, Chip, Panel, label

if TYPE_CHECKING:  # the till is on the screen before SQLAlchemy is there
    from pos.ledger import Ledger
    from pos.shifts import Days

MOST = 60  # characters of a name
WIDTH = 520  # px at 100 %
CLOSE_SCREEN = 6  # its place in the menu
SMALL_HOURS = 5  # until then a shift of the evening before may still go on
WEIGHTY = {"back", "outside", "early"}  # what is odd about a day and should not be


class OpenShift(QWidget):
    """Opens the shift of a day; an unknown name becomes a new cashier. The app then has a shift.

    A former shift that is still open comes first: nothing else can be done here until it is closed.
    """

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme = app.theme
        self._days: Days | None = None
        self._group = QButtonGroup(self)
        self._chips: dict[str, Chip] = {}
        self.day = DayChoice(app.clock.now().date(), app.device.event, theme)
        self._odd = label("", "label", theme, color="warn", wrap=True)
        self._before = label("", "label", theme, color="text2", wrap=True)
        self.name = TextField(_("Name of the cashier"), theme, most=MOST)
        self.drawer = MoneyField(_("Cash in the drawer"), theme)
        self._left = Chip("", checkable=False, theme=theme)
        self._wrong = FieldMessage(theme)
        self.open = Button(_("Open the shift"), keycap="F9", theme=theme)
        self.forgotten = ForgottenShift(theme)
        self._form = QWidget()
        self.open.clicked.connect(self._open)
        self.name.edit.returnPressed.connect(self.drawer.edit.setFocus)
        self.drawer.edit.returnPressed.connect(self.open.click)
        self._left.clicked.connect(self._take_left)
        self.day.changed.connect(self._judge)
        self.forgotten.counting.connect(lambda: app.screen_wanted.emit(CLOSE_SCREEN))
        self.forgotten.leaving.connect(self._leave)
        self.forgotten.going_on.connect(self._go_on)
        app.failed.connect(self._tell)
        app.posted.connect(self.ask_days)
        app.staff_changed.connect(self._choose_signed_in)
        self._lay_out()
        self._show_days(None)

    def focus_first(self) -> None:
        """The keyboard where something is to be typed."""
        if self._days and self._days.unclosed:
            self.forgotten.take_focus()
        else:
            (self.drawer if self._chips else self.name).edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 does what is to be done; everything else goes on to the frame."""
        if action_of(event, "closing") != "main action":
            event.ignore()
        elif self._days and self._days.unclosed:
            self.forgotten.counting.emit()
        else:
            self.open.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.app.theme.color("bg"))

    def _tell(self, error: UserError) -> None:
        self._wrong.say(str(error))

    def ask_days(self, _posted: object = None) -> None:
        """Ask the ledger, which is open by then, what it knows of its days."""
        app = self.app
        work.run(lambda: _days_of(app), done=self._show_days, failed=self._tell)

    def _show_days(self, days: Days | None) -> None:
        first = self._days is None
        self._days = days
        unclosed = days.unclosed if days else None
        self.forgotten.setVisible(unclosed is not None)
        self._form.setVisible(unclosed is None)
        if days and unclosed:
            late = days.now.hour < SMALL_HOURS and days.now.date() - unclosed.day == timedelta(days=1)
            self.forgotten.show_shift(unclosed, may_go_on=late or unclosed.day > days.now.date())
        if days and first:
            self.day.show_day(days.proposed)
        if days and days.closing and not unclosed and self.drawer.amount is None:
            self.drawer.set_amount(days.closing.left)
            self.drawer.edit.selectAll()
        left = days.closing.left if days and days.closing else None
        self._left.setVisible(left is not None)
        if left is not None:
            self._left.setText(_("Left by the last closing: {amount}").format(amount=rupiah(left)))
            self._left.set_count(None)
        self._judge()
        if unclosed and self.isVisible():
            self.forgotten.take_focus()

    def _judge(self) -> None:
        """Say what is odd about the day, and what the last closing was."""
        if self._days is None:
            for text in (self._odd, self._before):
                text.hide()
            return
        from pos.shifts import left_words, oddities

        found = [each for each in oddities(self._days, self.day.day) if each.kind != "open"]
        weighty = [each.message for each in found if each.kind in WEIGHTY]
        light = [each.message for each in found if each.kind not in WEIGHTY]
        if self._days.closing:
            light.insert(0, left_words(self._days.closing))
        if weighty:
            weighty.append(_("Check the day above before you go on."))
        for text, said in ((self._odd, weighty), (self._before, light)):
            text.setText(" ".join(said))
            text.setVisible(bool(said))

    def _take_left(self) -> None:
        if self._days and self._days.closing:
            self.drawer.set_amount(self._days.closing.left)
            self.drawer.edit.setFocus()

    def _lay_out(self) -> None:
        theme, px = self.app.theme, self.app.theme.px
        self._lay_out_form()
        card = Panel(theme)
        card.setFixedWidth(px(WIDTH))
        inside = QVBoxLayout(card)
        margin = px(24)
        inside.setContentsMargins(margin, px(20), margin, px(20))
        inside.setSpacing(px(8))
        inside.addWidget(label(_("Open the shift"), "heading", theme))
        inside.addWidget(label(self.app.device.name, "body", theme, color="text2", wrap=True))
        inside.addWidget(self.forgotten)
        inside.addWidget(self._form)
        inside.addWidget(self._wrong)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        ground = QWidget()
        middle = QVBoxLayout(ground)
        middle.setContentsMargins(0, px(12), 0, px(12))
        middle.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(1)
        area = Scroll(ground, over=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _lay_out_form(self) -> None:
        theme, px = self.app.theme, self.app.theme.px
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(8))
        column.addWidget(label(_("Business day"), "label", theme, color="text2"))
        column.addWidget(self.day)
        column.addWidget(self._odd)
        column.addWidget(self._before)
        column.addWidget(label(_("Cashier"), "label", theme, color="text2"))
        column.addWidget(self._known())
        column.addWidget(self.name)
        column.addWidget(label(_("Cash in the drawer"), "label", theme, color="text2"))
        column.addWidget(self.drawer)
        column.addWidget(self._left, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(4))
        column.addWidget(self.open)

    def _known(self) -> Flow:
        """The people of the ledger as chips, as many in a row as fit; the first is chosen."""
        people = Flow(self.app.theme.px(8))
        who = self.app.signed_in
        for number, one in enumerate([who] if who else self.app.staff.values()):
            chip = Chip(one.name, theme=self.app.theme)
            chip.setChecked(number == 0)
            self._group.addButton(chip)
            self._chips[one.code] = chip
            people.add(chip)
        self.name.setVisible(not self._chips)
        return people

    def _choose_signed_in(self) -> None:
        """Whoever shows a PIN while this page is there is the cashier."""
        who = self.app.signed_in
        if who and who.code in self._chips:
            self._chips[who.code].setChecked(True)

    def _open(self) -> None:
        code = next((code for code, chip in self._chips.items() if chip.isChecked()), "") or self._newcomer()
        if not code:
            self.name.set_error(True)
            self._wrong.say(_("Type the name of the cashier."))
            return
        from pos.shifts import open_shift

        self._wrong.say("")
        days = self._days
        shift: Shift | None = self.app.do(open_shift, code, self.day.day, self.drawer.amount or 0)
        if shift:
            if days:
                self._note_clock(days, shift)
            self.app.set_shift(shift)

    def _note_clock(self, days: Days, shift: Shift) -> None:
        """A clock that was set back is kept for whoever looks at the day later."""
        from pos.shifts import oddities

        if days.last_at and any(each.kind == "back" for each in oddities(days, shift.day)):
            ledger, detail = self.app.ledger, f"{days.last_at.isoformat()} > {days.now.isoformat()}"
            work.run(lambda: _note(ledger, detail, shift), failed=self._tell)

    def _leave(self) -> None:
        """Close the forgotten shift as it is, with somebody who may."""
        from pos.closing import DIFFERENCE, closing_subject

        shift = self._days.unclosed if self._days else None
        if shift is None:
            return
        asked = _("The shift of {day} is closed without counting its money.").format(
            day=short_date(shift.day)
        )
        wanted = Wanted(DIFFERENCE, closing_subject(shift), asked, reason=_("Forgotten in the evening"))
        ask(self.app, self, wanted, lambda approval: self._close_uncounted(shift, approval))

    def _close_uncounted(self, shift: Shift, approval: Approval | None) -> None:
        from pos.closing import close_uncounted

        reason, who = _("Forgotten in the evening"), self.app.cashier.code or shift.cashier
        self._wrong.say("")
        self.app.do(close_uncounted, shift, reason, who, approval)

    def _go_on(self) -> None:
        if self._days and self._days.unclosed:
            self.app.set_shift(self._days.unclosed)

    def _newcomer(self) -> str:
        """The code of the person whose name was typed, put down in the ledger; empty without a name."""
        from pos.people import newcomer
        from pos.staff import staff

        name = clean_text(self.name.edit.text(), MOST)
        person: Staff | None = self.app.do(newcomer, name) if name else None
        self.app.staff = staff(self.app.ledger)
        return person.code if person else ""


def _days_of(app: App) -> Days:
    """In the background: the ledger may still be opening."""
    from pos.shifts import days_of

    return days_of(app.ledger)


def _note(ledger: Ledger, detail: str, shift: Shift) -> None:
    from pos.activity import CLOCK, note

    note(ledger, CLOCK, detail, shift.cashier, shift)
