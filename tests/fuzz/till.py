"""Any sequence of verbs at one till, with restarts, repeats and wrong clocks: the books hold after each.

The model beside the ledger is as small as it can be: how many papers each series has, what lies on the shelf,
what is in the drawer, what was sold. Everything else is asked of the ledger's own rules at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from pos import journal
from pos.cart import Cart, new_cart
from pos.carts import held_drafts, keep, open_draft
from pos.catalog import products
from pos.checkout import checkout, find_sale
from pos.clock import Clock, new_id
from pos.closed_days import close_day
from pos.closing import x_report
from pos.consignment import give_back, receive, write_off
from pos.counts import enter, explain, finish
from pos.deliveries import Entry, Head
from pos.deposits import cancel, pay_ahead
from pos.doctor import examine
from pos.draft import HELD, OPEN, Draft
from pos.drawer import Move, move_cash
from pos.errors import Refused
from pos.handover import hand_over
from pos.identity import settle_identity
from pos.ledger import Ledger, open_ledger
from pos.model import AtTill, Refund, Sale, Shift
from pos.money import Rupiah
from pos.order_book import order_of
from pos.orders import change, place, prepare, ready, reopen
from pos.payments import settle
from pos.people import add_person
from pos.preorder import Contact, Order, Wish, new_entry
from pos.privacy import erase
from pos.product_cards import save_product
from pos.quotas import set_quota
from pos.refunds import void
from pos.remittances import Paying, remit
from pos.reports import Period, run_report
from pos.returns import Item, Wanted, take_back
from pos.shifts import current_shift, open_shift
from pos.staff import staff
from pos.stock import on_hand
from pos.tables import SUMS
from tests.books import CATALOGUE, DAY, MOMENT, booth, derived, end_shift
from tests.fuzz.targets import check_sentence
from tests.plain_sums import PLAIN_SUMS

T = TypeVar("T")
SKUS = [product.sku for product in CATALOGUE]
PLAIN = [product for product in CATALOGUE if not product.components]
METHODS = ("cash", "cash", "qris", "transfer", "card")
UNITS = ("LPP-PLG", "LP1-PLG", "LPK-MRE")

goods = st.dictionaries(st.sampled_from(SKUS), st.integers(1, 3), min_size=1, max_size=3)
which = st.integers(0, 9)


class Till(RuleBasedStateMachine):
    """One booth's laptop. `done` counts what was not refused, over all runs: a machine must not be idle."""

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

    @initialize()
    def opens(self) -> None:
        """A booth ready to sell."""
        if not Till.image:
            booth(self.place / "asal.lapak", clock=self.clock).close()
            Till.image = (self.place / "asal.lapak").read_bytes()
        (self.place / "stan.lapak").write_bytes(Till.image)
        self.restarts()

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
        """A sale of this shift is taken back whole."""
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

    @precondition(lambda self: self.sales and self.shift is not None)
    @rule(
        n=which,
        line=which,
        part=which,
        qty=st.integers(1, 3),
        damaged=st.booleans(),
        method=st.sampled_from(("cash", "qris")),
        twice=st.booleans(),
    )
    def takes_back(
        self, n: int, line: int, part: int, qty: int, damaged: bool, method: str, twice: bool
    ) -> None:
        """Some pieces of one line, or of one component; pressed twice it is once."""
        sale = self.sales[-1 - n % len(self.sales)]
        place = line % (len(sale.lines) + 1)  # one too many, now and then
        parts = len(sale.lines[place].parts) if place < len(sale.lines) else 0
        item = Item(place, qty, part % (parts + 1) - 1 if parts else -1, damaged)
        wanted = Wanted(new_id(), (item,), method, "remuk")
        shift = self.shift
        assert shift
        back = self.does("return", lambda: take_back(self.ledger, sale, wanted, shift, "sari"))
        if back:
            self.counts("R", back.number)
            self.came_back(back)
            if twice:
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

    # The drawer and the goods.

    @precondition(lambda self: self.shift is not None)
    @rule(kind=st.sampled_from(("in", "out", "bank")), amount=st.sampled_from((1, 20_000, 0)))
    def moves_cash(self, kind: str, amount: Rupiah) -> None:
        """Into the drawer, out of it, to the bank."""
        shift = self.shift
        assert shift
        paper = self.does("cash", lambda: move_cash(self.ledger, shift, Move(kind, amount, "x"), "sari"))
        if paper:
            self.counts("C", int(paper.number[-5:]))
            self.drawer += amount if kind == "in" else -amount

    @precondition(lambda self: self.shift is not None)
    @rule(n=which, qty=st.integers(0, 60), kind=st.sampled_from(("receive", "back", "damaged", "gift")))
    def moves_goods(self, n: int, qty: int, kind: str) -> None:
        """Goods come, go back, or are written off."""
        product = PLAIN[n % len(PLAIN)]
        head = Head(product.institution, "Yuliana", "1", "remuk")
        entries, by = [Entry(product.sku, qty)], self.sari
        verbs = {
            "receive": ("T", 1, lambda: receive(self.ledger, head, entries, by, 85)),
            "back": ("B", -1, lambda: give_back(self.ledger, head, entries, by)),
        }
        letter, sign, verb = verbs.get(
            kind, ("G", -1, lambda: write_off(self.ledger, kind, head, entries, by))
        )
        slip = self.does(kind, verb)
        if slip:
            self.counts(letter, slip.number)
            self.shelf[product.sku] += sign * qty

    @precondition(lambda self: self.shift is not None)
    @rule(n=which, there=st.integers(0, 120))
    def takes_stock(self, n: int, there: int) -> None:
        """One product is counted, and the difference explained."""
        product = PLAIN[n % len(PLAIN)]
        count = enter(self.ledger, product.institution, product.sku, there)
        if not count.results[product.sku].explained:
            count = explain(self.ledger, product.institution, product.sku, "lost")
        by = self.sari
        slip = self.does("count", lambda: finish(self.ledger, count, by))
        if slip:
            self.counts("G", slip.number)
            self.shelf[product.sku] = there
            assert finish(self.ledger, count, by) == slip

    @precondition(lambda self: self.shift is not None)
    @rule(n=which, amount=st.sampled_from((10_000, 900_000)), method=st.sampled_from(("cash", "transfer")))
    def pays_an_institution(self, n: int, amount: Rupiah, method: str) -> None:
        """Of what was sold for it."""
        by, paying = self.sari, Paying(amount, method, "Yuliana")
        paid = self.does("remit", lambda: remit(self.ledger, UNITS[n % 3], paying, by))
        if paid:
            self.counts("S", paid.number)
            self.drawer -= amount if method == "cash" else 0

    @precondition(lambda self: self.shift is not None)
    @rule(n=which, price=st.integers(0, 200_000), active=st.booleans())
    def changes_a_card(self, n: int, price: Rupiah, active: bool) -> None:
        """Another price; or it is sold no more, and later again."""
        known = products(self.ledger, inactive=True)
        product, by = known[n % len(known)], self.sari
        new = replace(product, price=price) if active else replace(product, name=f"Baru {price}")
        self.does("card", lambda: save_product(self.ledger, new, by))

    @precondition(lambda self: self.shift is not None)
    @rule(n=which, day=st.integers(0, 3), why=st.sampled_from(("", "hujan")))
    def says_things(self, n: int, day: int, why: str) -> None:
        """Somebody new, a closed day, a quota."""
        by, on = self.sari, DAY + timedelta(day)
        self.does("person", lambda: add_person(self.ledger, f"Orang {n}", "kasir", "sari"))
        self.does("closed", lambda: close_day(self.ledger, on, why, by))
        self.does("quota", lambda: set_quota(self.ledger, SKUS[n % len(SKUS)], on, 2 + n, by))

    # Orders.

    @precondition(lambda self: self.shift is not None)
    @rule(items=goods, due=st.integers(0, 3), ahead=st.sampled_from((0, 20_000)))
    def orders_something(self, items: dict[str, int], due: int, ahead: Rupiah) -> None:
        """Somebody orders; some pay ahead."""
        by = self.sari
        wish = Wish(Contact("Ratna", "081271110248"), "booth", by.shift.day + timedelta(due))
        cart = self.cart(items)
        order = self.does("order", lambda: place(self.ledger, cart, wish, by))
        if order:
            self.counts("P", order.number)
            assert place(self.ledger, cart, wish, by) == order
            self.orders.append(order)
            if ahead:
                self.pays_ahead(-1, ahead, "cash")

    @precondition(lambda self: self.orders and self.shift is not None)
    @rule(n=which, amount=st.sampled_from((1, 30_000)), method=st.sampled_from(("cash", "qris")))
    def pays_ahead(self, n: int, amount: Rupiah, method: str) -> None:
        """A deposit."""
        order, by, entry = self.orders[n % len(self.orders) if n >= 0 else -1], self.sari, new_entry()
        paid = self.does("ahead", lambda: pay_ahead(self.ledger, order, [settle(method, amount)], by, entry))
        if paid:
            self.counts("D", paid[0].number)
            self.drawer += amount if method == "cash" else 0

    def fresh(self, n: int) -> Order:
        """An order as it stands now."""
        with self.ledger.read() as conn:
            return order_of(conn, self.orders[n % len(self.orders)].root)

    @precondition(lambda self: self.orders and self.shift is not None)
    @rule(n=which, step=st.sampled_from(("prepare", "ready", "reopen", "change", "erase")), items=goods)
    def goes_on_with_an_order(self, n: int, step: str, items: dict[str, int]) -> None:
        """It is put together, opened again, changed, or who ordered is forgotten."""
        order, by = self.fresh(n), self.sari
        cart = self.cart(items)
        verbs: dict[str, Callable[[], object]] = {
            "prepare": lambda: prepare(self.ledger, order, by),
            "ready": lambda: ready(self.ledger, order, by),
            "reopen": lambda: reopen(self.ledger, order, by),
            "change": lambda: change(self.ledger, order, cart, order.wish, by),
            "erase": lambda: erase(self.ledger, order, by),
        }
        self.does(step, verbs[step])

    @precondition(lambda self: self.orders and self.shift is not None)
    @rule(n=which, back=st.sampled_from(("", "cash")))
    def cancels_an_order(self, n: int, back: str) -> None:
        """With its deposit kept, or given back."""
        order, by = self.fresh(n), self.sari
        before = self.head()
        verb = lambda: cancel(self.ledger, order, by, "batal", back=back, entry=new_entry())  # noqa: E731
        if self.does("cancel", verb) and self.head() != before and back and order.paid > 0:
            self.numbers["D"] += 1
            self.drawer -= order.paid

    @precondition(lambda self: self.orders and self.shift is not None)
    @rule(n=which, method=st.sampled_from(("cash", "qris")))
    def hands_over(self, n: int, method: str) -> None:
        """The order becomes a sale."""
        order, by, cart = self.fresh(n), self.sari, new_id()
        rest = [settle(method, order.rest)] if order.rest else []
        sale = self.does("hand over", lambda: hand_over(self.ledger, order, rest, by, cart))
        if sale:
            self.counts("", sale.number)
            self.leaves(sale)
            self.turnover += sale.total
            self.drawer += order.rest if method == "cash" else 0
            self.sales.append(sale)
            assert hand_over(self.ledger, order, rest, by, cart) == sale

    # What holds.

    @invariant()
    def the_shelf_is_what_moved(self) -> None:
        """Stock arithmetic."""
        if hasattr(self, "ledger"):
            found = on_hand(self.ledger)
            assert {sku: qty for sku, qty in found.items() if qty != self.shelf[sku]} == {}

    @invariant()
    def the_drawer_is_what_moved(self) -> None:
        """Drawer arithmetic, and what was sold."""
        if hasattr(self, "ledger") and (shift := self.shift):
            assert x_report(self.ledger, shift, "rina").expected == self.drawer

    @invariant()
    def carts_put_aside_are_there(self) -> None:
        """Also after a restart; of those being filled the last."""
        if hasattr(self, "ledger"):
            found = open_draft(self.ledger)
            assert {
                one.cart.id: one.cart for one in (*held_drafts(self.ledger), *((found,) if found else ()))
            } == {cart.id: cart for cart in self.aside.values()}

    def teardown(self) -> None:
        """At the end every rule of the books is asked."""
        try:
            if hasattr(self, "ledger"):
                self.ends()
                self.ledger.close()
        finally:
            self.patch.undo()
            self.folder.cleanup()

    def ends(self) -> None:
        """Sums, series, chain, tables, doctor."""
        live = derived(self.ledger)
        with self.ledger.read() as conn:
            for name, plain in PLAIN_SUMS.items():
                table = next(one for one in SUMS if one.name == name)
                kept = sorted(map(tuple, conn.execute(select(table))), key=repr)
                told = sorted(map(tuple, conn.exec_driver_sql(plain)), key=repr)
                assert (
                    [row for row in kept if row not in told] == [] == [row for row in told if row not in kept]
                )
        assert [one for one in examine(self.ledger) if not one.ok] == []
        with self.ledger.write() as conn:
            journal.rebuild(conn, chunk=7)
        assert derived(self.ledger) == live
        for cart, sale in self.carts:
            assert find_sale(self.ledger, sale.receipt).cart == cart.id
        totals = run_report(self.ledger, "totals", Period()).totals
        assert totals["total"] == self.turnover
