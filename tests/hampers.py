"""A hamper that the buyer fills, for the books of tests: three of four things of three makers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pos.cart import Cart, new_cart
from pos.catalog import post_products, products
from pos.checkout import checkout
from pos.ledger import Ledger
from pos.model import Component, Product, Sale
from pos.money import Rupiah
from pos.payments import settle
from tests.books import shift_of

PICK = Product(
    "PILIH-3",
    "Hampers Pilih 3",
    140_000,
    "LPP-PLG",
    "Hampers",
    "paket",
    barcode="2059029000033",
    components=tuple(Component(sku, 1) for sku in ("NASTAR-500", "SEMPRONG", "PECI", "PUTRI-500")),
    position=6,
    choose=3,
)


def with_choice(ledger: Ledger, product: Product = PICK) -> Product:
    """Put the hamper into the catalogue; as the catalogue knows it then."""
    post_products(ledger, [product])
    return product_of(ledger, product.sku)


def product_of(ledger: Ledger, sku: str) -> Product:
    """A product as the catalogue knows it."""
    return next(product for product in products(ledger, inactive=True) if product.sku == sku)


def content(**pieces: int) -> tuple[Component, ...]:
    """`content(NASTAR_500=2, PECI=1)`: what was chosen for one hamper."""
    return tuple(Component(sku.replace("_", "-"), qty) for sku, qty in pieces.items())


def filled(product: Product, chosen: tuple[Component, ...], qty: int = 1, discount: Rupiah = 0) -> Cart:
    """A new cart with `qty` hampers that hold `chosen` each."""
    cart = new_cart().add(product, qty, chosen)
    return cart.with_discount(0, discount) if discount else cart


def sold(ledger: Ledger, cart: Cart, notes: Mapping[int, str] | None = None, buyer: str = "") -> Sale:
    """The cart, paid exactly in cash; `notes` by the place of their line."""
    for place, note in (notes or {}).items():
        cart = cart.with_note(place, note)
    cart = replace(cart, buyer=buyer)
    return checkout(ledger, cart, [settle("cash", cart.total)], shift_of(ledger), "rina")
