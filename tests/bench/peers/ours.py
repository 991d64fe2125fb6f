"""Lapak as the till that peers stand beside: `make` and `serve` as tests/bench/peers/tryton.py has them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pos.cart import new_cart
from pos.catalog import post_products, products
from pos.checkout import checkout
from pos.exports import export
from pos.ledger import Ledger, create, new_device, open_ledger
from pos.model import Event, Institution, Product, Staff
from pos.payments import settle
from pos.reports import Period, run_report
from pos.shifts import current_shift, open_shift
from pos.staff import post_staff
from pos.stock import receive
from tests.bench.peers import talk

NAME = "stan.lapak"
GOODS = 60


def make(folder: Path) -> None:
    """A booth with 60 products, 100,000 pieces of each, and an open shift."""
    today = datetime.now(UTC).date()
    unit = Institution("LPP-PLG", "Lapas Perempuan Kelas IIA Palembang", "LPP Palembang", "Kota Palembang")
    event = Event("UJI", "Pengukuran", today, today + timedelta(40), "Asia/Jakarta", "Kantor", (unit,))
    ledger = create(folder / NAME, new_device("S03", "Stan 03", "LPP-PLG", event))
    goods = [Product(f"B{n}", f"Product {n}", 1000 * (n + 5), "LPP-PLG") for n in range(GOODS)]
    post_products(ledger, goods)
    post_staff(ledger, [Staff("rina", "Rina Oktaviani")])
    receive(ledger, {product.sku: 100_000 for product in goods})
    open_shift(ledger, "rina", ledger.clock.now().date(), 200_000)
    ledger.close()


class Till:
    """An open booth."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.goods = list(products(ledger))
        shift = current_shift(ledger)
        assert shift is not None
        self.shift = shift
        self.sold = 0

    def sell(self) -> str:
        """One sale of three lines, paid in cash; its number, when it is durable."""
        cart = new_cart()
        for place in range(3):
            cart = cart.add(self.goods[(self.sold + 7 * place) % len(self.goods)])
        self.sold += 1
        return checkout(self.ledger, cart, [settle("cash", cart.total)], self.shift, "rina").receipt

    def export(self, path: Path) -> int:
        """Every line as CSV; how many."""
        return export(self.ledger, path, table="lines").rows

    def count(self) -> int:
        """How many sales are in the books."""
        return int(run_report(self.ledger, "totals", Period()).totals["sales"])


if __name__ == "__main__":
    _word, what, _where, place = sys.argv
    if what == "make":
        make(Path(place))
    else:
        talk.serve(Till(open_ledger(Path(place) / NAME)))
