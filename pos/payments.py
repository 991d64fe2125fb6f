"""Ways to pay. A new one is one entry in METHODS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pos.errors import Refused
from pos.model import Payment
from pos.money import MAX_AMOUNT, Rupiah, rupiah
from pos.text import _, clean_text

QRIS_LIMIT: Rupiah = 10_000_000  # per transaction: PADG 24/1/PADG/2022 (domain.md 1.5)
MAX_REFERENCE = 40
SMALL_BELOW: Rupiah = 10_000  # notes below this run out first: prices are multiples of 500 and 1.000
MOST_ASKED: Rupiah = 5_000  # small money that a buyer is asked for beside what they hand over
MISTYPED = 20  # times the bill: the till asks for such an amount a second time
MOST_OPEN = 3  # parts still to come in at once; a part that has come in makes room for another
NOTES: tuple[Rupiah, ...] = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay: may it take more than is due (cash), and the most it takes at once, in Rupiah.

    `called` gives its name in the language in use.
    """

    code: str
    called: Callable[[], str]
    gives_change: bool = False
    limit: Rupiah = MAX_AMOUNT

    @property
    def name(self) -> str:
        """The method's name in the language in use."""
        return self.called()


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        method.code: method
        for method in (
            Method("cash", lambda: _("Cash"), gives_change=True),
            Method("qris", lambda: "QRIS", limit=QRIS_LIMIT),
            Method("transfer", lambda: _("Transfer")),
            Method("card", lambda: _("Card")),
        )
    }
)


def method_name(code: str) -> str:
    """A method's name in the language in use; an unknown code stands for itself."""
    if code == "deposit":  # paid ahead for an order: never offered, only counted
        return _("Deposit")
    return METHODS[code].name if code in METHODS else code


def settle(method: str, due: Rupiah, tendered: Rupiah | None = None, reference: str = "") -> Payment:
    """The payment of `due` Rupiah by `method`; the buyer hands over `tendered` (None: exactly that).

    Raises Refused for an unknown method, too little money, more than the method takes, or change it cannot
    give.
    """
    way = METHODS.get(method)
    if way is None:
        raise Refused(
            _("There is no way to pay called '{method}'.").format(method=method[:40]), ", ".join(METHODS)
        )
    given = due if tendered is None else tendered
    if due < 0 or given > MAX_AMOUNT:
        raise Refused(_("This amount cannot be paid."))
    if given < due:
        raise Refused(_("Short by {amount}.").format(amount=rupiah(due - given)))
    if due > way.limit:
        raise Refused(
            _("{method} takes at most {limit} at once.").format(method=way.name, limit=rupiah(way.limit)),
            _("Split the payment, or use a transfer."),
        )
    if given > due and not way.gives_change:
        raise Refused(_("{method} gives no change; the amount must be exact.").format(method=way.name))
    return Payment(method, due, given, clean_text(reference, MAX_REFERENCE))


def looks_mistyped(due: Rupiah, tendered: Rupiah) -> bool:
    """Whether nobody hands over that much for `due`: a digit too many, or a barcode in the amount field."""
    return tendered > max(due * MISTYPED, NOTES[0])


def quick_amounts(due: Rupiah) -> tuple[Rupiah, ...]:
    """What a buyer is likely to hand over for `due`, ascending, the exact amount first, at most five.

    The bill; the bill rounded up to 10, 20, 50 and 100 thousand; and large notes with the bill's small money
    beside them, so that the change is in round notes: 505.000 for 445.000 (DESIGN.md 6, screen 2).
    """
    offers = {-(-due // note) * note for note in (10_000, 20_000, 50_000, 100_000)}
    offers.add(max(offers) + due % 10_000)
    return (due, *sorted(offers - {due})[:4])


def small_to_ask(due: Rupiah, tendered: Rupiah) -> Rupiah:
    """What to ask the buyer for beside `tendered`, so that fewer small notes go back; 0 if none do.

    For 42.000 paid with 50.000 it is 2.000: then one note of 10.000 goes back. Never more than one could have
    in a pocket: 5.000.
    """
    before = _small_notes(tendered - due)
    found = []
    for round_to in (10_000, 5_000):
        more = -(tendered - due) % round_to
        after = _small_notes(tendered + more - due)
        if 0 < more <= MOST_ASKED and after < before:
            found.append((after, more))
    return min(found)[1] if found else 0


def _small_notes(change: Rupiah) -> int:
    return sum(count for note, count in change_notes(change) if note < SMALL_BELOW)


def change_notes(change: Rupiah) -> tuple[tuple[Rupiah, int], ...]:
    """Which notes and coins to hand back, largest first: 13.000 is one 10.000, one 2.000, one 1.000."""
    notes = []
    for note in NOTES:
        count, change = divmod(change, note)
        if count:
            notes.append((note, count))
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class Share:
    """A part that is still to come in: the way it will be paid, and how much of the bill it is, in Rupiah."""

    method: str
    amount: Rupiah


@dataclass(frozen=True, slots=True)
class Split:
    """One bill paid in any number of parts. The rest is always the last part; `method` is its way to pay.

    `taken` has come in and is never given up; `planned` are the parts before the rest. Like a cart it never
    changes: each verb gives the next one, and raises Refused for what cannot be.
    """

    due: Rupiah
    taken: tuple[Payment, ...] = ()
    planned: tuple[Share, ...] = ()
    method: str = "cash"

    @property
    def came_in(self) -> Rupiah:
        """What has been paid."""
        return sum(payment.amount for payment in self.taken)

    @property
    def left(self) -> Rupiah:
        """What is still to be paid; negative when goods were taken out of the cart behind a payment."""
        return self.due - self.came_in

    @property
    def rest(self) -> Rupiah:
        """The last part."""
        return self.left - sum(share.amount for share in self.planned)

    @property
    def open(self) -> tuple[Share, ...]:
        """The parts still to come in, the rest last."""
        return (*self.planned, Share(self.method, self.rest))

    def plan(self, amount: Rupiah) -> Split:
        """`amount` of the rest becomes a part of its own, paid as the rest was to be."""
        if len(self.open) >= MOST_OPEN:
            raise Refused(_("Take in one of these parts first."))
        if not 0 < amount < self.rest:
            raise Refused(_("Type how much of the rest this part is."))
        return replace(self, planned=(*self.planned, Share(self.method, amount)))

    def with_amount(self, place: int, amount: Rupiah) -> Split:
        """Planned part `place` with another amount; the rest takes up the difference."""
        most = self.planned[place].amount + self.rest - 1
        if not 0 < amount <= most:
            raise Refused(_("This part can be at most {amount}.").format(amount=rupiah(most)))
        return self._with(place, replace(self.planned[place], amount=amount))

    def with_method(self, place: int, method: str) -> Split:
        """Part `place` paid in another way."""
        if place == len(self.planned):
            return replace(self, method=method)
        return self._with(place, replace(self.planned[place], method=method))

    def without(self, place: int) -> Split:
        """Part `place` given up: its money joins the rest. Without the rest the one before it is that."""
        if not self.planned:
            raise Refused(_("What is left must be paid somehow."))
        method = self.planned[-1].method if place == len(self.planned) else self.method
        place = min(place, len(self.planned) - 1)
        return replace(self, planned=(*self.planned[:place], *self.planned[place + 1 :]), method=method)

    def receive(self, place: int, payment: Payment) -> Split:
        """Part `place` has come in; of the rest also a piece may."""
        share = self.open[place]
        last = place == len(self.planned)
        if not 0 < payment.amount <= share.amount or (payment.amount < share.amount and not last):
            raise Refused(_("This part must be {amount}.").format(amount=rupiah(share.amount)))
        if payment.change and (not last or payment.amount < share.amount):
            raise Refused(_("Only the last part gives change."))
        after = replace(self, taken=(*self.taken, payment))
        if not last:
            return replace(after, planned=(*self.planned[:place], *self.planned[place + 1 :]))
        return after.without(place) if self.planned and not after.rest else after

    def _with(self, place: int, share: Share) -> Split:
        return replace(self, planned=(*self.planned[:place], share, *self.planned[place + 1 :]))
