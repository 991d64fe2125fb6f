"""What the tests of orders look at and press."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from pos.ledger import Ledger
from pos.order_book import orders
from pos.preorder import Order
from tests.ui.hands import button, tap, texts, wait_for
from ui import work
from ui.frame import Frame
from ui.orders.form import OrderForm
from ui.orders.page import OrdersPage
from ui.orders.sheet import Sheet


class Desk:
    """The program with its screen of orders in sight."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        (self.page,) = frame.findChildren(OrdersPage)

    @property
    def ledger(self) -> Ledger:
        """Its ledger."""
        return self.frame.app.ledger

    @property
    def orders(self) -> list[Order]:
        """The open orders as the ledger has them."""
        return orders(self.ledger)

    @property
    def shown(self) -> Order:
        """The order on the right."""
        assert self.page.detail.order is not None, "no order is shown"
        return self.page.detail.order

    @property
    def rows(self) -> list[str]:
        """The board, heading by heading, name by name."""
        return [
            row if isinstance(row, str) else row.wish.contact.called for row in self.page.board.orders.rows
        ]

    @property
    def form(self) -> OrderForm:
        """The sheet of a new or changed order."""
        assert isinstance(self.page.acts.sheet, OrderForm)
        return self.page.acts.sheet

    @property
    def sheet(self) -> Sheet | None:
        """What lies over the page."""
        return self.page.acts.sheet

    def rest(self) -> None:
        """All that was begun is done."""
        QApplication.processEvents()
        work.finish()
        QApplication.processEvents()

    def select(self, name: str) -> None:
        """Tap an order on the board."""
        board = self.page.board
        row = self.rows.index(name)
        place = board.visualRect(board.orders.index(row)).center()
        QTest.mouseClick(
            board.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place)
        )
        self.rest()

    def press(self, name: str) -> None:
        """Tap the button of this name."""
        tap(button(self.page, name))
        self.rest()

    def pick(self, words: str) -> None:
        """Choose an entry of the open menu."""
        menu = next(menu for menu in self.page.findChildren(QMenu) if menu.isVisible())
        action: QAction = next(one for one in menu.actions() if one.text() == words)
        action.trigger()
        menu.close()
        self.rest()

    def more(self, words: str) -> None:
        """Choose from the menu of three dots."""
        tap(button(self.page.detail, "Lainnya"))
        self.pick(words)

    def says(self, words: str) -> bool:
        """Whether it can be read somewhere on the page."""
        return wait_for(lambda: any(words in text for text in texts(self.page)))
