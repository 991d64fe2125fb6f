"""Days on which nobody sells, and why: said by an officer for a booth, by the office for all booths."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection, select

from pos.approvals import take
from pos.derive.shapes import MAX_REVISION
from pos.ledger import Ledger
from pos.model import By
from pos.tables import CLOSED_DAY
from pos.text import clean_text

MOST_REASON = 60  # characters
EVERYWHERE = ""  # instead of a booth: what the office says

Reasons = Mapping[date, str]


def close_day(ledger: Ledger, day: date, reason: str, by: By) -> None:
    """From now on `day` is closed here, at an office everywhere, for `reason`; without one it is open again.

    The same again puts nothing down. Raises Refused without the right to.
    """
    own = ledger.own()
    booth = EVERYWHERE if own.role == "office" else own.booth
    why = clean_text(reason.strip(), MOST_REASON)
    mine = select(CLOSED_DAY).where(CLOSED_DAY.c.booth == booth, CLOSED_DAY.c.day == day.isoformat())
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "closed_day", day.isoformat())
        former = conn.execute(mine).first()
        if why != (former.reason if former else ""):
            revision = min((former.revision if former else 0) + 1, MAX_REVISION)
            card = {"booth": booth, "day": day.isoformat(), "reason": why, "revision": revision}
            ledger.post(conn, "closed_day", {"cards": [card], "cashier": by.who.code} | allowed)


def closed_days(conn: Connection) -> Mapping[str, Reasons]:
    """The reasons by day of each booth that said any; EVERYWHERE those of the office."""
    found: dict[str, dict[date, str]] = {}
    for row in conn.execute(select(CLOSED_DAY).where(CLOSED_DAY.c.reason != "")):
        found.setdefault(row.booth, {})[date.fromisoformat(row.day)] = row.reason
    return MappingProxyType(found)
