"""The nouns: frozen, and named as people say them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from pos.ledger import Ledger
from pos.model import Component, Device, Payment, Product, available, receipt_number
from tests.books import MOMENT, event, sell


def test_receipt_numbers_name_booth_device_and_number() -> None:
    assert receipt_number("S03", "K7ABCDEF", 42) == "S03K7-000042"
    assert receipt_number("S03", "K7ABCDEF", 1_234_567) == "S03K7-1234567"


def test_a_device_begins_its_receipt_numbers() -> None:
    assert Device("K7ABCDEF", "booth", "S03", "Stan 03", "LPP-PLG", event()).prefix == "S03K7"


def test_a_sale_answers_what_a_receipt_asks(till: Ledger) -> None:
    sale = sell(till, {"PECI": 2, "SEMPRONG": 1}, tendered=150_000, discount=5_000)
    assert (sale.total, sale.discount, sale.qty, sale.change) == (125_000, 5_000, 3, 25_000)
    assert sale.receipt == f"S03{sale.device[:2]}-000001"
    assert sale.code == sale.hash[:8].upper()
    assert sale.at == MOMENT


def test_change_is_what_goes_back() -> None:
    assert Payment("cash", 87_000, 100_000).change == 13_000


def test_a_sale_is_final(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    with pytest.raises(FrozenInstanceError):
        sale.total = 0  # type: ignore[misc]
    assert replace(sale, total=0) != sale


TWO = Product("PAKET", "Paket", 1, "LPP", components=(Component("A", 2), Component("B", 1)))


@pytest.mark.parametrize(
    ("product", "stock", "left"),
    [
        (Product("A", "A", 1, "LPP"), {"A": 3}, 3),
        (Product("A", "A", 1, "LPP"), {}, None),
        (TWO, {"A": 7, "B": 9}, 3),
        (TWO, {"A": 7, "B": -2}, -2),
        (TWO, {"A": 7}, None),
        (replace(TWO, choose=3), {"A": 7, "B": 4}, 3),  # of eleven pieces
        (replace(TWO, choose=3), {"A": 7, "B": -4}, 2),  # what is lacking takes nothing from the others
        (replace(TWO, choose=3), {"A": 0, "B": 0}, 0),
        (replace(TWO, choose=3), {"A": 7}, None),
    ],
)
def test_how_many_could_be_sold(product: Product, stock: dict[str, int], left: int | None) -> None:
    assert available(product, stock) == left
