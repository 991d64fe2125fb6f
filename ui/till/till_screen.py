"""The screen that fills a cart: goods, cart, keys, and the payment sheet over the goods."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from pos.cart import Cart, check_content
from pos.errors import Refused, UserError
from pos.model import Product
from pos.text import _
from ui.fill import fill
from ui.keys import is_bound, meant
from ui.theme import Theme
from ui.till.basket import Basket
from ui.till.cart_panel import CartPanel
from ui.till.content import Content
from ui.till.goods import Item, Shelf
from ui.till.goods_pane import GoodsPane
from ui.till.measures import measures

if TYPE_CHECKING:  # imported when it is made: nobody pays in the first moment
    from ui.pay.sheet import PaySheet

_LINE_KEYS = {"more", "less", "remove"}  # while something is typed they belong to the search


class TillScreen(QWidget):
    """Where a cart is filled and its payment asked for. `paying` tells the payments for the present cart.

    `help`: the map of keys is wanted, `training`: that, or the way back; `rush`: rush mode, or its end;
    `papers`: receipts and returns.
    """

    paying = Signal(object)
    help = Signal()
    training = Signal()
    rush = Signal()
    asking = Signal(int)  # the buyer is to pay so many Rupiah
    ordering = Signal(object, int)  # a Product that is sold out, and how many: it is to be ordered
    papers = Signal()

    def __init__(self, theme: Theme, basket: Basket) -> None:
        super().__init__()
        self.theme = theme
        self.receipt_hint = ""
        self.hurried = False  # rush mode: nothing is asked that need not be
        self.small_is_low = False  # the drawer's small notes run out
        self.sheet: PaySheet | None = None
        self.basket = basket
        self.items: dict[str, Item] = {}  # what is for sale, by SKU
        self._shown: Cart | None = None
        self.goods = GoodsPane(theme)
        self.cart = CartPanel(theme, basket)
        self.content = Content(self.goods, basket)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.goods, 1)
        row.addWidget(self.cart)
        self.goods.wanted.connect(self._want)
        self.goods.search.edit.installEventFilter(self)
        basket.changed.connect(self._show_cart)
        basket.refused.connect(self.tell)
        self.cart.exact.connect(self.pay_exactly)
        self.cart.pay.connect(self.open_sheet)
        self.cart.back.connect(self._go_back)
        self.cart.help.connect(self.help)
        self.cart.training.connect(self.training)
        self.cart.rush.connect(self.rush)
        self.cart.content.connect(self._change_content)
        self.cart.papers.connect(self.papers)
        self.cart.left.connect(self.goods.focus_search)
        for button in self.goods.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        self._show_cart()

    @property
    def locked(self) -> bool:
        """The payment sheet is open, and nothing of the cart can change."""
        return self.sheet is not None and self.sheet.isVisible()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show these goods, and in the cart their makers and stock."""
        self.items = {item.product.sku: item for item in shelf.items}
        self.goods.show_shelf(shelf)
        self.content.show_shelf(shelf)
        self.cart.show_items(self.items, shelf.stock)

    def divide(self, width: int, height: int) -> None:
        """Fit into a window of this size in px."""
        sizes = measures(self.theme, width, height)
        self.cart.divide(sizes)
        self.goods.divide(sizes)

    def tell(self, error: UserError) -> None:
        """One sentence about what failed; the cart stays as it is."""
        self.goods.banner.dismiss()
        self.goods.banner.say("danger", error.message, error.hint)

    def pay_exactly(self) -> None:
        """Exact cash: the whole payment in one tap."""
        if self.basket.parts:
            self.open_sheet()
        elif self._may_pay():
            from pos.payments import settle  # nobody pays in the first moment

            self.paying.emit([settle("cash", self.basket.cart.total)])

    def open_sheet(self) -> None:
        """Ask how the cart is paid, or what is left of it."""
        if self._may_pay():
            self.cart.lock(locked=True)
            self.goods.below.clear()
            sheet = self.prepared_sheet()
            sheet.cash.small_is_low = self.small_is_low
            sheet.open_for(self.basket.cart, self.receipt_hint, self.basket.parts)
            self.asking.emit(self.basket.cart.total)

    def prepared_sheet(self) -> PaySheet:
        """The payment sheet, made when it is first needed."""
        if self.sheet is None:
            from ui.pay.sheet import PaySheet

            self.sheet = PaySheet(self.goods, self.theme)
            self.sheet.closed.connect(self._unlock)
            self.sheet.paid.connect(self._take)
            self.sheet.parts.connect(self.basket.receive)
            self.sheet.waiting.connect(self._wait)
        return self.sheet

    def clear_search(self) -> None:
        """The next buyer: nothing is searched or told, and the keyboard is in the search field."""
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
        if self._act(event):
            return
        if is_typing(event) and not self.locked:
            self.type_text(event.text())
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        fill(QPainter(self), self.rect(), self.theme.color("bg"))

    @cached_property
    def _actions(self) -> dict[str, Callable[[], object]]:
        """What the actions of the table of keys do here."""
        basket, cart, categories = self.basket, self.cart, self.goods.categories
        return {
            "search": self.goods.focus_search,
            "undo": self._undo,
            "back": lambda: cart.close_top() or self.goods.below.clear() or self.goods.clear(),
            "more": lambda: basket.step(basket.selected, 1),
            "less": lambda: basket.step(basket.selected, -1),
            "line up": lambda: basket.select(basket.selected - 1),
            "line down": lambda: basket.select(basket.selected + 1),
            "discount": cart.edit_discount,
            "discount whole": cart.edit_whole,
            "buyer": cart.buyer.open_menu,
            "note": cart.edit_note,
            "content": self._change_content,
            "hold": basket.hold,
            "held": cart.open_held,
            "remove": lambda: basket.remove(basket.selected),
            "category left": lambda: categories.choose_next(-1),
            "category right": lambda: categories.choose_next(1),
            "unsold": self.goods.unsold.click,
            "register": self.goods.register,
            "papers": self.papers.emit,
            "rush": self.rush.emit,
            "pay": self.open_sheet,
            "exact": self.pay_exactly,
        }

    def _act(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False when it means nothing, as all do while the cart is paid."""
        if self.locked:
            return False
        found = meant(event, "till", "anywhere")
        if found is None:
            return is_bound(event, "till", "anywhere")
        name, _number = found
        action = self._actions.get(name)
        if action is None or (name in _LINE_KEYS and self.goods.search.text):
            return False
        action()
        return True

    def _want(self, item: Item, qty: int, at_hand: bool) -> None:
        if self.locked:
            return
        if item.sold_out and not at_hand and not self.hurried:
            self.goods.banner.say(
                "warn",
                _("{name} is sold out by the books.").format(name=item.product.name),
                _("If it lies on the table it can be sold all the same."),
                _("Sell it"),
                lambda: self.put(item.product, qty),
                (_("Put down an order"), lambda: self.ordering.emit(item.product, qty)),
            )
            return
        self.goods.banner.dismiss()
        self.cart.editors.finish()
        self.put(item.product, qty)

    def put(self, product: Product, qty: int) -> None:
        """Put a product into the cart; of a bundle that the buyer fills, ask for its content first."""
        if product.choose:
            self.content.add(product, qty)
        else:
            self.basket.add(product, qty)

    def _change_content(self) -> None:
        if not self.locked:
            self.content.change(self.basket.selected)

    def _show_cart(self) -> None:
        cart, former = self.basket.cart, self._shown
        self._shown = cart
        if cart is not former:
            self.goods.show_cart(cart)

    def _may_pay(self) -> bool:
        """There is something to be paid, and what is being typed in the cart counts already."""
        if self.locked or not (self.cart.editors.finish() and self.content.finish()):
            return False
        return bool(self.basket.cart.lines) and self._is_complete()

    def _is_complete(self) -> bool:
        """Every bundle is filled; the first that is not is told, and its content asked for."""
        for row, line in enumerate(self.basket.cart.lines):
            try:
                check_content(line)
            except Refused as refusal:
                self.basket.select(row)
                self.content.change(row, refusal.message)
                return False
        return True

    def _go_back(self) -> None:
        self.prepared_sheet().go_back()

    def _undo(self) -> None:
        if not self.locked:
            self.basket.undo()

    def _unlock(self) -> None:
        self.cart.lock(locked=False)

    def _wait(self) -> None:
        """The QRIS money has not come: the cart waits for it, the queue does not."""
        self._unlock()
        self.basket.hold(waiting=True)

    def _take(self, payments: object) -> None:
        self._unlock()
        self.paying.emit(payments)


def is_typing(event: QKeyEvent) -> bool:
    """A key that writes something, as people and scanners press it."""
    held = Qt.KeyboardModifier
    plain = not event.modifiers() & (held.ControlModifier | held.AltModifier | held.MetaModifier)
    return plain and bool(event.text()) and event.text().isprintable()
