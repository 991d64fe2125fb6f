"""Which page of the manual tells of what is in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.cover import Cover
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


def page_over(widget: QWidget | None) -> str:
    """The page about the sheet in which `widget` is; empty where it is in none that has its own."""
    while widget is not None:
        if isinstance(widget, Cover) and widget.help:
            return widget.help
        widget = widget.parentWidget()
    return ""


def page_of(screen: Screen, shown: Shown) -> str:
    """The name of the page about a screen as it is shown."""
    if isinstance(shown, Desk):
        return OF_TILL[shown.place]
    return OF_STOCK[shown.shown] if isinstance(shown, StockPage) else screen.help
