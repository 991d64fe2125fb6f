"""The page of reports in figures: what was sold, how that compares, when, how it was paid, of whom.

Everything comes from the sums kept per day, so a million sales take no longer than a hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from pos.ledger import Ledger, devices
from pos.model import Institution, Table
from pos.money import Rupiah
from pos.reports import hours, institutions, payments, products
from pos.reports.compared import (
    MIDNIGHT,
    WEEK,
    Comparison,
    Hours,
    Moment,
    Sums,
    apart_of,
    compared_table,
    comparisons,
    ends,
    first_of,
    hour_of,
    hours_of,
    length,
    wide,
)
from pos.reports.days import days_table, sold_on_days
from pos.reports.scope import Period, Row, day_ends, short
from pos.reports.scope import institutions as units_of
from pos.tables import PRODUCT

BEST, UNITS = 6, 6  # rows of the panels
MOST_DAYS = 92  # bars of days; more are bars of weeks
_OPEN, _SHUT = 8, 20  # hours that the chart always shows


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour (`hour`), day (`day`) or week (to `last`) of the chart in Rupiah; `before` is the other day's,
    None where there is none; `now`: it still goes on; `ahead`: it is still to come.
    """

    day: date
    hour: int | None
    total: Rupiah
    before: Rupiah | None = None
    now: bool = False
    ahead: bool = False
    last: date | None = None  # of a week; `day` where it is none


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
    comparisons: tuple[Comparison, ...] = ()
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
        first, last = day_ends(conn)
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
        first,
        last,
    )


def overview(ledger: Ledger, period: Period, today: date, now: datetime) -> Overview:
    """The page of `period`, which has both its days; `today` is the business day, `now` what the clock shows.

    Raises Refused as `run_report` does.
    """
    if period.start is None or period.end is None:
        raise ValueError("the page of reports is about days")
    at, by_hour = Moment(today, now), period.start == period.end and not period.institution
    with ledger.read() as conn:
        of_days = [] if by_hour else sold_on_days(conn, wide(period))
        sold, first = hours_of(conn, period, today, of_days), first_of(conn, period)
        known = units_of(conn)
    inside = [row for row in of_days if period.has(date.fromisoformat(row[0]))]
    chart = hours.run(ledger, period) if by_hour else days_table(inside)
    parts_of, goods = institutions.run(ledger, period), products.run(ledger, period)
    parts, found, sums = parts_of.rows, goods.rows, chart.totals
    whole = Sums(None if period.institution else sums["sales"], sums["qty"], sums["total"])
    most = [row for row in found if row[5] > 0][:BEST]  # of a hamper's part that came back less than none
    with ledger.read() as conn:
        images = _images(conn, [row[1] for row in most])
    ways, paid = None, []
    if not period.institution:
        paid = [payments.run(ledger, period)]
        ways = tuple(Way(*row) for row in paid[0].rows if row[2] or row[0] != "deposit")
    beside = comparisons(ledger, period, sold, first, at)
    compared = compared_table(beside, period, whole)
    return Overview(
        period=period,
        total=whole.total,
        qty=whole.qty,
        sales=whole.sales,
        average=None if whole.sales is None else whole.average or 0,
        sold=sum(row[3] > 0 for row in parts),
        unsold=sum(row[3] <= 0 for row in parts),
        kinds=len(found),
        comparisons=beside,
        bars=_bars(sold, period, at, first),
        compared=period.start - WEEK if by_hour else None,
        ways=ways,
        best=tuple(_best(row, images) for row in most),
        units=_units(parts, known),
        tables=(compared, chart, *paid, goods, parts_of),
    )


def _bars(hours: Hours, period: Period, at: Moment, first: date) -> tuple[Bar, ...]:
    start, end = ends(period)
    if start == end and not period.institution:
        return _hour_bars(hours, start, hour_of(at.now, at.today) if start == at.today else None)
    sums: Counter[date] = Counter()
    for (day, _hour), found in hours.items():
        sums[day] += found.total
    apart, each = apart_of(period), 7 if length(period) > MOST_DAYS else 1
    beside = start - apart >= first
    going = hour_of(at.now, at.today) is not None
    bars = []
    for place in range(0, length(period), each):
        day = start + timedelta(days=place)
        last = min(day + timedelta(days=each - 1), end)
        days = [day + timedelta(days=n) for n in range((last - day).days + 1)]
        bars.append(
            Bar(
                day,
                None,
                sum(sums[one] for one in days),
                sum(sums[one - apart] for one in days) if beside else None,
                now=going and day <= at.today <= last,
                ahead=day > at.today,
                last=last,
            )
        )
    return tuple(bars)


def _hour_bars(hours: Hours, day: date, until: int | None) -> tuple[Bar, ...]:
    """`until` is the hour that goes on, None where the day is over or still to come."""
    before = day - WEEK
    beside = any(one == before for one, _hour in hours)
    used = [hour for one, hour in hours if one == day or (beside and one == before)]
    used += [until] if until else []
    first, last = min([_OPEN, *used]), max([_SHUT, *used])
    nothing = Sums()
    return tuple(
        Bar(
            day,
            hour % MIDNIGHT,
            hours.get((day, hour), nothing).total,
            hours.get((before, hour), nothing).total if beside else None,
            now=hour == until,
            ahead=until is not None and hour > until,
            last=day,
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
