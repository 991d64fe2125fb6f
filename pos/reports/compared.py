"""What the figures of a period are compared with, and only where both sides hold the same.

A day that is not over is compared by its whole hours with the same hours of the day before, or of the same
weekday a week before; a longer time with the same weekdays before it. At the office that is as far as the
data of every booth reaches that sold on either side, and an hour is over when it is in its westernmost zone.
Where one side would be more than the other, nothing is compared, and it is said why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, select

from pos.clock import ZONES
from pos.ledger import Ledger, devices
from pos.model import Column, Device, Table
from pos.money import Rupiah
from pos.reports.completeness import complete
from pos.reports.scope import Period, Row, added, narrowed
from pos.sum_tables import DAY_UNIT
from pos.tables import DAY_CASHIER, SHIFT, SHIFT_CLOSE
from pos.text import _, date_span, short_date

DAY, WEEK = timedelta(days=1), timedelta(days=7)
DAWN = 5  # hours before it belong to the evening before: an exhibition may go on past midnight
MIDNIGHT = 24


class Against(StrEnum):
    """What stands on the other side."""

    DAY_BEFORE = "day"
    SAME_WEEKDAY = "weekday"
    WEEKS_BEFORE = "weeks"


class Why(StrEnum):
    """Why nothing is compared."""

    FIRST = "first"  # the books know nothing of those days
    EARLY = "early"  # nothing was sold on either side in whole hours
    PART = "part"  # of one institution no hours are kept
    LATE = "late"  # a booth's data does not reach so far yet
    AHEAD = "ahead"  # the days are still to come


@dataclass(frozen=True, slots=True)
class Sums:
    """Receipts, pieces, Rupiah. `sales` is None of one institution: a receipt may hold goods of several."""

    sales: int | None = 0
    qty: int = 0
    total: Rupiah = 0

    def __add__(self, other: Sums) -> Sums:
        known = self.sales is not None and other.sales is not None
        sales = (self.sales or 0) + (other.sales or 0) if known else None
        return Sums(sales, self.qty + other.qty, self.total + other.total)

    @property
    def average(self) -> Rupiah | None:
        """Rupiah a receipt; None without any."""
        return self.total // self.sales if self.sales else None


@dataclass(frozen=True, slots=True)
class Change:
    """How far a figure is from the former one: `by` in its own unit, `percent` None over nothing, and where
    more came back than was sold.
    """

    by: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two times of the same length: what is shown, from `first` to `last`, and from `start` to `end` before.

    `until` is the hour before which both were sold on their last day (14: before 14.00; 25: before 1.00 of
    the night behind it), None where the days are whole. `why` is empty where both are known; `late` names
    the booth that is behind.
    """

    against: Against
    first: date
    last: date
    start: date
    end: date
    until: int | None = None
    now: Sums = Sums()
    then: Sums = Sums()
    why: Why | None = None
    late: str = ""

    @property
    def total(self) -> Change:
        """Of what was sold, in Rupiah."""
        return change(self.now.total, self.then.total)

    @property
    def sales(self) -> Change | None:
        """Of the receipts; None of one institution."""
        now, then = self.now.sales, self.then.sales
        return None if now is None or then is None else change(now, then)

    @property
    def average(self) -> Change | None:
        """Of the average receipt; None where one side has none."""
        now, then = self.now.average, self.then.average
        return None if now is None or then is None else change(now, then)

    @property
    def qty(self) -> Change:
        """Of the pieces."""
        return change(self.now.qty, self.then.qty)


class Moment(NamedTuple):
    """The business day, and what the clock shows."""

    today: date
    now: datetime


Hours = dict[tuple[date, int], Sums]  # by business day and hour, see `late_hour`


def late_hour(hour: int) -> int:
    """Hours as a business day goes through them: 0 to 4 are 24 to 28, behind the evening."""
    return hour + MIDNIGHT if hour < DAWN else hour


def hour_of(now: datetime, day: date) -> int | None:
    """How far a business day has come (14 from 14.00 to 14.59, 24 after midnight); None when it is over."""
    if now.date() < day:
        return 0
    if now.date() == day:
        return now.hour
    return late_hour(now.hour) if now.date() == day + DAY and now.hour < DAWN else None


def change(now: int, then: int) -> Change:
    """Percent to the nearest whole, halves away from 0."""
    by = now - then
    known = then > 0 and now >= 0
    percent = (abs(by) * 200 + then) // (2 * then) * (1 if by >= 0 else -1) if known else None
    return Change(by, percent)


def hours_of(conn: Connection, period: Period, today: date, sold: Sequence[Row]) -> Hours:
    """What was sold in the hours of the period and of all that it is compared with.

    Hours are looked at of the days that may be cut: the period's last until now, and those beside it. Hour 0
    stands for the whole of the others, whose figures are `sold` (as `sold_on_days` has them over `wide`); so
    it does of one institution, of which no hours are kept.
    """
    start, end = ends(period)
    last = min(end, today)
    cut = {last, *(last - apart for _against, apart in _beside(period))}
    if start == end:
        cut |= {start, start - WEEK}
    if period.institution:
        cut = set()
    whole = ((date.fromisoformat(day), sums) for day, *sums in sold)
    found = {(day, 0): Sums(sums[0], sums[1], sums[-1]) for day, sums in whole if day not in cut}
    hour = DAY_CASHIER.c
    figures = (added(hour.sales), added(hour.qty), added(hour.total))
    for on in sorted(cut):
        of_day = narrowed(DAY_CASHIER, replace(period, start=on, end=on))
        for at, *sums in conn.execute(select(hour.hour, *figures).where(*of_day).group_by(hour.hour)):
            found[on, late_hour(at)] = Sums(*sums)
    return found


def wide(period: Period) -> Period:
    """The period with all that it is compared with."""
    start, _end = ends(period)
    return replace(period, start=start - max(apart_of(period), WEEK))


def first_of(conn: Connection, period: Period) -> date:
    """The first day on which the booth or institution sold anything at all."""
    goods = DAY_UNIT if period.institution else DAY_CASHIER
    always = replace(period, start=None, end=None)
    found = conn.scalar(select(func.min(goods.c.day)).where(*narrowed(goods, always)))
    return date.fromisoformat(found) if found else date.max


def ends(period: Period) -> tuple[date, date]:
    """Both days of a period that has both."""
    return period.start or date.min, period.end or date.max


def length(period: Period) -> int:
    """Its days."""
    start, end = ends(period)
    return (end - start).days + 1


def apart_of(period: Period) -> timedelta:
    """How far back the days lie that a chart stands beside: whole weeks."""
    return timedelta(days=-(-length(period) // 7) * 7)


def comparisons(
    ledger: Ledger, period: Period, hours: Hours, first: date, at: Moment
) -> tuple[Comparison, ...]:
    """All there are of the period: of one day two, of a longer time one. `hours` and `first` are what
    `hours_of` and `first_of` say.
    """
    start, end = ends(period)
    last = min(end, at.today)
    found = []
    for against, apart in _beside(period):
        one = Comparison(against, start, last, start - apart, last - apart)
        if start > at.today:
            found.append(replace(one, why=Why.AHEAD))
        elif start - apart < first:
            found.append(replace(one, why=Why.FIRST))
        else:
            found.append(_compared(ledger, one, period, hours, at))
    return tuple(found)


def _beside(period: Period) -> tuple[tuple[Against, timedelta], ...]:
    """What the period is compared with, and how far back that lies."""
    if length(period) == 1:
        return (Against.DAY_BEFORE, DAY), (Against.SAME_WEEKDAY, WEEK)
    return ((Against.WEEKS_BEFORE, apart_of(period)),)


def _compared(ledger: Ledger, one: Comparison, period: Period, hours: Hours, at: Moment) -> Comparison:
    is_today = one.last == at.today
    with ledger.read() as conn:
        booths = {code: device for code, device in devices(conn).items() if device.role == "booth"}
        at_booth = ledger.device is not None and ledger.device.role == "booth"  # its own data is all here
        behind = [] if at_booth else _behind(ledger, conn, one, period, booths)
    zones = {ZONES[device.event.timezone] for device in booths.values()}
    reached = [hour_of(at.now.astimezone(zone), at.today) for zone in zones] or [hour_of(at.now, at.today)]
    until = min((hour for hour in reached if hour is not None), default=None) if is_today else None
    for booth, hour in behind:
        if hour is None or not is_today:
            return replace(one, why=Why.LATE, late=booth)
        until = hour if until is None else min(until, hour)
    if until is not None and period.institution:
        return replace(one, why=Why.PART)
    now = _added(hours, one.first, one.last, until)
    then = _added(hours, one.start, one.end, until)
    if until is not None and not now.qty and not then.qty:
        return replace(one, until=until, why=Why.EARLY)
    return replace(one, until=until, now=now, then=then)


def _behind(
    ledger: Ledger, conn: Connection, one: Comparison, period: Period, booths: Mapping[str, Device]
) -> list[tuple[str, int | None]]:
    """The booths whose data ends on the last day, and at which hour of it, or before it (None). A laptop that
    sold on neither side does not count, nor one that closed all it opened on that day: no more will come.
    """
    sides = (Period(one.first, one.last, booth=period.booth), Period(one.start, one.end, booth=period.booth))
    sold = set[str]()
    for side in sides:
        sold.update(conn.scalars(select(DAY_CASHIER.c.device).where(*narrowed(DAY_CASHIER, side)).distinct()))
    closed = and_(SHIFT_CLOSE.c.device == SHIFT.c.device, SHIFT_CLOSE.c.shift == SHIFT.c.seq)
    shifts = select(SHIFT.c.device, func.count(), func.count(SHIFT_CLOSE.c.seq)).outerjoin(
        SHIFT_CLOSE, closed
    )
    of_day = shifts.where(SHIFT.c.day == one.last.isoformat()).group_by(SHIFT.c.device)
    over = {device for device, opened, ended in conn.execute(of_day) if opened == ended}
    found: list[tuple[str, int | None]] = []
    for reached in complete(ledger, period.booth):
        if reached.device not in sold - over:
            continue
        zone = ZONES[booths[reached.device].event.timezone]
        moment = datetime.fromisoformat(reached.at).astimezone(zone)
        hour = hour_of(moment, one.last)
        if moment.date() < one.last:
            found.append((reached.booth, None))
        elif hour is not None:
            found.append((reached.booth, hour))
    return found


def _added(hours: Hours, start: date, end: date, until: int | None) -> Sums:
    found = Sums()
    for (day, hour), sums in hours.items():
        if start <= day <= end and (day < end or until is None or hour < until):
            found += sums
    return found


def compared_table(found: Sequence[Comparison], period: Period, whole: Sums) -> Table:
    """The four figures, and below them both sides of each comparison: which days, up to which hour."""
    start, end = ends(period)
    rows = [(_days(start, end), "", *_cells(whole))]
    for one in found:
        if one.why is None:
            hour = until_words(one)
            rows += [(_days(one.first, one.last), hour, *_cells(one.now))] if hour or one.last != end else []
            rows.append((_days(one.start, one.end), hour, *_cells(one.then)))
    columns = (
        Column("days", _("Days"), "text"),
        Column("until", _("Until"), "text"),
        Column("total", _("Turnover"), "money"),
        Column("sales", _("Receipts"), "int"),
        Column("average", _("Average receipt"), "money"),
        Column("qty", _("Pieces"), "int"),
    )
    return Table("figures", _("Key figures"), columns, tuple(dict.fromkeys(rows)))


def until_words(one: Comparison) -> str:
    """`14.00`, also past midnight; nothing of whole days."""
    return "" if one.until is None else f"{one.until % MIDNIGHT:02}.00"


def _days(start: date, end: date) -> str:
    return short_date(start) if start == end else date_span(start, end)


def _cells(sums: Sums) -> Row:
    return sums.total, sums.sales, sums.average, sums.qty
