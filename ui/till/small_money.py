"""Watches the small notes of the drawer: tells once when they run out, and lets the payment sheet say it.

After each sale it only adds and subtracts; the ledger is read in the background, when a shift begins and when
something else than a sale moved money.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from pos.model import Sale
from pos.money import Rupiah, rupiah
from pos.text import _
from ui import work
from ui.app import App
from ui.till.till_screen import TillScreen


class SmallMoneyWatch(QObject):
    """`small` is how many Rupiah of small notes there are; None while that is not known."""

    def __init__(self, app: App, till: TillScreen) -> None:
        super().__init__(till)
        self.app = app
        self.till = till
        self.small: Rupiah | None = None
        self._told = False
        app.posted.connect(self._follow)
        app.shift_changed.connect(self.read)

    def read(self) -> None:
        """Ask the ledger, in the background."""
        shift = self.app.shift
        if shift is None:
            self._show(None)
            return
        from pos.small_money import small_money

        ledger = self.app.ledger
        work.run(partial(small_money, ledger, shift), done=self._show)

    def refilled(self) -> None:
        """Somebody has changed a large note: no paper says so."""
        from pos.small_money import REFILL

        self._show(REFILL)

    def _follow(self, made: object) -> None:
        if not isinstance(made, Sale):
            self.read()

    def count(self, sale: Sale) -> None:
        """What a sale puts into the drawer and takes out."""
        from pos.small_money import after_payment

        small = self.small
        if small is not None:
            for payment in sale.payments:
                small = after_payment(small, payment)
            self._show(small)

    def _show(self, small: Rupiah | None) -> None:
        from pos.small_money import LOW

        self.small = small
        low = small is not None and small < LOW
        self.till.small_is_low = low
        if low and not self._told and small is not None:
            told = _("Small change is running out: about {amount}").format(amount=rupiah(small))
            action = (_("Refilled"), "check", "")
            self.till.cart.toast.say(told, "banknote", action, self.refilled)
        self._told = low
