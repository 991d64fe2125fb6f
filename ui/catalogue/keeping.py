"""Putting a product down from the form: check, ask what must be asked, store, offer the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos.errors import UserError
from pos.model import Approval, By, Product
from pos.money import rupiah
from pos.opening import Opening
from pos.product_cards import Checked, action_for, check_card, save_product
from pos.text import _
from pos.today import opening_of
from ui import work
from ui.app import App
from ui.people.approval import Wanted, ask
from ui.tell import ask as ask_first


class Keeping(QObject):
    """One product at a time. `wrong` tells what is wrong by field, `kept` the product and the one before it
    (None: it was new), `refused` why nothing was stored, `rested` that it is over, however.
    """

    wrong = Signal(object)
    kept = Signal(object, object)
    refused = Signal(UserError)
    rested = Signal()

    def __init__(self, app: App, over: QWidget) -> None:
        super().__init__(over)
        self.app = app
        self._over = over
        self._former: Product | None = None
        self._reason = ""

    def keep(self, entry: Mapping[str, str], former: Product | None, reason: str) -> None:
        """Put down what a form says, in the place of `former`; `reason` is why its price changes."""
        self._former, self._reason = former, reason
        ledger, sku = self.app.ledger, former.sku if former else ""
        work.run(lambda: check_card(ledger, entry, sku), done=self._checked, failed=self._fail)

    def go_back(self, product: Product, before: Product | None) -> None:
        """Undo: the card as it was before; what was new is not for sale."""
        self._former, self._reason = product, _("Undone")
        self._ask(before or replace(product, active=False), free=True)

    def _checked(self, checked: Checked) -> None:
        if checked.product is None:
            self.rested.emit()
            self.wrong.emit(checked.wrong)
            return
        product, former = checked.product, self._former
        if product.price or (former and not former.price):
            self._ask(product, free=False)
            return
        words = (
            _("Give it away for nothing?"),
            _("{name} costs Rp0: whoever takes it pays nothing.").format(name=product.name),
        )
        question = ask_first(self._over, self.app.theme, words, (_("Yes, it is a gift"), _("Back")))
        question.accepted.connect(lambda: self._ask(product, free=True))
        question.rejected.connect(self.rested)

    def _ask(self, product: Product, *, free: bool) -> None:
        action = action_for(self._former, product)
        if action == "price":
            told = _("{name} shall cost {price}.").format(name=product.name, price=rupiah(product.price))
        else:
            told = _("{name} shall be changed in the catalogue.").format(name=product.name)
        self.rested.emit()
        wanted = Wanted(action, product.sku, told)
        ask(self.app, self._over, wanted, lambda approval: self._store(product, approval, free=free))

    def _store(self, product: Product, approval: Approval | None, *, free: bool) -> None:
        ledger, by, why = self.app.ledger, By(self.app.cashier, approval=approval), self._reason

        def store() -> tuple[Product, Product | None, Opening]:
            before = save_product(ledger, product, by, why, free=free)
            return product, before, opening_of(ledger)

        work.run(store, done=self._stored, failed=self._fail)

    def _stored(self, answer: tuple[Product, Product | None, Opening]) -> None:
        product, before, opening = answer
        self.rested.emit()
        self.kept.emit(product, before)
        self.app.renew(opening)

    def _fail(self, error: UserError) -> None:
        self.rested.emit()
        self.refused.emit(error)
