"""How often a paper was printed: the first is the original, every other one says that it is a copy."""

from __future__ import annotations

from sqlalchemy import func, select

from pos.clock import new_id
from pos.ledger import Ledger
from pos.local_tables import ACTIVITY
from pos.preorder import Counter


def count_copy(ledger: Ledger, number: str, counter: Counter) -> int:
    """Put down that the paper with this number is printed once more; 0 is the original, 2 the second copy.

    It is no document: what was printed where is this laptop's own business, for the report of its shift.
    """
    mine = (ACTIVITY.c.detail == number, ACTIVITY.c.kind.in_(("printed", "reprint")))
    with ledger.write() as conn:
        before = conn.scalar(select(func.count()).select_from(ACTIVITY).where(*mine)) or 0
        conn.execute(
            ACTIVITY.insert().values(
                id=new_id(),
                at=ledger.clock.now().isoformat(),
                cashier=counter.who.code,
                shift=counter.shift.seq,
                kind="reprint" if before else "printed",
                detail=number,
            )
        )
    return before + 1 if before else 0
