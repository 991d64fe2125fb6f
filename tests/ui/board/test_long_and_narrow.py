"""The board where room is short: narrow windows, long names, exhibitions of many pages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import create, new_device
from pos.model import Institution, Product
from pos.paths import home
from pos.reports.red_days import is_red
from tests.books import DAY, MOMENT, event, with_catalogue
from tests.ui.board.test_page import board_of
from tests.ui.board.test_page import frame as frame  # noqa: PLC0414 - a fixture
from tests.ui.hands import wait_for
from tests.ui.office.room import settle
from tests.ui.shop import frame_over
from ui.frame import Frame
from ui.theme import Theme


def test_where_it_is_narrow_red_days_and_today_keep_their_numbers(frame: Frame) -> None:
    """And no two that are shown touch each other."""
    frame.resize(1093, 614)
    page = board_of(frame)
    heads, board = page.card.grid.heads, page.card.grid.board
    assert board is not None
    moves = heads.moves(board)
    assert moves.count(None) > 5
    for place, (day, move) in enumerate(zip(board.days, moves, strict=True)):
        if is_red(day) or place == board.place:
            assert move is not None, day
    width = QFontMetricsF(frame.app.theme.font("caption", 11)).horizontalAdvance("00")
    middles = [
        heads.sectionPosition(place) + heads.sectionSize(place) / 2 + move
        for place, move in enumerate(moves)
        if move is not None and board.days[place].day > 9
    ]
    assert min(after - before for before, after in pairwise(middles)) >= width + 2


def test_long_names_that_begin_alike_are_told_apart(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    """They are cut in their middle, in the board and at its side."""
    long = "Lapas Khusus Perempuan dan Anak Kabupaten Penukal Abab Lematang Ilir"
    units = tuple(Institution(f"L{n}", f"{long} {n}", f"{long} {n}", "") for n in (1, 2))
    device = new_device("S03", "Stan 03", "L1", replace(event(), institutions=units))
    with closing(create(tmp_path / "panjang.lapak", device, stopped_at(MOMENT))) as ledger:
        goods = (Product("A", "Peci", 50_000, "L1"), Product("B", "Peci", 50_000, "L2"))
        page = board_of(frame_over(qtbot, theme, with_catalogue(ledger, goods), "sari"))
        names = page.card.grid.names
        image, high = names.viewport().grab().toImage(), page.card.grid.rowHeight(0)
        first, second = (image.copy(0, place * high, image.width(), high) for place in (0, 1))
        assert first != second
        settle()


def test_of_several_pictures_the_one_with_today_is_told(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    """The first page of a long exhibition shows days of months ago."""
    long = replace(event(), start=DAY - timedelta(199), end=DAY + timedelta(200))
    device = new_device("S03", "Stan 03", "LPP-PLG", long)
    with closing(create(tmp_path / "panjang.lapak", device, stopped_at(MOMENT))) as ledger:
        page = board_of(frame_over(qtbot, theme, with_catalogue(ledger), "sari"))
        page.head.file_wanted.emit("png")
        settle()
        assert len(list((home() / "laporan").glob("papan-2023-04-14-*.png"))) == 9
        assert "papan-2023-04-14-5.png" in page.banner.accessibleName()


def test_today_stays_in_sight_when_the_window_is_made_smaller(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    """Unless somebody looks at other days."""
    late = replace(event(), start=DAY - timedelta(38), end=DAY + timedelta(2))
    device = new_device("S03", "Stan 03", "LPP-PLG", late)
    with closing(create(tmp_path / "akhir.lapak", device, stopped_at(MOMENT))) as ledger:
        frame = frame_over(qtbot, theme, with_catalogue(ledger), "sari")
        grid = board_of(frame).card.grid

        def in_sight() -> bool:
            today = grid.visualRect(grid.days.index(0, 38))
            return today.left() >= 0 and today.right() < grid.viewport().width()

        assert in_sight()
        frame.resize(1000, 614)
        assert wait_for(in_sight)
        bar = grid.horizontalScrollBar()
        bar.triggerAction(bar.SliderAction.SliderToMinimum)
        frame.resize(960, 614)
        settle()
        assert not in_sight()
