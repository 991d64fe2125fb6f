"""The institution's sheet given back: the same rows and columns, and four columns more."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pos.columns_guess import guess, read_grid
from pos.errors import Refused
from pos.goods_import import preview, take_goods
from pos.goods_sheet import figures, fill_sheet
from pos.ledger import Ledger
from pos.model import By
from pos.refunds import void
from tests import sheets
from tests.books import STAFF, sell, shift_of


def rows_of(path: Path) -> list[list[object]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_what_became_of_the_goods(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 2, "PECI": 1})
    sell(till, {"HAMPERS": 1})
    void(till, sell(till, {"PECI": 5}), shift_of(till), "rina")
    found = figures(till)
    assert found["NASTAR-500"].sold == 3
    assert found["PECI"][:3] == (2, 0, 98)
    assert found["HAMPERS"].amount == 0  # its money stands at what is inside
    assert sum(one.amount for one in found.values()) == 2 * 65_000 + 50_000 + 170_000


def test_the_same_sheet_comes_back_filled_in(till: Ledger, tmp_path: Path) -> None:
    source = sheets.titled(tmp_path / "a.xlsx")
    grid = read_grid(source)
    layout = guess(grid)
    sell(till, {"NASTAR-500": 2, "PECI": 1})
    filled = fill_sheet(till, grid, layout, tmp_path / "b.xlsx", "LPP-PLG")
    assert (filled.rows, filled.unknown) == (2, (7,))  # the cake is not in the catalogue yet
    before, after = rows_of(source), rows_of(tmp_path / "b.xlsx")
    assert [[cell for cell in row[:7] if cell is not None] for row in after] == [
        [39 if cell == "=SUM(E5:E7)" else cell for cell in row if cell not in (None, "")] for row in before
    ]
    assert after[3][7:] == ["Terjual (buah)", "Dikembalikan (buah)", "Sisa (buah)", "Rupiah"]
    assert after[4][7:] == [2, 0, 98, 130_000]
    assert after[5][7:] == [1, 0, 99, 50_000]
    assert after[6][7:] == [None] * 4
    assert after[7][7:] == [3, 0, 197, 180_000]


def test_what_was_filled_in_is_no_column_when_it_comes_in_again(till: Ledger, tmp_path: Path) -> None:
    grid = read_grid(sheets.sectioned(tmp_path / "d.csv"))
    layout = guess(grid)
    fill_sheet(till, grid, layout, tmp_path / "b.csv")
    again = read_grid(tmp_path / "b.csv")
    assert [one.column for one in guess(again).guesses] == ["sku", "name", "price", "count", "", "", "", ""]
    assert preview(till, again, guess(again)).rejected == ()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_cell_becomes_a_formula(till: Ledger, tmp_path: Path, ending: str) -> None:
    (tmp_path / "a.csv").write_text('Nama;Harga;UPT;Kode\n"=HYPERLINK(""x"")";5000;LPP-PLG;007\n', "utf-8")
    grid = read_grid(tmp_path / "a.csv")
    take_goods(till, preview(till, grid, guess(grid)), By(STAFF[1]), "a.csv")
    path = tmp_path / f"b.{ending}"
    assert fill_sheet(till, grid, guess(grid), path).rows == 1
    if ending == "xlsx":
        row: list[object] = rows_of(path)[1]
    else:
        (_head, row_text) = csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")
        row = list(row_text)
    assert row[0] == '\'=HYPERLINK("x")'
    assert row[3] == "007"
    assert str(row[1]) == "5000"


def test_another_ending_is_refused(till: Ledger, tmp_path: Path) -> None:
    grid = read_grid(sheets.english(tmp_path / "c.csv"))
    with pytest.raises(Refused):
        fill_sheet(till, grid, guess(grid), tmp_path / "b.pdf")
    assert not (tmp_path / "b.pdf").exists()
