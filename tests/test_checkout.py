"""Checkout: a cart becomes a sale, durably, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.cart import Cart, new_cart
from pos.checkout import checkout, find_sale
from pos.errors import Refused, WorldFailed
from pos.ledger import Ledger, open_ledger
from pos.model import Payment, Sale
from pos.payments import settle
from pos.stock import on_hand
from tests.books import CATALOGUE, DAY, MOMENT, booth, busy_day, cart_of, derived, documents, sell, shift_of


def test_numbers_have_no_gaps(till: Ledger) -> None:
    assert [sell(till, {"SEMPRONG": 1}).number for _n in range(5)] == [1, 2, 3, 4, 5]


def test_other_documents_take_no_receipt_number(till: Ledger) -> None:
    sell(till, {"SEMPRONG": 1})
    shift_of(till)
    with till.write() as conn:
        till.post(conn, "note", {"text": "hujan"})
    assert sell(till, {"SEMPRONG": 1}).number == 2


def test_two_booths_number_on_their_own(till: Ledger, tmp_path: Path) -> None:
    neighbour = booth(tmp_path / "s04.lapak", "S04")
    first, other = sell(till, {"PECI": 1}), sell(neighbour, {"PECI": 1})
    assert first.number == other.number == 1
    assert first.receipt != other.receipt
    neighbour.close()


def test_the_same_cart_is_the_same_sale(till: Ledger) -> None:
    cart = cart_of(till, {"NASTAR-500": 2})
    first = checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "rina")
    before = derived(till)
    again = checkout(till, cart, [settle("qris", cart.total)], shift_of(till), "sari")
    assert again == first
    assert derived(till) == before


def test_fifty_presses_are_one_sale(till: Ledger) -> None:
    cart = cart_of(till, {"PECI": 1})
    pressed = [
        checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "rina").receipt for _n in range(50)
    ]
    assert len(set(pressed)) == 1
    assert on_hand(till)["PECI"] == 99


def test_what_is_answered_is_what_is_stored(till: Ledger) -> None:
    sales = busy_day(till)
    assert [find_sale(till, sale.receipt) for sale in sales] == sales


def test_a_sale_belongs_to_its_shifts_day_not_to_the_clocks(till: Ledger) -> None:
    cart = cart_of(till, {"PECI": 1})
    late = replace(shift_of(till), day=DAY.replace(day=13))
    sale = checkout(till, cart, [settle("cash", cart.total)], late, "rina")
    assert (sale.day.day, sale.at) == (13, MOMENT)


def refused(ledger: Ledger, cart: Cart, payments: list[Payment]) -> None:
    before = documents(ledger)
    with pytest.raises(Refused):
        checkout(ledger, cart, payments, shift_of(ledger), "rina")
    assert documents(ledger) == before


@pytest.mark.parametrize("paid", [0, 64_999, 65_001, 130_000])
def test_payments_must_cover_the_total_exactly(till: Ledger, paid: int) -> None:
    refused(till, cart_of(till, {"NASTAR-500": 1}), [Payment("cash", paid, paid)])


def test_no_payment_is_not_enough(till: Ledger) -> None:
    refused(till, cart_of(till, {"NASTAR-500": 1}), [])


@pytest.mark.parametrize(
    "payments",
    [
        [Payment("cash", 65_000, 60_000)],
        [Payment("cash", 165_000, 165_000), Payment("qris", -100_000, -100_000)],
    ],
)
def test_payments_that_cheat_never_enter_the_books(till: Ledger, payments: list[Payment]) -> None:
    refused(till, cart_of(till, {"NASTAR-500": 1}), payments)


def test_an_empty_cart_is_no_sale(till: Ledger) -> None:
    refused(till, new_cart(), [])


@pytest.mark.parametrize("name", ["", "x" * 101])
def test_a_cart_needs_a_short_name(till: Ledger, name: str) -> None:
    cart = replace(cart_of(till, {"PECI": 1}), id=name)
    refused(till, cart, [settle("cash", cart.total)])


def test_a_full_disk_stores_nothing_and_the_cart_can_be_tried_again(till: Ledger) -> None:
    sales = [sell(till, {"PECI": 1})]
    _pages(till, 1)  # SQLite then takes the file's present size as its disk's end
    cart = _sell_until_full(till, sales)
    _pages(till, 1_000_000)
    assert checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "rina").number == len(sales) + 1
    assert [find_sale(till, sale.receipt) for sale in sales] == sales


def _sell_until_full(ledger: Ledger, sales: list[Sale]) -> Cart:
    """Adds to `sales` what was sold; returns the cart that found no room."""
    while True:
        cart = cart_of(ledger, {"PECI": 1})
        try:
            sales.append(checkout(ledger, cart, [settle("cash", cart.total)], shift_of(ledger), "rina"))
        except WorldFailed:
            return cart


def _pages(ledger: Ledger, most: int) -> None:
    with ledger.read() as conn:
        conn.exec_driver_sql(f"PRAGMA max_page_count = {most}")


def test_a_sale_is_there_when_the_ledger_is_opened_again(till: Ledger) -> None:
    sale = sell(till, {"HAMPERS": 1})
    assert till.path is not None
    till.close()
    again = open_ledger(till.path)
    assert find_sale(again, sale.receipt) == sale
    again.close()


def test_receipts_are_found_in_any_case(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    assert find_sale(till, f" {sale.receipt.lower()} ") == sale


@pytest.mark.parametrize(
    "number",
    [
        "",
        "-",
        "S03",
        "S03ZZ-000001",
        "S03-1",
        "-000001",
        "S03ZZ-" + "9" * 400,
        "S03ZZ-\u0661",
        "' OR 1=1 --1",
    ],
)
def test_an_unknown_receipt_is_refused(till: Ledger, number: str) -> None:
    sell(till, {"PECI": 1})
    with pytest.raises(Refused):
        find_sale(till, number)


def test_a_bundles_money_goes_to_its_makers(till: Ledger) -> None:
    (line,) = sell(till, {"HAMPERS": 1}).lines
    assert {part.sku: part.institution for part in line.parts} == {
        part.sku: product.institution
        for product in CATALOGUE
        for part in line.parts
        if product.sku == part.sku
    }
    assert sum(part.amount for part in line.parts) == line.total
