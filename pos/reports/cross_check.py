"""Do the books agree with themselves: lines, receipts, payments and the kept sums must come to the same."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy import Table as SqlTable

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.money import Rupiah
from pos.reports.scope import Period, Row, added, narrowed
from pos.sum_tables import BLOCK_UNIT, DAY_UNIT, ITEM, SHIFT_SUM
from pos.tables import (
    DAY_CASHIER,
    DAY_ITEM,
    DAY_PAYMENT,
    PAYMENT,
    REFUND,
    REFUND_LINE,
    REFUND_PAYMENT,
    SALE,
    SALE_LINE,
)
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a source: its pieces (None where it has none), its Rupiah, and how far it is from the receipts.

    The only report that walks over every sale, since it is there to check the sums that the others use.
    """
    rows: list[Row] = []
    with ledger.read() as conn:
        for title, table, back in _sources(period):
            qty, total = _sums(conn, table, period)
            if back is not None:
                less_qty, less = _sums(conn, back, period)
                qty, total = None if qty is None else qty - (less_qty or 0), total - less
            rows.append((title, qty, total))
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
    return Table("cross-check", _("Cross-check"), columns, tuple(told), totals)


def _sums(conn: Connection, table: SqlTable, period: Period) -> tuple[int | None, Rupiah]:
    """Pieces, where the table has those of receipts (a bundle is one), and Rupiah."""
    amount: ColumnElement[int] = table.c.total if "total" in table.c else table.c.amount
    if table is SHIFT_SUM:
        amount = table.c.total - table.c.returned
    makers = table in (DAY_UNIT, BLOCK_UNIT)  # the pieces inside bundles
    counted = [added(amount), *([added(table.c.qty)] if "qty" in table.c and not makers else [])]
    total, *qty = conn.execute(select(*counted).where(*narrowed(table, period))).one()
    return (qty[0] if qty else None), total


def _sources(period: Period) -> tuple[tuple[str, SqlTable, SqlTable | None], ...]:
    """Where the same money is counted: a name, a table, and the one with what came back."""
    whole = (
        (_("Sums since the beginning"), ITEM, None),
        (_("Sums per stretch of documents"), BLOCK_UNIT, None),
        (_("Sums per shift"), SHIFT_SUM, None),
    )
    return (
        (_("Receipts"), SALE, REFUND),
        (_("Lines of the receipts"), SALE_LINE, REFUND_LINE),
        (_("Payments"), PAYMENT, REFUND_PAYMENT),
        (_("Sums per product"), DAY_ITEM, None),
        (_("Sums per way to pay"), DAY_PAYMENT, None),
        (_("Sums per cashier"), DAY_CASHIER, None),
        (_("Sums per institution"), DAY_UNIT, None),
        *(() if period.start or period.end else whole),
    )
