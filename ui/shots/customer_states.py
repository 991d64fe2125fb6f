"""The customer's screen as it is photographed: while somebody pays by QRIS, and when it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.model import Sale
from pos.qris import QrShown
from pos.receipts.qr_text import qr_receipt
from ui.customer.faces import Face, Paying, Qris, Receipt, shopping, thanks
from ui.customer.window import CustomerWindow
from ui.shots.studio import Stage


def paying(stage: Stage, code: QrShown) -> QWidget:
    """The cart of the till, and the code that is to be scanned."""
    basket = stage.desk.basket
    qris = Qris(code.payload, code.merchant, code.nmid, code.amount, code.amount_inside)
    return _window(stage, Paying(shopping(basket.cart, stage.desk.till.items, basket.selected), qris))


def thanked(stage: Stage, sold: Sale) -> QWidget:
    """What was sold, and thanks."""
    return _window(stage, thanks(sold, stage.desk.till.items))


def keeping(stage: Stage, sold: Sale) -> QWidget:
    """The receipt of what was sold as a code."""
    code = qr_receipt(stage.app.ledger, sold)
    return _window(stage, Receipt(code.text, code.summed, thanks(sold, stage.desk.till.items)))


def _window(stage: Stage, face: Face) -> QWidget:
    window = CustomerWindow(stage.look.mode, stage.app.device)
    window.setParent(stage.frame, window.windowFlags())  # it goes with the program
    window.show_face(face)
    stage.show(window)
    return window
