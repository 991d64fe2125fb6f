"""Goods and money going back. The sale stays as it is; what comes back is a numbered paper of its own."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, bindparam

from pos import journal
from pos.approvals import take
from pos.body import decoded
from pos.checkout import line_fields, read_line
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Approval, Back, Document, Payment, Refund, Sale, Shift, Staff
from pos.numbers import next_number, numbered
from pos.restate import printed_hash
from pos.shifts import require_open
from pos.staff import card
from pos.tables import DOCUMENT, REFUND
from pos.text import _, clean_text

MAX_REASON = 120  # characters
AT_ONCE_MS = 8_000  # in which a cashier undoes a sale of their own alone (experience.md 4.6)

_OF_SALE = (
    journal.documents_of(REFUND)
    .where(REFUND.c.sale_device == bindparam("device"), REFUND.c.sale_seq == bindparam("seq"))
    .order_by(DOCUMENT.c.at)
)


def void(
    ledger: Ledger,
    sale: Sale,
    shift: Shift,
    cashier: str,
    reason: str = "",
    approval: Approval | None = None,
) -> Refund:
    """Take back a whole sale in the shift it was made in; all goods return and all money goes back.

    Its own cashier may within AT_ONCE_MS; later, and for anybody else, it needs the right or an approval of
    "void" on the receipt's number, and a reason (experience.md 4.6). Pressed twice it gives the same void.
    Raises Refused for a sale of another shift, one of which something came back before, or without the right;
    WorldFailed when it cannot be stored, and then nothing was.
    """
    device = ledger.own()
    reason = clean_text(reason or (approval.reason if approval else ""), MAX_REASON)
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
        require_open(conn, shift)
        allowed = {}
        if approval or not at_once(ledger, conn, sale, cashier):
            allowed = take(conn, approval, person(conn, cashier), "void", sale.receipt)
            if not reason:
                raise Refused(_("A cancelled sale needs a reason."), _("Choose one and try again."))
        fields = allowed | {
            "booth": device.booth,
            "number": next_number(conn, REFUND, device.code),
            "day": shift.day.isoformat(),
            "cashier": cashier,
            "shift": shift.seq,
            "of": {"device": sale.device, "seq": sale.seq, "receipt": sale.receipt},
            "void": True,
            "reason": reason,
            "lines": [line_fields(line) for line in sale.lines],
            "payments": [{"method": part.method, "amount": part.amount} for part in sale.payments],
            "total": sale.total,
        }
        doc = ledger.post(conn, "refund", fields)
    return read_refund(doc)


def at_once(ledger: Ledger, conn: Connection, sale: Sale, cashier: str) -> bool:
    """Whether `cashier` just made this sale: a slip of the finger is undone without asking anybody.

    Both clocks must say so: that of the machine goes on when somebody sets the other back, and begins anew
    when the machine does.
    """
    if cashier != sale.cashier:
        return False
    doc = journal.document(conn, sale.device, sale.seq)
    up_ms = ledger.clock.uptime_ms() - (decoded(doc.body)["up"] if doc else 0)
    since_s = (ledger.clock.now() - sale.at).total_seconds()
    return 0 <= up_ms <= AT_ONCE_MS and 0 <= since_s <= AT_ONCE_MS // 1000 + 1


def may_void_at_once(ledger: Ledger, sale: Sale, cashier: str) -> bool:
    """Whether `void` asks nobody just now, as `at_once` tells."""
    with ledger.read() as conn:
        return at_once(ledger, conn, sale, cashier)


def person(conn: Connection, code: str) -> Staff:
    """The person with this code; without a card one who may nothing."""
    return card(conn, code) or Staff(code, code, "")


def refunds_of(conn: Connection, sale: Sale) -> list[Refund]:
    """What came back of a sale, in the order in which it did."""
    found = conn.execute(_OF_SALE, {"device": sale.device, "seq": sale.seq})
    return [read_refund(Document(*row)) for row in found]


def find_refund(ledger: Ledger, receipt: str) -> Refund | None:
    """The refund with this number (`S03K7-R00001`, any case), or None."""
    with ledger.read() as conn:
        doc = numbered(conn, REFUND, "R", receipt)
    return read_refund(doc) if doc else None


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
        payments=tuple(
            Payment(part["method"], part["amount"], part["amount"], part.get("reference", ""))
            for part in body["payments"]
        ),
        total=body["total"],
        hash=printed_hash(body, doc.hash),
        reason=body["reason"],
        void=body["void"],
        shift=body["shift"],
        backs=tuple(
            Back(line.get("line", n), line.get("part", -1), line.get("damaged", False))
            for n, line in enumerate(body["lines"])
        ),
        by=body.get("approval", {}).get("by", ""),
        cart=body.get("cart", ""),
    )
