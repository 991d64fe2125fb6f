"""Shifts: whose turn it is, and which day it is in the books."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.errors import Refused
from pos.ledger import Ledger
from pos.money import MAX_AMOUNT
from pos.shifts import current_shift, open_shift, shifts_of_day
from tests.books import DAY, MOMENT, documents, new_ledger


def test_a_new_till_has_no_shift(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "a.lapak")
    assert (current_shift(ledger), shifts_of_day(ledger, DAY)) == (None, 0)
    ledger.close()


def test_the_shift_opened_last_is_the_current_one(till: Ledger) -> None:
    opened = open_shift(till, "sari", DAY, 150_000)
    assert current_shift(till) == opened
    assert (opened.cashier, opened.day, opened.at, opened.float_cash) == ("sari", DAY, MOMENT, 150_000)


def test_shifts_are_counted_by_day(till: Ledger) -> None:
    open_shift(till, "sari", DAY)
    open_shift(till, "sari", DAY.replace(day=15))
    assert shifts_of_day(till, DAY) == 2


@pytest.mark.parametrize("float_cash", [-1, MAX_AMOUNT + 1])
def test_a_senseless_float_opens_nothing(till: Ledger, float_cash: int) -> None:
    before = documents(till)
    with pytest.raises(Refused):
        open_shift(till, "rina", DAY, float_cash)
    assert documents(till) == before
