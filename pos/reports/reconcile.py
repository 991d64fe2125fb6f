"""Do the books agree with themselves: lines, receipts, payments and the kept sums must come to the same."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy import Table as SqlTable

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, Row, added, narrowed
from pos.tables import DAY_CASHIER, DAY_ITEM, DAY_PAYMENT, PAYMENT, SALE, SALE_LINE
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a source: its pieces (None where it has none), its Rupiah, and how far it is from the receipts.

    The only report that walks over every sale, since it is there to check the sums that the others use.
    """
    rows: list[Row] = []
    with ledger.read() as conn:
        for title, table, pieces, amount in _sources():
            counted = [added(column) for column in (amount, pieces) if column is not None]
            total, *qty = conn.execute(select(*counted).where(*narrowed(table, period))).one()
            rows.append((title, qty[0] if qty else None, total))
    _receipts, right_qty, right_total = rows[0]
    told = [
        (title, qty, total, abs(total - right_total) + (abs(qty - right_qty) if qty is not None else 0))
        for title, qty, total in rows
    ]
    columns = (
        Column("source", _("Counted from"), "text"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Turnover"), "money"),
        Column("difference", _("Difference"), "int"),
    )
    totals = {"difference": sum(row[-1] for row in told)}
    return Table("reconcile", _("Cross-check"), columns, tuple(told), totals)


def _sources() -> tuple[tuple[str, SqlTable, ColumnElement[int] | None, ColumnElement[int]], ...]:
    return (
        (_("Receipts"), SALE, SALE.c.qty, SALE.c.total),
        (_("Lines of the receipts"), SALE_LINE, SALE_LINE.c.qty, SALE_LINE.c.total),
        (_("Payments"), PAYMENT, None, PAYMENT.c.amount),
        (_("Sums per product"), DAY_ITEM, DAY_ITEM.c.qty, DAY_ITEM.c.total),
        (_("Sums per way to pay"), DAY_PAYMENT, None, DAY_PAYMENT.c.amount),
        (_("Sums per cashier"), DAY_CASHIER, DAY_CASHIER.c.qty, DAY_CASHIER.c.total),
    )
