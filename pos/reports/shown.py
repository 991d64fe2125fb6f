"""What leaves a page of reports: its tables as they stand there, below a head that says of what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pos.clock import zone_name
from pos.complete import Complete
from pos.model import Table
from pos.reports.completeness import complete_lines, missing_line
from pos.reports.drawn import Drawn
from pos.sheets import guarded
from pos.text import _, clock_time, short_date


class Head(NamedTuple):
    """Of which exhibition, what was chosen (booth, institution, days), who made it when, up to when it holds.

    `complete` are sentences. What is not known is empty.
    """

    event: str = ""
    chosen: str = ""
    made: str = ""
    complete: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What each is called, and what it is; nothing that is empty."""
        found = (
            (_("Exhibition"), self.event),
            (_("Shown"), self.chosen),
            (_("Made"), self.made),
            (_("Completeness"), " ".join(self.complete)),
        )
        return tuple((name, words) for name, words in found if words)


class Made(NamedTuple):
    """Who made it, and when."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is shown: `tables` in their order there, columns and rows as they are chosen and sorted.

    `name` is the one of its file; `practice`: the word that its figures prove nothing by (pos/practice.py).
    `drawn` are the figures and charts above the tables: paper has them, too.
    """

    name: str
    title: str
    head: Head
    tables: tuple[Table, ...] = field(default=())
    practice: str = ""
    drawn: Drawn | None = None

    @property
    def several(self) -> bool:
        """Whether each table needs its own title."""
        return len(self.tables) > 1


def head_of(
    event: str,
    chosen: Sequence[str],
    made: Made,
    complete: tuple[Complete, ...] = (),
    *,
    until: date | None = None,
    own: bool = False,
) -> Head:
    """The head of whatever leaves the program: the one way in which it says what it is.

    `until` is the last day it tells of: laptops that are not known up to that day are named. `own`: it is
    told by the booth itself, whose figures hold until now.
    """
    now = f"{short_date(made.at.date())} {clock_time(made.at)} {zone_name(made.at)}".strip()
    said = _("{when} by {name}").format(when=now, name=made.who) if made.who else now
    if own:
        lines = [_("Figures of this laptop until {when}.").format(when=now)]
    else:
        lines = complete_lines(Table("", "", (), (), complete=complete))
        if until is not None and (missing := missing_line(complete, min(until, made.at.date()))):
            lines[1:] = [missing]
    return Head(event, " · ".join(part for part in chosen if part), said, tuple(lines))


def sums_row(table: Table) -> tuple[Any, ...] | None:
    """The sums of a table as a row that is marked as such; None where it has none.

    The mark stands in the first column of text, as on the screen, or in the first of all; a single row of
    figures that are all added up is its own sum. Rows that programs read never get one: a program adds up
    whatever is in a column.
    """
    if not table.totals:
        return None
    sums = [table.totals.get(column.key) for column in table.columns]
    free = [n for n, column in enumerate(table.columns) if column.key not in table.totals]
    place = next((n for n in free if table.columns[n].kind == "text"), 0)
    if place not in free:
        return None
    return tuple(_("Total") if n == place else one for n, one in enumerate(sums))


def tsv(table: Table) -> str:
    """A table to be pasted into a sheet: titles, rows and sums with tabs between the cells.

    Figures go without dots, so that the sheet can add them up; no text is taken for a formula.
    """
    sums = sums_row(table)
    rows = ([column.title for column in table.columns], *table.rows, *([sums] if sums else []))
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _cell(value: Any) -> str:
    """One cell: nothing for what is not known."""
    if value is None:
        return ""
    return " ".join(guarded(value).split()) if isinstance(value, str) else str(value)
