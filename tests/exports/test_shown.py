"""What is on a page of reports, as workbook, CSV and PDF: cell by cell the screen's tables, and plain SQL."""

from __future__ import annotations

import csv
import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from openpyxl import load_workbook

from pos import faults, fresh
from pos.catalog import post_products
from pos.complete import Complete
from pos.errors import Refused, WorldFailed
from pos.exports.shown import write_shown
from pos.ledger import Ledger
from pos.model import Column, Product, Table
from pos.receipts.sheet import Sheet, Words
from pos.receipts.table_sheets import MOST_ROWS, shown_sheets
from pos.reports import Period
from pos.reports.below import below
from pos.reports.drawn import Drawn, Marks
from pos.reports.overview import overview
from pos.reports.shown import Head, Made, Shown, head_of, sums_row, tsv
from pos.sheets import guarded
from tests.books import DAY, MOMENT, booth, busy_day, sell

HEAD = Head("Pameran", "Stan 03 · Semua UPT", "Jum, 14 Apr 2023 oleh Sari", ("Lengkap.",))
_SHARES = """SELECT institution, qty, total FROM sale_line WHERE bundle = 0
    UNION ALL SELECT institution, -qty, amount FROM movement WHERE reason = 'bundle'"""
# What stands in these columns of a table, by a plain query over the papers.
QUERIES = {
    "Angka kunci": (
        (2, 3, 5),
        "SELECT (SELECT sum(total) FROM sale), (SELECT count(*) FROM sale), sum(qty) FROM sale_line",
    ),
    "Per jam": (
        (0, 1, 2, 3),
        "SELECT CAST(substr(at, 12, 2) AS INT), count(*), sum(qty), sum(total) FROM sale GROUP BY 1",
    ),
    "Per cara bayar": ((0, 2, 3), "SELECT method, count(*), sum(amount) FROM payment GROUP BY 1"),
    "Per produk": (
        (1, 5, 6, 7, 8),
        "SELECT sku, sum(qty), sum(qty * price), sum(discount), sum(total) FROM sale_line GROUP BY 1",
    ),
    "Per UPT": (
        (1, 3, 6),
        f"SELECT institution, sum(qty), sum(total) FROM ({_SHARES}) GROUP BY 1",
    ),
    "Per kategori": (
        (1, 3, 6),
        "SELECT category, sum(qty), sum(total) FROM sale_line GROUP BY 1",
    ),
    "Per kasir": (
        (1, 4, 6),
        "SELECT cashier, count(*), sum(total) FROM sale GROUP BY 1",
    ),
}


CHARTED = (("hour", "name"), ("total", "amount"))  # the columns that a chart shows


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Shown]]:
    """A busy day, and the whole page of figures of it; the name of one product is a formula to a sheet."""
    path = tmp_path_factory.mktemp("hari") / "stan.lapak"
    with closing(booth(path)) as ledger:
        post_products(ledger, [Product("JAHAT", "=HYPERLINK(1)+@x", 7_000, "LPK-MRE", "-Lain")])
        busy_day(ledger)
        sell(ledger, {"JAHAT": 2})
        of_day = Period(DAY, DAY)
        tables = (*overview(ledger, of_day, DAY, MOMENT).tables, *below(ledger, of_day).values())
        yield ledger, Shown("ringkasan", "Laporan", HEAD, tables)


def blocks(rows: list[list[Any]]) -> dict[str, list[list[Any]]]:
    """The tables of a file by their titles: the columns' titles, the rows, the sums."""
    found: dict[str, list[list[Any]]] = {}
    title = ""
    for row in [[], *rows]:
        if not any(cell not in ("", None) for cell in row):
            title = ""
        elif not title:
            title = str(row[0])
            found[title] = []
        else:
            found[title].append(row)
    return found


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def read_book(path: Path) -> list[list[Any]]:
    """The cells as a spreadsheet shows them: sums are added up here, dates are days."""
    (sheet,) = load_workbook(path).worksheets
    rows = []
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            value = cell.value
            if isinstance(value, str) and value.startswith("=SUM("):
                first, last = value[5:-1].split(":")
                value = sum(one[0].value for one in sheet[f"{first}:{last}"])
            cells.append(value.date().isoformat() if hasattr(value, "date") else value)
        rows.append(cells)
    return rows


def charted(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What the charts of a workbook show: their names and figures, by their titles."""
    (sheet,) = load_workbook(path).worksheets
    found = {}
    with ZipFile(path) as archive:
        drawn = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    for text in drawn:
        (title,) = re.findall("<a:t>(.*?)</a:t>", text)
        names, values = (
            one.partition("!")[2].replace("$", "") for one in re.findall("<c:f>(.*?)</c:f>", text)
        )
        cells = zip(sheet[names], sheet[values], strict=True)
        found[title] = [(name.value, value.value) for (name,), (value,) in cells]
    return found


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


def expected(table: Table) -> list[list[str]]:
    """What stands in its cells; a text that a sheet would take for a formula has a mark before it."""
    sums = sums_row(table)
    rows = [[one.title for one in table.columns], *table.rows, *([sums] if sums else [])]
    texts = [[guarded(cell) if isinstance(cell, str) else as_text(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(("=", "+", "@")) for row in texts for cell in row)
    return texts


def test_csv_and_workbook_are_the_tables_cell_by_cell(page: tuple[Ledger, Shown], tmp_path: Path) -> None:
    ledger, shown = page
    for ending, read in (("csv", read_csv), ("xlsx", read_book)):
        write_shown(ledger, shown, tmp_path / f"a.{ending}")
        found = blocks(read(tmp_path / f"a.{ending}"))
        assert list(found) == ["Laporan", *(table.title for table in shown.tables)]
        for table in shown.tables:
            width = len(table.columns)
            cells = [[as_text(cell) for cell in row[:width]] for row in found[table.title]]
            assert cells == expected(table), (ending, table.title)


def test_the_charts_of_the_workbook_show_what_the_tables_beside_them_say(
    page: tuple[Ledger, Shown], tmp_path: Path
) -> None:
    ledger, shown = page
    view = overview(ledger, Period(DAY, DAY), DAY, MOMENT)
    write_shown(ledger, replace(shown, drawn=Drawn(view, (), Marks("", "", ""))), tmp_path / "a.xlsx")
    found = charted(tmp_path / "a.xlsx")
    assert list(found) == ["Per jam", "Per cara bayar", "Per produk", "Per UPT"]
    for table in shown.tables:
        if table.title in found:
            keys = [column.key for column in table.columns]
            name, value = (keys.index(next(one for one in some if one in keys)) for some in CHARTED)
            wanted = [(guarded(row[name]) if name else row[name], row[value]) for row in table.rows]
            assert found[table.title] == wanted, table.title
    write_shown(ledger, shown, tmp_path / "b.xlsx")
    assert charted(tmp_path / "b.xlsx") == {}


def test_days_below_a_chart_are_days(page: tuple[Ledger, Shown], tmp_path: Path) -> None:
    """Without a word of it LibreOffice wrote 45030 below the bar of 14 April."""
    ledger, shown = page
    week = Period(DAY - timedelta(days=6), DAY)
    view = overview(ledger, week, DAY, MOMENT)
    drawn = replace(shown, tables=view.tables, drawn=Drawn(view, (), Marks("", "", "")))
    write_shown(ledger, drawn, tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as archive:
        days = archive.read("xl/charts/chart1.xml").decode()
    assert re.findall("<a:t>(.*?)</a:t>", days) == ["Per hari"]
    assert "<c:dateAx>" in days
    assert 'formatCode="d/m"' in days


def test_every_figure_is_that_of_a_plain_query(page: tuple[Ledger, Shown], tmp_path: Path) -> None:
    ledger, shown = page
    write_shown(ledger, shown, tmp_path / "a.csv")
    found = blocks(read_csv(tmp_path / "a.csv"))
    assert ledger.path is not None
    with closing(sqlite3.connect(ledger.path)) as plain:
        for title, (places, query) in QUERIES.items():
            wanted = sorted([guarded(as_text(cell)) for cell in row] for row in plain.execute(query))
            body = [row for row in found[title][1:] if "Total" not in row]
            rows = sorted([row[place] for place in places] for row in body)
            assert [row for row in rows if row[-1] != "0" or row in wanted] == wanted, title
    total = next(row for row in found["Per produk"] if "Total" in row)
    assert int(total[-1]) == sum(int(row[-1]) for row in found["Per produk"][1:] if "Total" not in row)


def test_the_paper_has_every_figure_and_name(page: tuple[Ledger, Shown], tmp_path: Path) -> None:
    ledger, shown = page
    write_shown(ledger, shown, tmp_path / "a.pdf")
    pages = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = "".join(one.get_textpage().get_text_bounded() for one in pages)
    for table in shown.tables:
        assert table.title in text
        for row in table.rows:
            for value, column in zip(row, table.columns, strict=True):
                if column.kind == "money" and value is not None:
                    assert f"{value:,}".replace(",", ".") in text
    for said in (
        "Dibuat: Jum, 14 Apr 2023 oleh Sari",
        "Kelengkapan: Lengkap.",
        f"Halaman 1 dari {len(pages)}",
    ):
        assert said in text


def table_of(rows: int, columns: int = 3, name: str = "Barang") -> Table:
    heads = (Column("name", "Nama"), *(Column(f"n{n}", f"Kolom {n}", "money") for n in range(columns - 1)))
    body = tuple((f"{name} {n}", *(n * 1_000 for _n in range(columns - 1))) for n in range(rows))
    return Table("a", "Tabel", heads, body, {"n0": sum(row[1] for row in body)})


def paper(*tables: Table, way: str = "") -> tuple[Sheet, ...]:
    return shown_sheets(Shown("a", "Judul", HEAD, tables), way)  # type: ignore[arg-type]


def test_nothing_sold_is_a_paper_too(tmp_path: Path, page: tuple[Ledger, Shown]) -> None:
    with closing(booth(tmp_path / "kosong.lapak")) as ledger:
        of_day = Period(DAY, DAY)
        tables = (*overview(ledger, of_day, DAY, MOMENT).tables, *below(ledger, of_day).values())
        empty = Shown("a", "Laporan", HEAD, tables)
        for ending in ("xlsx", "csv", "pdf"):
            write_shown(ledger, empty, tmp_path / f"a.{ending}")
        assert "Tidak ada baris." in shown_sheets(empty)[0].text
    assert page[1].tables


@pytest.mark.parametrize("rows", [0, 1, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 400])
def test_rows_over_many_pages_lose_none_and_stay_on_the_paper(rows: int) -> None:
    for way in ("upright", "across"):
        sheets = paper(table_of(rows), table_of(3), way=way)
        words = [one for sheet in sheets for one in sheet.stamps if isinstance(one, Words)]
        names = [one.text for one in words if one.text.startswith("Barang ")]
        assert names == [f"Barang {n}" for n in (*range(rows), *range(3))]
        for sheet in sheets:
            for one in sheet.stamps:
                if isinstance(one, Words):
                    assert one.y < sheet.height - 5
            body = [one.y for one in sheet.stamps if isinstance(one, Words) and one.y < sheet.height - 9]
            assert max(body) <= sheet.height - 19


def test_four_hundred_days_stand_on_pages_side_by_side_at_a_size_that_is_read() -> None:
    sheets = paper(table_of(5, columns=401))
    words = [one for sheet in sheets for one in sheet.stamps if isinstance(one, Words)]
    assert {f"Kolom {n}" for n in range(400)} <= {one.text for one in words}
    assert min(one.size for one in words if one.text.startswith("Rp")) > 6.5
    for sheet in sheets:
        assert "Barang 4" in sheet.text  # whose row it is stands on each


def test_the_longest_names_are_cut_on_paper_and_whole_in_files(
    page: tuple[Ledger, Shown], tmp_path: Path
) -> None:
    long = "Lembaga Pemasyarakatan Perempuan Narkotika Kelas IIA " * 4
    shown = Shown("a", long, HEAD._replace(event=long, chosen=long), (table_of(2, name=long),))
    for sheet in shown_sheets(shown):
        for one in sheet.stamps:
            if isinstance(one, Words) and one.align == "left":
                assert one.x < sheet.width
    write_shown(page[0], shown, tmp_path / "a.csv")
    assert [f"{long} 0", "0", "0"] in read_csv(tmp_path / "a.csv")
    write_shown(page[0], shown, tmp_path / "a.xlsx")
    assert [f"{long} 1", 1_000, 1_000] in [row[:3] for row in read_book(tmp_path / "a.xlsx")]


def test_too_many_rows_are_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match=r"5\.001 baris"):
        paper(table_of(MOST_ROWS + 1))


@pytest.mark.parametrize(
    ("code", "windows", "said"),
    [
        (errno.ENOSPC, False, "penuh"),
        (errno.EACCES, False, "tidak boleh"),
        (errno.EACCES, True, "program lain"),
    ],
)
def test_a_disk_that_fails_leaves_what_was_there(
    page: tuple[Ledger, Shown],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    windows: bool,
    said: str,
) -> None:
    def fail(_draft: Path, _path: Path) -> None:
        raise OSError(code, "fails")

    monkeypatch.setattr(fresh, "put", fail)
    monkeypatch.setattr(faults, "WINDOWS", windows)
    for ending in ("xlsx", "csv", "pdf"):
        path = tmp_path / ending / f"a.{ending}"
        path.parent.mkdir()
        path.write_text("sebelumnya")
        with pytest.raises(WorldFailed, match=said):
            write_shown(*page, path)
        assert [one.name for one in path.parent.iterdir()] == [path.name]
        assert path.read_text() == "sebelumnya"


def test_what_is_copied_ends_with_its_sums_and_holds_no_formula() -> None:
    table = replace(table_of(2, columns=2), rows=(("=1+1", 5), ("a\tb", None)), totals={"n0": 5})
    assert tsv(table) == "Nama\tKolom 0\n'=1+1\t5\na b\t\nTotal\t5\n"
    assert sums_row(replace(table, totals={})) is None
    figures = Table("a", "A", (Column("n", "N", "int"),), ((4,),), {"n": 4})
    assert sums_row(figures) is None  # there is nowhere to say that it is one


def test_the_head_names_who_is_missing() -> None:
    days = [
        Complete("S01", "A1", 1, MOMENT.isoformat()),
        Complete("S02", "B2", 1, (MOMENT - timedelta(1)).isoformat()),
    ]
    told = head_of("HBP", ("Semua stan", ""), Made(MOMENT, "Sari"), tuple(days), until=DAY)
    assert told.made == "Jum, 14 Apr 2023 14.07 WIB oleh Sari"
    assert told.complete == (
        "Lengkap sampai 13 April 2023 14.07 WIB (2 laptop).",
        "Data yang belum masuk: S02 (13 April 2023 14.07 WIB).",
    )
    later = head_of("HBP", (), Made(MOMENT, ""), tuple(days), until=date(2023, 5, 2))
    assert later.complete[1].startswith("Data yang belum masuk: S02")  # days to come are nobody's fault
    early = head_of("HBP", (), Made(MOMENT, ""), tuple(days), until=DAY - timedelta(1))
    assert not early.complete[1].startswith("Data yang belum masuk")
    assert (
        head_of("", (), Made(MOMENT, ""), (), own=True).complete[0].startswith("Angka dari laptop ini sampai")
    )


def test_a_short_table_is_not_torn_apart_and_a_long_one_says_that_it_goes_on() -> None:
    for first in range(20, 45):
        sheets = paper(table_of(first, name="A"), table_of(6, name="B"), way="upright")
        pages = {
            n for n, sheet in enumerate(sheets) for line in sheet.text.split("\n") if line.startswith("B ")
        }
        assert len(pages) == 1
    sheets = paper(table_of(90), table_of(1), way="upright")
    assert "Tabel (lanjutan)" not in sheets[0].text
    assert "Tabel (lanjutan)" in sheets[1].text


def test_a_sample_says_so_in_every_file(page: tuple[Ledger, Shown], tmp_path: Path) -> None:
    sample = replace(page[1], practice="CONTOH")
    write_shown(page[0], sample, tmp_path / "a.csv")
    assert read_csv(tmp_path / "a.csv")[1] == ["CONTOH - BUKAN BUKTI"]
    write_shown(page[0], sample, tmp_path / "a.xlsx")
    assert any("CONTOH" in row for row in read_book(tmp_path / "a.xlsx"))
    assert "CONTOH - BUKAN BUKTI" in shown_sheets(sample)[0].text


def test_a_sum_that_the_cells_do_not_come_to_is_written_as_it_is_shown(
    page: tuple[Ledger, Shown], tmp_path: Path
) -> None:
    columns = (
        Column("name", "Nama"),
        Column("a", "A", "money"),
        Column("b", "B", "int"),
        Column("c", "C", "int"),
    )
    rows = (("x", 1, 2, None), ("y", 3, 4, 5))
    table = Table("a", "Tabel", columns, rows, {"a": 4, "b": 7, "c": 5})  # of b one row is not shown
    write_shown(page[0], Shown("a", "Judul", HEAD, (table,)), tmp_path / "a.xlsx")
    (sheet,) = load_workbook(tmp_path / "a.xlsx").worksheets
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert last == ["Total", f"=SUM(B{sheet.max_row - 2}:B{sheet.max_row - 1})", 7, 5]
