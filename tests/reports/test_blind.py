"""Who counts the drawer does not learn from the board what should be in it; who may see the reports does."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos.chains import reading
from pos.ledger import Ledger, open_ledger
from pos.model import Staff
from pos.reports.blind import board_for, hidden_days, sold_on
from pos.reports.board import Mark, board
from pos.sync import copy_chains
from tests.books import DAY, STAFF, busy_day, end_shift, new_collector, next_shift, sell

CASHIER = Staff("rina", "Rina Oktaviani")
OFFICER = Staff("sari", "Sari Wulandari", "petugas")
NEXT = DAY + timedelta(days=1)


@pytest.mark.parametrize("who", [CASHIER, Staff("", ""), Staff("x", "X", "tamu")])
def test_before_the_drawer_is_counted_no_rupiah_of_the_day_are_told(till: Ledger, who: Staff) -> None:
    busy_day(till)
    whole, seen = board(till, DAY), board_for(till, DAY, who)
    assert whole.turnover
    assert seen.turnover is None
    assert seen.hidden == {DAY}
    place = seen.days.index(DAY)
    assert {line.sold[place] for line in seen.lines} <= {0, None}
    assert [line.marks for line in seen.lines] == [line.marks for line in whole.lines]
    assert seen.sold_today == whole.sold_today > 0
    table = sold_on(till, DAY, "LPP-PLG", who)
    assert "money" not in {column.kind for column in table.columns}
    assert set(table.totals) == {"qty"}
    assert [row[2] for row in table.rows] == sorted(row[2] for row in table.rows)


def test_an_officer_sees_all_of_it(till: Ledger) -> None:
    busy_day(till)
    assert board_for(till, DAY, OFFICER) == board(till, DAY)
    assert "total" in sold_on(till, DAY, "LPP-PLG", OFFICER).totals


def test_a_day_that_was_counted_is_told_and_the_one_that_follows_is_not(till: Ledger) -> None:
    busy_day(till)
    end_shift(till)
    assert board_for(till, DAY, CASHIER) == board(till, DAY)
    next_shift(till, "rina", NEXT)
    sell(till, {"PECI": 1})
    seen = board_for(till, NEXT, CASHIER)
    assert seen.hidden == {NEXT}
    first, second = seen.days.index(DAY), seen.days.index(NEXT)
    assert any(line.sold[first] for line in seen.lines)
    assert not any(line.sold[second] for line in seen.lines)
    assert [line.marks[second] for line in seen.lines].count(Mark.LOW) == 1


def test_another_shift_of_a_day_that_was_counted_hides_it_again(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    end_shift(till)
    assert hidden_days(till, CASHIER) == frozenset()
    next_shift(till, "rina", DAY)
    assert hidden_days(till, CASHIER) == {DAY}


def test_the_office_has_no_drawer(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    with closing(open_ledger(new_collector(tmp_path / "pusat.lapak"))) as centre:
        with reading(till) as source:
            copy_chains(source, centre)
        assert hidden_days(centre, CASHIER) == frozenset()
        assert STAFF[0].code == CASHIER.code
