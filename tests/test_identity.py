"""A copy or an old backup never sells on under the identity of the ledger that it was made of.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from pos.activity import happened, note
from pos.body import decoded
from pos.carry import sync_target
from pos.carts import held_drafts, keep, note_removals
from pos.chains import reading
from pos.checkout import checkout
from pos.clock import stopped_at
from pos.draft import HELD, Draft, removal
from pos.forks import forks
from pos.identity import continue_as_new, remember, settle_identity
from pos.ledger import Ledger, open_ledger, setting
from pos.machine import FILE, Machine, doubt_of, read_machine_file, remember_head
from pos.opening import read_opening
from pos.payments import settle
from pos.sample import open_sample
from pos.shifts import open_shift
from pos.sync import copy_chains
from pos.verify import verify
from tests.books import DAY, MOMENT, booth, cart_of, documents, end_shift, new_collector, sell, shift_of


def opened(path: Path) -> Ledger:
    return open_ledger(path, stopped_at(MOMENT))


def copy_of(ledger: Ledger, name: str) -> Path:
    """A copy of the file of an open ledger, as a person makes it: the till was closed before."""
    assert ledger.path
    with ledger.read() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return shutil.copyfile(ledger.path, ledger.path.with_name(name))


def test_the_same_ledger_goes_on(till: Ledger) -> None:
    code = till.own().code
    assert settle_identity(till) is None
    sell(till, {"PECI": 1})  # and the machine was not told: the program was killed
    assert settle_identity(till) is None
    assert till.own().code == code
    heads = {code: (6, documents(till)[code][5].hash)}
    assert read_machine_file() == Machine(str(setting(till, "machine")), heads, str(till.path))


def test_an_old_backup_goes_on_as_a_new_device(till: Ledger, collector: Ledger) -> None:
    backup = copy_of(till, "cadangan.lapak")
    sell(till, {"PECI": 1})
    settle_identity(till)
    with closing(opened(backup)) as old:
        former = old.own()
        told = settle_identity(old)
        assert told is not None
        assert "salinan lama" in told.message
        new = old.own()
        assert (new.booth, new.name, new.code == former.code) == (former.booth, former.name, False)
        assert new.prefix in told.hint
        first = documents(old)[new.code][0]
        last = documents(old)[former.code][-1]
        assert decoded(first.body)["continues"] == {"device": former.code, "seq": 5, "hash": last.hash}
        assert settle_identity(old) is None
        open_shift(old, "rina", DAY)
        assert sell(old, {"PECI": 1}).receipt == f"{new.prefix}-000001"
        assert verify(old, rebuild=True).ok
        for ledger in (till, old):
            with reading(ledger) as source:
                assert copy_chains(source, collector).refused == []
    assert forks(collector) == ()
    with closing(opened(backup)) as again:
        assert again.own().code == new.code


def test_a_copy_that_went_its_own_way_goes_on_as_a_new_device(till: Ledger) -> None:
    clone = copy_of(till, "klon.lapak")
    sell(till, {"PECI": 1})
    remember(till)
    with closing(opened(clone)) as other:
        former = other.own().code
        sell(other, {"SEMPRONG": 1})
        told = settle_identity(other)
        assert told is not None
        assert "berjalan sendiri" in told.message
        assert other.own().code != former
        assert len(documents(other)[former]) == 6  # what it sold stays where it was


def test_a_ledger_brought_from_another_laptop_goes_on_as_a_new_device(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(till)
    moved = copy_of(till, "pindah.lapak")
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path / "laptop-lain"))
    with closing(opened(moved)) as other:
        told = settle_identity(other)
        assert told is not None
        assert "laptop lain" in told.message
        assert settle_identity(other) is None


def test_a_ledger_from_before_is_taken_as_it_is(till: Ledger) -> None:
    assert setting(till, "machine") is None
    assert settle_identity(till) is None
    assert setting(till, "machine")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id":1}', '{"id":"x","heads":{"A":1}}', "[" * 100_000])
def test_a_machine_file_that_cannot_be_read_says_nothing(till: Ledger, home: Path, text: str) -> None:
    remember(till)
    (home / FILE).write_text(text)
    assert settle_identity(till) is None
    assert json.loads((home / FILE).read_text())["heads"][till.own().code][0] == 5


def test_a_home_that_cannot_be_written_stops_no_sale_57(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "berkas").write_text("x")
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path / "berkas"))
    assert settle_identity(till) is None
    assert sell(till, {"PECI": 1}).number == 1


def test_several_ledgers_are_remembered_side_by_side(tmp_path: Path) -> None:
    remember_head("AAAAAAAA", 1, "a", tmp_path)
    remember_head("BBBBBBBB", 2, "b", tmp_path)
    remember_head("AAAAAAAA", 3, "c", tmp_path)
    found = read_machine_file(tmp_path)
    assert found is not None
    assert found.heads == {"AAAAAAAA": (3, "c"), "BBBBBBBB": (2, "b")}
    assert doubt_of("AAAAAAAA", {}, lambda _seq: "c", tmp_path) == ""
    assert doubt_of("AAAAAAAA", {}, lambda _seq: None, tmp_path) == "older"
    assert doubt_of("CCCCCCCC", {}, lambda _seq: None, tmp_path) == ""
    assert doubt_of("CCCCCCCC", {"machine": "x"}, lambda _seq: None, tmp_path) == "moved"


def test_a_cart_that_was_sold_under_the_former_number_is_not_sold_again(till: Ledger) -> None:
    """The program was killed before it had put away what it kept of the cart."""
    carts = sold, waiting = cart_of(till, {"PECI": 1}), cart_of(till, {"SEMPRONG": 1})
    keep(till, *(Draft(cart, MOMENT, state=HELD) for cart in carts))
    checkout(till, sold, [settle("cash", sold.total)], shift_of(till), "rina")
    continue_as_new(till)
    assert [draft.cart for draft in held_drafts(till)] == [waiting]


def test_a_shift_tells_nothing_of_one_under_a_former_number(till: Ledger) -> None:
    """Both are opened by the second document of their chains."""
    cart = cart_of(till, {"PECI": 1})
    for _laptop in range(2):
        continue_as_new(till)
        shift = open_shift(till, "rina", DAY)
        assert shift.seq == 2
        with till.read() as conn:
            assert happened(conn, shift.seq) == {}
        note(till, "drawer", "", "rina", shift)
        note_removals(till, [removal(cart, cart.lines[0])], "rina", shift)
    report = end_shift(till).report
    assert (report["drawer_noted"], report["removals"]["count"]) == (1, 1)


def test_a_sample_is_copied_at_will(tmp_path: Path) -> None:
    with closing(open_sample(tmp_path / "contoh.lapak")) as sample:
        copy = copy_of(sample, "lain.lapak")
        sell(sample, {"SEMPRONG": 1})
        assert settle_identity(sample) is None
    with closing(open_ledger(copy)) as other:
        assert settle_identity(other) is None


def test_who_hears_at_the_central_side_of_another_history_goes_on_as_a_new_device(
    till: Ledger, tmp_path: Path
) -> None:
    clone = copy_of(till, "klon.lapak")
    sell(till, {"PECI": 1})
    pusat = str(tmp_path / "pusat.lapak")
    sync_target(till, pusat)
    with closing(opened(clone)) as other:
        sell(other, {"SEMPRONG": 1})
        former = other.own().code
        assert [fault.seq for fault in sync_target(other, pusat).refused] == [6]
        told = settle_identity(other)
        assert told is not None
        assert "juga berjualan" in told.message
        assert other.own().code != former
    assert settle_identity(till) is None


def test_the_till_does_not_open_a_copy_the_short_way(till: Ledger) -> None:
    assert till.path
    backup = copy_of(till, "cadangan.lapak")
    sell(till, {"PECI": 1})
    remember(till)
    assert read_opening(till.path, stopped_at(MOMENT)) is not None
    assert read_opening(backup, stopped_at(MOMENT)) is None


def test_a_new_booth_is_remembered_from_the_first_time(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "baru.lapak")) as ledger:
        settle_identity(ledger)
        found = read_machine_file()
        assert found is not None
        assert found.heads[ledger.own().code][0] == 5


def test_the_central_file_has_no_identity(collector: Ledger) -> None:
    assert settle_identity(collector) is None
    assert new_collector(collector.path.with_name("lain.lapak") if collector.path else Path()).exists()
