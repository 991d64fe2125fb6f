"""The categories of goods by rank."""

from __future__ import annotations

from sqlalchemy import func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, figure_columns, figures, items_of, narrowed, summed
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a category that was sold, highest turnover first, and of how many different products."""
    with ledger.read() as conn:
        sold = items_of(conn, period)
        total = figures(sold)[-1]
        goods = (
            select(sold.c.category, func.count(sold.c.sku.distinct()), *figures(sold))
            .where(*narrowed(sold, period))
            .group_by(sold.c.category)
            .order_by(total.desc(), sold.c.category)
        )
        found = conn.execute(goods).all()
    rows = [
        (rank, category or _("No category"), *counts) for rank, (category, *counts) in enumerate(found, 1)
    ]
    columns = (
        Column("rank", _("No."), "int"),
        Column("category", _("Category"), "text"),
        Column("products", _("Products sold"), "int"),
        *figure_columns(),
    )
    return summed("categories", _("Per category"), columns, rows, "qty gross discount total")
