"""Which days have their number in the head of the board: all that can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

APART = 3  # px between two numbers, less of which makes one of them


class Number(NamedTuple):
    """Where a number would stand, in px. One that `stays` is shown however narrow it is."""

    middle: float
    width: float
    stays: bool


def shown(numbers: Sequence[Number], apart: float) -> list[bool]:
    """Those that stay, and from the left each that is at least `apart` from the last one and from the next
    that stays. Where cells are narrow it is every second.
    """
    kept = [number.stays for number in numbers]
    following: list[Number | None] = [None] * len(numbers)
    for place in range(len(numbers) - 2, -1, -1):
        following[place] = numbers[place + 1] if kept[place + 1] else following[place + 1]
    last: Number | None = None
    for place, number in enumerate(numbers):
        beside = (one for one in (last, following[place]) if one is not None)
        kept[place] = number.stays or all(_gap(one, number) >= apart for one in beside)
        last = number if kept[place] else last
    return kept


def shifts(numbers: Sequence[Number], kept: Sequence[bool], apart: float) -> list[float]:
    """By how much each moves away from a neighbour that it would touch, into the room of one not shown."""
    moved = [0.0] * len(numbers)
    for place in range(len(numbers) - 1):
        if kept[place] and kept[place + 1]:
            less = apart - _gap(numbers[place], numbers[place + 1])
            if less > 0:
                moved[place] -= less / 2
                moved[place + 1] += less / 2
    return moved


def _gap(one: Number, other: Number) -> float:
    return abs(one.middle - other.middle) - (one.width + other.width) / 2
