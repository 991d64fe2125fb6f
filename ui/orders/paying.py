"""Paying for orders on the same sheet as for carts: a deposit, or the rest when an order is handed over.

Every part that comes in is put down at once as a deposit, so money is never only in this program's memory;
the last part is what ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos.clock import new_id
from pos.deposits import pay_ahead
from pos.handover import hand_over
from pos.model import AtTill, Payment, Sale
from pos.money import Rupiah
from pos.practice import practice_word
from pos.preorder import Deposit, Order
from pos.text import _
from ui.app import App
from ui.pay.sheet import PaySheet


@dataclass(frozen=True, slots=True)
class OrderBill:
    """What is to be paid for an order now; `whole` when it is handed over with it."""

    id: str
    total: Rupiah
    order: Order
    whole: bool


class Paying(QObject):
    """Opens the payment sheet over `page`. `ahead` tells the Deposits that came in, `sold` the Sale of an
    order.

    `told` carries a sentence: the sheet was left with money in, or could not be ended.
    """

    ahead = Signal(object)
    sold = Signal(object)
    told = Signal(str)

    def __init__(self, app: App, page: QWidget, by: Callable[[], AtTill]) -> None:
        super().__init__(page)
        self.app, self._page, self._by = app, page, by
        self.sheet: PaySheet | None = None
        self._bill: OrderBill | None = None
        self._put_down = 0  # parts of the bill that are deposits already

    @property
    def open(self) -> bool:
        """Whether the sheet is there."""
        return self.sheet is not None and self.sheet.isVisible()

    def ask(self, order: Order, amount: Rupiah, *, whole: bool) -> None:
        """How `amount` is paid; nothing to pay is nothing to ask."""
        self._bill, self._put_down = OrderBill(new_id(), amount, order, whole), 0
        if not amount:
            self._paid([])
            return
        sheet = self._prepared()
        device, app = self.app.device, self.app
        sheet.set_qris(
            app.setting("qris"),
            with_amount=app.switched_on("qris_amount"),
            practice=practice_word(device),
            booth=device.name,
        )
        sheet.open_for(self._bill, order.receipt)

    def _paid(self, payments: list[Payment]) -> None:
        bill = self._bill
        if bill is None:
            return
        rest = payments[self._put_down :]
        if bill.whole:
            sale = self.app.do(hand_over, bill.order, rest, self._by(), bill.id)
            if isinstance(sale, Sale):
                self.sold.emit(sale)
        else:
            self._take(rest, bill.id)

    def _part(self, taken: tuple[Payment, ...]) -> None:
        """A part has come in and more is due: it is a deposit from now on, whatever happens next."""
        bill = self._bill
        if bill is not None and len(taken) > self._put_down:
            new = list(taken[self._put_down :])
            if self._take(new, f"{bill.id}-{self._put_down}", told=False):
                self._put_down = len(taken)

    def _take(self, payments: list[Payment], entry: str, *, told: bool = True) -> bool:
        bill = self._bill
        made = self.app.do(pay_ahead, bill.order, payments, self._by(), entry) if bill else None
        if made is not None and told:
            self.ahead.emit(made)
        return made is not None

    def _left(self) -> None:
        if self._put_down:
            self.told.emit(_("What has come in is put down as a deposit."))

    def _wait(self) -> None:
        self.told.emit(_("Not paid yet: the order stays open."))

    def _prepared(self) -> PaySheet:
        if self.sheet is None:
            self.sheet = PaySheet(self._page, self.app.theme)
            self.sheet.paid.connect(self._paid)
            self.sheet.parts.connect(self._part)
            self.sheet.closed.connect(self._left)
            self.sheet.waiting.connect(self._wait)
            self.sheet.showing.connect(self.app.qris_shown)
        return self.sheet


def change_of(deposits: list[Deposit]) -> Rupiah:
    """What goes back to the buyer of these."""
    return sum(one.tendered - one.amount for one in deposits if one.amount > 0)
