"""What a search found, in the place of the grid: the hits in a card with their keys, or what may be meant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from pos.text import _, ngettext
from ui.photos import Photos
from ui.scroll import give_viewport
from ui.theme import Theme
from ui.till.finder import Found
from ui.till.goods import Item
from ui.till.goods_model import GoodsModel
from ui.till.hit import ROW, HitDelegate
from ui.till.taps import Taps
from ui.widgets import Button, Keycap, Panel, label

PAGE = 100  # hits that are laid out at once


class HitList(QListView):
    """The hits in a card as high as they need. `chosen` tells the row that was tapped."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, photos: Photos) -> None:
        super().__init__()
        give_viewport(self)
        self.theme = theme
        self.goods = GoodsModel(self, page=PAGE)
        self.painter = HitDelegate(theme, photos)
        self.setModel(self.goods)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(_("Found goods"))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the search field keeps the keyboard
        self.setStyleSheet("background: transparent")
        photos.arrived.connect(self._show_photo)
        taps = Taps(self)
        taps.pressed.connect(self._point)
        taps.tapped.connect(self._tap)

    def show_hits(self, items: Sequence[Item], found: Found, qty: int | None) -> None:
        """Show `items`, the goods of `found`, the first selected; `qty` pieces would be added."""
        self.goods.show_items(items)
        self.painter.needles, self.painter.qty = found.needles, qty
        self.painter.last = len(items) - 1
        self.select(0)

    def height_wanted(self) -> int:
        """The height of all rows in px."""
        return len(self.goods.items) * (self.theme.px(ROW) + 1)

    def selected(self) -> Item | None:
        """The hit that Enter adds."""
        items = self.goods.items
        return items[self.painter.selected] if items else None

    def select(self, row: int) -> None:
        """Select `row`, as far as there is such a row."""
        self.painter.selected = max(0, min(row, len(self.goods.items) - 1))
        while self.painter.selected >= self.goods.rowCount() and self.goods.items:
            self.goods.fetchMore(QModelIndex())
        index = self.goods.index(self.painter.selected)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()

    def move_selection(self, by: int) -> None:
        """Up (-1) or down (1)."""
        self.select(self.painter.selected + by)

    def _point(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.painter.selected = index.row()
            self.viewport().update()

    def _tap(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid() and index.row() == self.painter.selected:
            self.chosen.emit(index.row())

    def _show_photo(self, name: str) -> None:
        if self.isVisible() and any(item.product.image == name for item in self.goods.items[:PAGE]):
            self.viewport().update()


class Hits(QWidget):
    """The whole pane. `chosen` tells the item that was tapped, `suggested` a word to search for instead,
    `new_wanted` that what was searched for shall be a new product.
    """

    chosen = Signal(Item)
    suggested = Signal(str)
    new_wanted = Signal()

    def __init__(self, theme: Theme, photos: Photos) -> None:
        super().__init__()
        self.hide()  # made before the till is in sight, it would come into sight with it
        self.theme = theme
        self.list = HitList(theme, photos)
        self.list.chosen.connect(lambda row: self.chosen.emit(self.list.goods.items[row]))
        self._count = label("", "label", theme, color="text3")
        self._card = Panel(theme)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        self._keys = _key_hints(theme)
        self._instead = Button("", kind="secondary", icon="search", theme=theme)
        self._instead.clicked.connect(lambda: self.suggested.emit(self._instead.property("word")))
        self._new = Button(_("New product"), kind="secondary", icon="plus", theme=theme)
        self._new.clicked.connect(self.new_wanted)
        for button in (self._instead, self._new):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.px(16), theme.px(8))
        column.setSpacing(theme.px(6))
        self._count.setIndent(theme.px(2))
        column.addWidget(self._count)
        column.addSpacing(theme.px(2))
        column.addWidget(self._card)
        column.addWidget(self._keys)
        column.addWidget(self._instead, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._new, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_hits(self, items: Sequence[Item], found: Found, text: str, qty: int | None) -> None:
        """Show `items`, the goods of `found`, which was searched for as `text`."""
        self._count.setText(_how_many(found, text))
        self.list.show_hits(items, found, qty)
        self._card.setVisible(bool(items))
        self._keys.setVisible(bool(items))
        self._instead.setVisible(False)
        self._new.setVisible(not found.sure)
        self._fit()

    def suggest(self, word: str) -> None:
        """Offer to search for another word."""
        self._instead.setProperty("word", word)
        self._instead.setText(_("Maybe: {word}").format(word=word.capitalize()))
        self._instead.setVisible(True)

    def resizeEvent(self, _event: object) -> None:
        """The card never grows out of the window."""
        self._fit()

    def _fit(self) -> None:
        around = self.theme.px(90)  # the line above, the keys below
        self._card.setFixedHeight(min(self.list.height_wanted() + 2, max(0, self.height() - around)))


def _how_many(found: Found, text: str) -> str:
    """How many goods match, and how many are only like what was typed."""
    near = len(found.rows) - found.sure
    if not found.sure:
        nothing = _("There is no item called “{text}”.").format(text=text)
        similar = _("Similar ones:")
        return f"{nothing} {similar}" if near else nothing
    count = found.sure
    said = ngettext("{count} item matches “{text}”", "{count} items match “{text}”", count)
    return said.format(count=count, text=text) + (_(" · {count} similar").format(count=near) if near else "")


def _key_hints(theme: Theme) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(theme.px(4), theme.px(4), 0, 0)
    line.setSpacing(theme.px(12))
    for keys, meaning in ((("↑", "↓"), _("select")), (("Enter",), _("add")), (("Esc",), _("clear"))):
        for key in keys:
            line.addWidget(Keycap(key, theme))
        line.addWidget(label(meaning, "label", theme, color="text3"))
        line.addSpacing(theme.px(8))
    line.addStretch(1)
    return row
