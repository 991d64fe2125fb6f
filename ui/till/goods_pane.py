"""The left side of the till: search and filters above, the grid below, or what was found in its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.cart import Cart
from pos.text import _
from ui.hush import Hush
from ui.photos import Photos
from ui.tell import Banner
from ui.theme import Theme
from ui.till.below import Below
from ui.till.favourites import Pinned, choices, in_front, open_menu
from ui.till.filters import CategoryBar, Choice, UnsoldButton
from ui.till.finder import Finder, split_quantity
from ui.till.goods import Item, Shelf
from ui.till.live_left import LiveLeft
from ui.till.measures import SIDE, Measures, doubled
from ui.till.no_goods import NoGoods
from ui.till.product_grid import ProductGrid
from ui.till.registering import Registering
from ui.till.search_field import SearchField
from ui.till.tile import REACH

if TYPE_CHECKING:  # imported when it is made: nothing is searched for in the first moment
    from ui.till.hits import Hits

FAVOURITES = "\x00favourites"  # no category is called so: names carry no control characters
RUSH = "\x00rush"
INDEX_MS = 100  # until goods are indexed, if no search needs it before
MIN_BARCODE = 6  # digits: what is that long and only digits was scanned, not typed


class GoodsPane(QWidget):
    """Shows the shelf and finds in it.

    `wanted` tells an item, how many, and whether it is surely at hand (its own code was scanned),
    `pinned_changed` the SKUs of the favourites after the hand changed them, in its order.
    """

    wanted = Signal(Item, int, bool)
    registered = Signal(Item, str)  # this barcode shall be that item's from now on
    pinned_changed = Signal(tuple)
    new_wanted = Signal(str, str)  # a product that is not in the catalogue: its name, its barcode

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._shelf = Shelf(())
        self._sold_out: frozenset[int] = frozenset()
        self._pinned: Pinned = ()
        self._front: list[Item] = []
        self._rush: list[Item] = []  # in rush mode the best sellers
        self._measures: Measures | None = None
        self.search = SearchField(theme)
        self.unsold = UnsoldButton(theme)
        self.categories = CategoryBar(theme)
        self.banner = Banner(theme)
        self.photos = Photos(self)
        self.grid = ProductGrid(theme, self.photos)
        self._hits: Hits | None = None
        self.live = LiveLeft()
        self.grid.goods.live = self.live.item
        self.below = Below(self, self._arrange)
        self._hush = Hush(self.grid, share=0.5)
        self.empty = NoGoods(theme)
        for child in (self.grid, self.empty, self.search, self.unsold, self.categories, self.banner):
            child.setParent(self)
        self.banner.hide()
        self.search.edit.installEventFilter(self)
        self.search.changed.connect(self._search)
        self.search.edit.returnPressed.connect(self._enter)
        self.unsold.toggled.connect(self._narrow)
        self.categories.chosen.connect(self._narrow)
        self.grid.chosen.connect(self._tap)
        self.grid.asked.connect(self._open_menu)
        self.grid.left_upwards.connect(self.focus_search)
        self._unknown = Registering(
            self.banner, lambda code: self.new_wanted.emit("", code), self.focus_search
        )

    def show_shelf(self, shelf: Shelf) -> None:
        """Show these goods; what is merely restocked keeps its place."""
        same = [item.product for item in shelf.items] == [item.product for item in self._shelf.items]
        self._shelf = shelf
        self.live.show_shelf(shelf)
        self._sold_out = frozenset(row for row, item in enumerate(shelf.items) if item.sold_out)
        if not same:
            self.__dict__.pop("_finder", None)
            QTimer.singleShot(INDEX_MS, self, self._index)
            self.photos.forget()
            self.grid.painter.forget()
        self.unsold.set_count(len(shelf.unsold), of=len(shelf.items))
        self._arrange()
        self.show_pinned(self._pinned)

    @property
    def shelf(self) -> Shelf:
        """What is for sale."""
        return self._shelf

    def show_rush(self, items: list[Item]) -> None:
        """A chip before all others with these goods, in tiles of double size; without goods it goes."""
        self._rush = items
        self.show_pinned(self._pinned)
        self._arrange()

    @property
    def hits(self) -> Hits:
        """What a search found, made when it is first needed."""
        if self._hits is None:
            from ui.till.hits import Hits

            self._hits = hits = Hits(self.theme, self.photos)
            hits.list.goods.live = self.live.item
            hits.setParent(self)
            hits.stackUnder(self.search)
            hits.chosen.connect(self._want_tapped)
            hits.suggested.connect(self._search_instead)
            hits.new_wanted.connect(self._want_new)
            self._arrange()
        return self._hits

    def _index(self) -> None:
        """Index the goods, once they are on the screen."""
        if self.grid.painter.pictures_ready:
            _made = self._finder
        else:
            QTimer.singleShot(INDEX_MS, self, self._index)

    @cached_property
    def _finder(self) -> Finder:
        """The index of the shelf."""
        return Finder(self._shelf)

    def show_pinned(self, skus: Sequence[str]) -> None:
        """Put these goods in front, in this order; those that are not on the shelf wait."""
        self._pinned = tuple(skus)
        self._front = in_front(self._shelf, self._pinned)
        self.categories.show_choices(_categories(self._shelf, self._front, self._rush))
        self._filter()

    def take_code(self, code: str) -> bool:
        """A code was scanned: add its product, at hand or not; who scans on does not register any more.

        False when none here has it, which is told, or when several have it, which are shown to choose from.
        """
        qty, _rest = split_quantity(self.search.text)
        rows = self._finder.with_code(code)
        self._unknown.leave()
        if len(rows) > 1:
            self._search_instead(code)
            self.focus_search()
            return False
        self.search.clear()
        if not rows:
            self._unknown.tell_unknown(code)
            return False
        self._choose(self._shelf.items[rows[0]], qty or 1, at_hand=True)
        return True

    def with_code(self, code: str) -> list[Item]:
        """The goods whose code this is."""
        return [self._shelf.items[row] for row in self._finder.with_code(code)]

    def register(self) -> None:
        """The barcode that was not known last belongs to the item that is chosen next."""
        self._unknown.begin()

    def show_cart(self, cart: Cart) -> None:
        """Count on the tiles what is in the cart, and what it leaves of bundles."""
        self.grid.show_cart(cart, self.live.show_cart(cart))

    def divide(self, measures: Measures) -> None:
        """Fit into the window."""
        self._measures = measures
        self._arrange()

    def focus_search(self) -> None:
        """Hand the keyboard to the search field."""
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.edit.selectAll()

    def rest(self) -> None:
        """Tiles come where something else was pressed; its second press shall add none of them."""
        self._hush.begin()

    def clear(self) -> bool:
        """Take away banner, then search, then filter: the topmost. False when there was none."""
        if self.banner.isVisible():
            self.banner.dismiss()
        elif self.search.text:
            self.search.clear()
        elif self.unsold.isChecked():
            self.unsold.setChecked(False)
        elif self.categories.current:
            self.categories.choose("")
        else:
            return False
        return True

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """Arrows in the search field move through what was found, or down into the grid."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        hits = self._hits if self._hits and self._hits.isVisible() else None
        if event.key() == Qt.Key.Key_Down and not hits:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and hits:
            hits.list.move_selection(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Everything in its place."""
        self._arrange()

    def _arrange(self) -> None:
        if self._measures is None:
            return
        px, side = self.theme.px, self.theme.px(SIDE)
        width = self.width() - 2 * side
        gold = self.unsold.sizeHint().width()
        self.unsold.setGeometry(side + width - gold, px(14), gold, px(48))
        self.search.setGeometry(side, px(14), width - gold - px(12), px(48))
        bar = QRect(side, px(70), width, px(48))
        self.categories.setGeometry(bar)
        self.banner.setGeometry(bar)
        reach, top, end = px(REACH), px(128), self.below.lay()
        self.grid.setGeometry(side - reach, top - reach, width + side + reach, end - top + reach)
        if self._hits:
            self._hits.setGeometry(side, top, width + side, end - top)
        self.empty.setGeometry(side, top, width, end - top)
        rush = self.categories.current == RUSH
        self.grid.divide(doubled(self._measures, self.theme) if rush else self._measures, width)

    def _narrow(self) -> None:
        """Other goods, from the first on."""
        self._arrange()
        self._filter()
        self.grid.verticalScrollBar().setValue(0)

    def _filter(self) -> None:
        rush = self.categories.current == RUSH
        items = self._rush if rush else _chosen(self._shelf, self._front, self.categories.current)
        if self.unsold.isChecked():
            items = [item for item in items if item.unsold]
        self.grid.show_items(items)
        self.empty.tell(self.grid, bare=not self._shelf.items)
        if self.search.text:
            self._search(self.search.text)

    def _open_menu(self, row: int, place: QPoint) -> None:
        sku = self.grid.goods.items[row].product.sku
        shown = tuple(item.product.sku for item in self._front)
        open_menu(self, self.theme, place, choices(sku, self._pinned, shown), self._pin)

    def _pin(self, skus: Pinned) -> None:
        self.show_pinned(skus)
        self.pinned_changed.emit(skus)

    def _search(self, text: str) -> None:
        qty, rest = split_quantity(text)
        if rest or self._hits:
            self.hits.setVisible(bool(rest))
        self.grid.setVisible(not rest)
        self.empty.tell(self.grid, bare=not self._shelf.items)
        if not rest:
            return
        if not self._unknown.code:  # that stays in sight until it is done or left
            self.banner.dismiss()
        found, sold_out = self._finder.search(rest), self._sold_out
        rows = found.rows
        if not sold_out.isdisjoint(rows):
            rows = sorted(rows, key=sold_out.__contains__)
        self.hits.show_hits([self._shelf.items[row] for row in rows], found, rest, qty)
        if not rows and (instead := self._finder.suggestion(rest)):
            self.hits.suggest(instead)

    def _search_instead(self, word: str) -> None:
        qty, _rest = split_quantity(self.search.text)
        self.search.edit.setText(word if qty is None else f"{qty}*{word}")
        self.search.edit.setFocus()

    def _enter(self) -> None:
        """A whole code adds its product, at hand or not; other text adds the selected hit."""
        qty, rest = split_quantity(self.search.text)
        if not rest:
            return
        row = self._finder.code(rest)
        hit = self.hits.list.selected()
        if row is not None:
            self.search.clear()
            self._choose(self._shelf.items[row], qty or 1, at_hand=True)
        elif hit is not None:
            self._want_hit(hit)
        elif rest.isdigit() and len(rest) >= MIN_BARCODE:
            self.search.clear()
            self._unknown.tell_unknown(rest)
        else:
            self.search.edit.selectAll()

    def _want_hit(self, item: Item) -> None:
        qty, _rest = split_quantity(self.search.text)
        self.search.clear()
        self._choose(item, qty or 1)

    def _want_new(self) -> None:
        _qty, rest = split_quantity(self.search.text)
        self.search.clear()
        self.new_wanted.emit(rest, "")

    def _want_tapped(self, item: Item) -> None:
        self.rest()
        self._want_hit(item)

    def _tap(self, row: int) -> None:
        qty, _rest = split_quantity(self.search.text)
        self.search.clear()
        self.grid.flash(row)
        self._choose(self.grid.goods.items[row], qty or 1)

    def _choose(self, item: Item, qty: int, *, at_hand: bool = False) -> None:
        if code := self._unknown.take():
            self.registered.emit(item, code)
        else:
            self.wanted.emit(self.live.item(item), qty, at_hand)


def _categories(shelf: Shelf, front: Sequence[Item], rush: Sequence[Item]) -> list[Choice]:
    """The chips: the best sellers in a `rush`, the favourites `front`, everything, and each category."""
    hour = [Choice(RUSH, _("Rush"), len(rush))] if rush else []
    favourites = [Choice(FAVOURITES, _("Favourites"), len(front))] if front else []
    everything = Choice("", _("All"), len(shelf.items))
    return [
        *hour,
        *favourites,
        everything,
        *(Choice(name, name, n) for name, n in shelf.categories().items()),
    ]


def _chosen(shelf: Shelf, front: Sequence[Item], category: str) -> Sequence[Item]:
    """The goods of the chip that is taken, in their places."""
    if category == FAVOURITES:
        return front
    if category:
        return [item for item in shelf.items if item.product.category == category]
    if not front:
        return shelf.items
    first = {item.product.sku for item in front}
    return [*front, *(item for item in shelf.items if item.product.sku not in first)]
