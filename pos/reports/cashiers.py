"""Who sold how much: the cashiers of every booth."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.numbers import booths_of
from pos.reports.scope import Period, added, narrowed, summed
from pos.staff import staff
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a cashier and booth, highest turnover first: two booths may each have their own Rina."""
    names = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        booths = booths_of(conn)
        found = _sums(conn, period, booths)
    order = sorted(found.items(), key=lambda one: (-one[1][-1], one[0]))
    rows = [
        (booth, code, names.get(code, code), *sums, sums[-1] // sums[1] if sums[1] else None)
        for (booth, code), sums in order
    ]
    columns = (
        Column("booth", _("Booth"), "text"),
        Column("cashier", _("Code"), "text"),
        Column("name", _("Cashier"), "text"),
        Column("days", _("Days with sales"), "int"),
        Column("sales", _("Receipts"), "int"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Turnover"), "money"),
        Column("average", _("Average receipt"), "money"),
    )
    return summed("cashiers", _("Per cashier"), columns, rows, "sales qty total")


def _sums(
    conn: Connection, period: Period, booths: Mapping[str, str]
) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Days, sales, pieces and Rupiah by booth and cashier. A booth's laptops are added up; their days are
    counted anew where somebody sold at two of them.
    """
    device, cashier, day = DAY_CASHIER.c.device, DAY_CASHIER.c.cashier, DAY_CASHIER.c.day
    wanted = narrowed(DAY_CASHIER, period)
    names, lie = ("sales", "qty", "total"), (day, device, cashier)  # so only their sums are sorted
    days = select(*lie, *(added(DAY_CASHIER.c[name]).label(name) for name in names)).where(*wanted)
    of = days.group_by(*lie).subquery()
    query = select(of.c.device, of.c.cashier, func.count(), *(added(of.c[name]) for name in names))
    found: dict[tuple[str, str], tuple[int, int, int, int]] = {}
    for code, who, *counts in conn.execute(query.group_by(of.c.device, of.c.cashier)):
        key = (booths.get(code, code), who)
        if former := found.get(key):
            mine = [one for one, booth in booths.items() if booth == key[0]]
            again = select(func.count(day.distinct())).where(device.in_(mine), cashier == who, *wanted)
            both = [one + other for one, other in zip(former, counts, strict=True)]
            found[key] = (conn.execute(again).scalar_one(), both[1], both[2], both[3])
        else:
            found[key] = (counts[0], counts[1], counts[2], counts[3])
    return found
