"""How a booth stands today, asked of its open ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select, union_all

from pos.carts import held_drafts, open_draft
from pos.catalog import institutions, products
from pos.clock import DEFAULT_ZONE
from pos.ledger import Ledger, devices
from pos.local_tables import SETTING
from pos.model import Device, Event
from pos.opening import Opening, still_open
from pos.settings import known
from pos.shifts import current_shift, shifts_of_day
from pos.staff import staff
from pos.stock import on_hand
from pos.sum_tables import DAY_SHARE
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
        settings=booth_settings(ledger),
        draft=open_draft(ledger),
        held=len(held_drafts(ledger)),
    )


def is_office(ledger: Ledger) -> bool:
    """Whether nothing is sold with it: it only collects what booths bring, or is an office's own."""
    return ledger.device is None or ledger.device.role != "booth"


def office_opening(ledger: Ledger) -> Opening:
    """The same of a ledger that no booth sells with: its people and institutions, and the newest exhibition.

    A central file has no device; one without a code, called as the file or the database, stands for it.
    """
    with ledger.read() as conn:
        known = devices(conn)
    now = ledger.clock.now().date()
    nothing = Event("", "", now, now, DEFAULT_ZONE)
    event = max((one.event for one in known.values()), key=lambda one: one.start, default=nothing)
    sample = bool(known) and all(one.sample for one in known.values())
    clock = ledger.clock.in_zone(event.timezone)
    return Opening(
        clock=clock,
        device=ledger.device or Device("", "office", "", central_name(ledger), "", event, sample),
        staff=staff(ledger),
        institutions=institutions(ledger),
        products=(),
        stock={},
        sold=set(),
        shift=None,
        shift_number=0,
        settings=booth_settings(ledger),
    )


def central_name(ledger: Ledger) -> str:
    """What a central ledger is called: its file without the ending, or the database and its server."""
    if ledger.path:
        return ledger.path.stem
    url = ledger.engine.url
    return " · ".join(part for part in (url.database, url.host) if part)


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
