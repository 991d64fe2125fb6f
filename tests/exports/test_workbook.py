"""The workbook: numbers are numbers, sums agree, no row is lost, and nothing in it is ever run."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, time
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from pos.catalog import post_products
from pos.clock import stopped_at
from pos.errors import Refused
from pos.exports import export, request, sheet, workbook
from pos.exports.request import Request
from pos.exports.sheet import Heading, open_book
from pos.ledger import Ledger, create, create_collector, new_device, open_ledger
from pos.model import Product
from pos.reports import REPORTS, Period
from tests.books import CATALOGUE, MOMENT, booth, busy_day, event, sell
from tests.exports.reading import below, fills, lines, sheet_sources, sheets
from tests.exports.reading import total as sum_of

SHEETS = [
    "Ringkasan",
    "Matriks harian",
    "Per UPT",
    "Per produk",
    "Per kategori",
    "Per cara bayar",
    "Per pembeli",
    "Daftar nota",
    "Rincian barang",
    "Retur & batal",
    "Pesanan",
    "Kas harian",
    "Laba & pembagian",
    "Setoran PNBP",
    "Per kasir",
]

# Those that are one table; that of state revenue is none where nothing tells of it.
TABLES = [name for name in SHEETS[1:] if name != "Setoran PNBP" or "pnbp" in REPORTS]


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of the sample exhibition."""
    device = new_device("S03", "Stan 03", "LPP-PLG", event(), sample=True)
    ledger = create(tmp_path / "contoh.lapak", device, stopped_at(MOMENT))
    yield ledger
    ledger.close()


# What a formula of ours looks like: sums of columns, and one figure compared with another.
CELL = r"(?:'[^'\[\]]+'!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?"
OURS = re.compile(rf'SUM\({CELL}(?:,{CELL})*\)|{CELL}(?:-{CELL})?|IF\({CELL}={CELL},"cocok","BERBEDA"\)')


def formulas(path: Path) -> list[str]:
    """Every formula of a workbook."""
    found = [
        formula for source in sheet_sources(path) for formula in re.findall(r"<f[^>]*>([^<]*)</f>", source)
    ]
    return [unescape(formula) for formula in found]


def facts(path: Path) -> dict[str, object]:
    """What the first sheet says, by its labels."""
    return {row[0]: row[1] for row in sheets(path)["Ringkasan"]}


def test_the_sheets_stand_in_the_order_that_the_office_asked_for(till: Ledger, tmp_path: Path) -> None:
    export(till, tmp_path / "rekap.xlsx")
    assert list(sheets(tmp_path / "rekap.xlsx")) == SHEETS


def test_every_sheet_comes_to_the_same_turnover(till: Ledger, tmp_path: Path) -> None:
    total = sum(sale.total for sale in busy_day(till))
    export(till, tmp_path / "rekap.xlsx")
    book = sheets(tmp_path / "rekap.xlsx")
    for name in ("Matriks harian", "Per UPT", "Per produk", "Per kategori", "Per pembeli", "Per kasir"):
        assert (sum(below(book[name], "Omzet")), sum_of(book[name], "Omzet")) == (total, total)
    assert sum_of(book["Per cara bayar"], "Jumlah uang") == total
    for name in ("Daftar nota", "Rincian barang"):
        assert (sum(below(book[name], "Total")), sum_of(book[name], "Total")) == (total, total)
    assert facts(tmp_path / "rekap.xlsx")["Omzet"] == total


def test_numbers_are_numbers_days_are_days_and_times_are_times(till: Ledger, tmp_path: Path) -> None:
    sale = sell(till, {"NASTAR-500": 2}, tendered=150_000)
    export(till, tmp_path / "rekap.xlsx")
    book = sheets(tmp_path / "rekap.xlsx")
    where = [sale.receipt, "S03", "LPP Palembang", date(2023, 4, 14), time(14, 7), "Rina Oktaviani"]
    assert book["Daftar nota"][1] == [
        *where,
        2.0,
        0.0,
        130_000.0,
        "Tunai",
        sale.code,
        sale.device,
        "Lunas",
        "Pembeli umum",
    ]
    assert book["Rincian barang"][1][11:16] == [2.0, 65_000.0, 0.0, 130_000.0, 42_000.0]


def test_a_receipt_paid_in_parts_names_each(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    export(till, tmp_path / "rekap.xlsx")
    paid = below(sheets(tmp_path / "rekap.xlsx")["Daftar nota"], "Cara bayar")
    assert paid[-1] == "QRIS 100.000 + Tunai 70.000"


def test_a_silent_day_is_red_and_a_day_ahead_is_empty(till: Ledger, tmp_path: Path) -> None:
    sell(till, {"PECI": 1})
    export(till, tmp_path / "rekap.xlsx", period=Period(date(2023, 4, 13), date(2023, 4, 15)))
    board = sheets(tmp_path / "rekap.xlsx")["Matriks harian"]
    assert board[0][2:5] == ["13/04", "14/04", "15/04"]
    assert board[1][2:5] == [0, 50_000, ""]
    colours = fills(tmp_path / "rekap.xlsx", 2)
    assert ("C2" in colours, "D2" in colours, "E2" in colours) == (True, False, False)


@pytest.mark.parametrize(("limit", "parts"), [(1_000, [10]), (12, [10]), (11, [9, 1]), (5, [3, 3, 3, 1])])
def test_a_full_sheet_goes_on_in_the_next(till: Ledger, tmp_path: Path, limit: int, parts: list[int]) -> None:
    sold = [(sale.receipt, line.sku) for sale in busy_day(till) for line in sale.lines]
    workbook.write(till, tmp_path / "rekap.xlsx", Request(Period()), limit=limit)
    pages = {n: rows for n, rows in sheets(tmp_path / "rekap.xlsx").items() if n.startswith("Rincian")}
    assert list(pages) == ["Rincian barang", *(f"Rincian barang {n + 2}" for n in range(len(parts) - 1))]
    assert [len(lines(rows)) for rows in pages.values()] == parts
    assert [(row[0], row[5]) for rows in pages.values() for row in lines(rows)] == sold
    assert sum_of(list(pages.values())[-1], "Total") == sum(
        row[14] for rows in pages.values() for row in lines(rows)
    )


def test_a_row_beyond_excels_limit_is_an_error_not_a_loss(tmp_path: Path) -> None:
    with open_book(tmp_path / "a.xlsx", Heading("", MOMENT, practice=""), lean=True) as book:
        page = book.page("Semua", [10])
        book.cell(page, sheet.SHEET_ROWS - 1, 0, "int", 1)
        with pytest.raises(RuntimeError):
            book.cell(page, sheet.SHEET_ROWS, 0, "int", 1)


def test_a_large_workbook_says_the_same_as_a_small_one(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy_day(till)
    export(till, tmp_path / "small.xlsx")
    monkeypatch.setattr(workbook, "LEAN_FROM", 0)
    export(till, tmp_path / "large.xlsx")
    assert sheets(tmp_path / "large.xlsx") == sheets(tmp_path / "small.xlsx")
    assert 't="inlineStr"' in sheet_sources(tmp_path / "large.xlsx")[-1]


@pytest.mark.parametrize("name", ["=1+1", "+62811", "-5", "@SUM(A1)", "<r>&</r>"])
@pytest.mark.parametrize("lean_from", [0, 1_000])
def test_no_name_is_taken_for_a_formula_or_markup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, lean_from: int
) -> None:
    monkeypatch.setattr(workbook, "LEAN_FROM", lean_from)
    with closing(booth(tmp_path / "a.lapak")) as till:
        post_products(till, [replace(CATALOGUE[3], name=name)])
        sell(till, {"PECI": 1})
        export(till, tmp_path / "rekap.xlsx")
    assert below(sheets(tmp_path / "rekap.xlsx")["Rincian barang"], "Produk") == [f"'{name}"]
    assert all(OURS.fullmatch(formula) for formula in formulas(tmp_path / "rekap.xlsx"))


def test_long_digits_stay_text(till: Ledger, tmp_path: Path) -> None:
    post_products(till, [Product("089900012345678901", "Kopi", 2_000, "LPK-MRE")])
    sell(till, {"089900012345678901": 1})
    export(till, tmp_path / "rekap.xlsx")
    assert below(sheets(tmp_path / "rekap.xlsx")["Rincian barang"], "Kode") == ["089900012345678901"]


def test_every_table_is_set_up_for_the_screen_and_for_paper(till: Ledger, tmp_path: Path) -> None:
    export(till, tmp_path / "rekap.xlsx")
    for name, source in zip(SHEETS, sheet_sources(tmp_path / "rekap.xlsx"), strict=True):
        table = name in TABLES
        assert ('state="frozen"' in source, "<autoFilter" in source) == (table, table)
        assert 'orientation="landscape"' in source
        assert "&amp;P" in source


def test_a_page_bears_the_name_of_its_sheet(till: Ledger, tmp_path: Path) -> None:
    export(till, tmp_path / "rekap.xlsx")
    for name, source in zip(SHEETS, sheet_sources(tmp_path / "rekap.xlsx"), strict=True):
        (header,) = re.findall("<oddHeader>(.*?)</oddHeader>", source)
        assert f"&12{name.replace('&', '&&')}&C" in unescape(header)


def test_practice_data_is_marked_on_every_sheet(practice: Ledger, tmp_path: Path) -> None:
    export(practice, tmp_path / "rekap.xlsx")
    assert all(
        "CONTOH" in source.partition("<headerFooter>")[2] for source in sheet_sources(tmp_path / "rekap.xlsx")
    )
    book = sheets(tmp_path / "rekap.xlsx")
    assert all("CONTOH" in book[name][0] for name in TABLES)
    assert any(str(row[0]).startswith("CONTOH") for row in book["Ringkasan"])


def test_real_books_carry_no_such_mark(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    export(till, tmp_path / "rekap.xlsx")
    assert not any(
        "CONTOH" in str(cell)
        for rows in sheets(tmp_path / "rekap.xlsx").values()
        for row in rows
        for cell in row
    )
    assert not any("CONTOH" in source for source in sheet_sources(tmp_path / "rekap.xlsx"))


def test_the_summary_names_who_has_not_sold(till: Ledger, tmp_path: Path) -> None:
    sell(till, {"PECI": 1})
    export(till, tmp_path / "rekap.xlsx")
    assert facts(tmp_path / "rekap.xlsx")["UPT tanpa penjualan"] == 2
    named = [row[1] for row in sheets(tmp_path / "rekap.xlsx")["Ringkasan"]]
    assert "Lapas Kelas IIB Muara Enim" in named
    assert "Lapas Perempuan Kelas IIA Palembang" in named


def test_the_summary_names_missing_receipts_and_sums_that_differ(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    with till.write() as conn:
        conn.exec_driver_sql("DELETE FROM sale WHERE number = 2")
        conn.exec_driver_sql("UPDATE day_cashier SET sales = sales - 1 WHERE cashier = 'rina'")
    export(till, tmp_path / "rekap.xlsx")
    assert str(facts(tmp_path / "rekap.xlsx")["Periksa silang"]).startswith("Jumlahnya berselisih")
    rows = sheets(tmp_path / "rekap.xlsx")["Ringkasan"]
    assert next(row for row in rows if row[0] == "S03" and row[1] == till.own().code)[5:7] == [6, "2"]


def test_books_that_agree_say_so(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    export(till, tmp_path / "rekap.xlsx")
    assert facts(tmp_path / "rekap.xlsx")["Periksa silang"] == "Semua jumlah cocok."


def test_sales_made_meanwhile_do_not_tear_the_workbook(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sell_on(_done: int, _total: int) -> None:
        sell(till, {"PECI": 1})

    total = sum(sale.total for sale in busy_day(till))
    monkeypatch.setattr(request, "TELL_EVERY", 2)
    export(till, tmp_path / "rekap.xlsx", progress=sell_on)
    book = sheets(tmp_path / "rekap.xlsx")
    assert facts(tmp_path / "rekap.xlsx")["Omzet"] == total
    assert sum(below(book["Rincian barang"], "Total")) == sum(below(book["Daftar nota"], "Total")) == total


@pytest.mark.parametrize("documents", [True, False])
def test_an_empty_ledger_has_a_workbook(tmp_path: Path, *, documents: bool) -> None:
    if documents:
        booth(tmp_path / "a.lapak").close()
    else:
        create_collector(tmp_path / "a.lapak")
    with closing(open_ledger(tmp_path / "a.lapak")) as ledger:
        export(ledger, tmp_path / "rekap.xlsx")
    book = sheets(tmp_path / "rekap.xlsx")
    assert list(book) == SHEETS
    assert [len(lines(book[name])) for name in ("Daftar nota", "Rincian barang")] == [0, 0]


def test_a_period_keeps_its_days(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    export(till, tmp_path / "rekap.xlsx", period=Period(end=date(2023, 4, 13)))
    book = sheets(tmp_path / "rekap.xlsx")
    assert lines(book["Rincian barang"]) == []
    assert facts(tmp_path / "rekap.xlsx")["Masa"] == "Kamis, 23 Maret 2023 – Kamis, 13 April 2023"


@pytest.mark.parametrize(("table", "period"), [("lines", Period()), ("", Period(institution="LP1-PLG"))])
def test_a_part_of_a_workbook_is_refused(till: Ledger, tmp_path: Path, table: str, period: Period) -> None:
    with pytest.raises(Refused):
        export(till, tmp_path / "rekap.xlsx", table=table, period=period)
    assert not (tmp_path / "rekap.xlsx").exists()


def test_the_same_ledger_gives_the_same_bytes(till: Ledger, tmp_path: Path) -> None:
    sell(till, {"PECI": 1})
    assert export(till, tmp_path / "a.xlsx").sha256 == export(till, tmp_path / "b.xlsx").sha256
    with ZipFile(tmp_path / "a.xlsx") as archive:  # not the second in which the test runs
        assert b">2023-04-14T07:07:00Z</dcterms:created>" in archive.read("docProps/core.xml")


def test_the_workbooks_library_waits_until_it_is_used() -> None:
    look = "import sys, pos.exports, pos.reports; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("lean", [False, True])
def test_a_stick_that_fills_up_is_told_once_and_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch, lean: bool
) -> None:
    """Python tells what fails while things are thrown away where nobody looks: on the console."""
    printed: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", printed.append)
    with pytest.raises(OSError, match="No space"):  # noqa: SIM117 - the book ends first
        with open_book(Path("/dev/full"), Heading("Pameran", MOMENT, ""), lean=lean) as book:
            book.cell(book.page("Lembar", (10,)), 0, 0, "text", "Peci")
    gc.collect()
    assert printed == []
