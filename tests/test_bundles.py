"""Bundles: what they hold, how it is written, how many are left, and that their money and goods add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos import journal
from pos.bundles import MAX_CHOOSE, Contents, contents_of, contents_text, left_beside, taken
from pos.cart import CartLine, new_cart, sold_lines
from pos.catalog import post_products, products
from pos.checkout import find_sale
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Component, Product, available
from pos.pricelist import export_catalog, import_catalog
from pos.refunds import void
from pos.stock import on_hand
from tests.books import booth, derived, documents, post_unchecked, sell, shift_of
from tests.hampers import PICK, content, filled, product_of, sold, with_choice

TWO_NASTAR = content(NASTAR_500=2, PECI=1)


@pytest.mark.parametrize(
    ("cell", "contents"),
    [
        ("", Contents(())),
        ("NASTAR:2|SEMPRONG:1", Contents((Component("NASTAR", 2), Component("SEMPRONG", 1)))),
        ("3 dari A|B", Contents((Component("A", 1), Component("B", 1)), 3)),
        (" 24 OF  A b | C ", Contents((Component("A b", 1), Component("C", 1)), 24)),
        ("2 dari A:3", Contents((Component("2 dari A", 3),))),  # a colon: as it has always been read
    ],
)
def test_a_cell_says_what_a_bundle_holds(cell: str, contents: Contents) -> None:
    assert contents_of(cell) == contents


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("0 dari A|B", "setidaknya satu"),
        (f"{MAX_CHOOSE + 1} dari A|B", f"lebih dari {MAX_CHOOSE}"),
        ("999999999999 dari A|B", f"lebih dari {MAX_CHOOSE}"),
        ("3 dari A|a", "dua kali"),
        ("3 dari A||B", "bukan isi paket"),
        ("3 dari", "bukan isi paket"),
        ("A", "3 dari NASTAR"),
    ],
)
def test_a_cell_that_cannot_be_says_why(cell: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        contents_of(cell)


SKUS = st.text("ABCXYZ0123 -", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(SKUS, min_size=1, max_size=6, unique_by=str.casefold), st.integers(0, MAX_CHOOSE), st.data())
def test_what_was_written_is_read_again(skus: list[str], choose: int, data: st.DataObject) -> None:
    parts = tuple(Component(sku, 1 if choose else data.draw(st.integers(1, 10_000))) for sku in skus)
    product = replace(PICK, components=parts, choose=choose)
    assert contents_of(contents_text(product)) == Contents(parts, choose)


def test_a_choice_goes_out_in_a_price_list_and_comes_back(till: Ledger, tmp_path: Path) -> None:
    with_choice(till)
    before = documents(till)
    for name in ("a.csv", "a.xlsx"):
        export_catalog(till, tmp_path / name)
        done = import_catalog(till, tmp_path / name)
        assert (done.added, done.changed, done.unchanged) == (0, 0, 7)
    assert documents(till) == before
    assert "3 dari NASTAR-500|SEMPRONG|PECI|PUTRI-500" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_a_price_list_makes_a_choice_of_a_fixed_bundle_and_back(till: Ledger, tmp_path: Path) -> None:
    for cell, choose in (("2 of semprong|Peci", 2), ("PECI:1", 0)):
        (tmp_path / "a.csv").write_text(
            f"sku,name,price,institution,components\nHAMPERS,Hampers,1,LPP-PLG,{cell}\n"
        )
        import_catalog(till, tmp_path / "a.csv")
        assert product_of(till, "HAMPERS").choose == choose
    assert [part.sku for part in product_of(till, "HAMPERS").components] == ["PECI"]


def test_a_price_list_without_the_column_leaves_the_content(till: Ledger, tmp_path: Path) -> None:
    with_choice(till)
    (tmp_path / "a.csv").write_text("sku,name,price,institution\nPILIH-3,Pilih,150000,LPP-PLG\n")
    import_catalog(till, tmp_path / "a.csv")
    assert (product_of(till, "PILIH-3").choose, len(product_of(till, "PILIH-3").components)) == (3, 4)


def test_a_bundle_that_is_wrong_already_does_not_keep_other_goods_from_changing(till: Ledger) -> None:
    post_unchecked(till, Product("RUSAK", "Rusak", 1, "LPP-PLG", components=(Component("NANTI", 1),)))
    assert post_products(till, [replace(product_of(till, "PECI"), price=55_000)]) == (0, 1)


def test_a_cart_takes_what_its_bundles_hold(till: Ledger) -> None:
    pick, hampers = with_choice(till), product_of(till, "HAMPERS")
    cart = filled(pick, TWO_NASTAR, 2).add(hampers, 3).add(product_of(till, "SEMPRONG"), 4)
    assert taken(cart) == {"NASTAR-500": 4 + 3, "PECI": 2 + 3, "SEMPRONG": 6 + 4}
    assert taken(cart, but=0) == {"NASTAR-500": 3, "PECI": 3, "SEMPRONG": 10}


def test_what_is_left_of_a_bundle_is_what_the_other_lines_leave(till: Ledger) -> None:
    pick, hampers = with_choice(till), product_of(till, "HAMPERS")
    stock = {"NASTAR-500": 10, "SEMPRONG": 9, "PECI": 5, "PUTRI-500": 0}
    assert left_beside(hampers, stock, {}) == available(hampers, stock) == 4
    assert left_beside(hampers, stock, taken(new_cart().add(hampers, 2), without="HAMPERS")) == 4
    assert left_beside(hampers, stock, taken(filled(pick, TWO_NASTAR, 3))) == 2  # peci: 5 - 3
    assert left_beside(hampers, stock, taken(filled(pick, TWO_NASTAR, 6))) == -2  # and nobody is kept from it
    assert left_beside(pick, stock, {}) == (10 + 9 + 5) // 3
    assert left_beside(pick, stock, taken(new_cart().add(hampers, 5))) == (5 + 0 + 0) // 3
    assert left_beside(pick, {"PECI": 5}, {}) is None


def test_a_choice_is_not_paid_before_it_is_complete(till: Ledger) -> None:
    pick = with_choice(till)
    before = documents(till)
    for chosen, missing in (((), 3), (content(PECI=1), 2)):
        with pytest.raises(Refused, match=f"belum lengkap: {missing} buah"):
            sold(till, filled(pick, chosen))
    assert documents(till) == before
    with pytest.raises(Refused, match="belum lengkap"):
        sell(till, {"PILIH-3": 1})


def test_the_parts_of_several_hampers_hold_the_goods_and_the_money_of_all(till: Ledger) -> None:
    pick, stock = with_choice(till), on_hand(till)
    sale = sold(till, filled(pick, TWO_NASTAR, 4, discount=7))
    (line,) = find_sale(till, sale.receipt).lines
    assert [(part.sku, part.name, part.institution, part.qty) for part in line.parts] == [
        ("NASTAR-500", "Nastar 500 g", "LPP-PLG", 8),
        ("PECI", "Peci Bordir", "LP1-PLG", 4),
    ]
    assert sum(part.amount for part in line.parts) == line.total == 4 * 140_000 - 7
    assert Counter(on_hand(till)) == Counter(stock) - Counter({"NASTAR-500": 8, "PECI": 4})
    shares = {(row[2], row[3]): row[4:] for row in derived(till)["day_share"]}
    assert shares["LPP-PLG", "PILIH-3"] == (-4, -line.total)
    assert {key: qty for key, (qty, _money) in shares.items() if key[1] != "PILIH-3"} == {
        ("LPP-PLG", "NASTAR-500"): 8,
        ("LP1-PLG", "PECI"): 4,
    }
    void(till, sale, shift_of(till), "rina")
    assert on_hand(till) == stock
    assert {row[4:] for row in derived(till)["day_share"]} == {(0, 0)}


PRICES = st.integers(0, 10**7) | st.just(0)
PARTS = st.lists(st.tuples(PRICES, st.integers(1, 20)), min_size=1, max_size=6)


@given(PARTS, PRICES, st.integers(1, 500), st.data())
def test_no_rupiah_is_lost_between_a_bundle_and_its_parts(
    parts: list[tuple[int, int]], price: int, qty: int, data: st.DataObject
) -> None:
    components = tuple(Component(f"P{n}", each, "LP", cost) for n, (cost, each) in enumerate(parts))
    fixed = Product("PAKET", "Paket", price, "LPP", components=components)
    offered = tuple(replace(part, qty=1) for part in components)
    chosen = replace(fixed, components=offered, choose=sum(part.qty for part in components))
    discount = data.draw(st.integers(0, price * qty))
    whole = data.draw(st.integers(0, price * qty - discount))
    carts = [new_cart().add(fixed, qty), new_cart().add(chosen, qty, components)]
    lines = [sold_lines(cart.with_discount(0, discount).with_off(whole))[0] for cart in carts]
    assert lines[0].parts == lines[1].parts  # chosen or fixed, the same content is the same money
    for line in lines:
        assert sum(part.amount for part in line.parts) == line.total == price * qty - discount - whole
        assert [part.qty for part in line.parts] == [each * qty for _cost, each in parts]
        if any(cost for cost, _each in parts):
            assert all(
                not part.amount for part, (cost, _each) in zip(line.parts, parts, strict=True) if not cost
            )


@pytest.fixture(scope="module")
def stan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One booth for all the examples below: each sells a little more."""
    with closing(booth(tmp_path_factory.mktemp("hampers") / "stan.lapak")) as ledger:
        yield ledger


CHOSEN = st.lists(st.sampled_from([part.sku for part in PICK.components]), min_size=3, max_size=3)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(CHOSEN, st.integers(1, 9)), min_size=1, max_size=4),
    st.integers(0, 3),
    st.sampled_from([140_000, 1, 0, 99_999]),
    st.booleans(),
)
def test_goods_move_exactly_and_rebuilt_equals_live(
    stan: Ledger, lines: list[tuple[list[str], int]], fixed: int, price: int, back: bool
) -> None:
    pick, stock, expected = with_choice(stan, replace(PICK, price=price)), on_hand(stan), Counter[str]()
    cart = new_cart()
    for skus, qty in lines:
        cart = cart.add(pick, qty, tuple(Component(sku, count) for sku, count in Counter(skus).items()))
        for sku in skus:
            expected[sku] += qty
    if fixed:
        hampers = product_of(stan, "HAMPERS")
        cart = cart.add(hampers, fixed)
        expected.update({part.sku: part.qty * fixed for part in hampers.components})
    sale = sold(stan, cart)
    assert taken(cart) == expected
    assert {sku: stock[sku] - left for sku, left in on_hand(stan).items() if stock[sku] != left} == expected
    if back:
        void(stan, sale, shift_of(stan), "rina")
        assert on_hand(stan) == stock
    live = derived(stan)
    with stan.write() as conn:
        journal.rebuild(conn)
    assert derived(stan) == live


def test_a_catalogue_from_elsewhere_is_read_with_care(till: Ledger) -> None:
    """Twice the same component, thousands to choose: another program wrote it, ours shows it."""
    peci = Component("PECI", 1)
    post_unchecked(till, replace(PICK, components=(peci, peci), choose=1_000_000_000))
    odd = product_of(till, PICK.sku)
    line = CartLine(odd, chosen=new_cart().add(odd, 1, (peci,)).lines[0].chosen)
    assert (line.unfilled, line.content[0].qty) == (999_999_999, 1)


def test_a_neighbour_sees_the_same_goods_in_a_hamper(till: Ledger, tmp_path: Path) -> None:
    pick = with_choice(till)
    with closing(booth(tmp_path / "s04", "S04")) as other:
        assert product_of(other, "HAMPERS") == product_of(till, "HAMPERS")
        assert with_choice(other) == pick
    assert [product.sku for product in products(till)][-1] == "PILIH-3"
