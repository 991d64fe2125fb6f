"""Deposits: papers of their own, never above the order, given back or kept, whole again after a void."""

from __future__ import annotations

import pytest

from pos import orders
from pos.catalog import products
from pos.deposits import cancel, find_deposit, give_back, pay_ahead
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Payment
from pos.order_book import order_of
from pos.payments import METHODS, settle
from pos.preorder import Order, new_entry
from tests.books import documents
from tests.ordering import ahead, counter, ordered, wish


def now(ledger: Ledger, order: Order) -> Order:
    with ledger.read() as conn:
        return order_of(conn, order.root)


@pytest.mark.parametrize("method", METHODS)
def test_a_deposit_is_taken_by_any_way_to_pay(till: Ledger, method: str) -> None:
    order = ordered(till)
    ahead(till, order, 100_000, method)
    paid = now(till, order)
    assert (paid.state, paid.paid, paid.rest) == ("deposit", 100_000, 200_000)
    assert paid.deposits[0].receipt.endswith("-D00001")
    assert paid.deposits[0].method == method


def test_several_deposits_and_parts_have_numbers_of_their_own(till: Ledger) -> None:
    order = ordered(till)
    parts = [settle("cash", 50_000, 100_000), settle("transfer", 25_000, reference="4711")]
    made = pay_ahead(till, order, parts, counter(till), new_entry())
    ahead(till, order, 25_000)
    assert [one.number for one in now(till, order).deposits] == [1, 2, 3]
    assert [(one.before, one.amount, one.tendered) for one in made] == [
        (0, 50_000, 100_000),
        (50_000, 25_000, 25_000),
    ]


def test_the_same_entry_is_taken_once(till: Ledger) -> None:
    order, entry = ordered(till), new_entry()
    for _press in range(3):
        pay_ahead(till, order, [settle("cash", 50_000)], counter(till), entry)
    assert now(till, order).paid == 50_000


def test_a_deposit_above_the_total_is_refused(till: Ledger) -> None:
    order = ordered(till)
    with pytest.raises(Refused, match=r"Rp300\.000"):
        ahead(till, order, 300_001)
    ahead(till, order, 250_000)
    with pytest.raises(Refused, match=r"Rp50\.000"):
        ahead(till, order, 60_000)
    ahead(till, order, 50_000)
    assert now(till, order).rest == 0


@pytest.mark.parametrize("payments", [[], [Payment("cash", 0, 0)], [Payment("cash", -5, -5)]])
def test_a_deposit_is_above_nothing(till: Ledger, payments: list[Payment]) -> None:
    with pytest.raises(Refused, match="di atas 0"):
        pay_ahead(till, ordered(till), payments, counter(till), new_entry())


def test_what_was_paid_ahead_is_no_way_to_pay(till: Ledger) -> None:
    with pytest.raises(Refused, match="deposit"):
        pay_ahead(till, ordered(till), [Payment("deposit", 5, 5)], counter(till), new_entry())
    assert "deposit" not in METHODS


def test_an_order_does_not_become_cheaper_than_its_deposit(till: Ledger) -> None:
    order = ordered(till)
    ahead(till, order, 200_000)
    cart = orders.cart_of(order, products(till), order.cart).without(1)
    with pytest.raises(Refused, match="DP yang sudah dibayar"):
        orders.change(till, now(till, order), cart, wish(), counter(till))


@pytest.mark.parametrize(("back", "paid", "said"), [("cash", 0, "returned"), ("", 80_000, "kept")])
def test_a_cancelled_order_says_what_became_of_its_deposit(
    till: Ledger, back: str, paid: int, said: str
) -> None:
    order = ordered(till)
    ahead(till, order, 80_000)
    cancelled = cancel(till, order, counter(till, "sari"), "batal", back=back, entry=new_entry())
    assert (cancelled.state, cancelled.paid) == ("cancelled", paid)
    bodies = [doc.body for doc in documents(till)[order.device] if doc.kind == "order_step"]
    assert f'"deposit":"{said}"' in bodies[-1]


def test_a_kept_deposit_can_be_given_back_later_once(till: Ledger) -> None:
    order = ordered(till)
    ahead(till, order, 80_000)
    officer, entry = counter(till, "sari"), new_entry()
    cancel(till, order, officer)
    with pytest.raises(Refused, match="petugas"):
        give_back(till, order, counter(till), "cash", entry)
    for _press in range(2):
        assert give_back(till, order, officer, "cash", entry).paid == 0
    with pytest.raises(Refused, match="Tidak ada DP"):
        give_back(till, order, officer, "cash", new_entry())
    assert [one.amount for one in now(till, order).deposits] == [80_000, -80_000]


def test_a_deposit_is_found_by_its_number(till: Ledger) -> None:
    order = ordered(till)
    ahead(till, order, 80_000)
    made = now(till, order).deposits[0]
    assert find_deposit(till, made.receipt.lower()) == made
    for number in ("S03K7-D00099", "x", "-D1", f"XX-D{made.number:05d}"):
        assert find_deposit(till, number) is None
