"""A cart that lay open when a laptop was cloned, sold on both, and voided on one when somebody noticed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.checkout import checkout
from pos.ledger import Ledger
from pos.payments import settle
from pos.refunds import void
from pos.reports import Period, run_report
from tests.books import cart_of, sell, shift_of
from tests.sync.conftest import Copy
from tests.sync.test_clones_of_clones import cloned
from tests.sync.test_forks import sound, split_all
from tests.sync.world import take


@pytest.mark.parametrize("voided", ["one", "clone", "both"])
@pytest.mark.parametrize("late", [False, True])
def test_a_cart_sold_on_both_sides_and_voided_counts_by_the_other(
    copy: Copy, pusat: Ledger, voided: str, late: bool
) -> None:
    """`late`: it is voided after the split. Voided on both sides it was not sold."""
    one, clone = copy("S01"), copy("S01")
    cart = cart_of(one, {"HAMPERS": 1})
    for ledger, first in ((one, "PECI"), (clone, "SEMPRONG")):
        sell(ledger, {first: 1})
    sales = [
        checkout(ledger, cart, [settle("cash", cart.total, cart.total)], shift_of(ledger), "rina")
        for ledger in (one, clone)
    ]

    def set_right() -> None:
        for ledger, sale, name in zip((one, clone), sales, ("one", "clone"), strict=True):
            if voided in (name, "both"):
                void(ledger, sale, shift_of(ledger), "rina", "dobel")

    for step in (None, set_right) if late else (set_right, None):
        if step:
            step()
        for ledger in (one, clone):
            take(ledger, pusat)
        split_all(pusat)
    sold = 974_993 + 50_000 + 30_000 + (0 if voided == "both" else cart.total)
    assert run_report(pusat, "totals", Period()).totals["total"] == sold
    sound(pusat)


def test_of_three_sales_of_one_cart_the_one_that_stands_counts(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    """Two of the three were split off: neither of these is the history for which the cart was made."""
    one, clone = copy("S01"), copy("S01")
    cart = cart_of(one, {"HAMPERS": 1})
    sell(one, {"PECI": 1})
    sell(clone, {"SEMPRONG": 1})
    with closing(cloned(clone, tmp_path / "tiga.lapak")) as third:
        sell(third, {"PECI": 2})
        for ledger in (clone, third):
            sale = checkout(ledger, cart, [settle("cash", cart.total, cart.total)], shift_of(ledger), "rina")
            if ledger is clone:
                void(ledger, sale, shift_of(ledger), "rina", "dobel")
        for ledger in (one, clone, third):
            take(ledger, pusat)
        split_all(pusat)
    assert run_report(pusat, "totals", Period()).totals["total"] == (
        974_993 + 50_000 + 30_000 + 100_000 + cart.total
    )
    sound(pusat)
