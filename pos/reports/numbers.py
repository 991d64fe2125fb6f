"""Receipt numbers of every laptop, and which are missing: each counts from 1 without a gap."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pos.ledger import Ledger, devices
from pos.model import Column, Table, receipt_number
from pos.reports.scope import Period, institutions, narrowed, short, summed
from pos.tables import DEVICE, SALE
from pos.text import _

MOST_GAPS = 20  # named one by one; of a longer list the number says enough


def run(ledger: Ledger, period: Period) -> Table:
    """One row a booth's laptop: first and last receipt in `period`, how many, and the gaps of its chain."""
    sold = select(SALE.c.device, func.min(SALE.c.number), func.max(SALE.c.number), func.count())
    with ledger.read() as conn:
        found = {
            code: counts
            for code, *counts in conn.execute(sold.where(*narrowed(SALE, period)).group_by(SALE.c.device))
        }
        gaps = _gaps(conn)
        units = institutions(conn)
        booths = sorted(devices(conn).values(), key=lambda one: (one.booth, one.code))
    rows = []
    for device in booths:
        if device.role != "booth" or period.booth not in ("", device.booth):
            continue
        first, last, count = found.get(device.code, (None, None, 0))
        ends = [
            receipt_number(device.booth, device.code, number) if number else "" for number in (first, last)
        ]
        missing = gaps.get(device.code, [])
        rows.append(
            (device.booth, device.code, short(units, device.institution), *ends, count, _named(missing))
        )
    columns = (
        Column("booth", _("Booth"), "text"),
        Column("device", _("Device"), "text"),
        Column("host", _("Booth of"), "text"),
        Column("first", _("First receipt"), "text"),
        Column("last", _("Last receipt"), "text"),
        Column("count", _("Receipts"), "int"),
        Column("missing", _("Missing numbers"), "text"),
    )
    return summed("numbers", _("Receipt numbers"), columns, rows, "count")


def _gaps(conn: Connection) -> dict[str, list[tuple[int, int]]]:
    """The first and last number of each gap, by device; whatever the period, they are missing.

    A history that was split off begins where it parted: its numbers before are those of the other.
    """
    before = func.lag(SALE.c.number, 1, 0).over(partition_by=SALE.c.device, order_by=SALE.c.number)
    whole = SALE.c.device.not_in(select(DEVICE.c.device).where(DEVICE.c.restates == 1))
    steps = select(SALE.c.device, SALE.c.number, before.label("before")).where(whole).subquery()
    wide = select(steps).where(steps.c.number > steps.c.before + 1)
    gaps: dict[str, list[tuple[int, int]]] = {}
    for device, number, last in conn.execute(wide.order_by(steps.c.device, steps.c.number)):
        gaps.setdefault(device, []).append((last + 1, number - 1))
    return gaps


def _named(gaps: list[tuple[int, int]]) -> str:
    named = [str(first) if first == last else f"{first}–{last}" for first, last in gaps[:MOST_GAPS]]
    if len(gaps) > MOST_GAPS:
        named.append(_("and {count} more gaps").format(count=len(gaps) - MOST_GAPS))
    return ", ".join(named)
