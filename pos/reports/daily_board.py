"""One day, one product: every institution against every day of the exhibition, so that silence is seen."""

from __future__ import annotations

from collections import defaultdict
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


def sold_by_day(conn: Connection, period: Period) -> dict[str, dict[date, Rupiah]]:
    """Rupiah by institution's code and day, less what came back that day. Only days that count as sold are
    there: those with more pieces sold than came back.
    """
    key = (DAY_UNIT.c.day, DAY_UNIT.c.institution)  # as the rows lie, so that nothing is sorted
    goods = select(*key, added(DAY_UNIT.c.total)).where(*narrowed(DAY_UNIT, period)).group_by(*key)
    found: defaultdict[str, dict[date, Rupiah]] = defaultdict(dict)
    sold = plain_rows(conn, goods.having(func.sum(DAY_UNIT.c.qty) > 0))
    for day, rows in groupby(sold, itemgetter(0)):
        on = date.fromisoformat(day)
        for _day, code, total in rows:
            found[code][on] = total
    return dict(found)


def run(ledger: Ledger, period: Period) -> Table:
    """One row an institution, also the silent ones; one column a day, in Rupiah, keyed by its ISO date.

    A bundle counts for those whose goods are inside. A day without a sale is 0. A day that lies ahead is not
    yet known and therefore None: it counts neither as sold nor as empty.
    """
    with ledger.read() as conn:
        sold = sold_by_day(conn, period)
        units = institutions(conn, sold)
        known = event_days(conn).union(*sold.values())
        last = conn.scalar(select(func.max(DAY_CASHIER.c.day)))
    days = sorted(day for day in known if period.has(day))
    today = max(ledger.clock.now().date(), date.fromisoformat(last) if last else date.min)
    past = sum(day <= today for day in days)  # they are sorted
    known_days, ahead = days[:past], (None,) * (len(days) - past)
    rows = []
    for unit in [units[period.institution]] if period.institution else units.values():
        mine = sold.get(unit.code, {})
        amounts = [mine.get(day, 0) for day in known_days]
        days_sold = sum(map(mine.__contains__, known_days))
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
