"""What the sheets of the orders stand on: the page as far as they know it."""

from __future__ import annotations

from pos.preorder import Order
from ui.app import App
from ui.page import Page
from ui.photos import Photos
from ui.tell import Toast


class Ground(Page):
    """Photos, a toast, and the way to one order."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.photos = Photos(self)
        self.toast = Toast(app.theme)
        self.toast.setParent(self)
        self.toast.hide()

    def say(self, text: str, icon: str = "circle-check") -> None:
        """Tell something in passing."""
        self.toast.say(text, icon)

    def choose(self, order: Order) -> None:
        """Show this order, whatever was searched or filtered."""
        raise NotImplementedError
