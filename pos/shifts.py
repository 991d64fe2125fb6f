"""Shifts: whose turn it is at the till, and which business day its sales belong to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Shift
from pos.money import MAX_AMOUNT, Rupiah
from pos.nouns import shift_of
from pos.tables import SHIFT
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
    """The shift that is open at this till, or None."""
    with ledger.read() as conn:
        query = select(SHIFT).where(SHIFT.c.device == ledger.own().code).order_by(SHIFT.c.seq.desc()).limit(1)
        row = conn.execute(query).first()
    return shift_of(row) if row else None


def shifts_of_day(ledger: Ledger, day: date) -> int:
    """How many shifts this till has opened for `day`: the newest one's number."""
    query = select(SHIFT.c.seq).where(SHIFT.c.device == ledger.own().code, SHIFT.c.day == day.isoformat())
    with ledger.read() as conn:
        return len(conn.execute(query).all())
