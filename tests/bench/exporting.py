"""The workbook of a million lines, against what its library needs for bare rows of the same shape."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from xlsxwriter import Workbook

from pos.exports import export
from pos.exports.sources import source
from pos.ledger import Ledger
from pos.reports import Period
from tests.bench.books import booth, fill
from tests.bench.figures import Figure

SALES = 333_334  # of three lines
ROUNDS = 1  # of minutes each; with --quick three
SHEET = 1_048_576
MEMORY_MB = 250.0
_CHILD = r"""
import re, sys
from pathlib import Path
from pos.exports import export
from pos.ledger import open_ledger
ledger = open_ledger(Path(sys.argv[1]), read_only=True)
export(ledger, Path(sys.argv[2]))
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Write the workbook, the CSV of all lines, and the sealed archive."""
    sales = SALES // 10 if quick else SALES
    ledger, products = booth(folder / "booth.lapak")
    fill(ledger, products, sales)
    gc.collect()
    shapes = [_shape(ledger, name) for name in ("sales", "lines")]
    floors, books = [], []
    for n in range(3 if quick else ROUNDS):
        floors.append(_timed(lambda n=n: _bare(folder / f"bare-{n}.xlsx", shapes)))  # type: ignore[misc]
        books.append(_timed(lambda n=n: export(ledger, folder / f"book-{n}.xlsx")))  # type: ignore[misc]
    lines = _timed(lambda: export(ledger, folder / "lines.csv"))
    sealed = _timed(lambda: export(ledger, folder / "sealed.zip"))
    ledger.close()
    told = f"{sales:,} receipts, {3 * sales:,} lines"
    floor = median(floors)
    figures = [
        Figure("workbook", median(books), floor, 1.3, f"{told}; floor: bare rows of both by XlsxWriter"),
        Figure("CSV of the lines", lines, floor, None, "the same floor, to compare"),
        Figure("sealed archive", sealed, floor, None, "workbook, papers, every table, every document"),
    ]
    if Path("/proc/self/status").exists():  # getrusage would count what the parent took, too
        memory = _memory_mb(folder / "booth.lapak", folder / "child.xlsx")
        figures.append(Figure("memory of the workbook, MB", memory, MEMORY_MB, 1.0, "a process of its own"))
    return figures


def _shape(ledger: Ledger, name: str) -> tuple[tuple[Any, ...], int]:
    """A row of a table, and how many there are."""
    found = source(ledger, name, Period())
    return next(found.rows), found.count


def _bare(path: Path, shapes: list[tuple[tuple[Any, ...], int]]) -> None:
    """The same rows in number and kind of cells, with no format, no heading and no ledger behind them."""
    book = Workbook(path, {"constant_memory": True, "use_zip64": True})
    for row, count in shapes:
        for size in _parts(count):
            sheet = book.add_worksheet()
            for line in range(size):
                sheet.write_row(line, 0, row)
    book.close()


def _parts(count: int) -> Iterator[int]:
    while count > 0:
        yield min(count, SHEET)
        count -= SHEET


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _memory_mb(ledger: Path, target: Path) -> float:
    """The most that a process took which did nothing but write the workbook."""
    command = [sys.executable, "-c", _CHILD, str(ledger), str(target)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
