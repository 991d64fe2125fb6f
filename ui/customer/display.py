"""Finds the second display by itself and keeps the buyer's window on it, and only there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from pos.cart import Cart
from pos.model import Device, Sale
from ui.theme import Theme
from ui.till.goods import Item

if TYPE_CHECKING:  # nothing of it is imported where there is only one display
    from pos.receipts.qr_text import QrReceipt
    from ui.customer.faces import Face, Qris
    from ui.customer.window import CustomerWindow

THANKS_MS = 8000  # DESIGN.md chapter 6, 3c
AFTER_MS = 30  # the cashier's own screen is painted first; what changes meanwhile is painted once


class Place(NamedTuple):
    """A screen: its name and where it lies on the desktop, in px."""

    name: str
    area: QRect


def buyers_place(screens: Sequence[Place], till: Place) -> Place | None:
    """The screen for the buyer: the first that shows nothing of the till's; None when there is none.

    A screen that mirrors the till's, or overlaps it, would have the buyer's window lie over the till.
    """
    return next((place for place in screens if not place.area.intersects(till.area)), None)


class CustomerDisplay(QObject):
    """The buyer's window where there is a display for it; without one nothing is made, nothing painted.

    It goes with `main`, the till's window, which never loses the keyboard to it.
    """

    def __init__(self, main: QWidget, theme: Theme, device: Device) -> None:
        super().__init__(main)
        self.window: CustomerWindow | None = None  # there while it is shown
        self._mode = theme.mode
        self._device = device
        self._enabled = True
        self._place: Place | None = None
        self._cart: tuple[Cart, Mapping[str, Item], int] = (Cart(""), {}, -1)
        self._qris: Qris | None = None
        self._sold: tuple[Sale, Mapping[str, Item]] | None = None
        self._receipt: QrReceipt | None = None  # its code is in the cashier's sight
        self.farewell = QTimer(self, singleShot=True, interval=THANKS_MS)
        self.farewell.timeout.connect(self._say_farewell)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self._show_face)
        main.winId()  # makes the handle, also of a window that is not shown yet
        handle = main.windowHandle()
        self._till = handle.screen()
        self._till_shown = handle.isVisible()
        handle.screenChanged.connect(self._follow)
        handle.visibleChanged.connect(self._go_with)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._watch)
            app.screenRemoved.connect(self._arrange)
            app.primaryScreenChanged.connect(self._arrange)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._arrange)
        self._arrange()

    @property
    def updating(self) -> bool:
        """Whether the window does not yet show the newest."""
        return self._soon.isActive()

    def set_enabled(self, enabled: bool) -> None:
        """Whether a second display is used at all; it is unless told otherwise."""
        self._enabled = enabled
        self._arrange()

    def show_cart(self, cart: Cart, items: Mapping[str, Item], newest: int = -1) -> None:
        """Show a cart, with the goods by SKU and the line last touched; a code goes away.

        An empty cart is a welcome, but does not cut thanks short.
        """
        self._cart = (cart, items, newest)
        self._qris = None
        if cart.lines:
            self._end_thanks()
        self._soon_show()

    def show_qris(self, qris: Qris | None) -> None:
        """Show a code beside the cart; None takes it away again."""
        self._qris = qris
        if qris:
            self._end_thanks()
        self._soon_show()

    def show_thanks(self, sale: Sale, items: Mapping[str, Item]) -> None:
        """Thank for a sale, for THANKS_MS or until something is in the next cart."""
        self.clear()
        self._sold = (sale, items)
        self.farewell.start()

    def show_receipt(self, receipt: QrReceipt | None) -> None:
        """Show the code of a receipt for as long as the cashier shows it; None takes it away, and thanks with
        it whose time is over.
        """
        self._receipt = receipt
        if receipt is None and not self.farewell.isActive():
            self._sold = None
        self._soon_show()

    def clear(self) -> None:
        """Back to the welcome."""
        self._cart = (Cart(""), {}, -1)
        self._qris = None
        self._end_thanks()
        self._soon_show()

    def _say_farewell(self) -> None:
        """The time of the thanks is over; they stay with the code of a receipt."""
        if self._receipt is None:
            self.clear()

    def _end_thanks(self) -> None:
        self._sold = None
        self.farewell.stop()

    def _soon_show(self) -> None:
        if self.window and not self._soon.isActive():
            self._soon.start()

    def _show_face(self) -> None:
        if self.window:
            self.window.show_face(self._face())

    def _face(self) -> Face:
        from ui.customer.faces import Paying, Receipt, Welcome, shopping, thanks

        if self._receipt:
            said = thanks(*self._sold) if self._sold else None
            return Receipt(self._receipt.text, self._receipt.summed, said)
        if self._sold:
            return thanks(*self._sold)
        if self._qris:
            return Paying(shopping(*self._cart), self._qris)
        return shopping(*self._cart) if self._cart[0].lines else Welcome()

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._arrange)
        self._arrange()

    def _follow(self, screen: QScreen) -> None:
        self._till = screen
        self._arrange()

    def _go_with(self, shown: bool) -> None:
        self._till_shown = shown
        self._arrange()

    def _arrange(self, *_about: object) -> None:
        """Have the window where it belongs, at once: Qt would move it from a lost screen over the till."""
        screens = QGuiApplication.screens()
        places = [_place(screen) for screen in screens]
        wanted = None
        if self._enabled and self._till_shown:
            wanted = buyers_place(places, _place(self._till))
        if wanted == self._place:
            return
        self._place = wanted
        if self.window:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        if wanted:
            self._open(screens[places.index(wanted)])

    def _open(self, screen: QScreen) -> None:
        from ui.customer.window import CustomerWindow

        self.window = CustomerWindow(self._mode, self._device)
        self.window.setScreen(screen)
        self.window.setGeometry(screen.geometry())
        self._show_face()
        self.window.setWindowState(
            Qt.WindowState.WindowFullScreen
        )  # showFullScreen() would ask for the keyboard
        self.window.show()


def _place(screen: QScreen) -> Place:
    return Place(screen.name(), screen.geometry())
