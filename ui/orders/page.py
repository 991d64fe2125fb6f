"""The screen of orders: the board on the left, one order on the right, sheets over both."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.cart import Cart
from pos.ledger import Ledger
from pos.order_book import orders
from pos.preorder import Order
from pos.stock import on_hand
from pos.text import _, fold
from ui import work
from ui.app import App
from ui.keys import keycap, meant
from ui.orders.actions import Actions
from ui.orders.board import Board
from ui.orders.detail import Detail
from ui.orders.ground import Ground
from ui.orders.search import OrderSearch
from ui.orders.small import Filters
from ui.orders.words import found_by
from ui.page import Scan
from ui.pay.confirm import Emblem
from ui.till.filters import Choice
from ui.widgets import Button, IconButton, label

BOARD = 540  # px
SHOWN = 300  # orders that are over, the latest


class Known(NamedTuple):
    """What the ledger says: orders that are open, those that are over once they were asked for, and the
    stock.
    """

    open: list[Order]
    over: list[Order]
    stock: dict[str, int]


class OrdersPage(Ground):
    """Reads the ledger in the background; what is shown stays until the answer is there."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._known = Known([], [], {})
        self._filter = ""
        self._with_over = False
        self._wanted: tuple[str, int] | None = None  # to be selected once it is read
        self.search = OrderSearch(app.theme)
        self.board = Board(app.theme)
        self.detail = Detail(app, self.photos)
        self.acts = Actions(app, self)
        self._chips = Filters(app.theme)
        self._empty = QWidget()
        self._right = QStackedWidget()
        self._connect()
        self._lay_out()

    def refresh(self) -> None:
        """Ask the ledger in the background."""
        app, over = self.app, self._with_over
        work.run(lambda: _read(app.ledger, over=over), done=self._show, failed=self.app.failed.emit)

    def take_focus(self) -> None:
        """The search has the keyboard, unless a sheet is there."""
        if not self.acts.busy:
            self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, code: str) -> Scan:
        """An order's or a deposit's number shows that order; goods go into the order that is put down."""
        return self.acts.take_scan(code)

    def new_order(self, cart: Cart | None = None) -> None:
        """Put down an order, of what is in `cart` where there is one."""
        self.acts.place(cart)

    def _new(self) -> None:
        self.new_order()

    def choose(self, order: Order) -> None:
        """Show this order, whatever was searched or filtered."""
        self._wanted = order.root
        self._with_over = self._with_over or order.over
        self._chips.choose("")
        self.search.edit.clear()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Our keys; while a sheet is open only those that hold anywhere."""
        action, _place = meant(event, "orders", "anywhere") or ("", 0)
        order = self.detail.order if self._right.currentWidget() is self.detail else None
        if self.acts.busy:
            event.setAccepted(self.acts.key(action))
        elif action == "new order":
            self.new_order()
        elif action in ("order above", "order below"):
            self.board.move_selection(1 if action == "order below" else -1)
        elif action in ("hand over", "note", "order note") and order is not None:
            if action != "hand over" or not order.over:
                self.acts.do("note" if action == "order note" else action, order, QPoint())
        elif action == "search":
            self.take_focus()
            self.search.edit.selectAll()
        elif action == "back" and self.search.edit.text():
            self.search.edit.clear()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The board gives way in a small window; the toast lies above the buttons."""
        super().resizeEvent(event)
        px = self.app.theme.px
        self._left.setFixedWidth(min(px(BOARD), max(self.width() * 42 // 100, px(380))))
        width = min(px(640), self.width() - px(40))
        self.toast.setGeometry(
            self.width() - width - px(10), self.height() - px(160), width, self.toast.height()
        )

    def _show(self, known: Known) -> None:
        self._known = known
        today = self.app.today
        names = {
            "": _("All"),
            "today": _("Fetched today"),
            "no deposit": _("No deposit"),
            "ready": _("Ready"),
        }
        self._chips.show_choices(
            tuple(Choice(key, words, len(self._filtered(key))) for key, words in names.items())
        )
        words = fold(self.search.edit.text()).split()
        found = [one for one in self._filtered(self._filter) if all(word in found_by(one) for word in words)]
        if self._with_over and not self._filter:
            found += [one for one in known.over if all(word in found_by(one) for word in words)]
        more = "" if self._with_over or self._filter else _("Show orders that are done")
        self.board.show_orders(found, today, more)
        wanted, self._wanted = self._wanted, None
        known_rows = {order.root: order for order in found}
        if wanted in known_rows:
            self.board.select(known_rows[wanted])
        else:
            self._show_detail(self.board.selected)
        self._nothing.setText(
            _("No order matches. Search by name, number or goods.")
            if known.open and not found
            else _("There are no orders yet. Put down orders from social media here.")
        )

    def _filtered(self, name: str) -> list[Order]:
        today, found = self.app.today, self._known.open
        if name == "today":
            return [one for one in found if one.wish.due is not None and one.wish.due <= today]
        if name == "no deposit":
            return [one for one in found if one.paid == 0]
        return [one for one in found if one.state == "ready"] if name == "ready" else found

    def _show_detail(self, order: Order | None) -> None:
        if order is None:
            self._right.setCurrentWidget(self._empty)
            self.detail.order = None
            return
        self.detail.show_order(order, self.app.today, self._known.stock)
        self._right.setCurrentWidget(self.detail)

    def _choose_filter(self, name: str) -> None:
        self._filter = name
        self._show(self._known)

    def _want_over(self) -> None:
        self._with_over = True
        self.refresh()

    def _connect(self) -> None:
        self.search.edit.textChanged.connect(lambda _text: self._show(self._known))
        self.board.chosen.connect(self._show_detail)
        self.board.more_wanted.connect(self._want_over)
        self.detail.wanted.connect(self._do)
        self._chips.chosen.connect(self._choose_filter)

    def _do(self, action: str, place: QPoint) -> None:
        if self.detail.order is not None:
            self.acts.do(action, self.detail.order, place)

    def _lay_out(self) -> None:
        theme, px = self.app.theme, self.app.theme.px
        new = Button(_("New order"), icon="plus", keycap=keycap("new order"), theme=theme)
        new.clicked.connect(self._new)
        quota = IconButton("calendar-clock", _("Order quota"), theme=theme)
        quota.clicked.connect(self.acts.quota)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(14), px(17), 0)
        title = label(_("Orders"), "heading", theme)
        head.addWidget(title, 1)
        head.addWidget(quota)
        head.addWidget(new)
        field = QHBoxLayout()
        field.setContentsMargins(px(16), px(10), px(17), 0)
        field.addWidget(self.search)
        chips = QHBoxLayout()
        chips.setContentsMargins(px(16), px(6), px(8), 0)
        chips.setSpacing(px(8))
        chips.addWidget(self._chips)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(head)
        left.addLayout(field)
        left.addLayout(chips)
        left.addWidget(self.board, 1)
        self._nothing = label("", "body", theme, color="text2", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = QVBoxLayout(self._empty)
        empty.addStretch(1)
        empty.addWidget(Emblem("clipboard-list", theme), 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addWidget(self._nothing)
        empty.addStretch(1)
        self._right.addWidget(self._empty)
        self._right.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)


def _read(ledger: Ledger, *, over: bool) -> Known:
    return Known(orders(ledger), orders(ledger, over=True)[:SHOWN] if over else [], dict(on_hand(ledger)))
