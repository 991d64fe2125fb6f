"""The book of orders: what stands in their documents, as nouns. States are never stored, only read here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, or_, select, tuple_

from pos.body import decoded
from pos.checkout import beside, read_line
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Fields, receipt_number
from pos.numbers import numbered
from pos.preorder import OVER, STATES, Contact, Deposit, Order, Step, Wish
from pos.restate import printed_hash
from pos.tables import DEPOSIT, DOCUMENT, ORDER_STEP, PREORDER, REFUND, SALE
from pos.text import _, clean_text

Root = tuple[str, int]
AT_ONCE = 400  # roots in one question to the database

_CALLED = ("name", "phone", "handle", "address", "note")
_ROOT = (PREORDER.c.root_device, PREORDER.c.root_seq)
_VERSIONS = (
    select(DOCUMENT, PREORDER.c.revision, *_ROOT)
    .join(PREORDER, and_(PREORDER.c.device == DOCUMENT.c.device, PREORDER.c.seq == DOCUMENT.c.seq))
    .order_by(PREORDER.c.revision, DOCUMENT.c.at, DOCUMENT.c.device, DOCUMENT.c.seq)
)
# With the number of the sale that handed it over, unless that was cancelled.
_STEPS = (
    select(ORDER_STEP, SALE.c.number, SALE.c.booth)
    .outerjoin(SALE, and_(SALE.c.device == ORDER_STEP.c.device, SALE.c.seq == ORDER_STEP.c.seq))
    .outerjoin(
        REFUND,
        and_(
            REFUND.c.sale_device == ORDER_STEP.c.device,
            REFUND.c.sale_seq == ORDER_STEP.c.seq,
            REFUND.c.void == 1,
        ),
    )
    .where(or_(ORDER_STEP.c.step != "taken", REFUND.c.seq.is_(None)))
    .order_by(ORDER_STEP.c.revision, ORDER_STEP.c.at, ORDER_STEP.c.device, ORDER_STEP.c.seq)
)
_DEPOSITS = (
    select(DEPOSIT, DOCUMENT.c.hash, DOCUMENT.c.body)
    .join(DOCUMENT, and_(DOCUMENT.c.device == DEPOSIT.c.device, DOCUMENT.c.seq == DEPOSIT.c.seq))
    .order_by(DEPOSIT.c.at, DEPOSIT.c.device, DEPOSIT.c.seq)
)


def orders(ledger: Ledger, *, over: bool = False) -> list[Order]:
    """The orders that are still open, by when they are due; with `over` those that are not, the latest first.

    Orders without a day come last.
    """
    with ledger.read() as conn:
        roots = _roots_in(conn, over=over)
        found = list(read_orders(conn, roots))
    if over:
        return sorted(found, key=_ended, reverse=True)
    return sorted(found, key=_due)


def order_of(conn: Connection, root: Root) -> Order:
    """One order, as this ledger knows it. Raises Refused when it is none."""
    for order in read_orders(conn, [root]):
        return order
    raise Refused(_("This order is not known here."), _("Bring the booth's documents in first."))


def find_order(ledger: Ledger, number: str) -> Order:
    """The order with the number `S03K7-P00118` (any case). Raises Refused when there is none."""
    with ledger.read() as conn:
        first = (PREORDER.c.device == PREORDER.c.root_device, PREORDER.c.seq == PREORDER.c.root_seq)
        if doc := numbered(conn, PREORDER, "P", number, *first):
            return order_of(conn, (doc.device, doc.seq))
    raise Refused(
        _("There is no order with the number '{number}' in this ledger.").format(number=number[:40]),
        _("Numbers look like S03K7-P00118."),
    )


def read_orders(conn: Connection, roots: Iterable[Root], until: int | None = None) -> Iterator[Order]:
    """The orders with these first versions; one that is not known is left out.

    `until`: as they stood at that revision.
    """
    wanted = list(dict.fromkeys(roots))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        versions: dict[Root, list[Any]] = {}
        asked = _of(_VERSIONS, PREORDER, "root", some)
        for row in conn.execute(asked if until is None else asked.where(PREORDER.c.revision <= until)):
            versions.setdefault((row.root_device, row.root_seq), []).append(row)
        steps: dict[Root, list[Any]] = {}
        for row in conn.execute(_of(_STEPS, ORDER_STEP, "order", some)):
            steps.setdefault((row.order_device, row.order_seq), []).append(row)
        paid: dict[Root, list[Deposit]] = {}
        for row in conn.execute(_of(_DEPOSITS, DEPOSIT, "order", some)):
            paid.setdefault((row.order_device, row.order_seq), []).append(deposit_of(row))
        for root in some:
            if root in versions and any((row.device, row.seq) == root for row in versions[root]):
                yield _order(root, versions[root], steps.get(root, []), paid.get(root, []))


def order_when(conn: Connection, root: Root, revision: int) -> Order:
    """An order as its version with this revision had it, or the last one; raises Refused when it is none."""
    for order in read_orders(conn, [root], revision):
        return order
    return order_of(conn, root)


def deposit_of(row: Any) -> Deposit:
    """A row of deposits, with the hash and body of its document."""
    body = decoded(row.body)
    return Deposit(
        *(row.device, row.seq, row.number, row.booth, date.fromisoformat(row.day)),
        *(datetime.fromisoformat(row.at), row.cashier, (row.order_device, row.order_seq)),
        *(row.method, row.amount, row.tendered, row.reference, row.entry),
        printed_hash(body, row.hash),
        *(body.get("total", 0), body.get("before", 0), body["order"].get("revision", 0)),
    )


def deposits_where(conn: Connection, device: str, **columns: str | int) -> list[Deposit]:
    """The deposits of one device whose columns hold these values, in their order."""
    wanted = [DEPOSIT.c[name] == value for name, value in columns.items()]
    found = conn.execute(_DEPOSITS.where(DEPOSIT.c.device == device, *wanted))
    return sorted((deposit_of(row) for row in found), key=attrgetter("seq"))


def _order(root: Root, versions: list[Any], steps: list[Any], paid: list[Deposit]) -> Order:
    first = next(row for row in versions if (row.device, row.seq) == root)
    last = versions[-1]
    begun, body = decoded(first.body), decoded(last.body)
    private = beside(last.private)
    told = tuple(_step(row) for row in steps)
    notes = private.get("notes")
    notes = notes if isinstance(notes, dict) else {}
    return Order(
        *(*root, body["number"], body["booth"], date.fromisoformat(begun["day"])),
        *(datetime.fromisoformat(first.at), begun["cashier"], wish_of(body, private)),
        tuple(read_line(line, str(notes.get(str(n), ""))) for n, line in enumerate(body["lines"])),
        body["total"],
        printed_hash(body, last.hash),
        *(last.revision, begun["cart"]),
        erased=last.private is None,
        steps=told,
        deposits=tuple(paid),
        progress=max((row.revision for row in steps), default=0),
        documents=tuple((row.device, row.seq) for row in versions if row.private is not None),
    )


def _step(row: Any) -> Step:
    receipt = receipt_number(row.booth, row.device, row.number) if row.step == "taken" and row.number else ""
    at = datetime.fromisoformat(row.at)
    return Step(row.step, at, row.cashier, row.reason, receipt, (row.device, row.seq))


def wish_of(body: Fields, private: Fields) -> Wish:
    """What an order's document asks for beside the goods; without `private` nobody is named."""
    return Wish(
        Contact(*(clean_text(str(private.get(key, ""))) for key in _CALLED)),
        body["channel"],
        date.fromisoformat(body["due"]) if body["due"] else None,
        time.fromisoformat(body["due_time"]) if body["due_time"] else None,
        body["place"],
    )


def private_of(wish: Wish, notes: Fields) -> str:
    """The personal data of an order as they are kept beside its body."""
    held = {key: getattr(wish.contact, key) for key in _CALLED}
    kept: Fields = {key: value for key, value in held.items() if value}
    return json.dumps(kept | ({"notes": notes} if notes else {}), ensure_ascii=False, sort_keys=True)


def _roots_in(conn: Connection, *, over: bool) -> list[Root]:
    """The first versions of the orders that are over, or of those that are not."""
    ends: dict[Root, str] = {}
    for row in conn.execute(_STEPS):
        root = (row.order_device, row.order_seq)
        if ends.get(root) != "taken":  # once the goods are gone nothing else matters
            ends[root] = row.step
    done = {root for root, step in ends.items() if step in OVER}
    if over:
        return list(done)
    firsts = select(*_ROOT).where(
        PREORDER.c.device == PREORDER.c.root_device, PREORDER.c.seq == PREORDER.c.root_seq
    )
    return [(device, seq) for device, seq in conn.execute(firsts) if (device, seq) not in done]


def _of(query: Select[Any], table: Table, name: str, roots: list[Root]) -> Select[Any]:
    return query.where(tuple_(table.c[f"{name}_device"], table.c[f"{name}_seq"]).in_(roots))


def _due(order: Order) -> tuple[Any, ...]:
    wish = order.wish
    return (wish.due or date.max, wish.due_time or time.max, order.at, order.receipt)


def _ended(order: Order) -> tuple[Any, ...]:
    return ((order.taken or order.steps[-1]).at, STATES.index(order.state), order.receipt)
