"""Turnover day by day: every business day on which something was sold."""

from __future__ import annotations

from sqlalchemy import literal, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, added, figure_columns, figures, goods_of, narrowed, summed
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a day, in order. Of one institution the receipts are not known (None), as in `totals`."""
    sold = goods_of(period)
    receipts = literal(None) if period.institution else added(DAY_CASHIER.c.sales)
    goods = select(sold.c.day, receipts, *figures(sold)).where(*narrowed(sold, period)).group_by(sold.c.day)
    with ledger.read() as conn:
        rows = [tuple(row) for row in conn.execute(goods.order_by(sold.c.day))]
    columns = (Column("day", _("Date"), "date"), Column("sales", _("Receipts"), "int"), *figure_columns())
    return summed("days", _("Per day"), columns, rows, "sales qty gross discount total")
