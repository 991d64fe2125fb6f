"""One day, one product: every institution against every day of the exhibition, so that silence is seen."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, event_days, institutions, shared, summed
from pos.tables import DAY_CASHIER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row an institution, also the silent ones; one column a day, in Rupiah, keyed by its ISO date.

    A bundle counts for those whose goods are inside. A day without a sale is 0. A day that lies ahead is not
    yet known and therefore None: it counts neither as sold nor as empty.
    """
    sums = shared(period)
    keys = (sums.c.institution, sums.c.day)
    goods = select(*keys, sums.c.total).where(sums.c.qty > 0)  # what was sold and came back is not sold
    with ledger.read() as conn:
        sold = {(code, date.fromisoformat(day)): total for code, day, total in conn.execute(goods)}
        units = institutions(conn, {code for code, _day in sold})
        known = event_days(conn) | {day for _code, day in sold}
        last = conn.scalar(select(func.max(DAY_CASHIER.c.day)))
    days = sorted(day for day in known if period.has(day))
    today = max(ledger.clock.now().date(), date.fromisoformat(last) if last else date.min)
    rows = []
    for unit in [units[period.institution]] if period.institution else units.values():
        cells = [sold.get((unit.code, day), 0) if day <= today else None for day in days]
        days_sold = sum((unit.code, day) in sold for day in days)
        days_empty = sum(day <= today for day in days) - days_sold
        rows.append((unit.code, unit.short, *cells, days_sold, days_empty, sum(cell or 0 for cell in cells)))
    columns = (
        Column("institution", _("Code"), "text"),
        Column("name", _("Institution"), "text"),
        *(Column(day.isoformat(), f"{day:%d/%m}", "money") for day in days),
        Column("days_sold", _("Days with sales"), "int"),
        Column("days_empty", _("Days without sales"), "int"),
        Column("total", _("Turnover"), "money"),
    )
    return summed("daily-board", _("Daily matrix"), columns, rows, " ".join(one.key for one in columns[2:]))
