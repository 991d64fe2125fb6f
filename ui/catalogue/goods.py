"""All goods as the page shows them: what is not for sale too, filtered and found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pos.catalog import institutions, products
from pos.ledger import Ledger
from pos.model import Institution, Product, available
from pos.stock import on_hand
from ui.till.finder import Finder
from ui.till.goods import Item, Shelf


@dataclass(frozen=True)
class Goods:
    """Everything in the catalogue in the order of the tiles, and who makes it."""

    items: tuple[Item, ...] = ()
    units: dict[str, Institution] = field(default_factory=dict)

    @cached_property
    def by_sku(self) -> dict[str, Product]:
        """Products by SKU."""
        return {item.product.sku: item.product for item in self.items}

    @cached_property
    def categories(self) -> list[str]:
        """All that there are, in the order of the tiles."""
        return list(dict.fromkeys(item.product.category for item in self.items if item.product.category))

    @cached_property
    def finder(self) -> Finder:
        """The index of all of them."""
        return Finder(Shelf(self.items))

    def with_code(self, code: str) -> str:
        """The SKU of the one product that has this code, or ""."""
        row = self.finder.code(code)
        return "" if row is None else self.items[row].product.sku

    def matching(self, text: str, unit: str, category: str) -> Sequence[Item]:
        """Those that `text` finds, the best first, of this institution and category; empty: of all."""
        items: Sequence[Item] = self.items
        if text.strip():
            items = [self.items[row] for row in self.finder.search(text).rows]
        if not unit and not category:
            return items
        return [
            item
            for item in items
            if (not unit or item.product.institution == unit)
            and (not category or item.product.category == category)
        ]


def goods_of(ledger: Ledger) -> Goods:
    """Read it all and index it: a search must not wait."""
    units, stock = institutions(ledger), on_hand(ledger)
    found = tuple(
        Item(
            one,
            units.get(one.institution) or Institution(one.institution, one.institution, one.institution),
            available(one, stock),
        )
        for one in products(ledger, inactive=True)
    )
    goods = Goods(found, units)
    _index = goods.finder
    return goods
