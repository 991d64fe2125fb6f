"""The categories of goods by rank."""

from __future__ import annotations

from sqlalchemy import func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, figure_columns, figures, narrowed, summed
from pos.tables import DAY_ITEM
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a category that was sold, highest turnover first, and of how many different products."""
    total = figures()[-1]
    goods = (
        select(DAY_ITEM.c.category, func.count(DAY_ITEM.c.sku.distinct()), *figures())
        .where(*narrowed(DAY_ITEM, period))
        .group_by(DAY_ITEM.c.category)
        .order_by(total.desc(), DAY_ITEM.c.category)
    )
    with ledger.read() as conn:
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
