"""The lists from which is chosen what reports and receipts are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from pos.reports import REPORTS
from pos.reports.overview import Scope
from pos.text import _
from ui.list_sheet import Entry
from ui.reports.names import report_names
from ui.reports.picker import PickSheet
from ui.theme import Theme


class Choice(NamedTuple):
    """What is asked, and what there is to choose from."""

    title: str
    entries: Sequence[Entry]


def choose(over: QWidget, theme: Theme, choice: Choice, now: str, take: Callable[[str], object]) -> PickSheet:
    """Ask over a page; `take` is told the value."""
    sheet = PickSheet(over, theme, choice.title, choice.entries, now)
    sheet.chosen.connect(take)
    sheet.open()
    return sheet


def booths_of(scope: Scope | None) -> Choice:
    """All booths, or one."""
    booths = [Entry(code, name, code) for code, name in (scope.booths if scope else ())]
    return Choice(_("Which booth?"), [Entry("", _("All booths")), *booths])


def units_of(scope: Scope | None) -> Choice:
    """All institutions, or one."""
    units = [Entry(one.code, one.name, one.regency) for one in (scope.units if scope else ())]
    return Choice(_("Which institution?"), [Entry("", _("All institutions")), *units])


def reports_there_are() -> Choice:
    """The page of figures, or a report as a table."""
    names = report_names()
    tables = [Entry(name, names.get(name, name)) for name in REPORTS]
    return Choice(_("Which report?"), [Entry("", _("Figures and charts")), *tables])
