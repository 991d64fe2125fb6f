"""The institutions by rank: the regional office's first question, with those that sold nothing at the end."""

from __future__ import annotations

from sqlalchemy import case, func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import (
    Period,
    figure_columns,
    figures,
    institutions,
    shared,
    shares,
    summed,
)
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row an institution, highest turnover first; a bundle counts for those whose goods are inside."""
    sums = shared(period)
    unit, days = sums.c.institution, func.count(case((sums.c.qty > 0, sums.c.day)))  # a row a day
    goods = select(unit, days, *figures(sums)).group_by(unit)
    with ledger.read() as conn:
        sold = {code: tuple(found) for code, *found in conn.execute(goods)}
        units = institutions(conn, sold)
    wanted = [units[period.institution]] if period.institution else list(units.values())
    found = sorted(((one, *sold.get(one.code, (0,) * 5)) for one in wanted), key=lambda row: -row[-1])
    parts = shares([row[-1] for row in found])
    rows = [
        (rank, one.code, one.name, *sums, part, count)
        for rank, ((one, count, *sums), part) in enumerate(zip(found, parts, strict=True), 1)
    ]
    columns = (
        Column("rank", _("No."), "int"),
        Column("institution", _("Code"), "text"),
        Column("name", _("Institution"), "text"),
        *figure_columns(),
        Column("share", _("Share"), "percent"),
        Column("days", _("Days with sales"), "int"),
    )
    return summed("institutions", _("Per institution"), columns, rows, "qty gross discount total share")
