"""The board "one day, one product": the daily matrix as people look at it.

How every cell stands, how many days on end each institution has sold, whose streak ends tonight. The figures
are those of the report `daily-board`; what is added is only what they mean.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, select

from pos.closed_days import EVERYWHERE, Reasons, closed_days
from pos.complete import Complete
from pos.ledger import Ledger, devices
from pos.model import Device, Institution
from pos.money import Rupiah
from pos.reports.completeness import complete
from pos.reports.daily_board import sold_by_day
from pos.reports.red_days import holiday
from pos.reports.scope import Period, added, days_of, events_of, institutions
from pos.sum_tables import DAY_UNIT
from pos.tables import DOCUMENT, PRODUCT, SHIFT
from pos.text import _

STEPS = (250_000, 500_000, 1_000_000)  # Rupiah from which the next level begins (DESIGN.md, screen 6)
GOODS = 3  # products that are named of an institution


class Mark(IntEnum):
    """How a cell stands. LOW to TOP are what was sold, by level."""

    MISSED = 0
    LOW = 1
    SOME = 2
    GOOD = 3
    TOP = 4
    AHEAD = 5
    WAITING = 6  # today, and nothing yet
    CLOSED = 7  # nobody sold, and nobody was to
    ABSENT = 8  # the institution had not joined


_LEVELS = (Mark.LOW, Mark.SOME, Mark.GOOD, Mark.TOP)


@dataclass(frozen=True, slots=True)
class Line:
    """One institution. `sold` and `marks` are by day of the board; None: nothing was sold.

    `streak` is how many days on end it has sold up to and with today, `threatened` up to yesterday where
    today is still without a sale. Closed days are not counted and break nothing; `closed` says
    why those of this institution were.
    """

    unit: Institution
    sold: tuple[Rupiah | None, ...]
    marks: tuple[Mark, ...]
    streak: int
    threatened: int
    closed: Reasons


@dataclass(frozen=True, slots=True)
class Goods:
    """What an institution makes, for those who look for it: names, and the picture of the first."""

    names: tuple[str, ...]
    image: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the screen and the paper show. `place` is where `today` stands in `days`, None outside.

    `number` and `of` count the days of the exhibition; `number` is 0 before it and after it. `turnover` is
    what came in today less what came back, in Rupiah. `complete` is by laptop, the furthest behind first. Of
    `hidden` days the Rupiah are not for who looks (see `blind`): amounts are 0, and `turnover` is None.
    """

    days: tuple[date, ...]
    lines: tuple[Line, ...]
    today: date
    place: int | None
    number: int
    of: int
    closed: Reasons
    turnover: Rupiah | None
    complete: tuple[Complete, ...]
    goods: Mapping[str, Goods]
    hidden: frozenset[date] = frozenset()

    @property
    def sold_today(self) -> int:
        """How many institutions have sold today."""
        return sum(self.place is not None and line.sold[self.place] is not None for line in self.lines)

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Those that have not sold today, the longest threatened streak first, then as the event has them."""
        place = self.place
        late = [line for line in self.lines if place is not None and line.marks[place] is Mark.WAITING]
        return tuple(sorted(late, key=lambda line: -line.threatened))

    @property
    def booths(self) -> int:
        """How many booths the data is from."""
        return len({one.booth for one in self.complete})

    @property
    def until(self) -> datetime | None:
        """Up to when the data of all booths is here; None before there is any."""
        return datetime.fromisoformat(self.complete[0].at) if self.complete else None


class _Calendar(NamedTuple):
    """The days of the board, which is today, and those that are closed: for all, and for hosts by code."""

    days: tuple[date, ...]
    today: date
    closed: Reasons
    of_hosts: Mapping[str, Reasons]


def board(ledger: Ledger, today: date) -> Board:
    """The board on the business day `today`, over all booths that this ledger knows of.

    A day after `today` is ahead and unknown save where something was sold on it: a laptop may be in an
    eastern zone, or its clock wrong. On a day without a shift or sale anywhere nobody has missed anything.
    """
    with ledger.read() as conn:
        sold = sold_by_day(conn, Period())
        units = institutions(conn, sold)
        known = devices(conn)
        event = days_of(known.values())
        busy = set[date]().union(*sold.values())
        days = tuple(sorted(event | busy))
        said = closed_days(conn)
        closed = _closed(conn, days, busy, today, _everywhere(said, known))
        joined = _joined(conn, known)
        calendar = _Calendar(days, today, closed, _of_hosts(said, known))
        lines = tuple(
            _line(unit, tuple(map(sold.get(code, {}).get, days)), calendar, joined.get(code))
            for code, unit in units.items()
        )
        taken = select(added(DAY_UNIT.c.total)).where(DAY_UNIT.c.day == today.isoformat())
        turnover = conn.execute(taken).scalar_one()
        goods = _goods(conn, [line.unit.code for line in lines if Mark.WAITING in line.marks])
    late = sorted(_complete(ledger), key=lambda one: (datetime.fromisoformat(one.at), one.booth))
    return Board(
        days=days,
        lines=lines,
        today=today,
        place=days.index(today) if today in days else None,
        number=sum(day <= today for day in event) if today in event else 0,
        of=len(event),
        closed=MappingProxyType({day: why for day, why in closed.items() if day not in busy}),
        turnover=turnover,
        complete=tuple(late),
        goods=goods,
    )


def level(amount: Rupiah) -> Mark:
    """What was sold for `amount`, also for nothing."""
    return _LEVELS[bisect_right(STEPS, amount)]


def _complete(ledger: Ledger) -> Iterator[Complete]:
    """Up to when each laptop's data is here; what is on this one is here until now."""
    own, now = ledger.device, ledger.clock.now().isoformat()
    for one in complete(ledger):
        mine = own is not None and one.device == own.code
        yield replace(one, at=max(one.at, now, key=datetime.fromisoformat)) if mine else one


def _hosts(known: Mapping[str, Device]) -> Mapping[str, set[str]]:
    """The booths of each institution that hosts any, by its code."""
    booths: dict[str, set[str]] = {}
    for device in known.values():
        if device.role == "booth":
            booths.setdefault(device.institution, set()).add(device.booth)
    return booths


def _of_hosts(said: Mapping[str, Reasons], known: Mapping[str, Device]) -> Mapping[str, Reasons]:
    """The days on which all booths of an institution are closed, by its code."""
    return {code: _agreed(said.get(one, {}) for one in sorted(its)) for code, its in _hosts(known).items()}


def _everywhere(said: Mapping[str, Reasons], known: Mapping[str, Device]) -> Reasons:
    """The days on which all booths are closed, and those of which the office says so."""
    every = sorted(set().union(*_hosts(known).values()))
    return {**_agreed(said.get(one, {}) for one in every), **said.get(EVERYWHERE, {})}


def _agreed(reasons: Iterable[Reasons]) -> Reasons:
    """The days that all of them name, in the words of the first."""
    first, *others = [*reasons] or [{}]
    return {day: why for day, why in first.items() if all(day in other for other in others)}


def _closed(
    conn: Connection, days: Iterable[date], busy: set[date], today: date, told: Reasons
) -> dict[date, str]:
    """Days without a shift at any booth, and why; those ahead only where somebody has said so. A day on which
    something was sold was no such day, also where its sales come from paper and no shift was opened.
    """
    opened = {*conn.scalars(select(SHIFT.c.day).distinct()), *(day.isoformat() for day in busy)}
    closed = {}
    for day in days:
        if day in told:
            closed[day] = told[day]
        elif day < today and day.isoformat() not in opened:
            closed[day] = holiday(day) or _("no booth was open")
    return closed


def _joined(conn: Connection, known: Mapping[str, Device]) -> dict[str, date]:
    """From which day each institution takes part that no laptop of the first day knew of.

    Which are in an exhibition stands in the first document of each laptop; the first laptop's are there from
    the beginning.
    """
    events = events_of(known.values())
    lists = {frozenset(unit.code for unit in event.institutions) for event in events}
    if len(lists) < 2:
        return {}
    first = select(DOCUMENT.c.device, DOCUMENT.c.at).where(DOCUMENT.c.seq == 1, DOCUMENT.c.device.in_(known))
    made = {row.device: row.at for row in conn.execute(first)}
    begun: dict[int, date] = {}  # with each event the first laptop
    for code, device in known.items():
        day = datetime.fromisoformat(made[code]).date() if code in made else device.event.start
        begun[id(device.event)] = min(day, begun.get(id(device.event), day))
    listed: dict[str, date] = {}
    for event in events:
        day = begun[id(event)]
        for unit in event.institutions:
            listed[unit.code] = min(day, listed.get(unit.code, day))
    earliest = min(listed.values(), default=date.min)
    return {code: day for code, day in listed.items() if day > earliest}


def _line(unit: Institution, sold: tuple[Rupiah | None, ...], of: _Calendar, joined: date | None) -> Line:
    """`joined` is None for who is there from the beginning; whoever sold before joining had joined."""
    days, today, closed = of.days, of.today, {**of.of_hosts.get(unit.code, {}), **of.closed}
    marks = []
    absent = joined is not None
    for day, amount in zip(days, sold, strict=True):
        if absent:
            absent = amount is None and joined is not None and day < joined
        if amount is not None:
            marks.append(_LEVELS[bisect_right(STEPS, amount)])
        elif day in closed:
            marks.append(Mark.CLOSED)
        elif day > today:
            marks.append(Mark.AHEAD)
        elif absent:
            marks.append(Mark.ABSENT)
        else:
            marks.append(Mark.WAITING if day == today else Mark.MISSED)
    until = bisect_right(days, today)
    waiting = bool(until) and marks[until - 1] is Mark.WAITING
    run = _run(marks[: until - waiting])
    streak, threatened = (0, run) if waiting else (run, 0)
    return Line(unit, sold, tuple(marks), streak, threatened, MappingProxyType(closed))


def _run(marks: list[Mark]) -> int:
    """How many days at the end were sold on, past those that do not count."""
    run = 0
    for mark in reversed(marks):
        if mark in _LEVELS:
            run += 1
        elif mark not in (Mark.CLOSED, Mark.ABSENT):
            break
    return run


def _goods(conn: Connection, codes: Iterable[str]) -> dict[str, Goods]:
    """The first products of these institutions, in the order of the price list."""
    wanted = set(codes)
    columns = (PRODUCT.c.institution, PRODUCT.c.name, PRODUCT.c.image)
    query = select(*columns).where(PRODUCT.c.active == 1).order_by(PRODUCT.c.position, PRODUCT.c.sku)
    found: dict[str, Goods] = {}
    for code, name, image in conn.execute(query):
        former = found.get(code)
        if code in wanted and (former is None or len(former.names) < GOODS):
            found[code] = Goods((*former.names, name), former.image) if former else Goods((name,), image)
    return found
