"""Which page of the manual tells of what is in sight."""

from __future__ import annotations

from ui.screens import Screen, Shown
from ui.stock.page import StockPage
from ui.till.desk import Desk

OF_TILL = {  # by the place of the keys
    "till": "sell",
    "pay": "pay",
    "content": "bundle",
    "done": "done",
    "closing": "open-shift",
}
OF_STOCK = ("deliveries", "count-stock", "give-back", "give-back")  # by its tabs


def page_of(screen: Screen, shown: Shown) -> str:
    """The name of the page about a screen as it is shown."""
    if isinstance(shown, Desk):
        return OF_TILL[shown.place]
    return OF_STOCK[shown.shown] if isinstance(shown, StockPage) else screen.help
