"""What can be exported as one table: every report, and the long tables of receipts, their lines and payments.

The columns of the long tables are a contract with the programs that read them: new ones only go to the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Connection, Result, Select, and_, select
from sqlalchemy import Table as SqlTable

from pos.buyers import buyer_name
from pos.errors import Refused
from pos.exports.returned import buyers, came_back, returned
from pos.exports.source import Source
from pos.ledger import Ledger, devices
from pos.model import Column, Device, Table, receipt_number
from pos.money import Rupiah, plain
from pos.payments import method_name
from pos.reports import REPORTS, Period, run_report
from pos.reports.scope import Row, added, check_period, institutions, narrowed, short
from pos.staff import staff
from pos.tables import DAY_CASHIER, DAY_ITEM, DAY_PAYMENT, DOCUMENT, PAYMENT, SALE, SALE_LINE
from pos.text import _

Cells = tuple[Any, ...]
ROWS_AT_ONCE = 2_000  # fetched together: more costs memory and saves no time


def source(ledger: Ledger, name: str, period: Period) -> Source:
    """The table `name` of `period`, one of TABLES. Raises Refused as `run_report` does."""
    if name not in TABLES:
        raise Refused(
            _("There is no table called '{name}'.").format(name=name[:40]),
            _("There are: {names}.").format(names=" ".join(TABLES)),
        )
    if name in LONG:
        check_period(ledger, period)
        return LONG[name](ledger, period)
    return as_source(run_report(ledger, name, period))


def as_source(report: Table) -> Source:
    """A report as a table to be written."""
    return Source(report.title, report.columns, len(report.rows), iter(report.rows), report.totals)


def _sales(ledger: Ledger, period: Period) -> Source:
    columns = (
        Column("receipt", _("Receipt no."), "text"),
        Column("booth", _("Booth"), "text"),
        Column("host", _("Booth of"), "text"),
        Column("day", _("Date"), "date"),
        Column("time", _("Time"), "time"),
        Column("cashier", _("Cashier"), "text"),
        Column("qty", _("Pieces"), "int"),
        Column("discount", _("Discount"), "money"),
        Column("total", _("Total"), "money"),
        Column("paid_by", _("Paid by"), "text"),
        Column("code", _("Check code"), "text"),
        Column("device", _("Device"), "text"),
        Column("state", _("State"), "text"),
        Column("buyer", _("Buyer"), "text"),
    )
    count = _count(ledger, DAY_CASHIER.c.sales, period)
    return Source(
        _("Receipt list"), columns, count, _sale_rows(ledger, period), adds=("qty", "discount", "total")
    )


def _sale_rows(ledger: Ledger, period: Period) -> Iterator[Row]:
    people = {code: one.name for code, one in staff(ledger).items()}
    query = (
        select(SALE, DOCUMENT.c.hash, PAYMENT.c.method, PAYMENT.c.amount)
        .join(DOCUMENT, _same(DOCUMENT, SALE))
        .outerjoin(PAYMENT, _same(PAYMENT, SALE))
        .order_by(SALE.c.seq, PAYMENT.c.part)
    )
    with ledger.read() as conn:
        units = institutions(conn)
        for device, found in _by_booth(conn, query, SALE, period):
            host = short(units, device.institution)
            back = came_back(conn, device.code)
            for _seq, parts in groupby(found, key=lambda row: row.seq):
                sale, *more = parts
                yield (
                    receipt_number(sale.booth, sale.device, sale.number),
                    device.booth,
                    host,
                    sale.day,
                    sale.at[11:19],
                    people.get(sale.cashier, sale.cashier),
                    sale.qty,
                    sale.discount,
                    sale.total,
                    _paid_by([sale, *more]),
                    sale.hash[:8].upper(),
                    sale.device,
                    _state(sale.total, back.get(sale.seq)),
                    buyer_name(sale.buyer),
                )


def _state(total: Rupiah, back: tuple[int, Rupiah] | None) -> str:
    """What became of a receipt since: whether it was cancelled, and how much of it came back."""
    if back is None:
        return _("Paid")
    void, amount = back
    return _("Cancelled") if void else _("All returned") if amount >= total else _("Partly returned")


def _paid_by(parts: Sequence[Any]) -> str:
    """`Tunai`, or of a receipt paid in parts `QRIS 100.000 + Tunai 70.000`."""
    if len(parts) == 1:
        return method_name(parts[0].method or "")
    return " + ".join(f"{method_name(part.method)} {plain(part.amount)}" for part in parts)


def _lines(ledger: Ledger, period: Period) -> Source:
    columns = (
        Column("receipt", _("Receipt no."), "text"),
        Column("line", _("Line"), "int"),
        Column("booth", _("Booth"), "text"),
        Column("day", _("Date"), "date"),
        Column("time", _("Time"), "time"),
        Column("sku", _("Code"), "text"),
        Column("name", _("Product"), "text"),
        Column("category", _("Category"), "text"),
        Column("institution", _("Institution code"), "text"),
        Column("maker", _("Institution"), "text"),
        Column("unit", _("Unit"), "text"),
        Column("qty", _("Quantity"), "int"),
        Column("price", _("Price"), "money"),
        Column("discount", _("Discount"), "money"),
        Column("total", _("Total"), "money"),
        Column("cost", _("Cost per unit"), "money"),
        Column("device", _("Device"), "text"),
    )
    return Source(
        _("Item details"),
        columns,
        _count(ledger, DAY_ITEM.c.lines, period),
        _line_rows(ledger, period),
        adds=("qty", "discount", "total"),
    )


def _line_rows(ledger: Ledger, period: Period) -> Iterator[Row]:
    line = SALE_LINE.c
    query = (
        select(SALE.c.booth, SALE.c.number, SALE.c.at, line.device, line.line, line.day)
        .add_columns(line.sku, line.name, line.category, line.institution)
        .add_columns(line.unit, line.qty, line.price, line.discount, line.total, line.cost)
        .join_from(SALE_LINE, SALE, _same(SALE, SALE_LINE))
        .order_by(line.seq, line.line)
    )
    with ledger.read() as conn:
        units = institutions(conn)
        for laptop, found in _by_booth(conn, query, SALE_LINE, period):
            for booth, number, at, device, place, day, sku, name, category, code, *sold in found:
                receipt = receipt_number(booth, device, number)
                what = (sku, name, category, code, short(units, code))
                yield (receipt, place + 1, laptop.booth, day, at[11:19], *what, *sold, device)


def _payments(ledger: Ledger, period: Period) -> Source:
    columns = (
        Column("receipt", _("Receipt no."), "text"),
        Column("part", _("Part"), "int"),
        Column("booth", _("Booth"), "text"),
        Column("day", _("Date"), "date"),
        Column("time", _("Time"), "time"),
        Column("method", _("Code"), "text"),
        Column("name", _("Way to pay"), "text"),
        Column("amount", _("Amount"), "money"),
        Column("tendered", _("Received"), "money"),
        Column("change", _("Change"), "money"),
        Column("reference", _("Reference number"), "text"),
        Column("device", _("Device"), "text"),
    )
    count = _count(ledger, DAY_PAYMENT.c.count, period)
    return Source(_("Payments"), columns, count, _payment_rows(ledger, period), adds=("amount",))


def _payment_rows(ledger: Ledger, period: Period) -> Iterator[Row]:
    paid = PAYMENT.c
    query = (
        select(SALE.c.booth, SALE.c.number, SALE.c.at, paid.device, paid.part, paid.day)
        .add_columns(paid.method, paid.amount, paid.tendered, paid.reference)
        .join_from(PAYMENT, SALE, _same(SALE, PAYMENT))
        .order_by(paid.seq, paid.part)
    )
    with ledger.read() as conn:
        for laptop, found in _by_booth(conn, query, PAYMENT, period):
            for booth, number, at, device, part, day, method, amount, tendered, reference in found:
                receipt = receipt_number(booth, device, number)
                how = (method, method_name(method), amount, tendered, tendered - amount, reference)
                yield (receipt, part + 1, laptop.booth, day, at[11:19], *how, device)


def _by_booth(
    conn: Connection, query: Select[*Cells], table: SqlTable, period: Period
) -> Iterator[tuple[Device, Result[*Cells]]]:
    """The rows of `query`, booth after booth: the order of the keys within a chain needs no sorting."""
    limits = narrowed(table, period)
    for device in sorted(devices(conn).values(), key=lambda one: (one.booth, one.code)):
        mine = query.where(table.c.device == device.code, *limits)
        yield device, conn.execute(mine, execution_options={"yield_per": ROWS_AT_ONCE})


def _same(one: SqlTable, other: SqlTable) -> Any:
    """The condition that a row of each belongs to the same document."""
    return and_(one.c.device == other.c.device, one.c.seq == other.c.seq)


def _count(ledger: Ledger, column: SqlColumn[int], period: Period) -> int:
    """How many rows there will be, from the sums per day: counting a million takes a second."""
    with ledger.read() as conn:
        return conn.execute(select(added(column)).where(*narrowed(column.table, period))).scalar_one()


LONG: Mapping[str, Callable[[Ledger, Period], Source]] = MappingProxyType(
    {"sales": _sales, "lines": _lines, "payments": _payments, "buyers": buyers, "returns": returned}
)
# `payments` is the long table here; the report of that name adds it up.
TABLES = (*LONG, *(name for name in REPORTS if name not in LONG))
