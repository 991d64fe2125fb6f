"""What the till reads before its ledger is open is what the open ledger says, and nothing when in doubt."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.catalog import post_products
from pos.clock import stopped_at
from pos.ledger import Ledger, create_collector, open_ledger
from pos.mark import VERSION
from pos.model import Component, Product
from pos.opening import read_opening
from pos.sample import open_sample
from pos.today import opening_of
from tests.books import (
    CATALOGUE,
    DAY,
    MOMENT,
    booth,
    busy_day,
    new_ledger,
    next_shift,
    post_unchecked,
    sell,
    with_catalogue,
)

NOW = stopped_at(MOMENT)


def without_shift(path: Path) -> Ledger:
    return with_catalogue(new_ledger(path))


def busy(path: Path) -> Ledger:
    """Sold out and below, bundles with unknown parts, goods no longer sold, a second shift."""
    ledger = booth(path)
    busy_day(ledger)
    sell(ledger, {"SEMPRONG": 200})
    unknown = Product("PAKET", "Paket", 10_000, "LPX", components=(Component("NANTI", 2),), position=9)
    post_unchecked(ledger, unknown)
    post_products(ledger, [replace(CATALOGUE[1], active=False)])
    next_shift(ledger, "sari", DAY)
    return ledger


def of_yesterday(path: Path) -> Ledger:
    """Its shift and sales are of the day before MOMENT."""
    ledger = booth(path, clock=stopped_at(MOMENT - timedelta(days=1)))
    next_shift(ledger, "rina", DAY - timedelta(days=1))
    return ledger


@pytest.mark.parametrize("make", [new_ledger, without_shift, booth, busy, of_yesterday, open_sample])
def test_it_says_what_the_open_ledger_says(tmp_path: Path, make: Callable[[Path], Ledger]) -> None:
    path = tmp_path / ("kas 100%#.lapak" if sys.platform == "win32" else "kas 100%?.lapak")
    make(path).close()
    opening = read_opening(path, NOW)
    with closing(open_ledger(path, NOW)) as ledger:
        told = opening_of(ledger)
    assert opening is not None
    assert opening == told
    assert opening.clock.now() == told.clock.now()
    assert list(opening.staff) == list(told.staff)


def test_it_reads_beside_a_writer(till: Ledger) -> None:
    assert till.path is not None
    with till.write():
        assert read_opening(till.path, NOW) == opening_of(till)


def test_what_was_sold_a_moment_ago_is_in_it(till: Ledger) -> None:
    assert till.path is not None
    sell(till, {"PECI": 1})
    opening = read_opening(till.path, NOW)
    assert opening is not None
    assert (opening.stock["PECI"], opening.sold) == (99, {"LP1-PLG"})


@pytest.mark.parametrize(
    "harm",
    [
        "PRAGMA application_id = 1",
        f"PRAGMA user_version = {VERSION + 1}",
        "DROP TABLE stock",
        "CREATE TRIGGER t AFTER INSERT ON document BEGIN DELETE FROM sale; END",
        "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT * FROM n",
        "DELETE FROM setting",
        "DELETE FROM device",
        "UPDATE device SET event = '{}'",
        "UPDATE product SET aliases = 'x'",
        "ALTER TABLE shift RENAME COLUMN cashier TO kasir",
    ],
)
def test_a_doubt_is_left_to_the_ledger(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "a.lapak"
    booth(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(harm)
    assert read_opening(path, NOW) is None


def test_a_lock_is_left_to_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "a.lapak"
    booth(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("BEGIN EXCLUSIVE")
        assert read_opening(path, NOW) is None
    assert read_opening(path, NOW) is not None


def test_what_is_no_ledger_of_a_booth_is_left_to_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "surat.lapak").write_text("bukan buku kas")
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipa.lapak")
    create_collector(tmp_path / "pusat.lapak")
    names = ["none", "surat.lapak", "pipa.lapak", "pusat.lapak", ""]
    assert [read_opening(tmp_path / name) for name in names] == [None] * len(names)


def test_reading_changes_nothing_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.lapak"
    booth(path).close()
    before = path.read_bytes()
    read_opening(path)
    assert path.read_bytes() == before


def test_reading_needs_no_sqlalchemy(tmp_path: Path) -> None:
    booth(tmp_path / "a.lapak").close()
    code = (
        "import sys; from pathlib import Path; import pos.cart, pos.payments, pos.opening as o\n"
        "print(o.read_opening(Path(sys.argv[1])) is not None, 'sqlalchemy' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.lapak")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == [
        "True",
        "False",
    ]
