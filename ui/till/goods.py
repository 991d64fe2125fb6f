"""The goods as the till shows and finds them: catalogue, stock and who has sold today, without any Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pos.model import Institution, Product, available
from pos.opening import Opening

if TYPE_CHECKING:  # goods are shown before SQLAlchemy is there
    from pos.ledger import Ledger

LOW = 5  # pieces left from which the number turns orange (DESIGN.md chapter 5)


@dataclass(frozen=True, slots=True)
class Item:
    """One tile: product, maker, pieces left (None: not counted), whether the maker has sold nothing today."""

    product: Product
    maker: Institution
    left: int | None = None
    unsold: bool = False

    @property
    def sold_out(self) -> bool:
        """Counted, and none left by the books."""
        return self.left is not None and self.left <= 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """All goods for sale in the order of their tiles, and the makers that have sold nothing today.

    `stock` is what the books have, by SKU, of what is not for sale by itself too.
    """

    items: tuple[Item, ...]
    unsold: frozenset[str] = frozenset()
    stock: Mapping[str, int] = field(default_factory=dict)

    def categories(self) -> dict[str, int]:
        """How many goods each category has, in the order in which the tiles bring them."""
        counts = Counter(item.product.category for item in self.items)
        del counts[""]
        return counts


def shelf_of(opening: Opening) -> Shelf:
    """The catalogue of a booth with its stock, and who has sold today."""
    makers = opening.institutions
    goods = (
        (product, makers.get(product.institution) or Institution(product.institution, "", ""))
        for product in opening.products
    )
    return _marked(goods, opening.stock, opening.sold)


def refreshed(shelf: Shelf, ledger: Ledger, day: date) -> Shelf:
    """The same goods with the stock and the sellers of now, `day` being the business day."""
    from pos.stock import on_hand
    from pos.today import sold_institutions

    goods = ((item.product, item.maker) for item in shelf.items)
    return _marked(goods, on_hand(ledger), sold_institutions(ledger, day))


def _marked(goods: Iterable[tuple[Product, Institution]], stock: Mapping[str, int], sold: set[str]) -> Shelf:
    items = tuple(
        Item(product, maker, available(product, stock), maker.code not in sold) for product, maker in goods
    )
    return Shelf(items, frozenset(item.maker.code for item in items if item.unsold), stock)
