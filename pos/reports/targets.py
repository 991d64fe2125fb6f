"""What each institution is to bring as state revenue in a year, and what it has brought."""

from __future__ import annotations

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, Row, institutions, summed
from pos.settlements import standings
from pos.shares import STATE
from pos.text import _
from pos.treasury import paid_in, targets


def run(ledger: Ledger, period: Period) -> Table:
    """One row a year and institution that has a target or paid in.

    `reached` is in whole percent, rounded down; None without a target. `state` is what the sales of this
    exhibition come to as state revenue (its whole time), to be held against what was paid in.
    """
    with ledger.read() as conn:
        wanted, paid = targets(conn), paid_in(conn, period.institution)
        units = institutions(conn, {code for _year, code in (*wanted, *paid)})
        years = {year for year, _code in (*wanted, *paid) if _in(period, year)}
        state = {code: one.parts.get(STATE) for code, one in standings(conn, period.booth).items()}
    rows: list[Row] = []
    for year in sorted(years):
        for code, unit in units.items():
            target, amount = wanted.get((year, code)), paid.get((year, code), 0)
            if period.institution not in ("", code) or (target is None and not amount):
                continue
            reached = amount * 100 // target if target else None
            left = None if target is None else max(target - amount, 0)
            rows.append((str(year), code, unit.name, target, amount, reached, left, state.get(code)))
    columns = (
        Column("year", _("Year"), "text"),
        Column("institution", _("Code"), "text"),
        Column("name", _("Institution"), "text"),
        Column("target", _("Target"), "money"),
        Column("amount", _("Paid in"), "money"),
        Column("reached", _("Reached"), "percent"),
        Column("left", _("Missing"), "money"),
        Column("state", _("PNBP of the sales"), "money"),
    )
    return summed("targets", _("Targets of state revenue"), columns, rows, "target amount left state")


def _in(period: Period, year: int) -> bool:
    return (period.start is None or period.start.year <= year) and (
        period.end is None or year <= period.end.year
    )
