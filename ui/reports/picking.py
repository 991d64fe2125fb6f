"""What the page of reports asks by lists and a calendar: days, booth, institution, report."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos.reports import Period
from pos.reports.overview import Scope
from pos.text import _
from ui.days_sheet import DaysSheet
from ui.reports.asked import DAYS, Asked
from ui.reports.choosing import booths_of, choose, reports_there_are, units_of
from ui.theme import Theme


class Picking(QObject):
    """Each opens over the page. `asked` tells the question that follows, `report` only which report."""

    asked = Signal(Asked)
    report = Signal(str)

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._over, self._theme = over, theme

    def pick_days(self, now: Asked, period: Period) -> None:
        """From a calendar."""
        if period.start is None or period.end is None:
            return
        sheet = DaysSheet(self._over, self._theme, _("Days"), period.start, period.end)
        sheet.chosen.connect(
            lambda start, end: self.asked.emit(replace(now, preset=DAYS, start=start, end=end))
        )
        sheet.open()

    def pick_booth(self, now: Asked, scope: Scope | None) -> None:
        """One of them, or all."""
        take = lambda code: self.asked.emit(replace(now, booth=code))  # noqa: E731
        choose(self._over, self._theme, booths_of(scope), now.booth, take)

    def pick_unit(self, now: Asked, scope: Scope | None) -> None:
        """One institution, or all."""
        take = lambda code: self.asked.emit(replace(now, institution=code))  # noqa: E731
        choose(self._over, self._theme, units_of(scope), now.institution, take)

    def pick_report(self, now: Asked) -> None:
        """The page of figures, or a table."""
        choose(self._over, self._theme, reports_there_are(), now.report, self.report.emit)
