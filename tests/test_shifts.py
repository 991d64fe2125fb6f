"""Shifts: whose turn it is, and which day it is in the books.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.checkout import checkout
from pos.clock import stopped_at
from pos.errors import Refused
from pos.ledger import Ledger
from pos.money import MAX_AMOUNT
from pos.opening import still_open
from pos.payments import settle
from pos.shifts import Days, current_shift, days_of, left_words, oddities, open_shift, shifts_of_day
from tests.books import (
    DAY,
    MOMENT,
    cart_of,
    documents,
    end_shift,
    event,
    new_ledger,
    next_shift,
    sell,
    shift_of,
)

TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


def kinds(days: Days, day: object = DAY) -> list[str]:
    return [each.kind for each in oddities(days, day)]  # type: ignore[arg-type]


def test_a_new_till_has_no_shift(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "a.lapak")
    assert (current_shift(ledger), shifts_of_day(ledger, DAY)) == (None, 0)
    assert (days_of(ledger).unclosed, days_of(ledger).closing) == (None, None)
    ledger.close()


def test_a_shift_is_the_current_one_until_it_is_closed(till: Ledger) -> None:
    opened = next_shift(till, "sari", DAY, 150_000)
    assert current_shift(till) == opened
    assert (opened.cashier, opened.day, opened.at, opened.float_cash) == ("sari", DAY, MOMENT, 150_000)
    end_shift(till)
    assert current_shift(till) is None


def test_two_shifts_are_never_open_at_once(till: Ledger) -> None:
    before = documents(till)
    with pytest.raises(Refused, match=r"Sif Jum, 14 Apr 2023, 14\.07 masih terbuka") as refusal:
        open_shift(till, "sari", TOMORROW)
    assert "Tutup" in refusal.value.hint
    assert documents(till) == before


def test_shifts_are_counted_by_day(till: Ledger) -> None:
    next_shift(till, "sari", DAY)
    next_shift(till, "sari", TOMORROW)
    assert (shifts_of_day(till, DAY), shifts_of_day(till, TOMORROW)) == (2, 1)


@pytest.mark.parametrize("float_cash", [-1, MAX_AMOUNT + 1])
def test_a_senseless_float_opens_nothing(till: Ledger, float_cash: int) -> None:
    end_shift(till)
    before = documents(till)
    with pytest.raises(Refused):
        open_shift(till, "rina", DAY, float_cash)
    assert documents(till) == before


def test_nothing_is_sold_in_a_shift_that_was_closed_and_the_cart_sells_in_the_next(till: Ledger) -> None:
    closed, cart = shift_of(till), cart_of(till, {"PECI": 1})
    end_shift(till)
    payments = [settle("cash", cart.total)]
    with pytest.raises(Refused, match="sif"):
        checkout(till, cart, payments, closed, "rina")
    later = open_shift(till, "rina", DAY)
    assert checkout(till, cart, payments, later, "rina").shift == later.seq


def test_a_sale_that_was_stored_before_the_closing_is_still_the_same_sale_after_it(till: Ledger) -> None:
    shift, cart = shift_of(till), cart_of(till, {"PECI": 1})
    payments = [settle("cash", cart.total)]
    sale = checkout(till, cart, payments, shift, "rina")
    end_shift(till)
    assert checkout(till, cart, payments, shift, "rina") == sale


def test_what_the_last_closing_left_is_told_beside_the_new_day(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    end_shift(till)
    closing = days_of(till).closing
    assert closing is not None
    assert (closing.day, closing.left) == (DAY, 250_000)
    assert left_words(closing) == "Tutup kasir Jum, 14 Apr 2023, 14.07 menyisakan Rp250.000."


def test_an_ordinary_morning_has_nothing_odd(till: Ledger) -> None:
    end_shift(till)
    till.clock = stopped_at(MOMENT + timedelta(hours=18))
    days = days_of(till)
    assert days.proposed == TOMORROW
    assert oddities(days, TOMORROW) == ()


def test_a_clock_that_went_back_a_day_is_told_and_the_day_of_the_papers_is_proposed_51(till: Ledger) -> None:
    end_shift(till)
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    days = days_of(till)
    assert days.proposed == DAY
    assert kinds(days, YESTERDAY) == ["back", "early"]
    assert "Jum, 14 Apr 2023, 14.07" in oddities(days, YESTERDAY)[0].message
    assert open_shift(till, "rina", DAY).day == DAY  # told, and never a wall


@pytest.mark.parametrize(("minutes", "kind"), [(0, []), (1, ["behind"]), (10, ["behind"]), (11, ["back"])])
def test_a_clock_just_behind_is_not_one_that_was_set_back(minutes: int, kind: list[str]) -> None:
    assert kinds(Days(MOMENT, event(), MOMENT + timedelta(minutes=minutes))) == kind


def test_days_outside_the_exhibition_closed_days_and_forgotten_shifts_are_told(till: Ledger) -> None:
    assert kinds(days_of(till)) == ["open"]
    end_shift(till)
    assert kinds(days_of(till)) == ["closed"]
    days = replace(days_of(till), closing=None)
    assert kinds(days, event().end) == []
    assert kinds(days, event().end + timedelta(days=1)) == ["outside"]
    assert kinds(days, event().start - timedelta(days=1)) == ["outside"]


def test_the_till_goes_on_with_todays_shift_and_with_one_ahead_of_a_wrong_clock(
    till: Ledger,
) -> None:
    shift, device = shift_of(till), till.own()
    assert still_open(shift, device, DAY) == shift
    assert still_open(shift, device, YESTERDAY) == shift
    assert still_open(shift, device, TOMORROW) is None
    assert still_open(shift, replace(device, sample=True), TOMORROW) == shift
