"""Shifts: whose turn it is at the till, and which business day its sales belong to.

A laptop has one open shift at most: the newest, until it is closed (pos/closing.py). What is odd about a day
is told and never stops anybody: the day that was confirmed at the opening holds, whatever the clock says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, func, select

from pos import journal
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Event, Shift
from pos.money import MAX_AMOUNT, Rupiah, rupiah
from pos.nouns import shift_of
from pos.tables import SHIFT, SHIFT_CLOSE
from pos.text import _, clock_time, short_date

JUMP = timedelta(minutes=10)  # a clock that is further behind was set, and did not just run slow


@dataclass(frozen=True, slots=True)
class LastClosing:
    """The newest closing of this laptop: the day it closed, when, and the Rupiah that it left."""

    day: date
    at: datetime
    left: Rupiah


@dataclass(frozen=True, slots=True)
class Days:
    """What a laptop knows of its days: the clock, the exhibition, its newest document, shift and closing.

    `unclosed` is the shift that nobody closed.
    """

    now: datetime
    event: Event
    last_at: datetime | None = None
    unclosed: Shift | None = None
    closing: LastClosing | None = None

    @property
    def proposed(self) -> date:
        """The business day to open: the clock's, but none that lies before what was put down already."""
        return max(self.now.date(), self.last_at.date()) if self.last_at else self.now.date()


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about a day that a person should look at.

    kind: back, behind (the clock), open (a former shift), outside (the exhibition), early, closed (the day).
    """

    kind: str
    message: str


def open_shift(ledger: Ledger, cashier: str, day: date, float_cash: Rupiah = 0) -> Shift:
    """Open a shift for the business day `day` with `float_cash` Rupiah in the drawer.

    Raises Refused while another one is open at this laptop, and for a senseless float.
    """
    if not 0 <= float_cash <= MAX_AMOUNT:
        raise Refused(_("The float must be an amount from 0 Rupiah."))
    device = ledger.own()
    with ledger.write() as conn:
        former = _current(conn, device.code)
        if former:
            raise Refused(
                _("The shift of {day}, {time} is still open at this till.").format(
                    day=short_date(former.day), time=clock_time(former.at)
                ),
                _("Close it first; then open the next one."),
            )
        doc = ledger.post(
            conn, "shift_open", {"cashier": cashier, "day": day.isoformat(), "float": float_cash}
        )
    return Shift(doc.device, doc.seq, day, datetime.fromisoformat(doc.at), cashier, float_cash)


def current_shift(ledger: Ledger) -> Shift | None:
    """The newest shift at this till, unless it was closed."""
    device = ledger.own().code
    with ledger.read() as conn:
        return _current(conn, device)


def shifts_of_day(ledger: Ledger, day: date) -> int:
    """How many shifts this till has opened for `day`: the newest one's number."""
    device = ledger.own().code
    with ledger.read() as conn:
        return number_of_day(conn, device, day)


def number_of_day(conn: Connection, device: str, day: date, last: int | None = None) -> int:
    """How many shifts `device` has opened for `day`, up to the one whose opening is document `last`."""
    mine = [SHIFT.c.device == device, SHIFT.c.day == day.isoformat()]
    if last is not None:
        mine.append(SHIFT.c.seq <= last)
    return conn.scalar(select(func.count()).select_from(SHIFT).where(*mine)) or 0


def require_open(conn: Connection, shift: Shift) -> None:
    """Raise Refused when `shift` was closed: what is done now belongs to the next one."""
    if conn.scalar(closing_of_shift(), {"device": shift.device, "shift": shift.seq}) is not None:
        raise shift_is_over()


def shift_is_over() -> Refused:
    """What is told when something is to be done in a shift that was closed."""
    return Refused(_("This shift was closed. Nothing was changed."), _("Open the next shift."))


def closing_of_shift() -> Select[tuple[int]]:
    """The seq of the closing of a shift; `device` and `shift` (the seq of its opening) are to be bound."""
    mine = (SHIFT_CLOSE.c.device == bindparam("device"), SHIFT_CLOSE.c.shift == bindparam("shift"))
    return select(func.min(SHIFT_CLOSE.c.seq)).where(*mine)


def days_of(ledger: Ledger) -> Days:
    """What this laptop knows of its days. Raises Refused for a ledger that only collects documents."""
    device = ledger.own()
    with ledger.read() as conn:
        seq, _hash = journal.head(conn, device.code)
        last = journal.document(conn, device.code, seq)
        unclosed = _current(conn, device.code)
        closing = conn.execute(
            select(SHIFT_CLOSE)
            .where(SHIFT_CLOSE.c.device == device.code)
            .order_by(SHIFT_CLOSE.c.seq.desc())
            .limit(1)
        ).first()
    return Days(
        now=ledger.clock.now(),
        event=device.event,
        last_at=datetime.fromisoformat(last.at) if last else None,
        unclosed=unclosed,
        closing=_last_closing(closing) if closing else None,
    )


def oddities(days: Days, day: date) -> tuple[Oddity, ...]:
    """What is odd about opening a shift for `day`, the weightiest first."""
    found = []
    if days.last_at and days.now < days.last_at:
        back = days.last_at - days.now > JUMP
        words = {"day": short_date(days.last_at.date()), "time": clock_time(days.last_at)}
        found.append(
            Oddity("back", _("The clock was set back: the last paper is of {day}, {time}.").format(**words))
            if back
            else Oddity("behind", _("The clock is a little behind the last paper, {time}.").format(**words))
        )
    if days.unclosed:
        words = {"day": short_date(days.unclosed.day), "time": clock_time(days.unclosed.at)}
        found.append(Oddity("open", _("The shift of {day}, {time} was not closed.").format(**words)))
    if not days.event.start <= day <= days.event.end:
        words = {"start": short_date(days.event.start), "end": short_date(days.event.end)}
        found.append(
            Oddity("outside", _("This day is outside the exhibition, {start} to {end}.").format(**words))
        )
    if days.closing and day < days.closing.day:
        words = {"day": short_date(days.closing.day)}
        found.append(Oddity("early", _("{day} was closed already, a later day.").format(**words)))
    elif days.closing and day == days.closing.day:
        words = {"time": clock_time(days.closing.at)}
        found.append(
            Oddity("closed", _("This day was closed at {time}; one more shift opens.").format(**words))
        )
    return tuple(found)


def _last_closing(row: Any) -> LastClosing:
    return LastClosing(date.fromisoformat(row.day), datetime.fromisoformat(row.at), row.counted)


def left_words(closing: LastClosing) -> str:
    """One sentence about what the last closing left: its day, time and money."""
    return _("The closing of {day}, {time} left {amount}.").format(
        day=short_date(closing.day), time=clock_time(closing.at), amount=rupiah(closing.left)
    )


def _current(conn: Connection, device: str) -> Shift | None:
    row = conn.execute(_NEWEST.where(SHIFT.c.device == device)).first()
    return shift_of(row) if row and not row.closed else None


def _newest() -> Select[Any]:
    closed = exists().where(SHIFT_CLOSE.c.device == SHIFT.c.device, SHIFT_CLOSE.c.shift == SHIFT.c.seq)
    return select(SHIFT, closed.label("closed")).order_by(SHIFT.c.seq.desc()).limit(1)


_NEWEST = _newest()
