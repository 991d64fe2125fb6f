"""A shift of a former day that nobody closed: the ways out, none of which is a wall."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pos.model import Shift
from pos.text import _, clock_time, short_date
from ui.theme import Theme
from ui.widgets import Button, Panel, label


class ForgottenShift(Panel):
    """Says what is open, and asks by its signals for what is to be done."""

    counting = Signal()
    leaving = Signal()  # close it without a count, which somebody must allow
    going_on = Signal()  # it is the same evening still

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, fill="warnSoft", border="warnBorder")
        self._title = label("", "title", theme, color="onWarnSoft", wrap=True)
        words = _(
            "Its sales are safe. What is in the drawer belongs to it: count it now, or close it without "
            "counting with an officer."
        )
        self._count = Button(_("Count it now"), keycap="F9", theme=theme)
        self._leave = Button(_("Close without counting"), kind="secondary", theme=theme)
        self._go_on = Button(_("Go on with this shift"), kind="ghost", theme=theme)
        self._count.clicked.connect(self.counting)
        self._leave.clicked.connect(self.leaving)
        self._go_on.clicked.connect(self.going_on)
        column = QVBoxLayout(self)
        margin = theme.px(16)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(8))
        column.addWidget(self._title)
        column.addWidget(label(words, "body", theme, color="onWarnSoft", wrap=True))
        for button in (self._count, self._leave, self._go_on):
            column.addWidget(button)

    def show_shift(self, shift: Shift, *, may_go_on: bool) -> None:
        """Which one it is; `may_go_on`: it is after midnight, or the clock may be wrong."""
        told = _("The shift of {day}, {time} was not closed.")
        self._title.setText(told.format(day=short_date(shift.day), time=clock_time(shift.at)))
        self._go_on.setVisible(may_go_on)

    def take_focus(self) -> None:
        """Where work begins."""
        self._count.setFocus()
