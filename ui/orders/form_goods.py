"""What is ordered: goods found by typing or scanning, and a line for each with its quantity."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos.cart import MAX_QTY, Cart, CartLine
from pos.errors import Refused
from pos.model import Product
from pos.money import rupiah
from pos.text import _
from ui.fields import FieldFrame
from ui.orders.small import Elided
from ui.photos import Photos
from ui.plain_tip import plain_tip
from ui.scroll import Scroll
from ui.theme import Theme
from ui.till.finder import Finder, split_quantity
from ui.till.goods import Shelf
from ui.till.hits import HitList
from ui.till.search_field import SearchField
from ui.widgets import FitLabel, IconButton, hline, label


class FormGoods(QWidget):
    """`changed`: the cart is another one. `refused` tells what cannot be."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, theme: Theme, photos: Photos, shelf: Shelf) -> None:
        super().__init__()
        self.theme, self._shelf = theme, shelf
        self._finder = Finder(shelf)
        self.cart = Cart("")
        self.search = SearchField(theme)
        self.search.edit.setAccessibleName(_("Goods to order"))
        self.search.changed.connect(self._find)
        self.search.edit.installEventFilter(self)
        self._hits = HitList(theme, photos)
        self._hits.chosen.connect(self._take)
        self._rows: list[_Row] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._nothing = label(
            _("Nothing is in the order yet. Type the name of something."), "body", theme, color="text2"
        )
        self._nothing.setWordWrap(True)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self._unknown = label("", "body", theme, color="text2", wrap=True)
        self._unknown.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lines = Scroll(self._inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lines)
        self._stack.addWidget(self._hits)
        self._stack.addWidget(self._unknown)
        self._total = FitLabel("amount", theme, size=26)
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()

    def show_cart(self, cart: Cart) -> None:
        """Begin with these goods."""
        self.cart = cart
        self._show()

    def add(self, product: Product, qty: int = 1) -> None:
        """Put pieces in."""
        self._try(lambda: self.cart.add(product, qty))

    def take_code(self, code: str) -> bool:
        """A barcode was scanned; False when no goods have it, or no more can be ordered, which is told."""
        row = self._finder.code(code)
        if row is None:
            words = _("The barcode {code} is not known.").format(code=code[:40])
            self.refused.emit(Refused(words, _("Search by name, or register it at the till.")))
            return False
        before = self.cart
        self.add(self._shelf.items[row].product)
        return self.cart is not before

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """Enter takes the marked hit, arrows move the mark, Esc leaves the search."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not self.search.text:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._hits.move_selection(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.search.clear()
        else:
            return False
        return True

    def _find(self, text: str) -> None:
        qty, words = split_quantity(text)
        found = self._finder.search(words)
        self._hits.show_hits([self._shelf.items[row] for row in found.rows], found, qty)
        self._unknown.setText(_("There is no item called “{text}”.").format(text=text))
        shown = self._hits if found.rows else self._unknown
        self._stack.setCurrentWidget(shown if words else self._lines)

    def _take(self, _row: int = 0) -> None:
        item = self._hits.selected()
        qty, _words = split_quantity(self.search.text)
        if item is not None:
            self.search.clear()
            self.search.edit.setFocus()
            self.add(item.product, qty or 1)

    def _try(self, make: Callable[[], Cart]) -> None:
        try:
            self.cart = make()
        except Refused as refused:
            self.refused.emit(refused)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Rows stay as long as they are of the same goods: whoever taps plus goes on tapping it."""
        lines = self.cart.lines
        if [row.sku for row in self._rows] != [line.product.sku for line in lines]:
            for row in self._rows:
                row.hide()
                row.deleteLater()
            self._rows = [_Row(line, self.theme) for line in lines]
            for place, row in enumerate(self._rows):
                row.wanted.connect(self._changing(place))
                self._column.insertWidget(place, row)
                row.show()
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line)
        self._nothing.setVisible(not lines)
        self._total.setText(rupiah(self.cart.total))

    def _changing(self, place: int) -> Callable[[int], None]:
        return lambda qty: self._try(lambda: self.cart.with_qty(place, qty))

    def _lay_out(self) -> None:
        px = self.theme.px
        foot = QHBoxLayout()
        foot.addWidget(label(_("Order total"), "price", self.theme))
        foot.addWidget(self._total, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.search)
        column.addWidget(self._stack, 1)
        column.addWidget(hline(self.theme))
        column.addLayout(foot)


class _Row(QWidget):
    """Name and price, one less, how many, one more. `wanted` tells the new quantity, 0 to take it out."""

    wanted = Signal(int)

    def __init__(self, line: CartLine, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self.sku, self._qty = line.product.sku, line.qty
        called = line.product.name
        name = Elided("itemName", theme)
        name.setText(called)
        self._facts = Elided("label", theme, color="text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(self._facts)
        self._less = IconButton(
            "minus", _("One less of {name}").format(name=called), kind="secondary", theme=theme
        )
        more = IconButton("plus", _("One more of {name}").format(name=called), kind="secondary", theme=theme)
        field = FieldFrame(_("How many of {name}").format(name=called), theme)
        field.setFixedWidth(px(84))
        field.row.setContentsMargins(px(6), px(3), px(6), px(3))
        self._edit: QLineEdit = field.edit
        self._edit.setFont(theme.font("price"))
        self._edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._edit.setValidator(QIntValidator(0, MAX_QTY, self))
        self._edit.editingFinished.connect(self._typed)
        self._less.clicked.connect(lambda: self.wanted.emit(self._qty - 1))
        more.clicked.connect(lambda: self.wanted.emit(self._qty + 1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(5), 0, px(5))
        row.setSpacing(px(6))
        row.addLayout(words, 1)
        row.addWidget(self._less)
        row.addWidget(field)
        row.addWidget(more)

    def show_line(self, line: CartLine) -> None:
        """How many there are now; of the last one minus takes it out."""
        self._qty = line.qty
        self._edit.setText(str(line.qty))
        self._facts.setText(f"{rupiah(line.product.price)} · {rupiah(line.total)}")
        last = line.qty == 1
        self._less.icon_name = "trash-2" if last else "minus"
        words = _("Remove {name}") if last else _("One less of {name}")
        self._less.setAccessibleName(words.format(name=line.product.name))
        self._less.setToolTip(plain_tip(self._less.accessibleName()))
        self._less.update()

    def _typed(self) -> None:
        text = self._edit.text()
        if text.isdigit() and int(text) != self._qty:
            self.wanted.emit(int(text))
        else:
            self._edit.setText(str(self._qty))
