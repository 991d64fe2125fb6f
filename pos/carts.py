"""Carts that are no sales yet, kept on this laptop: the one being filled, and those put aside.

Nothing of them is a document: they take no number and are synced nowhere. What was taken out of a cart is
remembered too, for the report of the shift.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, exists, select

from pos.draft import MAX_NAME, OPEN, Draft, Removal, draft_of, draft_text
from pos.ledger import Ledger
from pos.local_tables import DRAFT, REMOVAL
from pos.model import Shift
from pos.tables import SALE
from pos.text import clean_text


def keep(ledger: Ledger, *drafts: Draft, gone: Iterable[str] = ()) -> None:
    """Put `drafts` down in one step, each in the place of what was kept of its cart; empty ones are not kept.

    Of carts that are being filled only the last is kept. `gone` are ids of carts that were paid or given up.
    """
    with ledger.write() as conn:
        for cart in (*gone, *(draft.cart.id for draft in drafts)):
            conn.execute(DRAFT.delete().where(DRAFT.c.cart == cart))
        if any(draft.state == OPEN for draft in drafts):
            conn.execute(DRAFT.delete().where(DRAFT.c.state == OPEN))
        for draft in drafts:
            if draft.cart.lines:
                row = {"cart": draft.cart.id, "at": draft.at.isoformat(), "state": draft.state}
                row |= {"name": clean_text(draft.name, MAX_NAME), "body": draft_text(draft)}
                conn.execute(DRAFT.insert().values(selected=draft.selected, **row))


def open_draft(ledger: Ledger) -> Draft | None:
    """The cart that was being filled when the program ended, unless it has become a sale."""
    return next(iter(_read(ledger, _unsold(ledger).where(DRAFT.c.state == OPEN))), None)


def held_drafts(ledger: Ledger) -> tuple[Draft, ...]:
    """The carts that were put aside, oldest first."""
    return _read(ledger, _unsold(ledger).where(DRAFT.c.state != OPEN))


def note_removals(ledger: Ledger, removals: Sequence[Removal], cashier: str, shift: Shift | None) -> None:
    """Write down removed lines; one that is there already only learns whether it was undone."""
    at = ledger.clock.now().isoformat()
    with ledger.write() as conn:
        for one in removals:
            known = REMOVAL.update().where(REMOVAL.c.id == one.id).values(undone=int(one.undone))
            if conn.execute(known).rowcount:
                continue
            row = {"id": one.id, "at": at, "cashier": cashier, "cart": one.cart}
            row |= {"sku": one.line.product.sku, "name": one.line.product.name}
            numbers = {"shift": shift.seq if shift else None, "qty": one.line.qty, "amount": one.line.total}
            conn.execute(REMOVAL.insert().values(undone=int(one.undone), **row, **numbers))


def _unsold(ledger: Ledger) -> Select[Any]:
    sold = exists().where(SALE.c.device == ledger.own().code, SALE.c.cart == DRAFT.c.cart)
    return select(DRAFT).where(~sold).order_by(DRAFT.c.at, DRAFT.c.cart)


def _read(ledger: Ledger, query: Select[Any]) -> tuple[Draft, ...]:
    """Those that can be read: one of another version of the program must not keep the till from opening."""
    drafts = []
    with ledger.read() as conn:
        for row in conn.execute(query):
            with suppress(AttributeError, KeyError, TypeError, ValueError):
                drafts.append(draft_of(row))
    return tuple(drafts)
