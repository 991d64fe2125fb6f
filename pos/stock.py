"""Stock on hand: what came in less what went out, per product and booth."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from pos.balances import booth_stock
from pos.errors import Refused
from pos.ledger import Ledger
from pos.stock_slips import next_slip_number
from pos.tables import PRODUCT
from pos.text import _


def receive(ledger: Ledger, items: Mapping[str, int]) -> None:
    """Goods come in from several institutions at once, without paper: pieces by SKU, as one stock document.

    0 says that a product is counted here and has none. Raises Refused for an unknown SKU or a negative
    quantity.
    """
    with ledger.write() as conn:
        makers = {
            row.sku: row.institution for row in conn.execute(select(PRODUCT.c.sku, PRODUCT.c.institution))
        }
        for sku, qty in items.items():
            if sku not in makers:
                raise Refused(_("'{sku}' is not in the catalogue.").format(sku=sku[:40]))
            if qty < 0:
                raise Refused(_("The quantity of '{sku}' must not be negative.").format(sku=sku))
        ledger.post(
            conn,
            "stock",
            {
                "slip": "received",
                "booth": ledger.own().booth,
                "number": next_slip_number(conn, ledger.own().code, "T"),
                "day": ledger.clock.now().date().isoformat(),
                "cashier": "",
                "shift": None,
                "institution": "",
                "partner": "",
                "letter": "",
                "reason": "",
                "items": [{"sku": sku, "institution": makers[sku], "qty": qty} for sku, qty in items.items()],
            },
        )


def on_hand(ledger: Ledger) -> dict[str, int]:
    """Pieces at this booth by SKU, over all its laptops that the ledger knows: a second till beside this one,
    and those before it. A product that never had a slip or a sale is not in it.
    """
    with ledger.read() as conn:
        return booth_stock(conn, ledger.own())
