"""Up to when a report holds, and for which booths: what laptops did later may still come in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, func, select

from pos.clock import zone_name
from pos.complete import Complete
from pos.ledger import Ledger
from pos.model import Table
from pos.tables import DEVICE, DOCUMENT
from pos.text import _, clock_time, long_date, ngettext

MOST_NAMED = 5  # booths that are furthest behind


def complete(ledger: Ledger, booth: str = "") -> tuple[Complete, ...]:
    """The newest document of each laptop that sells, by booth; of one booth with its code.

    Look-ups by key only, however long the chains are.
    """
    other = DOCUMENT.alias()
    newest = select(func.max(other.c.seq)).where(other.c.device == DEVICE.c.device).correlate(DEVICE)
    last = and_(DOCUMENT.c.device == DEVICE.c.device, DOCUMENT.c.seq == newest.scalar_subquery())
    columns = (DEVICE.c.booth, DEVICE.c.device, DOCUMENT.c.seq, DOCUMENT.c.at)
    query = select(*columns).join_from(DEVICE, DOCUMENT, last)
    query = query.where(DEVICE.c.role == "booth")
    if booth:
        query = query.where(DEVICE.c.booth == booth)
    with ledger.read() as conn:
        return tuple(Complete(*row) for row in conn.execute(query.order_by(DEVICE.c.booth, DEVICE.c.device)))


def complete_lines(found: Table) -> list[str]:
    """The same as sentences: for all up to when, and which booths are furthest behind."""
    if not found.complete:
        return []
    late = sorted(found.complete, key=lambda one: (datetime.fromisoformat(one.at), one.booth))
    said = ngettext(
        "Complete up to {when} ({count} laptop).", "Complete up to {when} ({count} laptops).", len(late)
    )
    lines = [said.format(when=_when(late[0].at), count=len(late))]
    if len(late) > 1:
        named = ", ".join(f"{one.booth} {_when(one.at)}" for one in late[:MOST_NAMED])
        lines.append(_("Furthest behind: {booths}.").format(booths=named))
    return lines


def missing_line(found: tuple[Complete, ...], until: date) -> str:
    """Which laptops are not known up to the day `until`, as a sentence; "" when all are."""
    late = sorted(
        (moment, one.booth, one.at)
        for one in found
        if (moment := datetime.fromisoformat(one.at)).date() < until
    )
    if not late:
        return ""
    named = ", ".join(f"{booth} ({_when(at)})" for _moment, booth, at in late[:MOST_NAMED])
    more = len(late) - MOST_NAMED
    if more > 0:
        words = ngettext("{named} and {count} other", "{named} and {count} others", more)
        named = words.format(named=named, count=more)
    return _("Still missing: {booths}.").format(booths=named)


def _when(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{long_date(moment.date()).partition(', ')[2]} {clock_time(moment)} {zone_name(moment)}".strip()
