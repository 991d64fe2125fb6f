"""How buyers paid: every way the till knows, also those that nobody used."""

from __future__ import annotations

from sqlalchemy import select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.payments import METHODS, method_name
from pos.reports.scope import Period, added, narrowed, shares, summed
from pos.tables import DAY_PAYMENT
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a way to pay, in the till's order. A receipt paid in two parts is counted in both rows."""
    method = DAY_PAYMENT.c.method
    query = select(method, added(DAY_PAYMENT.c.count), added(DAY_PAYMENT.c.amount)).group_by(method)
    with ledger.read() as conn:
        found = conn.execute(query.where(*narrowed(DAY_PAYMENT, period)).order_by(method))
        paid = {code: (count, amount) for code, count, amount in found}
    known = [(code, *paid.get(code, (0, 0))) for code in dict.fromkeys([*METHODS, *paid])]
    parts = shares([row[-1] for row in known])
    rows = [
        (code, method_name(code), count, amount, part)
        for (code, count, amount), part in zip(known, parts, strict=True)
    ]
    columns = (
        Column("method", _("Code"), "text"),
        Column("name", _("Way to pay"), "text"),
        Column("count", _("Payments"), "int"),
        Column("amount", _("Amount"), "money"),
        Column("share", _("Share"), "percent"),
    )
    return summed("payments", _("Per way to pay"), columns, rows, "count amount share")
