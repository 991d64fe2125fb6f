"""Arithmetic of a sale that is not yet a fact. A cart never changes: each verb gives the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.clock import new_id
from pos.errors import Refused
from pos.model import Line, Part, Product
from pos.money import MAX_AMOUNT, Rupiah, split
from pos.text import _, clean_text

MAX_LINES = 500
MAX_QTY = 1_000_000  # grams of goods sold by weight
MAX_NOTE = 120  # characters


@dataclass(frozen=True, slots=True)
class CartLine:
    """Some pieces of one product; `discount` is in Rupiah off the whole line.

    `percent` says that the discount follows the quantity; 0 that it was given in Rupiah.
    """

    product: Product
    qty: int = 1
    discount: Rupiah = 0
    percent: int = 0
    note: str = ""

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
    off: Rupiah = 0  # on the whole, in Rupiah
    percent: int = 0  # on the whole, in percent; then `off` is 0
    buyer: str = ""  # a code of pos/buyers.py, "" for the public

    @property
    def subtotal(self) -> Rupiah:
        """Before discounts."""
        return sum(line.gross for line in self.lines)

    @property
    def whole(self) -> Rupiah:
        """The discount on the whole, after those of the lines; never more than is left of them."""
        left = sum(line.total for line in self.lines)
        return percent_of(self.percent, left) if self.percent else min(self.off, left)

    @property
    def discount(self) -> Rupiah:
        """All discounts."""
        return sum(line.discount for line in self.lines) + self.whole

    @property
    def total(self) -> Rupiah:
        """To be paid."""
        return self.subtotal - self.discount

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
        gross = line.product.price * max(qty, 0)
        off = percent_of(line.percent, gross) if line.percent else min(line.discount, gross)
        return self._with(index, replace(line, qty=qty, discount=off))

    def with_discount(self, index: int, discount: Rupiah) -> Cart:
        """Line `index` with `discount` Rupiah off. Raises Refused when negative or more than the line."""
        line = self.lines[index]
        if not 0 <= discount <= line.gross:
            raise Refused(_("A discount must be between 0 and the price of the line."))
        return self._with(index, replace(line, discount=discount, percent=0))

    def with_percent(self, index: int, percent: int) -> Cart:
        """Line `index` with `percent` off, also of pieces that are added later. Raises Refused above 100."""
        line = self.lines[index]
        off = percent_of(_checked(percent), line.gross)
        return self._with(index, replace(line, discount=off, percent=percent))

    def with_off(self, off: Rupiah) -> Cart:
        """`off` Rupiah less on the whole. Raises Refused when negative or more than there is to pay."""
        if not 0 <= off <= sum(line.total for line in self.lines):
            raise Refused(_("A discount must be between 0 and the total."))
        return replace(self, off=off, percent=0)

    def with_percent_off(self, percent: int) -> Cart:
        """`percent` less on the whole, also of what is added later. Raises Refused above 100."""
        return replace(self, off=0, percent=_checked(percent))

    def with_note(self, index: int, note: str) -> Cart:
        """Line `index` with a note for who packs it; an empty one takes it away."""
        return self._with(index, replace(self.lines[index], note=clean_text(note, MAX_NOTE)))

    def for_buyer(self, buyer: str) -> Cart:
        """The same for another kind of buyer."""
        return replace(self, buyer=buyer)

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


def percent_of(percent: int, amount: Rupiah) -> Rupiah:
    """`percent` of an amount in whole Rupiah, a half rounded up."""
    return (amount * percent + 50) // 100


def sold_lines(cart: Cart) -> tuple[Line, ...]:
    """The cart's lines as they will stand in the sale, names and prices frozen.

    The discount on the whole is shared out over them by what each comes to, so that their totals add up to
    the sale's.
    """
    whole = cart.whole
    shares = split(whole, [line.total for line in cart.lines]) if whole else (0,) * len(cart.lines)
    return tuple(_sold(line, share) for line, share in zip(cart.lines, shares, strict=True))


def _checked(percent: int) -> int:
    if not 0 <= percent <= 100:
        raise Refused(_("A discount must be between 0 and 100 percent."))
    return percent


def _sold(line: CartLine, share: Rupiah) -> Line:
    product, total = line.product, line.total - share
    shares = split(total, [c.price * c.qty for c in product.components]) if product.components else ()
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
        discount=line.discount + share,
        total=total,
        cost=product.cost,
        parts=parts,
        percent=line.percent,
        whole=share,
        note=line.note,
    )
