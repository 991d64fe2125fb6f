"""Ways to pay: what settles a bill, what is offered, what goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import Refused
from pos.model import Payment
from pos.money import MAX_AMOUNT
from pos.payments import (
    METHODS,
    MOST_OPEN,
    NOTES,
    QRIS_LIMIT,
    Share,
    Split,
    change_notes,
    looks_mistyped,
    method_name,
    quick_amounts,
    settle,
)

BILLS = st.integers(1, 10**9)


def test_the_four_ways_to_pay() -> None:
    assert list(METHODS) == ["cash", "qris", "transfer", "card"]


@pytest.mark.parametrize("method", METHODS)
def test_every_method_takes_the_exact_amount(method: str) -> None:
    assert settle(method, 445_000) == Payment(method, 445_000, 445_000)


def test_cash_gives_change() -> None:
    assert settle("cash", 445_000, 500_000).change == 55_000


@pytest.mark.parametrize("method", [code for code, way in METHODS.items() if not way.gives_change])
def test_only_cash_takes_more_than_is_due(method: str) -> None:
    with pytest.raises(Refused):
        settle(method, 445_000, 445_001)


@pytest.mark.parametrize("method", METHODS)
def test_too_little_is_refused_by_how_much(method: str) -> None:
    with pytest.raises(Refused, match=r"Rp5\.000"):
        settle(method, 445_000, 440_000)


def test_qris_takes_ten_million_and_not_one_more() -> None:
    assert settle("qris", QRIS_LIMIT).amount == 10_000_000
    with pytest.raises(Refused, match=r"Rp10\.000\.000"):
        settle("qris", QRIS_LIMIT + 1)


@pytest.mark.parametrize("method", ["", "bitcoin", "CASH", "x" * 500])
def test_an_unknown_method_is_refused_with_the_known_ones(method: str) -> None:
    with pytest.raises(Refused, match="cash, qris, transfer, card"):
        settle(method, 1_000)


@pytest.mark.parametrize(("due", "tendered"), [(-1, None), (-1, 0), (1_000, MAX_AMOUNT + 1)])
def test_senseless_amounts_are_refused(due: int, tendered: int | None) -> None:
    with pytest.raises(Refused):
        settle("cash", due, tendered)


def test_a_reference_is_one_clean_line_of_forty() -> None:
    assert settle("qris", 1_000, reference=" 47\x0011\n" + "4" * 100).reference == "4711 " + "4" * 35


def test_a_method_of_a_newer_program_stands_for_itself() -> None:
    assert method_name("voucher") == "voucher"


@pytest.mark.parametrize(
    ("due", "offered"),
    [
        (445_000, (445, 450, 460, 500, 505)),  # the design's picture 02
        (30_000, (30, 40, 50, 100)),
        (60_000, (60, 100)),
        (87_000, (87, 90, 100, 107)),
        (125_000, (125, 130, 140, 150, 200)),
        (275_000, (275, 280, 300, 305)),
        (1_250_000, (1250, 1260, 1300)),
        (100_000, (100,)),
    ],
)
def test_offers_are_what_buyers_hand_over(due: int, offered: tuple[int, ...]) -> None:
    assert quick_amounts(due) == tuple(thousands * 1_000 for thousands in offered)


@given(BILLS)
def test_offers_begin_with_the_bill_rise_and_are_at_most_five(due: int) -> None:
    offers = quick_amounts(due)
    assert offers[0] == due
    assert list(offers) == sorted(set(offers))
    assert len(offers) <= 5
    assert all(settle("cash", due, offer).change == offer - due for offer in offers)


@given(BILLS)
def test_an_offer_with_small_money_makes_round_change(due: int) -> None:
    hundreds = -(-due // 100_000) * 100_000
    assert all((offer - due) % 10_000 == 0 for offer in quick_amounts(due) if offer > hundreds)


def test_nothing_due_offers_nothing_but_that() -> None:
    assert quick_amounts(0) == (0,)


def test_change_in_few_notes() -> None:
    assert change_notes(55_000) == ((50_000, 1), (5_000, 1))
    assert change_notes(13_000) == ((10_000, 1), (2_000, 1), (1_000, 1))
    assert change_notes(0) == ()


@given(st.integers(0, 10**7).map(lambda hundreds: hundreds * 100))
def test_notes_add_up_to_the_change(change: int) -> None:
    notes = change_notes(change)
    assert sum(note * count for note, count in notes) == change
    assert all(count < 3 for note, count in notes if note != NOTES[0])


@pytest.mark.parametrize(
    ("due", "tendered", "doubtful"),
    [
        (445_000, 8_900_000, False),
        (445_000, 8_900_001, True),
        (445_000, 899_123_456_789, True),
        (1_000, 100_000, False),
        (0, 100_001, True),
    ],
)
def test_more_than_twenty_times_the_bill_is_doubted_but_never_the_largest_note(
    due: int, tendered: int, doubtful: bool
) -> None:
    assert looks_mistyped(due, tendered) is doubtful


AMOUNTS = st.integers(1, 1_000)
VERBS = st.one_of(
    st.tuples(st.just("plan"), AMOUNTS),
    st.tuples(st.just("with_amount"), st.integers(0, 2), AMOUNTS),
    st.tuples(st.just("with_method"), st.integers(0, 2), st.sampled_from(sorted(METHODS))),
    st.tuples(st.just("without"), st.integers(0, 2)),
    st.tuples(st.just("receive"), st.integers(0, 2), AMOUNTS.map(lambda amount: settle("card", amount))),
)


@given(st.integers(1, 1_000), st.lists(VERBS, max_size=12))
def test_parts_always_add_up_and_money_that_came_in_stays(due: int, verbs: list[tuple[object, ...]]) -> None:
    split = Split(due)
    for verb, *what in verbs:
        if verb != "plan" and isinstance(what[0], int) and what[0] >= len(split.open):
            continue
        if verb == "with_amount" and what[0] == len(split.planned):
            continue  # the rest has the amount that is left
        before = split
        try:
            split = getattr(split, str(verb))(*what)
        except Refused:
            assert split == before
        assert split.taken[: len(before.taken)] == before.taken
        assert split.came_in + sum(share.amount for share in split.open) == due
        assert len(split.open) <= MOST_OPEN
        assert all(share.amount > 0 for share in split.planned)
        assert split.rest > 0 or not split.left


def test_the_rest_is_always_the_last_part() -> None:
    split = Split(445_000, method="qris").plan(300_000).with_method(1, "cash")
    assert split.open == (Share("qris", 300_000), Share("cash", 145_000))
    split = split.receive(0, settle("qris", 300_000))
    assert split.open == (Share("cash", 145_000),)
    split = split.receive(0, settle("cash", 145_000, 150_000))
    assert (split.left, split.came_in) == (0, 445_000)


def test_when_the_rest_comes_in_first_the_part_before_it_is_the_rest() -> None:
    split = Split(445_000, method="card").plan(300_000).receive(1, settle("card", 145_000))
    assert (split.planned, split.open) == ((), (Share("card", 300_000),))


@pytest.mark.parametrize(
    ("place", "payment"),
    [
        (0, settle("card", 99_999)),  # a planned part comes in whole
        (0, Payment("cash", 100_000, 150_000)),  # and gives no change
        (1, settle("card", 345_001)),
        (1, Payment("cash", 300_000, 400_000)),
        (1, settle("cash", 0)),
    ],
)
def test_a_part_that_is_not_what_was_agreed_is_refused(place: int, payment: Payment) -> None:
    with pytest.raises(Refused):
        Split(445_000).plan(100_000).receive(place, payment)


@pytest.mark.parametrize("amount", [0, -1, 445_000, 500_000])
def test_a_planned_part_leaves_a_rest(amount: int) -> None:
    with pytest.raises(Refused):
        Split(445_000).plan(amount)
    with pytest.raises(Refused):
        Split(445_000).plan(1).with_amount(0, amount)


def test_the_only_part_cannot_be_given_up() -> None:
    with pytest.raises(Refused):
        Split(445_000).without(0)
