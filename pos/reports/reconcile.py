"""One figure (Satu angka): sales, payments, shifts, settlement sheets and institutions come to the same.

Each is counted along a way of its own: sales and payments by cashiers and ways to pay; shifts by what their
closings said, with the papers of those still open; sheets by what they counted, with the lines behind them;
institutions by whose goods were sold. From kept sums: sales are walked only behind the last sheet and in open
shifts, and where a total is off, to find the first document that breaks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select, text
from sqlalchemy import Table as SqlTable

from pos.ledger import Ledger, devices
from pos.model import Column, Device, Table
from pos.money import Rupiah
from pos.reports.first_break import Break, first_break
from pos.reports.scope import Period, Row, added, narrowed, summed
from pos.settled_tables import SETTLED
from pos.sum_tables import DAY_UNIT
from pos.tables import DAY_CASHIER, DAY_PAYMENT, DEVICE, REFUND, SALE, SHIFT, SHIFT_CLOSE
from pos.text import _

WAYS = ("sales", "payments", "shifts", "sheets", "institutions")
_BEHIND = text(
    """SELECT institution, CAST(sum(total) AS BIGINT) FROM (
      SELECT institution, total FROM sale_line WHERE device = :device AND seq > :seq AND bundle = 0
      UNION ALL
      SELECT institution, -total FROM refund_line WHERE device = :device AND seq > :seq AND bundle = 0
      UNION ALL
      SELECT institution, CASE WHEN reason = 'bundle' THEN amount ELSE -amount END FROM movement
      WHERE device = :device AND seq > :seq AND reason IN ('bundle', 'bundle_back')) AS goods
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
    sales = _by_device(conn, DAY_CASHIER, "total", period)
    payments = _by_device(conn, DAY_PAYMENT, "amount", period)
    units = _by_device(conn, DAY_UNIT, "total", period)
    shifts = _shifts(conn, period)
    sheets = None if period.start or period.end else _sheets(conn)
    return {
        code: Figures(
            sales.get(code, 0),
            payments.get(code, 0),
            shifts[code],
            None if sheets is None else sheets.get(code, units.get(code, 0)),
            units.get(code, 0),
        )
        for code in known
    }


def _by_device(conn: Connection, table: SqlTable, column: str, period: Period) -> dict[str, Rupiah]:
    """Sums by device; by day first where the rows lie so, for then little is sorted."""
    wanted = narrowed(table, period)
    if list(table.primary_key)[1] is not table.c.device:
        whole = select(table.c.device, added(table.c[column])).where(*wanted).group_by(table.c.device)
        return {row[0]: row[1] for row in conn.execute(whole)}
    days = select(table.c.day, table.c.device, added(table.c[column]).label("sum")).where(*wanted)
    inner = days.group_by(table.c.day, table.c.device).subquery()
    query = select(inner.c.device, added(inner.c.sum)).group_by(inner.c.device)
    return {row[0]: row[1] for row in conn.execute(query)}


def _shifts(conn: Connection, period: Period) -> Counter[str]:
    """What closings said, what was sold in no shift, and the papers of shifts that have no closing."""
    found: Counter[str] = Counter(_by_device(conn, DAY_CASHIER, "loose", period))
    told = select(SHIFT_CLOSE.c.device, added(SHIFT_CLOSE.c.net)).where(*narrowed(SHIFT_CLOSE, period))
    for code, net in conn.execute(told.group_by(SHIFT_CLOSE.c.device)):
        found[code] += net
    closing = (SHIFT_CLOSE.c.device == SHIFT.c.device, SHIFT_CLOSE.c.shift == SHIFT.c.seq)
    unclosed = select(SHIFT.c.device, SHIFT.c.seq).where(~exists().where(*closing), *narrowed(SHIFT, period))
    still: dict[str, list[int]] = {}
    for code, seq in conn.execute(unclosed):
        still.setdefault(code, []).append(seq)
    for code, shifts in still.items():
        for table, sign in ((SALE, 1), (REFUND, -1)):
            mine = (table.c.device == code, table.c.seq > min(shifts), table.c.shift.in_(shifts))
            found[code] += sign * conn.execute(select(added(table.c.total)).where(*mine)).scalar_one()
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
    """What sheets counted of each laptop, with the lines behind them and the goods that have no sheet yet.

    A sheet of a history that was split off counted up to a place of that history, with what both have before
    it. So of these laptops no lines lie behind a sheet: all their sheets and the next come to what was sold.
    """
    key = (SETTLED.c.of_device, SETTLED.c.institution)
    query = select(*key, added(SETTLED.c.turnover), func.max(SETTLED.c.last_seq)).group_by(*key)
    second = select(DEVICE.c.device).where(DEVICE.c.restates == 1)
    parted = set(conn.scalars(select(SETTLED.c.of_device).where(SETTLED.c.device.in_(second))))
    counted: dict[str, dict[str, tuple[Rupiah, int]]] = {}
    for code, unit, turnover, last in conn.execute(query):
        if code not in parted:
            counted.setdefault(code, {})[unit] = (turnover, last)
    found: dict[str, Rupiah] = {}
    for code, sheets in counted.items():
        unsettled = select(added(DAY_UNIT.c.total)).where(
            DAY_UNIT.c.device == code, DAY_UNIT.c.institution.not_in(sheets)
        )
        found[code] = sum(turnover for turnover, _last in sheets.values())
        found[code] += conn.execute(unsettled).scalar_one()
        ends = (select(func.max(table.c.seq)).where(table.c.device == code) for table in (SALE, REFUND))
        newest = max(conn.scalar(end) or 0 for end in ends)
        for last in {last for _turnover, last in sheets.values() if last < newest}:
            rows = conn.execute(_BEHIND, {"device": code, "seq": last})
            behind: dict[str, int] = {row[0]: row[1] for row in rows}
            mine = [unit for unit, (_turnover, head) in sheets.items() if head == last]
            found[code] += sum(behind.get(unit, 0) for unit in mine)
    return found
