"""The payment sheet over the goods: ways to pay on the left, the chosen one's page beside them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.model import Payment
from pos.money import Rupiah
from pos.payments import METHODS, Split
from pos.qris import QrShown
from pos.text import _
from ui.cover import Cover
from ui.keys import asks_help, is_bound, keycap, meant
from ui.pay.cash import CashPage
from ui.pay.confirm import ConfirmPage
from ui.pay.methods import SPLIT, Methods
from ui.pay.qris import QrisPage
from ui.pay.split import SplitPage
from ui.theme import Theme
from ui.widgets import Button, Tag, hline, label

COMPACT_BELOW = 780  # px of the sheet's width at 100 %
MAX_HEIGHT = 780
TELL_MS = 4000


class Bill(Protocol):
    """What is to be paid: a cart, or what an order still comes to. `id` is its own, and paid once."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def total(self) -> Rupiah: ...  # noqa: D102


class PaySheet(Cover):
    """Asks over the goods how the cart is paid.

    `paid` carries the list of Payments, once per `open_for`; the sheet is then already gone, so that no
    second press can reach it. When the sale could not be stored, call `open_for` again with the same cart.
    `closed`: the cashier went back. `waiting`: QRIS money has not come, the cart is to wait for it.
    `parts` carries all Payments (a tuple) of a split that have come in while more is due: money that must not
    be forgotten, so keep it with the cart, and give it back to `open_for`.
    `showing` carries the QrShown for the buyer's screen, None when it is over; `customer_screen` asks for
    that screen, `print_qr` carries a payload to print. While it is open its keys win over the window's.
    """

    paid = Signal(object)
    closed = Signal()
    waiting = Signal()
    parts = Signal(object)
    showing = Signal(object)
    customer_screen = Signal()
    print_qr = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self._open = False
        self._splitting = False  # in parts, be it here or on the page that vouches for one of them
        self._cart = ""
        self._due: Rupiah = 0
        self._splits: dict[str, Split] = {}  # by cart: what has come in outlives going back
        self._shown: QrShown | None = None
        self._receipt = Tag("", theme=theme, large=True)
        self._title = label("", "heading", theme)
        self._methods = Methods(theme)
        self.cash, self._qris, self._split = CashPage(theme), QrisPage(theme), SplitPage(theme)
        self._pages: dict[str, CashPage | QrisPage | ConfirmPage] = {"cash": self.cash, "qris": self._qris}
        self._pages |= {method: ConfirmPage(method, theme) for method in METHODS if method not in self._pages}
        self._stack = QStackedWidget()
        for page in (*self._pages.values(), self._split):
            self._stack.addWidget(page)
            page.edit.installEventFilter(self)
        self._connect()
        self._lay_out()

    def set_qris(self, payload: str, *, with_amount: bool, practice: str, booth: str = "") -> None:
        """The institution's static payload ("" for none), and the name of the booth below its code.

        `with_amount`: build the amount into it, as an officer has allowed. `practice`: the word of books
        for practice; whatever is set, a code is shown that pays nobody.
        """
        self._qris.set_code(payload, booth, with_amount=with_amount, practice=practice)

    def open_for(self, cart: Bill, receipt_hint: str, parts: tuple[Payment, ...] = ()) -> None:
        """Ask for the cart's total; `receipt_hint` is the number that the sale will probably get.

        `parts` have been paid of this cart before: what `parts` told last. The sheet remembers them too, as
        long as it lives.
        """
        self._qris.receipt = receipt_hint
        self._show_number()
        known = self._splits.get(cart.id, Split(cart.total))
        if known.due != cart.total or (parts and parts != known.taken):
            known = Split(cart.total, parts or known.taken)
        self._cart = cart.id
        self._split.open_for(known)
        self._open_pages(cart.total)
        self._open = True
        self._splitting = False
        self.cover()
        self.show_method(SPLIT if known.taken else "cash")

    def show_method(self, method: str) -> None:
        """Turn to the page of a key of METHODS, or of SPLIT; within a split, pay a part so."""
        if method != SPLIT and not self._splitting:
            self._turn_to(self._pages[method], method)
            return
        self._splitting = True
        self._turn_to(self._split, SPLIT)
        if method != SPLIT:
            self._split.choose_method(method)

    def tell(self, text: str) -> None:
        """Say something in passing, in the place of the number: a scan that means nothing now."""
        self._receipt.set(text, "warn", icon="scan-barcode")
        self._receipt.show()
        QTimer.singleShot(TELL_MS, self, self._show_number)

    def _show_number(self) -> None:
        self._receipt.set(self._qris.receipt, "neutral")
        self._receipt.setVisible(bool(self._qris.receipt))

    def go_back(self) -> None:
        """Close without paying; the cart stays as it is, and so does what has come in."""
        if self._open:
            self._leave()
            self.closed.emit()

    def taken(self, cart: str) -> tuple[Payment, ...]:
        """What has come in for the cart with this id without its being paid."""
        return self._splits[cart].taken if cart in self._splits else ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take our keys before a field does.

        Only while open: the parent is watched too, and an Enter in its search must not reach a hidden page.
        """
        if not self._open or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and _is_ours(event):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Take our keys before the window's shortcuts see them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Our keys; a held key counts once."""
        action, place = (meant(event, "pay", "anywhere") if _is_ours(event) else None) or ("", 0)
        page = self._stack.currentWidget()
        if action == "back":
            self._step_back()
        elif action == "accept":
            self._page().accept()
        elif action in (*self._pages, SPLIT):
            self.show_method(action)
        elif action in ("exact amount", "amount") and page is self.cash:
            self.cash.quick(0 if action == "exact amount" else place + 1)
        elif action == "exact amount" and page is self._split:
            self._split.fill()
        elif action == "add part" and page is self._split:
            self._split.add_part()
        event.setAccepted(not asks_help(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet keeps its width if it can; in a small window its parts move together."""
        super().resizeEvent(event)
        theme = self._theme
        edge = theme.px(12)
        width = min(theme.size("sheetPay.width"), self.width() - theme.px(20))
        spare = self.width() - width
        left = edge if spare < theme.px(48) else spare // 2
        height = min(theme.px(MAX_HEIGHT), self.height() - 2 * edge)
        compact = width < theme.px(COMPACT_BELOW)
        self._body.setDirection(
            QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        )
        between = theme.px(3 if compact else 8)
        self._header.setContentsMargins(theme.px(24), between, theme.px(10), between - 1)
        self._methods.set_compact(compact)
        for page in (*self._pages.values(), self._split):
            page.set_compact(compact)
        self.lay(QRect(left, edge, width, height))

    def _page(self) -> CashPage | QrisPage | ConfirmPage | SplitPage:
        pages = (*self._pages.values(), self._split)
        return next(page for page in pages if page is self._stack.currentWidget())

    def _open_pages(self, due: Rupiah) -> None:
        self._due = due
        for page in self._pages.values():
            page.open_for(due)

    def _turn_to(self, page: CashPage | QrisPage | ConfirmPage | SplitPage, method: str) -> None:
        self._title.setText(_("Split payment") if self._splitting else _("Payment"))
        self._methods.choose(method)
        self._stack.setCurrentWidget(page)
        page.take_focus()
        self._show_buyer(page.shown if isinstance(page, QrisPage) else None)

    def _show_buyer(self, shown: QrShown | None) -> None:
        if shown != self._shown:
            self._shown = shown
            self.showing.emit(shown)

    def _ask(self, method: str, amount: Rupiah) -> None:
        """A part that must be vouched for, on its own page."""
        page = self._pages[method]
        page.open_for(amount)
        if not isinstance(page, CashPage):
            page.vouch.hold()
        self._turn_to(page, SPLIT)

    def _settle(self, payment: Payment) -> None:
        if self._splitting:
            self._split.receive(payment)
        else:
            self._pay([payment])

    def _came(self) -> None:
        """A part of the split has come in, perhaps the last."""
        split = self._split.split
        self._splits[self._cart] = split  # also when all is paid: storing the sale may fail
        if split.left:
            self._turn_to(self._split, SPLIT)
            self.parts.emit(split.taken)
        else:
            self._pay(list(split.taken))

    def _pay(self, payments: list[Payment]) -> None:
        if self._open:
            self._leave()
            self.paid.emit(payments)

    def _unsplit(self) -> None:
        """Paid at once after all."""
        self._splitting = False
        self._open_pages(self._due)
        self.show_method("cash")

    def _other(self, method: str) -> None:
        self.show_method(method or (SPLIT if self._splitting else "cash"))

    def _wait(self) -> None:
        if self._open:
            self._leave()
            self.waiting.emit()

    def _step_back(self) -> None:
        """From the page that vouches for a part to the parts, from everywhere else out of the sheet."""
        if self._splitting and self._page() is not self._split:
            self.show_method(SPLIT)
        else:
            self.go_back()

    def _leave(self) -> None:
        self._open = False
        self.uncover()
        self._show_buyer(None)

    def _connect(self) -> None:
        for page in self._pages.values():
            page.settled.connect(self._settle)
        self._split.came.connect(self._came)
        self._split.asked.connect(self._ask)
        self._split.left.connect(self._unsplit)
        self._qris.not_come.connect(self._wait)
        self._qris.other.connect(self._other)
        self._qris.customer_screen.connect(self.customer_screen)
        self._qris.print_qr.connect(self.print_qr)
        self._methods.chosen.connect(self.show_method)

    def _lay_out(self) -> None:
        theme = self._theme
        back = Button(_("Back"), kind="ghost", icon="x", keycap=keycap("back"), theme=theme)
        back.clicked.connect(self._step_back)
        self._title.setFont(theme.font("title", 21))
        self._header = QHBoxLayout()
        self._header.setSpacing(theme.px(12))
        self._header.addWidget(self._title)
        self._header.addWidget(self._receipt)
        self._header.addStretch(1)
        self._header.addWidget(back)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        self._body.addWidget(self._methods)
        self._body.addWidget(self._stack, 1)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._header)
        column.addWidget(hline(theme))
        column.addLayout(self._body, 1)


def _is_ours(event: QKeyEvent) -> bool:
    """The keys of paying, and the one that goes back; all others of the window stay what they are."""
    return is_bound(event, "pay") or (is_bound(event, "anywhere") and event.key() == Qt.Key.Key_Escape)
