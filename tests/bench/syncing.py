"""Taking in 100,000 sales with verification, against ATTACH and INSERT ... SELECT of the same tables."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from pos.carry import carry
from pos.ledger import Ledger
from pos.model import Product
from pos.paper import import_sales
from tests.bench.books import bare_copy, booth, cart, fill
from tests.bench.figures import Figure

SALES = 100_000
ROUNDS = 3
NOTHING_NEW_MS = 50.0


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Sync to a new central file, import from paper, and a sync with nothing new."""
    sales = SALES // 10 if quick else SALES
    ledger, products = booth(folder / "booth.lapak")
    fill(ledger, products, sales)
    paper = folder / "paper.csv"
    _write_paper(paper, products, sales)
    floors, synced, imported = [], [], []
    for n in range(ROUNDS):
        floors.append(_attach(folder / "booth.lapak", folder / "floor.db"))
        synced.append(_timed(lambda n=n: carry(ledger, folder / f"central-{n}.lapak")))  # type: ignore[misc]
        imported.append(_import(folder / f"paper-{n}.lapak", paper))
    again = [_timed(lambda: carry(ledger, folder / "central-0.lapak")) for _round in range(10)]
    ledger.close()
    floor = median(floors)
    return [
        Figure(
            f"sync {sales:,} sales",
            median(synced),
            floor,
            6.0,
            "new central file: verify, derive, read back, replace",
        ),
        Figure(
            f"import {sales:,} paper sales",
            median(imported),
            floor,
            6.0,
            "300,000 CSV lines: read, check, chain, derive",
        ),
        Figure(
            "sync with nothing new",
            median(again),
            NOTHING_NEW_MS,
            1.0,
            "central file with all of it; limit 50 ms",
        ),
    ]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _attach(source: Path, target: Path) -> float:
    bare = bare_copy(target, source)
    names = [name for (name,) in bare.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]

    def copy() -> None:
        bare.execute("ATTACH ? AS source", (str(source),))
        bare.execute("BEGIN")
        for name in names:
            bare.execute(f"INSERT INTO main.{name} SELECT * FROM source.{name}")
        bare.execute("COMMIT")

    took = _timed(copy)
    bare.close()
    return took


def _import(path: Path, paper: Path) -> float:
    ledger: Ledger = booth(path)[0]
    took = _timed(lambda: import_sales(ledger, paper))
    ledger.close()
    return took


def _write_paper(path: Path, products: tuple[Product, ...], sales: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("receipt", "at", "cashier", "sku", "qty", "price", "discount", "method"))
        for n in range(sales):
            for line in cart(products, n).lines:
                at = f"2023-04-{1 + n % 28:02d}T{8 + n % 9:02d}:00:00"
                out.writerow(
                    (f"P-{n:06d}", at, "rina", line.product.sku, line.qty, line.product.price, 0, "cash")
                )
