"""What the page of reports asks by lists and a calendar: days, booth, institution, report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.days_sheet import DaysSheet
from ui.reports.asked import DAYS
from ui.reports.choosing import booths_of, choose, reports_there_are, units_of

if TYPE_CHECKING:
    from ui.reports.page import ReportsPage


class Picking:
    """Each opens over the page, which is told what was chosen."""

    def __init__(self, page: ReportsPage) -> None:
        self.page, self._theme = page, page.app.theme

    def days(self, title: str) -> None:
        """From a calendar."""
        page, period = self.page, self.page.period
        if period is None or period.start is None or period.end is None:
            return
        sheet = DaysSheet(page, self._theme, title, period.start, period.end)
        sheet.chosen.connect(
            lambda start, end: page.ask(replace(page.asked, preset=DAYS, start=start, end=end))
        )
        sheet.open()

    def booth(self) -> None:
        """One of them, or all."""
        page = self.page
        take = lambda code: page.ask(replace(page.asked, booth=code))  # noqa: E731
        choose(page, self._theme, booths_of(page.scope), page.asked.booth, take)

    def unit(self) -> None:
        """One institution, or all."""
        page = self.page
        take = lambda code: page.ask(replace(page.asked, institution=code))  # noqa: E731
        choose(page, self._theme, units_of(page.scope), page.asked.institution, take)

    def report(self) -> None:
        """The page of figures, or a table."""
        page = self.page
        choose(page, self._theme, reports_there_are(), page.asked.report, page.show_report)
