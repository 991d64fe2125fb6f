"""The board as a workbook and as CSV: what is shown, its levels as colours; figures against plain SQL."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pos.clock import stopped_at
from pos.exports.board_book import board_table, write_board
from pos.ledger import Ledger, create, new_device
from pos.practice import TRAINING_BOOTH
from pos.reports.board import Board, Mark, board
from pos.reports.shown import Head
from pos.shifts import open_shift
from tests.books import DAY, MOMENT, WIB, event, next_shift, sell, with_catalogue

HEAD = Head("Pameran", "hari ke-2", "oleh Sari", ("Lengkap sampai kini.",))
SIGNS = tuple((mark, f"tanda {mark.name}") for mark in Mark)
ONE = timedelta(days=1)


@pytest.fixture
def three_days(tmp_path: Path) -> Ledger:
    """Nothing at all, a closed day between, every level today."""
    of = replace(event(), start=DAY - 3 * ONE, end=DAY + ONE)
    ledger = with_catalogue(
        create(tmp_path / "a.lapak", new_device("S03", "Stan", "LPP-PLG", of), stopped_at(MOMENT))
    )
    for n, day in enumerate((DAY - 2 * ONE, DAY)):
        ledger.clock = stopped_at(datetime(day.year, day.month, day.day, 10, tzinfo=WIB))
        open_shift(ledger, "rina", day) if n == 0 else next_shift(ledger, "rina", day)
        sell(ledger, {"PECI": 30})
        if n:
            sell(ledger, {"NASTAR-500": 1})
            sell(ledger, {"HAMPERS": 2})
    return ledger


def cells(path: Path) -> list[list[Any]]:
    (sheet,) = load_workbook(path).worksheets
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def written(ledger: Ledger, found: Board, path: Path) -> Path:
    write_board(ledger, found, HEAD, SIGNS, path)
    return path


def test_it_is_the_board_with_its_head_and_legend(three_days: Ledger, tmp_path: Path) -> None:
    found = board(three_days, DAY)
    path = written(three_days, found, tmp_path / "papan.xlsx")
    rows = cells(path)
    assert [row[0] for row in rows[:5]] == [
        "Satu hari, satu produk",
        "Pameran: Pameran",
        "Saringan: hari ke-2",
        "Dibuat: oleh Sari",
        "Kelengkapan: Lengkap sampai kini.",
    ]
    heading = next(n for n, row in enumerate(rows) if row[0] == "UPT")
    assert rows[heading][1:-1] == [f"{day:%d/%m/%Y}" for day in found.days]
    for row, line in zip(rows[heading + 1 :], found.lines, strict=False):
        assert row[0] == line.unit.short
        for cell, mark, amount in zip(row[1:-1], line.marks, line.sold, strict=True):
            nothing = {Mark.CLOSED: "tutup", Mark.AHEAD: None, Mark.ABSENT: "–"}
            assert cell == (amount if amount is not None else nothing.get(mark, 0))
        assert row[-1] == line.streak
    legend = [row[0] for row in rows[heading + 1 + len(found.lines) :] if row[0]]
    assert legend == [words for _mark, words in SIGNS]


def test_each_level_has_a_ground_of_its_own(three_days: Ledger, tmp_path: Path) -> None:
    found = board(three_days, DAY)
    (sheet,) = load_workbook(written(three_days, found, tmp_path / "papan.xlsx")).worksheets
    grounds = {
        words: cell.fill.fgColor.rgb
        for row in sheet.iter_rows(max_col=1)
        for cell in row
        for _mark, words in SIGNS
        if cell.value == words
    }
    colors = [
        grounds[f"tanda {mark.name}"] for mark in (Mark.MISSED, Mark.LOW, Mark.SOME, Mark.GOOD, Mark.TOP)
    ]
    assert len(set(colors)) == 5
    first = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "UPT") + 1
    for n, line in enumerate(found.lines):
        for place, mark in enumerate(line.marks, 2):
            ground = sheet.cell(first + n, place).fill.fgColor.rgb
            if mark is not Mark.AHEAD:
                assert ground == grounds[f"tanda {mark.name}"]


def test_every_amount_is_that_of_a_plain_query(three_days: Ledger, tmp_path: Path) -> None:
    found = board(three_days, DAY)
    path = written(three_days, found, tmp_path / "papan.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    heading = next(n for n, row in enumerate(rows) if row and row[0] == "UPT")
    days = [datetime.strptime(title, "%d/%m/%Y").date() for title in rows[heading][1:-1]]  # noqa: DTZ007 - a day
    amounts = {
        (row[0], day): int(cell)
        for row in rows[heading + 1 :]
        for day, cell in zip(days, row[1:-1], strict=True)
        if cell.isdigit() and int(cell)
    }
    assert three_days.path is not None
    names = {one.unit.code: one.unit.short for one in found.lines}
    query = """SELECT institution, day, sum(total) FROM (
        SELECT institution, day, total FROM sale_line WHERE bundle = 0
        UNION ALL SELECT institution, day, amount FROM movement WHERE reason = 'bundle') GROUP BY 1, 2"""
    with closing(sqlite3.connect(three_days.path)) as plain:
        wanted = {(names[code], date.fromisoformat(day)): total for code, day, total in plain.execute(query)}
    assert amounts == wanted


@pytest.mark.parametrize(("code", "word"), [("S03", "CONTOH"), (TRAINING_BOOTH, "LATIHAN")])
def test_that_of_practice_data_says_so_in_either_file(tmp_path: Path, code: str, word: str) -> None:
    device = new_device(code, "Stan", "LPP-PLG", event(), sample=True)
    with closing(create(tmp_path / "a.lapak", device, stopped_at(MOMENT))) as ledger:
        found = board(ledger, DAY)
        assert f"{word} - BUKAN BUKTI" in written(ledger, found, tmp_path / "b.csv").read_text("utf-8-sig")
        rows = cells(written(ledger, found, tmp_path / "b.xlsx"))
    assert any(word in row for row in rows)


@pytest.mark.parametrize("days", [1, 400])
def test_of_one_day_and_of_four_hundred(tmp_path: Path, days: int) -> None:
    of = replace(event(), start=DAY, end=DAY + (days - 1) * ONE)
    with closing(
        create(tmp_path / "a.lapak", new_device("S03", "S", "LPP-PLG", of), stopped_at(MOMENT))
    ) as ledger:
        found = board(ledger, DAY)
        assert len(board_table(found).columns) == days + 2
        for ending in ("xlsx", "csv"):
            assert written(ledger, found, tmp_path / f"b.{ending}").stat().st_size > 100
        rows = cells(tmp_path / "b.xlsx")
    assert max(len(row) for row in rows) >= days + 2
