"""The drawer, the goods and the orders of the till's state machine (tests/fuzz/till.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos.catalog import products
from pos.clock import new_id
from pos.closed_days import close_day
from pos.consignment import give_back, receive, write_off
from pos.counts import enter, explain, finish
from pos.deliveries import Entry, Head
from pos.deposits import cancel, pay_ahead
from pos.drawer import Move, move_cash
from pos.handover import hand_over
from pos.money import Rupiah
from pos.order_book import order_of
from pos.orders import change, place, prepare, ready, reopen
from pos.payments import settle
from pos.people import add_person
from pos.preorder import Contact, Order, Wish, new_entry
from pos.privacy import erase
from pos.product_cards import save_product
from pos.quotas import set_quota
from pos.remittances import Paying, remit
from tests.books import DAY
from tests.fuzz.desk import PLAIN, SKUS, UNITS, Desk, goods, which


class Stall(Desk):
    """The same with a drawer and a shelf."""

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


class OrderDesk(Stall):
    """The same with orders."""

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
