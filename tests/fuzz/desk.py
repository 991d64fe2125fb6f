"""The day and the sales of the till's state machine (tests/fuzz/till.py), and its small model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pos import journal
from pos.cart import Cart, new_cart
from pos.carts import keep
from pos.catalog import products
from pos.checkout import checkout
from pos.clock import Clock, new_id
from pos.draft import HELD, OPEN, Draft
from pos.errors import Refused
from pos.identity import settle_identity
from pos.ledger import Ledger, open_ledger
from pos.model import AtTill, Refund, Sale, Shift
from pos.money import Rupiah
from pos.payments import settle
from pos.preorder import Order
from pos.refunds import void
from pos.returns import WAYS_BACK, Item, Wanted, take_back
from pos.shifts import current_shift, open_shift
from pos.staff import staff
from tests.books import CATALOGUE, DAY, MOMENT, booth, end_shift
from tests.fuzz.targets import check_sentence

T = TypeVar("T")
SKUS = [product.sku for product in CATALOGUE]
PLAIN = [product for product in CATALOGUE if not product.components]
METHODS = ("cash", "cash", "qris", "transfer", "card")
UNITS = ("LPP-PLG", "LP1-PLG", "LPK-MRE")

# hypothesis likes to leave rules out: what is here happens in each run.
PRELUDE: dict[str, dict[str, object]] = {
    "sells": {"items": {"PECI": 1}, "method": "qris", "off": 3, "buyer": "staff"},
    "pays_again": {"n": 0},
    "takes_back": {"n": 0, "line": 0, "part": 1, "qty": 1, "how": "qris"},
    "voids": {"n": 0},
    "orders_something": {"items": {"SEMPRONG": 2}, "due": 1, "ahead": 20_000},
    "moves_cash": {"kind": "out", "amount": 20_000},
    "takes_stock": {"n": 0, "there": 90},
}

goods = st.dictionaries(st.sampled_from(SKUS), st.integers(1, 3), min_size=1, max_size=3)
which = st.integers(0, 9)


class Desk(RuleBasedStateMachine):
    """One booth's laptop: its days and sales, and a small model of what they come to. `done` counts what was
    not refused, over all runs: a machine must not be idle.
    """

    done: ClassVar[Counter[str]] = Counter()
    image: ClassVar[bytes] = b""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.place = Path(self.folder.name)
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("LAPAK_HOME", str(self.place / "rumah"))
        self.now_s, self.up_s = MOMENT.timestamp(), 1_000.0
        self.numbers = Counter({"T": 1})  # the first goods came in on one slip
        self.shelf = Counter({product.sku: 100 for product in PLAIN})
        self.drawer: Rupiah = 200_000
        self.turnover: Rupiah = 0
        self.carts: list[tuple[Cart, Sale]] = []
        self.sales: list[Sale] = []
        self.orders: list[Order] = []
        self.aside: dict[str, Cart] = {}
        self.ledger: Ledger

    @initialize(prelude=st.permutations(sorted(PRELUDE)))
    def opens(self, prelude: list[str]) -> None:
        """A booth ready to sell, at which each of the main verbs has been done once, in some order."""
        if not Desk.image:
            booth(self.place / "asal.lapak", clock=self.clock).close()
            Desk.image = (self.place / "asal.lapak").read_bytes()
        (self.place / "stan.lapak").write_bytes(Desk.image)
        self.restarts()
        self.sells({"HAMPERS": 2, "NASTAR-500": 1}, "cash", 2, "")
        for verb in prelude:
            getattr(self, verb)(**PRELUDE[verb])

    @property
    def clock(self) -> Clock:
        """A clock that goes on with every verb, and that rules set."""
        return Clock(wall=lambda: self.now_s, monotonic=lambda: self.up_s)

    @property
    def shift(self) -> Shift | None:
        """The open shift."""
        return current_shift(self.ledger)

    @property
    def sari(self) -> AtTill:
        """The officer at the till."""
        shift = self.shift
        assert shift
        return AtTill(staff(self.ledger)["sari"], shift)

    def head(self) -> object:
        """Where the chain ends."""
        with self.ledger.read() as conn:
            return journal.heads(conn)

    def does(self, name: str, verb: Callable[[], T]) -> T | None:
        """What `verb` gives; None when it refuses, which changes nothing."""
        before = self.head()
        self.now_s += 7
        self.up_s += 7
        try:
            found = verb()
        except Refused as error:
            check_sentence(error)
            assert self.head() == before, f"{name} was refused, and yet something was put down"
            return None
        self.done[name] += 1
        return found

    def counts(self, letter: str, number: int) -> None:
        """One more paper of a series, whose number must be the next."""
        self.numbers[letter] += 1
        assert number == self.numbers[letter], (letter, number)

    def leaves(self, sale: Sale, sign: int = -1) -> None:
        """The goods of a sale leave the shelf, or come back to it."""
        for line in sale.lines:
            if not line.parts:
                self.shelf[line.sku] += sign * line.qty
            for part in line.parts:
                self.shelf[part.sku] += sign * part.qty

    # The day.

    @precondition(lambda self: self.shift is None)
    @rule(days=st.integers(-1, 2), float_cash=st.sampled_from((0, 150_000)))
    def opens_a_shift(self, days: int, float_cash: Rupiah) -> None:
        """For any day: people confirm wrong ones."""
        if self.does("open", lambda: open_shift(self.ledger, "rina", DAY + timedelta(days), float_cash)):
            self.drawer = float_cash

    @precondition(lambda self: self.shift is not None)
    @rule(off=st.sampled_from((0, 0, 500, -60_000)), why=st.sampled_from(("", "salah hitung")))
    def closes_the_shift(self, off: Rupiah, why: str) -> None:
        """The count may be wrong; what is not counted in coins of 100 is a difference too."""
        wanted = max(self.drawer + off, 0)
        made = self.does("close", lambda: end_shift(self.ledger, wanted - wanted % 100, why))
        if made:
            assert made.expected == self.drawer
            self.counts("Z", made.number)

    @rule(minutes=st.integers(-2_000, 2_000))
    def sets_the_clock(self, minutes: int) -> None:
        """Somebody sets the clock, or it goes on; the machine's own goes on."""
        self.now_s += minutes * 60

    @rule()
    def restarts(self) -> None:
        """The program ends and is started again."""
        if hasattr(self, "ledger"):
            self.ledger.close()
        self.ledger = open_ledger(self.place / "stan.lapak", self.clock)
        assert settle_identity(self.ledger) is None
        self.done["restart"] += 1

    # Selling.

    @precondition(lambda self: self.shift is not None)
    @rule(
        items=goods,
        method=st.sampled_from(METHODS),
        off=st.integers(0, 4),
        buyer=st.sampled_from(("", "staff")),
    )
    def sells(self, items: dict[str, int], method: str, off: int, buyer: str) -> None:
        """A cart with one of several discounts, paid in one way or two."""
        cart = self.cart(items, off)
        shift = self.shift
        assert shift
        half = cart.total // 2
        payments = [settle(method, cart.total)]
        if off == 4 and half:
            payments = [settle("qris", half), settle("cash", cart.total - half)]
        sale = self.does(
            "sell", lambda: checkout(self.ledger, cart.for_buyer(buyer), payments, shift, "rina")
        )
        if sale:
            self.sold(cart, sale)
            assert sale.total == cart.total

    def cart(self, items: dict[str, int], off: int = 0) -> Cart:
        """A new cart at today's prices."""
        known = {product.sku: product for product in products(self.ledger)}
        cart = new_cart()
        for sku, qty in items.items():
            cart = cart.add(known[sku], qty)
        match off:
            case 1:
                return cart.with_percent(0, 10)
            case 2:
                return cart.with_off(min(700, cart.total))
            case 3:
                return cart.with_percent_off(15)
        return cart

    def sold(self, cart: Cart, sale: Sale) -> None:
        """What a sale does to the model."""
        self.counts("", sale.number)
        self.leaves(sale)
        self.turnover += sale.total
        self.drawer += sum(part.amount for part in sale.payments if part.method == "cash")
        self.carts.append((cart, sale))
        self.sales.append(sale)

    @precondition(lambda self: self.carts and self.shift is not None)
    @rule(n=which)
    def pays_again(self, n: int) -> None:
        """Whoever presses pay once more, also in a later shift, gets the sale that it is."""
        cart, sale = self.carts[n % len(self.carts)]
        shift, before = self.shift, self.head()
        assert shift
        again = checkout(self.ledger, cart, [settle("cash", cart.total)], shift, "sari")
        assert (again, self.head()) == (sale, before)
        self.done["again"] += 1

    @precondition(lambda self: self.sales and self.shift is not None)
    @rule(n=which)
    def voids(self, n: int) -> None:
        """A sale of this shift is taken back whole; pressed twice it is once."""
        sale = self.sales[-1 - n % len(self.sales)]
        shift = self.shift
        assert shift
        before = self.head()
        back = self.does("void", lambda: void(self.ledger, sale, shift, "sari", "salah tekan"))
        if back and self.head() != before:
            self.counts("R", back.number)
            self.leaves(sale, 1)
            self.turnover -= back.total
            self.drawer -= sum(part.amount for part in back.payments if part.method == "cash")
        if back:
            before = self.head()
            assert void(self.ledger, sale, shift, "sari", "salah tekan") == back
            assert self.head() == before

    @precondition(lambda self: self.sales and self.shift is not None)
    @rule(n=which, line=which, part=which, qty=st.integers(1, 3), how=st.sampled_from(WAYS_BACK))
    def takes_back(self, n: int, line: int, part: int, qty: int, how: str) -> None:
        """Some pieces of one line, or of one component; pressed twice it is once."""
        sale = self.sales[-1 - n % len(self.sales)]
        place = line % (len(sale.lines) + 1)  # one too many, now and then
        parts = len(sale.lines[place].parts) if place < len(sale.lines) else 0
        item = Item(place, qty, part % (parts + 1) - 1 if parts else -1, how == "qris")
        wanted = Wanted(new_id(), (item,), how, "remuk")
        shift = self.shift
        assert shift
        back = self.does("return", lambda: take_back(self.ledger, sale, wanted, shift, "sari"))
        if back:
            self.counts("R", back.number)
            self.came_back(back)
            before = self.head()
            assert take_back(self.ledger, sale, wanted, shift, "sari") == back
            assert self.head() == before

    def came_back(self, back: Refund) -> None:
        """What a return does to the model."""
        for line, how in zip(back.lines, back.backs, strict=True):
            parts = [(part.sku, part.qty) for part in line.parts] or [(line.sku, line.qty)]
            for sku, qty in parts:
                self.shelf[sku] += 0 if how.damaged else qty
        self.turnover -= back.total
        self.drawer -= sum(part.amount for part in back.payments if part.method == "cash")

    @rule(items=goods, held=st.booleans())
    def puts_aside(self, items: dict[str, int], held: bool) -> None:
        """A cart is put aside, or is being filled; of the latter there is one."""
        cart = self.cart(items)
        state = HELD if held else OPEN
        keep(self.ledger, Draft(cart, self.clock.now(), state=state))
        if not held:
            self.aside = {key: one for key, one in self.aside.items() if not key.startswith(OPEN)}
        self.aside[f"{state} {cart.id}"] = cart
        self.done["aside"] += 1
