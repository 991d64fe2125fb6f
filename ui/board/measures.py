"""How large the board's cells are: as designed, larger where there is room, a little narrower where not."""

from __future__ import annotations

from typing import NamedTuple

from ui.theme import Theme

INSET = 5  # px from the edge of the card, so that its corners stay round
NAMES, FEWEST = 202, 116  # px of the column of names: as designed, at least
STREAKS = 49  # px of the column of streaks
COLUMN, NARROW, WIDE = 17, 15, 34  # px from day to day
ROW, HIGH, SHALLOW, LARGE = 28, 44, 25, 36  # px from row to row
HEAD = 50  # px of months and days
TODAY = 32  # px of today's column as designed
GAP, ROW_GAP = 2, 4  # px between cells
BELOW = 4  # px below the last row, for the end of today's frame
PAD = 10  # px before a name
LONG = 60  # days from which the board scrolls rather than shrinks


class Measures(NamedTuple):
    """All in px of the screen."""

    names: int
    streaks: int
    column: int
    today: int
    row: int
    head: int
    gap: int
    row_gap: int
    large: bool  # it is looked at from further away


def measures(theme: Theme, room: tuple[int, int], count: tuple[int, int], longest: int) -> Measures:
    """For `room` (width and height in px), so many days and rows, and the longest name in px."""
    px = theme.px
    days, rows = max(count[0], 1), max(count[1], 1)
    extra, streaks = px(TODAY - COLUMN), px(STREAKS)
    row = min((room[1] - px(HEAD) - px(BELOW)) // rows, px(HIGH))
    row = row if row >= px(SHALLOW) else px(ROW)  # so little is missing that all can be in sight
    large = row >= px(LARGE)
    fitting = longest * 16 // 13 if large else longest
    wanted = fitting + px(PAD + 10)
    names = px(NAMES)
    if large or days > LONG:
        names = max(names, min(wanted, room[0] // 4))
    column = (room[0] - names - streaks - extra) // days
    if column < px(COLUMN) and days <= LONG:  # names give way first
        names = min(max(wanted, px(FEWEST)), names)
        column = min((room[0] - names - streaks - extra) // days, px(COLUMN))
    column = min(max(column, px(NARROW) if days <= LONG else px(COLUMN)), px(WIDE))
    today = max(px(TODAY), column + extra // 2)
    return Measures(names, streaks, column, today, row, px(HEAD), px(GAP), px(ROW_GAP), large)
