"""The figures at the top: receipts, pieces, turnover, the average receipt, and who sold on how many days."""

from __future__ import annotations

from sqlalchemy import case, func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import (
    Period,
    added,
    figure_columns,
    figures,
    goods_of,
    narrowed,
    shared,
    sold_days,
    summed,
)
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row. Of one institution the receipts are not known (None): one may hold goods of several."""
    sold, makers = goods_of(period), shared(period)
    goods = select(*figures(sold)).where(*narrowed(sold, period))
    units = select(func.count(case((makers.c.qty > 0, makers.c.institution)).distinct()), sold_days(makers))
    sales = average = None
    with ledger.read() as conn:
        sums = conn.execute(goods).one()
        institutions, days = conn.execute(units).one()
        if not period.institution:
            query = select(added(DAY_CASHIER.c.sales)).where(*narrowed(DAY_CASHIER, period))
            sales = conn.execute(query).scalar_one()
            average = sums[-1] // sales if sales else 0
    columns = (
        Column("sales", _("Receipts"), "int"),
        *figure_columns(),
        Column("average", _("Average receipt"), "money"),
        Column("institutions", _("Institutions that sold"), "int"),
        Column("days", _("Days with sales"), "int"),
    )
    row = (sales, *sums, average, institutions, days)
    return summed("totals", _("Totals"), columns, [row], "sales qty gross discount total")
