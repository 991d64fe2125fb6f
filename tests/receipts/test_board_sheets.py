"""The board on paper: as many pages as it needs, and every cell on one of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.errors import Refused
from pos.model import Institution
from pos.receipts.board_sheets import HEIGHT, MARGIN, TOP, WIDTH, Told, board_sheets
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Stroke, Words
from pos.reports.board import Board, Line, Mark

START = date(2023, 3, 23)
TOLD = Told(
    "Hari Bhakti Pemasyarakatan ke-59", "hari ke-23 dari 41", "Hari ini", "Lengkap.", ((Mark.LOW, "laku"),)
)


def a_board(units: int, days: int, marks: tuple[Mark, ...] = (Mark.LOW,)) -> Board:
    lines = tuple(
        Line(Institution(f"U{n}", f"Lapas {n}", f"Lapas {n}"), (1,) * days, (marks * days)[:days], n, 0, {})
        for n in range(units)
    )
    dates = tuple(START + timedelta(n) for n in range(days))
    return Board(dates, lines, START, 0, 1, days, {}, 1_000, (), {})


def inside(sheet: Sheet) -> bool:
    """Whether nothing but the band stands beyond the margins."""
    marks = [one for one in sheet.stamps if isinstance(one, Words | Frame)]
    return all(MARGIN - 1 <= one.x <= WIDTH - MARGIN + 0.1 and 0 < one.y < HEIGHT for one in marks)


@pytest.mark.parametrize(("units", "days", "pages"), [(20, 41, 1), (1, 1, 1), (3, 400, 9), (531, 41, 20)])
def test_all_of_it_is_printed(units: int, days: int, pages: int) -> None:
    sheets = board_sheets(a_board(units, days), TOLD)
    assert len(sheets) == pages
    words = [stamp.text for sheet in sheets for stamp in sheet.stamps if isinstance(stamp, Words)]
    assert {f"Lapas {n}" for n in range(units)} <= set(words)
    assert f"Halaman {pages} dari {pages}" in words
    assert all(map(inside, sheets))


def _is_ground(one: Stamp) -> bool:
    return isinstance(one, Shape) and one.color in ("heat0", "sunken")


def test_every_state_has_a_shape_of_its_own() -> None:
    """In black and white, too."""
    drawn = set()
    for mark in (Mark.MISSED, Mark.LOW, Mark.CLOSED, Mark.WAITING, Mark.ABSENT):
        (sheet,) = board_sheets(a_board(1, 1, (mark,)), Told("", "", "", "", ()))
        shapes = [
            (type(one).__name__, one.outlines if isinstance(one, Shape) else None)
            for one in sheet.stamps
            if not isinstance(one, Words | Stroke) and one.y > TOP - 1 and not _is_ground(one)
        ]
        drawn.add(tuple(shapes))
    assert len(drawn) == 5


def test_more_than_anybody_hangs_up_is_refused() -> None:
    with pytest.raises(Refused, match="halaman"):
        board_sheets(a_board(531, 400), TOLD)
