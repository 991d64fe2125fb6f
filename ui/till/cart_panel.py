"""The right side of the till: the lines, what they come to, the ways to pay, and all that changes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.cart import Cart
from pos.text import _
from ui.fill import fill
from ui.keys import keycap
from ui.tell import Toast
from ui.theme import Theme
from ui.till.basket import WHOLE, Basket
from ui.till.cart_editors import CartEditors
from ui.till.cart_empty import EmptyCart
from ui.till.cart_foot import CartFoot
from ui.till.cart_header import BuyerRow, CartHeader
from ui.till.cart_list import CartList
from ui.till.goods import Item
from ui.till.measures import Measures

if TYPE_CHECKING:  # imported when it is made: it is not seen in the first moment
    from ui.till.held_list import HeldList

EMPTY, LINES, HELD = range(3)  # the pages of the middle


class CartPanel(QWidget):
    """Shows a basket and changes it.

    `exact` asks for exact cash, `pay` for the payment sheet, `back` to leave that sheet, `help` for the map
    of keys, `training` and `rush` for those or the way back, `content` another content of the bundle that is
    selected. `left`: an editor or the carts put aside gave the keyboard back.
    """

    exact = Signal()
    pay = Signal()
    back = Signal()
    help = Signal()
    training = Signal()
    rush = Signal()
    papers = Signal()
    left = Signal()
    content = Signal()

    def __init__(self, theme: Theme, basket: Basket) -> None:
        super().__init__()
        self.theme = theme
        self.basket = basket
        self._shown: tuple[Cart, int] = (Cart(""), -1)
        self._locked = False
        self._placed = False
        self.header = CartHeader(theme)
        self.buyer = BuyerRow(theme)
        self.list = CartList(theme)
        self.empty = EmptyCart(theme)
        self.editors = CartEditors(theme, basket)
        self.toast = Toast(theme)
        self.foot = CartFoot(theme)
        self._middle = QStackedWidget()
        self._middle.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self.list)
        self._lay_out()
        self._connect()
        self.show_basket()

    @cached_property
    def held(self) -> HeldList:
        """The list of carts put aside, made when it is first needed."""
        from ui.till.held_list import HeldList

        held = HeldList(self.theme)
        held.recalled.connect(self.basket.recall)
        held.renamed.connect(self.editors.rename)
        held.given_up.connect(self.basket.give_up)
        held.closed.connect(self.close_top)
        self._middle.insertWidget(HELD, held)
        return held

    def prepare(self) -> None:
        """Make what is needed later, when nobody waits."""
        _made = self.held, self.editors.discount, self.editors.text

    def divide(self, measures: Measures) -> None:
        """Fit into the window."""
        self.setFixedWidth(measures.cart)
        self.list.set_large(large=measures.large)
        self.foot.divide(compact=measures.compact, large=measures.large)
        self._arrange()

    def show_items(self, items: Mapping[str, Item], stock: Mapping[str, int]) -> None:
        """Makers and stock, by SKU."""
        self.list.show_items(items, stock)

    def show_basket(self) -> None:
        """Show what is in the basket; an editor goes when what it edits is another one."""
        basket = self.basket
        shown, self._shown = self._shown, (basket.cart, basket.selected)
        self.header.show_cart(basket.cart, basket.held_count)
        self.buyer.show_buyer(basket.cart.buyer)
        self.empty.show_held(basket.held_count)
        if shown != self._shown:
            self.editors.close_editor()
            self.list.show_cart(basket.cart, basket.selected)
            self.foot.show_cart(basket.cart)
        if shown[0] is not basket.cart:
            self.toast.hide()  # its way back was meant for the cart before
            self._turn(self._lines())
        elif self._at_held:
            self._show_held()
        else:
            self._turn(self._lines())

    def offer_undo(self, text: str, icon: str) -> None:
        """Tell what was done, and that it can be undone."""
        action = (_("Undo"), "undo-2", keycap("undo"))
        self.toast.say(text, icon, action, self.basket.undo)

    def tell_restored(self) -> None:
        """The cart of the program's last run is here again: say so, once."""
        if self.basket.restored:
            self.basket.restored = False
            self.toast.say(_("Cart restored"), "rotate-ccw")

    def edit_discount(self) -> None:
        """The discount of the selected line; asked once more, the other kind of it."""
        if 0 <= self.basket.selected < len(self.basket.cart.lines):
            self._turn(self._lines())
            self.editors.edit_discount(self.basket.selected)

    def edit_whole(self) -> None:
        """The discount on the whole; asked once more, the other kind of it."""
        if self.basket.cart.lines:
            self._turn(self._lines())
            self.editors.edit_discount(WHOLE)

    def edit_note(self) -> None:
        """The note of the selected line."""
        if 0 <= self.basket.selected < len(self.basket.cart.lines):
            self._turn(self._lines())
            self.editors.edit_note(self.basket.selected)

    def open_held(self) -> None:
        """The carts put aside in the place of the lines, or the lines again."""
        if self._at_held:
            self.close_top()
            return
        self.editors.close_editor()
        self.basket.asked.emit()
        self._show_held()
        self._turn(HELD)
        self.held.focus_row(0)

    def close_top(self) -> bool:
        """Leave the editor, or the carts put aside; False when there was neither."""
        if self.editors.current:
            self.editors.close_editor()
        elif self._at_held:
            self._turn(self._lines())
        else:
            return False
        self.left.emit()
        return True

    def lock(self, *, locked: bool) -> None:
        """While it is being paid it is seen, and cannot be changed."""
        self._locked = locked
        if locked:
            self.toast.hide()
            self.editors.close_editor()
        self.header.lock(locked=locked)
        self.buyer.lock(locked=locked)
        self.foot.wait(waiting=locked)
        self._turn(self._lines())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low windows have no room for all."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Lines are where they were in the program's last run, or under another theme."""
        super().showEvent(event)
        if not self._placed:
            self._placed = True
            QTimer.singleShot(0, self, self._find_place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and a hairline towards the goods."""
        painter = QPainter(self)
        fill(painter, self.rect(), self.theme.color("surface"))
        fill(painter, QRect(0, 0, 1, self.height()), self.theme.color("border"))

    def _find_place(self) -> None:
        """Now that the lines have their size; what they told of their place before was none."""
        self.list.show_from(self.basket.top)
        self.list.scrolled.connect(self.basket.scroll)

    @property
    def _at_held(self) -> bool:
        return self._middle.currentIndex() == HELD

    def _lines(self) -> int:
        return LINES if self.basket.cart.lines else EMPTY

    def _turn(self, page: int) -> None:
        self._middle.setCurrentIndex(page)
        self._arrange()

    def _show_held(self) -> None:
        self.held.show_drafts(self.basket.held, self.basket.now().date())

    def _make_room(self) -> None:
        """An editor opens or went."""
        if self.editors.current:
            self.toast.hide()  # for the room; Ctrl+Z goes on working
        self._arrange()

    def _arrange(self) -> None:
        """An editor takes the room of the buyer, in low windows that of the head too.

        What goes goes first: both together would make the window grow.
        """
        editor = self.editors.current
        buyer = editor is None and not self._at_held
        header = editor is None or self.height() > (
            self.header.height() + editor.minimumSizeHint().height() + self.foot.sizeHint().height()
        )
        self.list.lock(locked=self._locked, plain=editor is not None)
        if editor is None:
            self.editors.hide()
        if not buyer:
            self.buyer.hide()
        if not header:
            self.header.hide()
        self.editors.setVisible(editor is not None)
        self.buyer.setVisible(buyer)
        self.header.setVisible(header)

    def _choose_buyer(self, buyer: str) -> None:
        if buyer != self.basket.cart.buyer:
            self.basket.become(self.basket.cart.for_buyer(buyer))

    def _step(self, row: int, by: int) -> None:
        self.editors.finish()
        self.basket.step(row, by)

    def _pick(self, row: int) -> None:
        self.editors.finish()
        self.basket.select(row)

    def _remove(self) -> None:
        self.basket.remove(self.basket.selected)

    def _connect(self) -> None:
        basket, header, tools = self.basket, self.header, self.list.tools
        basket.changed.connect(self.show_basket)
        basket.offered.connect(self.offer_undo)
        header.hold.connect(basket.hold)
        header.held.connect(self.open_held)
        header.back.connect(self.back)
        header.whole.connect(self.edit_whole)
        header.clear.connect(basket.clear)
        header.help.connect(self.help)
        header.training.connect(self.training)
        header.rush.connect(self.rush)
        header.papers.connect(self.papers)
        self.buyer.chosen.connect(self._choose_buyer)
        self.empty.resume.connect(self.open_held)
        self.list.stepped.connect(self._step)
        self.list.picked.connect(self._pick)
        tools.content.clicked.connect(self.content)
        tools.discount.clicked.connect(self.edit_discount)
        tools.note.clicked.connect(self.edit_note)
        tools.remove.clicked.connect(self._remove)
        self.editors.turned.connect(self._make_room)
        self.editors.left.connect(self.left)
        self.foot.exact.clicked.connect(self.exact)
        self.foot.pay.clicked.connect(self.pay)
        self.foot.whole.connect(self.edit_whole)

    def _lay_out(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        buyer = QHBoxLayout()
        buyer.setContentsMargins(px(12), 0, px(12), 0)
        buyer.addWidget(self.buyer)
        column.addWidget(self.header)
        column.addLayout(buyer)
        column.addWidget(self._middle, 1)
        for below in (self.editors, self.toast, self.foot):
            column.addWidget(below)
        for button in (self.foot.exact, self.foot.pay):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
