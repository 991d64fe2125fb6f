"""Every figure on the panels of the page of reports beside one plain SQL query, on SQLite and PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos.chains import reading
from pos.clock import new_id, stopped_at
from pos.ledger import Ledger, open_ledger, open_target
from pos.model import Table
from pos.refunds import void
from pos.reports import Period, run_report
from pos.reports.below import PANELS, below
from pos.reports.overview import Overview, overview
from pos.returns import Item, Wanted, take_back
from pos.sync import copy_chains
from tests.books import DAY, MOMENT, booth, busy_day, new_collector, sell, shift_of
from tests.ordering import ahead, handed_over, ordered

OF_DAY = Period(DAY, DAY)
_SOLD = """(SELECT device, cashier, at, 1 AS n, qty, total FROM sale WHERE day = '2023-04-14'
    UNION ALL SELECT device, cashier, at, 0, -qty, -total FROM refund WHERE day = '2023-04-14') AS sold"""
_LINES = """(SELECT sku, institution, category, qty, total, bundle FROM sale_line WHERE day = '2023-04-14'
    UNION ALL SELECT sku, institution, category, -qty, -total, bundle FROM refund_line
      WHERE day = '2023-04-14') AS line"""
_MAKERS = f"""(SELECT institution, qty, total FROM {_LINES} WHERE bundle = 0
    UNION ALL SELECT institution, -qty, amount FROM movement WHERE reason = 'bundle' AND day = '2023-04-14'
    UNION ALL SELECT institution, -qty, -amount FROM movement
      WHERE reason = 'bundle_back' AND day = '2023-04-14') AS made"""
_BOOTH = "(SELECT booth FROM device WHERE device.device = sold.device)"
# The columns of the panel's report that must be what the query says, whatever the order of the rows.
PLAIN: dict[str, tuple[str, str]] = {
    "hours": (
        "hour sales qty total",
        f"""SELECT CAST(substr(at, 12, 2) AS INTEGER), sum(n), sum(qty), sum(total)
            FROM {_SOLD} GROUP BY CAST(substr(at, 12, 2) AS INTEGER)""",
    ),
    "payments": (
        "method count amount",
        """SELECT method, sum(n), sum(amount) FROM (
            SELECT method, 1 AS n, amount FROM payment WHERE day = '2023-04-14' UNION ALL
            SELECT method, 0, -amount FROM refund_payment WHERE day = '2023-04-14') AS paid
            GROUP BY method""",
    ),
    "products": ("sku qty total", f"SELECT sku, sum(qty), sum(total) FROM {_LINES} GROUP BY sku"),
    "institutions": (
        "institution qty total",
        f"SELECT institution, sum(qty), sum(total) FROM {_MAKERS} GROUP BY institution",
    ),
    "categories": (
        "category products qty total",
        f"SELECT category, count(DISTINCT sku), sum(qty), sum(total) FROM {_LINES} GROUP BY category",
    ),
    "cashiers": (
        "booth cashier sales qty total",
        f"""SELECT {_BOOTH}, cashier, sum(n), sum(qty), sum(total) FROM {_SOLD}
            GROUP BY {_BOOTH}, cashier""",
    ),
    "returns": (
        "booth day qty total",
        "SELECT booth, day, qty, total FROM refund WHERE day = '2023-04-14'",
    ),
    "stock": (
        "sku left",
        """SELECT sku, sum(qty) FROM (SELECT sku, -qty AS qty FROM sale_line WHERE bundle = 0
            UNION ALL SELECT sku, qty FROM movement) AS moved GROUP BY sku""",
    ),
    "orders": (
        "booth qty total deposit",
        """SELECT booth, qty, total, (SELECT coalesce(sum(amount), 0) FROM deposit
              WHERE order_device = preorder.device AND order_seq = preorder.seq)
            FROM preorder WHERE device = root_device AND seq = root_seq AND day = '2023-04-14'""",
    ),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two booths' day with everything in it, in one central file."""
    folder = tmp_path_factory.mktemp("panels")
    central = open_ledger(new_collector(folder / "pusat.lapak"), stopped_at(MOMENT))
    for code in ("S03", "S07"):
        with closing(booth(folder / f"{code}.lapak", code)) as ledger:
            sales = busy_day(ledger)
            void(ledger, sell(ledger, {"PECI": 4}, "qris"), shift_of(ledger), "sari", "salah")
            take_back(
                ledger, sales[1], Wanted(new_id(), (Item(0, 1),), "cash", "rusak"), shift_of(ledger), "sari"
            )
            waits, taken = ordered(ledger), ordered(ledger, {"SEMPRONG": 5}, due=None)
            ahead(ledger, waits, 100_000)
            handed_over(ledger, taken)
            with reading(ledger) as source:
                assert copy_chains(source, central).refused == []
    central.close()
    return folder / "pusat.lapak"


@pytest.fixture
def centre(book: Path, tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_ledger(shutil.copyfile(book, tmp_path / "pusat.lapak"), stopped_at(MOMENT))
    yield ledger
    ledger.close()


def view_of(ledger: Ledger) -> tuple[Overview, dict[str, Table]]:
    view = overview(ledger, OF_DAY, DAY, MOMENT)
    return view, {**{one.name: one for one in view.tables}, **below(ledger, OF_DAY)}


def told(table: Table, keys: str) -> list[tuple[Any, ...]]:
    """Those columns of all rows with anything in them, sorted."""
    places = [[column.key for column in table.columns].index(key) for key in keys.split()]
    rows = [tuple(row[place] for place in places) for row in table.rows]
    return sorted(row for row in rows if any(isinstance(cell, int) and cell for cell in row[1:]))


def plain(ledger: Ledger, sql: str) -> list[tuple[Any, ...]]:
    with ledger.read() as conn:
        found = [tuple(row) for row in conn.exec_driver_sql(sql)]
    rows = [tuple(cell if isinstance(cell, str) else int(cell) for cell in row) for row in found]
    return sorted(row for row in rows if any(isinstance(cell, int) and cell for cell in row[1:]))


def agree(ledger: Ledger) -> None:
    view, tables = view_of(ledger)
    for name, (keys, sql) in PLAIN.items():
        expected = plain(ledger, sql)
        assert len(expected) > 0, name
        assert told(tables[name], keys) == expected, name
    ((sales, qty, total),) = plain(ledger, f"SELECT sum(n), sum(qty), sum(total) FROM {_SOLD}")
    assert (view.sales, view.qty, view.total, view.average) == (sales, qty, total, total // sales)
    assert sum(way.amount for way in view.ways or ()) == view.total
    assert sum(unit.total for unit in view.units) == sum(bar.total for bar in view.bars) == view.total


def test_every_panel_is_what_plain_sql_says(centre: Ledger) -> None:
    agree(centre)
    assert [*PLAIN] == ["hours", "payments", "products", "institutions", *PANELS]


def test_on_postgresql_it_is_the_same_to_the_rupiah(centre: Ledger, postgres_url: str) -> None:
    with closing(open_target(postgres_url)) as server:
        server.clock = centre.clock
        with reading(centre) as source:
            copy_chains(source, server)
        agree(server)
        assert view_of(server) == view_of(centre)


@pytest.mark.parametrize("fault", ["item", "day_cashier", "day_payment", "day_unit"])
def test_a_sum_that_is_off_is_seen(centre: Ledger, fault: str) -> None:
    column = "amount" if fault == "day_payment" else "total"
    with centre.write() as conn:
        assert conn.exec_driver_sql(f"UPDATE {fault} SET {column} = {column} + 1").rowcount
    with pytest.raises(AssertionError):
        agree(centre)


def test_of_one_booth_and_of_one_institution(centre: Ledger) -> None:
    whole, one = below(centre, OF_DAY), below(centre, Period(DAY, DAY, booth="S07"))
    assert one["cashiers"].totals["total"] * 2 == whole["cashiers"].totals["total"]
    assert {row[2] for row in one["returns"].rows} == {"S07"}
    of_unit = below(centre, Period(DAY, DAY, institution="LPP-PLG"))
    assert [*of_unit] == ["categories", "stock"]
    for name, table in whole.items():
        asked = Period() if name == "stock" else OF_DAY
        assert table.rows == run_report(centre, name, asked).rows
