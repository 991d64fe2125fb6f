"""What happens at the till besides its documents, noted on this laptop for the report of the shift."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from pos.clock import new_id
from pos.ledger import Ledger
from pos.local_tables import ACTIVITY, REMOVAL
from pos.model import Fields, Shift
from pos.tables import SALE
from pos.text import clean_text

DRAWER, REPRINT, CLOCK, REMOVED = "drawer", "reprint", "clock", "removal"
MAX_DETAIL = 120  # characters
REPRINTS = 2  # copies of one paper that nobody asks about (experience.md 3, no. 20)
REMOVED_LINES = 5  # taken out of one cart before it was paid, from which on somebody should look
MOST_NOTED = 50  # of a kind in one closing; of more the numbers in its report tell


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


def noted(conn: Connection, device: str, shift: int) -> list[Fields]:
    """What of the shift that was opened by document `shift` somebody else should get to see: it goes into the
    shift's closing, and so to the office. By kind: how often (`count`), and the paper where there is one.
    """
    found: list[Fields] = []
    for kind in (DRAWER, CLOCK):
        mine = (ACTIVITY.c.shift == shift, ACTIVITY.c.kind == kind)
        rows = conn.execute(select(ACTIVITY).where(*mine).order_by(ACTIVITY.c.at).limit(MOST_NOTED))
        found += [_noted(kind, row.at, row.cashier, detail=row.detail) for row in rows]
    return found + _reprinted(conn, shift) + _removed(conn, device, shift)


def _reprinted(conn: Connection, shift: int) -> list[Fields]:
    """Papers that came out too often by now, of those that did so in this shift."""
    mine = (ACTIVITY.c.shift == shift, ACTIVITY.c.kind == REPRINT)
    now = select(ACTIVITY.c.detail).where(*mine)
    copies = (
        select(ACTIVITY.c.detail, func.count(), func.max(ACTIVITY.c.at), func.max(ACTIVITY.c.cashier))
        .where(ACTIVITY.c.kind == REPRINT, ACTIVITY.c.detail.in_(now))
        .group_by(ACTIVITY.c.detail)
        .having(func.count() > REPRINTS)
        .order_by(func.count().desc(), ACTIVITY.c.detail)
    )
    rows = conn.execute(copies.limit(MOST_NOTED))
    return [_noted(REPRINT, at, who, number=number, count=count) for number, count, at, who in rows]


def _removed(conn: Connection, device: str, shift: int) -> list[Fields]:
    """Carts that lost many lines before they were paid, with the sale that they became (`of`, its seq)."""
    cart, count, amount = REMOVAL.c.cart, func.count(), func.sum(REMOVAL.c.amount)
    carts = (
        select(cart, count, amount, func.max(REMOVAL.c.at), func.max(REMOVAL.c.cashier))
        .where(REMOVAL.c.shift == shift, REMOVAL.c.undone == 0)
        .group_by(cart)
        .having(count >= REMOVED_LINES)
        .order_by(count.desc(), cart)
    )
    found = []
    for name, many, money, at, who in conn.execute(carts.limit(MOST_NOTED)):
        sold = select(SALE.c.seq).where(SALE.c.device == device, SALE.c.cart == name)
        found.append(_noted(REMOVED, at, who, count=many, amount=money, of=conn.scalar(sold) or 0))
    return found


def _noted(kind: str, at: str, by: str, **what: object) -> Fields:
    nothing: Fields = {"count": 1, "amount": 0, "number": "", "detail": "", "of": 0}
    return {"kind": kind, "at": at, "by": by} | nothing | what


def happened(conn: Connection, shift: int) -> Mapping[str, int]:
    """How often each kind of thing happened in the shift that was opened by document `shift`."""
    kinds = select(ACTIVITY.c.kind, func.count()).where(ACTIVITY.c.shift == shift).group_by(ACTIVITY.c.kind)
    return {row[0]: row[1] for row in conn.execute(kinds)}
