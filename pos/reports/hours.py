"""When people buy: the hours of the day by the exhibition's clock."""

from __future__ import annotations

from sqlalchemy import select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, added, narrowed, summed
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row an hour from the first with a sale to the last; 14 stands for 14.00 to 14.59."""
    hour = DAY_CASHIER.c.hour
    query = (
        select(hour, added(DAY_CASHIER.c.sales), added(DAY_CASHIER.c.qty), added(DAY_CASHIER.c.total))
        .where(*narrowed(DAY_CASHIER, period))
        .group_by(hour)
    )
    with ledger.read() as conn:
        found = {at: tuple(sums) for at, *sums in conn.execute(query)}
    rows = [
        (at, *found.get(at, (0, 0, 0))) for at in range(min(found, default=0), max(found, default=-1) + 1)
    ]
    columns = (
        Column("hour", _("Hour"), "int"),
        Column("sales", _("Receipts"), "int"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Turnover"), "money"),
    )
    return summed("hours", _("Per hour"), columns, rows, "sales qty total")
