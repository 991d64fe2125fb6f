"""The cart: arithmetic of a sale that is not yet a fact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.cart import MAX_LINES, MAX_QTY, Cart, CartLine, new_cart, sold_lines
from pos.errors import Refused
from pos.model import Component, Product
from pos.money import MAX_PRICE
from tests.books import CATALOGUE

NASTAR, PUTRI = CATALOGUE[:2]
HAMPERS = next(product for product in CATALOGUE if product.components)


def test_the_same_product_joins_its_line() -> None:
    cart = new_cart().add(NASTAR).add(PUTRI).add(NASTAR, 2)
    assert [(line.product.sku, line.qty) for line in cart.lines] == [("NASTAR-500", 3), ("PUTRI-500", 1)]
    assert (cart.qty, cart.of("NASTAR-500"), cart.of("PECI")) == (4, 3, 0)
    assert cart.total == 3 * 65_000 + 60_000


def test_a_changed_price_makes_a_line_of_its_own() -> None:
    cart = new_cart().add(NASTAR).add(replace(NASTAR, price=70_000))
    assert [line.total for line in cart.lines] == [65_000, 70_000]


def test_a_cart_never_changes() -> None:
    empty = new_cart()
    full = empty.add(NASTAR)
    full.with_qty(0, 5), full.with_discount(0, 1_000), full.without(0), full.add(PUTRI)
    assert (empty.lines, full.lines) == ((), (CartLine(NASTAR),))


def test_every_step_keeps_the_identity() -> None:
    cart = new_cart()
    assert cart.add(NASTAR).with_qty(0, 3).with_discount(0, 5).without(0).id == cart.id
    assert new_cart().id != cart.id


def test_no_pieces_is_no_line() -> None:
    assert new_cart().add(NASTAR).with_qty(0, 0).lines == ()


@pytest.mark.parametrize("discount", [-1, 65_001])
def test_a_discount_is_between_nothing_and_the_line(discount: int) -> None:
    with pytest.raises(Refused):
        new_cart().add(NASTAR).with_discount(0, discount)


def test_fewer_pieces_shrink_a_discount_that_exceeds_them() -> None:
    cart = new_cart().add(NASTAR, 2).with_discount(0, 100_000).with_qty(0, 1)
    assert (cart.discount, cart.total) == (65_000, 0)


@pytest.mark.parametrize("qty", [-1, MAX_QTY + 1])
def test_quantities_have_bounds(qty: int) -> None:
    with pytest.raises(Refused, match=r"1\.000\.000"):
        new_cart().add(NASTAR).with_qty(0, qty)


def test_a_full_cart_takes_no_new_line_but_more_of_an_old_one() -> None:
    lines = tuple(CartLine(replace(NASTAR, sku=f"SKU-{n}")) for n in range(MAX_LINES))
    full = Cart("full", lines)
    with pytest.raises(Refused, match=str(MAX_LINES)):
        full.add(PUTRI)
    assert full.add(lines[0].product).qty == MAX_LINES + 1


def test_a_total_above_a_trillion_is_refused() -> None:
    dear = replace(NASTAR, price=MAX_PRICE)
    assert new_cart().add(dear, 1_000).total == 10**12
    with pytest.raises(Refused):
        new_cart().add(dear, 1_001)


def test_a_sold_line_stands_without_the_catalogue() -> None:
    (line,) = sold_lines(new_cart().add(NASTAR, 2).with_discount(0, 5_000))
    assert (line.name, line.institution, line.unit, line.category) == (
        "Nastar 500 g",
        "LPP-PLG",
        "toples",
        "Kue kering",
    )
    assert (line.qty, line.price, line.discount, line.total, line.cost) == (2, 65_000, 5_000, 125_000, 42_000)
    assert line.parts == ()


def test_a_bundle_leaves_in_parts_that_share_its_money_by_price() -> None:
    components = (Component("NASTAR-500", 1, "LPP-PLG", 65_000), Component("PECI", 2, "LP1-PLG", 50_000))
    (line,) = sold_lines(new_cart().add(replace(HAMPERS, components=components, price=150_000), 3))
    assert [(part.sku, part.qty, part.institution) for part in line.parts] == [
        ("NASTAR-500", 3, "LPP-PLG"),
        ("PECI", 6, "LP1-PLG"),
    ]
    assert [part.amount for part in line.parts] == [177_300, 272_700]  # whole coins


PICK = Product("PILIH", "Pilih 3", 100_000, "LPP-PLG", components=HAMPERS.components, choose=3)
NASTARS = (Component("NASTAR-500", 3),)


def test_bundles_with_other_content_are_lines_of_their_own() -> None:
    mixed = (Component("PECI", 1), Component("NASTAR-500", 2))
    cart = new_cart().add(PICK, 1, NASTARS).add(PICK, 2, mixed).add(PICK, 1, mixed[::-1])
    assert [(line.qty, [(part.sku, part.qty) for part in line.content]) for line in cart.lines] == [
        (1, [("NASTAR-500", 3)]),
        (3, [("NASTAR-500", 2), ("PECI", 1)]),  # in the bundle's own order
    ]
    assert (cart.place(PICK, mixed), cart.place(PICK), cart.of("PILIH")) == (1, None, 4)


def test_the_content_of_a_line_can_be_another() -> None:
    cart = new_cart().add(PICK, 2, NASTARS).with_note(0, "Selamat")
    changed = cart.with_content(0, (Component("SEMPRONG", 2),))
    assert (changed.lines[0].unfilled, changed.lines[0].note, cart.lines[0].unfilled) == (1, "Selamat", 0)
    assert changed.with_qty(0, 3).lines[0].chosen == changed.lines[0].chosen


@pytest.mark.parametrize(
    "chosen",
    [
        (Component("TIADA", 1),),
        (Component("PECI", 4),),
        (Component("PECI", -1), Component("SEMPRONG", 4)),
        (Component("PECI", 2), Component("PECI", 2)),
    ],
)
def test_a_bundle_holds_what_it_offers_and_no_more(chosen: tuple[Component, ...]) -> None:
    with pytest.raises(Refused):
        new_cart().add(PICK, 1, chosen)
    with pytest.raises(Refused):
        new_cart().add(PICK).with_content(0, chosen)


def test_a_fixed_bundle_is_never_filled() -> None:
    with pytest.raises(Refused, match="tidak bisa diisi"):
        new_cart().add(HAMPERS).with_content(0, NASTARS)


def test_an_incomplete_bundle_is_no_line_of_a_sale() -> None:
    with pytest.raises(Refused, match="belum lengkap: 3 buah"):
        sold_lines(new_cart().add(PICK))


PRODUCTS = st.builds(
    Product,
    sku=st.sampled_from("ABCD"),
    name=st.just("x"),
    price=st.integers(0, 10**6),
    institution=st.just("LPP-PLG"),
    components=st.lists(
        st.builds(Component, st.sampled_from("EFGH"), st.integers(1, 9), st.just(""), st.integers(0, 10**6)),
        max_size=4,
    ).map(tuple),
)
STEPS = st.tuples(
    st.sampled_from(["add", "qty", "discount", "remove"]), PRODUCTS, st.integers(0, 50), st.integers(0, 10**6)
)


@given(st.lists(STEPS, max_size=20))
def test_whatever_is_done_the_sums_hold(steps: list[tuple[str, Product, int, int]]) -> None:
    cart = new_cart()
    for verb, product, number, money in steps:
        index = number % len(cart.lines) if cart.lines else 0
        if verb == "add" or not cart.lines:
            cart = cart.add(product, number + 1)
        elif verb == "qty":
            cart = cart.with_qty(index, number)
        elif verb == "discount":
            cart = cart.with_discount(index, min(money, cart.lines[index].gross))
        else:
            cart = cart.without(index)
    lines = sold_lines(cart)
    assert cart.total == cart.subtotal - cart.discount == sum(line.total for line in lines)
    assert all(line.total == line.qty * line.price - line.discount >= 0 for line in lines)
    assert all(sum(part.amount for part in line.parts) == line.total for line in lines if line.parts)
