"""Foreign tables: what is right is read as it stands, what is wrong is refused in a sentence that says where.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.errors import BadCell, Refused, UserError
from pos.sheets import MAX_BYTES, MAX_CELL, MAX_ROWS, BadRows, cell_text, guarded, read_sheet

needs_posix = pytest.mark.skipif(os.name != "posix", reason="files as POSIX has them")

COLUMNS = {"sku": ("kode",), "name": ("nama barang",), "price": ("harga",)}
ROWS = [("A", "Nastar", "30000"), ("B", 'Kué; "enak", lumer', "Rp30.000")]
Rows = list[tuple[int, tuple[str, ...]]]


def rows_of(path: Path, required: Iterable[str] = ("sku",)) -> Rows:
    """Every row of the file with its number."""
    with read_sheet(path, COLUMNS, list(required)) as sheet:
        found = list(sheet.rows)
    assert sheet.rejected == []
    return found


def written(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def table(delimiter: str, rows: Iterable[Iterable[str]] = ROWS) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("sku", "name", "price"), *rows])
    return out.getvalue()


def refusal(path: Path, required: Iterable[str] = ("sku",)) -> Refused:
    with pytest.raises(Refused) as refused:
        rows_of(path, required)
    assert "\n" not in str(refused.value)
    return refused.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_usual_csv_reads_the_same(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = written(tmp_path / "a.csv", table(delimiter), encoding)
    assert rows_of(path) == [(2, ROWS[0]), (3, ROWS[1])]


@given(
    st.lists(st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\0\r"))] * 3)),
    st.sampled_from(",;\t"),
)
def test_what_a_csv_writer_wrote_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], delimiter: str
) -> None:
    path = written(tmp_path_factory.mktemp("csv") / "a.csv", table(delimiter, rows))
    kept = [row for row in rows if "".join(row).strip()]
    assert [cells for _row, cells in rows_of(path)] == kept


def test_columns_have_other_names_and_any_order(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "HARGA , Nama_Barang,KODE\n30000,Nastar,A\n")
    assert rows_of(path) == [(2, ("A", "Nastar", "30000"))]


def test_a_column_that_is_not_there_reads_as_empty(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "sku\nA\n")
    with read_sheet(path, COLUMNS, ["sku"]) as sheet:
        assert list(sheet.rows) == [(2, ("A", "", ""))]
        assert sheet.present == {"sku"}


def test_unknown_columns_are_named_in_a_warning(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "sku,Warna,,Catatan\nA,merah,,x\n")
    with read_sheet(path, COLUMNS, ["sku"]) as sheet:
        assert len(sheet.warnings) == 1
        assert "Warna, Catatan" in sheet.warnings[0]


def test_empty_rows_count_but_are_not_given(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "\nsku,name\nA\n\n , \nB,\n")
    assert [(row, cells[0]) for row, cells in rows_of(path)] == [(3, "A"), (6, "B")]


def test_a_row_with_too_many_cells_is_rejected_by_number(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "sku,name\nA,Nastar,,\nB,Kue, lumer\nC,\n")
    with read_sheet(path, COLUMNS, ["sku"]) as sheet:
        assert [row for row, _cells in sheet.rows] == [2, 4]
        assert [bad.row for bad in sheet.rejected] == [3]


def test_a_line_break_inside_quotes_belongs_to_the_cell(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'sku,name\nA,"Kue\nlumer"\nB,x\n')
    assert rows_of(path) == [(2, ("A", "Kue\nlumer", "")), (3, ("B", "x", ""))]


def test_a_letter_across_two_blocks_of_the_file_is_read_whole(tmp_path: Path) -> None:
    rows = "".join(f"{n},{'é' * 50}\n" for n in range(20_000))
    assert len(rows_of(written(tmp_path / "a.csv", "sku,name\n" + rows))) == 20_000


@pytest.mark.parametrize("quoted", ['"Nastar', 'x"\n"Nastar', '"Nas"tar'], ids=["open", "later", "behind"])
def test_quotes_without_end_name_their_row_37(tmp_path: Path, quoted: str) -> None:
    rows = "".join(f"{n},Kue {n}\n" for n in range(3, 1_000))
    refused = refusal(written(tmp_path / "a.csv", f"sku,name\nA,Nastar\nB,{quoted}\n{rows}"))
    assert isinstance(refused, BadCell)
    assert refused.row in {3, 4}


def test_ten_megabytes_in_one_cell_name_their_row_37(tmp_path: Path) -> None:
    for cell in ("x" * 10_000_000, "x," * 5_000_000, "x" * (MAX_CELL + 1), f'"{"x" * 100_000}"'):
        refused = refusal(written(tmp_path / "a.csv", f"sku,name\nA,{cell}\n"))
        assert isinstance(refused, BadCell)
        assert refused.row == 2


def test_ten_thousand_columns_are_refused_37(tmp_path: Path) -> None:
    assert "200" in str(refusal(written(tmp_path / "a.csv", "sku," + "x," * 10_000)))


@pytest.mark.parametrize(
    ("content", "column", "row"),
    [
        ("A,Nastar,30000\n", "sku", 1),
        ("name,price\nNastar,3\n", "sku", 1),
        ("sku,Kode,name\nA,B,C\n", "sku", 1),
        ("sku,name\nA,x\nsku,name\nB,y\n", "", 3),
        ("   \n\n", "sku", 1),
        ("sku|name\nA|x\n", "sku", 1),
    ],
    ids=["none", "missing", "doubled", "again", "blank", "delimiter"],
)
def test_a_header_that_is_none_37(tmp_path: Path, content: str, column: str, row: int) -> None:
    refused = refusal(written(tmp_path / "a.csv", content))
    assert isinstance(refused, BadCell)
    assert (refused.row, refused.column, refused.file) == (row, column, "a.csv")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_refused_38(tmp_path: Path, encoding: str) -> None:
    assert "UTF-8" in str(refusal(written(tmp_path / "a.csv", table(","), encoding)))


@pytest.mark.parametrize("content", ["Kué".encode() + b" Kopi\xe9", b"\xe9 " + "é".encode(), b"a\x81b\xe9"])
def test_two_encodings_in_one_file_are_not_guessed_38(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"sku,name\nA," + content + b"\n")
    assert "Windows-1252" in str(refusal(path))


def test_a_byte_order_mark_in_the_middle_vanishes_from_texts_38(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "sku,name\nA,\ufeffNastar\n")
    assert cell_text(rows_of(path)[0][1][1]) == "Nastar"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5_000,
        b"\x89PNG\r\n\x1a\n\0",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0" + b"\0x" * 300,
        b"%PDF-1.7\n",
    ],
)
def test_a_file_that_is_no_table_is_refused_1_2(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "harga.csv"
    path.write_bytes(content)
    assert "harga.csv" in str(refusal(path))


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(2 * MAX_BYTES)
    assert "100 MB" in str(refusal(path))


def test_more_than_a_million_rows_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "sku\n" + "A\n" * MAX_ROWS)
    assert "1.000.000" in str(refusal(path))


def test_a_folder_and_a_missing_file_are_refused_25(tmp_path: Path) -> None:
    assert str(tmp_path) in str(refusal(tmp_path))
    assert "tiada.csv" in str(refusal(tmp_path / "tiada.csv"))


@needs_posix
def test_a_pipe_and_a_device_are_refused_unread_25(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa")
    refusal(tmp_path / "pipa")
    refusal(Path(os.devnull))


@needs_posix
def test_a_link_to_a_table_is_read_25(tmp_path: Path) -> None:
    (tmp_path / "b.csv").symlink_to(written(tmp_path / "a.csv", table(";")))
    assert len(rows_of(tmp_path / "b.csv")) == 2


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"sku,name\n", codecs.BOM_UTF8 + b"sku;name\n", b"PK\x03\x04"]),
)
def test_any_bytes_are_rows_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(start + content)
    with suppress(UserError), read_sheet(path, COLUMNS, ["sku"]) as sheet:
        assert all(len(cells) == 3 for _row, cells in sheet.rows)


@pytest.mark.parametrize("text", ["=1+1", "+62811", "-5", "@nama"])
def test_a_formula_is_guarded_going_out_and_itself_coming_in(text: str) -> None:
    assert guarded(text) == "'" + text
    assert cell_text(guarded(text)) == text


@given(st.text())
@example("'\0=1+1")
def test_a_text_that_came_in_stays_as_it_is(text: str) -> None:
    once = cell_text(text)
    assert cell_text(once) == cell_text(guarded(once)) == once


def test_twenty_reasons_are_shown_and_the_others_counted() -> None:
    refused = BadRows([BadCell(row, "price", "salah", file="a.csv") for row in range(30, 5, -1)])
    lines = refused.message.splitlines()
    assert lines[0] == "a.csv:6:price: salah"
    assert len(lines) == 21
    assert "5" in lines[-1]
