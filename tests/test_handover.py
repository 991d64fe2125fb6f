"""Handing over: one sale with what was paid ahead and the rest, once; a void makes all of it open again."""

from __future__ import annotations

import pytest

from pos.catalog import products
from pos.clock import new_id
from pos.errors import Refused
from pos.handover import hand_over
from pos.ledger import Ledger
from pos.model import Payment
from pos.order_book import order_of
from pos.orders import cart_of, change, ready
from pos.payments import settle
from pos.preorder import Order
from pos.refunds import void
from pos.reports import Period, run_report
from pos.stock import on_hand
from tests.books import shift_of
from tests.ordering import ahead, counter, handed_over, ordered, wish


def now(ledger: Ledger, order: Order) -> Order:
    with ledger.read() as conn:
        return order_of(conn, order.root)


def balanced(ledger: Ledger) -> bool:
    return run_report(ledger, "reconcile", Period()).totals == {"difference": 0}


def test_the_rest_is_paid_and_the_goods_go(till: Ledger) -> None:
    order = ordered(till)
    ahead(till, order, 100_000, "transfer")
    sale = hand_over(till, now(till, order), [settle("cash", 200_000, 250_000)], counter(till), new_id())
    assert [(part.method, part.amount) for part in sale.payments] == [("deposit", 100_000), ("cash", 200_000)]
    assert sale.payments[0].reference == now(till, order).deposits[0].receipt
    assert (sale.total, sale.change, sale.order) == (300_000, 50_000, order.receipt)
    taken = now(till, order)
    assert taken.taken is not None
    assert (taken.state, taken.taken.receipt) == ("taken", sale.receipt)
    assert on_hand(till)["NASTAR-500"] == 97
    assert balanced(till)
    paid = {row[0]: row[3] for row in run_report(till, "payments", Period()).rows}
    assert (paid["deposit"], paid["cash"]) == (100_000, 200_000)


def test_an_order_paid_in_full_is_handed_over_without_a_payment(till: Ledger) -> None:
    order = ordered(till)
    ahead(till, order, 300_000)
    sale = handed_over(till, now(till, order))
    assert [(part.method, part.amount) for part in sale.payments] == [("deposit", 300_000)]
    assert balanced(till)


def test_without_a_deposit_it_is_a_sale_like_others(till: Ledger) -> None:
    assert [part.method for part in handed_over(till, ordered(till), method="qris").payments] == ["qris"]


def test_it_is_handed_over_once(till: Ledger) -> None:
    order, cart = ordered(till), new_id()
    first = handed_over(till, order, cart)
    assert handed_over(till, order, cart) == first
    with pytest.raises(Refused, match="diserahkan"):
        handed_over(till, order)


def test_a_void_makes_it_open_and_the_deposit_whole(till: Ledger) -> None:
    order = ready(till, ordered(till), counter(till))
    ahead(till, order, 100_000)
    sale = handed_over(till, now(till, order))
    void(till, sale, shift_of(till), "sari", "salah orang")
    again = now(till, order)
    assert (again.state, again.paid, again.rest) == ("ready", 100_000, 200_000)
    second = handed_over(till, again)
    assert second.receipt != sale.receipt
    assert now(till, order).state == "taken"
    assert balanced(till)


@pytest.mark.parametrize("amount", [199_999, 200_001, 0])
def test_the_payments_are_the_rest(till: Ledger, amount: int) -> None:
    order = ordered(till)
    ahead(till, order, 100_000)
    with pytest.raises(Refused, match="tidak sama dengan sisa"):
        hand_over(till, order, [Payment("cash", amount, amount)], counter(till), new_id())


def test_what_was_paid_ahead_is_not_paid_again(till: Ledger) -> None:
    order = ordered(till)
    with pytest.raises(Refused, match="dihitung sendiri"):
        hand_over(till, order, [Payment("deposit", 300_000, 300_000)], counter(till), new_id())


def test_an_order_changed_meanwhile_is_not_sold_at_the_old_sum(till: Ledger) -> None:
    order = ordered(till)
    cart = cart_of(order, products(till), order.cart).with_qty(0, 5)
    change(till, order, cart, wish(), counter(till))
    with pytest.raises(Refused, match="buka lagi"):
        hand_over(till, order, [settle("cash", order.rest)], counter(till), new_id())
