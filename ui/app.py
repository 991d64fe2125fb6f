"""The one adapter between core and Qt: an open ledger, who is at the till, signals when a verb was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.cart import Cart
from pos.catalog import institutions
from pos.checkout import checkout
from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Institution, Payment, Sale, Shift, Staff
from pos.shifts import current_shift, shifts_of_day
from pos.staff import staff
from ui.theme import Theme

P = ParamSpec("P")
T = TypeVar("T")


class App(QObject):
    """An open ledger with its device, people and shift, as the screens see them."""

    posted = Signal(object)  # what a verb gave back: a Sale, a Shift
    shift_changed = Signal()
    failed = Signal(UserError)

    def __init__(self, ledger: Ledger, theme: Theme) -> None:
        """Raises Refused for a ledger that only collects documents."""
        super().__init__()
        self.ledger = ledger
        self.theme = theme
        self.device = ledger.own()
        self.staff = staff(ledger)
        self.shift: Shift | None = None
        self.shift_number = 0
        self.set_shift(current_shift(ledger))

    @property
    def institution(self) -> Institution:
        """Whose booth this is."""
        code = self.device.institution
        return institutions(self.ledger).get(code) or Institution(code, code, code)

    @property
    def cashier(self) -> Staff:
        """Who is at the till; a code without a card stands for itself."""
        code = self.shift.cashier if self.shift else ""
        return self.staff.get(code) or Staff(code, code)

    def set_shift(self, shift: Shift | None) -> None:
        """Work in `shift` from now on, if it is one of today's; a sample's day never ends."""
        today = self.ledger.clock.now().date()
        current = shift and (self.device.sample or shift.day == today)
        self.shift = shift if current else None
        self.shift_number = shifts_of_day(self.ledger, shift.day) if shift and current else 0
        self.shift_changed.emit()

    def do(self, verb: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Call a verb of `pos` and tell what it gave back; None when it failed, and `failed` told why."""
        try:
            answer = verb(self.ledger, *args, **kwargs)
        except UserError as error:
            self.failed.emit(error)
            return None
        self.posted.emit(answer)
        return answer

    def sell(self, cart: Cart, payments: Sequence[Payment]) -> Sale | None:
        """Make the cart a sale of this shift; durable when this returns a sale."""
        if self.shift is None:
            raise RuntimeError("nothing is sold outside a shift")
        return self.do(checkout, cart, payments, self.shift, self.cashier.code)
