"""Money paid ahead for an order (DP): each payment is a document and a receipt of its own, in its shift."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import AtTill, Fields, Payment
from pos.money import MAX_AMOUNT, Rupiah, rupiah
from pos.numbers import next_number, numbered
from pos.order_book import deposits_where, order_of
from pos.orders import allowed, must_be_open, post_step
from pos.payments import METHODS, settle
from pos.preorder import Deposit, Order
from pos.tables import DEPOSIT
from pos.text import _, clean_text

MAX_REASON = 120  # characters


def pay_ahead(
    ledger: Ledger, order: Order, payments: Sequence[Payment], by: AtTill, entry: str
) -> list[Deposit]:
    """Take money for an order before it is handed over; one receipt per way to pay.

    `entry` was made when the payment began: the same again gives what it already is. Raises Refused for more
    than the order still comes to, and for an order that is over; WorldFailed when nothing could be stored.
    """
    with ledger.write() as conn:
        if known := deposits_where(conn, ledger.own().code, entry=entry):
            return known
        now = order_of(conn, order.root)
        must_be_open(now)
        coming = sum(payment.amount for payment in payments)
        if not payments or any(payment.amount <= 0 for payment in payments):
            raise Refused(_("A deposit is an amount above 0."), _("Type how much is paid ahead."))
        check_amount(now, coming)
        before = now.paid
        for payment in payments:
            _post(conn, ledger, now, by, _fields(payment, entry) | {"before": before})
            before += payment.amount
        return deposits_where(conn, ledger.own().code, entry=entry)


def check_amount(order: Order, amount: Rupiah) -> None:
    """Raise Refused when `amount` is more than an order still comes to."""
    if amount > order.rest:
        raise Refused(
            _("A deposit cannot be more than the order comes to: {rest} is left.").format(
                rest=rupiah(order.rest)
            ),
            _("Take a smaller deposit, or hand the order over and take all of it."),
        )


def cancel(
    ledger: Ledger, order: Order, by: AtTill, reason: str = "", *, back: str = "", entry: str = ""
) -> Order:
    """The order is not wanted any more. `back` is the way in which its deposit is given back, "" to keep it.

    Needs the right `order_cancel`. Pressed twice it gives the same. Raises Refused for an order that was
    handed over, a way to pay that is not known, and without the right.
    """
    with ledger.write() as conn:
        now = order_of(conn, order.root)
        if now.state == "cancelled":
            return now
        must_be_open(now)
        may = allowed(conn, by, "order_cancel", now)
        kept = "" if now.paid == 0 else "returned" if back else "kept"
        fields = {"step": "cancelled", "reason": clean_text(reason, MAX_REASON), "deposit": kept}
        post_step(conn, ledger, now, by, fields | may)
        if back and now.paid > 0:
            _give_back(conn, ledger, now, by, (back, entry))
        return order_of(conn, order.root)


def give_back(ledger: Ledger, order: Order, by: AtTill, method: str, entry: str) -> Order:
    """Give back all that was paid ahead, also of an order that was cancelled with its deposit kept.

    Needs the right `order_cancel`. The same `entry` again gives the same. Raises Refused when there is
    nothing to give back, when it was handed over, and without the right.
    """
    with ledger.write() as conn:
        now = order_of(conn, order.root)
        if deposits_where(conn, ledger.own().code, entry=entry):
            return now
        if now.taken:
            must_be_open(now)
        may = allowed(conn, by, "order_cancel", now)
        if now.paid <= 0:
            raise Refused(_("No deposit of this order is here to be given back."))
        _give_back(conn, ledger, now, by, (method, entry), may)
        return order_of(conn, order.root)


def find_deposit(ledger: Ledger, number: str) -> Deposit | None:
    """The deposit with this number (`S03K7-D00031`, any case), or None."""
    with ledger.read() as conn:
        doc = numbered(conn, DEPOSIT, "D", number)
        return deposits_where(conn, doc.device, seq=doc.seq)[0] if doc else None


def _give_back(
    conn: Connection,
    ledger: Ledger,
    order: Order,
    by: AtTill,
    how: tuple[str, str],
    may: Fields | None = None,
) -> None:
    method, entry = how
    payment = settle(method, order.paid)
    fields = _fields(payment, entry) | {"amount": -payment.amount, "tendered": -payment.amount}
    fields |= {"before": order.paid}
    _post(conn, ledger, order, by, fields | (may or {}))


def _fields(payment: Payment, entry: str) -> Fields:
    if payment.method not in METHODS or payment.tendered > MAX_AMOUNT:
        raise Refused(_("There is no way to pay called '{method}'.").format(method=payment.method[:40]))
    fields: Fields = {"method": payment.method, "amount": payment.amount, "tendered": payment.tendered}
    return fields | ({"reference": payment.reference} if payment.reference else {}) | {"entry": entry}


def _post(conn: Connection, ledger: Ledger, order: Order, by: AtTill, fields: Fields) -> None:
    device = ledger.own()
    head = {
        "number": next_number(conn, DEPOSIT, device.code),
        "booth": device.booth,
        "day": by.shift.day.isoformat(),
        "cashier": by.who.code,
        "shift": by.shift.seq,
        "order": {
            "device": order.device,
            "seq": order.seq,
            "number": order.receipt,
            "revision": order.revision,
        },
        "total": order.total,
    }
    ledger.post(conn, "deposit", head | fields)
