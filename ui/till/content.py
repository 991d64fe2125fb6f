"""Asks at the till what goes into a bundle that the buyer fills, and puts it into the cart."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.bundles import taken
from pos.cart import CartLine, checked_content
from pos.errors import Refused
from pos.model import Component, Institution, Product
from pos.text import _
from ui.till.basket import Basket
from ui.till.goods import Item, Shelf
from ui.till.goods_pane import GoodsPane

if TYPE_CHECKING:  # imported when it is made: it is not seen in the first moment
    from ui.till.bundle_picker import BundlePicker


class Content(QObject):
    """The picker over the goods, for a new line of the cart or for one that is there."""

    def __init__(self, goods: GoodsPane, basket: Basket) -> None:
        super().__init__(goods)
        self._goods = goods
        self._basket = basket
        self._shelf = Shelf(())
        self._new: tuple[Product, int] | None = None  # what is to be added, and how many
        self._line: tuple[int, CartLine] | None = None  # whose content is to be another, and where it stands
        basket.changed.connect(self._check)

    @cached_property
    def picker(self) -> BundlePicker:
        """The picker, made when it is first needed."""
        from ui.till.bundle_picker import BundlePicker

        picker = BundlePicker(self._goods, self._goods.theme, self._goods.photos)
        picker.taken.connect(self._take)
        picker.closed.connect(self._forget)
        return picker

    @property
    def open(self) -> bool:
        """Something is being asked just now."""
        return self._new is not None or self._line is not None

    def show_shelf(self, shelf: Shelf) -> None:
        """These goods and this stock, from the next question on."""
        self._shelf = shelf

    def add(self, product: Product, qty: int) -> None:
        """Put `qty` bundles into the cart as soon as it is said what they hold."""
        self._forget()
        self._new = (product, qty)
        self._ask(product, qty, (), -1, _("Into the cart"))

    def change(self, row: int, why: str = "") -> None:
        """Ask for another content of line `row`, and say why; nothing happens where there is no choice."""
        lines = self._basket.cart.lines
        if 0 <= row < len(lines) and lines[row].product.choose:
            self._forget()
            line = lines[row]
            self._line = (row, line)
            self._ask(line.product, line.qty, line.chosen, row, _("Change the content"))
            if why:
                self.picker.warn(why)

    def finish(self) -> bool:
        """Take what is chosen, if it is complete; True when nothing is asked any more."""
        return not self.open or self.picker.take()

    def take_code(self, code: str) -> bool:
        """Something was scanned: a component fills a place; of anything else it is told to wait."""
        for item in self._goods.with_code(code):
            if self.picker.offers(item.product.sku) and not self.picker.full:
                self.picker.change(item.product.sku, 1)
                return True
        self.picker.warn(_("Finish the content first."))
        return False

    def _ask(self, product: Product, qty: int, chosen: tuple[Component, ...], row: int, words: str) -> None:
        from ui.till.bundle_picker import Asked

        gone = taken(self._basket.cart, but=row)
        counted = {part.sku for part in product.components if part.sku in self._shelf.stock}
        free = {sku: self._shelf.stock[sku] - gone[sku] for sku in counted}
        items = [self._item(part) for part in product.components]
        before = self._before(product)
        self.picker.open_for(Asked(product, qty, items, free, chosen, before), words)

    def _item(self, part: Component) -> Item:
        """A component as the shelf knows it; one that is not for sale by itself has no picture."""
        for item in self._shelf.items:
            if item.product.sku == part.sku:
                return item
        maker = Institution(part.institution, part.institution, part.institution)
        return Item(Product(part.sku, part.name or part.sku, part.price, part.institution), maker)

    def _before(self, product: Product) -> tuple[Component, ...]:
        """What was last chosen, if it can still be chosen."""
        try:
            before = checked_content(product, self._basket.last_content.get(product.sku, ()))
        except Refused:
            return ()  # the catalogue has changed since
        return before if sum(part.qty for part in before) == product.choose else ()

    def _take(self, content: tuple[Component, ...]) -> None:
        new, line = self._new, self._line
        self._new = self._line = None  # what follows changes the cart
        if new:
            self._basket.add(*new, content)
        elif line:
            self._basket.fill(line[0], content)

    def _check(self) -> None:
        """The line whose content is asked for is no longer there as it was: the question falls away."""
        if self._line:
            row, line = self._line
            lines = self._basket.cart.lines
            if row >= len(lines) or lines[row] != line:
                self._forget()

    def _forget(self) -> None:
        asked, self._new, self._line = self.open, None, None
        if asked:
            self.picker.leave()
