"""The one adapter between core and Qt: a booth and its ledger, and signals when a verb was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.cart import Cart
from pos.clock import Clock
from pos.errors import UserError
from pos.model import Institution, Payment, Sale, Shift, Staff
from pos.opening import Opening
from ui.theme import Theme

if TYPE_CHECKING:  # the till is on the screen before SQLAlchemy is there
    from pos.ledger import Ledger

P = ParamSpec("P")
T = TypeVar("T")


class App(QObject):
    """A booth with its device, people and shift, as the screens see it; its ledger may still be opening."""

    posted = Signal(object)  # what a verb gave back: a Sale, a Shift
    shift_changed = Signal()
    renewed = Signal()  # the opening is another one: goods, stock or sellers
    failed = Signal(UserError)

    def __init__(self, opening: Opening, open_ledger: Callable[[], Ledger], theme: Theme) -> None:
        """`open_ledger` gives the ledger of `opening`, always the same; it may wait, or raise UserError."""
        super().__init__()
        self.theme = theme
        self.opening = opening
        self.device = opening.device
        self.staff = opening.staff
        self.shift = opening.shift
        self.shift_number = opening.shift_number
        self._open_ledger = open_ledger

    @classmethod
    def over(cls, ledger: Ledger, theme: Theme) -> App:
        """An app over a ledger that is open. Raises Refused for one that only collects documents."""
        from pos.today import opening_of

        return cls(opening_of(ledger), lambda: ledger, theme)

    @property
    def ledger(self) -> Ledger:
        """The open ledger. In the first moments of the till it is waited for; raises as `open_ledger`."""
        return self._open_ledger()

    @property
    def clock(self) -> Clock:
        """What shows the time of this booth."""
        return self.opening.clock

    @property
    def institution(self) -> Institution:
        """Whose booth this is."""
        code = self.device.institution
        return self.opening.institutions.get(code) or Institution(code, code, code)

    @property
    def cashier(self) -> Staff:
        """Who is at the till; a code without a card stands for itself."""
        code = self.shift.cashier if self.shift else ""
        return self.staff.get(code) or Staff(code, code)

    def renew(self, opening: Opening) -> None:
        """Go on with what the open ledger says; screens are told only when it says something else."""
        former, self.opening = self.opening, opening
        if opening != former:
            self.staff = opening.staff
            self.renewed.emit()

    def set_shift(self, shift: Shift) -> None:
        """Work in `shift`, which was just opened, from now on."""
        from pos.shifts import shifts_of_day

        self.shift = shift
        self.shift_number = shifts_of_day(self.ledger, shift.day)
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
        from pos.checkout import checkout

        if self.shift is None:
            raise RuntimeError("nothing is sold outside a shift")
        return self.do(checkout, cart, payments, self.shift, self.cashier.code)
