"""What the page of reports reads, on the background thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from pos.ledger import Ledger
from pos.model import Table
from pos.reports import run_report
from pos.reports.below import ALWAYS
from pos.reports.completeness import complete
from pos.reports.overview import Overview, Scope, overview, scope_of
from ui.reports.asked import Asked, period_of


@dataclass(frozen=True, slots=True)
class Answer:
    """To which turn of asking it belongs, what can be asked, what was found, how complete that is."""

    turn: int
    scope: Scope
    found: Overview | Table
    holds: Table


def read(ledger: Ledger, asked: Asked, today: date, now: datetime, turn: int) -> Answer:
    """The figures, or the one report that is asked for. Raises Refused as `run_report` does."""
    scope = scope_of(ledger, today)
    period = period_of(asked, scope, today)
    holds = Table("", "", (), (), complete=complete(ledger, asked.booth))
    if not asked.report:
        return Answer(turn, scope, overview(ledger, period, today, now), holds)
    if asked.report in ALWAYS:
        period = replace(period, start=None, end=None)
    return Answer(turn, scope, run_report(ledger, asked.report, period), holds)
