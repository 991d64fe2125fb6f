"""The left side of the till: search and filters above, the grid below, or what was found in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.cart import Cart
from pos.text import _
from ui.tell import Banner
from ui.theme import Theme
from ui.till.filters import CategoryBar, UnsoldButton
from ui.till.goods import Finder, Item, Shelf, split_quantity
from ui.till.hits import Hits
from ui.till.measures import SIDE, Measures
from ui.till.product_grid import ProductGrid
from ui.till.search_field import SearchField
from ui.till.tile import REACH
from ui.widgets import label

MIN_BARCODE = 6  # digits: what is that long and only digits was scanned, not typed


class GoodsPane(QWidget):
    """Shows the shelf and finds in it.

    `wanted` tells an item, how many, and whether it is surely at hand (its own code was scanned).
    """

    wanted = Signal(Item, int, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._shelf = Shelf(())
        self._finder = Finder(self._shelf)
        self._measures: Measures | None = None
        self.search = SearchField(theme)
        self.unsold = UnsoldButton(theme)
        self.categories = CategoryBar(theme)
        self.banner = Banner(theme)
        self.grid = ProductGrid(theme)
        self.hits = Hits(theme)
        self._nothing = label("", "body", theme, color="text2", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for child in (self._nothing, self.grid, self.hits, self.search, self.unsold, self.categories):
            child.setParent(self)
        self.banner.setParent(self)
        self.hits.hide()
        self.banner.hide()
        self.search.edit.installEventFilter(self)
        self.search.changed.connect(self._search)
        self.search.edit.returnPressed.connect(self._enter)
        self.unsold.toggled.connect(self._filter)
        self.categories.chosen.connect(self._filter)
        self.grid.chosen.connect(self._tap)
        self.grid.left_upwards.connect(self.focus_search)
        self.hits.chosen.connect(self._want_hit)
        self.hits.suggested.connect(self._search_instead)

    def show_shelf(self, shelf: Shelf) -> None:
        """Show these goods; what is merely restocked keeps its place."""
        same = [item.product for item in shelf.items] == [item.product for item in self._shelf.items]
        self._shelf = shelf
        if not same:
            self._finder = Finder(shelf)
            self.categories.show_categories(shelf.categories(), len(shelf.items))
        self.unsold.set_count(len(shelf.unsold))
        self._arrange()
        self._filter()

    def show_cart(self, cart: Cart) -> None:
        """Count on the tiles what is in the cart."""
        self.grid.show_cart(cart)

    def divide(self, measures: Measures) -> None:
        """Fit into the window."""
        self._measures = measures
        self._arrange()

    def focus_search(self) -> None:
        """Hand the keyboard to the search field."""
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.edit.selectAll()

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
        if event.key() == Qt.Key.Key_Down and not self.hits.isVisible():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.hits.list.move_selection(1 if event.key() == Qt.Key.Key_Down else -1)
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
        reach, top = px(REACH), px(128)
        self.grid.setGeometry(side - reach, top - reach, width + side + reach, self.height() - top + reach)
        self.hits.setGeometry(side, top, width + side, self.height() - top)
        self._nothing.setGeometry(side, top + px(64), width, px(96))
        self.grid.divide(self._measures, width)

    def _filter(self) -> None:
        category, unsold = self.categories.current, self.unsold.isChecked()
        items = [
            item
            for item in self._shelf.items
            if (not category or item.product.category == category) and (item.unsold or not unsold)
        ]
        self.grid.show_items(items)
        self._nothing.setText("" if items else self._why_nothing())
        if self.search.text:
            self._search(self.search.text)

    def _why_nothing(self) -> str:
        if self._shelf.items:
            return _("All goods shown here have sold today.")
        return "\n".join((_("There are no goods yet."), _("Bring in the catalogue: lapak catalog import")))

    def _search(self, text: str) -> None:
        qty, rest = split_quantity(text)
        self.hits.setVisible(bool(rest))
        self.grid.setVisible(not rest)
        if not rest:
            return
        self.banner.dismiss()
        items = [self._shelf.items[row] for row in self._finder.search(rest)]
        items.sort(key=lambda item: item.sold_out)
        instead = None if items else self._finder.suggestion(rest)
        self.hits.show_hits(items, rest, qty, instead)

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
            self.wanted.emit(self._shelf.items[row], qty or 1, True)
        elif hit is not None:
            self._want_hit(hit)
        elif rest.isdigit() and len(rest) >= MIN_BARCODE:
            self.search.clear()
            self.banner.say(
                "danger",
                _("Barcode {code} is not known.").format(code=rest),
                _("The field was cleared; the next scan works as always."),
            )
        else:
            self.search.edit.selectAll()

    def _want_hit(self, item: Item) -> None:
        qty, _rest = split_quantity(self.search.text)
        self.search.clear()
        self.wanted.emit(item, qty or 1, False)

    def _tap(self, row: int) -> None:
        qty, _rest = split_quantity(self.search.text)
        self.search.clear()
        self.grid.flash(row)
        self.wanted.emit(self.grid.goods.items[row], qty or 1, False)
