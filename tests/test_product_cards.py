"""One product by a form: every wrong field in a sentence, prices by those who may, the history of a price."""

from __future__ import annotations

import pytest

from pos.approvals import granted
from pos.catalog import products
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import By, Product
from pos.product_cards import (
    check_card,
    price_history,
    save_product,
)
from tests.books import STAFF, derived, documents

RINA, SARI = STAFF
NEW = {"sku": "MUG", "name": "Mug Sablon", "price": "35.000", "institution": "LPP-PLG"}


def known(ledger: Ledger) -> dict[str, Product]:
    return {product.sku: product for product in products(ledger, inactive=True)}


def card(ledger: Ledger, sku: str = "", **entry: str) -> Product:
    checked = check_card(ledger, entry if sku else {**NEW, **entry}, sku)
    assert checked.product is not None, checked.wrong
    return checked.product


def wrong(ledger: Ledger, sku: str = "", **entry: str) -> dict[str, str]:
    checked = check_card(ledger, entry if sku else {**NEW, **entry}, sku)
    assert checked.product is None
    return dict(checked.wrong)


def priced(ledger: Ledger, price: int, by: By, reason: str = "") -> None:
    """The Peci at another price."""
    save_product(ledger, card(ledger, "PECI", price=str(price)), by, reason)


def test_a_new_product_stands_behind_the_others(till: Ledger) -> None:
    assert save_product(till, card(till, aliases="cangkir|gelas"), By(SARI)) is None
    assert products(till)[-1] == Product(
        "MUG", "Mug Sablon", 35_000, "LPP-PLG", aliases=("cangkir", "gelas"), position=6
    )


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("name", " "),
        ("name", "x" * 300),
        ("price", ""),
        ("price", "12,5"),
        ("price", "2.000.000.000"),
        ("sku", "a|b"),
        ("sku", "nastar-500"),
        ("institution", "Lapas Antah"),
        ("barcode", "kode dua kali?"),
        ("cost", "gratis"),
        ("components", "TIDAK-ADA:1"),
        ("components", "HAMPERS:1"),
        ("components", "MUG:1"),
        ("image", "../rahasia"),
    ],
)
def test_a_wrong_field_has_its_sentence(till: Ledger, column: str, text: str) -> None:
    found = wrong(till, **{column: text})
    assert list(found) == [column]
    assert found[column][:1] == found[column][:1].upper()
    assert found[column].endswith(".")


def test_a_price_that_was_forgotten_is_called_empty(till: Ledger) -> None:
    assert wrong(till, price="")["price"] == "Kosong. Tulis 30000 atau 30.000."


def test_a_barcode_of_another_product_is_refused(till: Ledger) -> None:
    save_product(till, card(till, "PECI", barcode="8991234567890"), By(SARI))
    assert "PECI" in wrong(till, barcode="8991234567890")["barcode"]


def test_a_changed_card_keeps_what_was_not_said(till: Ledger) -> None:
    before = known(till)["NASTAR-500"]
    assert save_product(till, card(till, "NASTAR-500", name="Nastar  Keju"), By(SARI)) == before
    after = known(till)["NASTAR-500"]
    assert (after.name, after.cost, after.aliases) == ("Nastar Keju", before.cost, before.aliases)
    count = len(documents(till)[till.own().code])
    assert save_product(till, after, By(RINA)) == after  # the same again: nothing is written, nobody asked
    assert len(documents(till)[till.own().code]) == count


def test_out_of_sale_and_back(till: Ledger) -> None:
    save_product(till, card(till, "PECI", active="0"), By(SARI))
    assert "PECI" not in {product.sku for product in products(till)}
    save_product(till, card(till, "PECI", active="1"), By(SARI))
    assert "PECI" in {product.sku for product in products(till)}


def test_a_price_needs_the_right_or_an_approval_that_is_used_once(till: Ledger) -> None:
    with pytest.raises(Refused):
        priced(till, 55_000, By(RINA))
    with pytest.raises(Refused):  # of another product
        priced(till, 55_000, By(RINA, approval=granted(till, "sari", "price", "SEMPRONG")))
    with pytest.raises(Refused):  # for the card, not its price
        priced(till, 55_000, By(RINA, approval=granted(till, "sari", "catalog", "PECI")))
    assert known(till)["PECI"].price == 50_000
    allowed = granted(till, "sari", "price", "PECI", "bahan naik")
    priced(till, 55_000, By(RINA, approval=allowed))
    with pytest.raises(Refused):
        priced(till, 60_000, By(RINA, approval=allowed))
    assert known(till)["PECI"].price == 55_000
    (row,) = derived(till)["approval"]
    assert row[2] == allowed.id


def test_a_price_out_of_bounds_is_told(till: Ledger) -> None:
    assert wrong(till, "PECI", price="2000000000").keys() == {"price"}


def test_for_nothing_must_be_meant_and_allowed(till: Ledger) -> None:
    free = card(till, price="0")
    with pytest.raises(Refused, match="Rp0"):
        save_product(till, free, By(SARI))
    with pytest.raises(Refused):
        save_product(till, free, By(RINA, approval=granted(till, "sari", "catalog", "MUG")), free=True)
    save_product(till, free, By(RINA, approval=granted(till, "sari", "price", "MUG")), free=True)
    save_product(till, card(till, "MUG", name="Mug Hadiah"), By(SARI))  # it is free already
    assert known(till)["MUG"].price == 0


def test_the_history_of_a_price(till: Ledger) -> None:
    priced(till, 55_000, By(SARI), "bahan naik")
    save_product(till, card(till, "PECI", name="Peci Emas"), By(SARI))
    priced(till, 52_000, By(RINA, approval=granted(till, "sari", "price", "PECI", "salah ketik")))
    found = [(one.before, one.price, one.who, one.allowed, one.reason) for one in price_history(till, "PECI")]
    assert found == [
        (55_000, 52_000, "rina", "sari", "salah ketik"),
        (50_000, 55_000, "sari", "", "bahan naik"),
        (None, 50_000, "", "", ""),
    ]
    assert price_history(till, "KOPI-GRAM")[0].price == 120
    assert price_history(till, "TIDAK-ADA") == []
