"""The cash book: what every drawer held, from the documents, and whether its closing says the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos.chains import reading
from pos.closing import close_uncounted
from pos.drawer import IN, OUT, Move, move_cash
from pos.errors import Refused
from pos.ledger import Ledger
from pos.refunds import void
from pos.reports import Period, run_report
from pos.shifts import open_shift
from pos.sync import copy_chains
from tests.books import DAY, booth, busy_day, end_shift, sell, shift_of


def told(ledger: Ledger) -> list[dict[str, Any]]:
    table = run_report(ledger, "shifts", Period())
    return [dict(zip((each.key for each in table.columns), row, strict=True)) for row in table.rows]


def a_day(ledger: Ledger) -> None:
    """Two shifts: one closed with a difference, one closed uncounted; and a third that is open."""
    sales = busy_day(ledger)
    void(ledger, sales[0], shift_of(ledger), "rina")
    move_cash(ledger, shift_of(ledger), Move(IN, 30_000, "Uang kecil"), "rina")
    move_cash(ledger, shift_of(ledger), Move(OUT, 10_000, "Plastik"), "sari")
    end_shift(ledger, 500_000, "Salah kembalian")
    second = open_shift(ledger, "sari", DAY, 300_000)
    sell(ledger, {"PECI": 1})
    close_uncounted(ledger, second, "Lupa", "sari")
    open_shift(ledger, "rina", DAY, 50_000)
    sell(ledger, {"PECI": 1})


def test_every_shift_has_its_drawer(till: Ledger) -> None:
    a_day(till)
    first, second, third = told(till)
    cash = first["cash_sales"]
    assert first["expected"] == 200_000 + cash - 65_000 + 30_000 - 10_000
    assert (first["back"], first["cash_in"], first["cash_out"]) == (-65_000, 30_000, -10_000)
    assert (first["counted"], first["difference"]) == (500_000, 500_000 - first["expected"])
    assert (first["reason"], first["taken"]) == ("Salah kembalian", 200_000)
    assert (second["shift"], second["cashier"], second["expected"]) == (2, "Sari Wulandari", 350_000)
    assert (second["counted"], second["difference"], second["closed"]) == (None, None, "14:07:00")
    assert [row["deviation"] for row in (first, second, third)] == [0, 0, None]


def test_of_an_open_shift_nothing_is_told_that_a_count_must_not_know(till: Ledger) -> None:
    a_day(till)
    third = told(till)[-1]
    assert (third["float_cash"], third["opened"]) == (50_000, "14:07:00")
    assert {third[key] for key in ("cash_sales", "expected", "counted", "paper", "closed")} == {None}


TOLD_WRONG = {
    "UPDATE shift_close SET expected = expected + 500": 500,
    "UPDATE shift_close SET told_sales = told_sales + 1": 1,
    "UPDATE shift_close SET told_total = told_total - 500": 500,
    "UPDATE shift_close SET told_discount = told_discount + 500": 500,
    "UPDATE shift_close SET told_back = told_back + 500": 500,
    "UPDATE shift_close SET told_float = told_float + 500": 500,
    "UPDATE shift_close SET told_cash = told_cash + 500": 500,
    "UPDATE shift_sum SET cash = cash - 500": 1_000,  # and so what should be there
    "UPDATE shift_sum SET returned = returned + 500": 500,
}


@pytest.mark.parametrize("wrong", TOLD_WRONG)
def test_a_closing_that_says_something_else_than_its_papers_is_seen(till: Ledger, wrong: str) -> None:
    void(till, busy_day(till)[0], shift_of(till), "rina")
    end_shift(till)
    assert told(till)[0]["deviation"] == 0
    with till.write() as conn:
        conn.exec_driver_sql(wrong)
    assert told(till)[0]["deviation"] == TOLD_WRONG[wrong]


def test_of_two_closings_of_a_shift_the_first_is_told(till: Ledger) -> None:
    busy_day(till)
    end_shift(till)
    first = told(till)
    with till.write() as conn:
        conn.exec_driver_sql(
            "INSERT INTO shift_close SELECT device, seq + 1, number + 1, day, at, cashier, shift, counted, "
            "expected + 7, reason, first_seq, last_seq, net, told_sales, told_total, told_discount, "
            "told_back, told_float, told_cash, uncounted FROM shift_close"
        )
    assert told(till) == first


def test_the_centre_adds_up_the_same(till: Ledger, collector: Ledger, tmp_path: Path) -> None:
    a_day(till)
    with closing(booth(tmp_path / "b.lapak", "S07")) as other:
        end_shift(other)
        for ledger in (till, other):
            with reading(ledger) as source:
                copy_chains(source, collector)
        rows = told(collector)
        assert rows == [*told(till), *told(other)]
    assert run_report(collector, "shifts", Period(booth="S07")).totals["expected"] == 200_000


def test_one_institution_has_no_drawer(till: Ledger) -> None:
    with pytest.raises(Refused, match="UPT"):
        run_report(till, "shifts", Period(institution="LP1-PLG"))
