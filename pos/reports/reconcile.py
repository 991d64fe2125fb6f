"""One figure (Satu angka): sales, payments, shifts, settlement sheets and institutions come to the same.

Each is counted along a way of its own: sales and payments by cashiers and ways to pay; shifts by what their
closings said, with the papers of those still open; sheets by what they counted, with what lies behind them;
institutions by whose goods were sold. From kept sums: papers are read only of open shifts and of the block of
a chain in which a sheet ended, and where a total is off, to find the first document that breaks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select, text
from sqlalchemy import Table as SqlTable

from pos.ledger import Ledger, devices
from pos.model import Column, Device, Table
from pos.money import Rupiah
from pos.reports.first_break import Break, first_break
from pos.reports.scope import Period, Row, added, narrowed, plain_rows, summed
from pos.settled_tables import SETTLED
from pos.sum_tables import BLOCK, BLOCK_UNIT, DAY_UNIT, SHIFT_SUM
from pos.tables import DAY_CASHIER, DAY_PAYMENT, DEVICE, REFUND, SALE, SHIFT, SHIFT_CLOSE
from pos.text import _

WAYS = ("sales", "payments", "shifts", "sheets", "institutions")
# The lines between two documents of a laptop.
_BETWEEN = text(
    """SELECT institution, CAST(sum(total) AS BIGINT) FROM (
      SELECT institution, total FROM sale_line
      WHERE device = :device AND seq > :after AND seq < :until AND bundle = 0
      UNION ALL
      SELECT institution, -total FROM refund_line
      WHERE device = :device AND seq > :after AND seq < :until AND bundle = 0
      UNION ALL
      SELECT institution, CASE WHEN reason = 'bundle' THEN amount ELSE -amount END FROM movement
      WHERE device = :device AND seq > :after AND seq < :until
        AND reason IN ('bundle', 'bundle_back')) AS goods
    GROUP BY institution"""
)


@dataclass(frozen=True, slots=True)
class Figures:
    """One laptop's turnover in Rupiah, counted in five ways. Of a period there are no sheets (None)."""

    sales: Rupiah
    payments: Rupiah
    shifts: Rupiah
    sheets: Rupiah | None
    institutions: Rupiah

    @property
    def difference(self) -> Rupiah:
        """How far the others are from the sales, all together; 0 when there is one figure."""
        others = (self.payments, self.shifts, self.sheets, self.institutions)
        return sum(abs(one - self.sales) for one in others if one is not None)


def run(ledger: Ledger, period: Period) -> Table:
    """One row for the region (booth ""), then one a booth, also those that sold nothing.

    `first` names the first document that breaks the figure of a booth: its number and day; `device` and `seq`
    say where it lies (seq 0: no document is wrong, but a kept sum). Raises Refused for one institution, of
    which receipts and payments cannot be told.
    """
    with ledger.read() as conn:
        known = {
            code: one
            for code, one in devices(conn).items()
            if one.role == "booth" and period.booth in ("", one.booth)
        }
        found = figures(conn, period, known)
        breaks = {code: first_break(conn, code) for code, one in found.items() if one.difference}
    rows = [_row(code, known, found, breaks) for code in sorted({one.booth for one in known.values()})]
    whole = [_added(row[place] for row in rows) for place in range(2, 8)]
    first = next((row[8:] for row in rows if row[8]), ("", "", None))
    columns = (
        Column("booth", _("Booth"), "text"),
        Column("name", _("Name"), "text"),
        Column("sales", _("Sales"), "money"),
        Column("payments", _("Payments"), "money"),
        Column("shifts", _("Shifts"), "money"),
        Column("sheets", _("Settlement sheets"), "money"),
        Column("institutions", _("Institutions"), "money"),
        Column("difference", _("Difference"), "money"),
        Column("first", _("First document that does not fit"), "text"),
        Column("device", _("Device"), "text"),
        Column("seq", _("Document"), "int"),
    )
    region = ("", _("All booths"), *whole, *first)
    table = summed("reconcile", _("One figure"), columns, [region, *rows], "")
    return Table(table.name, table.title, table.columns, table.rows, {"difference": whole[-1]})


def _row(
    booth: str, known: Mapping[str, Device], found: Mapping[str, Figures], breaks: Mapping[str, Break]
) -> Row:
    mine = {code: one for code, one in known.items() if one.booth == booth}
    sums = [_added(getattr(found[code], way) for code in mine) for way in WAYS]
    off = sum(found[code].difference for code in mine)
    broken = next((breaks[code] for code in mine if code in breaks), None)
    where = (broken.told, broken.device, broken.seq) if broken else ("", "", None)
    return (booth, next(iter(mine.values())).name, *sums, off, *where)


def _added(values: Iterable[int | None]) -> int | None:
    there = [value for value in values if value is not None]
    return sum(there) if there else None


def figures(conn: Connection, period: Period, known: Iterable[str]) -> dict[str, Figures]:
    """The turnover of each laptop of `known`, counted in five ways."""
    whole = not period.start and not period.end
    by_maker = _by_device(conn, BLOCK_UNIT, BLOCK_UNIT.c.total, period) if whole else {}
    sales = _kept(conn, DAY_CASHIER, _sold(conn, period) if whole else {}, period)
    units = _kept(conn, DAY_UNIT, by_maker, period)
    payments = _by_device(conn, DAY_PAYMENT, DAY_PAYMENT.c.amount, period)
    shifts = _shifts(conn, period)
    sheets = _sheets(conn) if whole else None
    return {
        code: Figures(
            sales.get(code, 0),
            payments.get(code, 0),
            shifts[code],
            None if sheets is None else sheets.get(code, by_maker.get(code, 0)),
            units.get(code, 0),
        )
        for code in known
    }


def _kept(
    conn: Connection, table: SqlTable, same: Mapping[str, Rupiah], period: Period
) -> Mapping[str, Rupiah]:
    """The turnover by device that a table of sums per day keeps.

    `same` is what it should be, from a much smaller one: where they agree as a whole, the many rows are not
    taken apart by laptop.
    """
    kept = conn.execute(select(added(table.c.total)).where(*narrowed(table, period))).scalar_one()
    return same if same and kept == sum(same.values()) else _by_device(conn, table, table.c.total, period)


def _sold(conn: Connection, period: Period) -> dict[str, Rupiah]:
    return _by_device(conn, SHIFT_SUM, SHIFT_SUM.c.total - SHIFT_SUM.c.returned, period)


def _by_device(
    conn: Connection, table: SqlTable, amount: ColumnElement[int], period: Period
) -> dict[str, Rupiah]:
    """Sums by device."""
    query = select(table.c.device, added(amount)).where(*narrowed(table, period)).group_by(table.c.device)
    return {row[0]: row[1] for row in conn.execute(query)}


def _shifts(conn: Connection, period: Period) -> Counter[str]:
    """What closings said, what was sold in no shift, and the papers of shifts that have no closing."""
    found: Counter[str] = Counter()
    net = SHIFT_SUM.c.total - SHIFT_SUM.c.returned
    if period.start or period.end:
        found.update(_by_device(conn, DAY_CASHIER, DAY_CASHIER.c.loose, period))
    else:
        loose = select(SHIFT_SUM.c.device, net).where(SHIFT_SUM.c.shift == 0, *narrowed(SHIFT_SUM, period))
        found.update({row[0]: row[1] for row in conn.execute(loose)})
    found.update(_by_device(conn, SHIFT_CLOSE, SHIFT_CLOSE.c.net, period))
    closing = (SHIFT_CLOSE.c.device == SHIFT.c.device, SHIFT_CLOSE.c.shift == SHIFT.c.seq)
    unclosed = (~exists().where(*closing), *narrowed(SHIFT, period))
    for table, sign in ((SALE, 1), (REFUND, -1)):
        of = and_(table.c.device == SHIFT.c.device, table.c.seq > SHIFT.c.seq, table.c.shift == SHIFT.c.seq)
        papers = select(SHIFT.c.device, added(table.c.total)).join_from(SHIFT, table, of).where(*unclosed)
        for code, total in conn.execute(papers.group_by(SHIFT.c.device)):
            found[code] += sign * total
    for code, total in _split_off(conn, period).items():
        found[code] = total
    return found


def _split_off(conn: Connection, period: Period) -> Counter[str]:
    """The papers of histories that were split off: their first closing tells of what was sold before, too."""
    found: Counter[str] = Counter()
    for code in conn.scalars(select(DEVICE.c.device).where(DEVICE.c.restates == 1)).all():
        found[code] = 0
        for table, sign in ((SALE, 1), (REFUND, -1)):
            mine = (table.c.device == code, *narrowed(table, period))
            found[code] += sign * conn.execute(select(added(table.c.total)).where(*mine)).scalar_one()
    return found


def _sheets(conn: Connection) -> dict[str, Rupiah]:
    """What sheets counted of each laptop, with what lies behind them and the goods that have no sheet yet.

    A sheet of a history that was split off counted up to a place of that history, with what both have before
    it. So of these laptops nothing lies behind a sheet: all their sheets and the next come to what was sold.
    The same holds for what others counted of a laptop with two histories: they may have had the second one.
    """
    key = (SETTLED.c.of_device, SETTLED.c.institution)
    query = select(*key, added(SETTLED.c.turnover), func.max(SETTLED.c.last_seq)).group_by(*key)
    second = select(DEVICE.c.device).where(DEVICE.c.restates == 1)
    of_two = select(DEVICE.c.of_device).where(DEVICE.c.restates == 1)
    by_another = and_(SETTLED.c.of_device.in_(of_two), SETTLED.c.device != SETTLED.c.of_device)
    told = select(SETTLED.c.of_device).where(or_(SETTLED.c.device.in_(second), by_another))
    parted = set(conn.scalars(told.distinct()))
    counted = {(row[0], row[1]): (row[2], row[3]) for row in conn.execute(query) if row[0] not in parted}
    if not counted:
        return {}
    devices = {code for code, _unit in counted}
    heads = {row[0]: row[1] for row in conn.execute(_newest()) if row[0] in devices}
    found: Counter[str] = Counter()
    cut = set()
    for code, unit, block, total in plain_rows(conn, select(*_BLOCKS)):
        if code in devices:
            _turnover, last = counted.get((code, unit), (0, 0))
            found[code] += total if block > last // BLOCK or not last else 0
    for (code, _unit), (turnover, last) in counted.items():
        found[code] += turnover
        if last < heads.get(code, 0):
            cut.add((code, last))
    for code, last in cut:
        until = (last // BLOCK + 1) * BLOCK
        for unit, total in conn.execute(_BETWEEN, {"device": code, "after": last, "until": until}):
            found[code] += total if counted.get((code, unit), (0, 0))[1] == last else 0
    return dict(found)


_BLOCKS = tuple(BLOCK_UNIT.c[name] for name in ("device", "institution", "block", "total"))


def _newest() -> Select[Any]:
    """The last document of each laptop that sold something or took it back: look-ups by key."""
    sold, back = (
        select(func.coalesce(func.max(table.c.seq), 0))
        .where(table.c.device == DEVICE.c.device)
        .scalar_subquery()
        for table in (SALE, REFUND)
    )
    return select(DEVICE.c.device, case((sold > back, sold), else_=back))
