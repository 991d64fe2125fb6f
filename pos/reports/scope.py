"""What a report stands on: the days, booth and institution asked for, and the exhibition behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Subquery,
    func,
    select,
)
from sqlalchemy import Table as SqlTable

from pos.columns import added as added  # noqa: PLC0414 - every report takes it from here
from pos.columns import plain_rows as plain_rows  # noqa: PLC0414 - and this
from pos.errors import Refused
from pos.ledger import Ledger, devices
from pos.model import Column, Device, Event, Institution, Table
from pos.money import Rupiah, split
from pos.sum_tables import DAY_UNIT, ITEM
from pos.tables import DAY_CASHIER, DAY_ITEM, DEVICE, INSTITUTION
from pos.text import _

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The business days from `start` to `end`, both included; None is no bound.

    `booth` is a booth code such as S03, `institution` a code such as LPP-PLG; empty means all.
    """

    start: date | None = None
    end: date | None = None
    institution: str = ""
    booth: str = ""

    def has(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def check_period(ledger: Ledger, period: Period) -> None:
    """Raise Refused for days in the wrong order, or a booth or institution that this ledger does not know."""
    if period.start and period.end and period.start > period.end:
        raise Refused(
            _("The last day, {end}, is before the first, {start}.").format(start=period.start, end=period.end)
        )
    if not period.booth and not period.institution:
        return
    with ledger.read() as conn:
        booths = {device.booth for device in devices(conn).values()}
        units = institutions(conn)
    if period.booth and period.booth not in booths:
        raise _unknown(_("No booth has the code '{code}'."), period.booth, booths)
    if period.institution and period.institution not in units:
        raise _unknown(_("No institution has the code '{code}'."), period.institution, set(units))


def _unknown(sentence: str, code: str, known: set[str]) -> Refused:
    return Refused(
        sentence.format(code=code[:40]), _("Known codes: {codes}.").format(codes=", ".join(sorted(known)))
    )


def narrowed(table: FromClause, period: Period) -> tuple[ColumnElement[bool], ...]:
    """The conditions on a table with `device` that keep only `period`; none on `shared`, which has.

    One without a `day` holds the whole time: see `items_of`.

    Raises Refused when one institution is asked of a table that has none: a receipt, its payment and its
    cashier may stand for goods of several.
    """
    wanted: list[ColumnElement[bool]] = []
    if isinstance(table, Subquery):
        return ()
    if period.start and "day" in table.c:
        wanted.append(table.c.day >= period.start.isoformat())
    if period.end and "day" in table.c:
        wanted.append(table.c.day <= period.end.isoformat())
    if period.booth:
        wanted.append(table.c.device.in_(select(DEVICE.c.device).where(DEVICE.c.booth == period.booth)))
    if period.institution:
        if "institution" not in table.c:
            raise Refused(
                _("This cannot be told for one institution: a receipt may hold goods of several."),
                _("Leave the institution out."),
            )
        wanted.append(table.c.institution == period.institution)
    return tuple(wanted)


def whole_time(period: Period) -> None:
    """Raise Refused for a part of the exhibition, where only the whole time until now makes sense."""
    if period.start or period.end:
        raise Refused(
            _("This is told from the first day until now, not for a part of the exhibition."),
            _("Leave the days out."),
        )


def institutions(conn: Connection, sold: Iterable[str] = ()) -> dict[str, Institution]:
    """Every institution of the exhibition by code, in the event's order, also those that sell nothing.

    The codes in `sold` that are none of them follow, under their code as name.
    """
    columns = (INSTITUTION.c.code, INSTITUTION.c.name, INSTITUTION.c.short, INSTITUTION.c.regency)
    cards = {row[0]: Institution(*row) for row in conn.execute(select(*columns)).all()}
    ranked = [unit.code for event in events_of(devices(conn).values()) for unit in event.institutions]
    codes = dict.fromkeys([*ranked, *sorted(sold)])
    return {code: cards.get(code, Institution(code, code, code)) for code in codes}


def short(units: Mapping[str, Institution], code: str) -> str:
    """The short name of an institution, or its code when nobody knows it."""
    return units[code].short if code in units else code


def event_days(conn: Connection) -> set[date]:
    """Every day of the events that the devices of this ledger take part in."""
    return days_of(devices(conn).values())


def days_of(known: Iterable[Device]) -> set[date]:
    """Every day of the events that these devices take part in."""
    return {
        event.start + timedelta(days=n)
        for event in events_of(known)
        for n in range((event.end - event.start).days + 1)
    }


def events_of(known: Iterable[Device]) -> list[Event]:
    """The events of these devices, each object once: to compare them all would take long."""
    return list({id(device.event): device.event for device in known}.values())


def shared(period: Period) -> Subquery:
    """What was sold in `period` by day and institution, a bundle under those whose goods are inside.

    The money is the same as that of `day_item`; the pieces are those of the goods themselves, where a bundle
    is one. Columns: day, institution, qty, discount, total. A discount stays with who sold the bundle.
    """
    key = (DAY_UNIT.c.day, DAY_UNIT.c.institution)  # as the rows lie, so that nothing is sorted
    sums = (added(DAY_UNIT.c[name]).label(name) for name in ("qty", "discount", "total"))
    return select(*key, *sums).where(*narrowed(DAY_UNIT, period)).group_by(*key).subquery()


def goods_of(period: Period) -> FromClause:
    """Where the figures of days are read: for one institution its own goods, also those inside bundles."""
    return shared(period) if period.institution else DAY_CASHIER


def items_of(conn: Connection, period: Period) -> SqlTable:
    """Where the figures of products are read: without a bound that leaves a day out, from the whole time."""
    return ITEM if all(day is None or period.has(day) for day in day_ends(conn)) else DAY_ITEM


def day_ends(conn: Connection) -> tuple[date | None, date | None]:
    """The first and the last day on which anything was sold or came back; None where nothing ever was."""
    day = DAY_CASHIER.c.day  # each alone is a look-up; asked for both at once, a database reads all of it
    first, last = (select(one(day)).scalar_subquery() for one in (func.min, func.max))
    ends = conn.execute(select(first, last)).one()
    start, end = (date.fromisoformat(one) if one else None for one in ends)
    return start, end


def figures(goods: FromClause) -> tuple[ColumnElement[int], ...]:
    """What the sums over goods add up: pieces, and Rupiah before discounts, of discounts, and after them."""
    return (
        added(goods.c.qty),
        added(goods.c.total + goods.c.discount),
        added(goods.c.discount),
        added(goods.c.total),
    )


def figure_columns() -> tuple[Column, ...]:
    """The columns of `figures`."""
    return (
        Column("qty", _("Pieces"), "int"),
        Column("gross", _("Before discount"), "money"),
        Column("discount", _("Discount"), "money"),
        Column("total", _("Turnover"), "money"),
    )


def shares(amounts: Sequence[Rupiah]) -> tuple[int, ...]:
    """Each amount's part in whole percent; they add up to 100, or are all 0 when there is nothing.

    Where more came back than was sold, as on the day after, there is no part.
    """
    there = [max(0, amount) for amount in amounts]
    return split(100, there) if any(there) else (0,) * len(amounts)


def summed(name: str, title: str, columns: Sequence[Column], rows: Sequence[Row], keys: str) -> Table:
    """The report of these rows, with the sums of the columns named in `keys` (separated by spaces).

    A column with something unknown (None) in it has no sum.
    """
    totals, wanted = {}, set(keys.split())
    for place, column in enumerate(columns):
        if column.key in wanted:
            values = [row[place] for row in rows]
            if None not in values:
                totals[column.key] = sum(values)
    return Table(name, title, tuple(columns), tuple(rows), totals)
