"""Spreadsheets as institutions send them, made here cell by cell; and books that know who made the goods."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

# Five that hold the same three goods: NASTAR-500 as it is, PECI at another price, a new one.
NAMES = ("Nastar 500 g", "Peci Bordir", "Kue Maksuba")


def book(path: Path, fill: Callable[[Worksheet, Workbook], Any]) -> Path:
    """A workbook that `fill` writes."""
    made = Workbook(str(path))
    fill(made.add_worksheet("Daftar"), made)
    made.close()
    return path


def titled(path: Path) -> Path:
    """Titles over merged cells, short headings, money as text, pieces with a unit, a row of totals."""

    def fill(sheet: Worksheet, made: Workbook) -> None:
        bold = made.add_format({"bold": True})
        sheet.merge_range(0, 0, 0, 6, "DAFTAR HASIL KARYA WARGA BINAAN", bold)
        sheet.merge_range(1, 0, 1, 6, "LAPAS PEREMPUAN KELAS IIA PALEMBANG", bold)
        sheet.write_row(3, 0, ["No", "Nama Brg", "Sat", "Hrg Jual", "Stok Awal", "UPT", "Ket"], bold)
        sheet.write_row(4, 0, [1, NAMES[0], "toples", "Rp 65.000,-", "24 toples", "LPP-PLG", ""])
        sheet.write_row(5, 0, [2, NAMES[1], "buah", "Rp 55.000,-", "10 buah", "LP1-PLG", "hitam"])
        sheet.write_row(6, 0, [3, NAMES[2], "loyang", "Rp 150.000,-", "5 loyang", "LPP-PLG", ""])
        sheet.write(7, 1, "JUMLAH", bold)
        sheet.write_formula(7, 4, "=SUM(E5:E7)", None, 39)

    return book(path, fill)


def two_headers(path: Path) -> Path:
    """Headings in two rows, the upper merged over two prices; the institution merged downwards."""

    def fill(sheet: Worksheet, _made: Workbook) -> None:
        sheet.merge_range(0, 0, 1, 0, "Nama UPT")
        sheet.merge_range(0, 1, 1, 1, "Uraian")
        sheet.merge_range(0, 2, 0, 3, "Harga")
        sheet.write_row(1, 2, ["Titip", "Jual"])
        sheet.write(0, 4, "Banyaknya")
        sheet.merge_range(2, 0, 3, 0, "Lapas Perempuan Kelas IIA Palembang")
        sheet.write_row(2, 1, [NAMES[0], 42000, 65000, 24])
        sheet.write_row(3, 1, [NAMES[2], 110000, 150000, 5])
        sheet.write_row(4, 0, ["Lapas Kelas I Palembang", NAMES[1], 40000, 55000, 10])

    return book(path, fill)


def english(path: Path) -> Path:
    """A CSV with commas, English headings in another order, a grand total."""
    lines = [
        "Qty,Unit Price,Product Name,Institution,Total",
        f"24,65000,{NAMES[0]},LPP-PLG,1560000",
        f"10,55000,{NAMES[1]},LP1-PLG,550000",
        f'5,"150.000,00",{NAMES[2]},LPP-PLG,750000',
        "39,,GRAND TOTAL,,2860000",
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def sectioned(path: Path) -> Path:
    """A CSV with semicolons and a title, as Excel writes it; institutions as headings among goods."""
    lines = [
        "Barang titipan pameran 2023;;;",
        ";;;",
        "Kode Brg;Nama Barang;Harga Satuan (Rp);Jml",
        "Lapas Perempuan Kelas IIA Palembang;;;",
        f"NASTAR-500;{NAMES[0]};65.000;24",
        f"MAKSUBA;{NAMES[2]};150.000;5",
        "Lapas Kelas I Palembang;;;",
        f"PECI;{NAMES[1]};55.000;10",
        ";Sub Total;;39",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def bare(path: Path) -> Path:
    """No header at all: names, prices, and the institution beside them."""

    def fill(sheet: Worksheet, _made: Workbook) -> None:
        for row, (name, price) in enumerate(zip(NAMES, (65_000, 55_000, 150_000), strict=True)):
            sheet.write_row(row, 0, [name, price])

    return book(path, fill)
