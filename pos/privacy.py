"""Who ordered is forgotten: some days after the order was fetched or cancelled, or at once when they ask.

An `erase` document names the documents; what lies beside their bodies is blanked in every ledger that it
reaches, before or after them. The chain keeps goods, money and days, which name nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from sqlalchemy import Connection, tuple_

from pos.approvals import take
from pos.ledger import Ledger
from pos.model import AtTill, Fields
from pos.order_book import AT_ONCE, Root, order_of, orders
from pos.paths import home
from pos.preorder import Order
from pos.tables import DOCUMENT

PAPER_FOLDERS = ("struk", "surat")  # in home(): where the till puts its papers (ui/issue.py)
MOST_AT_ONCE = 200  # orders in one document


def erase(ledger: Ledger, order: Order, by: AtTill) -> Order:
    """Forget who ordered this, because they asked. Needs the right `erase`; twice it gives the same.

    Raises Refused without the right.
    """
    with ledger.write() as conn:
        now = order_of(conn, order.root)
        may = take(conn, by.approval, by.who, "erase", now.receipt)
        if places := _places(conn, [now]):
            _post(conn, ledger, by, places, may | {"why": "asked"})
    _let_go(ledger)
    _drop_papers([now])
    with ledger.read() as conn:
        return order_of(conn, order.root)


def old_orders(ledger: Ledger, today: date, days: int) -> list[Order]:
    """The orders that ended `days` or more days before `today` and still name somebody."""
    last = today - timedelta(days=days)
    found = orders(ledger, over=True)
    return [order for order in found if ended(order) <= last and order.documents]


def ended(order: Order) -> date:
    """The day on which an order was fetched or cancelled."""
    step = order.taken or order.steps[-1]
    return step.at.date()


def forget_old(ledger: Ledger, by: AtTill, days: int) -> int:
    """Forget whoever ordered what ended `days` or more days ago; how many orders that were.

    It is a rule of the booth and nobody's decision, so it needs no right. `days` 0 forgets nobody.
    """
    if days <= 0:
        return 0
    old = old_orders(ledger, by.shift.day, days)[:MOST_AT_ONCE]
    if not old:
        return 0
    with ledger.write() as conn:
        places = _places(conn, old)
        if places:
            _post(conn, ledger, by, places, {"why": "days", "days": days})
    _let_go(ledger)
    _drop_papers(old)
    return len(old)


def _places(conn: Connection, found: Iterable[Order]) -> list[Root]:
    """The documents of these orders that have personal data: their versions, and the sale's notes."""
    named = []
    for order in found:
        named += [*order.documents, *(step.place for step in order.steps if step.step == "taken")]
    held: list[Root] = []
    for start in range(0, len(named), AT_ONCE):
        some = tuple_(DOCUMENT.c.device, DOCUMENT.c.seq).in_(named[start : start + AT_ONCE])
        query = DOCUMENT.select().with_only_columns(DOCUMENT.c.device, DOCUMENT.c.seq)
        held += [
            (device, seq) for device, seq in conn.execute(query.where(some, DOCUMENT.c.private.is_not(None)))
        ]
    return sorted(held)


def _post(conn: Connection, ledger: Ledger, by: AtTill, places: list[Root], more: Fields) -> None:
    body: Fields = {
        "of": [{"device": device, "seq": seq} for device, seq in places],
        "day": by.shift.day.isoformat(),
        "cashier": by.who.code,
    }
    ledger.post(conn, "erase", body | more)


def _drop_papers(found: Iterable[Order]) -> None:
    """Take away the files that papers of these orders were printed from, below home(): they bear the name.

    Each is called after its paper's number. What was saved elsewhere is whoever's who saved it.
    """
    numbers = set()
    for order in found:
        numbers |= {order.receipt, *(one.receipt for one in order.deposits)}
        numbers |= {step.receipt for step in order.steps if step.receipt}
    for folder in PAPER_FOLDERS:
        for path in (home() / folder).glob("*.pdf"):
            if any(number in path.name for number in numbers):
                with suppress(OSError):  # somebody has it open; it is made anew under the same name at most
                    path.unlink()


def _let_go(ledger: Ledger) -> None:
    """SQLite keeps former pages in its log until that is written back: do so now, and cut it off."""
    if ledger.engine.dialect.name == "sqlite":
        with ledger.engine.connect() as conn:
            conn.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
