"""What to look at first: plain rules over the documents, no guessing.

What only the laptop itself knows (copies, lines taken out of carts, its clock) is told where its own ledger
is read, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, select

from pos import journal
from pos.ledger import Ledger, devices
from pos.local_tables import ACTIVITY, REMOVAL
from pos.model import Column, Table, paper_number, receipt_number
from pos.money import rupiah
from pos.refunds import AT_ONCE_MS
from pos.reports.scope import Period, narrowed
from pos.staff import staff
from pos.tables import APPROVAL, REFUND, REFUND_LINE, SALE, SALE_LINE, SHIFT, SHIFT_CLOSE
from pos.text import _, clock_time

REPRINTS = 2  # copies of one paper that nobody asks about (experience.md 3, no. 20)
REMOVALS = 10  # lines taken out of carts in one shift
BACK_S = 60  # by which a clock may go back: it is set by a few seconds all the time


class _Row(NamedTuple):
    kind: str
    device: str
    number: str
    day: str
    at: str
    who: str
    what: str
    seq: int = 0  # of the document, for who allowed it


def run(ledger: Ledger, period: Period) -> Table:
    """One row a thing that somebody should explain, by day and time."""
    own = ledger.device
    names = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        known = devices(conn)
        rows = [
            row
            for rule in (_voids, _over_returns, _unknown_sales, _differences, _clock_back)
            for row in rule(conn, period)
        ]
        if own and period.booth in ("", own.booth):
            rows += [row for row in _local(conn, own.code) if period.has(date.fromisoformat(row.day))]
        allowed = _allowed(conn, rows)
    told = [
        (
            kind_name(row.kind),
            known[row.device].booth if row.device in known else row.device,
            row.number,
            row.day,
            clock_time(datetime.fromisoformat(row.at)) if row.at else "",
            names.get(row.who, row.who),
            row.what,
            names.get(by := allowed.get((row.device, row.seq), ""), by),
        )
        for row in sorted(rows, key=lambda row: (row.day, row.at, row.device, row.seq, row.kind))
    ]
    columns = (
        Column("kind", _("What happened"), "text"),
        Column("booth", _("Booth"), "text"),
        Column("number", _("Number"), "text"),
        Column("day", _("Day"), "date"),
        Column("time", _("Time"), "text"),
        Column("cashier", _("Cashier"), "text"),
        Column("what", _("Details"), "text"),
        Column("by", _("Allowed by"), "text"),
    )
    return Table("exceptions", _("To be looked at"), columns, tuple(told))


def kind_name(kind: str) -> str:
    """What a kind of row is called in the language in use."""
    return {
        "void": _("Sale cancelled"),
        "over_return": _("More came back than was sold"),
        "unknown_sale": _("Return of a sale that is not there"),
        "difference": _("Cash difference"),
        "clock": _("Clock set back"),
        "reprint": _("Printed many times"),
        "removal": _("Many lines removed"),
    }[kind]


def _voids(conn: Connection, period: Period) -> Iterator[_Row]:
    """Cancelled later than at once: the paper and the goods had left."""
    sold = and_(SALE.c.device == REFUND.c.sale_device, SALE.c.seq == REFUND.c.sale_seq)
    query = select(REFUND, SALE.c.at.label("sold_at")).outerjoin(SALE, sold)
    for row in conn.execute(query.where(REFUND.c.void == 1, *narrowed(REFUND, period))):
        after_s = _seconds(row.sold_at, row.at) if row.sold_at else 0
        if after_s * 1000 > AT_ONCE_MS or after_s < 0:
            what = _("{amount}, {minutes} minutes after the sale. {reason}")
            what = what.format(amount=rupiah(row.total), minutes=after_s // 60, reason=row.reason)
            yield _back(row, "void", what.strip())


def _over_returns(conn: Connection, period: Period) -> Iterator[_Row]:
    """Two laptops may each have taken back what only one could: the papers of such a sale.

    Counted by pieces of each line, and over all by money, which also sees components of bundles.
    """
    of = (REFUND.c.sale_device, REFUND.c.sale_seq)
    lines = and_(REFUND_LINE.c.device == REFUND.c.device, REFUND_LINE.c.seq == REFUND.c.seq)
    sold = and_(
        SALE_LINE.c.device == REFUND.c.sale_device,
        SALE_LINE.c.seq == REFUND.c.sale_seq,
        SALE_LINE.c.line == REFUND_LINE.c.of_line,
    )
    pieces = (
        select(*of)
        .join(REFUND_LINE, lines)
        .join(SALE_LINE, sold)
        .where(REFUND_LINE.c.of_part < 0)
        .group_by(*of, REFUND_LINE.c.of_line, SALE_LINE.c.qty)
        .having(func.sum(REFUND_LINE.c.qty) > SALE_LINE.c.qty)
    )
    whole = and_(SALE.c.device == REFUND.c.sale_device, SALE.c.seq == REFUND.c.sale_seq)
    money = (
        select(*of)
        .join(SALE, whole)
        .group_by(*of, SALE.c.total)
        .having(func.sum(REFUND.c.total) > SALE.c.total)
    )
    over = {tuple(row) for query in (pieces, money) for row in conn.execute(query)}
    for device, seq in sorted(over):
        mine = (REFUND.c.sale_device == device, REFUND.c.sale_seq == seq, *narrowed(REFUND, period))
        sale = conn.execute(select(SALE).where(SALE.c.device == device, SALE.c.seq == seq)).first()
        for row in conn.execute(select(REFUND).where(*mine)):
            number = receipt_number(sale.booth, device, sale.number) if sale else ""
            what = _("{amount} of sale {number}").format(amount=rupiah(row.total), number=number)
            yield _back(row, "over_return", what)


def _unknown_sales(conn: Connection, period: Period) -> Iterator[_Row]:
    """What names a sale that the chain it would be in does not have; one that may still come is none."""
    sold = and_(SALE.c.device == REFUND.c.sale_device, SALE.c.seq == REFUND.c.sale_seq)
    query = select(REFUND).outerjoin(SALE, sold).where(SALE.c.seq.is_(None), *narrowed(REFUND, period))
    for row in conn.execute(query).all():
        if journal.head(conn, row.sale_device)[0] >= row.sale_seq:
            yield _back(row, "unknown_sale", rupiah(row.total))


def _differences(conn: Connection, period: Period) -> Iterator[_Row]:
    """Drawers that did not hold what they should."""
    wrong = (SHIFT_CLOSE.c.counted != SHIFT_CLOSE.c.expected, *narrowed(SHIFT_CLOSE, period))
    known = devices(conn)
    for row in conn.execute(select(SHIFT_CLOSE).where(*wrong)):
        booth = known[row.device].booth if row.device in known else ""
        number = paper_number(booth, row.device, "Z", row.number)
        what = f"{rupiah(row.counted - row.expected)} {row.reason}".strip()
        yield _Row("difference", row.device, number, row.day, row.at, row.cashier, what, row.seq)


def _clock_back(conn: Connection, period: Period) -> Iterator[_Row]:
    """Sales that say they were made before the one before them."""
    before = func.lag(SALE.c.at).over(partition_by=SALE.c.device, order_by=SALE.c.seq)
    columns = (SALE.c.device, SALE.c.seq, SALE.c.number, SALE.c.booth, SALE.c.day, SALE.c.at, SALE.c.cashier)
    steps = select(*columns, before.label("before")).subquery()
    for row in conn.execute(select(steps).where(steps.c.before > steps.c.at)):
        gone_s = _seconds(row.at, row.before)
        booths = {code: one.booth for code, one in devices(conn).items()}
        wanted = period.booth in ("", booths.get(row.device, ""))
        if gone_s > BACK_S and wanted and period.has(date.fromisoformat(row.day)):
            number = receipt_number(row.booth, row.device, row.number)
            what = _("{minutes} minutes before the sale before it").format(minutes=gone_s // 60)
            yield _Row("clock", row.device, number, row.day, row.at, row.cashier, what, row.seq)


def _local(conn: Connection, device: str) -> Iterator[_Row]:
    """What this laptop noted beside its documents."""
    days = {row.seq: row.day for row in conn.execute(select(SHIFT).where(SHIFT.c.device == device))}
    copies = (
        select(ACTIVITY.c.detail, func.count(), func.max(ACTIVITY.c.at), func.max(ACTIVITY.c.cashier))
        .where(ACTIVITY.c.kind == "reprint")
        .group_by(ACTIVITY.c.detail)
        .having(func.count() > REPRINTS)
    )
    for number, count, at, who in conn.execute(copies):
        what = _("{count} copies").format(count=count)
        yield _Row("reprint", device, number, at[:10], at, who, what)
    removed = (
        select(REMOVAL.c.shift, func.count(), func.max(REMOVAL.c.at), func.max(REMOVAL.c.cashier))
        .where(REMOVAL.c.undone == 0)
        .group_by(REMOVAL.c.shift)
        .having(func.count() > REMOVALS)
    )
    for shift, count, at, who in conn.execute(removed):
        what = _("{count} lines in one shift").format(count=count)
        yield _Row("removal", device, "", days.get(shift, at[:10]), at, who, what)
    for row in conn.execute(select(ACTIVITY).where(ACTIVITY.c.kind == "clock")):
        day = days.get(row.shift, row.at[:10])
        yield _Row("clock", device, "", day, row.at, row.cashier, row.detail)


def _back(row: Any, kind: str, what: str) -> _Row:
    number = paper_number(row.booth, row.device, "R", row.number)
    return _Row(kind, row.device, number, row.day, row.at, row.cashier, what, row.seq)


def _allowed(conn: Connection, rows: list[_Row]) -> dict[tuple[str, int], str]:
    """Who allowed the documents of these rows."""
    wanted = {(row.device, row.seq) for row in rows}
    columns = (APPROVAL.c.device, APPROVAL.c.seq, APPROVAL.c.by)
    found = conn.execute(select(*columns)) if wanted else ()
    return {(row[0], row[1]): row[2] for row in found if (row[0], row[1]) in wanted}


def _seconds(start: str, end: str) -> int:
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())
