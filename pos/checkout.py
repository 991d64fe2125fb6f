"""Checkout: a cart and its payments become a sale, durably, once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from pos import journal, rows
from pos.body import decoded
from pos.cart import Cart, sold_lines
from pos.errors import Refused
from pos.kept_json import parsed
from pos.ledger import Ledger
from pos.model import Document, Fields, Line, Part, Payment, Sale, Shift, receipt_number
from pos.numbers import numbered
from pos.restate import printed_hash
from pos.shifts import closing_of_shift, shift_is_over
from pos.tables import SALE
from pos.text import _

MAX_CART_ID = 100

_MINE = SALE.c.device == bindparam("device")
_DESK = select(
    select(SALE.c.seq).where(_MINE, SALE.c.cart == bindparam("cart")).scalar_subquery(),
    select(func.max(SALE.c.number)).where(_MINE).scalar_subquery(),
    closing_of_shift().scalar_subquery(),
)


def checkout(ledger: Ledger, cart: Cart, payments: Sequence[Payment], shift: Shift, cashier: str) -> Sale:
    """Make the cart a sale of `shift`, rung up by `cashier` (a staff code); durable when this returns.

    The same cart again gives the sale that it already is. Raises Refused for an empty cart, payments that
    do not cover it exactly, or a shift that was closed, WorldFailed when it cannot be stored; then nothing
    was, and the cart can be tried again.
    """
    lines = sold_lines(cart)
    _check(cart.id, lines, payments)
    device = ledger.own()
    with ledger.write() as conn:
        known, number = next_number(conn, device.code, cart.id, shift.seq)
        if known is not None:
            return known
        fields = sale_fields(device.booth, number, cart.id, lines, payments) | {
            "day": shift.day.isoformat(),
            "cashier": cashier,
            "shift": shift.seq,
        }
        fields |= {key: value for key, value in (("buyer", cart.buyer), ("percent", cart.percent)) if value}
        doc = ledger.post(conn, "sale", fields, line_notes(lines))
    return read_sale(doc, fields)


def next_number(conn: Connection, device: str, cart: str, shift: int = 0) -> tuple[Sale | None, int]:
    """The sale that `cart` has become on `device` already, if so, and the receipt number after the last one.

    Only inside the transaction that uses the number. Raises Refused for a cart that is no sale yet when
    `shift` (the seq of its opening) was closed.
    """
    found = rows.ask(conn, _DESK, {"device": device, "cart": cart, "shift": shift})
    seq, last, closing = found or (None, None, None)
    doc = journal.document(conn, device, seq) if seq else None
    if doc is None and closing is not None:
        raise shift_is_over()
    return (read_sale(doc) if doc else None), (last or 0) + 1


def next_receipt(ledger: Ledger) -> str:
    """The receipt number that the next sale of this laptop will have, unless another comes before it."""
    device = ledger.own()
    with ledger.read() as conn:
        _known, number = next_number(conn, device.code, "")
    return receipt_number(device.booth, device.code, number)


def sale_fields(
    booth: str, number: int, cart: str, lines: Sequence[Line], payments: Sequence[Payment]
) -> Fields:
    """The body of a sale but for its day, cashier and shift. What is zero or unknown is left out."""
    return {
        "booth": booth,
        "number": number,
        "cart": cart,
        "total": sum(line.total for line in lines),
        "lines": [line_fields(line) for line in lines],
        "payments": [_payment_fields(payment) for payment in payments],
    }


def find_sale(ledger: Ledger, receipt: str) -> Sale:
    """The sale with this receipt number (`S03K7-000042`, any case). Raises Refused when there is none."""
    with ledger.read() as conn:
        doc = numbered(conn, SALE, "", receipt)
    if doc:
        return read_sale(doc)
    raise Refused(
        _("There is no sale with the number '{number}' in this ledger.").format(number=receipt[:40]),
        _("Numbers look like S03K7-000042."),
    )


def read_sale(doc: Document, fields: Fields | None = None) -> Sale:
    """The sale that a document holds; pass its decoded body when it is at hand."""
    body = fields if fields is not None else decoded(doc.body)
    notes = beside(doc.private).get("notes")
    notes = notes if isinstance(notes, dict) else {}
    return Sale(
        device=doc.device,
        seq=doc.seq,
        number=body["number"],
        booth=body["booth"],
        day=date.fromisoformat(body["day"]),
        at=datetime.fromisoformat(doc.at),
        cashier=body["cashier"],
        cart=body["cart"],
        lines=tuple(read_line(line, str(notes.get(str(n), ""))) for n, line in enumerate(body["lines"])),
        payments=tuple(_payment(part) for part in body["payments"]),
        total=body["total"],
        hash=printed_hash(body, doc.hash),
        shift=body["shift"],
        buyer=body.get("buyer", ""),
        percent=body.get("percent", 0),
        order=body["order"]["number"] if "order" in body else "",
    )


def beside(private: str | None) -> Fields:
    """What stands beside a body. It is outside the hash, so it may be anything: then it tells nothing."""
    try:
        found = parsed(private or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def line_notes(lines: Sequence[Line]) -> str | None:
    """Notes by place of their line; outside the hash, for they may name a person and must be erasable."""
    notes = {str(n): line.note for n, line in enumerate(lines) if line.note}
    return json.dumps({"notes": notes}, ensure_ascii=False, sort_keys=True) if notes else None


def _check(cart: str, lines: Sequence[Line], payments: Sequence[Payment]) -> None:
    if not lines:
        raise Refused(_("The cart is empty."))
    if not cart or len(cart) > MAX_CART_ID:
        raise Refused(_("A cart needs a name of up to {most} characters.").format(most=MAX_CART_ID))
    if sum(payment.amount for payment in payments) != sum(line.total for line in lines):
        raise Refused(_("The payments do not cover the total exactly."))


def line_fields(line: Line) -> Fields:
    """A line as it stands in a body."""
    fields: Fields = {
        "sku": line.sku,
        "name": line.name,
        "institution": line.institution,
        "unit": line.unit,
        "category": line.category,
        "qty": line.qty,
        "price": line.price,
        "total": line.total,
    }
    optional = {"discount": line.discount, "percent": line.percent, "whole": line.whole}
    fields |= {key: value for key, value in optional.items() if value}
    if line.cost is not None:
        fields["cost"] = line.cost
    if line.parts:
        fields["parts"] = [
            {"sku": part.sku, "institution": part.institution, "qty": part.qty, "amount": part.amount}
            | ({"name": part.name} if part.name else {})
            | ({} if part.cost is None else {"cost": part.cost})
            for part in line.parts
        ]
    return fields


def read_line(fields: Fields, note: str = "") -> Line:
    """The line that `line_fields` wrote, with its note from beside the body."""
    parts = tuple(
        Part(
            part["sku"],
            part["institution"],
            part["qty"],
            part["amount"],
            part.get("name", ""),
            part.get("cost"),
        )
        for part in fields.get("parts", ())
    )
    return Line(
        sku=fields["sku"],
        name=fields["name"],
        institution=fields["institution"],
        unit=fields["unit"],
        category=fields["category"],
        qty=fields["qty"],
        price=fields["price"],
        discount=fields.get("discount", 0),
        total=fields["total"],
        cost=fields.get("cost"),
        parts=parts,
        percent=fields.get("percent", 0),
        whole=fields.get("whole", 0),
        note=note,
    )


def _payment_fields(payment: Payment) -> Fields:
    fields: Fields = {"method": payment.method, "amount": payment.amount, "tendered": payment.tendered}
    if payment.reference:
        fields["reference"] = payment.reference
    return fields


def _payment(fields: Fields) -> Payment:
    return Payment(fields["method"], fields["amount"], fields["tendered"], fields.get("reference", ""))
