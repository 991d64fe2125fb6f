"""What is left of bundles while a cart fills: its other lines take the same goods from the shelf."""

from __future__ import annotations

from dataclasses import replace

from pos.bundles import left_beside, taken
from pos.cart import Cart
from ui.till.goods import Item, Shelf


class LiveLeft:
    """Knows the shelf and the cart; every list of goods asks it for an item as it stands now."""

    def __init__(self) -> None:
        self._shelf = Shelf(())
        self._bundles: list[Item] = []
        self._cart = Cart("")
        self._now: dict[str, Item] = {}  # the bundles of which others are left than the books say

    def item(self, item: Item) -> Item:
        """The item with what is left of it beside the cart."""
        return self._now.get(item.product.sku, item)

    def show_shelf(self, shelf: Shelf) -> None:
        """Other goods, or another stock."""
        self._shelf = shelf
        self._bundles = [item for item in shelf.items if item.product.components]
        self._now = self._counted()

    def show_cart(self, cart: Cart) -> set[str]:
        """Another cart; the SKUs of the bundles of which others are left by now."""
        self._cart, former = cart, self._now
        self._now = self._counted()
        return {sku for sku in {*former, *self._now} if former.get(sku) != self._now.get(sku)}

    def _counted(self) -> dict[str, Item]:
        gone = taken(self._cart)
        if not gone or not self._bundles:
            return {}
        own = {line.product.sku for line in self._cart.lines}
        now = {}
        for item in self._bundles:
            sku = item.product.sku
            others = taken(self._cart, without=sku) if sku in own else gone
            if any(part.sku in others for part in item.product.components):
                left = left_beside(item.product, self._shelf.stock, others)
                if left != item.left:
                    now[sku] = replace(item, left=left)
        return now
