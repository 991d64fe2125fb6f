"""The small notes of the drawer, as far as the books tell, and what to ask the buyer for."""

from __future__ import annotations

import pytest

from pos.drawer_count import lock_count
from pos.ledger import Ledger
from pos.model import Payment
from pos.payments import change_notes, small_to_ask
from pos.shifts import open_shift
from pos.small_money import after_payment, small_money
from tests.books import DAY, end_shift, sell, shift_of


@pytest.mark.parametrize(
    ("due", "tendered", "ask"),
    [
        (42_000, 50_000, 2_000),  # one note of 10.000 goes back instead of 5, 2 and 1
        (47_000, 50_000, 2_000),  # 5.000 instead of 2 and 1
        (445_000, 500_000, 5_000),  # 60.000 instead of 55.000
        (87_000, 100_000, 2_000),
        (50_000, 50_000, 0),
        (40_000, 50_000, 0),
        (45_000, 50_000, 5_000),
        (41_000, 50_000, 1_000),
        (49_500, 50_000, 0),  # one coin as it is
        (44_500, 50_000, 4_500),
    ],
)
def test_what_is_asked_for_makes_the_change_fewer_notes(due: int, tendered: int, ask: int) -> None:
    assert small_to_ask(due, tendered) == ask


def test_for_every_bill_it_helps_or_is_not_asked() -> None:
    for due in range(500, 200_000, 500):
        tendered = -(-due // 50_000) * 50_000
        more = small_to_ask(due, tendered)
        fewer = [
            sum(n for note, n in change_notes(tendered + one - due) if note < 10_000) for one in (0, more)
        ]
        assert 0 <= more <= 5_000
        assert fewer[1] < fewer[0] or more == 0


@pytest.mark.parametrize(
    ("payment", "left"),
    [
        (Payment("cash", 42_000, 50_000), 12_000),  # 8.000 went out
        (Payment("cash", 42_000, 52_000), 22_000),  # 2.000 came in
        (Payment("cash", 65_000, 65_000), 25_000),
        (Payment("qris", 42_000, 42_000), 20_000),
    ],
)
def test_a_payment_moves_what_lies_below_ten_thousand(payment: Payment, left: int) -> None:
    assert after_payment(20_000, payment) == left


def test_the_drawer_never_holds_less_than_nothing() -> None:
    assert after_payment(3_000, Payment("cash", 42_000, 50_000)) == 0


def test_it_goes_on_from_the_float_the_sales_and_the_counts(till: Ledger) -> None:
    shift = shift_of(till)
    assert small_money(till, shift) == shift.float_cash // 2  # nobody counted it by notes
    sell(till, {"NASTAR-500": 1}, tendered=70_000)  # 65.000: 5.000 goes back
    sell(till, {"NASTAR-500": 1}, method="qris")
    assert small_money(till, shift) == shift.float_cash // 2 - 5_000
    lock_count(till, shift, {50_000: 4, 2_000: 6, 1_000: 3, 500: 2}, "rina")
    assert small_money(till, shift) == 16_000
    sell(till, {"NASTAR-500": 1}, tendered=65_000)
    assert small_money(till, shift) == 21_000


def test_the_next_shift_begins_with_what_was_counted(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 1})
    left = end_shift(till).counts[-1].total
    assert left % 10_000 == 5_000  # one note of 5.000
    same = open_shift(till, "rina", DAY, left)
    assert small_money(till, same) == 5_000
    end_shift(till)
    other = open_shift(till, "rina", DAY, 200_000)  # another float was brought
    assert small_money(till, other) == 100_000
