"""What the office's list of receipts is narrowed down by, each a pill that opens a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.model import Staff
from pos.money import plain
from pos.payments import METHODS, method_name
from pos.receipt_pages import Sought
from pos.reports.overview import Scope
from pos.text import _, date_span, short_date
from ui.app import App
from ui.days_sheet import DaysSheet
from ui.flow import Flow
from ui.list_sheet import Entry
from ui.reports.choosing import Choice, booths_of, choose, units_of
from ui.reports.picker import Picker
from ui.widgets import label

WEEK = "6"  # days back
CALENDAR = "days"


class Filters(QWidget):
    """`asked` tells what is looked for from now on. Sheets lie over `page`."""

    asked = Signal(object)

    def __init__(self, app: App, page: QWidget) -> None:
        super().__init__()
        self.app, self.page = app, page
        self.sought = Sought()
        self.scope: Scope | None = None
        self.people: dict[str, Staff] = {}
        theme, px = app.theme, app.theme.px
        self.days = Picker("calendar-days", _("Days"), theme)
        self.booth = Picker("store", _("Booth"), theme)
        self.unit = Picker("landmark", _("Institution"), theme)
        self.method = Picker("credit-card", _("Way to pay"), theme)
        self.cashier = Picker("user-round", _("Cashier"), theme)
        self.total = label("", "label", theme, color="text2", right=True)
        self.total.setMinimumHeight(theme.size("touchMin"))
        flow = Flow(px(6), px(2))
        for picker, act in (
            (self.days, self.pick_days),
            (self.booth, self.pick_booth),
            (self.unit, self.pick_unit),
            (self.method, self.pick_method),
            (self.cashier, self.pick_cashier),
        ):
            picker.clicked.connect(act)
            flow.add(picker)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(flow, 1)
        row.addWidget(self.total, 0, Qt.AlignmentFlag.AlignBottom)
        self.show_sought(self.sought)

    def know(self, scope: Scope | None, people: dict[str, Staff]) -> None:
        """What there is to choose from."""
        self.scope, self.people = scope, people
        self.show_sought(self.sought)

    def show_count(self, number: int) -> None:
        """How many receipts there are."""
        self.total.setText(_("{count} receipts").format(count=plain(number)))

    def show_sought(self, sought: Sought) -> None:
        """What is looked for."""
        self.sought, scope = sought, self.scope
        days = _("All days")
        if sought.start and sought.end:
            same = sought.start == sought.end
            days = short_date(sought.start) if same else date_span(sought.start, sought.end)
        booths = dict(scope.booths) if scope else {}
        units = {one.code: one.short for one in scope.units} if scope else {}
        person = self.people.get(sought.cashier)
        self.days.show_choice(days)
        self.booth.show_choice(booths.get(sought.booth, sought.booth) or _("All booths"))
        self.unit.show_choice(units.get(sought.institution, sought.institution) or _("All institutions"))
        self.method.show_choice(method_name(sought.method) if sought.method else _("All ways to pay"))
        self.cashier.show_choice((person.name if person else sought.cashier) or _("All cashiers"))

    def pick_days(self) -> None:
        """A day, the last week, or days of a calendar."""
        last = (self.scope.last if self.scope else None) or self.app.today
        entries = [
            Entry("", _("All days")),
            Entry("0", short_date(last)),
            Entry("1", short_date(last - timedelta(days=1))),
            Entry(WEEK, _("7 days until {day}").format(day=short_date(last))),
            Entry(CALENDAR, _("Choose days…")),
        ]
        now = "" if self.sought.start is None else CALENDAR
        self._pick(Choice(_("Which days?"), entries), now, lambda code: self._take_days(code, last))

    def pick_booth(self) -> None:
        """One booth, or all."""
        take = lambda code: self._take(booth=code)  # noqa: E731
        self._pick(booths_of(self.scope), self.sought.booth, take)

    def pick_unit(self) -> None:
        """With goods of one institution, or all."""
        take = lambda code: self._take(institution=code)  # noqa: E731
        self._pick(units_of(self.scope), self.sought.institution, take)

    def pick_method(self) -> None:
        """Paid in one way, or all."""
        ways = [Entry(code, method_name(code)) for code in (*METHODS, "deposit")]
        choice = Choice(_("Which way to pay?"), [Entry("", _("All ways to pay")), *ways])
        self._pick(choice, self.sought.method, lambda code: self._take(method=code))

    def pick_cashier(self) -> None:
        """Of one cashier, or all."""
        people = [Entry(code, one.name) for code, one in self.people.items()]
        choice = Choice(_("Which cashier?"), [Entry("", _("All cashiers")), *people])
        self._pick(choice, self.sought.cashier, lambda code: self._take(cashier=code))

    def _pick(self, choice: Choice, now: str, take: Callable[[str], object]) -> None:
        choose(self.page, self.app.theme, choice, now, take)

    def _take(self, **what: str) -> None:
        self.asked.emit(replace(self.sought, **what))  # type: ignore[arg-type]

    def _take_days(self, code: str, last: date) -> None:
        if code == "":
            self._between(None, None)
        elif code == CALENDAR:
            now = (self.sought.start or last, self.sought.end or last)
            sheet = DaysSheet(self.page, self.app.theme, _("Days"), *now)
            sheet.chosen.connect(self._between)
            sheet.open()
        else:
            start = last - timedelta(days=int(code))
            self._between(start, last if code == WEEK else start)

    def _between(self, start: date | None, end: date | None) -> None:
        self.asked.emit(replace(self.sought, start=start, end=end))
