"""Numbers of days that stand so tight that they could be read as one are not all shown."""

from __future__ import annotations

import pytest

from ui.board.day_numbers import APART, Number, shifts, shown


def row(step: float, width: float, stays: set[int], count: int = 9) -> list[Number]:
    return [Number(place * step, width, place in stays) for place in range(count)]


@pytest.mark.parametrize(
    ("step", "stays", "expected"),
    [
        (17, set(), "xxxxxxxxx"),
        (15, set(), "x.x.x.x.x"),
        (15, {3}, "x..x.x.x."),
        (15, {4, 5}, "x.x.xx.x."),
        (17, {3}, "xxxxxxxxx"),
    ],
)
def test_those_that_stay_and_every_second_between_them(step: float, stays: set[int], expected: str) -> None:
    kept = shown(row(step, 13.2, stays), APART)
    assert "".join("x" if one else "." for one in kept) == expected


def test_two_red_days_side_by_side_move_apart() -> None:
    numbers = row(15, 13.2, {4, 5})
    kept = shown(numbers, APART)
    moved = shifts(numbers, kept, APART)
    assert numbers[5].middle + moved[5] - numbers[4].middle - moved[4] - 13.2 == pytest.approx(APART)
    assert [n for n, one in enumerate(moved) if one] == [4, 5]


def test_no_numbers() -> None:
    assert shown([], APART) == []
    assert shifts([], [], APART) == []
