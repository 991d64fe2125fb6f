"""The figures at the top: receipts, pieces, turnover, the average receipt, and who sold on how many days."""

from __future__ import annotations

from sqlalchemy import func, literal, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import (
    Period,
    added,
    figure_columns,
    figures,
    goods_of,
    narrowed,
    summed,
)
from pos.sum_tables import DAY_UNIT
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row. Of one institution the receipts are not known (None): one may hold goods of several."""
    sold, key = goods_of(period), (DAY_UNIT.c.day, DAY_UNIT.c.institution)
    receipts = literal(None) if period.institution else added(DAY_CASHIER.c.sales)
    goods = select(receipts, *figures(sold)).where(*narrowed(sold, period))
    makers = select(*key).where(*narrowed(DAY_UNIT, period)).group_by(*key)
    sold_on = makers.having(func.sum(DAY_UNIT.c.qty) > 0).subquery()  # more than came back that day
    count_units, count_days = (func.count(sold_on.c[name].distinct()) for name in ("institution", "day"))
    with ledger.read() as conn:
        sales, *sums = conn.execute(goods).one()
        institutions, days = conn.execute(select(count_units, count_days)).one()
    average = None if sales is None else sums[-1] // sales if sales else 0
    columns = (
        Column("sales", _("Receipts"), "int"),
        *figure_columns(),
        Column("average", _("Average receipt"), "money"),
        Column("institutions", _("Institutions that sold"), "int"),
        Column("days", _("Days with sales"), "int"),
    )
    row = (sales, *sums, average, institutions, days)
    return summed("totals", _("Totals"), columns, [row], "sales qty gross discount total")
