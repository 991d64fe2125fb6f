"""Sharing money out: parts add up to the rupiah, a loss is nobody's gain, rules that are none are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import Refused
from pos.shares import PARTS, STANDARD, TURNOVER, Money, Split, check_split, share_out, split_on

MONEY = st.builds(
    Money,
    qty=st.integers(0, 1_000),
    turnover=st.integers(-(10**12), 10**12),
    cost=st.integers(0, 10**11),
    uncosted=st.integers(0, 9),
    unsplit=st.integers(0, 10**9),
)


@given(MONEY, st.integers(0, 100), st.sampled_from(("profit", "turnover")))
def test_parts_add_up_to_what_is_shared_out(money: Money, first: int, base: str) -> None:
    rule = Split("2023-04-15", base, (("premium", first), ("capital", 0), ("state", 100 - first)))
    check_split(rule)
    assert sum(share_out(rule, money)) == rule.of(money)


def test_the_usual_rule_is_50_35_15_of_the_profit() -> None:
    assert share_out(STANDARD, Money(1, 65_000, 42_000)) == (11_500, 8_050, 3_450)
    assert share_out(STANDARD, Money(1, 101, 0)) == (51, 35, 15)  # 50,5 and 35,35 and 15,15


def test_what_has_no_cost_is_not_shared_out() -> None:
    money = Money(3, 165_000, 42_000, uncosted=2, unsplit=100_000)
    assert money.profit == 23_000
    assert sum(share_out(STANDARD, money)) == 23_000
    assert sum(share_out(Split("", TURNOVER, (("institution", 100),)), money)) == 165_000


def test_a_loss_is_borne_by_the_capital() -> None:
    assert share_out(STANDARD, Money(1, 40_000, 42_000)) == (0, -2_000, 0)
    assert share_out(Split("", "profit", (("state", 15), ("premium", 85))), Money(1, 0, 10)) == (-10, 0)


@pytest.mark.parametrize(
    "shares",
    [
        (),
        (("premium", 50), ("state", 49)),
        (("premium", 50), ("premium", 50)),
        (("premium", 101), ("state", -1)),
        (("kepala", 100),),
    ],
)
def test_a_rule_that_is_none_is_refused(shares: tuple[tuple[str, int], ...]) -> None:
    with pytest.raises(Refused):
        check_split(Split("2023-04-15", "profit", shares))
    with pytest.raises(Refused, match="'laba'"):
        check_split(Split("2023-04-15", "laba", STANDARD.shares))


def test_the_rule_of_a_day_is_the_last_that_has_begun() -> None:
    known = [Split("2023-04-01", TURNOVER), Split("2023-04-15"), Split("2023-04-15", TURNOVER)]
    assert split_on(known, "2023-03-31") == STANDARD
    assert split_on(known, "2023-04-14") == known[0]
    assert split_on(known, "2023-04-15") == known[2]
    assert len(PARTS) == 5
