"""The drawer: cash that goes in and out beside sales, and what should be in it, added up from documents.

A closing adds up the documents that name its shift anew, here. The report of all shifts holds it against the
sums that are kept beside them (SHIFT_SUM, pos/sums.py), and the cross-check holds those against the papers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, cast, func, select

from pos import activity
from pos.approvals import take
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Approval, Device, Shift, Staff, paper_number
from pos.money import MAX_AMOUNT, Rupiah
from pos.numbers import next_number
from pos.shifts import require_open
from pos.staff import staff
from pos.tables import CASH, DEPOSIT, PAYMENT, REFUND, REFUND_PAYMENT, REMITTANCE, SALE
from pos.text import _, clean_text

IN, OUT, BANK = "in", "out", "bank"  # into the drawer, out of it, out of it to the treasurer
CASH_OUT = "cash_out"  # the action of pos/rights.py
MONEY = "cash"  # the way to pay that the drawer holds
MAX_REASON = 120  # characters

Key = tuple[str, int]  # of a shift: device, and seq of its opening
Only = Callable[[Table], tuple[ColumnElement[bool], ...]]  # which rows of a table with device and shift


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` Rupiah (above 0) that go into the drawer or out of it, and what for. kind: see IN."""

    kind: str
    amount: Rupiah
    reason: str


@dataclass(frozen=True, slots=True)
class CashPaper:
    """A move that is stored, with its number as people see it, such as S03K7-C00001."""

    device: str
    seq: int
    number: str
    day: date
    at: datetime
    cashier: str
    move: Move


@dataclass(frozen=True, slots=True)
class Count:
    """How many papers there are, and the Rupiah that they come to."""

    count: int = 0
    amount: Rupiah = 0


Ways = Mapping[str, Count]  # by way to pay, or by kind of cash movement


@dataclass(slots=True)
class Sums:
    """What the documents of one shift come to. Money in Rupiah; `first` and `last` are numbers of receipts.

    `ways` are payments of sales, `back` of what came back, `deposits` net of those given back, `moves` by
    kind of cash movement (amounts below 0 went out), `remitted` cash paid to institutions.
    """

    sales: int = 0
    qty: int = 0
    discount: Rupiah = 0
    net: Rupiah = 0
    first: int = 0
    last: int = 0
    returns: Count = Count()
    voids: Count = Count()
    back_first: int = 0
    back_last: int = 0
    ways: dict[str, Count] = field(default_factory=dict)
    back: dict[str, Count] = field(default_factory=dict)
    deposits: dict[str, Count] = field(default_factory=dict)
    moves: dict[str, Count] = field(default_factory=dict)
    remitted: Count = Count()

    def cash(self, float_cash: Rupiah) -> Rupiah:
        """What should be in the drawer, in Rupiah, when `float_cash` was in it at first."""
        moved = sum(each.amount for each in self.moves.values())
        taken = self.ways.get(MONEY, Count()).amount + self.deposits.get(MONEY, Count()).amount
        return float_cash + taken - self.back.get(MONEY, Count()).amount + moved - self.remitted.amount


def move_cash(
    ledger: Ledger, shift: Shift, move: Move, who: str, approval: Approval | None = None
) -> CashPaper:
    """Put money into the drawer of `shift`, or take it out; `who` is a staff code.

    Out needs the right `cash_out`, or its approval for `move_subject`. Raises Refused without amount or
    reason, for a shift that was closed or is another laptop's; durable when this returns.
    """
    device, reason = ledger.own(), clean_text(move.reason, MAX_REASON)
    if not 0 < move.amount <= MAX_AMOUNT:
        raise Refused(_("Type how much money it is."))
    if not reason:
        raise Refused(_("Say what the money is for."))
    require_own(device, shift)
    person = staff(ledger).get(who) or Staff(who, who)
    with ledger.write() as conn:
        require_open(conn, shift)
        allowed = {} if move.kind == IN else take(conn, approval, person, CASH_OUT, move_subject(shift, move))
        number = next_number(conn, CASH, device.code)
        fields = {"number": number, "day": shift.day.isoformat(), "cashier": who, "shift": shift.seq}
        fields |= {"move": move.kind, "amount": move.amount if move.kind == IN else -move.amount}
        doc = ledger.post(conn, "cash", fields | {"reason": reason} | allowed)
    paper = paper_number(device.booth, device.code, "C", number)
    at = datetime.fromisoformat(doc.at)
    return CashPaper(doc.device, doc.seq, paper, shift.day, at, who, replace(move, reason=reason))


def move_subject(shift: Shift, move: Move) -> str:
    """What an approval of taking money out of the drawer of `shift` is for."""
    return f"{shift.device} #{shift.seq} {move.kind} {move.amount}"


def note_opened(ledger: Ledger, shift: Shift | None, cashier: str, reason: str) -> None:
    """The drawer was opened without a sale. Raises Refused without a reason."""
    words = clean_text(reason, MAX_REASON)
    if not words:
        raise Refused(_("Say why the drawer is opened."))
    activity.note(ledger, activity.DRAWER, words, cashier, shift)


def require_own(device: Device, shift: Shift) -> None:
    """Raise Refused for a shift of another laptop."""
    if shift.device != device.code:
        raise Refused(
            _("This shift was opened on another laptop."), _("Close it there, on the laptop that opened it.")
        )


def shift_sums(conn: Connection, shift: Shift) -> Sums:
    """What the documents of one shift come to."""
    found = sums(
        conn,
        lambda table: (
            table.c.device == shift.device,
            table.c.seq > shift.seq,  # by the key: there is no index over shifts
            table.c.shift == shift.seq,
        ),
    )
    return found.get((shift.device, shift.seq), Sums())


def last_money(conn: Connection, shift: Shift) -> int:
    """The seq of the newest document that moved money in `shift`; of its opening when there is none."""
    newest = shift.seq
    for table in (SALE, REFUND, DEPOSIT, CASH, REMITTANCE):
        mine = (table.c.device == shift.device, table.c.seq > shift.seq, table.c.shift == shift.seq)
        newest = max(newest, conn.scalar(select(func.max(table.c.seq)).where(*mine)) or 0)
    return newest


def sums(conn: Connection, only: Only) -> dict[Key, Sums]:
    """What the documents of shifts come to, by shift; `only` gives the conditions on each table."""
    found: dict[Key, Sums] = defaultdict(Sums)
    _add_sales(conn, only, found)
    _add_refunds(conn, only, found)
    for row in _by(conn, DEPOSIT, DEPOSIT.c.method, DEPOSIT.c.amount, only):
        found[row[0], row[1]].deposits[row[2]] = Count(row[3], row[4])
    for row in _by(conn, CASH, CASH.c.kind, CASH.c.amount, only):
        found[row[0], row[1]].moves[row[2]] = Count(row[3], row[4])
    for row in _by(conn, REMITTANCE, REMITTANCE.c.method, REMITTANCE.c.amount, only):
        if row[2] == MONEY:
            found[row[0], row[1]].remitted = Count(row[3], row[4])
    return found


def _add_sales(conn: Connection, only: Only, found: dict[Key, Sums]) -> None:
    columns = (_sum(SALE.c.qty), _sum(SALE.c.discount), _sum(SALE.c.total))
    numbers = (func.min(SALE.c.number), func.max(SALE.c.number))
    for row in conn.execute(
        select(*_key(SALE), func.count(), *columns, *numbers).where(*only(SALE)).group_by(*_key(SALE))
    ):
        mine = found[row[0], row[1]]
        mine.sales, mine.qty, mine.discount, mine.net, mine.first, mine.last = row[2:]
    way, money = PAYMENT.c.method, PAYMENT.c.amount
    for device, shift, method, count, amount in _by(conn, SALE, way, money, only, PAYMENT):
        found[device, shift].ways[method] = Count(count, amount)


def _add_refunds(conn: Connection, only: Only, found: dict[Key, Sums]) -> None:
    numbers = (func.min(REFUND.c.number), func.max(REFUND.c.number))
    columns = (*_key(REFUND), REFUND.c.void, func.count(), _sum(REFUND.c.total), *numbers)
    for row in conn.execute(select(*columns).where(*only(REFUND)).group_by(*_key(REFUND), REFUND.c.void)):
        mine, counted = found[row[0], row[1]], Count(row[3], row[4])
        mine.voids, mine.returns = (counted, mine.returns) if row[2] else (mine.voids, counted)
        mine.back_first = min(mine.back_first or row[5], row[5])
        mine.back_last = max(mine.back_last, row[6])
    way, money = REFUND_PAYMENT.c.method, REFUND_PAYMENT.c.amount
    for device, shift, back, count, amount in _by(conn, REFUND, way, money, only, REFUND_PAYMENT):
        found[device, shift].back[back] = Count(count, amount)


def _by(
    conn: Connection,
    papers: Table,
    what: ColumnElement[str],
    amount: ColumnElement[int],
    only: Only,
    parts: Table | None = None,
) -> list[tuple[str, int, str, int, int]]:
    """Shift, `what`, how many and their Rupiah; `parts` are rows of `papers`, joined to them."""
    key = _key(papers)
    query = select(*key, what, func.count(), _sum(amount)).where(*only(papers)).group_by(*key, what)
    if parts is not None:
        same = (parts.c.device == papers.c.device) & (parts.c.seq == papers.c.seq)
        query = query.select_from(papers.join(parts, same))
    return [(row[0], row[1], row[2], row[3], row[4]) for row in conn.execute(query)]


def _key(table: Table) -> tuple[ColumnElement[str], ColumnElement[int]]:
    return table.c.device, table.c.shift


def _sum(column: ColumnElement[int]) -> ColumnElement[int]:
    """Uncast, PostgreSQL would answer a decimal number."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)
