"""Missing data: per laptop what is here, what is known to exist, and since when it is lacking."""

from __future__ import annotations

from datetime import datetime

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.radar import radar
from pos.reports.scope import Period, whole_time
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a laptop, first those that lack something; `age` is how many days old the last document is.

    Raises Refused for a part of the exhibition: what is missing is missing today.
    """
    whole_time(period)
    today = ledger.clock.now().date()
    rows = [
        (
            blip.booth,
            blip.device,
            blip.name,
            blip.documents,
            blip.last_receipt,
            blip.until,
            (today - datetime.fromisoformat(blip.until).date()).days if blip.until else None,
            blip.known,
            blip.lacks,
            blip.since,
            blip.source,
        )
        for blip in radar(ledger)
        if period.booth in ("", blip.booth)
    ]
    columns = (
        Column("booth", _("Booth"), "text"),
        Column("device", _("Device"), "text"),
        Column("name", _("Name"), "text"),
        Column("documents", _("Documents"), "int"),
        Column("receipt", _("Last receipt"), "text"),
        Column("until", _("Complete up to"), "text"),
        Column("age", _("Days ago"), "int"),
        Column("known", _("Known to exist"), "int"),
        Column("lacks", _("Missing"), "int"),
        Column("since", _("Missing since"), "text"),
        Column("source", _("Known from"), "text"),
    )
    return Table("radar", _("Missing data"), columns, tuple(rows), {"lacks": sum(row[8] for row in rows)})
