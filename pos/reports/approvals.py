"""Who allowed what to whom, and why."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.numbers import booths_of
from pos.reports.scope import Period, narrowed
from pos.rights import action_name
from pos.staff import staff
from pos.tables import APPROVAL, SALE
from pos.text import _, clock_time


def run(ledger: Ledger, period: Period) -> Table:
    """One row an approval, by the time it was given; `period` is of the day on the clock."""
    narrowed(SALE, period)  # of one institution it cannot be told
    names = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        booths = booths_of(conn)
        found = conn.execute(select(APPROVAL).order_by(APPROVAL.c.at, APPROVAL.c.device, APPROVAL.c.seq))
        rows = [
            (
                booths.get(row.device, row.device),
                row.at[:10],
                clock_time(datetime.fromisoformat(row.at)),
                names.get(row.by, row.by),
                action_name(row.action),
                row.subject,
                row.reason,
            )
            for row in found
            if period.has(date.fromisoformat(row.at[:10]))
            and period.booth in ("", booths.get(row.device, ""))
        ]
    columns = (
        Column("booth", _("Booth"), "text"),
        Column("day", _("Day"), "date"),
        Column("time", _("Time"), "text"),
        Column("by", _("Allowed by"), "text"),
        Column("action", _("What"), "text"),
        Column("subject", _("Of"), "text"),
        Column("reason", _("Reason"), "text"),
    )
    return Table("approvals", _("Approvals"), columns, tuple(rows))
