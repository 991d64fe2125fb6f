"""Goods and money going back. The sale stays as it is; what comes back is a numbered paper of its own."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from pos.body import decoded
from pos.checkout import line_fields, read_line
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Document, Payment, Refund, Sale, Shift
from pos.tables import DOCUMENT, REFUND
from pos.text import _, clean_text

MAX_REASON = 120  # characters

_OF_SALE = (
    select(DOCUMENT, REFUND.c.void)
    .join(REFUND, (REFUND.c.device == DOCUMENT.c.device) & (REFUND.c.seq == DOCUMENT.c.seq))
    .where(REFUND.c.sale_device == bindparam("device"), REFUND.c.sale_seq == bindparam("seq"))
)


def void(ledger: Ledger, sale: Sale, shift: Shift, cashier: str, reason: str = "") -> Refund:
    """Take back a whole sale in the shift it was made in; all goods return and all money goes back.

    Pressed twice it gives the same void. Raises Refused for a sale of another shift or one of which something
    came back before; WorldFailed when it cannot be stored, and then nothing was.
    """
    device = ledger.own()
    if sale.device != device.code or sale.shift != shift.seq:
        raise Refused(
            _("Sale {number} was not made in this shift.").format(number=sale.receipt),
            _("Take the goods back as a return."),
        )
    with ledger.write() as conn:
        former = refunds_of(conn, sale)
        if former and former[0].void:
            return former[0]
        if former:
            raise Refused(_("Something of sale {number} came back before.").format(number=sale.receipt))
        fields = {
            "booth": device.booth,
            "number": next_refund_number(conn, device.code),
            "day": shift.day.isoformat(),
            "cashier": cashier,
            "shift": shift.seq,
            "of": {"device": sale.device, "seq": sale.seq, "receipt": sale.receipt},
            "void": True,
            "reason": clean_text(reason, MAX_REASON),
            "lines": [line_fields(line) for line in sale.lines],
            "payments": [{"method": part.method, "amount": part.amount} for part in sale.payments],
            "total": sale.total,
        }
        doc = ledger.post(conn, "refund", fields)
    return read_refund(doc)


def refunds_of(conn: Connection, sale: Sale) -> list[Refund]:
    """What came back of a sale, in the order in which it did."""
    found = conn.execute(_OF_SALE.order_by(DOCUMENT.c.at), {"device": sale.device, "seq": sale.seq})
    return [read_refund(Document(*row[:-1])) for row in found]


def find_refund(ledger: Ledger, receipt: str) -> Refund | None:
    """The refund with this number (`S03K7-R00001`, any case), or None."""
    prefix, dash, digits = receipt.strip().upper().rpartition("-R")
    if not (dash and digits.isascii() and digits.isdigit() and len(digits) < 12):
        return None
    wanted = select(DOCUMENT).join(
        REFUND, (REFUND.c.device == DOCUMENT.c.device) & (REFUND.c.seq == DOCUMENT.c.seq)
    )
    wanted = wanted.where(
        REFUND.c.number == int(digits), REFUND.c.booth + func.substr(REFUND.c.device, 1, 2) == prefix
    )
    with ledger.read() as conn:
        row = conn.execute(wanted.order_by(DOCUMENT.c.device).limit(1)).first()
    return read_refund(Document(*row)) if row else None


def next_refund_number(conn: Connection, device: str) -> int:
    """The number after the last refund of `device`; only inside the transaction that uses it."""
    return (conn.scalar(select(func.max(REFUND.c.number)).where(REFUND.c.device == device)) or 0) + 1


def read_refund(doc: Document) -> Refund:
    """The refund that a document holds."""
    body = decoded(doc.body)
    return Refund(
        device=doc.device,
        seq=doc.seq,
        number=body["number"],
        booth=body["booth"],
        day=date.fromisoformat(body["day"]),
        at=datetime.fromisoformat(doc.at),
        cashier=body["cashier"],
        of=(body["of"]["device"], body["of"]["seq"]),
        receipt_of=body["of"].get("receipt", ""),
        lines=tuple(read_line(line) for line in body["lines"]),
        payments=tuple(Payment(part["method"], part["amount"], part["amount"]) for part in body["payments"]),
        total=body["total"],
        hash=doc.hash,
        reason=body["reason"],
        void=body["void"],
        shift=body["shift"],
    )
