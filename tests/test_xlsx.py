"""Workbooks: cells come as a person sees them, and no workbook can do more than be refused.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from pos.errors import BadCell, Refused, UserError
from pos.sheets import read_sheet
from pos.xlsx import MAX_COLUMNS, rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = "xl/workbook.xml"
BOOK_LINKS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{BOOK}" ContentType="{KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{KINDS}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KINDS}.sharedStrings+xml"/></Types>'
    ),
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
    BOOK: (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    BOOK_LINKS: (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def workbook(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    """The bytes of a workbook whose one sheet `fill` has written."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, **options})
    fill(book, book.add_worksheet())
    book.close()
    return out.getvalue()


def packed(sheet: str = "", **parts: str) -> bytes:
    """A workbook put together by hand: a sheet's rows, and other parts by name."""
    out = io.BytesIO()
    data = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in {**PARTS, SHEET: data, **parts}.items():
            book.writestr(name, part)
    return out.getvalue()


def read(content: bytes) -> list[tuple[int, list[str]]]:
    return list(rows("a.xlsx", io.BytesIO(content)))


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read(content)
    assert "a.xlsx" in str(refused.value)
    assert "\n" not in str(refused.value)
    return refused.value


def test_cells_come_as_a_person_sees_them_39() -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row("A1", ["30000", 30_000, 12.5, 12_999.999_999_999_998, 0.1 + 0.2, -3])
        sheet.write_row("A2", [2_059_020_000_017, "2059020000017", 1e15, True])
        sheet.write_datetime("A3", datetime(2023, 4, 14, 8, 5), day)  # noqa: DTZ001
        sheet.write_datetime("B3", datetime(2023, 4, 14), book.add_format({"num_format": 14}))  # noqa: DTZ001
        sheet.write_number("C3", 45_030, book.add_format({"num_format": '"hari" #,##0'}))
        sheet.write_formula("A4", "=1+1", None, 2)
        sheet.write_formula("B4", "=1/0", None, "#DIV/0!")
        sheet.write_url("C4", "https://example.org/", None, "NASTAR")
        sheet.write_rich_string("D4", "Kue ", book.add_format({"bold": True}), "lumer")

    assert read(workbook(fill)) == [
        (1, ["30000", "30000", "12,5", "13000", "0,3", "-3"]),
        (2, ["2059020000017", "2059020000017", "1000000000000000", "1"]),
        (3, ["2023-04-14T08:05:00", "2023-04-14", "45030"]),
        (4, ["2", "#DIV/0!", "NASTAR", "Kue lumer"]),
    ]


def test_letters_that_xml_cannot_hold_are_read_39() -> None:
    texts = ["_x0041_", "a\x01b", "baris\r", "_x", "harga_xl_"]
    assert read(workbook(lambda _book, sheet: sheet.write_row("A1", texts))) == [(1, texts)]


def test_dates_of_a_macintosh_have_a_beginning_of_their_own_39() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime("A1", datetime(2023, 4, 14), book.add_format({"num_format": 14}))  # noqa: DTZ001

    assert read(workbook(fill, date_1904=True)) == [(1, ["2023-04-14"])]


def test_hidden_sheets_are_passed_over_39() -> None:
    def fill(book: Any, hidden: Any) -> None:
        hidden.write("A1", "rahasia")
        seen = book.add_worksheet("Harga")
        seen.write("A1", "sku")
        seen.activate()
        hidden.hide()

    assert read(workbook(fill)) == [(1, ["sku"])]


def test_gaps_and_merged_cells_keep_their_places_39() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("B2", "x")
        sheet.merge_range("A4:C4", "gabung", book.add_format())
        sheet.set_column(0, 9_999, 5, book.add_format({"bold": True}))

    assert read(workbook(fill)) == [(2, ["", "x"]), (4, ["gabung"])]


def test_rows_and_cells_without_their_place_follow_each_other() -> None:
    assert read(packed("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r='5'><c><v>3</v></c></row>")) == [
        (1, ["1", "", "2"]),
        (5, ["3"]),
    ]


def test_other_prefixes_and_inline_texts_are_read() -> None:
    sheet = f'<x:row xmlns:x="{MAIN}"><x:c t="inlineStr"><x:is><x:t>Kue</x:t></x:is></x:c></x:row>'
    assert read(packed(sheet)) == [(1, ["Kue"])]


def test_a_workbook_reads_as_a_table(tmp_path: Path) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["Kode", "Harga"])
        sheet.write_row("A2", ["NASTAR", 30_000])

    path = tmp_path / "daftar.csv"  # known by its content, whatever its name says
    path.write_bytes(workbook(fill))
    with read_sheet(path, {"price": ("harga",), "sku": ("kode",)}, ["sku"]) as sheet:
        assert list(sheet.rows) == [(2, ("30000", "NASTAR"))]


def test_a_cell_in_the_last_corner_costs_nothing_40() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write("A1", "sku")
        sheet.write("XFD1048576", "x")

    assert read(workbook(fill)) == [(1, ["sku"])]


def test_one_long_text_in_many_cells_costs_nothing_40() -> None:
    strings = f"<sst xmlns='{MAIN}'><si><t>{'x' * 5_000_000}</t></si></sst>"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    refused = refusal(packed(row * 1_000, **{"xl/sharedStrings.xml": strings}))
    assert isinstance(refused, BadCell)
    assert refused.row == 1


def test_a_bomb_is_refused_before_it_is_out_40() -> None:
    assert "a.xlsx" in str(refusal(packed(" " * 300_000_000)))


@pytest.mark.parametrize(
    "bomb",
    [
        {"sheet": "<row>" + "<c/>" * 5_000_000 + "</row>"},
        {"xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>" + "<si><t/></si>" * 5_000_000 + "</sst>"},
        {
            "xl/styles.xml": f"<styleSheet xmlns='{MAIN}'><cellXfs>"
            + "<xf/>" * 5_000_000
            + "</cellXfs></styleSheet>"
        },
    ],
    ids=["one row", "strings", "styles"],
)
def test_a_part_that_would_fill_the_memory_is_refused_40(bomb: dict[str, str]) -> None:
    assert "CSV" in str(refusal(packed(**bomb)))


def test_a_column_beyond_the_limit_names_its_row_40() -> None:
    refused = refusal(packed(f"<row r='7'>{'<c/>' * MAX_COLUMNS}<c><v>1</v></c></row>"))
    assert isinstance(refused, BadCell)
    assert refused.row == 7


def test_a_cell_of_a_million_letters_names_its_row_40() -> None:
    refused = refusal(packed(f"<row r='3'><c t='str'><v>{'x' * 1_000_000}</v></c></row>"))
    assert isinstance(refused, BadCell)
    assert refused.row == 3


@pytest.mark.parametrize(
    "sheet",
    ["<row><c t='s'><v>0</v></c></row>", "<row>", "<row><c t='n'><v>x</v></c></row>", "<row r='x'/>"],
)
def test_a_sheet_that_contradicts_itself_is_refused_40(sheet: str) -> None:
    assert "XLSX" in str(refusal(packed(sheet)))


@pytest.mark.parametrize(
    "sheet",
    [
        "<row r='5'><c><v>1</v></c></row><row r='5'><c><v>2</v></c></row>",
        "<row><c r='B1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
        "<row r='99999999999999999999'><c><v>1</v></c></row>",
    ],
)
def test_a_sheet_without_order_gives_no_more_rows_than_it_has_40(sheet: str) -> None:
    assert len(read(packed(sheet))) <= sheet.count("<row")


def test_entities_are_refused_40() -> None:
    names = "abcdefghij"
    bombs = "".join(
        f'<!ENTITY {name} "{f"&{names[n - 1]};" * 10 if n else "ha" * 50}">' for n, name in enumerate(names)
    )
    row = "<sheetData><row><c t='str'><v>&j;</v></c></row></sheetData>"
    laughs = f'<!DOCTYPE x [{bombs}]><worksheet xmlns="{MAIN}">{row}</worksheet>'
    assert "XLSX" in str(refusal(packed(**{SHEET: laughs})))


def test_a_workbook_with_macros_is_refused_40() -> None:
    assert "makro" in str(refusal(packed(**{"xl/vbaProject.bin": "makro"})))


def test_a_workbook_with_a_password_is_refused_40() -> None:
    content = bytearray(packed())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + place] |= 1
    assert "sandi" in str(refusal(bytes(content)))


def test_names_that_lead_elsewhere_are_not_followed_40() -> None:
    links = '<Relationships><Relationship Id="r1" Target="../../../etc/passwd"/></Relationships>'
    refusal(packed(**{BOOK_LINKS: links, "/etc/passwd": "x"}))


@pytest.mark.parametrize("missing", [BOOK, BOOK_LINKS, SHEET])
def test_a_zip_that_is_no_workbook_is_refused_40(missing: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed())) as whole, zipfile.ZipFile(out, "w") as part:
        for name in whole.namelist():
            if name != missing:
                part.writestr(name, whole.read(name))
    refusal(out.getvalue())


@cache
def small() -> bytes:
    return workbook(lambda _book, sheet: sheet.write_row("A1", ["sku", 30_000, "Kue"]))


@given(st.integers(0, 6_000), st.integers(0, 255))
@example(5_415, 255)  # leads before the beginning of the file
def test_a_changed_byte_gives_rows_or_one_sentence(place: int, value: int) -> None:
    content = bytearray(small())
    content[place % len(content)] = value
    with suppress(UserError):
        read(bytes(content))


@given(
    st.sampled_from([BOOK, BOOK_LINKS, SHEET, "xl/sharedStrings.xml", "xl/styles.xml"]),
    st.integers(0, 5_000),
    st.sampled_from(
        ["", "<c>", "</row>", ' r="', "1904", "-1", "1e99", "99999999999", "x:", "&amp;", "h", "\0"]
    ),
    st.integers(0, 20),
)
@example(SHEET, 34, "h", 1)  # an encoding that there is not
def test_a_part_with_other_words_gives_rows_or_one_sentence(part: str, at: int, words: str, cut: int) -> None:
    with zipfile.ZipFile(io.BytesIO(small())) as whole:
        parts = {name: whole.read(name).decode() for name in whole.namelist()}
    at %= len(parts[part])
    with suppress(UserError):
        read(packed(**parts | {part: parts[part][:at] + words + parts[part][at + cut :]}))


@given(st.integers(0, 6_000))
def test_a_workbook_cut_anywhere_is_refused_40(length: int) -> None:
    refusal(small()[: length % len(small())])


def test_a_row_that_says_row_over_and_over_is_still_one_40() -> None:
    """27 bytes of memory for each: 89 kB of a file took 20 s and 800 MB."""
    cell, wide = '<c t="inlineStr"><is><t>row</t></is></c>', f'<{{}} b="{"x" * 60}"/>'
    assert "terlalu besar" in str(refusal(packed(f"<row>{cell * 160_000}</row>")))
    assert "terlalu besar" in str(refusal(packed(f"<row>{wide.format('row') * 80_000}</row>")))
    assert "terlalu besar" in str(refusal(packed(wide.format("a") * 140_000)))


def test_a_part_that_is_read_as_a_whole_is_small_40() -> None:
    book = PARTS[BOOK].replace("</workbook>", "<a/>" * 1_100_000 + "</workbook>")
    assert "terlalu besar" in str(refusal(packed("<row/>", **{BOOK: book})))
    # The book may call itself anything, also a sheet.
    kinds = PARTS["[Content_Types].xml"].replace(f"/{BOOK}", "/xl/worksheets/buku.xml")
    parts = {"[Content_Types].xml": kinds, "xl/worksheets/buku.xml": book}
    assert "terlalu besar" in str(refusal(packed("<row/>", **parts)))
