"""The products by rank: what sold best, and for how much."""

from __future__ import annotations

from sqlalchemy import func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import (
    Period,
    figure_columns,
    figures,
    institutions,
    items_of,
    narrowed,
    plain_rows,
    short,
    summed,
)
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a product that was sold, highest turnover first, named as it was when sold."""
    with ledger.read() as conn:
        sold = items_of(conn, period)
        sku, unit, total = sold.c.sku, sold.c.institution, figures(sold)[-1]
        goods = (
            select(sku, func.max(sold.c.name), func.max(sold.c.category), unit, *figures(sold))
            .where(*narrowed(sold, period))
            .group_by(unit, sku)
            .order_by(total.desc(), sku, unit)
        )
        found = plain_rows(conn, goods)
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
