"""Where one figure breaks: the first document of a laptop that does not fit the others. Walks its chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from pos.model import paper_number, receipt_number
from pos.numbers import paper_booths
from pos.reports.scope import added
from pos.settled_tables import SETTLED, SETTLEMENT
from pos.sum_tables import DAY_UNIT
from pos.tables import (
    DAY_CASHIER,
    DAY_PAYMENT,
    PAYMENT,
    REFUND,
    REFUND_LINE,
    REFUND_PAYMENT,
    SALE,
    SALE_LINE,
    SHIFT_CLOSE,
)
from pos.text import _, long_date


@dataclass(frozen=True, slots=True)
class Break:
    """What does not fit, as a sentence begins: its number and day. `seq` 0: no document, but a kept sum."""

    device: str
    seq: int
    told: str


def first_break(conn: Connection, device: str) -> Break:
    """The first document of `device` whose figures do not come to the same as those beside it."""
    found = [one for look in _LOOKS for one in look(conn, device)]
    if found:
        return min(found, key=lambda one: one.seq)
    return _sum_of_a_day(conn, device)


def _papers(conn: Connection, device: str) -> Iterator[Break]:
    """The first sale and the first paper of what came back that are not what their lines or payments are."""
    kinds = ((SALE, SALE_LINE, PAYMENT), (REFUND, REFUND_LINE, REFUND_PAYMENT))
    for table, lines, payments in kinds:
        sums = [_sum_beside(table, lines, lines.c.total), _sum_beside(table, payments, payments.c.amount)]
        wrong = or_(*(table.c.total != one for one in sums))
        query = select(table).where(table.c.device == device, wrong).order_by(table.c.seq).limit(1)
        if row := conn.execute(query).first():
            paper = receipt_number(row.booth, device, row.number)
            if table is REFUND:
                paper = paper_number(row.booth, device, "R", row.number)
            yield Break(device, row.seq, _named(paper, row.day))


def _sum_beside(table: Table, parts: Table, amount: ColumnElement[int]) -> ColumnElement[int]:
    mine = and_(parts.c.device == table.c.device, parts.c.seq == table.c.seq)
    return select(added(amount)).where(mine).correlate(table).scalar_subquery()


def _closings(conn: Connection, device: str) -> Iterator[Break]:
    """The first closing that does not say what the papers of its shift come to, or behind which was sold."""
    booth = paper_booths(conn)[device]
    mine = select(SHIFT_CLOSE).where(SHIFT_CLOSE.c.device == device).order_by(SHIFT_CLOSE.c.seq)
    for row in conn.execute(mine):
        sold = 0
        for table, sign in ((SALE, 1), (REFUND, -1)):
            of = (table.c.device == device, table.c.seq > row.shift, table.c.shift == row.shift)
            sold += sign * conn.execute(select(added(table.c.total)).where(*of)).scalar_one()
        if sold != row.net:
            yield Break(device, row.seq, _named(paper_number(booth, device, "Z", row.number), row.day))
            return


def _sheets(conn: Connection, device: str) -> Iterator[Break]:
    """A sheet that counts documents of this laptop which another one has counted already."""
    query = select(SETTLED, SETTLEMENT.c.booth, SETTLEMENT.c.number, SETTLEMENT.c.day, SETTLEMENT.c.at).join(
        SETTLEMENT, and_(SETTLEMENT.c.device == SETTLED.c.device, SETTLEMENT.c.seq == SETTLED.c.seq)
    )
    order = (SETTLED.c.institution, SETTLED.c.last_seq, SETTLEMENT.c.at, SETTLED.c.device, SETTLED.c.seq)
    ends: dict[str, tuple[tuple[str, int], int]] = {}
    for row in conn.execute(query.where(SETTLED.c.of_device == device).order_by(*order)):
        sheet, (former, end) = (row.device, row.seq), ends.get(row.institution, (("", 0), 0))
        if sheet != former and row.after_seq < end:
            number = paper_number(row.booth, row.device, "U", row.number)
            told = _("{paper}, counts what another sheet has counted").format(paper=_named(number, row.day))
            yield Break(row.device, row.seq, told)
            return
        ends[row.institution] = (sheet, max(end, row.last_seq))


def _sum_of_a_day(conn: Connection, device: str) -> Break:
    """The first day whose kept sums differ, where every document fits."""
    sold = _days(conn, device, SALE)
    back = _days(conn, device, REFUND)
    right = {day: sold.get(day, 0) - back.get(day, 0) for day in {*sold, *back}}
    wrong = []
    for table in (DAY_CASHIER, DAY_PAYMENT, DAY_UNIT):
        kept = _days(conn, device, table)
        wrong += [day for day in {*right, *kept} if kept.get(day, 0) != right.get(day, 0)]
    told = _("Kept sums of {day}").format(day=long_date_of(min(wrong))) if wrong else _("Kept sums")
    return Break(device, 0, told)


def _days(conn: Connection, device: str, table: Table) -> dict[str, int]:
    amount = table.c.total if "total" in table.c else table.c.amount
    query = select(table.c.day, added(amount)).where(table.c.device == device).group_by(table.c.day)
    return {row[0]: row[1] for row in conn.execute(query)}


def long_date_of(day: str) -> str:
    """`2023-04-14` in words."""
    return long_date(date.fromisoformat(day))


def _named(number: str, day: str) -> str:
    return _("{number}, {day}").format(number=number, day=long_date_of(day))


_LOOKS: tuple[Callable[[Connection, str], Iterator[Break]], ...] = (_papers, _closings, _sheets)
