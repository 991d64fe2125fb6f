"""The ledgers that are measured: a booth with 60 products and any number of sales of three lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pos import catalog, checkout, journal
from pos.cart import Cart, new_cart, sold_lines
from pos.exhibition import builtin_event
from pos.journal import Stamp
from pos.ledger import Ledger, create, new_device
from pos.model import Fields, Product
from pos.payments import settle

FIRST_DAY = date(2023, 3, 23)
DAYS = 41


def booth(path: Path) -> tuple[Ledger, tuple[Product, ...]]:
    """A new ledger with 60 products of the 20 institutions."""
    event = builtin_event()
    ledger = create(path, new_device("S03", "Stan 03", "LPP-PLG", event))
    units = [unit.code for unit in event.institutions]
    products = [
        Product(
            f"P{n:03d}",
            f"Nastar nomor {n}",
            30_000 + n * 500,
            units[n % 20],
            "Kue kering",
            cost=20_000,
            position=n,
        )
        for n in range(60)
    ]
    catalog.post_products(ledger, products)
    return ledger, catalog.products(ledger)


def cart(products: tuple[Product, ...], n: int) -> Cart:
    """The n-th cart: three lines, four pieces."""
    return new_cart().add(products[n % 60]).add(products[(n + 7) % 60], 2).add(products[(n + 13) % 60])


def fill(ledger: Ledger, products: tuple[Product, ...], sales: int, days: int = DAYS) -> None:
    """Put `sales` sales of three lines into the ledger, spread over the first `days` of the exhibition."""
    with ledger.write() as conn:
        _known, number = checkout.next_number(conn, ledger.own().code, "")
    for start in range(0, sales, 20_000):
        with ledger.write() as conn:
            papers = _papers(products, number, range(start, min(start + 20_000, sales)), sales, days)
            journal.post_many(conn, ledger.own().code, "sale", papers)


def _papers(
    products: tuple[Product, ...], number: int, which: range, sales: int, days: int
) -> Iterator[tuple[Stamp, Fields]]:
    for n in which:
        bought = cart(products, n)
        day = (FIRST_DAY + timedelta(days=n * days // sales)).isoformat()
        fields = checkout.sale_fields(
            "S03", number + n, bought.id, sold_lines(bought), [settle("cash", bought.total)]
        )
        yield (
            Stamp(f"{day}T{8 + n % 9:02d}:00:00+07:00", n),
            fields | {"day": day, "cashier": "rina", "shift": None},
        )


def bare_copy(path: Path, source: Path) -> sqlite3.Connection:
    """A new SQLite file with the tables and indexes of `source` and its settings, without our program."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -16000", "secure_delete = ON"):
        bare.execute(f"PRAGMA {pragma}")
    model = sqlite3.connect(source)
    for (sql,) in model.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    ):
        bare.execute(sql)
    model.close()
    return bare
