"""What is on the page of reports, as it leaves it: on paper, as a file."""

from __future__ import annotations

from dataclasses import replace

from pos.complete import Complete
from pos.model import Table
from pos.practice import practice_word
from pos.reports import Period
from pos.reports.below import ALWAYS
from pos.reports.drawn import Drawn
from pos.reports.shown import Shown
from pos.text import _
from ui.app import App
from ui.reports.about import about
from ui.reports.asked import days_of
from ui.reports.saving import file_name

LONGEST = 60  # characters of what a file is about, so that its days are in its name too


def report_shown(
    app: App,
    table: Table,
    period: Period,
    whom: tuple[str, ...],
    complete: tuple[Complete, ...],
    *,
    about_what: str = "",
) -> Shown:
    """One report as a table; `whom` are booth and institution as the page has them. `about_what` tells its
    file from those of the same report about something else.
    """
    spoken = replace(period, start=None, end=None) if table.name in ALWAYS else period
    days = days_of(spoken) or _("from the first day until now")
    head = about(app, (*whom, days), complete, spoken.end)
    name = file_name("-".join(word for word in (table.name, about_what[:LONGEST]) if word), spoken)
    return Shown(name, table.title, head, (table,), practice_word(app.device))


def figures_shown(
    app: App,
    page: tuple[Drawn | None, tuple[Table, ...]],
    period: Period,
    whom: tuple[str, ...],
    complete: tuple[Complete, ...],
) -> Shown:
    """The page of figures: its charts, and the tables behind its panels in their order there."""
    drawn, tables = page
    head = about(app, (*whom, days_of(period)), complete, period.end)
    dated = tuple(_dated(one) for one in tables)
    return Shown(file_name("", period), _("Reports"), head, dated, practice_word(app.device), drawn)


def _dated(table: Table) -> Table:
    """A table that tells of other days than those around it says so."""
    if table.name not in ALWAYS:
        return table
    return replace(table, title=f"{table.title}, {_('from the first day until now')}")
