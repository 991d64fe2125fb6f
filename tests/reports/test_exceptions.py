"""What somebody should explain is listed, and nothing else; who allowed what too."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pos.approvals import granted
from pos.clock import new_id, stopped_at
from pos.errors import Refused
from pos.ledger import Ledger, open_target
from pos.local_tables import ACTIVITY, REMOVAL
from pos.model import Sale
from pos.refunds import void
from pos.reports import Period, run_report
from pos.returns import Item, Wanted, take_back
from pos.sales_search import find_papers
from tests.books import DAY, MOMENT, booth, bring, documents, sell, shift_of

ALWAYS = Period()


def listed(ledger: Ledger, period: Period = ALWAYS) -> list[dict[str, Any]]:
    table = run_report(ledger, "exceptions", period)
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def back(ledger: Ledger, sale: Sale, qty: int) -> None:
    wanted = Wanted(new_id(), (Item(0, qty),), reason="rusak")
    take_back(ledger, sale, wanted, shift_of(ledger), "sari")


def test_a_usual_day_has_none(till: Ledger) -> None:
    sale = sell(till, {"PECI": 2})
    back(till, sale, 1)
    void(till, sell(till, {"PECI": 1}), shift_of(till), "rina")  # a slip of the finger
    assert listed(till) == []


def test_a_late_void_with_who_allowed_it(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT + timedelta(minutes=5))
    approval = granted(till, "sari", "void", sale.receipt, "tercatat dua kali")
    refund = void(till, sale, shift_of(till), "rina", approval=approval)
    (row,) = listed(till)
    assert (row["kind"], row["booth"], row["number"]) == ("Transaksi dibatalkan", "S03", refund.receipt)
    assert (row["day"], row["time"]) == (DAY.isoformat(), "14.12")
    assert (row["cashier"], row["by"]) == ("Rina Oktaviani", "Sari Wulandari")
    assert row["what"] == "Rp50.000, 5 menit setelah terjual. tercatat dua kali"
    assert listed(till, Period(start=DAY + timedelta(days=1))) == []
    (given,) = run_report(till, "approvals", Period()).rows
    assert given == (
        "S03",
        DAY.isoformat(),
        "14.12",
        "Sari Wulandari",
        "Membatalkan transaksi",
        sale.receipt,
        "tercatat dua kali",
    )
    assert run_report(till, "approvals", Period(end=DAY - timedelta(days=1))).rows == ()


@pytest.mark.parametrize("name", ["exceptions", "approvals"])
def test_of_one_institution_it_cannot_be_told(till: Ledger, name: str) -> None:
    with pytest.raises(Refused):
        run_report(till, name, Period(institution="LPP-PLG"))


def test_two_laptops_that_took_back_the_same_pieces(till: Ledger, tmp_path: Path, collector: Ledger) -> None:
    sale = sell(till, {"PECI": 2})
    with closing(booth(tmp_path / "kedua.lapak", "S04")) as second:
        for chain in documents(till).values():
            bring(second, chain)
        back(second, sale, 2)
        back(till, sale, 1)
        assert listed(till) == listed(second) == []
        for ledger in (till, second):
            bring(collector, documents(ledger)[ledger.own().code])
    rows = listed(collector)
    assert sorted((row["kind"], row["booth"]) for row in rows) == [
        ("Retur melebihi penjualan", "S03"),
        ("Retur melebihi penjualan", "S04"),
    ]
    assert all(sale.receipt in row["what"] for row in rows)
    assert len(listed(collector, Period(booth="S04"))) == 1


def test_postgres_tells_the_same(till: Ledger, postgres_url: str) -> None:
    sale = sell(till, {"PECI": 1, "HAMPERS": 1})
    back(till, sale, 1)
    back(till, replace(sale, seq=sale.seq - 1), 1)
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    approval = granted(till, "sari", "void", (late := sell(till, {"PECI": 1})).receipt, "salah")
    till.clock = stopped_at(MOMENT)
    void(till, late, shift_of(till), "rina", approval=approval)
    with closing(open_target(postgres_url, stopped_at(MOMENT))) as central:
        for chain in documents(till).values():
            bring(central, chain)
        assert len(listed(central)) == 3
        assert listed(central) == listed(till)
        assert run_report(central, "approvals", ALWAYS) == run_report(till, "approvals", ALWAYS)
        assert find_papers(central, "peci") == find_papers(till, "peci")


def test_a_sale_dated_before_the_one_before_it(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT - timedelta(seconds=40))
    sell(till, {"PECI": 1})
    assert listed(till) == []
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    sale = sell(till, {"PECI": 1})
    (row,) = listed(till)
    assert (row["kind"], row["number"]) == ("Jam dimundurkan", sale.receipt)


def test_a_return_of_a_sale_that_was_never_made(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    back(till, replace(sale, seq=sale.seq - 1), 1)
    assert [row["kind"] for row in listed(till)] == ["Retur tanpa transaksi asal"]


def test_what_only_this_laptop_knows(till: Ledger, collector: Ledger) -> None:
    shift, at = shift_of(till).seq, MOMENT.isoformat()
    what: dict[str, Any]
    with till.write() as conn:
        for n in range(3):
            what = {"kind": "reprint", "detail": "S03XX-000001"}
            conn.execute(ACTIVITY.insert().values(id=f"a{n}", at=at, cashier="rina", shift=shift, **what))
        for n in range(11):
            what = {"cart": "c", "sku": "PECI", "name": "Peci", "qty": 1, "amount": 50_000, "undone": 0}
            conn.execute(REMOVAL.insert().values(id=f"r{n}", at=at, cashier="rina", shift=shift, **what))
        what = {"kind": "clock", "detail": "-120"}
        conn.execute(ACTIVITY.insert().values(id="c", at=at, cashier="rina", shift=shift, **what))
    assert [row["kind"] for row in listed(till)] == [
        "Jam dimundurkan",
        "Banyak baris dihapus",
        "Sering dicetak ulang",
    ]
    for chain in documents(till).values():
        bring(collector, chain)
    assert listed(collector) == []
