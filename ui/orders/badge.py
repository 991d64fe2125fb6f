"""How many orders are to be fetched today or are late, on the menu's button."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.ledger import Ledger
from pos.model import AtTill, Refund, Sale
from pos.order_book import orders
from pos.preorder import Order
from pos.privacy import forget_old
from ui import work
from ui.app import App

SCREEN = 1  # the place of the orders in the menu


class Badge(QObject):
    """Counts anew when an order became another one or the day did; sales of carts do not concern it."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._app = app
        app.posted.connect(self._news)
        app.shift_changed.connect(self.count)
        app.shift_changed.connect(lambda: _forget(app))

    def count(self) -> None:
        """In the background."""
        app, today = self._app, self._app.today.isoformat()
        work.run(lambda: _due(app.ledger, today), done=self._tell, failed=lambda _error: None)

    def _news(self, made: object) -> None:
        if isinstance(made, Order | Refund | list) or (isinstance(made, Sale) and made.order):
            self.count()

    def _tell(self, count: int) -> None:
        self._app.badge_changed.emit(SCREEN, count)


def watch(app: App) -> None:
    """Keep the badge right as long as the program runs; called again it counts once more."""
    known = app.findChild(Badge)
    badge = known or Badge(app)
    badge.count()
    if known is None:
        _forget(app)


def _forget(app: App) -> None:
    """Whoever ordered what ended long ago is forgotten, once a shift."""
    shift, who, days = app.shift, app.cashier, int(app.setting("forget_days"))
    if shift is not None:
        by = AtTill(who, shift)
        work.run(lambda: forget_old(app.ledger, by, days), failed=lambda _error: None)


def _due(ledger: Ledger, today: str) -> int:
    dues = (order.wish.due for order in orders(ledger))
    return sum(1 for due in dues if due is not None and due.isoformat() <= today)
