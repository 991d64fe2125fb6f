"""What somebody should explain of a till: its drawer, its clock, prices, discounts, hours, copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from pos.activity import CLOCK, DRAWER, REMOVED, REPRINTS
from pos.local_tables import ACTIVITY, REMOVAL
from pos.model import paper_number, receipt_number
from pos.money import rupiah
from pos.noted_tables import CLOCK_BACK, NOTED, PRICED
from pos.numbers import paper_booths
from pos.reports.scope import Period, narrowed
from pos.tables import DAY_CASHIER, DEVICE, SALE, SHIFT, SHIFT_CLOSE
from pos.text import _

REMOVALS = 10  # lines taken out of carts in one shift
BACK_S = 60  # by which a clock may go back: it is set by a few seconds all the time
SHORT_DAYS = 3  # running
OFF_PERCENT = 25  # of the price: the till itself has no cap on discounts
OPENS, CLOSES = 7, 22  # hours of the exhibition's clock: before and after nobody should sell


class Noticed(NamedTuple):
    """One thing: its kind, the paper it is about (`seq` 0: none), when and who, and what there is to say."""

    kind: str
    device: str
    number: str
    day: str
    at: str
    who: str
    what: str
    seq: int = 0


def noted(conn: Connection, period: Period) -> Iterator[Noticed]:
    """What closings say of their shifts."""
    closing = and_(SHIFT_CLOSE.c.device == NOTED.c.device, SHIFT_CLOSE.c.seq == NOTED.c.seq)
    query = select(NOTED, SHIFT_CLOSE.c.number.label("z")).join(SHIFT_CLOSE, closing)
    query = query.where(*narrowed(NOTED, period))
    query = query.where(or_(NOTED.c.kind != "removals", NOTED.c.count > REMOVALS))
    booths = paper_booths(conn)
    for row in conn.execute(query):
        number, seq = row.number, row.seq
        if row.kind == REMOVED and row.of:
            sold = (SALE.c.device == row.device, SALE.c.seq == row.of)
            if sale := conn.execute(select(SALE.c.booth, SALE.c.number).where(*sold)).first():
                number, seq = receipt_number(sale.booth, row.device, sale.number), row.of
        number = number or paper_number(booths.get(row.device, ""), row.device, "Z", row.z)
        kind = REMOVED if row.kind == "removals" else row.kind
        yield Noticed(kind, row.device, number, row.day, row.at, row.cashier, _told(row), seq)


def _told(row: Any) -> str:
    if row.kind == "reprint":
        return _("{count} copies").format(count=row.count)
    if row.kind == "removals":
        return _("{count} lines in one shift").format(count=row.count)
    if row.kind == REMOVED:
        said = (
            _("{count} lines, {amount}; then it was paid")
            if row.of
            else _("{count} lines, {amount}; not paid")
        )
        return said.format(count=row.count, amount=rupiah(row.amount))
    if row.kind == DRAWER and not row.detail:
        return _("{count} times in one shift").format(count=row.count)
    return str(row.detail)


def clock_back(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Sales that say they were made before the one before them."""
    found = conn.execute(select(CLOCK_BACK).where(*narrowed(CLOCK_BACK, period)))
    steps = [(row.device, row.seq, row.before) for row in found]
    for device, seq, before in [*steps, *_open_back(conn, period)]:
        row = conn.execute(select(SALE).where(SALE.c.device == device, SALE.c.seq == seq)).one()
        gone_s = seconds(row.at, before)
        if gone_s > BACK_S and period.has(date.fromisoformat(row.day)):
            number = receipt_number(row.booth, row.device, row.number)
            what = _("{minutes} minutes before the sale before it").format(minutes=gone_s // 60)
            yield Noticed("clock", row.device, number, row.day, row.at, row.cashier, what, row.seq)


def _open_back(conn: Connection, period: Period) -> Iterator[tuple[str, int, str]]:
    """The same among the sales behind the last closing of each laptop: device, seq, and the moment before."""
    booth = (DEVICE.c.booth == period.booth,) if period.booth else ()
    last = (
        select(func.max(SHIFT_CLOSE.c.seq)).where(SHIFT_CLOSE.c.device == DEVICE.c.device).scalar_subquery()
    )
    newest = select(func.max(SALE.c.seq)).where(SALE.c.device == DEVICE.c.device).scalar_subquery()
    query = select(DEVICE.c.device, func.coalesce(last, 0), func.coalesce(newest, 0)).where(*booth)
    for device, closed, sold in conn.execute(query).all():
        if sold <= closed:
            continue
        mine = SALE.c.device == device
        former = select(func.max(SALE.c.seq)).where(mine, SALE.c.seq < closed).scalar_subquery()
        sales = select(SALE.c.seq, SALE.c.at).where(mine, SALE.c.seq >= func.coalesce(former, 0))
        before = ""
        for seq, at in conn.execute(sales.order_by(SALE.c.seq)):
            if at < before and seq > closed:
                yield device, seq, before
            before = at


def short(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Drawers of a laptop that were short on SHORT_DAYS business days with closings running, or more."""
    key = (SHIFT_CLOSE.c.device, SHIFT_CLOSE.c.day)
    off = func.sum(SHIFT_CLOSE.c.counted - SHIFT_CLOSE.c.expected)
    query = select(*key, off, func.max(SHIFT_CLOSE.c.seq)).where(*_booth(SHIFT_CLOSE.c.device, period))
    run: list[tuple[str, str, int, int]] = []
    rows = [
        (row[0], row[1], int(row[2]), row[3]) for row in conn.execute(query.group_by(*key).order_by(*key))
    ]
    for row in (*rows, ("", "", 0, 0)):
        if row[2] < 0 and (not run or run[-1][0] == row[0]):
            run.append(row)
            continue
        if len(run) >= SHORT_DAYS and period.has(date.fromisoformat(run[-1][1])):
            yield _short(conn, run)
        run = [row] if row[2] < 0 else []


def _short(conn: Connection, run: list[tuple[str, str, int, int]]) -> Noticed:
    device, day, _amount, seq = run[-1]
    row = conn.execute(
        select(SHIFT_CLOSE).where(SHIFT_CLOSE.c.device == device, SHIFT_CLOSE.c.seq == seq)
    ).one()
    booth = paper_booths(conn).get(device, "")
    what = _("{count} days running, {amount} in all")
    what = what.format(count=len(run), amount=rupiah(sum(one[2] for one in run)))
    return Noticed(
        "short", device, paper_number(booth, device, "Z", row.number), day, row.at, row.cashier, what, seq
    )


def prices(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Known goods that got another price at a booth, not at the office."""
    former = PRICED.alias()
    nearest = (
        select(former.c.price)
        .where(former.c.sku == PRICED.c.sku, former.c.revision < PRICED.c.revision)
        .order_by(former.c.revision.desc(), former.c.at.desc(), former.c.device.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(PRICED, nearest.label("before"))
        .join(DEVICE, and_(DEVICE.c.device == PRICED.c.device, DEVICE.c.role == "booth"))
        .where(PRICED.c.revision > 1, *_booth(PRICED.c.device, period))
    )
    for row in conn.execute(query):
        day = row.at[:10]
        if row.before is not None and row.before != row.price and period.has(date.fromisoformat(day)):
            what = f"{row.name}: {rupiah(row.before)} → {rupiah(row.price)}"
            yield Noticed("price", row.device, row.sku, day, row.at, row.who, what, row.seq)


def discounts(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Sales of which OFF_PERCENT or more of the price was let off."""
    gross = SALE.c.total + SALE.c.discount
    large = (SALE.c.discount > 0, SALE.c.discount * 100 >= gross * OFF_PERCENT, *narrowed(SALE, period))
    for row in conn.execute(select(SALE).where(*large)):
        number = receipt_number(row.booth, row.device, row.number)
        percent = row.discount * 100 // (row.total + row.discount)
        what = _("{amount}, {percent} % of the price").format(amount=rupiah(row.discount), percent=percent)
        yield Noticed("discount", row.device, number, row.day, row.at, row.cashier, what, row.seq)


def hours(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Hours in which nobody should sell: one row an hour and cashier, with its first sale."""
    hour = DAY_CASHIER.c.hour
    outside = (or_(hour < OPENS, hour >= CLOSES), DAY_CASHIER.c.sales > 0, *narrowed(DAY_CASHIER, period))
    for row in conn.execute(select(DAY_CASHIER).where(*outside)):
        mine = (SALE.c.device == row.device, SALE.c.day == row.day, SALE.c.cashier == row.cashier)
        at = func.substr(SALE.c.at, 12, 2) == f"{row.hour:02d}"
        sale = conn.execute(select(SALE).where(*mine, at).order_by(SALE.c.seq).limit(1)).first()
        if sale is None:
            continue
        number = receipt_number(sale.booth, sale.device, sale.number)
        what = _("{count} sales, {amount}, from {hour}.00 on").format(
            count=row.sales, amount=rupiah(row.total), hour=f"{row.hour:02d}"
        )
        yield Noticed("hours", row.device, number, row.day, sale.at, row.cashier, what, sale.seq)


def local(conn: Connection, device: str) -> Iterator[Noticed]:
    """What this laptop noted of shifts that are still open."""
    days = {row.seq: row.day for row in conn.execute(select(SHIFT).where(SHIFT.c.device == device))}
    closed = select(SHIFT_CLOSE.c.shift).where(SHIFT_CLOSE.c.device == device)
    copies = (
        select(ACTIVITY.c.detail, func.count(), func.max(ACTIVITY.c.at), func.max(ACTIVITY.c.cashier))
        .where(ACTIVITY.c.kind == "reprint")
        .group_by(ACTIVITY.c.detail)
        .having(and_(func.count() > REPRINTS, _not_in(func.max(ACTIVITY.c.shift), closed)))
    )
    for number, count, at, who in conn.execute(copies):
        what = _("{count} copies").format(count=count)
        yield Noticed("reprint", device, number, at[:10], at, who, what)
    removed = (
        select(REMOVAL.c.shift, func.count(), func.max(REMOVAL.c.at), func.max(REMOVAL.c.cashier))
        .where(REMOVAL.c.undone == 0, _not_in(REMOVAL.c.shift, closed))
        .group_by(REMOVAL.c.shift)
        .having(func.count() > REMOVALS)
    )
    for shift, count, at, who in conn.execute(removed):
        what = _("{count} lines in one shift").format(count=count)
        yield Noticed(REMOVED, device, "", days.get(shift, at[:10]), at, who, what)
    noted_here = (ACTIVITY.c.kind.in_((CLOCK, DRAWER)), _not_in(ACTIVITY.c.shift, closed))
    for row in conn.execute(select(ACTIVITY).where(*noted_here)):
        day = days.get(row.shift, row.at[:10])
        yield Noticed(row.kind, device, "", day, row.at, row.cashier, row.detail)


def _not_in(shift: ColumnElement[int], closed: Select[Any]) -> ColumnElement[bool]:
    return or_(shift.is_(None), shift.not_in(closed))


def _booth(device: ColumnElement[str], period: Period) -> tuple[ColumnElement[bool], ...]:
    if not period.booth:
        return ()
    return (device.in_(select(DEVICE.c.device).where(DEVICE.c.booth == period.booth)),)


def seconds(start: str, end: str) -> int:
    """From one moment to another."""
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())


TILL_RULES: tuple[Callable[[Connection, Period], Iterator[Noticed]], ...] = (
    noted,
    clock_back,
    short,
    prices,
    discounts,
    hours,
)
