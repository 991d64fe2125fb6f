"""When it is a rush, and what sells in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.clock import stopped_at
from pos.ledger import Ledger
from pos.rush import PAST, SALES, WITHIN, Sold, best_sellers, is_rush, lately
from pos.sold_lately import sold_lately
from tests.books import MOMENT, sell


def sold(*seconds: int, sku: str = "PECI") -> list[Sold]:
    """One piece at each of so many seconds before MOMENT, the oldest first."""
    return [Sold(MOMENT - timedelta(seconds=ago), ((sku, 1),)) for ago in sorted(seconds, reverse=True)]


@pytest.mark.parametrize(
    ("ago", "rush"),
    [
        ((0, 20, 40, 60, 80, 100), True),
        ((0, 20, 40, 60, 80, 120), True),
        ((0, 20, 40, 60, 80, 121), False),
        ((0, 10, 20, 30, 40), False),
        ((), False),
        ((0, 10, 20, 30, 40, 50, 3_000), True),
        ((-60, 0, 10, 20, 30, 40), False),  # the clock was set back: nobody knows how fast they came
    ],
)
def test_six_sales_in_two_minutes_are_a_rush(ago: tuple[int, ...], rush: bool) -> None:
    assert (6, timedelta(minutes=2)) == (SALES, WITHIN)
    assert is_rush(sold(*ago), MOMENT) == rush


def test_the_best_sold_in_most_sales_not_in_most_pieces() -> None:
    many = [Sold(MOMENT, (("SEMPRONG", 50), ("PECI", 1))), *sold(1, 2), *sold(3, sku="KAOS")]
    assert best_sellers(many) == ("PECI", "KAOS", "SEMPRONG")
    assert best_sellers(many, most=1) == ("PECI",)
    assert best_sellers([]) == ()


def test_who_is_still_among_them_keeps_their_place() -> None:
    first = best_sellers([*sold(1, 2, 3, sku="A"), *sold(4, 5, sku="B"), *sold(6, sku="C")], most=3)
    assert first == ("A", "B", "C")
    later = [*sold(1, sku="A"), *sold(2, 3, 4, sku="C"), *sold(5, 6, sku="D")]
    assert best_sellers(later, first, most=3) == ("A", "D", "C")  # B's place is D's
    assert best_sellers(sold(1, sku="C"), first, most=3) == ("C",)


def test_what_is_older_than_an_hour_is_forgotten() -> None:
    assert lately(sold(3_600, 3_601), MOMENT) == sold(3_600)
    assert timedelta(seconds=3_600) == PAST


def test_the_ledger_knows_the_last_hour(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT + timedelta(minutes=50))
    sell(till, {"PECI": 2, "SEMPRONG": 1})
    till.clock = stopped_at(MOMENT + timedelta(minutes=70))
    sell(till, {"SEMPRONG": 3})
    found = sold_lately(till, till.clock.now())
    assert [sorted(one.pieces) for one in found] == [[("PECI", 2), ("SEMPRONG", 1)], [("SEMPRONG", 3)]]
    assert [one.at for one in found] == [MOMENT + timedelta(minutes=minutes) for minutes in (50, 70)]
    assert sold_lately(till, till.clock.now() + timedelta(days=1)) == []
