"""State revenue (PNBP) that was paid in, entry by entry, and what each institution is to bring in a year.

An entry has what the treasury's own papers have: the kode billing of SIMPONI (15 digits) and the NTPN
(16 letters and digits), see domain.md 3.1. The books of the treasury hold; here is only what was entered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from pos.approvals import take
from pos.body import decoded
from pos.catalog import institution_named
from pos.consignment import MAX_WORD
from pos.derive.settling import BILLING, NTPN, YEARS
from pos.derive.shapes import MAX_REVISION
from pos.errors import Refused
from pos.journal import documents_of
from pos.ledger import Ledger
from pos.model import By, Document, Fields, paper_number
from pos.money import MAX_AMOUNT, Rupiah, rupiah
from pos.numbers import next_number, numbered
from pos.restate import printed_hash
from pos.settled_tables import PNBP, TARGET
from pos.tables import DOCUMENT
from pos.text import _, clean_text, long_date

LETTER = "N"  # of the series of entries
FIRST_DAY = date(2000, 1, 1)  # before it nothing of this was paid in; an older day is a slip of the finger


@dataclass(frozen=True, slots=True)
class Paid:
    """What is to be entered: how much an institution paid in, when, and the treasury's two numbers."""

    institution: str
    day: date
    amount: Rupiah
    billing: str
    ntpn: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as stored. One with an amount below 0 takes back the one that `of` names (device and seq)."""

    device: str
    seq: int
    number: int
    booth: str
    at: datetime
    cashier: str
    paid: Paid
    hash: str
    of: tuple[str, int] | None = None

    @property
    def receipt(self) -> str:
        """The number people see, such as `K01K7-N00001`."""
        return paper_number(self.booth, self.device, LETTER, self.number)


def billing_of(text: str) -> str:
    """A kode billing as it was typed, without spaces and dots. Raises Refused for what is none."""
    bare = "".join(text.split()).replace(".", "").replace("-", "")
    if not BILLING.fullmatch(bare):
        raise Refused(
            _("'{text}' is not a billing code: it has 15 digits.").format(text=text[:40]),
            _("It stands on the billing that SIMPONI made."),
        )
    return bare


def ntpn_of(text: str) -> str:
    """An NTPN as it was typed, in capitals. Raises Refused for what is none."""
    bare = "".join(text.split()).replace("-", "").upper()
    if not NTPN.fullmatch(bare):
        raise Refused(
            _("'{text}' is not an NTPN: it has 16 letters and digits.").format(text=text[:40]),
            _("It stands on the proof that the bank gave."),
        )
    return bare


def enter_pnbp(ledger: Ledger, paid: Paid, by: By) -> Entry:
    """Put down that an institution paid state revenue in.

    Raises Refused without the right to, for numbers that the treasury does not give, a day to come, an amount
    that is none, an unknown institution, and an NTPN that was entered before.
    """
    billing, ntpn = billing_of(paid.billing), ntpn_of(paid.ntpn)
    if not 1 <= paid.amount <= MAX_AMOUNT:
        raise Refused(_("How much was paid in?"), _("An amount above 0."))
    today = ledger.clock.now().date()
    if not FIRST_DAY <= paid.day <= today:
        raise Refused(
            _("{day} cannot be the day of payment.").format(day=long_date(paid.day)),
            _("A day up to today, {day}.").format(day=long_date(today)),
        )
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "pnbp", paid.institution)
        name = institution_named(conn, paid.institution).name
        if former := _standing(conn, ntpn):
            raise Refused(
                _("This NTPN was entered already: {number}, {amount}, {day}.").format(
                    number=former.receipt,
                    amount=rupiah(former.paid.amount),
                    day=long_date(former.paid.day),
                ),
                _("Each NTPN is entered once."),
            )
        fields = _fields(conn, ledger, by) | {
            "day": paid.day.isoformat(),
            "institution": paid.institution,
            "names": {"institution": name, "cashier": by.who.name},
            "amount": paid.amount,
            "billing": billing,
            "ntpn": ntpn,
            "note": clean_text(paid.note, MAX_WORD),
        }
        return read_entry(ledger.post(conn, "pnbp", fields | allowed))


def take_back_pnbp(ledger: Ledger, entry: Entry, reason: str, by: By) -> Entry:
    """Take an entry back that was made by mistake, by an entry of its own; the same again gives that one.

    Raises Refused without the right to or a reason, and for an entry that takes another one back.
    """
    if not clean_text(reason):
        raise Refused(_("Why is it taken back?"), _("The reason stands in the books."))
    if entry.of:
        raise Refused(_("{number} itself takes an entry back.").format(number=entry.receipt))
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "pnbp", entry.receipt)
        if former := _taken_back(conn, entry):
            return former
        paid = entry.paid
        fields = _fields(conn, ledger, by) | {
            "day": paid.day.isoformat(),
            "institution": paid.institution,
            "names": {"institution": institution_named(conn, paid.institution).name, "cashier": by.who.name},
            "amount": -paid.amount,
            "billing": paid.billing,
            "ntpn": paid.ntpn,
            "note": clean_text(reason, MAX_WORD),
            "of": {"device": entry.device, "seq": entry.seq},
        }
        return read_entry(ledger.post(conn, "pnbp", fields | allowed))


def set_targets(ledger: Ledger, year: int, amounts: Mapping[str, Rupiah], by: By) -> int:
    """Put down what institutions are to bring in `year`, by code; how many of them are new or changed.

    Raises Refused without the right to, for an unknown institution, a year or an amount that is none; then
    nothing was changed.
    """
    if not YEARS[0] <= year <= YEARS[1]:
        raise Refused(_("'{year}' is not a year.").format(year=year))
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "target", str(year))
        rows = conn.execute(select(TARGET).where(TARGET.c.year == year))
        known = {row.institution: (row.amount, row.revision) for row in rows}
        cards = []
        for code, amount in amounts.items():
            institution_named(conn, code)
            if not 0 <= amount <= MAX_AMOUNT:
                raise Refused(_("A target is an amount from 0 on."))
            former, revision = known.get(code, (None, 0))
            if amount != former:
                new = min(revision + 1, MAX_REVISION)
                cards.append({"institution": code, "year": year, "amount": amount, "revision": new})
        if cards:
            ledger.post(conn, "target", {"cards": cards, "who": by.who.code} | allowed)
    return len(cards)


def targets(conn: Connection) -> dict[tuple[int, str], Rupiah]:
    """What institutions are to bring, by year and code."""
    return {(row.year, row.institution): row.amount for row in conn.execute(select(TARGET))}


def paid_in(conn: Connection, institution: str = "") -> dict[tuple[int, str], Rupiah]:
    """What institutions paid in, net of what was taken back, by year and code."""
    year, unit = func.substr(PNBP.c.day, 1, 4), PNBP.c.institution
    query = select(year, unit, func.sum(PNBP.c.amount)).group_by(year, unit)
    if institution:
        query = query.where(unit == institution)
    return {(int(row[0]), row[1]): int(row[2]) for row in conn.execute(query)}


def find_entry(ledger: Ledger, number: str) -> Entry | None:
    """The entry with this number (`K01K7-N00001`, any case), or None."""
    with ledger.read() as conn:
        doc = numbered(conn, PNBP, LETTER, number)
    return read_entry(doc) if doc else None


def entries_of(ledger: Ledger, institution: str = "") -> list[Entry]:
    """Every entry, of one institution with its code, by the day of payment."""
    query = documents_of(PNBP)
    if institution:
        query = query.where(PNBP.c.institution == institution)
    with ledger.read() as conn:
        order = (PNBP.c.day, DOCUMENT.c.at, DOCUMENT.c.device, DOCUMENT.c.seq)
        return [read_entry(Document(*row)) for row in conn.execute(query.order_by(*order))]


def read_entry(doc: Document) -> Entry:
    """The entry that a document holds."""
    body = decoded(doc.body)
    paid = Paid(
        body["institution"],
        date.fromisoformat(body["day"]),
        body["amount"],
        body["billing"],
        body["ntpn"],
        body["note"],
    )
    of = body.get("of")
    return Entry(
        device=doc.device,
        seq=doc.seq,
        number=body["number"],
        booth=body["booth"],
        at=datetime.fromisoformat(doc.at),
        cashier=body["cashier"],
        paid=paid,
        hash=printed_hash(body, doc.hash),
        of=(of["device"], of["seq"]) if of else None,
    )


def _fields(conn: Connection, ledger: Ledger, by: By) -> Fields:
    device = ledger.own()
    return {
        "booth": device.booth,
        "number": next_number(conn, PNBP, device.code),
        "cashier": by.who.code,
        "shift": by.shift.seq if by.shift else None,
    }


def _standing(conn: Connection, ntpn: str) -> Entry | None:
    """The entry of this NTPN that was not taken back."""
    rows = conn.execute(documents_of(PNBP).where(PNBP.c.ntpn == ntpn).order_by(DOCUMENT.c.at))
    found = [read_entry(Document(*row)) for row in rows]
    gone = {one.of for one in found}
    return next((one for one in found if one.of is None and (one.device, one.seq) not in gone), None)


def _taken_back(conn: Connection, entry: Entry) -> Entry | None:
    mine = (PNBP.c.of_device == entry.device, PNBP.c.of_seq == entry.seq)
    row = conn.execute(documents_of(PNBP).where(*mine)).first()
    return read_entry(Document(*row)) if row else None
