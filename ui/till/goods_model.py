"""Some items of the shelf as a list for Qt's views: grid and list of hits show it each in their way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.cart import Cart
from pos.money import plain
from pos.text import _
from ui.till.goods import Item

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex

TILE = Qt.ItemDataRole.UserRole


class Tile(NamedTuple):
    """What is shown of one product: the item, pieces in the cart, and whether it was touched a moment ago."""

    item: Item
    in_cart: int = 0
    flash: bool = False


def spoken(tile: Tile) -> str:
    """All that a tile shows, as a screen reader says it."""
    item, product = tile.item, tile.item.product
    parts = [product.name, item.maker.name, _("{amount} rupiah").format(amount=plain(product.price))]
    if item.sold_out:
        parts.append(_("sold out"))
    elif item.left is not None:
        parts.append(_("{count} left").format(count=item.left))
    if tile.in_cart:
        parts.append(_("{count} in the cart").format(count=tile.in_cart))
    if item.unsold:
        parts.append(_("not sold today"))
    return ", ".join(parts)


class GoodsModel(QAbstractListModel):
    """Some items in order, with how many of each are in the cart.

    With a `page` a view gets that many at first, and more when it comes to their end.

    Views repaint themselves: telling Qt of changed data would make it ask for the size of every row again.
    """

    def __init__(self, parent: QObject | None = None, *, page: int | None = None) -> None:
        super().__init__(parent)
        self.items: Sequence[Item] = ()
        self.live: Callable[[Item], Item] = lambda item: item  # an item as it stands beside the cart
        self.flash = -1
        self._page = page
        self._given = 0
        self._in_cart: Counter[str] = Counter()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many items the view has been given."""
        return 0 if parent.isValid() else self._given

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """There is another page."""
        return not parent.isValid() and self._given < len(self.items)

    def fetchMore(self, _parent: AnyIndex) -> None:
        """One page more."""
        given = min(len(self.items), self._given + (self._page or 0))
        self.beginInsertRows(QModelIndex(), self._given, given - 1)
        self._given = given
        self.endInsertRows()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A Tile for the painter, words for screen readers."""
        row = index.row()
        if not 0 <= row < len(self.items):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.items[row].product.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.tile(row))
        return self.tile(row) if role == TILE else None

    def tile(self, row: int) -> Tile:
        """What is shown in this row."""
        item = self.live(self.items[row])
        return Tile(item, self._in_cart[item.product.sku], row == self.flash)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these; the same goods with other stock keep their places and the scroll."""
        same = items is self.items or (
            len(items) == len(self.items)
            and all(a.product is b.product for a, b in zip(items, self.items, strict=True))
        )
        if same:
            self.items = items
            return
        self.beginResetModel()
        self.items = items
        self._given = len(items) if self._page is None else min(len(items), self._page)
        self.endResetModel()

    def show_cart(self, cart: Cart) -> set[str]:
        """Count what is in the cart; the SKUs of which there are more or fewer now."""
        former, self._in_cart = self._in_cart, Counter()
        for line in cart.lines:
            self._in_cart[line.product.sku] += line.qty
        return {sku for sku in {*former, *self._in_cart} if former[sku] != self._in_cart[sku]}
