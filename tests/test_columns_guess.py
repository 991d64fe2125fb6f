"""The guess: what a column is by its heading, however short, and by its cells; a person has the last word.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pos.columns_guess import guess, is_total, maker_of, pasted_grid, read_grid
from pos.errors import BadCell, Refused
from pos.sheets import MAX_PASTED
from tests import sheets
from tests.books import event

Made = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("make", "name", "header", "columns"),
    [
        (sheets.titled, "a.xlsx", 4, ["", "name", "unit", "price", "count", "institution", ""]),
        (sheets.two_headers, "b.xlsx", 2, ["institution", "name", "cost", "price", "count"]),
        (sheets.english, "c.csv", 1, ["count", "price", "name", "institution", ""]),
        (sheets.sectioned, "d.csv", 3, ["sku", "name", "price", "count"]),
        (sheets.bare, "e.xlsx", 0, ["name", "price"]),
    ],
)
def test_columns_of_sheets_as_they_come(
    tmp_path: Path, make: Made, name: str, header: int, columns: list[str]
) -> None:
    layout = guess(read_grid(make(tmp_path / name)))
    assert layout.header == header
    assert [one.column for one in layout.guesses] == columns
    assert all(one.why and one.sure >= 50 for one in layout.guesses if one.column)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nama Brg", "name"),
        ("NAMA BARANG / PRODUK", "name"),
        ("Hrg", "price"),
        ("Harga Jual (Rp.)", "price"),
        ("Hrg Modal", "cost"),
        ("Stn", "unit"),
        ("Ktgri", "category"),
        ("Jml", "count"),
        ("Barcode", "barcode"),
        ("Jumlah Harga", ""),
        ("Terjual", ""),
        ("No. Urut", ""),
        ("Catatan", ""),
    ],
)
def test_headings(heading: str, column: str) -> None:
    grid = pasted_grid(f"Kode\tNama\tHarga\t{heading}\nA\tMug\t5000\t\n")
    alone = guess(pasted_grid(f"Kode\t{heading}\nA\tx\n")).guesses[1].column
    found = guess(grid).guesses[3].column
    assert found == column or (column in {"name", "price"} and alone == column)


def test_a_heading_over_other_things_is_less_sure() -> None:
    sure = guess(pasted_grid("Nama\tHarga\nMug\t5000\n")).guesses[1]
    odd = guess(pasted_grid("Nama\tHarga\nMug\tmahal sekali\n")).guesses[1]
    assert odd.column == sure.column == "price"
    assert odd.sure < sure.sure


def test_a_person_has_the_last_word() -> None:
    layout = guess(pasted_grid("Kode\tNama\tHarga\tHarga pabrik\nA\tMug\t5000\t4000\n"))
    other = layout.corrected(3, "price")
    assert (layout.place("price"), other.place("price")) == (2, 3)
    assert other.guesses[2].column == ""
    assert other.corrected(3, "").place("price") is None


def test_the_maker_is_read_from_the_titles(tmp_path: Path) -> None:
    grid = read_grid(sheets.titled(tmp_path / "a.xlsx"))
    assert maker_of(grid, guess(grid), event().institutions) == "LPP-PLG"
    bare = pasted_grid("Nama\tHarga\nMug\t1000\n")
    assert maker_of(bare, guess(bare), event().institutions) == ""


def test_rows_of_totals() -> None:
    assert is_total(["", "Jumlah", "", "27"])
    assert is_total(["GRAND TOTAL"])
    assert not is_total(["1", "Totalitas, buku", "5000"])


def test_pasted_text_grows_the_grid() -> None:
    first = pasted_grid("Nama\tHarga\nMug\t5000\n")
    both = pasted_grid("Tas\t7000\t3\n", first)
    assert [row for row, _cells in both.rows] == [1, 2, 3]
    assert both.width == 3


def test_what_cannot_be_pasted_48() -> None:
    with pytest.raises(Refused, match="1 MB"):
        pasted_grid("x" * (MAX_PASTED + 1))
    with pytest.raises(BadCell):
        pasted_grid("\t".join("x" * 300))
    with pytest.raises(BadCell):
        pasted_grid("Nama\tHarga\n" + "x" * 20_000 + "\t1")
    assert pasted_grid("").rows == ()
    assert guess(pasted_grid("")).guesses == ()


@pytest.mark.parametrize(
    "text",
    [
        'Nama\tHarga\n"Nastar\t65000\nPutri\t60000\n',
        'Nama\tHarga\nPutri\t"60000',
        "Nama\tHarga\n" + '"Nastar\t1\n' * 3 + "Mug\t5000\n" * 30 + 'Tas"\t1\n',
    ],
)
def test_a_quotation_mark_that_nobody_closed_swallows_no_rows_37_48(text: str) -> None:
    with pytest.raises(BadCell):
        pasted_grid(text)


def test_a_quotation_mark_inside_a_pasted_cell_is_a_letter() -> None:
    rows = pasted_grid('Pipa 5"\t5000\n"Kue\nkering"\t7000').rows
    assert [cells for _row, cells in rows] == [('Pipa 5"', "5000"), ("Kue\nkering", "7000")]
