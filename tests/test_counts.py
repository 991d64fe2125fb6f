"""Counting stock: blind, over sales that go on, once, and never the same difference twice."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos.balances import balances_of, mismatches
from pos.chains import reading
from pos.clock import stopped_at
from pos.counts import (
    CAUSES,
    Summary,
    add_one,
    cause_name,
    discard,
    enter,
    explain,
    finish,
    forget,
    last_count,
    name_witness,
    open_count,
    summary,
)
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger, set_setting
from pos.model import By, Product
from pos.refunds import void
from pos.stock import on_hand
from pos.sync import copy_chains
from tests.books import CATALOGUE, MOMENT, STAFF, booth, derived, sell, shift_of

UNIT = "LPP-PLG"
GOODS: list[Product] = [one for one in CATALOGUE if one.institution == UNIT and not one.components]


def by(ledger: Ledger) -> By:
    return By(STAFF[0], shift_of(ledger))


def test_a_count_moves_the_stock_by_its_differences(till: Ledger) -> None:
    enter(till, UNIT, "NASTAR-500", 100)
    enter(till, UNIT, "SEMPRONG", 99)
    enter(till, UNIT, "PUTRI-500", 101)
    explain(till, UNIT, "SEMPRONG", "lost")
    explain(till, UNIT, "PUTRI-500", "other", " hadiah UPT ")
    count = name_witness(till, UNIT, "Yuliana, S.H.")
    assert summary(count, GOODS) == Summary(3, 3, 1, 1, 1, 30_000, 0)
    slip = finish(till, count, by(till))
    assert slip.receipt.endswith("-G00001")
    assert slip.partner == "Yuliana, S.H."
    assert {item.sku: (item.expected, item.counted, item.cause) for item in slip.items} == {
        "NASTAR-500": (100, 100, ""),
        "SEMPRONG": (100, 99, "lost"),
        "PUTRI-500": (100, 101, "other"),
    }
    assert on_hand(till)["SEMPRONG"] == 99
    assert last_count(till, UNIT) == slip
    with till.read() as conn:
        assert mismatches(conn) == []


def test_a_sale_between_entering_and_finishing_is_no_difference(till: Ledger) -> None:
    enter(till, UNIT, "SEMPRONG", 100)
    count = enter(till, UNIT, "NASTAR-500", 98)
    explain(till, UNIT, "NASTAR-500", "lost")
    sale = sell(till, {"SEMPRONG": 3, "HAMPERS": 2})
    void(till, sell(till, {"NASTAR-500": 5}), shift_of(till), "rina")
    slip = finish(till, count, by(till))
    assert {item.sku: item.qty for item in slip.items} == {"SEMPRONG": 0, "NASTAR-500": -2}
    assert sale.qty == 5
    assert (on_hand(till)["SEMPRONG"], on_hand(till)["NASTAR-500"]) == (93, 96)


def test_a_sale_before_entering_is_in_the_figure(till: Ledger) -> None:
    sell(till, {"SEMPRONG": 3})
    assert enter(till, UNIT, "SEMPRONG", 97).results["SEMPRONG"].difference == 0


def test_a_count_survives_a_power_cut(till: Ledger, tmp_path: Path) -> None:
    kept = enter(till, UNIT, "SEMPRONG", 7)
    shutil.copy(tmp_path / "stan.lapak", tmp_path / "salinan.lapak")
    for suffix in ("-wal", "-shm"):
        shutil.copy(f"{tmp_path / 'stan.lapak'}{suffix}", f"{tmp_path / 'salinan.lapak'}{suffix}")
    with closing(open_ledger(tmp_path / "salinan.lapak")) as again:
        assert open_count(again, UNIT) == kept


def test_scanning_counts_one_by_one(till: Ledger) -> None:
    for _time in range(3):
        count = add_one(till, UNIT, "SEMPRONG")
    assert count.results["SEMPRONG"].counted == 3
    assert forget(till, UNIT, "SEMPRONG").results == {}


def test_a_count_is_finished_once(till: Ledger) -> None:
    count = enter(till, UNIT, "SEMPRONG", 100)
    slip = finish(till, count, by(till))
    assert finish(till, count, by(till)) == slip
    assert open_count(till, UNIT).id != count.id
    assert [item.sku for item in slip.items] == ["SEMPRONG"]


def test_a_count_given_up_cannot_be_finished(till: Ledger) -> None:
    count = enter(till, UNIT, "SEMPRONG", 90)
    discard(till, UNIT)
    with pytest.raises(Refused):
        finish(till, count, by(till))
    assert on_hand(till)["SEMPRONG"] == 100


def test_a_difference_needs_a_cause(till: Ledger) -> None:
    count = enter(till, UNIT, "SEMPRONG", 98)
    with pytest.raises(Refused, match="98"):
        finish(till, count, by(till))
    with pytest.raises(Refused):
        explain(till, UNIT, "SEMPRONG", "other", " ")
    with pytest.raises(ValueError, match="dicuri"):
        explain(till, UNIT, "SEMPRONG", "dicuri")
    with pytest.raises(Refused):
        explain(till, UNIT, "PUTRI-500", "lost")
    assert summary(count, GOODS).unexplained == 1
    assert {cause_name(one) for one in CAUSES} & set(CAUSES) == set()  # each has a name


@pytest.mark.parametrize("counted", [-1, 10**9])
def test_absurd_results_are_refused(till: Ledger, counted: int) -> None:
    with pytest.raises(Refused):
        enter(till, UNIT, "SEMPRONG", counted)


@pytest.mark.parametrize("sku", ["PECI", "HAMPERS", "TIDAK-ADA"])
def test_only_their_own_goods_are_counted(till: Ledger, sku: str) -> None:
    with pytest.raises(Refused):
        enter(till, UNIT, sku, 1)
    with pytest.raises(Refused):
        add_one(till, UNIT, sku)


def test_nothing_counted_is_no_count(till: Ledger) -> None:
    count = name_witness(till, UNIT, "x" * 300)
    assert len(count.witness) == 60
    with pytest.raises(Refused):
        finish(till, count, by(till))


def test_two_institutions_are_counted_side_by_side(till: Ledger) -> None:
    mine, theirs = enter(till, UNIT, "SEMPRONG", 100), enter(till, "LP1-PLG", "PECI", 100)
    finish(till, mine, by(till))
    assert open_count(till, "LP1-PLG") == theirs


def test_a_draft_that_cannot_be_read_is_begun_anew(till: Ledger) -> None:
    for broken in ("{", "[]", '{"id": 1}', '{"id":"a","witness":"","results":{"X":{"no":1}}}'):
        set_setting(till, f"count:{UNIT}", broken)
        assert open_count(till, UNIT).results == {}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two laptops of one booth that know each other's goods."""
    for name in ("a", "b"):
        booth(tmp_path / f"{name}.lapak").close()
    return tmp_path / "a.lapak", tmp_path / "b.lapak"


def exchange(source: Ledger, target: Ledger) -> None:
    with reading(source) as chains:
        assert copy_chains(chains, target).refused == []


def test_a_sale_of_the_other_laptop_that_comes_late_is_no_difference(pair: tuple[Path, Path]) -> None:
    with (
        closing(open_ledger(pair[0], stopped_at(MOMENT))) as one,
        closing(open_ledger(pair[1], stopped_at(MOMENT))) as other,
    ):
        exchange(other, one)
        assert next(b for b in balances_of(one) if b.sku == "SEMPRONG").on_hand == 200
        sell(other, {"SEMPRONG": 4})  # it is gone from the shelf, and this laptop does not know yet
        one.clock = stopped_at(MOMENT + timedelta(minutes=5))
        count = enter(one, UNIT, "SEMPRONG", 196)
        explain(one, UNIT, "SEMPRONG", "lost")
        other.clock = stopped_at(MOMENT + timedelta(minutes=7))
        sell(other, {"SEMPRONG": 2})  # this one came after
        exchange(other, one)
        slip = finish(one, count, by(one))
        assert [(item.expected, item.counted, item.qty, item.cause) for item in slip.items] == [
            (196, 196, 0, "")
        ]
        assert next(b for b in balances_of(one) if b.sku == "SEMPRONG").on_hand == 194


def test_two_counts_of_the_same_shelf_take_one_difference_once(pair: tuple[Path, Path]) -> None:
    with (
        closing(open_ledger(pair[0], stopped_at(MOMENT))) as one,
        closing(open_ledger(pair[1], stopped_at(MOMENT))) as other,
    ):
        exchange(other, one)
        exchange(one, other)
        counts = [enter(ledger, UNIT, "SEMPRONG", 199) for ledger in (one, other)]
        for ledger in (one, other):
            explain(ledger, UNIT, "SEMPRONG", "lost")
            ledger.clock = stopped_at(MOMENT + timedelta(minutes=1))
        finish(one, counts[0], by(one))
        exchange(one, other)
        assert [item.qty for item in finish(other, counts[1], by(other)).items] == [0]
        assert next(b for b in balances_of(other) if b.sku == "SEMPRONG").on_hand == 199


def test_the_rows_of_a_count_are_the_same_in_the_central_file(till: Ledger, collector: Ledger) -> None:
    count = enter(till, UNIT, "SEMPRONG", 100)
    finish(till, count, by(till))
    exchange(till, collector)
    assert derived(collector) == derived(till)
    assert len(derived(till)["counted"]) == 1
