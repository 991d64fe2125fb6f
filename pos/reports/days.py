"""Turnover day by day: every business day on which something was sold."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, literal, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import (
    Period,
    Row,
    added,
    figure_columns,
    figures,
    goods_of,
    narrowed,
    plain_rows,
    summed,
)
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a day, in order. Of one institution the receipts are not known (None), as in `totals`."""
    with ledger.read() as conn:
        return days_table(sold_on_days(conn, period))


def sold_on_days(conn: Connection, period: Period) -> list[Row]:
    """The rows: day, receipts, pieces, and Rupiah before discounts, of discounts, and after them."""
    sold = goods_of(period)
    receipts = literal(None) if period.institution else added(DAY_CASHIER.c.sales)
    goods = select(sold.c.day, receipts, *figures(sold)).where(*narrowed(sold, period)).group_by(sold.c.day)
    return plain_rows(conn, goods.order_by(sold.c.day))


def days_table(rows: Sequence[Row]) -> Table:
    """The report of these rows."""
    columns = (Column("day", _("Date"), "date"), Column("sales", _("Receipts"), "int"), *figure_columns())
    return summed("days", _("Per day"), columns, rows, "sales qty gross discount total")
