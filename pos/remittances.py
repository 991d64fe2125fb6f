"""The institutions' money: what they are owed of what was sold, what was paid to them, what is still to pay.

A bundle's money belongs to the institutions whose goods are inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from pos.approvals import take
from pos.balances import devices_of, turnover
from pos.body import decoded
from pos.cart import percent_of
from pos.catalog import institution_named
from pos.columns import added
from pos.consignment import MAX_WORD
from pos.errors import Refused
from pos.journal import documents_of
from pos.ledger import Ledger, setting_on
from pos.model import By, Document, paper_number
from pos.money import MAX_AMOUNT, Rupiah, rupiah
from pos.numbers import next_number
from pos.restate import printed_hash
from pos.settings import value_of
from pos.tables import DOCUMENT, REMITTANCE
from pos.text import _, clean_text

PERCENT = "share_percent"  # the setting: how much of what was sold is the institution's
METHODS = ("cash", "transfer")


@dataclass(frozen=True, slots=True)
class Account:
    """What an institution is owed: its turnover net of what came back, its share, what was paid of it."""

    turnover: Rupiah = 0
    share: Rupiah = 0
    paid: Rupiah = 0

    @property
    def due(self) -> Rupiah:
        """Still to pay; below 0 too much was paid, such as after a late return."""
        return self.share - self.paid


@dataclass(frozen=True, slots=True)
class Paying:
    """What is to be paid: how much, how (one of METHODS), who takes it, and the bank's reference."""

    amount: Rupiah
    method: str
    partner: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Remittance:
    """Money that was paid to an institution, as stored. `account` is how it stood before."""

    device: str
    seq: int
    number: int
    booth: str
    day: date
    at: datetime
    institution: str
    institution_name: str
    cashier_name: str
    method: str
    amount: Rupiah
    partner: str
    reference: str
    account: Account
    percent: int
    hash: str

    @property
    def receipt(self) -> str:
        """The number people see, such as `S03K7-S00001`."""
        return paper_number(self.booth, self.device, "S", self.number)

    @property
    def code(self) -> str:
        """Kode periksa, as on a sale."""
        return self.hash[:8].upper()


def percent_set(conn: Connection) -> int:
    """The institutions' share in percent, as set in this ledger."""
    return int(value_of(PERCENT, setting_on(conn, PERCENT)))


def share_of(amount: Rupiah, percent: int) -> Rupiah:
    """The institution's part of an amount in whole Rupiah, a half rounded up."""
    return percent_of(percent, amount)


def accounts(conn: Connection, booth: str = "") -> Mapping[str, Account]:
    """The account of each institution that sold anything or was paid, by code; `booth` narrows it down."""
    percent, sold = percent_set(conn), turnover(conn, booth)
    unit = REMITTANCE.c.institution
    sums = select(unit, added(REMITTANCE.c.amount)).group_by(unit)
    if booth:
        sums = sums.where(REMITTANCE.c.device.in_(devices_of(conn, booth)))
    paid: dict[str, Rupiah] = dict(conn.execute(sums).all())
    return {
        code: Account(sold.get(code, 0), share_of(sold.get(code, 0), percent), paid.get(code, 0))
        for code in sorted({*sold, *paid})
    }


def account_of(ledger: Ledger, institution: str) -> Account:
    """The account of one institution at this laptop's booth."""
    with ledger.read() as conn:
        return accounts(conn, ledger.own().booth).get(institution, Account())


def remit(ledger: Ledger, institution: str, paying: Paying, by: By) -> Remittance:
    """Put down that an institution was paid. By cash it came out of the drawer of the shift.

    Raises Refused without the right to, for more than is still to pay, and for cash outside a shift.
    """
    if paying.method not in METHODS:
        raise Refused(_("'{method}' is not a way to pay an institution.").format(method=paying.method[:20]))
    if not clean_text(paying.partner):
        raise Refused(_("Who takes the money?"), _("Their name stands on the paper they sign."))
    if paying.method == "cash" and by.shift is None:
        raise Refused(_("Cash comes out of a drawer, and no till is open."), _("Open the till first."))
    device = ledger.own()
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "remit", institution)
        unit = institution_named(conn, institution)
        account = accounts(conn, device.booth).get(institution, Account())
        _check_amount(paying.amount, account)
        fields = {
            "booth": device.booth,
            "number": next_number(conn, REMITTANCE, device.code),
            "day": (by.shift.day if by.shift else ledger.clock.now().date()).isoformat(),
            "cashier": by.who.code,
            "shift": by.shift.seq if by.shift else None,
            "institution": institution,
            "method": paying.method,
            "amount": paying.amount,
            "reference": clean_text(paying.reference, MAX_WORD),
            "partner": clean_text(paying.partner, MAX_WORD),
            "names": {"institution": unit.name, "cashier": by.who.name},
            "account": {"turnover": account.turnover, "share": account.share, "paid": account.paid},
            "percent": percent_set(conn),
        }
        return read_remittance(ledger.post(conn, "remittance", fields | allowed))


def _check_amount(amount: Rupiah, account: Account) -> None:
    if not 1 <= amount <= MAX_AMOUNT:
        raise Refused(_("How much was paid?"), _("An amount above 0."))
    if amount > account.due:
        raise Refused(
            _("Only {due} is still to pay.").format(due=rupiah(max(account.due, 0))),
            _("Check the amount; nothing was stored."),
        )


def remittances_of(ledger: Ledger, institution: str) -> list[Remittance]:
    """What was paid to an institution, oldest first."""
    query = documents_of(REMITTANCE).where(REMITTANCE.c.institution == institution)
    with ledger.read() as conn:
        return [read_remittance(Document(*row)) for row in conn.execute(query.order_by(DOCUMENT.c.at))]


def read_remittance(doc: Document) -> Remittance:
    """The payment that a document holds."""
    body = decoded(doc.body)
    names, account = body.get("names", {}), body.get("account", {})
    return Remittance(
        device=doc.device,
        seq=doc.seq,
        number=body["number"],
        booth=body.get("booth", ""),
        day=date.fromisoformat(body["day"]),
        at=datetime.fromisoformat(doc.at),
        institution=body["institution"],
        institution_name=names.get("institution", body["institution"]),
        cashier_name=names.get("cashier", body["cashier"]),
        method=body["method"],
        amount=body["amount"],
        partner=body["partner"],
        reference=body["reference"],
        account=Account(**account),
        percent=body.get("percent", 0),
        hash=printed_hash(body, doc.hash),
    )
