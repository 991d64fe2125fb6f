"""One day, one product: every institution against every day of the exhibition, so that silence is seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.money import Rupiah
from pos.reports.scope import Period, added, event_days, institutions, narrowed, plain_rows, summed
from pos.sum_tables import DAY_UNIT
from pos.tables import DAY_CASHIER
from pos.text import _


def sold_by_day(conn: Connection, period: Period) -> dict[str, dict[date, tuple[int, Rupiah]]]:
    """Pieces and Rupiah by institution's code and day, less what came back that day."""
    key = (DAY_UNIT.c.day, DAY_UNIT.c.institution)  # as the rows lie, so that nothing is sorted
    sums = added(DAY_UNIT.c.qty), added(DAY_UNIT.c.total)
    goods = select(*key, *sums).where(*narrowed(DAY_UNIT, period)).group_by(*key)
    found: defaultdict[str, dict[date, tuple[int, Rupiah]]] = defaultdict(dict)
    for day, rows in groupby(plain_rows(conn, goods), itemgetter(0)):
        on = date.fromisoformat(day)
        for _day, code, qty, total in rows:
            found[code][on] = qty, total
    return found


def is_sold(qty: int) -> bool:
    """Whether so many pieces of a day count: what was sold and came back is not sold."""
    return qty > 0


def what_sold(found: Mapping[str, Mapping[date, tuple[int, Rupiah]]]) -> dict[str, dict[date, Rupiah]]:
    """Of `sold_by_day` the Rupiah of those days that count as sold, and who has any."""
    days = {
        code: {day: total for day, (qty, total) in mine.items() if is_sold(qty)}
        for code, mine in found.items()
    }
    return {code: mine for code, mine in days.items() if mine}


def run(ledger: Ledger, period: Period) -> Table:
    """One row an institution, also the silent ones; one column a day, in Rupiah, keyed by its ISO date.

    A bundle counts for those whose goods are inside. A day without a sale is 0. A day that lies ahead is not
    yet known and therefore None: it counts neither as sold nor as empty.
    """
    with ledger.read() as conn:
        sold = what_sold(sold_by_day(conn, period))
        units = institutions(conn, sold)
        known = event_days(conn).union(*sold.values())
        last = conn.scalar(select(func.max(DAY_CASHIER.c.day)))
    days = sorted(day for day in known if period.has(day))
    today = max(ledger.clock.now().date(), date.fromisoformat(last) if last else date.min)
    past = sum(day <= today for day in days)  # they are sorted
    ahead = (None,) * (len(days) - past)
    rows = []
    for unit in [units[period.institution]] if period.institution else units.values():
        mine = sold.get(unit.code, {})
        cells = [mine.get(day) for day in days[:past]]
        days_sold = past - cells.count(None)
        amounts = [cell or 0 for cell in cells]
        rows.append((unit.code, unit.short, *amounts, *ahead, days_sold, past - days_sold, sum(amounts)))
    columns = (
        Column("institution", _("Code"), "text"),
        Column("name", _("Institution"), "text"),
        *(Column(day.isoformat(), f"{day:%d/%m}", "money") for day in days),
        Column("days_sold", _("Days with sales"), "int"),
        Column("days_empty", _("Days without sales"), "int"),
        Column("total", _("Turnover"), "money"),
    )
    return summed("daily-board", _("Daily matrix"), columns, rows, " ".join(one.key for one in columns[2:]))
