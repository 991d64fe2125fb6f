"""State revenue that institutions paid into the treasury, entry by entry."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from pos.ledger import Ledger
from pos.model import Column, Table, paper_number
from pos.reports.scope import Period, institutions, narrowed, short, summed
from pos.settled_tables import PNBP
from pos.text import _
from pos.treasury import LETTER

_OF = (PNBP.c.of_device, PNBP.c.of_seq)


def run(ledger: Ledger, period: Period) -> Table:
    """One row an entry, by the day of payment; one that takes another back stands below 0.

    An NTPN that stands in two entries is said to: two offices may each have entered it.
    """
    query = select(PNBP).where(*narrowed(PNBP, period))
    with ledger.read() as conn:
        found = conn.execute(query.order_by(PNBP.c.day, PNBP.c.at, PNBP.c.device, PNBP.c.seq)).all()
        all_rows = conn.execute(select(PNBP.c.device, PNBP.c.seq, PNBP.c.ntpn, *_OF)).all()
        gone = {(row.of_device, row.of_seq) for row in all_rows}
        standing = Counter(
            row.ntpn for row in all_rows if not row.of_seq and (row.device, row.seq) not in gone
        )
        units = institutions(conn, {row.institution for row in found})
    rows = []
    for row in found:
        lost = (row.device, row.seq) in gone
        notes = [row.note, _("Taken back") if lost else ""]
        if not lost and not row.of_seq and standing[row.ntpn] > 1:
            notes.append(_("This NTPN stands here twice"))
        number = paper_number(row.booth, row.device, LETTER, row.number)
        rows.append(
            (
                row.day,
                row.institution,
                short(units, row.institution),
                row.amount,
                row.billing,
                row.ntpn,
                number,
                " · ".join(note for note in notes if note),
                row.device,
                row.seq,
            )
        )
    columns = (
        Column("day", _("Date"), "date"),
        Column("institution", _("Code"), "text"),
        Column("name", _("Institution"), "text"),
        Column("amount", _("Amount"), "money"),
        Column("billing", _("Billing code"), "text"),
        Column("ntpn", _("NTPN"), "text"),
        Column("number", _("Number"), "text"),
        Column("note", _("Note"), "text"),
        Column("device", _("Device"), "text"),
        Column("seq", _("Document"), "int"),
    )
    return summed("pnbp", _("State revenue paid in"), columns, rows, "amount")
