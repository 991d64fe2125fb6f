"""How a booth stands today, asked of its open ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select, union_all

from pos.carts import held_drafts, open_draft
from pos.catalog import institutions, products
from pos.ledger import Ledger
from pos.local_tables import SETTING
from pos.opening import Opening, still_open
from pos.settings import known
from pos.shifts import current_shift, shifts_of_day
from pos.staff import staff
from pos.stock import on_hand
from pos.tables import DAY_ITEM, DAY_SHARE


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
        settings=booth_settings(ledger),
        draft=open_draft(ledger),
        held=len(held_drafts(ledger)),
    )


def booth_settings(ledger: Ledger) -> dict[str, str]:
    """What is set at this booth, defaults included."""
    with ledger.read() as conn:
        return known({row.name: row.value for row in conn.execute(select(SETTING))}, booth=True)


def sold_institutions(ledger: Ledger, day: date) -> set[str]:
    """The codes of the institutions of which something was sold on `day`, also inside a bundle."""
    tables = (DAY_ITEM, DAY_SHARE)
    both = union_all(
        *(select(table.c.institution, table.c.qty).where(table.c.day == day.isoformat()) for table in tables)
    ).subquery()
    unit = both.c.institution
    query = select(unit).group_by(unit).having(func.sum(both.c.qty) > 0)
    with ledger.read() as conn:
        return set(conn.scalars(query))
