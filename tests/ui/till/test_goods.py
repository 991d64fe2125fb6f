"""What the till shows of the goods, and how it finds them."""

from __future__ import annotations

import csv

import pytest

from pos.ledger import Ledger
from pos.model import Institution, Product
from pos.paths import resource
from pos.today import opening_of
from tests.books import DAY, sell
from ui.till.goods import Finder, Item, Shelf, marked_spans, refreshed, shelf_of, split_quantity

MAKER = Institution("LPP-PLG", "Lapas Perempuan Kelas IIA Palembang", "LPP Palembang")


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The goods of the sample exhibition, as they stand in its price list."""
    with resource("exhibition/catalog.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Shelf(
        tuple(
            Item(
                Product(
                    row["sku"],
                    row["name"],
                    int(row["price"]),
                    row["institution"],
                    row["category"],
                    barcode=row["barcode"],
                    aliases=tuple(row["aliases"].split("|")),
                ),
                MAKER,
            )
            for row in rows
        )
    )


def found(shelf: Shelf, text: str) -> list[str]:
    return [shelf.items[row].product.sku for row in Finder(shelf).search(text)]


def test_another_spelling_finds_the_thing(shelf: Shelf) -> None:
    assert found(shelf, "lehar") == ["REHAL", "REHAL-LIPAT"]


def test_names_that_begin_with_it_come_first(shelf: Shelf) -> None:
    assert found(shelf, "nas")[:3] == ["NASTAR-500", "NASTAR-250", "NANAS-GULUNG"]


def test_every_word_must_be_there_in_any_order(shelf: Shelf) -> None:
    assert found(shelf, "500 nastar") == ["NASTAR-500"]
    assert found(shelf, "nastar 750") == []


@pytest.mark.parametrize("text", ["al-qur’an", "al qur'an", "ALQURAN", "rehal  al"])
def test_accents_case_and_marks_do_not_matter(shelf: Shelf, text: str) -> None:
    assert found(shelf, text)[0] == "REHAL"


def test_a_maker_finds_its_goods(shelf: Shelf) -> None:
    assert len(found(shelf, "lpp palembang")) == len(shelf.items)


@pytest.mark.parametrize("code", ["NASTAR-500", "nastar-500", "2059020000017"])
def test_a_code_is_one_product(shelf: Shelf, code: str) -> None:
    row = Finder(shelf).code(code)
    assert row is not None
    assert shelf.items[row].product.sku == "NASTAR-500"


def test_a_code_of_two_products_is_not_guessed() -> None:
    twice = Shelf(tuple(Item(Product(sku, sku, 1, "X", barcode="123"), MAKER) for sku in ("A", "B")))
    assert Finder(twice).code("123") is None
    assert found(twice, "123") == ["A", "B"]


def test_a_slip_of_the_finger_is_forgiven(shelf: Shelf) -> None:
    assert Finder(shelf).suggestion("nastra") == "nastar"
    assert Finder(shelf).suggestion("xq") is None
    assert Finder(shelf).suggestion("zzzzzz") is None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("3*nas", (3, "nas")),
        (" 12 * peci ", (12, "peci")),
        ("3*", (3, "")),
        ("nas", (None, "nas")),
        ("0*nas", (None, "0*nas")),
        ("*nas", (None, "*nas")),
        ("12345678*a", (None, "12345678*a")),
    ],
)
def test_a_quantity_stands_before_the_star(text: str, quantity: tuple[int | None, str]) -> None:
    assert split_quantity(text) == quantity


@pytest.mark.parametrize(
    ("name", "text", "marked"),
    [
        ("Selai Nanas Gulung", "nas", ["nas"]),
        ("Rehal Al-Qur’an", "alquran", ["Al-Qur’an"]),
        ("Nastar 500 g", "500 nas", ["Nas", "500"]),
        ("Nastar", "nast tar", ["Nast"]),
        ("Rehal", "lehar", []),
    ],
)
def test_what_was_searched_is_marked_in_the_name(name: str, text: str, marked: list[str]) -> None:
    spans = [name[start:stop] for start, stop in marked_spans(name, text)]
    assert spans == marked or spans == [text.split(maxsplit=1)[0].capitalize()]


def test_the_shelf_knows_stock_and_who_has_not_sold(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 3})
    shelf = shelf_of(opening_of(till))
    left = {item.product.sku: item.left for item in shelf.items}
    assert (left["NASTAR-500"], left["HAMPERS"]) == (97, 50)
    assert shelf.unsold == {"LP1-PLG", "LPK-MRE"}
    sell(till, {"PECI": 1})
    again = refreshed(shelf, till, DAY)
    assert again.unsold == {"LPK-MRE"}
    assert [item.product for item in again.items] == [item.product for item in shelf.items]


def test_categories_come_in_the_order_of_the_tiles(till: Ledger) -> None:
    shelf = shelf_of(opening_of(till))
    assert shelf.categories() == {"Kue kering": 3, "Busana": 1, "Minuman": 1, "Hampers": 1}
