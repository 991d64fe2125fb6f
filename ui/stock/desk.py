"""What the tabs of the stock screen share: the institution they are about, its goods, how verbs are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Approval, By, Institution, Product
from pos.papers import paper_on
from pos.remittances import Remittance
from pos.stock_slips import StockSlip
from pos.text import _
from pos.today import opening_of
from ui.app import App
from ui.issue import issue
from ui.people.approval import Wanted, ask

P = ParamSpec("P")
T = TypeVar("T")


class StockDesk(QObject):
    """`moved`: another institution; `told`: a sentence, its hint and whether it is bad; `stored`: a paper."""

    moved = Signal()
    told = Signal(str, str, bool)
    stored = Signal(object)  # a StockSlip or a Remittance
    opened = Signal(str)  # a product's stock card is wanted, by its SKU

    def __init__(self, app: App, over: QWidget) -> None:
        super().__init__(over)
        self.app = app
        self.over = over
        self.institution = app.device.institution

    @property
    def unit(self) -> Institution:
        """The institution that is looked at."""
        code = self.institution
        return self.app.opening.institutions.get(code) or Institution(code, code, code)

    def units(self) -> list[Institution]:
        """All of the exhibition, in its order."""
        known = self.app.opening.institutions
        ranked = [unit.code for unit in self.app.device.event.institutions]
        codes = dict.fromkeys([*(code for code in ranked if code in known), *known])
        return [known[code] for code in codes]

    def goods(self) -> list[Product]:
        """What this institution has for sale and in stock: bundles have none."""
        return [
            one
            for one in self.app.opening.products
            if one.institution == self.institution and not one.components
        ]

    def choose(self, institution: str) -> None:
        """Look at another institution."""
        if institution != self.institution:
            self.institution = institution
            self.moved.emit()

    def by(self, approval: Approval | None = None) -> By:
        """Who is at the till, in which shift."""
        return By(self.app.cashier, self.app.shift, approval)

    def allowed(self, action: str, subject: str, sentence: str, then: Callable[[By], object]) -> None:
        """Do `then` once somebody who may has allowed it; who may does it at once."""
        wanted = Wanted(action, subject, sentence)
        ask(self.app, self.over.window(), wanted, lambda approval: then(self.by(approval)))

    def tried(self, verb: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Do a verb of `pos`; None when it failed, and `told` told why."""
        try:
            return verb(self.app.ledger, *args, **kwargs)
        except UserError as error:
            self.told.emit(error.message, error.hint, True)
            return None

    def finish(self, paper: StockSlip | Remittance) -> None:
        """It is stored: everybody looks again, the till at its stock too."""
        self.app.renew(opening_of(self.app.ledger))
        self.app.posted.emit(paper)
        self.stored.emit(paper)

    def print(self, paper: StockSlip | Remittance, *, roll: bool = False) -> None:
        """Print its paper, or open it."""
        wanted = paper_on(paper, "roll" if roll else "a4")
        if wanted:  # money paid to an institution has a letter only
            issue(self.app, wanted, self._tell)

    def _tell(self, error: UserError) -> None:
        self.told.emit(error.message, error.hint or _("What was stored is safe."), True)
