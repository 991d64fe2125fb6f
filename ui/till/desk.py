"""The way of one sale: a cart is filled, paid and stored, the done screen tells so, the next one begins."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from pos.cart import Cart, new_cart
from pos.errors import Refused
from pos.model import By, Payment, Product, Sale
from pos.money import rupiah
from pos.opening import Opening
from pos.practice import is_training
from pos.text import _
from ui import work
from ui.app import App
from ui.keys import meant
from ui.till.basket import Basket
from ui.till.favourites import from_setting, to_setting
from ui.till.goods import Item, Shelf, refreshed, shelf_of
from ui.till.keeper import kept_basket
from ui.till.last_kept import tell_last
from ui.till.rush import RushWatch
from ui.till.small_money import SmallMoneyWatch
from ui.till.till_screen import TillScreen, is_typing

if TYPE_CHECKING:  # imported when they are made: neither is seen in the first moment of a usual day
    from pos.ledger import Ledger
    from pos.submit import Submitted
    from ui.till.done_page import DonePage
    from ui.till.open_shift import OpenShift

# As printed on receipts, and on those of returns; compiled at the first scan, not before the first goods.
_RECEIPT = r"(?i)([0-9A-Z]{3,8}-[0-9]{6})(?: [0-9A-F]{8})?"
_RETURN = r"(?i)([0-9A-Z]{3,8}-R[0-9]{5})(?: [0-9A-F]{8})?"
STOCK_SCREEN = 2  # its place in the menu
SETTLE_MS = 150  # after the ledger is open: time for a tap before what only later steps need is made


class Desk(QStackedWidget):
    """Till and done screen in turn; before the first sale of a day, the opening of the shift.

    It may go at any moment and be made anew: the app's basket holds all that must not be lost.
    """

    sold = Signal(object)  # the Sale, stored and shown

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        if app.basket is None:
            app.basket = kept_basket(app)
        self.basket: Basket = app.basket
        self.sale: Sale | None = None  # what the done screen shows
        self._again = False  # it was made before, and its receipt was scanned
        self.done: DonePage | None = None
        self._asking: OpenShift | None = None  # there is no shift
        self.till = TillScreen(app.theme, self.basket)
        self.addWidget(self.till)
        self.till.paying.connect(self._sell)
        self.till.goods.registered.connect(self._register)
        self.till.goods.new_wanted.connect(self._want_product)
        self.till.goods.empty.delivery_wanted.connect(lambda: app.screen_wanted.emit(STOCK_SCREEN))
        self.till.goods.pinned_changed.connect(lambda skus: app.set("pinned", to_setting(skus)))
        self.till.help.connect(app.help_wanted)
        self.till.training.connect(lambda: app.training_wanted.emit(not is_training(app.device)))
        self.till.cart.header.practising = is_training(app.device)
        self.till.papers.connect(lambda: app.paper_wanted.emit(""))
        self.small_money = SmallMoneyWatch(app, self.till)
        self.sold.connect(self.small_money.count)
        app.failed.connect(self.till.tell)
        app.syncing.ended.connect(self._tell_news)
        app.sale_shown.connect(self._tell_sale)
        app.posted.connect(self._forget_ordered)
        self.till.cart.buyer.ordered.connect(self._order)
        self.till.ordering.connect(lambda product, qty: self._want_order(new_cart().add(product, qty)))
        app.renewed.connect(self._show_opening)
        app.shift_changed.connect(self._follow_shift)
        self.shelf = shelf_of(app.opening)
        self.till.show_shelf(self.shelf)
        self.till.goods.show_pinned(from_setting(app.setting("pinned")))
        self.rush = RushWatch(app, self.till, self.sold)
        if app.shift is None:
            self._open_shift()
        else:
            self.till.cart.tell_restored()

    @property
    def place(self) -> str:
        """Whose keys of ui/keys.py hold in the step that is in sight."""
        for place, here in (
            ("done", self.sale),
            ("closing", self._asking),
            ("content", self.till.content.open),
        ):
            if here:
                return place
        return "pay" if self.till.locked else "till"

    def prepare(self) -> None:
        """The ledger is open: read the carts put aside, make what is needed later when nobody taps."""
        from ui.orders.badge import watch

        self.basket.asked.emit()
        if self._asking:
            self._asking.ask_days()
        watch(self.app)
        self.small_money.read()
        self.rush.read()
        self.app.syncing.read()
        ledger = self.app.ledger
        work.run(lambda: next_receipt(ledger), done=self._show_number)
        # Each with the widget it needs: the timer falls away with it when the window is closed before.
        QTimer.singleShot(SETTLE_MS, self.till.goods, lambda: self.till.goods.hits)
        QTimer.singleShot(SETTLE_MS, self.till.goods, self.till.prepared_sheet)
        QTimer.singleShot(SETTLE_MS, self.till.cart, self.till.cart.prepare)
        QTimer.singleShot(SETTLE_MS, self, self._prepared_done)

    def tell_last(self) -> None:
        """The program came up: say which sale is kept as the last, where no cart is."""
        tell_last(self.app, self.till.cart.toast, lambda: not self.basket.cart.lines and self.sale is None)

    def begin(self) -> None:
        """The till has come into sight."""
        self.begin_sale()

    def begin_sale(self) -> None:
        """The next buyer; a cart that is being filled stays as it is."""
        if self.sale is not None:
            self.sale, self._again = None, False
            self.till.clear_search()
            self.till.goods.rest()
            self.setCurrentWidget(self.till)
        if self.currentWidget() is self.till and self.till.content.open:
            self.till.content.picker.take_focus()
        elif self.currentWidget() is self.till and not self.till.locked:
            self.till.goods.focus_search()
        elif self._asking is not None:
            self._asking.focus_first()

    def take_scan(self, code: str) -> bool:
        """Something was scanned, wherever the keyboard is; False when it means nothing now, which is told."""
        if self.app.shift is None:
            return False
        if self.till.locked:
            self.till.prepared_sheet().tell(_("Finish the payment first."))
            return False
        if self.till.content.open:
            return self.till.content.take_code(code)
        self.begin_sale()
        if back := re.fullmatch(_RETURN, code.strip()):
            self.app.paper_wanted.emit(back[1])
            return True
        receipt = re.fullmatch(_RECEIPT, code.strip())
        if receipt and not self.till.goods.with_code(code):
            return self._show_again(receipt[1])
        return self.till.goods.take_code(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing on the done screen begins the next sale with it; from the menu it reaches the till.

        Esc leaves a sale whose receipt was scanned, but never the change of one that was just made.
        """
        if self.sale is not None and is_typing(event):
            self.begin_sale()
            self.till.type_text(event.text())
        elif self._again and meant(event, "anywhere") == ("back", 0):
            self.begin_sale()
        elif self.sale is not None and self.done is not None:
            self.done.view.keyPressEvent(event)
        elif self.currentWidget() is self.till:
            self.till.keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide by the size of the whole window, as DESIGN.md does."""
        window = self.window().size()
        self.till.divide(window.width(), window.height())
        super().resizeEvent(event)

    def _day(self) -> date:
        shift = self.app.shift
        return shift.day if shift else self.app.clock.now().date()

    def _follow_shift(self) -> None:
        """A shift was closed, or opened: carts stay as they are either way."""
        if self.app.shift is None and self._asking is None:
            self.sale, self._again = None, False
            self._open_shift().ask_days()
        elif self.app.shift is not None and self._asking is not None:
            self._start_shift(self._asking)

    def _open_shift(self) -> OpenShift:
        from ui.till.open_shift import OpenShift

        self._asking = page = OpenShift(self.app)
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.focus_first()
        return page

    def _start_shift(self, page: OpenShift) -> None:
        self._asking = None
        self.setCurrentWidget(self.till)
        self.removeWidget(page)
        page.deleteLater()
        self._refresh()
        self.begin_sale()
        self.till.cart.tell_restored()

    def _sell(self, payments: list[Payment]) -> None:
        """Store the sale, then tell so. If it cannot be stored the cart stays, and one sentence says why."""
        sale = self.app.sell(self.basket.cart, payments)
        if sale is None:
            return
        self.sale = sale
        self.basket.start_anew()  # from here on nothing can pay this cart again
        self._show_done(sale, again=False)
        hurried = self.app.hurried  # the sale that begins a rush is seen to its end
        self.sold.emit(sale)
        QTimer.singleShot(0, self, self._refresh)
        if hurried and not sale.change:
            self._go_on(sale)

    def _go_on(self, sale: Sale) -> None:
        """In a rush nobody is held up where there is nothing to hand back; its papers are one touch away."""
        done = self._prepared_done()
        self.begin_sale()

        def look() -> None:
            self.sale = sale
            self.setCurrentWidget(done)

        told = _("Paid: {amount}").format(amount=rupiah(sale.total))
        self.till.cart.toast.say(told, "check", (_("Receipt"), "printer", ""), look)

    def _tell_news(self, done: Submitted) -> None:
        """Something came home from the office, and nobody looks at the page where it is told."""
        from pos.news import news_text

        if done.news and self.till.isVisible():
            self.till.cart.toast.say(news_text(done.news), "refresh-cw")

    def _tell_sale(self, sale: Sale) -> None:
        """A sale that another screen made, such as an order that was handed over."""
        self._show_done(sale, again=False)
        self.sold.emit(sale)
        QTimer.singleShot(0, self, self._refresh)

    def _order(self) -> None:
        """The cart is to become an order: it stays until that is put down."""
        if self.basket.parts:
            told = _("Part of this cart has been paid.")
            self.till.tell(Refused(told, _("Finish its payment first.")))
        else:
            self._want_order(self.basket.cart)

    def _want_order(self, cart: Cart) -> None:
        if self.app.shift is not None:
            self.app.order_wanted.emit(cart)

    def _forget_ordered(self, made: object) -> None:
        """What was in the cart is an order now."""
        if getattr(made, "cart", "") == self.basket.cart.id and not isinstance(made, Sale):
            self.basket.start_anew()

    def _show_done(self, sale: Sale, *, again: bool) -> None:
        self.sale, self._again = sale, again
        self.till.cart.toast.hide()  # it may lead to the sale that was shown before
        done = self._prepared_done()
        done.show_sale(sale, again=again)
        self.setCurrentWidget(done)

    def _show_again(self, receipt: str) -> bool:
        """The sale of a receipt that was scanned; the cart that is being filled waits below it."""
        from pos.checkout import find_sale

        sale = self.app.do(find_sale, receipt)
        if sale is not None:
            self._show_done(sale, again=True)
        return sale is not None

    def _return(self) -> None:
        """Goods of the sale that is shown come back."""
        if self.sale is not None:
            self.app.paper_wanted.emit(self.sale.receipt)

    def _refresh(self) -> None:
        """Stock, diamonds and the next number as they are after the sale."""
        shelf, ledger, day = self.shelf, self.app.ledger, self._day()
        work.run(lambda: refreshed(shelf, ledger, day), done=self._show_shelf, failed=self.till.tell)
        work.run(lambda: next_receipt(ledger), done=self._show_number)

    def _show_number(self, number: str) -> None:
        self.till.receipt_hint = number

    def _register(self, item: Item, code: str) -> None:
        """Give a barcode to an item that has none, and put the piece at hand into the cart."""
        product = item.product
        if product.barcode:
            told = _("{name} has another barcode already.").format(name=product.name)
            self.till.tell(Refused(told, _("Nothing was changed.")))
            return
        app = self.app
        self.till.put(product, 1)
        work.run(
            lambda: _registered(app, replace(product, barcode=code)), done=app.renew, failed=self.till.tell
        )

    def _want_product(self, name: str, code: str) -> None:
        """It is not in the catalogue: the page of goods takes it in."""
        self.app.goods_wanted.emit(Product("", name, 0, "", barcode=code))

    def _show_opening(self) -> None:
        self._show_shelf(shelf_of(self.app.opening))

    def _show_shelf(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.till.show_shelf(shelf)
        self.rush.show_shelf()

    def _prepared_done(self) -> DonePage:
        if self.done is None:
            from ui.till.done_page import DonePage

            self.done = DonePage(self.app)
            self.done.view.new_sale.connect(self.begin_sale)
            self.done.view.give_back.connect(self._return)
            self.done.voided.connect(self._refresh)
            self.addWidget(self.done)
        return self.done


def next_receipt(ledger: Ledger) -> str:
    """The number that the next sale will probably have."""
    from pos.checkout import next_receipt

    return next_receipt(ledger)


def _registered(app: App, product: Product) -> Opening:
    """Put down the product as it is now; how the booth stands with it. In the background."""
    from pos.product_cards import give_barcode
    from pos.today import opening_of

    give_barcode(app.ledger, product.sku, product.barcode, By(app.cashier))
    return opening_of(app.ledger)
