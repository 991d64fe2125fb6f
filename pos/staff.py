"""The people at the till."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from pos.ledger import Ledger
from pos.model import Staff
from pos.nouns import staff_of
from pos.rows import MAX_REVISION
from pos.tables import STAFF


def staff(ledger: Ledger) -> dict[str, Staff]:
    """Everyone this ledger knows, by code."""
    with ledger.read() as conn:
        return {row.code: staff_of(row) for row in conn.execute(select(STAFF).order_by(STAFF.c.code))}


def post_staff(ledger: Ledger, people: Sequence[Staff]) -> None:
    """Put down people as one staff document; someone who is known already gets a higher revision."""
    with ledger.write() as conn:
        revisions = {row.code: row.revision for row in conn.execute(select(STAFF.c.code, STAFF.c.revision))}
        cards = [
            {
                "code": one.code,
                "name": one.name,
                "role": one.role,
                "revision": min(revisions.get(one.code, 0) + 1, MAX_REVISION),
            }
            for one in people
        ]
        ledger.post(conn, "staff", {"cards": cards})
