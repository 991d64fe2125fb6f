"""The cart at the till, its selected line, and the way back: carts never change, so former ones are kept."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from pos.cart import Cart, new_cart
from pos.errors import UserError
from pos.model import Product

STEPS_BACK = 100


class Basket(QObject):
    """What the buyer is about to buy. Every change can be undone until the cart is paid."""

    changed = Signal()
    removed = Signal(str)  # the name of the product that went away
    refused = Signal(UserError)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cart = new_cart()
        self.selected = -1
        self._former: deque[tuple[Cart, int]] = deque(maxlen=STEPS_BACK)

    def add(self, product: Product, qty: int = 1) -> None:
        """Put `qty` pieces in; their line becomes the selected one."""
        try:
            cart = self.cart.add(product, qty)
        except UserError as error:
            self.refused.emit(error)
            return
        known = [(line.product.sku, line.product.price) for line in cart.lines]
        self._become(cart, known.index((product.sku, product.price)))

    def step(self, row: int, by: int) -> None:
        """Change the quantity of line `row` by `by` pieces; below one it is removed."""
        if not 0 <= row < len(self.cart.lines):
            return
        qty = self.cart.lines[row].qty + by
        if qty <= 0:
            self.remove(row)
            return
        try:
            cart = self.cart.with_qty(row, qty)
        except UserError as error:
            self.refused.emit(error)
            return
        self._become(cart, row)

    def remove(self, row: int) -> None:
        """Take line `row` out."""
        if 0 <= row < len(self.cart.lines):
            name = self.cart.lines[row].product.name
            cart = self.cart.without(row)
            self._become(cart, min(row, len(cart.lines) - 1))
            self.removed.emit(name)

    def select(self, row: int) -> None:
        """Make `row` the selected line, as far as there is such a line."""
        if self.cart.lines:
            self.selected = max(0, min(row, len(self.cart.lines) - 1))
            self.changed.emit()

    def undo(self) -> bool:
        """Back to the cart before the last change; False when there is none."""
        if not self._former:
            return False
        self.cart, self.selected = self._former.pop()
        self.changed.emit()
        return True

    def start_anew(self) -> None:
        """An empty cart for the next buyer; nothing can be undone into it."""
        self.cart, self.selected = new_cart(), -1
        self._former.clear()
        self.changed.emit()

    def _become(self, cart: Cart, selected: int) -> None:
        self._former.append((self.cart, self.selected))
        self.cart, self.selected = cart, selected
        self.changed.emit()
