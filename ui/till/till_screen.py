"""The screen that fills a cart: goods, cart, keys, and the payment sheet over the goods."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from pos.cart import Cart
from pos.errors import UserError
from pos.payments import settle
from pos.text import _
from ui.theme import Theme
from ui.till.basket import Basket
from ui.till.cart_panel import CartPanel
from ui.till.goods import Item, Shelf
from ui.till.goods_pane import GoodsPane
from ui.till.measures import measures

if TYPE_CHECKING:  # imported when it is made: nobody pays in the first moment
    from ui.pay.sheet import PaySheet

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_REPEATS = {"+", "-"}  # all other keys act once, however long they are held


class TillScreen(QWidget):
    """Where a cart is filled and its payment asked for. `paying` tells the payments for the present cart."""

    paying = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.receipt_hint = ""
        self.sheet: PaySheet | None = None
        self.basket = Basket(self)
        self._shown: Cart | None = None
        self.goods = GoodsPane(theme)
        self.cart = CartPanel(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.goods, 1)
        row.addWidget(self.cart)
        self.goods.wanted.connect(self._want)
        self.goods.search.edit.installEventFilter(self)
        self.basket.changed.connect(self._show_cart)
        self.basket.removed.connect(self._offer_undo)
        self.basket.refused.connect(self.tell)
        self.cart.list.stepped.connect(self.basket.step)
        self.cart.list.picked.connect(self.basket.select)
        self.cart.exact.connect(self.pay_exactly)
        self.cart.pay.connect(self.open_sheet)
        self.cart.back.connect(lambda: self.prepared_sheet().go_back())
        for button in self.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        self._show_cart()

    @property
    def locked(self) -> bool:
        """The payment sheet is open, and nothing of the cart can change."""
        return self.sheet is not None and self.sheet.isVisible()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show these goods, and in the cart their makers and stock."""
        self.goods.show_shelf(shelf)
        self.cart.show_items({item.product.sku: item for item in shelf.items})

    def divide(self, width: int, height: int) -> None:
        """Fit into a window of this size in px."""
        sizes = measures(self.theme, width, height)
        self.cart.divide(sizes)
        self.goods.divide(sizes)

    def tell(self, error: UserError) -> None:
        """One sentence about what failed; the cart stays as it is."""
        self.goods.banner.say("danger", error.message, error.hint)

    def pay_exactly(self) -> None:
        """Exact cash: the whole payment in one tap."""
        cart = self.basket.cart
        if cart.lines and not self.locked:
            self.paying.emit([settle("cash", cart.total)])

    def open_sheet(self) -> None:
        """Ask how the cart is paid."""
        if self.basket.cart.lines and not self.locked:
            self.cart.lock(locked=True)
            self.prepared_sheet().open_for(self.basket.cart, self.receipt_hint)

    def prepared_sheet(self) -> PaySheet:
        """The payment sheet, made when it is first needed."""
        if self.sheet is None:
            from ui.pay.sheet import PaySheet

            self.sheet = PaySheet(self.goods, self.theme)
            self.sheet.closed.connect(self._unlock)
            self.sheet.paid.connect(self._take)
        return self.sheet

    def start_anew(self) -> None:
        """The next buyer, with an empty cart and the keyboard in the search field."""
        self.basket.start_anew()
        self.cart.toast.hide()
        self.goods.banner.dismiss()
        self.goods.search.clear()
        self.goods.focus_search()

    def type_text(self, text: str) -> None:
        """Typed or scanned elsewhere: it belongs to the search."""
        self.goods.search.type_text(text)

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """Our keys come before those of the search field."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._act(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field and no button wanted: our keys, or a search begun elsewhere."""
        if self.locked or self._act(event):
            return
        if is_typing(event):
            self.type_text(event.text())
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.theme.color("bg"))

    @cached_property
    def _keys(self) -> dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]:
        """What keys do here. Made at the first key: Qt's enumerations are slow to come to Python."""
        categories = self.goods.categories
        return {
            (_Key.Key_F2, _Mod.NoModifier): self.goods.focus_search,
            (_Key.Key_F, _Mod.ControlModifier): self.goods.focus_search,
            (_Key.Key_F9, _Mod.NoModifier): self.open_sheet,
            (_Key.Key_Return, _Mod.ControlModifier): self.open_sheet,
            (_Key.Key_Enter, _Mod.ControlModifier): self.open_sheet,
            (_Key.Key_F10, _Mod.NoModifier): self.pay_exactly,
            (_Key.Key_Z, _Mod.ControlModifier): self._undo,
            (_Key.Key_J, _Mod.ControlModifier): self.goods.unsold.click,
            (_Key.Key_Escape, _Mod.NoModifier): self.goods.clear,
            (_Key.Key_Up, _Mod.AltModifier): lambda: self.basket.select(self.basket.selected - 1),
            (_Key.Key_Down, _Mod.AltModifier): lambda: self.basket.select(self.basket.selected + 1),
            (_Key.Key_Left, _Mod.ControlModifier): lambda: categories.choose_next(-1),
            (_Key.Key_Right, _Mod.ControlModifier): lambda: categories.choose_next(1),
        }

    def _act(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False when it means nothing."""
        modifiers = event.modifiers() & ~_Mod.KeypadModifier
        action = self._keys.get((_Key(event.key()), modifiers))
        if action is None and not self.goods.search.text:
            action = self._line_key(event)
        if action is None:
            return False
        if not event.isAutoRepeat() or event.text() in _REPEATS:
            action()
        return True

    def _line_key(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Keys of the selected line, while nothing is being typed."""
        row = self.basket.selected
        if event.text() in _REPEATS:
            return lambda: self.basket.step(row, 1 if event.text() == "+" else -1)
        if event.key() == _Key.Key_Delete:
            return lambda: self.basket.remove(row)
        return None

    def _want(self, item: Item, qty: int, at_hand: bool) -> None:
        if self.locked:
            return
        if item.sold_out and not at_hand:
            self.goods.banner.say(
                "warn",
                _("{name} is sold out by the books.").format(name=item.product.name),
                _("If it lies on the table it can be sold all the same."),
                _("Sell it"),
                lambda: self.basket.add(item.product, qty),
            )
            return
        self.goods.banner.dismiss()
        self.basket.add(item.product, qty)

    def _show_cart(self) -> None:
        cart, former = self.basket.cart, self._shown
        self._shown = cart
        self.cart.show_cart(cart, self.basket.selected)
        if cart is not former:
            self.cart.toast.hide()  # its way back was meant for the cart before
            self.goods.show_cart(cart)

    def _offer_undo(self, name: str) -> None:
        action = (_("Undo"), "undo-2", "Ctrl+Z")
        self.cart.toast.say(_("{name} removed").format(name=name), "trash-2", action, self._undo)

    def _undo(self) -> None:
        if not self.locked:
            self.basket.undo()

    def _unlock(self) -> None:
        self.cart.lock(locked=False)

    def _take(self, payments: object) -> None:
        self._unlock()
        self.paying.emit(payments)


def is_typing(event: QKeyEvent) -> bool:
    """A key that writes something, as people and scanners press it."""
    plain = not event.modifiers() & (_Mod.ControlModifier | _Mod.AltModifier | _Mod.MetaModifier)
    return plain and bool(event.text()) and event.text().isprintable()
