"""What labels are made of beside the catalogue: the institutions' stories, and the batch that came last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from pos.approvals import take
from pos.catalog import institution_named
from pos.derive.shapes import MAX_REVISION
from pos.errors import Refused
from pos.label_facts import MAX_STORY
from pos.label_tables import MAKER
from pos.ledger import Ledger
from pos.model import By
from pos.tables import LOT, SLIP
from pos.text import _, clean_text


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it was received; empty or None is not known."""

    code: str = ""
    expires: date | None = None


def stories(ledger: Ledger) -> dict[str, str]:
    """What institutions tell of themselves, by their codes; those that tell nothing are not among them."""
    with ledger.read() as conn:
        return _stories(conn)


def tell_story(ledger: Ledger, institution: str, story: str, by: By) -> bool:
    """Put down what an institution tells of itself; empty takes it back. False: it was so already.

    It is a paper of the catalogue, so it travels as goods do. Raises Refused for an unknown institution, a
    text that is too long, and when nobody who may change the catalogue allowed it.
    """
    told = clean_text(story, MAX_STORY + 1)
    if len(told) > MAX_STORY:
        raise Refused(_("A story has up to {most} characters.").format(most=MAX_STORY))
    with ledger.write() as conn:
        institution_named(conn, institution)
        if _stories(conn).get(institution, "") == told:
            return False
        revision = conn.scalar(select(MAKER.c.revision).where(MAKER.c.code == institution)) or 0
        card = {"code": institution, "story": told, "revision": min(revision + 1, MAX_REVISION)}
        allowed = take(conn, by.approval, by.who, "catalog", institution)
        ledger.post(conn, "catalog", {"cards": [], "makers": [card], "who": by.who.code} | allowed)
    return True


def latest_batches(ledger: Ledger) -> dict[str, Batch]:
    """Of each product (by SKU) the batch that was received last, where it is known: it gets the labels."""
    came = (SLIP.c.device == LOT.c.device) & (SLIP.c.seq == LOT.c.seq)
    query = select(LOT.c.sku, LOT.c.batch, LOT.c.expires).join(SLIP, came).where(LOT.c.qty > 0)
    order = (SLIP.c.day, SLIP.c.at, LOT.c.device, LOT.c.seq, LOT.c.line)
    with ledger.read() as conn:
        rows = conn.execute(query.order_by(*order)).all()
    return {sku: Batch(code, date.fromisoformat(day) if day else None) for sku, code, day in rows}


def _stories(conn: Connection) -> dict[str, str]:
    query = select(MAKER.c.code, MAKER.c.story).where(MAKER.c.story != "").order_by(MAKER.c.code)
    return dict(conn.execute(query).all())
