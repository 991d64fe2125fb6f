"""The sheet on which an order is put down or changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.cart import Cart
from pos.chat import Proposal
from pos.errors import Refused, UserError
from pos.preorder import Wish
from pos.text import _
from ui.app import App
from ui.fields import FieldMessage
from ui.keys import keycap
from ui.orders.chat_panel import ChatPanel
from ui.orders.form_goods import FormGoods
from ui.orders.form_who import FormWho
from ui.orders.sheet import Sheet
from ui.photos import Photos
from ui.till.goods import shelf_of
from ui.widgets import Button, vline


class OrderForm(Sheet):
    """`saved` tells the cart and the wish that were filled in; `tell` says why they cannot be, and it
    stays.
    """

    saved = Signal(object, object)

    def __init__(self, app: App, parent: QWidget, photos: Photos, title: str) -> None:
        super().__init__(parent, app.theme, title, (1180, 712))
        today = app.today
        self.goods = FormGoods(app.theme, photos, shelf_of(app.opening))
        self.who = FormWho(app.theme, today)
        self.chat = ChatPanel(app.theme, app.opening.products, today)
        self._left = QStackedWidget()
        self._left.addWidget(self.goods)
        self._left.addWidget(self.chat)
        self._message = FieldMessage(app.theme)
        self._save = Button(_("Save the order"), keycap=keycap("save order"), large=True, theme=app.theme)
        self._save.clicked.connect(self.save)
        self._paste = Button(_("Paste a message"), kind="secondary", icon="message-circle", theme=app.theme)
        self._paste.clicked.connect(self._open_chat)
        self.head.insertWidget(1, self._paste)
        self.goods.changed.connect(self._message.hide)
        self.goods.refused.connect(self.tell)
        self.chat.taken.connect(self._take)
        self.chat.closed.connect(self._close_chat)
        for name in ("Ctrl+Return", "Ctrl+Enter"):  # also while a button has the keyboard, which takes Enter
            shortcut = QShortcut(QKeySequence(name), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.save)
        self._lay_out()

    def start(self, cart: Cart, wish: Wish) -> None:
        """Come up with this filled in; the keyboard is where something is missing: the goods, or who."""
        self.goods.show_cart(cart)
        self.who.show_wish(wish)
        self.open(self.who.name.edit if cart.lines else self.goods.search.edit)

    def tell(self, error: UserError) -> None:
        """Why it cannot be."""
        self._message.say(str(error))
        self._message.show()

    def save(self) -> None:
        """Put it down, if it can be."""
        try:
            wish = self.who.wish()
        except Refused as refused:
            self.tell(refused)
            return
        self._message.hide()
        self.saved.emit(self.goods.cart, wish)

    def take_scan(self, code: str) -> bool:
        """Goods that are scanned go into the order."""
        return self.goods.take_code(code)

    def _open_chat(self) -> None:
        self._left.setCurrentWidget(self.chat)
        self.chat.edit.setFocus()

    def _close_chat(self) -> None:
        self._left.setCurrentWidget(self.goods)
        self.goods.search.edit.setFocus()

    def _take(self, told: Proposal) -> None:
        for one in told.items:
            self.goods.add(one.product, one.qty)
        self.who.take(told)
        self._close_chat()

    def _lay_out(self) -> None:
        px = self.theme.px
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addWidget(self.who, 1)
        right.addWidget(self._message)
        self._message.hide()
        right.addWidget(self._save)
        row = QHBoxLayout()
        row.setSpacing(px(20))
        row.addWidget(self._left, 1)
        row.addWidget(vline(self.theme))
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
