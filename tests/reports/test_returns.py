"""What came back: each paper once, its sums those of a plain query, cancelled sales among them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from pos.errors import Refused
from pos.ledger import Ledger
from pos.refunds import void
from pos.reports import Period, run_report
from tests.books import DAY, busy_day, shift_of


def test_a_cancelled_sale_is_told_with_why_and_by_whom(till: Ledger) -> None:
    sales = busy_day(till)
    void(till, sales[0], shift_of(till), "sari", reason="salah ketik")
    found = run_report(till, "returns", Period(DAY, DAY))
    (row,) = found.rows
    told = dict(zip((column.key for column in found.columns), row, strict=True))
    assert (told["receipt"], told["reason"], told["cashier"]) == (
        sales[0].receipt,
        "salah ketik",
        "Sari Wulandari",
    )
    assert told["number"].endswith("-R00001")
    assert till.path is not None
    with closing(sqlite3.connect(till.path)) as plain:
        sums = plain.execute("SELECT sum(qty), sum(total) FROM refund").fetchone()
    assert (found.totals["qty"], found.totals["total"]) == sums


def test_none_came_back(till: Ledger) -> None:
    busy_day(till)
    assert run_report(till, "returns", Period(DAY, DAY)).rows == ()


def test_of_one_institution_it_cannot_be_told(till: Ledger) -> None:
    with pytest.raises(Refused):
        run_report(till, "returns", Period(institution="LPP-PLG"))
