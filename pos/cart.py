"""Arithmetic of a sale that is not yet a fact. A cart never changes: each verb gives the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos.clock import new_id
from pos.errors import Refused
from pos.model import Component, Line, Part, Product
from pos.money import COIN, MAX_AMOUNT, Rupiah, split
from pos.text import _, clean_text

MAX_LINES = 500
MAX_QTY = 1_000_000  # grams of goods sold by weight
MAX_NOTE = 120  # characters


@dataclass(frozen=True, slots=True)
class CartLine:
    """Some pieces of one product; `discount` is in Rupiah off the whole line.

    `percent` says that the discount follows the quantity; 0 that it was given in Rupiah. `chosen` is what
    the buyer chose for one bundle, as far as that has been said: pieces by component, in the bundle's order.
    """

    product: Product
    qty: int = 1
    discount: Rupiah = 0
    percent: int = 0
    note: str = ""
    chosen: tuple[Component, ...] = ()

    @property
    def content(self) -> tuple[Component, ...]:
        """What one bundle holds; nothing for a plain product."""
        return self.chosen if self.product.choose else self.product.components

    @property
    def unfilled(self) -> int:
        """How many pieces of one bundle are still to be chosen."""
        return self.product.choose - sum(part.qty for part in self.chosen) if self.product.choose else 0

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

    def place(self, product: Product, chosen: Iterable[Component] = ()) -> int | None:
        """The line that `product` joins: one at the same price, of a bundle with the same content."""
        wanted, pieces = (product.sku, product.price), pieces_by_sku(chosen)
        for i, line in enumerate(self.lines):
            same = (line.product.sku, line.product.price) == wanted
            if same and pieces_by_sku(line.chosen) == pieces:
                return i
        return None

    def add(self, product: Product, qty: int = 1, chosen: Iterable[Component] = ()) -> Cart:
        """`qty` more pieces; a product that is already there at the same price joins its line.

        `chosen` is the content of one bundle, as for `with_content`.
        """
        content = checked_content(product, chosen)
        i = self.place(product, content)
        if i is not None:
            return self.with_qty(i, self.lines[i].qty + qty)
        if len(self.lines) >= MAX_LINES:
            raise Refused(
                _("The cart is full: {count} lines.").format(count=MAX_LINES), _("Pay this one first.")
            )
        return self._with(len(self.lines), CartLine(product, qty, chosen=content))

    def with_content(self, index: int, chosen: Iterable[Component]) -> Cart:
        """Line `index` with another content of each of its bundles.

        Raises Refused for what the bundle does not offer, or more than it holds.
        """
        line = self.lines[index]
        return self._with(index, replace(line, chosen=checked_content(line.product, chosen)))

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


def pieces_by_sku(parts: Iterable[Component]) -> Counter[str]:
    """Pieces of one bundle by SKU, whatever the order of its parts."""
    pieces: Counter[str] = Counter()
    for part in parts:
        pieces[part.sku] += part.qty
    return pieces


def checked_content(product: Product, chosen: Iterable[Component]) -> tuple[Component, ...]:
    """What was chosen for one bundle, in the bundle's own order, each component once.

    Raises Refused for what is not among its components, or for more pieces than it holds.
    """
    pieces = pieces_by_sku(chosen)
    offered = {part.sku: part for part in product.components} if product.choose else {}
    if strange := pieces.keys() - offered:
        told = _("“{name}” cannot hold '{sku}'.").format(name=product.name, sku=min(strange)[:40])
        raise Refused(told, _("Choose from what the bundle offers."))
    if any(qty < 0 for qty in pieces.values()) or pieces.total() > product.choose:
        told = _("“{name}” holds {most} pieces, not more.").format(name=product.name, most=product.choose)
        raise Refused(told, _("Take one out first."))
    return tuple(replace(part, qty=pieces[sku]) for sku, part in offered.items() if pieces[sku])


def check_content(line: CartLine) -> None:
    """Raise Refused when something is still to be chosen for a bundle: it cannot be paid so."""
    if line.unfilled:
        told = _("The content of “{name}” is not complete: {count} still to be chosen.")
        raise Refused(
            told.format(name=line.product.name, count=line.unfilled), _("Choose what goes into it.")
        )


def percent_of(percent: int, amount: Rupiah) -> Rupiah:
    """`percent` of an amount in whole Rupiah, a half rounded up."""
    return (amount * percent + 50) // 100


def sold_lines(cart: Cart) -> tuple[Line, ...]:
    """The cart's lines as they will stand in the sale, names and prices frozen.

    The discount on the whole is shared out over them by what each comes to, so that their totals add up to
    the sale's. The money of a bundle is shared out over its parts by their own prices, no rupiah lost. Both
    in whole coins where they are made of such, so that what comes back can be paid out. Raises Refused for
    a bundle whose content is not complete.
    """
    whole, totals = cart.whole, [line.total for line in cart.lines]
    unit = 1 if any(total % COIN for total in totals) else COIN  # no share may be more than its line
    shares = split(whole, totals, unit) if whole else (0,) * len(cart.lines)
    return tuple(_sold(line, share) for line, share in zip(cart.lines, shares, strict=True))


def _checked(percent: int) -> int:
    if not 0 <= percent <= 100:
        raise Refused(_("A discount must be between 0 and 100 percent."))
    return percent


def _sold(line: CartLine, share: Rupiah) -> Line:
    check_content(line)
    product, content, total = line.product, line.content, line.total - share
    shares = split(total, [c.price * c.qty for c in content], COIN) if content else ()
    parts = tuple(
        Part(c.sku, c.institution or product.institution, c.qty * line.qty, amount, c.name, c.cost)
        for c, amount in zip(content, shares, strict=True)
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
