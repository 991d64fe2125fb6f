"""The catalogue: cards, of which the newest stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.catalog import CARDS_PER_DOCUMENT, institutions, post_products, products
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Component, Product
from tests.books import CATALOGUE, documents, event, new_ledger, post_unchecked

NASTAR = CATALOGUE[0]
NANTI = Component("NANTI|1:", 2)


def test_what_was_put_down_is_for_sale_in_the_order_of_the_tiles(till: Ledger) -> None:
    assert [product.sku for product in products(till)] == [product.sku for product in CATALOGUE]
    assert products(till)[:5] == CATALOGUE[:5]


def test_a_bundle_knows_the_prices_and_makers_of_what_it_holds(till: Ledger) -> None:
    hampers = products(till)[-1]
    costs = [part.cost for part in hampers.components]  # what is inside cost that much
    by_sku = {one.sku: one.cost for one in CATALOGUE}
    assert costs == [by_sku[sku] for sku in ("NASTAR-500", "SEMPRONG", "PECI")]
    assert tuple(replace(part, cost=None) for part in hampers.components) == (
        Component("NASTAR-500", 1, "LPP-PLG", 65_000, "Nastar 500 g"),
        Component("SEMPRONG", 2, "LPP-PLG", 30_000, "Semprong"),
        Component("PECI", 1, "LP1-PLG", 50_000, "Peci Bordir"),
    )


def test_a_new_price_of_a_component_shows_in_the_bundle(till: Ledger) -> None:
    post_products(till, [replace(NASTAR, price=70_000)])
    assert products(till)[-1].components[0].price == 70_000


def test_the_same_again_writes_nothing(till: Ledger) -> None:
    before = documents(till)
    assert post_products(till, products(till)) == (0, 0)
    assert documents(till) == before


def test_new_and_changed_products_are_counted_apart(till: Ledger) -> None:
    wanted = [*CATALOGUE[:3], replace(NASTAR, price=70_000), Product("MUG", "Mug Sablon", 35_000, "LPP-PLG")]
    assert post_products(till, wanted) == (1, 1)


def test_what_is_no_longer_sold_is_kept_but_not_shown(till: Ledger) -> None:
    post_products(till, [replace(NASTAR, active=False)])
    assert "NASTAR-500" not in {product.sku for product in products(till)}
    assert "NASTAR-500" in {product.sku for product in products(till, inactive=True)}


def test_large_catalogues_are_cut_into_documents(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "a.lapak")
    goods = [
        Product(f"SKU-{n:04d}", f"Barang {n}", n, "LPP-PLG", position=n)
        for n in range(CARDS_PER_DOCUMENT + 1)
    ]
    assert post_products(ledger, goods) == (CARDS_PER_DOCUMENT + 1, 0)
    (chain,) = documents(ledger).values()
    assert [doc.kind for doc in chain] == ["device", "catalog", "catalog"]
    assert products(ledger) == tuple(goods)
    ledger.close()


def test_institutions_come_with_the_exhibition(till: Ledger) -> None:
    assert institutions(till) == {unit.code: unit for unit in event().institutions}


@pytest.mark.parametrize(
    "name", ["<b>Nastar</b>", "'; DROP TABLE sale; --", "Kue \U0001f36a", "=1+1", "a|b:c"]
)
def test_names_are_only_names(till: Ledger, name: str) -> None:
    post_products(till, [replace(NASTAR, name=name, sku=name, aliases=(name,))])
    (found,) = (product for product in products(till) if product.sku == name)
    assert (found.name, found.aliases) == (name, (name,))


def test_a_bundle_from_elsewhere_may_hold_what_is_not_known_here(till: Ledger) -> None:
    post_unchecked(till, Product("PAKET", "Paket", 10_000, "LPP-PLG", components=(NANTI,), position=99))
    assert products(till)[-1].components == (NANTI,)


def test_a_choice_of_nothing_from_elsewhere_is_a_plain_product(till: Ledger) -> None:
    post_unchecked(till, Product("PAKET", "Paket", 10_000, "LPP-PLG", position=99, choose=3))
    assert products(till)[-1].choose == 0


def test_how_many_are_chosen_is_kept(till: Ledger) -> None:
    parts = (Component("NASTAR-500", 1), Component("SEMPRONG", 1))
    post_products(till, [Product("PILIH", "Pilih 3", 100_000, "LPP-PLG", components=parts, choose=3)])
    (kept,) = (product for product in products(till) if product.sku == "PILIH")
    assert (kept.choose, [(part.sku, part.qty) for part in kept.components]) == (
        3,
        [("NASTAR-500", 1), ("SEMPRONG", 1)],
    )


PAKET = Product("PAKET", "Paket", 10_000, "LPP-PLG")
PECI = Component("PECI", 1)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ([replace(PAKET, components=(NANTI,))], r"'NANTI\|1:' tidak ada di katalog"),
        ([replace(PAKET, components=(Component("PAKET", 1),))], "tidak dapat berisi dirinya sendiri"),
        ([replace(PAKET, components=(Component("HAMPERS", 1),))], "'HAMPERS' adalah paket"),
        ([replace(CATALOGUE[3], components=(Component("SEMPRONG", 1),))], "'PECI' adalah paket"),
        ([replace(PAKET, components=(PECI, PECI))], "dua kali"),
        ([replace(PAKET, choose=3)], "tidak ada yang bisa dipilih"),
        ([replace(PAKET, choose=25, components=(PECI,))], "lebih dari 24"),
        (
            [
                replace(PAKET, components=(Component("LAIN", 1),)),
                replace(PAKET, sku="LAIN", components=(Component("PAKET", 1),)),
            ],
            "hanya barang satuan",
        ),
    ],
)
def test_a_bundle_that_cannot_be_is_refused(till: Ledger, wanted: list[Product], why: str) -> None:
    before = documents(till)
    with pytest.raises(Refused, match=why):
        post_products(till, wanted)
    assert documents(till) == before
