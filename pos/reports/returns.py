"""What came back and what was cancelled: each paper by which goods and money went back, and of which sale."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, select

from pos.ledger import Ledger
from pos.model import Column, Table, paper_number, receipt_number
from pos.payments import method_name
from pos.reports.scope import Period, Row, narrowed, summed
from pos.staff import staff
from pos.tables import APPROVAL, DOCUMENT, REFUND, REFUND_PAYMENT, SALE
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a paper, by booth and number. Raises Refused for one institution: a receipt may hold goods of
    several.
    """
    narrowed(REFUND, period)
    rows = list(read(ledger, period))
    return summed("returns", _("Returns and cancelled"), columns(), rows, "qty total")


def columns() -> tuple[Column, ...]:
    """What is told of a paper; `qty` and `total` are what it took off the sales."""
    return (
        Column("number", _("Number"), "text"),
        Column("kind", _("Kind"), "text"),
        Column("booth", _("Booth"), "text"),
        Column("day", _("Date"), "date"),
        Column("time", _("Time"), "time"),
        Column("receipt", _("Of receipt"), "text"),
        Column("reason", _("Reason"), "text"),
        Column("cashier", _("Cashier"), "text"),
        Column("by", _("Allowed by"), "text"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Total"), "money"),
        Column("paid_by", _("Given back by"), "text"),
        Column("code", _("Check code"), "text"),
        Column("device", _("Device"), "text"),
    )


def read(ledger: Ledger, period: Period) -> Iterator[Row]:
    """The rows, one by one."""
    people = {code: one.name for code, one in staff(ledger).items()}
    sold = and_(SALE.c.device == REFUND.c.sale_device, SALE.c.seq == REFUND.c.sale_seq)
    query = (
        select(REFUND, DOCUMENT.c.hash, APPROVAL.c.by)
        .add_columns(SALE.c.booth.label("sale_booth"), SALE.c.number.label("sale_number"))
        .join(DOCUMENT, and_(DOCUMENT.c.device == REFUND.c.device, DOCUMENT.c.seq == REFUND.c.seq))
        .outerjoin(SALE, sold)
        .outerjoin(APPROVAL, and_(APPROVAL.c.device == REFUND.c.device, APPROVAL.c.seq == REFUND.c.seq))
        .where(*narrowed(REFUND, period))
        .order_by(REFUND.c.booth, REFUND.c.device, REFUND.c.number)
    )
    with ledger.read() as conn:
        ways = _ways(conn, period)
        for row in conn.execute(query, execution_options={"yield_per": 2_000}):
            known = row.sale_number is not None
            yield (
                paper_number(row.booth, row.device, "R", row.number),
                _("Cancelled") if row.void else _("Return"),
                row.booth,
                row.day,
                row.at[11:19],
                receipt_number(row.sale_booth, row.sale_device, row.sale_number) if known else "",
                row.reason,
                people.get(row.cashier, row.cashier),
                people.get(row.by, row.by) if row.by else "",
                row.qty,
                row.total,
                " + ".join(ways.get((row.device, row.seq), ())),
                row.hash[:8].upper(),
                row.device,
            )


def _ways(conn: Connection, period: Period) -> dict[tuple[str, int], list[str]]:
    """By which ways the money went back, by the paper."""
    query = select(REFUND_PAYMENT.c.device, REFUND_PAYMENT.c.seq, REFUND_PAYMENT.c.method)
    found: dict[tuple[str, int], list[str]] = {}
    parts = query.where(*narrowed(REFUND_PAYMENT, period)).order_by(*REFUND_PAYMENT.primary_key.columns)
    for device, seq, method in conn.execute(parts):
        found.setdefault((device, seq), []).append(method_name(method))
    return found
