"""How a booth stands today, asked of its open ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from pos.catalog import institutions, products
from pos.ledger import Ledger
from pos.opening import Opening, still_open
from pos.shifts import current_shift, shifts_of_day
from pos.staff import staff
from pos.stock import on_hand
from pos.tables import DAY_ITEM


def opening_of(ledger: Ledger) -> Opening:
    """The same as `pos.opening.read_opening`. Raises Refused for a ledger that only collects documents."""
    device, today = ledger.own(), ledger.clock.now().date()
    shift = still_open(current_shift(ledger), device, today)
    day = shift.day if shift else today
    return Opening(
        clock=ledger.clock,
        device=device,
        staff=staff(ledger),
        institutions=institutions(ledger),
        products=products(ledger),
        stock=on_hand(ledger),
        sold=sold_institutions(ledger, day),
        shift=shift,
        shift_number=shifts_of_day(ledger, day),
    )


def sold_institutions(ledger: Ledger, day: date) -> set[str]:
    """The codes of the institutions of which something was sold on `day`."""
    query = select(DAY_ITEM.c.institution).distinct().where(DAY_ITEM.c.day == day.isoformat())
    with ledger.read() as conn:
        return set(conn.scalars(query))
