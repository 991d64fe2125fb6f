"""The lines of the cart as a list: taps on − and + change a line, a tap elsewhere selects it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from pos.bundles import taken
from pos.cart import Cart, CartLine
from pos.model import Institution
from pos.text import _
from ui.scroll import OverlayBar, give_viewport
from ui.theme import Theme
from ui.till.cart_line import LINE, CartLineDelegate, ShownLine, Touched, spoken
from ui.till.goods import Item
from ui.till.goods_model import AnyIndex
from ui.till.line_actions import LineActions
from ui.till.taps import Taps

_NOBODY = Institution("", "", "")


class CartModel(QAbstractListModel):
    """The lines of the present cart."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cart = Cart("")
        self.selected = -1
        self.items: Mapping[str, Item] = {}
        self.stock: Mapping[str, int] = {}
        self._taken = taken(self.cart)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines."""
        return 0 if parent.isValid() else len(self.cart.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A ShownLine for the painter, words for screen readers."""
        if not 0 <= index.row() < len(self.cart.lines):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cart.lines[index.row()].product.name
        if role not in (LINE, Qt.ItemDataRole.AccessibleTextRole):
            return None
        shown = self.shown(index.row())
        return shown if role == LINE else spoken(shown)

    def shown(self, row: int) -> ShownLine:
        """Line `row` with what is known around it."""
        line = self.cart.lines[row]
        item = self.items.get(line.product.sku)
        maker = (item.maker if item else _NOBODY).name or line.product.institution
        lacking = self._lacking(line)
        left = self.stock[lacking] if lacking else None
        of = next((part.name or part.sku for part in line.content if part.sku == lacking), "")
        return ShownLine(line, maker, left, bool(lacking), row == self.selected, of)

    def _lacking(self, line: CartLine) -> str:
        """The first SKU of which the whole cart takes more than the books have, if the line takes some."""
        goods = [part.sku for part in line.content] or [line.product.sku]
        return next((sku for sku in goods if sku in self.stock and self._taken[sku] > self.stock[sku]), "")

    def show_cart(self, cart: Cart, selected: int) -> None:
        """Show another cart; Qt hears only when lines come or go."""
        self._taken = taken(cart)
        fewer, more = sorted((len(self.cart.lines), len(cart.lines)))
        grows = len(cart.lines) > len(self.cart.lines)
        if fewer == more:
            self.cart, self.selected = cart, selected
        elif grows:
            self.beginInsertRows(QModelIndex(), fewer, more - 1)
            self.cart, self.selected = cart, selected
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), fewer, more - 1)
            self.cart, self.selected = cart, selected
            self.endRemoveRows()


class CartList(QListView):
    """`stepped` tells a line and by how many pieces it changes, `picked` that a line was tapped.

    `scrolled` tells the first line in sight; `tools` are the buttons of the selected line.
    """

    stepped = Signal(int, int)
    picked = Signal(int)
    scrolled = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        self.lines = CartModel(self)
        self.painter = CartLineDelegate(theme)
        self.setModel(self.lines)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(_("Lines of the cart"))
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt with arrows, + − and Del serve it from everywhere
        self._bar = OverlayBar(self)
        taps = Taps(self)
        taps.pressed.connect(self._press)
        taps.tapped.connect(self._tap)
        self.verticalScrollBar().valueChanged.connect(self._release)
        self.tools = LineActions(theme, self.viewport())

    def show_cart(self, cart: Cart, selected: int) -> None:
        """Show a cart, its selected line in sight."""
        self.lines.show_cart(cart, selected)
        self._lay_out()

    def show_items(self, items: Mapping[str, Item], stock: Mapping[str, int]) -> None:
        """Makers and stock, by SKU."""
        self.lines.items, self.lines.stock = items, stock
        self._lay_out()

    def show_from(self, top: int) -> None:
        """Scroll to where line `top` is the first in sight."""
        self.scrollTo(self.lines.index(top), QListView.ScrollHint.PositionAtTop)

    def set_large(self, *, large: bool) -> None:
        """Larger words in wide windows."""
        self.painter.set_large(large=large)
        self._lay_out()

    def lock(self, *, locked: bool, plain: bool = False) -> None:
        """While it is being paid nothing can be changed; `plain` hides the buttons of the selected line."""
        if (locked, plain) != (self.painter.locked, self.painter.plain):
            self.painter.locked, self.painter.plain = locked, plain
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The selected line stays in sight when a toast comes."""
        if self.painter.width != self.viewport().width():
            self.painter.width = self.viewport().width()
            self.doItemsLayout()
        super().resizeEvent(event)
        if QRect(QPoint(), event.oldSize()).intersects(self.visualRect(self.currentIndex())):
            self.scrollTo(self.currentIndex())
        self._place_tools()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The buttons go along, and the place is told."""
        super().scrollContentsBy(dx, dy)
        self._place_tools()
        self.scrolled.emit(max(0, self.indexAt(QPoint(1, 1)).row()))

    def _press(self, place: QPoint) -> None:
        """Show what is under the finger."""
        self._show_pressed(self._under(place))

    def _release(self, _value: int = 0) -> None:
        """The finger went off, or the list scrolls under it."""
        self._show_pressed(None)

    def _tap(self, place: QPoint) -> None:
        """Do it, if the finger is still there."""
        pressed = self.painter.pressed
        self._release()
        if pressed is None or pressed != self._under(place) or self.painter.locked:
            return
        row, part = pressed
        if part == "line":
            self.picked.emit(row)
        else:
            self.stepped.emit(row, 1 if part == "more" else -1)

    def _show_pressed(self, pressed: tuple[int, Touched] | None) -> None:
        if pressed != self.painter.pressed:
            self.painter.pressed = pressed
            self.viewport().update()

    def _lay_out(self) -> None:
        """Lines have grown or shrunk: measure them anew, with the selected one in sight."""
        self.doItemsLayout()
        index = self.lines.index(self.lines.selected)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)
        self._place_tools()
        self.viewport().update()

    def _place_tools(self) -> None:
        row = self.lines.selected
        opens = 0 <= row < len(self.lines.cart.lines) and self.painter.opens(self.lines.shown(row))
        self.tools.setVisible(opens)
        if opens:
            box, shown = self.visualRect(self.lines.index(row)), self.lines.shown(row)
            self.tools.show_for(shown.line)
            self.tools.setGeometry(self.painter.buttons(box, shown))

    def _under(self, place: QPoint) -> tuple[int, Touched] | None:
        index = self.indexAt(place)
        if not index.isValid():
            return None
        return index.row(), self.painter.touched(self.visualRect(index), QPointF(place))
