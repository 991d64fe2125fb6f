"""The products by rank: what sold best, and for how much."""

from __future__ import annotations

from sqlalchemy import func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, figure_columns, figures, institutions, narrowed, short, summed
from pos.tables import DAY_ITEM
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a product that was sold, highest turnover first, named as it was when sold."""
    sku, unit, total = DAY_ITEM.c.sku, DAY_ITEM.c.institution, figures()[-1]
    goods = (
        select(sku, func.max(DAY_ITEM.c.name), func.max(DAY_ITEM.c.category), unit, *figures())
        .where(*narrowed(DAY_ITEM, period))
        .group_by(sku, unit)
        .order_by(total.desc(), sku, unit)
    )
    with ledger.read() as conn:
        found = conn.execute(goods).all()
        units = institutions(conn)
    rows = [
        (rank, code, name, category, short(units, maker), *sums)
        for rank, (code, name, category, maker, *sums) in enumerate(found, 1)
    ]
    columns = (
        Column("rank", _("No."), "int"),
        Column("sku", _("Code"), "text"),
        Column("name", _("Product"), "text"),
        Column("category", _("Category"), "text"),
        Column("institution", _("Institution"), "text"),
        *figure_columns(),
    )
    return summed("products", _("Per product"), columns, rows, "qty gross discount total")
