"""Shifts: whose turn it is at the till, and which business day its sales belong to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import exists, select

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Shift
from pos.money import MAX_AMOUNT, Rupiah
from pos.nouns import shift_of
from pos.tables import SHIFT, SHIFT_CLOSE
from pos.text import _


def open_shift(ledger: Ledger, cashier: str, day: date, float_cash: Rupiah = 0) -> Shift:
    """Open a shift for the business day `day` with `float_cash` Rupiah in the drawer."""
    if not 0 <= float_cash <= MAX_AMOUNT:
        raise Refused(_("The float must be an amount from 0 Rupiah."))
    with ledger.write() as conn:
        doc = ledger.post(
            conn, "shift_open", {"cashier": cashier, "day": day.isoformat(), "float": float_cash}
        )
    return Shift(doc.device, doc.seq, day, datetime.fromisoformat(doc.at), cashier, float_cash)


def current_shift(ledger: Ledger) -> Shift | None:
    """The newest shift at this till that was not closed, or None."""
    closed = exists().where(SHIFT_CLOSE.c.device == SHIFT.c.device, SHIFT_CLOSE.c.shift == SHIFT.c.seq)
    mine = select(SHIFT).where(SHIFT.c.device == ledger.own().code, ~closed)
    with ledger.read() as conn:
        row = conn.execute(mine.order_by(SHIFT.c.seq.desc()).limit(1)).first()
    return shift_of(row) if row else None


def shifts_of_day(ledger: Ledger, day: date) -> int:
    """How many shifts this till has opened for `day`: the newest one's number."""
    query = select(SHIFT.c.seq).where(SHIFT.c.device == ledger.own().code, SHIFT.c.day == day.isoformat())
    with ledger.read() as conn:
        return len(conn.execute(query).all())
