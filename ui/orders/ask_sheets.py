"""The small questions about an order: how much is paid ahead, why it is cancelled, how many may be
ordered.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.deposits import check_amount
from pos.errors import Refused
from pos.money import rupiah
from pos.preorder import Order
from pos.text import _
from ui.keys import action_of
from ui.orders.sheet import Sheet
from ui.orders.small import Choices
from ui.pay.entry import AmountEntry
from ui.theme import Theme
from ui.widgets import Button, label


class DepositSheet(Sheet):
    """How much is paid ahead. `chosen` tells the amount; how it is paid is the payment sheet's to ask."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, theme: Theme, order: Order) -> None:
        super().__init__(parent, theme, _("Deposit"), (680, 620))
        self._order = order
        self._entry = AmountEntry(theme)
        px = theme.px
        told = _("Order {number} comes to {total}; {rest} is left to be paid.")
        sums = told.format(number=order.receipt, total=rupiah(order.total), rest=rupiah(order.rest))
        left = QVBoxLayout()
        left.setSpacing(px(10))
        left.addWidget(label(sums, "body", theme, color="text2", wrap=True))
        half = -(-order.rest // 2 // 1_000) * 1_000
        for words, amount in ((_("Half"), min(half, order.rest)), (_("All of it"), order.rest)):
            button = Button(f"{words} {rupiah(amount)}", kind="secondary", theme=theme)
            button.clicked.connect(self._filling(amount))
            left.addWidget(button)
        left.addStretch(1)
        self._entry.set_compact(parent.height() < px(700))
        self._entry.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(px(20))
        row.addLayout(left, 1)
        row.addWidget(self._entry)
        self.body.addLayout(row, 1)
        self._entry.changed.connect(self._typed)
        self._entry.accepted.connect(self._take)
        self._entry.start(_("Paid ahead"), order.rest)

    def open(self, _focus: QWidget | None = None) -> None:
        """Ready to type."""
        super().open(self._entry.field.edit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to pay."""
        if action_of(event, "pay") == "accept":
            self._entry.accept()
        else:
            super().keyPressEvent(event)

    def _filling(self, amount: int) -> Callable[[], None]:
        return lambda: self._entry.fill(amount)

    def _typed(self) -> None:
        amount, wrong = self._entry.amount, ""
        try:
            check_amount(self._order, amount or 0)
        except Refused as refused:
            wrong = refused.message
        words = _("Go on to pay {amount}").format(amount=rupiah(amount)) if amount else _("Go on to pay")
        self._entry.show_accept(words, wrong, ready=bool(amount) and not wrong)

    def _take(self) -> None:
        amount = self._entry.amount
        if amount:
            self.uncover()
            self.chosen.emit(amount)
            self.closed.emit()


class CancelSheet(Sheet):
    """Why an order is cancelled, and what becomes of its deposit. `chosen` tells (reason, way back or "")."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget, theme: Theme, order: Order) -> None:
        super().__init__(parent, theme, _("Cancel order {number}?").format(number=order.receipt), (560, 380))
        self._reason, self._back = "", "cash" if order.paid > 0 else ""
        reasons = (_("The buyer cancelled"), _("The goods cannot be made"), _("Put down by mistake"))
        self.body.addWidget(label(_("Why"), "label", theme, color="text2"))
        self._choices([(text, text) for text in reasons], self._set_reason)
        if order.paid > 0:
            told = _("Deposit of {amount}").format(amount=rupiah(order.paid))
            self.body.addWidget(label(told, "label", theme, color="text2"))
            ways = [(_("Give back in cash"), "cash"), (_("By transfer"), "transfer"), (_("Keep it"), "")]
            self._choices(ways, self._set_back, first=True)
        self.body.addStretch(1)
        self._yes = Button(_("Cancel the order"), kind="danger", theme=theme)
        keep = Button(_("Keep the order"), kind="secondary", theme=theme)
        self._yes.setEnabled(False)
        self._yes.clicked.connect(self._take)
        keep.clicked.connect(self.close_sheet)
        self._keep = keep
        row = QHBoxLayout()
        row.addWidget(keep, 1)
        row.addWidget(self._yes, 1)
        self.body.addLayout(row)

    def open(self, _focus: QWidget | None = None) -> None:
        """The safe answer has the keyboard."""
        super().open(self._keep)

    def _choices(
        self, choices: list[tuple[str, str]], take: Callable[[str], None], *, first: bool = False
    ) -> None:
        def press(code: str) -> None:
            chips.choose(code)
            take(code)

        chips = Choices({code: words for words, code in choices}, self.theme, press)
        if first:
            chips.choose(choices[0][1])
        self.body.addWidget(chips)

    def _set_reason(self, reason: str) -> None:
        self._reason = reason
        self._yes.setEnabled(True)

    def _set_back(self, back: str) -> None:
        self._back = back

    def _take(self) -> None:
        self.uncover()
        self.chosen.emit(self._reason, self._back)
        self.closed.emit()
