"""How large the cells are."""

from __future__ import annotations

import pytest

from ui.board.measures import measures
from ui.theme import Theme

LONGEST = 150  # px of the longest name


@pytest.mark.parametrize(
    ("room", "count", "column", "row"),
    [
        ((963, 614), (41, 20), 17, 28),  # picture 06
        ((900, 565), (41, 20), 16, 25),  # 1280x720: all of it is in sight
        ((1500, 960), (41, 20), 30, 44),
        ((700, 400), (41, 20), 15, 28),  # too small: it scrolls
        ((963, 614), (400, 531), 17, 28),
        ((963, 614), (1, 1), 34, 44),
        ((963, 614), (0, 0), 34, 44),
    ],
)
def test_cells_are_as_large_as_there_is_room(
    theme: Theme, room: tuple[int, int], count: tuple[int, int], column: int, row: int
) -> None:
    found = measures(theme, room, count, LONGEST)
    assert (found.column, found.row) == (column, row)
