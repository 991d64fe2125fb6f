"""Quotas: a day's orders end where the officer says, and the sentence names what is left."""

from __future__ import annotations

from datetime import date

import pytest

from pos import orders
from pos.approvals import granted
from pos.catalog import products
from pos.deposits import cancel
from pos.errors import Refused
from pos.ledger import Ledger
from pos.order_book import order_of
from pos.preorder import Order
from pos.quotas import left, set_quota, subject
from tests.ordering import DUE, counter, ordered, wish


def test_more_than_the_quota_is_refused_and_what_is_left_is_named(till: Ledger) -> None:
    set_quota(till, "NASTAR-500", DUE, 10, counter(till, "sari"))
    order = ordered(till, {"NASTAR-500": 7})
    assert left(till, DUE) == {"NASTAR-500": 3}
    with pytest.raises(Refused, match="tinggal 3"):
        ordered(till, {"NASTAR-500": 4})
    cart = orders.cart_of(order, products(till), order.cart)
    assert orders.change(till, order, cart.with_qty(0, 10), wish(), counter(till)).qty == 10
    with pytest.raises(Refused, match="tinggal 10"):
        orders.change(
            till,
            orders.change(till, now(till, order), cart.with_qty(0, 2), wish(), counter(till)),
            cart.with_qty(0, 11),
            wish(),
            counter(till),
        )
    assert ordered(till, {"NASTAR-500": 99}, due=date(2023, 4, 16)).qty == 99
    assert ordered(till, {"NASTAR-500": 99}, due=None).qty == 99


def now(ledger: Ledger, order: Order) -> Order:
    with ledger.read() as conn:
        return order_of(conn, order.root)


def test_orders_are_closed_and_what_was_taken_stays(till: Ledger) -> None:
    order = ordered(till, {"NASTAR-500": 7})
    set_quota(till, "NASTAR-500", DUE, 0, counter(till, "sari"))
    with pytest.raises(Refused, match="ditutup"):
        ordered(till, {"NASTAR-500": 1})
    cart = orders.cart_of(order, products(till), order.cart)
    assert orders.change(till, order, cart.with_qty(0, 6), wish(), counter(till)).qty == 6
    set_quota(till, "NASTAR-500", DUE, 7, counter(till, "sari"))
    assert ordered(till, {"NASTAR-500": 1}).qty == 1


def test_a_cancelled_order_makes_room(till: Ledger) -> None:
    set_quota(till, "PECI", DUE, 2, counter(till, "sari"))
    order = ordered(till, {"PECI": 2})
    assert left(till, DUE) == {"PECI": 0}
    cancel(till, order, counter(till, "sari"))
    assert left(till, DUE) == {"PECI": 2}


@pytest.mark.parametrize("most", [-1, 10**12])
def test_a_quota_is_a_number(till: Ledger, most: int) -> None:
    with pytest.raises(Refused, match="mulai dari 0"):
        set_quota(till, "PECI", DUE, most, counter(till, "sari"))


def test_a_quota_needs_an_officer(till: Ledger) -> None:
    with pytest.raises(Refused, match="petugas"):
        set_quota(till, "PECI", DUE, 1, counter(till))
    allowed = granted(till, "sari", "quota", subject("PECI", DUE))
    set_quota(till, "PECI", DUE, 1, counter(till, approval=allowed))
    with pytest.raises(Refused, match="sudah dipakai"):
        set_quota(till, "PECI", DUE, 2, counter(till, approval=allowed))
