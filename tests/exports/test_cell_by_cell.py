"""The workbook cell by cell against the ledger, read by openpyxl, and added up anew by LibreOffice."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from pos.exports import export, workbook
from pos.exports.request import Request
from pos.exports.sources import source
from pos.ledger import Ledger
from pos.model import Column
from pos.reports import Period, run_report
from tests.exports.reading import sheet_sources

ALWAYS = Period()
SOFFICE = shutil.which("soffice")
# The sheets that hold a report as it is; the others are looked at by what they hold.
REPORTS = {
    "Matriks harian": "daily-board",
    "Per UPT": "institutions",
    "Per produk": "products",
    "Per kategori": "categories",
    "Per cara bayar": "payments",
    "Per pembeli": "buyers",
    "Daftar nota": "sales",
    "Rincian barang": "lines",
    "Retur & batal": "returns",
    "Pesanan": "orders",
    "Kas harian": "shifts",
    "Laba & pembagian": "settlement",
    "Per kasir": "cashiers",
}


def rows_of(ledger: Ledger, name: str) -> tuple[Sequence[Column], list[tuple[Any, ...]], dict[str, int]]:
    """The table that a sheet holds, as the ledger has it."""
    if name in {"buyers", "sales", "lines", "returns"}:
        found = source(ledger, name, ALWAYS)
        rows = list(found.rows)
        places = [n for n, column in enumerate(found.columns) if column.key in found.adds]
        added = {found.columns[n].key: sum(row[n] for row in rows) for n in places}
        return found.columns, rows, {**found.totals, **added}
    report = run_report(ledger, name, ALWAYS)
    return report.columns, list(report.rows), dict(report.totals)


def shown(kind: str, value: Any) -> Any:
    """What a value of the ledger is as a cell that openpyxl reads."""
    if value is None or value == "":
        return None
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "time":
        return time.fromisoformat(value)
    return value


def cell_of(value: Any) -> Any:
    return value.date() if hasattr(value, "date") and value.time() == time() else value


@pytest.mark.parametrize("lean_from", [0, 100_000])
def test_every_cell_is_the_ledgers(
    region: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lean_from: int
) -> None:
    monkeypatch.setattr(workbook, "LEAN_FROM", lean_from)
    export(region, tmp_path / "rekap.xlsx")
    book = load_workbook(tmp_path / "rekap.xlsx", data_only=True)
    for sheet, name in REPORTS.items():
        columns, rows, totals = rows_of(region, name)
        found = [[cell_of(cell.value) for cell in row[: len(columns)]] for row in book[sheet].iter_rows()]
        assert found[0] == [column.title for column in columns]
        wanted = [
            [shown(column.kind, value) for column, value in zip(columns, row, strict=True)] for row in rows
        ]
        assert found[1 : 1 + len(rows)] == wanted, sheet
        sums = dict(zip([column.key for column in columns], found[1 + len(rows)], strict=True))
        assert {key: sums[key] for key in totals} == totals, sheet
    book.close()


def test_sums_are_formulas_over_their_columns(region: Ledger, tmp_path: Path) -> None:
    export(region, tmp_path / "rekap.xlsx")
    book = load_workbook(tmp_path / "rekap.xlsx")
    columns, rows, _totals = rows_of(region, "institutions")
    place = [column.key for column in columns].index("total") + 1
    last = book["Per UPT"].cell(len(rows) + 2, place)
    assert last.value == f"=SUM({last.column_letter}2:{last.column_letter}{len(rows) + 1})"
    book.close()


@pytest.mark.parametrize("limit", [1_048_576, 9])
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
def test_libreoffice_adds_up_to_the_same(region: Ledger, tmp_path: Path, limit: int) -> None:
    """Its own sums, for what ours come to is taken out of the file before it opens it."""
    file = tmp_path / "rekap.xlsx"
    workbook.write(region, file, Request(ALWAYS), limit=limit)
    blind = tmp_path / "buta.xlsx"
    count = without_results(file, blind)
    assert count > 40
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to"]
    ran = subprocess.run(
        [*command, form, "--outdir", str(tmp_path / "csv"), str(blind)], check=False, capture_output=True
    )
    assert ran.returncode == 0
    read = {
        path.stem.removeprefix("buta-"): list(csv.reader(path.read_text("utf-8").splitlines()))
        for path in (tmp_path / "csv").iterdir()
    }
    for sheet, name in REPORTS.items():
        columns, _rows, totals = rows_of(region, name)
        parts = [rows for title, rows in read.items() if re.fullmatch(rf"{sheet}(?: \d+)?", title)]
        (last,) = [row for rows in parts for row in rows[1:] if "Jumlah" in row]
        for key, total in totals.items():
            place = [column.key for column in columns].index(key)
            assert last[place].removesuffix("%") == str(total), (sheet, key)
    front = [row for row in read["Ringkasan"] if row[2:3] in (["cocok"], ["BERBEDA"])]
    turnover = run_report(region, "totals", ALWAYS).totals["total"]
    assert [row[1:3] for row in front] == [[f"{turnover}", "cocok"]] * 9


def without_results(path: Path, to: Path) -> int:
    """A copy of a workbook whose formulas have no results; how many there are."""
    count = 0
    with ZipFile(path) as old, ZipFile(to, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text, found = re.subn(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", data.decode())
                count += found
                data = text.encode()
            new.writestr(name, data)
    return count


def test_charts_stand_where_they_help(region: Ledger, tmp_path: Path) -> None:
    export(region, tmp_path / "rekap.xlsx")
    drawn = [bool("<drawing " in text) for text in sheet_sources(tmp_path / "rekap.xlsx")]
    assert [n for n, there in enumerate(drawn) if there] == [0, 2, 6]
    with ZipFile(tmp_path / "rekap.xlsx") as archive:
        charts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2, 3)]
    assert any("'Matriks harian'!$C$5:$AQ$5" in chart for chart in charts)
