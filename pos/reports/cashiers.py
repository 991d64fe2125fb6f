"""Who sold how much: the cashiers of every booth."""

from __future__ import annotations

from sqlalchemy import func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, added, narrowed, summed
from pos.staff import staff
from pos.tables import DAY_CASHIER, DEVICE
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a cashier and booth, highest turnover first: two booths may each have their own Rina."""
    booth, cashier, total = DEVICE.c.booth, DAY_CASHIER.c.cashier, added(DAY_CASHIER.c.total)
    counts = (func.count(DAY_CASHIER.c.day.distinct()), added(DAY_CASHIER.c.sales), added(DAY_CASHIER.c.qty))
    query = (
        select(booth, cashier, *counts, total)
        .join(DEVICE, DEVICE.c.device == DAY_CASHIER.c.device)
        .where(*narrowed(DAY_CASHIER, period))
        .group_by(booth, cashier)
        .order_by(total.desc(), booth, cashier)
    )
    people = staff(ledger)
    with ledger.read() as conn:
        found = conn.execute(query).all()
    rows = [
        (
            stand,
            code,
            people[code].name if code in people else code,
            days,
            sales,
            qty,
            amount,
            amount // sales if sales else None,
        )
        for stand, code, days, sales, qty, amount in found
    ]
    columns = (
        Column("booth", _("Booth"), "text"),
        Column("cashier", _("Code"), "text"),
        Column("name", _("Cashier"), "text"),
        Column("days", _("Days with sales"), "int"),
        Column("sales", _("Receipts"), "int"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Turnover"), "money"),
        Column("average", _("Average receipt"), "money"),
    )
    return summed("cashiers", _("Per cashier"), columns, rows, "sales qty total")
