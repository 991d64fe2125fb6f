"""Arithmetic of a sale that is not yet a fact. A cart never changes: each verb gives the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.clock import new_id
from pos.errors import Refused
from pos.model import Line, Part, Product
from pos.money import MAX_AMOUNT, Rupiah, split
from pos.text import _

MAX_LINES = 500
MAX_QTY = 1_000_000  # grams of goods sold by weight


@dataclass(frozen=True, slots=True)
class CartLine:
    """Some pieces of one product; `discount` is in Rupiah off the whole line."""

    product: Product
    qty: int = 1
    discount: Rupiah = 0

    @property
    def gross(self) -> Rupiah:
        """Price times quantity."""
        return self.product.price * self.qty

    @property
    def total(self) -> Rupiah:
        """What the buyer pays for this line."""
        return self.gross - self.discount


@dataclass(frozen=True, slots=True)
class Cart:
    """What one buyer is about to buy. `id` is made once and makes the sale unique: paid twice, sold once."""

    id: str
    lines: tuple[CartLine, ...] = ()

    @property
    def subtotal(self) -> Rupiah:
        """Before discounts."""
        return sum(line.gross for line in self.lines)

    @property
    def discount(self) -> Rupiah:
        """All discounts."""
        return sum(line.discount for line in self.lines)

    @property
    def total(self) -> Rupiah:
        """To be paid."""
        return sum(line.total for line in self.lines)

    @property
    def qty(self) -> int:
        """Pieces in the cart."""
        return sum(line.qty for line in self.lines)

    def of(self, sku: str) -> int:
        """Pieces of one product in the cart."""
        return sum(line.qty for line in self.lines if line.product.sku == sku)

    def add(self, product: Product, qty: int = 1) -> Cart:
        """`qty` more pieces; a product that is already there at the same price joins its line."""
        for i, line in enumerate(self.lines):
            if line.product.sku == product.sku and line.product.price == product.price:
                return self.with_qty(i, line.qty + qty)
        if len(self.lines) >= MAX_LINES:
            raise Refused(
                _("The cart is full: {count} lines.").format(count=MAX_LINES), _("Pay this one first.")
            )
        return self._with(len(self.lines), CartLine(product, qty))

    def with_qty(self, index: int, qty: int) -> Cart:
        """Line `index` with `qty` pieces; 0 removes it. A discount never exceeds the line."""
        if qty == 0:
            return self.without(index)
        line = self.lines[index]
        return self._with(
            index, replace(line, qty=qty, discount=min(line.discount, line.product.price * max(qty, 0)))
        )

    def with_discount(self, index: int, discount: Rupiah) -> Cart:
        """Line `index` with `discount` Rupiah off. Raises Refused when negative or more than the line."""
        line = self.lines[index]
        if not 0 <= discount <= line.gross:
            raise Refused(_("A discount must be between 0 and the price of the line."))
        return self._with(index, replace(line, discount=discount))

    def without(self, index: int) -> Cart:
        """The cart less line `index`."""
        return replace(self, lines=self.lines[:index] + self.lines[index + 1 :])

    def _with(self, index: int, line: CartLine) -> Cart:
        if not 1 <= line.qty <= MAX_QTY:
            raise Refused(
                _("The quantity must be between 1 and {most}.").format(most=f"{MAX_QTY:,}".replace(",", "."))
            )
        cart = replace(self, lines=(*self.lines[:index], line, *self.lines[index + 1 :]))
        if cart.subtotal > MAX_AMOUNT:
            raise Refused(_("The total is too large for one sale."))
        return cart


def new_cart() -> Cart:
    """An empty cart with an identity of its own."""
    return Cart(new_id())


def sold_lines(cart: Cart) -> tuple[Line, ...]:
    """The cart's lines as they will stand in the sale, names and prices frozen."""
    return tuple(_sold(line) for line in cart.lines)


def _sold(line: CartLine) -> Line:
    product = line.product
    shares = split(line.total, [c.price * c.qty for c in product.components]) if product.components else ()
    parts = tuple(
        Part(c.sku, c.institution or product.institution, c.qty * line.qty, share)
        for c, share in zip(product.components, shares, strict=True)
    )
    return Line(
        sku=product.sku,
        name=product.name,
        institution=product.institution,
        unit=product.unit,
        category=product.category,
        qty=line.qty,
        price=product.price,
        discount=line.discount,
        total=line.total,
        cost=product.cost,
        parts=parts,
    )
