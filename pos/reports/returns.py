"""What came back and what was cancelled: each paper by which goods and money went back, and of which sale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select
from sqlalchemy import Table as SqlTable

from pos.ledger import Ledger
from pos.model import Column, Table, paper_number, receipt_number
from pos.payments import method_name
from pos.reports.scope import Period, Row, narrowed, plain_rows, summed
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
        select(*(REFUND.c[name] for name in _PAPER), DOCUMENT.c.hash, SALE.c.booth, SALE.c.number)
        .join_from(REFUND, DOCUMENT, _same(DOCUMENT))
        .outerjoin(SALE, sold)
        .where(*narrowed(REFUND, period))
        .order_by(REFUND.c.booth, REFUND.c.device, REFUND.c.number)
    )
    with ledger.read() as conn:
        ways, allowed = _ways(conn, period), _allowed(conn, period)
        for row in conn.execute(query, execution_options={"yield_per": 2_000}):
            yield _row(row, people, allowed, ways)


_PAPER = (
    *("device", "seq", "number", "booth", "day", "at", "cashier", "sale_device", "void", "reason"),
    *("qty", "total"),
)
_Words = Mapping[tuple[str, int], str]  # by the paper


def _row(found: Sequence[Any], people: Mapping[str, str], allowed: _Words, ways: _Words) -> Row:
    device, seq, number, booth, day, at, cashier, sale_device, void, reason, qty, total, *rest = found
    digest, sale_booth, sale_number = rest
    by = allowed.get((device, seq), "")
    return (
        paper_number(booth, device, "R", number),
        _("Cancelled") if void else _("Return"),
        booth,
        day,
        at[11:19],
        "" if sale_number is None else receipt_number(sale_booth, sale_device, sale_number),
        reason,
        people.get(cashier, cashier),
        people.get(by, by),
        qty,
        total,
        ways.get((device, seq), ""),
        digest[:8].upper(),
        device,
    )


def _same(table: SqlTable) -> ColumnElement[bool]:
    """The rows of the same paper."""
    return and_(table.c.device == REFUND.c.device, table.c.seq == REFUND.c.seq)


def _allowed(conn: Connection, period: Period) -> _Words:
    """Who allowed it, by the paper: few are asked for."""
    query = select(APPROVAL.c.device, APPROVAL.c.seq, APPROVAL.c.by).join_from(
        APPROVAL, REFUND, _same(APPROVAL)
    )
    return {(row[0], row[1]): row[2] for row in plain_rows(conn, query.where(*narrowed(REFUND, period)))}


def _ways(conn: Connection, period: Period) -> _Words:
    """By which ways the money went back, by the paper."""
    query = select(REFUND_PAYMENT.c.device, REFUND_PAYMENT.c.seq, REFUND_PAYMENT.c.method)
    parts = query.where(*narrowed(REFUND_PAYMENT, period)).order_by(*REFUND_PAYMENT.primary_key.columns)
    found: dict[tuple[str, int], str] = {}
    for device, seq, method in plain_rows(conn, parts):
        former = found.get((device, seq))
        found[device, seq] = f"{former} + {method_name(method)}" if former else method_name(method)
    return found
