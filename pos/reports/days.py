"""Turnover day by day: every business day on which something was sold."""

from __future__ import annotations

from sqlalchemy import select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, added, figure_columns, figures, goods_of, narrowed, summed
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a day, in order. Of one institution the receipts are not known (None), as in `totals`."""
    sold = goods_of(period)
    goods = select(sold.c.day, *figures(sold)).where(*narrowed(sold, period)).group_by(sold.c.day)
    sales: dict[str, int] = {}
    with ledger.read() as conn:
        found = conn.execute(goods.order_by(sold.c.day)).all()
        if not period.institution:
            query = select(DAY_CASHIER.c.day, added(DAY_CASHIER.c.sales)).group_by(DAY_CASHIER.c.day)
            sales = dict(conn.execute(query.where(*narrowed(DAY_CASHIER, period))).all())
    columns = (Column("day", _("Date"), "date"), Column("sales", _("Receipts"), "int"), *figure_columns())
    rows = [(day, sales.get(day), *sums) for day, *sums in found]
    return summed("days", _("Per day"), columns, rows, "sales qty gross discount total")
