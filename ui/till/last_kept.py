"""Amid a shift the program comes up, and no cart is there: which sale is kept as the last is said once.

Whoever was just paying when the power went sees by it whether that was a sale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.model import Sale, Shift
from pos.money import rupiah
from pos.text import _
from ui import work

if TYPE_CHECKING:  # the till is on the screen before the ledger's modules
    from pos.ledger import Ledger
    from ui.till.desk import Desk


def tell_last(desk: Desk) -> None:
    """Asked in the background; said in the cart's toast, unless a buyer's goods are there by then."""

    def tell(sale: Sale | None) -> None:
        if sale and not desk.basket.cart.lines and desk.sale is None:
            said = _("Last sale kept: {receipt} · {total}")
            desk.till.cart.toast.say(
                said.format(receipt=sale.receipt, total=rupiah(sale.total)), "circle-check"
            )

    shift, ledger = desk.app.shift, desk.app.ledger
    if shift and not desk.basket.cart.lines:
        work.run(lambda: _last_sale(ledger, shift), done=tell, failed=lambda _error: None)


def _last_sale(ledger: Ledger, shift: Shift) -> Sale | None:
    from pos.sales_search import last_sale

    return last_sale(ledger, shift)
