"""What came back and what was cancelled: each paper by which goods and money went back, and of which sale.

All of a paper that is listed stands in its own row, for there may be many thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, select

from pos.ledger import Ledger
from pos.model import Column, Table, paper_number
from pos.numbers import booths_of
from pos.payments import method_name
from pos.reports.scope import Period, Row, narrowed, plain_rows, summed
from pos.staff import staff
from pos.tables import APPROVAL, REFUND, REFUND_PAYMENT
from pos.text import _

_TOLD = (
    *("number", "void", "booth", "day", "at", "receipt", "reason", "cashier", "seq", "qty", "total"),
    *("way", "code", "device"),
)
_BOOTH, _DEVICE = _TOLD.index("booth"), _TOLD.index("device")


def run(ledger: Ledger, period: Period) -> Table:
    """One row a paper, by booth and number. Raises Refused for one institution: a receipt may hold goods of
    several.
    """
    people = _people(ledger)
    with ledger.read() as conn:
        found = plain_rows(conn, _papers(period))
        words = _words(conn, people, period)
    rows = list(_rows(_ordered(found), words))
    return summed("returns", _("Returns and cancelled"), columns(), rows, "qty total")


def _ordered(found: Iterable[Row]) -> Iterator[Row]:
    """By booth, laptop and number, as they nearly lie: whoever sorts them as if they did not takes longer."""
    laptops: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        laptops[row[_BOOTH], row[_DEVICE]].append(row)
    for _where, mine in sorted(laptops.items()):
        yield from sorted(mine, key=itemgetter(0))


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
    people = _people(ledger)
    ordered = _papers(period).order_by(REFUND.c.booth, REFUND.c.device, REFUND.c.number)
    with ledger.read() as conn:
        words = _words(conn, people, period)
        yield from _rows(conn.execute(ordered, execution_options={"yield_per": 2_000}), words)


_Paper = tuple[str, int]  # device, seq


class _Words(NamedTuple):
    """What people are called by their codes, and the booth of each laptop; who allowed a paper, and by which
    ways money went back where it was not one, by the paper.
    """

    people: Mapping[str, str]
    booths: Mapping[str, str]
    allowed: Mapping[_Paper, str]
    ways: Mapping[_Paper, str]


def _papers(period: Period) -> Select[Any]:
    return select(*(REFUND.c[name] for name in _TOLD)).where(*narrowed(REFUND, period))


def _rows(found: Iterable[Sequence[Any]], words: _Words) -> Iterator[Row]:
    people, booths, allowed, ways = words
    kinds, name = (_("Return"), _("Cancelled")), cache(method_name)
    for number, void, booth, day, at, receipt, reason, cashier, seq, qty, total, way, code, device in found:
        by = allowed.get((device, seq), "")
        yield (
            paper_number(booth, device, "R", number),
            kinds[void],
            booths.get(device, booth),
            day,
            at[11:19],
            receipt,
            reason,
            people.get(cashier, cashier),
            people.get(by, by),
            qty,
            total,
            name(way) if way else ways.get((device, seq), ""),
            code,
            device,
        )


def _people(ledger: Ledger) -> dict[str, str]:
    return {code: one.name for code, one in staff(ledger).items()}


def _words(conn: Connection, people: Mapping[str, str], period: Period) -> _Words:
    booths = booths_of(conn)
    return _Words(people, booths, _allowed(conn, period), _ways(conn, period))


def _allowed(conn: Connection, period: Period) -> dict[_Paper, str]:
    """Few are asked for."""
    columns = (APPROVAL.c.device, APPROVAL.c.seq, APPROVAL.c.by)
    of = exists().where(_same(APPROVAL, REFUND), *narrowed(REFUND, period))
    return {(row[0], row[1]): row[2] for row in plain_rows(conn, select(*columns).where(of))}


def _ways(conn: Connection, period: Period) -> dict[_Paper, str]:
    """Few are given back by more than one way."""
    more, columns = REFUND_PAYMENT.alias(), ("device", "seq", "part", "method")
    parts = select(*(REFUND_PAYMENT.c[name] for name in columns)).join_from(
        more, REFUND_PAYMENT, _same(more, REFUND_PAYMENT)
    )
    found: dict[_Paper, str] = {}
    several = plain_rows(conn, parts.where(more.c.part == 1, *narrowed(more, period)))
    for device, seq, _part, method in sorted(several):
        former = found.get((device, seq))
        found[device, seq] = f"{former} + {method_name(method)}" if former else method_name(method)
    return found


def _same(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """The rows of the same paper."""
    return and_(one.c.device == other.c.device, one.c.seq == other.c.seq)
