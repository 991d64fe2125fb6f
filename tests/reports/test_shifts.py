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


def test_a_closing_that_says_something_else_than_its_papers_is_seen(till: Ledger) -> None:
    busy_day(till)
    end_shift(till)
    assert told(till)[0]["deviation"] == 0
    with till.write() as conn:
        first = "(SELECT min(seq) FROM payment WHERE method = 'cash')"
        conn.exec_driver_sql(f"UPDATE payment SET amount = amount - 500 WHERE seq = {first}")
    assert told(till)[0]["deviation"] == 1_000


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
