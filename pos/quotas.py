"""How many of a product may be ordered for a day at this booth; 0 closes its orders for that day.

It counts what is ordered by itself: the goods inside hampers have the hampers' own limit. Orders without a
day are not limited, for nobody knows when they are to be made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from pos.approvals import take
from pos.derive.shapes import MAX_COUNT, MAX_REVISION
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import AtTill, Line
from pos.money import plain
from pos.order_book import read_orders
from pos.preorder import Order
from pos.tables import PREORDER, QUOTA
from pos.text import _, short_date


def limits(conn: Connection, booth: str, day: date) -> dict[str, int]:
    """The most pieces by SKU that may be ordered at `booth` for `day`; what is not limited is not in it."""
    mine = select(QUOTA.c.sku, QUOTA.c.most).where(QUOTA.c.booth == booth, QUOTA.c.day == day.isoformat())
    return {row.sku: row.most for row in conn.execute(mine)}


def ordered(conn: Connection, booth: str, day: date, but: Order | None = None) -> Mapping[str, int]:
    """Pieces by SKU that are ordered at `booth` for `day`, without cancelled orders and the order `but`."""
    versions = select(PREORDER.c.root_device, PREORDER.c.root_seq).where(
        PREORDER.c.booth == booth, PREORDER.c.due == day.isoformat()
    )
    roots = {(device, seq) for device, seq in conn.execute(versions)} - {but.root if but else ("", 0)}
    counted = Counter[str]()
    for order in read_orders(conn, roots):
        if order.state != "cancelled" and order.wish.due == day:
            for line in order.lines:
                counted[line.sku] += line.qty
    return counted


def left(ledger: Ledger, day: date) -> dict[str, int]:
    """Pieces by SKU that may still be ordered at this booth for `day`; only what is limited is in it."""
    booth = ledger.own().booth
    with ledger.read() as conn:
        most, taken = limits(conn, booth, day), ordered(conn, booth, day)
    return {sku: max(count - taken.get(sku, 0), 0) for sku, count in most.items()}


def check(
    conn: Connection, booth: str, day: date | None, lines: Sequence[Line], former: Order | None = None
) -> None:
    """Raise Refused when `lines` would be more than may be ordered for `day`, and say what is left.

    `former` is the order that they are to replace: what it has already is never refused.
    """
    most = limits(conn, booth, day) if day else {}
    if day is None or not most:
        return
    taken, wanted, had = ordered(conn, booth, day, former), Counter[str](), Counter[str]()
    for line in lines:
        wanted[line.sku] += line.qty
    if former and former.wish.due == day and former.state != "cancelled":
        for line in former.lines:
            had[line.sku] += line.qty
    for line in lines:
        room = most.get(line.sku, MAX_COUNT) - taken.get(line.sku, 0)
        if wanted[line.sku] > max(room, had[line.sku]):
            raise _too_many(line.name, day, max(room, 0), closed=not most[line.sku])


def set_quota(ledger: Ledger, sku: str, day: date, most: int, by: AtTill) -> None:
    """From now on at most `most` pieces of a product may be ordered here for `day`; 0 closes its orders.

    What is ordered already stays. Raises Refused for a number that cannot be, and without the right.
    """
    if not 0 <= most <= MAX_COUNT:
        raise Refused(_("A quota is a number from 0."), _("0 closes the orders."))
    booth = ledger.own().booth
    with ledger.write() as conn:
        card = select(QUOTA.c.revision).where(
            QUOTA.c.booth == booth, QUOTA.c.sku == sku, QUOTA.c.day == day.isoformat()
        )
        allowed = take(conn, by.approval, by.who, "quota", subject(sku, day))
        fields = {"booth": booth, "sku": sku, "day": day.isoformat(), "most": most}
        revision = min((conn.scalar(card) or 0) + 1, MAX_REVISION)
        cards = {"cards": [fields | {"revision": revision}], "cashier": by.who.code}
        ledger.post(conn, "quota", cards | allowed)


def subject(sku: str, day: date) -> str:
    """What an approval of a quota is for."""
    return f"{sku} {day.isoformat()}"


def _too_many(name: str, day: date, room: int, *, closed: bool) -> Refused:
    if closed:
        told = _("Orders of {name} for {day} are closed.")
    else:
        told = _("Of {name} only {count} more can be ordered for {day}.")
    return Refused(
        told.format(name=name[:60], count=plain(room), day=short_date(day)),
        _("Choose another day or fewer pieces."),
    )
