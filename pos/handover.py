"""Handing an order over: a usual sale of what was ordered, paid by what was paid ahead and the rest."""

from __future__ import annotations

from collections.abc import Sequence

from pos import orders
from pos.checkout import line_notes, next_number, read_sale, sale_fields
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import AtTill, Payment, Sale
from pos.order_book import order_of
from pos.payments import METHODS
from pos.preorder import Order
from pos.text import _

PAID_AHEAD = "deposit"  # the method of the part that was paid ahead; see payments.method_name


def hand_over(ledger: Ledger, order: Order, payments: Sequence[Payment], by: AtTill, cart: str) -> Sale:
    """The order becomes a sale at the prices of its lines; `payments` are those of the rest, none when it is
    0.

    `cart` was made when its payment began: the same again gives the sale that it already is. When that sale
    is cancelled the order is open again and its deposit whole. Raises Refused for an order that is over, and
    when the payments do not make up the rest; WorldFailed when it cannot be stored, and then nothing was.
    """
    device = ledger.own()
    with ledger.write() as conn:
        known, number = next_number(conn, device.code, cart)
        if known is not None:
            return known
        now = order_of(conn, order.root)
        orders.must_be_open(now)
        if any(payment.method not in METHODS for payment in payments):
            raise Refused(_("What was paid ahead is counted by itself; only the rest is to be paid."))
        if sum(payment.amount for payment in payments) != now.rest:
            raise Refused(
                _("The payments do not make up the rest of order {number}.").format(number=now.receipt),
                _("The order may have been changed meanwhile: open it again."),
            )
        parts = [*_ahead(now), *payments]
        fields = sale_fields(device.booth, number, cart, now.lines, parts) | {
            "day": by.shift.day.isoformat(),
            "cashier": by.who.code,
            "shift": by.shift.seq,
            "order": {"device": now.device, "seq": now.seq, "number": now.receipt},
        }
        doc = ledger.post(conn, "sale", fields, line_notes(now.lines))
    return read_sale(doc, fields)


def _ahead(order: Order) -> list[Payment]:
    """What was paid ahead as one part of the sale, with the numbers of its receipts."""
    if not order.paid:
        return []
    papers = [one.receipt for one in order.deposits if one.amount > 0]
    reference = papers[0] if len(papers) == 1 else ""
    return [Payment(PAID_AHEAD, order.paid, order.paid, reference)]
