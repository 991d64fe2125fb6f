"""The page of reports in figures: what was sold, how that compares, when, how it was paid, of whom.

Everything comes from the sums kept per day, so a million sales take no longer than a hundred. What is
compared is compared honestly: a day that is not over only by its whole hours, with the same hours of the
other day; a week with the same weekdays; nothing with days of which this ledger holds no sales at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from pos.ledger import Ledger, devices
from pos.model import Institution, Table
from pos.money import Rupiah
from pos.reports import days, hours, institutions, payments, products, totals
from pos.reports.scope import Period, Row, added, goods_of, narrowed, short
from pos.reports.scope import institutions as units_of
from pos.tables import DAY_CASHIER, PRODUCT

BEST, UNITS = 6, 6  # rows of the panels
WEEK = timedelta(days=7)
_OPEN, _SHUT = 8, 20  # hours that the chart always shows

_Hours = dict[tuple[date, int], "_Sums"]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Receipts, pieces, Rupiah. `sales` is None of one institution: a receipt may hold goods of several."""

    sales: int | None = 0
    qty: int = 0
    total: Rupiah = 0

    def __add__(self, other: _Sums) -> _Sums:
        known = self.sales is not None and other.sales is not None
        sales = (self.sales or 0) + (other.sales or 0) if known else None
        return _Sums(sales, self.qty + other.qty, self.total + other.total)

    @property
    def average(self) -> Rupiah:
        return self.total // self.sales if self.sales else 0


@dataclass(frozen=True, slots=True)
class Change:
    """How far a figure is from the former one: `by` in its own unit, `percent` None where that was 0."""

    by: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What the figures are compared with: the days `start` to `end`; `until` is the hour (14: what was sold
    before 14.00) at which both sides end on their last day, None where the days are whole.
    """

    start: date
    end: date
    until: int | None
    total: Change
    sales: Change | None
    average: Change | None
    qty: Change


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour (`hour`) or one day (`day`) of the chart in Rupiah; `before` is the other day's, None where
    there is none; `now`: it still goes on; `ahead`: it is still to come.
    """

    day: date
    hour: int | None
    total: Rupiah
    before: Rupiah | None = None
    now: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pay: payments, Rupiah, whole percent of all."""

    code: str
    name: str
    count: int
    amount: Rupiah
    percent: int


@dataclass(frozen=True, slots=True)
class Best:
    """A product that sold well, whose it is, its picture's name."""

    rank: int
    sku: str
    name: str
    maker: str
    qty: int
    total: Rupiah
    image: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An institution's turnover; without a code it stands for `count` others."""

    code: str
    name: str
    total: Rupiah
    count: int = 1


@dataclass(frozen=True, slots=True)
class Overview:
    """The page of one period. `sales`, `average`, `ways` and an hourly chart are not known (None) of one
    institution. `sold` institutions sold something, `unsold` did not; `kinds` products were sold.
    """

    period: Period
    total: Rupiah
    qty: int
    sales: int | None
    average: Rupiah | None
    sold: int
    unsold: int
    kinds: int
    changes: Changes | None = None
    bars: tuple[Bar, ...] = ()
    compared: date | None = None  # the day that an hourly chart stands beside
    ways: tuple[Way, ...] | None = ()
    best: tuple[Best, ...] = ()
    units: tuple[Unit, ...] = ()
    tables: tuple[Table, ...] = ()  # all that the panels are drawn from, in their order


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be asked for: the booths (code, name) and institutions of a ledger, its days, and the days on
    which something was sold, first and last.
    """

    booths: tuple[tuple[str, str], ...]
    units: tuple[Institution, ...]
    start: date
    end: date
    first: date | None = None
    last: date | None = None


def scope_of(ledger: Ledger, today: date) -> Scope:
    """What reports of this ledger can be about. Without a single device there is only `today`."""
    with ledger.read() as conn:
        known = devices(conn).values()
        units = tuple(units_of(conn).values())
        first, last = conn.execute(select(func.min(DAY_CASHIER.c.day), func.max(DAY_CASHIER.c.day))).one()
    names: dict[str, str] = {}
    for one in known:
        if one.role == "booth":
            names.setdefault(one.booth, one.name)
    events = [one.event for one in known]
    return Scope(
        tuple(sorted(names.items())),
        units,
        min((one.start for one in events), default=today),
        max((one.end for one in events), default=today),
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )


def overview(ledger: Ledger, period: Period, today: date, hour: int | None) -> Overview:
    """The page of `period`, which has both its days. `hour` is how far `today` has come (14 from 14.00 to
    14.59), None when it is over. Raises Refused as `run_report` does.
    """
    if period.start is None or period.end is None:
        raise ValueError("the page of reports is about days")
    figures, parts_of, goods = (one.run(ledger, period) for one in (totals, institutions, products))
    head, parts, found = figures.rows[0], parts_of.rows, goods.rows
    sales, qty, total = head[0], head[1], head[4]
    most = [row for row in found if row[5] > 0][:BEST]  # of a hamper's part that came back less than none
    until = hour if period.has(today) and period.end == today else None
    with ledger.read() as conn:
        sold, first = _hours(conn, period), _first(conn, period)
        known = units_of(conn)
        images = _images(conn, [row[1] for row in most])
    ways, paid = None, []
    if not period.institution:
        paid = [payments.run(ledger, period)]
        ways = tuple(Way(*row) for row in paid[0].rows if row[2] or row[0] != "deposit")
    by_hour = period.start == period.end and not period.institution
    chart = (hours if by_hour else days).run(ledger, period)
    return Overview(
        period=period,
        total=total,
        qty=qty,
        sales=sales,
        average=head[5],
        sold=sum(row[3] > 0 for row in parts),
        unsold=sum(row[3] <= 0 for row in parts),
        kinds=len(found),
        changes=_changes(sold, period, until, first),
        bars=_bars(sold, period, today, until, first),
        compared=period.start - WEEK if by_hour else None,
        ways=ways,
        best=tuple(_best(row, images) for row in most),
        units=_units(parts, known),
        tables=(figures, chart, *paid, goods, parts_of),
    )


def _hours(conn: Connection, period: Period) -> _Hours:
    """What was sold in the hours of the period and of all that it is compared with. Of one institution there
    are only days: hour 0 stands for the whole of each.
    """
    start, end = period.start or date.min, period.end or date.max
    wide = Period(start - _apart(period) - WEEK, end, period.institution, period.booth)
    if period.institution:
        goods = goods_of(wide)
        query = select(goods.c.day, added(goods.c.qty), added(goods.c.total)).group_by(goods.c.day)
        rows = conn.execute(query.where(*narrowed(goods, wide)))
        return {(date.fromisoformat(day), 0): _Sums(None, qty, total) for day, qty, total in rows}
    sold = DAY_CASHIER.c
    sums = (added(sold.sales), added(sold.qty), added(sold.total))
    by_hour = select(sold.day, sold.hour, *sums).group_by(sold.day, sold.hour)
    rows = conn.execute(by_hour.where(*narrowed(DAY_CASHIER, wide)))
    return {(date.fromisoformat(day), at): _Sums(*sums) for day, at, *sums in rows}


def _first(conn: Connection, period: Period) -> date:
    """The first day on which the booth or institution sold anything at all."""
    always = Period(None, None, period.institution, period.booth)
    goods = goods_of(always) if period.institution else DAY_CASHIER
    found = conn.scalar(select(func.min(goods.c.day)).where(*narrowed(goods, always)))
    return date.fromisoformat(found) if found else date.max


def _apart(period: Period) -> timedelta:
    """How far back the days lie that a period is compared with: the day before, or whole weeks."""
    days = _length(period)
    return timedelta(days=1) if days == 1 else timedelta(days=-(-days // 7) * 7)


def _length(period: Period) -> int:
    return ((period.end or date.max) - (period.start or date.min)).days + 1


def _changes(hours: _Hours, period: Period, until: int | None, first: date) -> Changes | None:
    """None where nothing was sold before, or the ledger knows nothing of those days, or of one institution
    on a day that is not over.
    """
    start, end, apart = period.start or date.min, period.end or date.max, _apart(period)
    if start - apart < first or (period.institution and until is not None):
        return None
    if until is not None and not any(day == end and at < until for day, at in hours) and start == end:
        return None  # not one whole hour yet
    now = _added(hours, start, end, until)
    then = _added(hours, start - apart, end - apart, until)
    known = now.sales is not None and then.sales is not None
    return Changes(
        start - apart,
        end - apart,
        until,
        _change(now.total, then.total),
        _change(now.sales or 0, then.sales or 0) if known else None,
        _change(now.average, then.average) if now.sales and then.sales else None,
        _change(now.qty, then.qty),
    )


def _added(hours: _Hours, start: date, end: date, until: int | None) -> _Sums:
    found = _Sums()
    for (day, hour), sums in hours.items():
        if start <= day <= end and (day < end or until is None or hour < until):
            found += sums
    return found


def _change(now: int, then: int) -> Change:
    """Percent to the nearest whole, halves away from 0."""
    by = now - then
    percent = (abs(by) * 200 + then) // (2 * then) * (1 if by >= 0 else -1) if then > 0 else None
    return Change(by, percent)


def _bars(hours: _Hours, period: Period, today: date, until: int | None, first: date) -> tuple[Bar, ...]:
    start, end = period.start or date.min, period.end or date.max
    if start == end and not period.institution:
        return _hour_bars(hours, start, start == today, until)
    sums: Counter[date] = Counter()
    for (day, _hour), found in hours.items():
        sums[day] += found.total
    apart = _apart(period)
    beside = start - apart >= first
    days = [start + timedelta(days=n) for n in range(_length(period))]
    return tuple(
        Bar(
            day,
            None,
            sums[day],
            sums[day - apart] if beside else None,
            now=day == today and until is not None,
            ahead=day > today,
        )
        for day in days
    )


def _hour_bars(hours: _Hours, day: date, is_today: bool, until: int | None) -> tuple[Bar, ...]:
    before = day - WEEK
    beside = any(one == before for one, _hour in hours)
    used = [hour for one, hour in hours if one == day or (beside and one == before)]
    first, last = min([_OPEN, *used]), max([_SHUT, *used])
    nothing = _Sums()
    return tuple(
        Bar(
            day,
            hour,
            hours.get((day, hour), nothing).total,
            hours.get((before, hour), nothing).total if beside else None,
            now=is_today and hour == until,
            ahead=is_today and until is not None and hour > until,
        )
        for hour in range(first, last + 1)
    )


def _images(conn: Connection, skus: list[str]) -> dict[str, str]:
    query = select(PRODUCT.c.sku, PRODUCT.c.image).where(PRODUCT.c.sku.in_(skus))
    return dict(conn.execute(query).all())


def _best(row: Row, images: dict[str, str]) -> Best:
    rank, sku, name, _category, maker, qty, _gross, _discount, total = row
    return Best(rank, sku, name, maker, qty, total, images.get(sku, ""))


def _units(rows: Sequence[Row], known: Mapping[str, Institution]) -> tuple[Unit, ...]:
    """Those that sold most, and all the others that sold in one row."""
    sold = [Unit(row[1], short(known, row[1]), row[6]) for row in rows if row[6]]
    if len(sold) <= UNITS + 1:
        return tuple(sold)
    rest = sold[UNITS:]
    return (*sold[:UNITS], Unit("", "", sum(one.total for one in rest), len(rest)))
