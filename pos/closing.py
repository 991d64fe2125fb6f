"""Closing a shift: the money is counted blind, compared, and the whole shift put down as one document.

The count comes first and is locked before anybody sees what should be there; locked counts are kept on this
laptop, so that a power cut loses none, and all of them go into the document. Closing waits for nothing: no
stock, no network, no other document. Carts put aside stay. What is sold afterwards belongs to the next shift.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from pos import journal
from pos.activity import CLOCK, DRAWER, REPRINT, happened, noted
from pos.approvals import approvers, take
from pos.body import decoded
from pos.carts import held_drafts
from pos.draft import WAITING, Draft
from pos.drawer import BANK, IN, MONEY, OUT, Count, Sums, Ways, last_money, require_own, shift_sums
from pos.drawer_count import Counted, count_fields, counted_of, forget_counts
from pos.errors import Refused
from pos.ledger import Ledger, setting
from pos.local_tables import REMOVAL
from pos.model import (
    Approval,
    Device,
    Document,
    Fields,
    Shift,
    Staff,
    paper_number,
    receipt_number,
)
from pos.money import MAX_AMOUNT, Rupiah
from pos.numbers import next_number
from pos.restate import printed_hash
from pos.settings import value_of
from pos.shifts import number_of_day
from pos.staff import staff
from pos.tables import SHIFT, SHIFT_CLOSE
from pos.text import _, clean_text

REASON_ABOVE: Rupiah = 2_000  # DESIGN.md 6: a larger difference must have a reason
DIFFERENCE = "difference"  # the action of pos/rights.py, and the setting above how many Rupiah it is asked
MAX_REASON = 120  # characters


@dataclass(frozen=True, slots=True)
class Closing:
    """A shift as it was closed (Z), or as it stands (X, whose number is 0). Nothing is added up anew.

    `counted` is None while nothing was counted. `report` holds the figures, see `report_of`.
    """

    device: str
    seq: int
    number: int
    booth: str
    day: date
    at: datetime
    cashier: str
    shift: int
    counts: tuple[Counted, ...]
    counted: Rupiah | None
    expected: Rupiah
    reason: str
    report: Fields
    hash: str
    uncounted: bool = False
    approval: Approval | None = None

    @property
    def difference(self) -> Rupiah:
        """How much more was counted than should be there; below 0 it is short."""
        return 0 if self.counted is None else self.counted - self.expected

    @property
    def paper(self) -> str:
        """The number people see, such as `S03K7-Z00001`."""
        return paper_number(self.booth, self.device, "Z", self.number)


def difference_limit(ledger: Ledger) -> Rupiah:
    """Above how many Rupiah of difference a second person is asked; a setting of the booth."""
    return int(value_of(DIFFERENCE, setting(ledger, DIFFERENCE)))


def closing_subject(shift: Shift) -> str:
    """What an approval of a difference is for: this shift and no other."""
    return f"{shift.device} #{shift.seq}"


def second_person(officers: Sequence[Staff], cashier: str) -> bool:
    """Whether somebody else than `cashier`, who counted, can approve the count. A booth may have one officer
    only, and closing waits for nobody: then their own right and their reason are enough.
    """
    return any(one.code != cashier for one in officers)


def close_shift(
    ledger: Ledger,
    shift: Shift,
    counts: Sequence[Counted],
    reason: str,
    cashier: str,
    approval: Approval | None = None,
) -> Closing:
    """Close `shift` with what was counted last; `cashier` is a staff code. Durable when this returns.

    The same shift again gives the closing that it has. Raises Refused without a count, for one that is older
    than the last movement of money, for a difference without the reason (above REASON_ABOVE) or the approval
    of a second person (above `difference_limit`) that it needs, and for a shift of another laptop; then
    nothing was changed.
    """
    limit = difference_limit(ledger)
    if former := closing_of(ledger, shift):
        return former
    if not counts:
        raise Refused(_("Count the money first."))
    return _close(ledger, shift, counts, reason, (cashier, approval, limit))


def close_uncounted(
    ledger: Ledger,
    shift: Shift,
    reason: str,
    cashier: str,
    approval: Approval | None = None,
    *,
    asked: bool = True,
) -> Closing:
    """Close a forgotten shift whose money can no longer be counted: what should be there is taken as there.

    Needs the right `difference`, or its approval for `closing_subject`, and a reason; else as `close_shift`.
    The document says that nothing was counted. Without `asked` no right is needed: so close commands on the
    booth's own ledger, where nobody can be asked, and no officer's name is put to it either.
    """
    if former := closing_of(ledger, shift):
        return former
    if not clean_text(reason, MAX_REASON):
        raise Refused(_("Say why it was not counted."))
    return _close(ledger, shift, (), reason, (cashier, approval, -1 if asked else 0))


def _close(
    ledger: Ledger,
    shift: Shift,
    counts: Sequence[Counted],
    reason: str,
    by: tuple[str, Approval | None, Rupiah],
) -> Closing:
    """`by` is who closes, what was approved, and above which difference it must be (-1: in any case)."""
    cashier, approval, limit = by
    device, words, around = ledger.own(), clean_text(reason, MAX_REASON), _around(ledger)
    require_own(device, shift)
    person = around.people.get(cashier) or Staff(cashier, cashier)
    with ledger.write() as conn:
        if former := _closing(conn, shift):
            return former
        if not conn.execute(select(SHIFT.c.seq).where(*_is(shift))).first():
            raise Refused(_("This shift is not in this ledger."))
        if counts and last_money(conn, shift) > counts[-1].seq:
            raise Refused(_("Money moved since it was counted."), _("Count again."))
        now = _stand(conn, around, shift, counts, cashier)
        if abs(now.difference) > REASON_ABOVE and not words:
            raise Refused(_("Say why the drawer does not hold what it should."))
        needed = abs(now.difference) > limit
        second = bool(counts) and second_person(around.officers, cashier)
        subject = closing_subject(shift)
        allowed = take(conn, approval, person, DIFFERENCE, subject, second=second) if needed else {}
        held = counts or (Counted({}, cashier, around.at.isoformat(), other=max(now.expected, 0)),)
        fields = {
            "number": next_number(conn, SHIFT_CLOSE, device.code),
            "booth": device.booth,
            "day": shift.day.isoformat(),
            "cashier": cashier,
            "shift": shift.seq,
            "first_seq": shift.seq,
            "last_seq": journal.head(conn, device.code)[0],
            "counts": [count_fields(one) for one in held],
            "counted": held[-1].total,
            "expected": now.expected,
            "reason": words,
            "report": now.report,
            "noted": noted(conn, device.code, shift.seq),
        }
        doc = ledger.post(conn, "shift_close", fields | allowed | ({} if counts else {"uncounted": True}))
        forget_counts(conn)
    return read_closing(doc)


def x_report(ledger: Ledger, shift: Shift, cashier: str) -> Closing:
    """The shift as it stands, without closing it."""
    return prospect(ledger, shift, (), cashier)


def prospect(ledger: Ledger, shift: Shift, counts: Sequence[Counted], cashier: str) -> Closing:
    """The closing that `close_shift` would make now, with number 0 and the head of the chain as it is."""
    around = _around(ledger)
    with ledger.read() as conn:
        return _stand(conn, around, shift, counts, cashier)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a closing tells beside the shift's documents: the laptop, people, carts put aside, and when."""

    device: Device
    people: Mapping[str, Staff]
    officers: Sequence[Staff]
    drafts: Sequence[Draft]
    at: datetime


def _around(ledger: Ledger) -> _Around:
    officers = approvers(ledger, DIFFERENCE)
    return _Around(ledger.own(), staff(ledger), officers, held_drafts(ledger), ledger.clock.now())


def _stand(
    conn: Connection, around: _Around, shift: Shift, counts: Sequence[Counted], cashier: str
) -> Closing:
    """How the shift stands."""
    device, people = around.device, around.people
    sums = shift_sums(conn, shift)
    waiting = [draft.cart.total for draft in around.drafts if draft.state == WAITING]
    others = [one.name for one in around.officers if one.code != cashier]
    report = report_of(device, shift, sums) | _noted(conn, shift)
    report |= {
        "number_of_day": number_of_day(conn, device.code, shift.day, shift.seq),
        "held": len(around.drafts) - len(waiting),
        "waiting": _fields(Count(len(waiting), sum(waiting))),
        "booth_name": device.name,
        "cashier_name": people[cashier].name if cashier in people else cashier,
        "opened_by": people[shift.cashier].name if shift.cashier in people else shift.cashier,
        "officer": others[0] if len(others) == 1 else "",
    }
    return Closing(
        device=device.code,
        seq=0,
        number=0,
        booth=device.booth,
        day=shift.day,
        at=around.at,
        cashier=cashier,
        shift=shift.seq,
        counts=tuple(counts),
        counted=counts[-1].total if counts else None,
        expected=max(min(sums.cash(shift.float_cash), MAX_AMOUNT), -MAX_AMOUNT),
        reason="",
        report=report,
        hash=journal.head(conn, device.code)[1],
    )


def report_of(device: Device, shift: Shift, sums: Sums) -> Fields:
    """The figures of a shift as they stand in its closing: whole Rupiah and counts, and numbers of papers."""
    zero = Count()

    def numbers(letter: str, first: int, last: int) -> list[str]:
        of = (device.booth, device.code)
        made = [paper_number(*of, letter, n) if letter else receipt_number(*of, n) for n in (first, last)]
        return made if last else []

    return {
        "opened": shift.at.isoformat(),
        "sales": {"count": sums.sales, "qty": sums.qty, "gross": sums.net + sums.discount}
        | {"discount": sums.discount, "net": sums.net},
        "returns": _fields(sums.returns),
        "voids": _fields(sums.voids),
        "ways": _ways(sums.ways),
        "back": _ways(sums.back),
        "deposits": _ways(sums.deposits),
        "drawer": {
            "float": shift.float_cash,
            "sales": _fields(sums.ways.get(MONEY, zero)),
            "back": _fields(sums.back.get(MONEY, zero)),
            "deposits": _fields(sums.deposits.get(MONEY, zero)),
            "remitted": _fields(sums.remitted),
        }
        | {kind: _fields(sums.moves.get(kind, zero)) for kind in (IN, OUT, BANK)},
        "numbers": numbers("", sums.first, sums.last),
        "refund_numbers": numbers("R", sums.back_first, sums.back_last),
    }


def closing_of(ledger: Ledger, shift: Shift) -> Closing | None:
    """The closing of a shift, when it was closed."""
    with ledger.read() as conn:
        return _closing(conn, shift)


def last_closing(ledger: Ledger) -> Closing | None:
    """The newest closing of this laptop."""
    newest = (
        journal.documents_of(SHIFT_CLOSE)
        .where(SHIFT_CLOSE.c.device == ledger.own().code)
        .order_by(SHIFT_CLOSE.c.seq.desc())
        .limit(1)
    )
    with ledger.read() as conn:
        row = conn.execute(newest).first()
    return read_closing(Document(*row)) if row else None


def read_closing(doc: Document) -> Closing:
    """The closing that a document holds."""
    body = decoded(doc.body)
    uncounted = body.get("uncounted", False)
    return Closing(
        device=doc.device,
        seq=doc.seq,
        number=body["number"],
        booth=body["booth"],
        day=date.fromisoformat(body["day"]),
        at=datetime.fromisoformat(doc.at),
        cashier=body["cashier"],
        shift=body["shift"],
        counts=tuple(counted_of(one) for one in body["counts"]),
        counted=None if uncounted else body["counted"],
        expected=body["expected"],
        reason=body["reason"],
        report=body["report"],
        hash=printed_hash(body, doc.hash),
        uncounted=uncounted,
        approval=Approval(**body["approval"]) if "approval" in body else None,
    )


def _closing(conn: Connection, shift: Shift) -> Closing | None:
    mine = (SHIFT_CLOSE.c.device == shift.device, SHIFT_CLOSE.c.shift == shift.seq)
    seq = conn.scalar(select(func.min(SHIFT_CLOSE.c.seq)).where(*mine))
    doc = journal.document(conn, shift.device, seq) if seq else None
    return read_closing(doc) if doc else None


def _is(shift: Shift) -> tuple[ColumnElement[bool], ...]:
    return (SHIFT.c.device == shift.device, SHIFT.c.seq == shift.seq)


def _noted(conn: Connection, shift: Shift) -> Fields:
    """What was noted on this laptop beside the documents."""
    gone = (REMOVAL.c.shift == shift.seq, REMOVAL.c.undone == 0)
    count, amount = conn.execute(
        select(func.count(), func.coalesce(func.sum(REMOVAL.c.amount), 0)).where(*gone)
    ).one()
    often = happened(conn, shift.seq)
    fields: Fields = {"removals": {"count": count, "amount": amount}}
    return fields | {f"{kind}_noted": often.get(kind, 0) for kind in (DRAWER, REPRINT, CLOCK)}


def _fields(counted: Count) -> Fields:
    return {"count": counted.count, "amount": counted.amount}


def _ways(ways: Ways) -> list[Fields]:
    """Cash first, the others by their money."""
    order = sorted(ways.items(), key=lambda way: (way[0] != MONEY, -way[1].amount, way[0]))
    return [{"method": method} | _fields(counted) for method, counted in order]
