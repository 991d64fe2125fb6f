"""Reads exported files the way other programs do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

Cells = list[Any]


def sheets(path: Path) -> dict[str, list[Cells]]:
    """The cells of every sheet of a workbook, by its name, in order; the heading first."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table(rows: list[Cells]) -> list[Cells]:
    """The rows of a sheet's table with its heading, without what stands below it."""
    end = next((n for n, row in enumerate(rows) if not any(cell != "" for cell in row)), len(rows))
    return rows[:end]


def lines(rows: list[Cells]) -> list[Cells]:
    """The rows of a sheet's table, neither its heading nor the sums below it."""
    found = table(rows)[1:]
    return found[:-1] if found and "Jumlah" in found[-1] else found


def below(rows: list[Cells], title: str) -> Cells:
    """What stands under a heading, the sum not included."""
    place = rows[0].index(title)
    return [row[place] for row in lines(rows)]


def total(rows: list[Cells], title: str) -> Any:
    """The sum under a heading."""
    last = table(rows)[-1]
    assert "Jumlah" in last
    return last[rows[0].index(title)]


def sheet_sources(path: Path) -> list[str]:
    """The XML of every sheet of a workbook, in order."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        names.sort(key=lambda name: int(re.sub(r"\D", "", name)))
        return [archive.read(name).decode() for name in names]


def fills(path: Path, number: int) -> dict[str, str]:
    """The colour behind each coloured cell of sheet `number` (from 1): `{"C2": "FFFBE9E7"}`."""
    with ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    colours = [
        re.sub(r'.*fgColor rgb="(\w+)".*|.*', r"\1", fill, flags=re.DOTALL)
        for fill in re.findall(r"<fill>.*?</fill>", styles, re.DOTALL)
    ]
    looks = re.findall(r'fillId="(\d+)"', styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    cells = re.findall(r'<c r="(\w+)" s="(\d+)"', sheet_sources(path)[number - 1])
    found = {cell: colours[int(looks[int(look)])] for cell, look in cells}
    return {cell: colour for cell, colour in found.items() if colour}
