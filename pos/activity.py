"""What happens at the till besides its documents, noted on this laptop for the report of the shift."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from pos.clock import new_id
from pos.ledger import Ledger
from pos.local_tables import ACTIVITY, SETTING
from pos.model import Shift
from pos.text import clean_text

DRAWER, REPRINT, CLOCK = "drawer", "reprint", "clock"
MAX_DETAIL = 120  # characters


def note(ledger: Ledger, kind: str, detail: str, cashier: str, shift: Shift | None) -> None:
    """Note that something happened: DRAWER (opened without a sale), REPRINT (of which paper), CLOCK (jumped).

    `cashier` is a staff code. Raises WorldFailed when it cannot be stored.
    """
    with ledger.write() as conn:
        _note(conn, ledger, kind, detail, cashier, shift)


def count_paper(ledger: Ledger, number: str, cashier: str, shift: Shift | None) -> int:
    """The number of the copy of paper `number` that is made now: 0 for the original, 2 for the first copy.

    Copies are noted as a REPRINT. Raises WorldFailed when it cannot be stored.
    """
    name = f"printed:{number}"
    with ledger.write() as conn:
        made = int(conn.scalar(select(SETTING.c.value).where(SETTING.c.name == name)) or 0) + 1
        conn.execute(SETTING.delete().where(SETTING.c.name == name))
        conn.execute(SETTING.insert().values(name=name, value=str(made)))
        if made > 1:
            _note(conn, ledger, REPRINT, number, cashier, shift)
    return made if made > 1 else 0


def happened(conn: Connection, shift: int) -> Mapping[str, int]:
    """How often each kind of thing happened in the shift that was opened by document `shift`."""
    kinds = select(ACTIVITY.c.kind, func.count()).where(ACTIVITY.c.shift == shift).group_by(ACTIVITY.c.kind)
    return {row[0]: row[1] for row in conn.execute(kinds)}


def _note(
    conn: Connection, ledger: Ledger, kind: str, detail: str, cashier: str, shift: Shift | None
) -> None:
    row = {"id": new_id(), "at": ledger.clock.now().isoformat(), "cashier": cashier, "kind": kind}
    row |= {"detail": clean_text(detail, MAX_DETAIL)}
    conn.execute(ACTIVITY.insert().values(shift=shift.seq if shift else None, **row))
