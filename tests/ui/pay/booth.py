"""A window with a field, as the till has, and the payment sheet over it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.cart import Cart, new_cart
from pos.model import Payment, Product
from pos.money import Rupiah, rupiah
from pos.qris import QrShown
from pos.text import _
from tests.ui.hands import button, buttons
from ui.pay.buttons import AmountButton
from ui.pay.sheet import PaySheet
from ui.theme import Theme


class Booth(QWidget):
    """It writes down what the sheet says."""

    def __init__(self, theme: Theme, width: int = 886, height: int = 736) -> None:
        super().__init__()
        self.search = QLineEdit()
        QVBoxLayout(self).addWidget(self.search)
        self.resize(width, height)
        self.sheet = PaySheet(self, theme)
        self.paid: list[list[Payment]] = []
        self.parts: list[tuple[Payment, ...]] = []
        self.shown: list[QrShown | None] = []
        self.printed: list[str] = []
        self.said: list[str] = []
        self.sheet.paid.connect(self.paid.append)
        self.sheet.parts.connect(self.parts.append)
        self.sheet.showing.connect(self.shown.append)
        self.sheet.print_qr.connect(self.printed.append)
        self.sheet.closed.connect(lambda: self.said.append("closed"))
        self.sheet.waiting.connect(lambda: self.said.append("waiting"))
        self.sheet.customer_screen.connect(lambda: self.said.append("customer"))


def cart(total: Rupiah = 445_000) -> Cart:
    """One thing of this price."""
    return new_cart().add(Product("NASTAR-500", "Nastar 500 g", total, "LPP-PLG"))


def offers(booth: Booth) -> list[AmountButton]:
    """The amounts of one tap."""
    return [found for found in buttons(booth.sheet) if isinstance(found, AmountButton)]


def accept(booth: Booth, tendered: Rupiah) -> QWidget:
    """The button that takes `tendered`."""
    return button(booth.sheet, _("Receive {amount}").format(amount=rupiah(tendered)))
