"""Amid a shift the till comes up and tells which sale is kept as the last.

Whoever was just paying when the power went sees by it whether that was one.
"""

from __future__ import annotations

from collections.abc import Callable

from shiboken6 import isValid

from pos.model import Sale
from pos.money import rupiah
from pos.text import _
from ui import work
from ui.app import App
from ui.tell import Toast


def tell_last(app: App, toast: Toast, is_idle: Callable[[], bool]) -> None:
    """Say it where nothing else is going on, as `is_idle` knows: before it is asked, and when it is there."""
    shift, ledger = app.shift, app.ledger
    if shift is None or not is_idle():
        return

    def ask() -> Sale | None:
        from pos.sales_search import last_sale

        return last_sale(ledger, shift)

    def tell(sale: Sale | None) -> None:
        if sale and isValid(toast) and is_idle():  # the window may have closed meanwhile
            said = _("Last sale kept: {receipt} · {total}")
            toast.say(said.format(receipt=sale.receipt, total=rupiah(sale.total)), "circle-check")

    work.run(ask, done=tell, failed=lambda _error: None)
