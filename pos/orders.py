"""Orders: placed, changed, put together, ready, cancelled, open again. Each is a document of its own.

Lines are frozen like a sale's: names and prices are those of the day of ordering. Who ordered is kept outside
the chain. What state an order is in is never stored; pos/order_book.py reads it from the documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, select

from pos import quotas
from pos.approvals import take
from pos.cart import Cart, CartLine, sold_lines
from pos.checkout import line_fields, line_notes
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import AtTill, Component, Fields, Line, Product
from pos.money import rupiah
from pos.numbers import next_number
from pos.order_book import Root, order_of, private_of
from pos.preorder import CHANNELS, PLACES, Contact, Order, Wish
from pos.tables import PREORDER, PRODUCT
from pos.text import _, clean_text

MAX_NAME, MAX_HANDLE, MAX_ADDRESS, MAX_NOTE = 120, 60, 200, 200  # characters
FARTHEST = timedelta(days=366)  # nobody orders for later; such a day is a slip of the finger
_PHONE = re.compile(r"[0-9]{8,15}")  # digits: the shortest lines, and the longest number (ITU-T E.164)
_NOT_DIALLED = re.compile(r"[\s().\-]+")


def place(ledger: Ledger, cart: Cart, wish: Wish, by: AtTill) -> Order:
    """Put down what `cart` holds as an order; the same cart again gives the order that it already is.

    Raises Refused for an empty cart, goods that are no longer sold, nobody to call, a day that is over, or
    more than may be ordered for that day; WorldFailed when it cannot be stored, and then nothing was.
    """
    device, lines = ledger.own(), _lines(cart, ())
    _still_sold(ledger, cart)
    wish = checked(wish, by.shift.day)
    with ledger.write() as conn:
        if known := _of_cart(conn, device.code, cart.id):
            return order_of(conn, known)
        quotas.check(conn, device.booth, wish.due, lines)
        number = next_number(conn, PREORDER, device.code, PREORDER.c.root_device == device.code)
        head = {"number": number, "booth": device.booth, "root": None, "revision": 1}
        doc = ledger.post(
            conn, "order", head | _fields(wish, lines, by) | {"cart": cart.id}, _private(wish, lines)
        )
        return order_of(conn, (doc.device, doc.seq))


def change(ledger: Ledger, order: Order, cart: Cart, wish: Wish, by: AtTill) -> Order:
    """The order with other goods, day or name; lines that stay keep what they were put down as.

    Raises Refused as `place` does, for an order that is over or was changed meanwhile, and when it came to
    less than was paid ahead.
    """
    with ledger.read() as conn:
        former = order_of(conn, order.root)
    due_stays = wish.due == former.wish.due
    wish = checked(wish, min(by.shift.day, wish.due or date.max) if due_stays else by.shift.day)
    lines = _lines(cart, former.lines)
    _still_sold(ledger, cart, frozenset(line.sku for line in former.lines))
    with ledger.write() as conn:
        former = order_of(conn, order.root)
        must_be_open(former)
        if former.revision != order.revision:
            raise Refused(
                _("Order {number} was changed meanwhile.").format(number=order.receipt),
                _("Look at it again, then change it."),
            )
        total = sum(line.total for line in lines)
        if total < former.paid:
            raise Refused(
                _("{paid} was paid ahead, and the order would come to {total}.").format(
                    paid=rupiah(former.paid), total=rupiah(total)
                ),
                _("Give the deposit back first."),
            )
        quotas.check(conn, former.booth, wish.due, lines, former)
        root: Fields = {"device": former.device, "seq": former.seq}
        head = {"number": former.number, "booth": former.booth, "root": root, "cart": former.cart}
        fields = head | {"revision": former.revision + 1} | _fields(wish, lines, by)
        ledger.post(conn, "order", fields, _private(wish, lines))
        return order_of(conn, order.root)


def prepare(ledger: Ledger, order: Order, by: AtTill) -> Order:
    """Its goods are being put together. Pressed twice it gives the same. Raises Refused when it is over."""
    return _step(ledger, order, by, "prepared")


def ready(ledger: Ledger, order: Order, by: AtTill) -> Order:
    """It can be fetched. As `prepare`."""
    return _step(ledger, order, by, "ready")


def reopen(ledger: Ledger, order: Order, by: AtTill) -> Order:
    """A cancelled order is wanted after all, or one that was ready is not: it stands as newly ordered.

    Raises Refused when it was handed over: then its sale must be cancelled.
    """
    return _step(ledger, order, by, "reopened")


def must_be_open(order: Order) -> None:
    """Raise Refused for an order that was handed over or cancelled."""
    if taken := order.taken:
        raise Refused(
            _("Order {number} was handed over with receipt {receipt}.").format(
                number=order.receipt, receipt=taken.receipt
            ),
            _("Nothing of it can be changed any more."),
        )
    if order.state == "cancelled":
        raise Refused(
            _("Order {number} was cancelled.").format(number=order.receipt), _("Open it again first.")
        )


def post_step(conn: Connection, ledger: Ledger, order: Order, by: AtTill, fields: Fields) -> None:
    """Put down what becomes of an order; `fields` has at least its `step`. Only inside `ledger.write()`."""
    common: Fields = {
        "order": {"device": order.device, "seq": order.seq, "number": order.receipt},
        "day": by.shift.day.isoformat(),
        "cashier": by.who.code,
        "shift": by.shift.seq,
        "revision": order.progress + 1,
        "reason": "",
    }
    ledger.post(conn, "order_step", common | fields)


def allowed(conn: Connection, by: AtTill, action: str, order: Order) -> Fields:
    """What goes into the body when `by` does `action` on an order. Raises Refused; see
    approvals.take.
    """
    return take(conn, by.approval, by.who, action, order.receipt)


def cart_of(order: Order, catalogue: Sequence[Product], cart: str) -> Cart:
    """The goods of an order as a cart with this id, at the prices of the order, to be changed."""
    known = {product.sku: product for product in catalogue}
    lines = tuple(
        CartLine(_as_ordered(line, known.get(line.sku)), line.qty, line.discount - line.whole, line.percent)
        for line in order.lines
    )
    noted = (replace(made, note=line.note) for made, line in zip(lines, order.lines, strict=True))
    return Cart(cart, tuple(noted), off=sum(line.whole for line in order.lines))


def checked(wish: Wish, today: date) -> Wish:
    """`wish` as it may be stored. Raises Refused when nobody could be called, or its day cannot be."""
    contact = wish.contact
    phone = dialled(contact.phone)
    handle = clean_text(contact.handle, MAX_HANDLE)
    clean = Contact(
        clean_text(contact.name, MAX_NAME),
        phone,
        f"@{handle.lstrip('@ ')}" if handle.lstrip("@ ") else "",
        clean_text(contact.address, MAX_ADDRESS),
        clean_text(contact.note, MAX_NOTE),
    )
    if not clean.called:
        raise Refused(
            _("Nobody to call: name, phone and account are empty."),
            _("One of them is enough, so that the order can be found again."),
        )
    if wish.channel not in CHANNELS or wish.place not in PLACES:
        raise Refused(_("This way to order is not known."))
    if wish.due and wish.due < today:
        raise Refused(_("The day to fetch it is over."), _("Choose today or a later day."))
    if wish.due and wish.due > today + FARTHEST:
        raise Refused(_("The day to fetch it is more than a year away."), _("Choose an earlier one."))
    if wish.place == "delivery" and not clean.address:
        raise Refused(_("Where to bring it is missing."), _("Type the address, or let it be fetched."))
    return replace(wish, contact=clean, due_time=wish.due_time if wish.due else None)


def dialled(phone: str) -> str:
    """A phone number as its digits, an Indonesian one from 0: `+62 812-7111-0248` is `081271110248`.

    Raises Refused for what is no number; empty stays empty.
    """
    bare = _NOT_DIALLED.sub("", clean_text(phone)).removeprefix("+")
    if not bare:
        return ""
    if not _PHONE.fullmatch(bare):
        raise Refused(
            _("'{phone}' is no phone number.").format(phone=clean_text(phone, 30)),
            _("Type 8 to 15 digits, or leave it empty."),
        )
    return f"0{bare[2:]}" if bare.startswith("62") else bare


def _step(ledger: Ledger, order: Order, by: AtTill, step: str) -> Order:
    with ledger.write() as conn:
        now = order_of(conn, order.root)
        if now.taken or (now.state == "cancelled" and step != "reopened"):
            must_be_open(now)
        if now.state == step or (step == "reopened" and now.state in ("new", "deposit")):
            return now
        post_step(conn, ledger, now, by, {"step": step})
        return order_of(conn, order.root)


def _of_cart(conn: Connection, device: str, cart: str) -> Root | None:
    mine = select(PREORDER.c.device, PREORDER.c.seq).where(
        PREORDER.c.device == device, PREORDER.c.cart == cart, PREORDER.c.revision == 1
    )
    row = conn.execute(mine).first()
    return (row.device, row.seq) if row else None


def _lines(cart: Cart, former: Sequence[Line]) -> tuple[Line, ...]:
    """The cart's lines as they are put down; of those that stand so already, what was put down then."""
    if not cart.lines:
        raise Refused(_("The order is empty."), _("Choose at least one thing."))
    kept = {(line.sku, line.price, line.qty, line.discount, line.note): line for line in former}
    made = sold_lines(cart)
    return tuple(kept.get((one.sku, one.price, one.qty, one.discount, one.note), one) for one in made)


def _still_sold(ledger: Ledger, cart: Cart, but: frozenset[str] = frozenset()) -> None:
    """Raise Refused for goods that are sold no more; `but` are those that were ordered while they were."""
    wanted = {line.product.sku for line in cart.lines} - but
    sold = select(PRODUCT.c.sku).where(PRODUCT.c.sku.in_(wanted), PRODUCT.c.active == 1)
    with ledger.read() as conn:
        gone = wanted - set(conn.scalars(sold))
    for line in cart.lines:
        if line.product.sku in gone:
            raise Refused(
                _("{name} is no longer sold.").format(name=clean_text(line.product.name, 60)),
                _("Take it out of the order."),
            )


def _fields(wish: Wish, lines: Sequence[Line], by: AtTill) -> Fields:
    return {
        "day": by.shift.day.isoformat(),
        "cashier": by.who.code,
        "shift": by.shift.seq,
        "channel": wish.channel,
        "due": wish.due.isoformat() if wish.due else "",
        "due_time": wish.due_time.isoformat("minutes") if wish.due_time else "",
        "place": wish.place,
        "lines": [line_fields(line) for line in lines],
        "total": sum(line.total for line in lines),
    }


def _private(wish: Wish, lines: Sequence[Line]) -> str:
    notes = line_notes(lines)
    return private_of(wish, json.loads(notes)["notes"] if notes else {})


def _as_ordered(line: Line, product: Product | None) -> Product:
    """The product of a line with the name, price and contents it had when it was ordered."""
    parts = tuple(
        Component(
            part.sku,
            part.qty // line.qty,
            part.institution,
            part.amount // max(part.qty, 1),
            cost=part.cost,
        )
        for part in line.parts
    )
    frozen = Product(line.sku, line.name, line.price, line.institution, line.category, line.unit)
    frozen = replace(frozen, cost=line.cost, components=parts)
    if product is None:
        return frozen
    return replace(frozen, barcode=product.barcode, aliases=product.aliases, image=product.image)
