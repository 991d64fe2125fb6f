"""The way of one sale: a cart is filled, paid and stored, the done screen tells so, the next one begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from pos.model import Payment, Sale
from ui import work
from ui.app import App
from ui.till.basket import Basket
from ui.till.goods import Shelf, refreshed, shelf_of
from ui.till.keeper import kept_basket
from ui.till.till_screen import TillScreen, is_typing

if TYPE_CHECKING:  # imported when they are made: neither is seen in the first moment of a usual day
    from ui.till.done_page import DonePage
    from ui.till.open_shift import OpenShift

SETTLE_MS = 150  # after the ledger is open: time for a tap before what only later steps need is made


class Desk(QStackedWidget):
    """Till and done screen in turn; before the first sale of a day, the opening of the shift.

    It may go at any moment and be made anew with the same basket, which holds all that must not be lost.
    """

    def __init__(self, app: App, basket: Basket | None = None) -> None:
        """Without a basket, the one that was left in the booth's ledger."""
        super().__init__()
        self.app = app
        self.basket = basket or kept_basket(app)
        self.sale: Sale | None = None  # what the done screen shows
        self.done: DonePage | None = None
        self.till = TillScreen(app.theme, self.basket)
        self.addWidget(self.till)
        self.till.paying.connect(self._sell)
        app.failed.connect(self.till.tell)
        app.renewed.connect(self._show_opening)
        self.shelf = shelf_of(app.opening)
        self.till.show_shelf(self.shelf)
        if app.shift is None:
            self._open_shift()
        else:
            self.till.cart.tell_restored()

    def prepare(self) -> None:
        """The ledger is open: read the carts put aside, make what is needed later when nobody taps."""
        self.basket.asked.emit()
        # Each with the widget it needs: the timer falls away with it when the window is closed before.
        QTimer.singleShot(SETTLE_MS, self.till.goods, self.till.prepared_sheet)
        QTimer.singleShot(SETTLE_MS, self.till.cart, self.till.cart.prepare)
        QTimer.singleShot(SETTLE_MS, self, self._prepared_done)

    def begin(self) -> None:
        """The till has come into sight."""
        self.begin_sale()

    def begin_sale(self) -> None:
        """The next buyer; a cart that is being filled stays as it is."""
        if self.sale is not None:
            self.sale = None
            self.till.start_anew()
            self.setCurrentWidget(self.till)
        if self.currentWidget() is self.till and not self.till.locked:
            self.till.goods.focus_search()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing on the done screen begins the next sale with it; from the menu it reaches the till."""
        if self.sale is not None and is_typing(event):
            self.begin_sale()
            self.till.type_text(event.text())
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

    def _open_shift(self) -> None:
        from ui.till.open_shift import OpenShift

        page = OpenShift(self.app)
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.focus_first()
        page.opened.connect(lambda: self._start_shift(page))

    def _start_shift(self, page: OpenShift) -> None:
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
        done = self._prepared_done()
        done.show_sale(sale)
        self.setCurrentWidget(done)
        QTimer.singleShot(0, self, self._refresh)

    def _refresh(self) -> None:
        """Stock and diamonds as they are after the sale."""
        shelf, ledger, day = self.shelf, self.app.ledger, self._day()
        work.run(lambda: refreshed(shelf, ledger, day), done=self._show_shelf, failed=self.till.tell)

    def _show_opening(self) -> None:
        self._show_shelf(shelf_of(self.app.opening))

    def _show_shelf(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.till.show_shelf(shelf)

    def _prepared_done(self) -> DonePage:
        if self.done is None:
            from ui.till.done_page import DonePage

            self.done = DonePage(self.app)
            self.done.view.new_sale.connect(self.begin_sale)
            self.addWidget(self.done)
        return self.done
