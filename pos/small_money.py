"""The small notes and coins of the drawer, estimated: what was counted, and what sales moved since.

Nobody writes down which notes a buyer hands over. It is taken to be the fewest that make up the amount, as
the change is, so of each payment only what lies below a note of 10.000 moves small money.
"""

from __future__ import annotations

from sqlalchemy import select

from pos import journal
from pos.body import decoded
from pos.drawer import MONEY
from pos.drawer_count import Counted, counted_of, kept_counts
from pos.ledger import Ledger
from pos.model import Payment, Shift
from pos.money import Rupiah
from pos.payments import SMALL_BELOW
from pos.tables import PAYMENT, SHIFT_CLOSE

LOW: Rupiah = 20_000  # two changes of 9.000, the most that one can take: time to change a note
REFILL: Rupiah = 100_000  # what one large note is changed into
_HALF = 2  # of a float that nobody counted by notes, half is taken to be small


def after_payment(small: Rupiah, payment: Payment) -> Rupiah:
    """How much small money there is after a payment, when there was `small` before; never below 0."""
    if payment.method != MONEY:
        return small
    return max(small + payment.tendered % SMALL_BELOW - payment.change % SMALL_BELOW, 0)


def small_money(ledger: Ledger, shift: Shift) -> Rupiah:
    """How much small money is in the drawer of `shift` now, as far as the books tell."""
    counts = kept_counts(ledger, shift)
    counted = counts[-1] if counts else _former(ledger, shift)
    small = _small_in(counted) if counted else shift.float_cash // _HALF
    since = counts[-1].seq if counts else shift.seq
    mine = (PAYMENT.c.device == shift.device, PAYMENT.c.seq > since, PAYMENT.c.method == MONEY)
    query = select(PAYMENT.c.amount, PAYMENT.c.tendered).where(*mine).order_by(PAYMENT.c.seq)
    with ledger.read() as conn:
        for amount, tendered in conn.execute(query):
            small = after_payment(small, Payment(MONEY, amount, tendered))
    return small


def _former(ledger: Ledger, shift: Shift) -> Counted | None:
    """The count that the shift before closed with, where it is what this one began with."""
    mine = (SHIFT_CLOSE.c.device == shift.device, SHIFT_CLOSE.c.seq < shift.seq)
    newest = select(SHIFT_CLOSE.c.seq).where(*mine).order_by(SHIFT_CLOSE.c.seq.desc()).limit(1)
    with ledger.read() as conn:
        seq = conn.scalar(newest)
        doc = journal.document(conn, shift.device, seq) if seq is not None else None
    counted = counted_of(decoded(doc.body)["counts"][-1]) if doc else None
    return counted if counted and counted.total == shift.float_cash and not counted.other else None


def _small_in(counted: Counted) -> Rupiah:
    return sum(note * pieces for note, pieces in counted.notes.items() if note < SMALL_BELOW)
