"""What happens at the till besides its documents, noted on this laptop for the report of the shift."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from pos.clock import new_id
from pos.ledger import Ledger
from pos.local_tables import ACTIVITY
from pos.model import Shift
from pos.text import clean_text

DRAWER, REPRINT, CLOCK = "drawer", "reprint", "clock"
MAX_DETAIL = 120  # characters


def note(ledger: Ledger, kind: str, detail: str, cashier: str, shift: Shift | None) -> None:
    """Note that something happened: DRAWER (opened without a sale), REPRINT (of which paper), CLOCK (jumped).

    `cashier` is a staff code. Raises WorldFailed when it cannot be stored.
    """
    with ledger.write() as conn:
        note_on(conn, ledger, kind, detail, cashier, shift)


def note_on(
    conn: Connection, ledger: Ledger, kind: str, detail: str, cashier: str, shift: Shift | None
) -> None:
    """As `note`, inside a transaction that writes more than this."""
    row = {"id": new_id(), "at": ledger.clock.now().isoformat(), "cashier": cashier, "kind": kind}
    row |= {"detail": clean_text(detail, MAX_DETAIL)}
    conn.execute(ACTIVITY.insert().values(shift=shift.seq if shift else None, **row))


def happened(conn: Connection, shift: int) -> Mapping[str, int]:
    """How often each kind of thing happened in the shift that was opened by document `shift`."""
    kinds = select(ACTIVITY.c.kind, func.count()).where(ACTIVITY.c.shift == shift).group_by(ACTIVITY.c.kind)
    return {row[0]: row[1] for row in conn.execute(kinds)}
