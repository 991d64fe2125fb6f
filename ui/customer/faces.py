"""What the buyer may see, as frozen data: no code, no stock, no person, no error can get into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pos.cart import Cart, CartLine
from pos.model import Sale
from pos.money import Rupiah
from pos.payments import method_name
from pos.weight import pieces
from ui.till.goods import Item


@dataclass(frozen=True, slots=True)
class Welcome:
    """Nobody is buying: who sells here, and whose work it is."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Whose work it is; both names are empty when that is not known."""

    name: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """One line: `price` is for one `unit`, `discount` off the whole line; with `percent` it was given so."""

    name: str
    maker: Maker
    image: str
    unit: str
    qty: int
    price: Rupiah
    discount: Rupiah
    total: Rupiah
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Shopping:
    """The cart: `count` things, `saved` Rupiah by discounts, `newest` the line that must be in sight."""

    lines: tuple[Bought, ...] = ()
    total: Rupiah = 0
    count: int = 0
    saved: Rupiah = 0
    newest: int = -1


@dataclass(frozen=True, slots=True)
class Qris:
    """A code to be paid by: `amount` Rupiah, which the buyer types unless it is `amount_inside` the code."""

    payload: str
    merchant: str
    nmid: str
    amount: Rupiah
    amount_inside: bool


@dataclass(frozen=True, slots=True)
class Paying:
    """The cart with the code that pays it, or a part of it."""

    shopping: Shopping
    qris: Qris


@dataclass(frozen=True, slots=True)
class Thanks:
    """It is paid: `paid` is what was handed over, `method` the words for how, `makers` whose work it was."""

    total: Rupiah
    paid: Rupiah
    change: Rupiah
    method: str
    makers: tuple[Maker, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt is in a code: `text` is what a phone reads, of many lines only `summed`. `thanks` where the
    sale was just made.
    """

    text: str
    summed: bool
    thanks: Thanks | None = None


Face: TypeAlias = Welcome | Shopping | Paying | Thanks | Receipt


def shopping(cart: Cart, items: Mapping[str, Item], newest: int = -1) -> Shopping:
    """The cart as its buyer sees it; `items` by SKU tell the makers, `newest` is the line last touched."""
    lines = cart.lines
    return Shopping(
        lines=tuple(_bought(line, items) for line in lines),
        total=cart.total,
        count=sum(pieces(line.product.unit, line.qty) for line in lines),
        saved=cart.discount,
        newest=newest if 0 <= newest < len(lines) else len(lines) - 1,
    )


def thanks(sale: Sale, items: Mapping[str, Item]) -> Thanks:
    """A finished sale; `items` by SKU tell the makers, of a bundle those of its parts."""
    return Thanks(
        total=sale.total,
        paid=sum(payment.tendered for payment in sale.payments),
        change=sale.change,
        method=" + ".join(dict.fromkeys(method_name(payment.method) for payment in sale.payments)),
        makers=tuple(dict.fromkeys(maker for sku in _made(sale) if (maker := _maker(sku, items)).name)),
    )


def _bought(line: CartLine, items: Mapping[str, Item]) -> Bought:
    product = line.product
    return Bought(
        name=product.name,
        maker=_maker(product.sku, items),
        image=product.image,
        unit=product.unit,
        qty=line.qty,
        price=product.price,
        discount=line.discount,
        total=line.total,
        percent=line.percent,
    )


def _made(sale: Sale) -> Iterable[str]:
    for line in sale.lines:
        if line.parts:
            yield from (part.sku for part in line.parts)
        else:
            yield line.sku


def _maker(sku: str, items: Mapping[str, Item]) -> Maker:
    """An institution without a card has no name: its code is nothing for buyers."""
    item = items.get(sku)
    return Maker(item.maker.name, item.maker.short or item.maker.name) if item else Maker()
