"""Committing a sale of three lines durably, against the same rows through bare prepared statements."""

from __future__ import annotations

import sqlite3
import time
from datetime import date
from pathlib import Path
from statistics import median

from pos.checkout import checkout
from pos.ledger import Ledger
from pos.model import Product, Shift
from pos.payments import settle
from pos.shifts import open_shift
from pos.sum_tables import BLOCK
from pos.tables import FACTS
from tests.bench.books import bare_copy, booth, cart, fill
from tests.bench.figures import Figure

TURN = 40
TURNS = 15
_TABLES = ("document", "sale", "sale_line", "payment")
_ADD_ITEM = """INSERT INTO day_item VALUES (?,?,?,?,?,?,1,?,?,?,?,0) ON CONFLICT DO UPDATE SET
    lines = lines + 1, qty = qty + excluded.qty, discount = discount + excluded.discount,
    total = total + excluded.total, cost = cost + excluded.cost"""
_ADD_STOCK = "INSERT INTO stock VALUES (?,?,?) ON CONFLICT DO UPDATE SET qty = qty + excluded.qty"
_ADD_PAYMENT = """INSERT INTO day_payment VALUES (?,?,?,1,?) ON CONFLICT DO UPDATE SET
    count = count + 1, amount = amount + excluded.amount"""
_ADD_CASHIER = """INSERT INTO day_cashier VALUES (?,?,?,?,1,?,?,0,0) ON CONFLICT DO UPDATE SET
    sales = sales + 1, qty = qty + excluded.qty, total = total + excluded.total"""
_ADD_UNIT = """INSERT INTO day_unit VALUES (?,?,?,?,?,?,?,0,0) ON CONFLICT DO UPDATE SET
    qty = qty + excluded.qty, discount = discount + excluded.discount, total = total + excluded.total,
    cost = cost + excluded.cost"""
_ADD_SOLD = """INSERT INTO item VALUES (?,?,?,?,?,?,?,?,0,0) ON CONFLICT DO UPDATE SET
    qty = qty + excluded.qty, discount = discount + excluded.discount, total = total + excluded.total"""

_ADD_BLOCK = """INSERT INTO block_unit VALUES (?,?,?,?,?,?,0,0) ON CONFLICT DO UPDATE SET
    qty = qty + excluded.qty, total = total + excluded.total, cost = cost + excluded.cost"""
_ADD_SHIFT = """INSERT INTO shift_sum VALUES (?,?,1,?,?,0,?,0,0,0,0,0,0) ON CONFLICT DO UPDATE SET
    sales = sales + 1, discount = discount + excluded.discount, total = total + excluded.total,
    cash = cash + excluded.cash"""


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """The commit beside its floor, and beside itself in a ledger with a million sales (quick: 100,000)."""
    small, products = booth(folder / "small.lapak")
    large, _same = booth(folder / "large.lapak")
    many = 100_000 if quick else 1_000_000
    fill(large, products, many)
    bare = bare_copy(folder / "bare.db", folder / "small.lapak")
    tills = {ledger.name: open_shift(ledger, "rina", date(2023, 4, 14)) for ledger in (small, large)}
    ours: list[float] = []
    grown: list[float] = []
    floor: list[float] = []
    for turn in range(TURNS):
        first = _last_seq(folder / "small.lapak") + 1
        ours += [_sell(small, tills[small.name], products, turn * TURN + n) for n in range(TURN)]
        grown += [_sell(large, tills[large.name], products, turn * TURN + n) for n in range(TURN)]
        floor += _replay(bare, folder / "small.lapak", first)
    small.close()
    large.close()
    bare.close()
    return [
        Figure(
            "commit a 3-line sale", median(ours), median(floor), 2.5, "WAL, synchronous=FULL; median of 600"
        ),
        Figure(
            f"the same at {many:,} sales",
            median(grown),
            median(ours),
            1.1,
            "against our own in an empty ledger",
        ),
    ]


def _sell(ledger: Ledger, shift: Shift, products: tuple[Product, ...], n: int) -> float:
    bought = cart(products, n)
    payment = settle("cash", bought.total)
    start = time.perf_counter()
    checkout(ledger, bought, [payment], shift, "rina")
    return (time.perf_counter() - start) * 1000


def _last_seq(path: Path) -> int:
    with sqlite3.connect(path) as conn:
        return int(conn.execute("SELECT max(seq) FROM document").fetchone()[0])


def _replay(bare: sqlite3.Connection, source: Path, first: int) -> list[float]:
    """Store the sales from `first` on once more, row by row as they are, one durable transaction each; ms."""
    model = sqlite3.connect(source)
    seqs = [seq for (seq,) in model.execute("SELECT seq FROM sale WHERE seq >= ?", (first,))]
    took = []
    for seq in seqs:
        found = {
            name: model.execute(f"SELECT * FROM {name} WHERE seq = ?", (seq,)).fetchall() for name in _TABLES
        }
        names = {name: [c.name for c in table.columns] for table in FACTS if (name := table.name) in _TABLES}
        sale = dict(zip(names["sale"], found["sale"][0], strict=True))
        lines = [dict(zip(names["sale_line"], row, strict=True)) for row in found["sale_line"]]
        paid = [dict(zip(names["payment"], row, strict=True)) for row in found["payment"]]
        start = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        for name, stored in found.items():
            bare.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(stored[0]))})", stored)
        for line in lines:
            key = (
                sale["day"],
                sale["device"],
                line["institution"],
                line["sku"],
                line["name"],
                line["category"],
            )
            bare.execute(
                _ADD_ITEM, (*key, line["qty"], line["discount"], line["total"], line["cost"] * line["qty"])
            )
            bare.execute(_ADD_STOCK, (sale["device"], line["sku"], -line["qty"]))
            sums = (line["qty"], line["discount"], line["total"])
            bare.execute(_ADD_UNIT, (sale["day"], line["institution"], sale["device"], *sums, line["cost"]))
            block = (sale["device"], line["institution"], sale["seq"] // BLOCK)
            bare.execute(_ADD_BLOCK, (*block, line["qty"], line["total"], line["cost"] * line["qty"]))
            what = (line["institution"], line["sku"], sale["device"], line["name"], line["category"])
            bare.execute(_ADD_SOLD, (*what, *sums))
        for part in paid:
            bare.execute(_ADD_PAYMENT, (sale["day"], sale["device"], part["method"], part["amount"]))
        in_shift = (sale["device"], sale["shift"], sale["discount"], sale["total"], sale["total"])
        bare.execute(_ADD_SHIFT, in_shift)
        who = (sale["day"], sale["device"], sale["cashier"], int(sale["at"][11:13]))
        bare.execute(_ADD_CASHIER, (*who, sale["qty"], sale["total"]))
        bare.execute("COMMIT")
        took.append((time.perf_counter() - start) * 1000)
    model.close()
    return took
