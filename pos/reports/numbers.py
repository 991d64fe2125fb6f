"""Receipt numbers of every laptop, and which are missing: each counts from 1 without a gap."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, select

from pos.derive.shapes import MAX_COUNT
from pos.ledger import Ledger, devices
from pos.model import Column, Table, receipt_number
from pos.numbers import paper_booths
from pos.reports.scope import Period, added, institutions, narrowed, short, summed
from pos.tables import DAY_CASHIER, DEVICE, SALE, SHIFT
from pos.text import _

MOST_GAPS = 20  # named one by one; of a longer list the number says enough


def run(ledger: Ledger, period: Period) -> Table:
    """One row a booth's laptop: first and last receipt in `period`, how many, and the gaps of its chain."""
    with ledger.read() as conn:
        narrowed(SALE, period)  # of one institution there are no numbers
        whole = _ends(conn)
        broken = [code for code, (first, last, count) in whole.items() if (first, last) != (1, count)]
        whole |= _ends_in(conn, SALE.c.device.in_(broken))
        found = _of_days(conn, period) if period.start or period.end else whole
        gaps = _gaps(conn, broken)
        units = institutions(conn)
        booths = sorted(devices(conn).values(), key=lambda one: (one.booth, one.code))
        printed = paper_booths(conn)
    rows = []
    for device in booths:
        if device.role != "booth" or period.booth not in ("", device.booth):
            continue
        first, last, count = found.get(device.code, (None, None, 0))
        of = (printed[device.code], device.code)
        ends = [receipt_number(*of, number) if number else "" for number in (first, last)]
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


_Ends = dict[str, tuple[int, int, int]]  # by device: first and last number, and how many there are


def _ends(conn: Connection) -> _Ends:
    """Of all days: by look-ups in the index, and how many from the sums. Numbers are given once (a key)."""
    mine = SALE.c.device == DEVICE.c.device
    first = select(func.min(SALE.c.number)).where(mine).correlate(DEVICE).scalar_subquery()
    last = select(func.max(SALE.c.number)).where(mine).correlate(DEVICE).scalar_subquery()
    sums = select(DAY_CASHIER.c.device, added(DAY_CASHIER.c.sales)).group_by(DAY_CASHIER.c.device)
    count = {row[0]: row[1] for row in conn.execute(sums)}
    ends = conn.execute(select(DEVICE.c.device, first, last))
    return {code: (low, high, count.get(code, 0)) for code, low, high in ends if low is not None}


def _of_days(conn: Connection, period: Period) -> _Ends:
    """Of some days: the sales between the openings of their shifts and of the shift behind them.

    They are all where they are as many as the sums of these days say; otherwise all sales of that laptop are
    walked, such as of one that entered paper receipts of days before.
    """
    wanted = narrowed(SALE, period)
    spans = (
        select(SHIFT.c.device, func.min(SHIFT.c.seq).label("first"), func.max(SHIFT.c.seq).label("last"))
        .where(*narrowed(SHIFT, period))
        .group_by(SHIFT.c.device)
        .subquery()
    )
    behind = SHIFT.alias()
    end = (
        select(func.coalesce(func.min(behind.c.seq), MAX_COUNT))
        .where(behind.c.device == spans.c.device, behind.c.seq > spans.c.last)
        .scalar_subquery()
    )
    inside = and_(SALE.c.device == spans.c.device, SALE.c.seq > spans.c.first, SALE.c.seq < end)
    columns = (SALE.c.device, func.min(SALE.c.number), func.max(SALE.c.number), func.count())
    query = select(*columns).join_from(spans, SALE, inside).where(*wanted).group_by(SALE.c.device)
    found: _Ends = {row[0]: (row[1], row[2], row[3]) for row in conn.execute(query)}
    sums = select(DAY_CASHIER.c.device, added(DAY_CASHIER.c.sales)).where(*narrowed(DAY_CASHIER, period))
    count = {row[0]: row[1] for row in conn.execute(sums.group_by(DAY_CASHIER.c.device))}
    none = (0, 0, 0)
    others = [code for code in {*found, *count} if found.get(code, none)[2] != count.get(code, 0)]
    return found | (_ends_in(conn, SALE.c.device.in_(others), *wanted) if others else {})


def _ends_in(conn: Connection, *wanted: ColumnElement[bool]) -> _Ends:
    """Of some of the sales: these are walked."""
    sold = select(SALE.c.device, func.min(SALE.c.number), func.max(SALE.c.number), func.count())
    rows = conn.execute(sold.where(*wanted).group_by(SALE.c.device))
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _gaps(conn: Connection, broken: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """The first and last number of each gap of these laptops; whatever the period, they are missing.

    A history that was split off begins where it parted: its numbers before are those of the other.
    """
    before = func.lag(SALE.c.number, 1, 0).over(partition_by=SALE.c.device, order_by=SALE.c.number)
    numbers = select(SALE.c.device, SALE.c.number, before.label("before"))
    whole = SALE.c.device.not_in(select(DEVICE.c.device).where(DEVICE.c.restates == 1))
    steps = numbers.where(SALE.c.device.in_(broken), whole).subquery()
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
