"""Two tills in one booth: over a folder or a central file each has what the other sells; the stock is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.clock import stopped_at
from pos.errors import BadDocument
from pos.identity import continue_as_new
from pos.ledger import Ledger, create, new_device
from pos.model import Sale
from pos.opening import read_opening
from pos.segments import FolderSource
from pos.shifts import current_shift, open_shift
from pos.stock import on_hand, receive
from pos.submit import submit
from pos.today import opening_of
from pos.verify import verify
from tests.books import MOMENT, derived, documents, event, sell
from tests.sync.conftest import Copy
from tests.sync.world import opened


def beside(path: Path, code: str, institution: str) -> Ledger:
    """A new laptop whose booth is called `code`."""
    return create(path, new_device(code, "Stan 01", institution, event()), stopped_at(MOMENT))


@pytest.fixture
def one(copy: Copy) -> Ledger:
    """The till that was there first, with a day of sales behind it."""
    ledger = copy("S01")
    receive(ledger, {"PECI": 40})
    return ledger


@pytest.fixture
def two(one: Ledger, tmp_path: Path) -> Iterator[Ledger]:
    """A second laptop of the same booth, empty."""
    own = one.own()
    ledger = beside(tmp_path / "kedua.lapak", own.booth, own.institution)
    yield ledger
    ledger.close()


def place(kind: str, tmp_path: Path) -> str:
    """A target of both tills that is not there yet."""
    return str(tmp_path / "bersama" if kind == "folder" else tmp_path / "pusat.lapak")


def share(where: str, *tills: Ledger) -> None:
    """Each hands over in turn, and the first once more."""
    for ledger in (*tills, tills[0]):
        sync_target(ledger, where)


def sell_there(ledger: Ledger, qty: int) -> Sale:
    """That many peci, at a till whose shift may not be open yet."""
    if current_shift(ledger) is None:
        open_shift(ledger, "rina", MOMENT.date())
    return sell(ledger, {"PECI": qty})


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_both_sell_from_one_stock(one: Ledger, two: Ledger, copy: Copy, tmp_path: Path, kind: str) -> None:
    where, neighbour = place(kind, tmp_path), copy("S02")
    share(where, one, neighbour, two)
    before = on_hand(one)["PECI"]
    assert on_hand(two) == on_hand(one)
    sell_there(one, 2)
    sell_there(two, 3)
    assert (on_hand(one)["PECI"], on_hand(two)["PECI"]) == (before - 2, before - 3)
    share(where, one, two)
    assert on_hand(one)["PECI"] == on_hand(two)["PECI"] == before - 5
    assert documents(one) == documents(two)
    assert set(documents(one)) == {one.own().code, two.own().code}  # none of the neighbour's
    assert derived(one) == derived(two)
    assert verify(two, rebuild=True).ok


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_handing_over_at_the_screen_brings_the_other_till_too(
    one: Ledger, two: Ledger, tmp_path: Path, kind: str
) -> None:
    where = place(kind, tmp_path)
    submit(one, where)
    done = submit(two, where)
    assert (done.received, done.refused, done.problems) == (len(documents(one)[one.own().code]), (), ())
    assert on_hand(two) == on_hand(one)
    assert submit(two, where, thorough=False).received == 0


def test_receipts_of_two_tills_are_told_apart(one: Ledger, two: Ledger, tmp_path: Path) -> None:
    share(place("folder", tmp_path), one, two)
    assert sell_there(one, 1).receipt != sell_there(two, 1).receipt


def test_a_booth_of_another_institution_with_the_same_code_is_none_of_ours(
    one: Ledger, tmp_path: Path
) -> None:
    where = place("folder", tmp_path)
    other = next(unit.code for unit in event().institutions if unit.code != one.own().institution)
    stranger = beside(tmp_path / "lain.lapak", one.own().booth, other)
    share(where, one, stranger)
    assert set(documents(one)) == {one.own().code}
    assert set(documents(stranger)) == {stranger.own().code}
    stranger.close()


def test_the_till_opens_with_the_stock_of_both(one: Ledger, two: Ledger, tmp_path: Path) -> None:
    share(place("folder", tmp_path), one, two)
    two.close()
    assert two.path
    found = read_opening(two.path, stopped_at(MOMENT))
    assert found
    assert found.stock == on_hand(one) == opening_of(one).stock


def test_a_laptop_that_goes_on_under_a_new_code_keeps_the_stock(one: Ledger) -> None:
    before = on_hand(one)
    continue_as_new(one)
    assert on_hand(one) == before


def test_whose_a_chain_is_takes_one_line_to_know(one: Ledger, tmp_path: Path) -> None:
    folder, code = tmp_path / "bersama", one.own().code
    sync_target(one, str(folder))
    (segment,) = (folder / "in" / code).iterdir()
    data = segment.read_bytes()
    source = FolderSource(folder / "in")
    segment.write_bytes(data[:-20])  # what lies behind is another matter
    assert source.first(code) == documents(one)[code][0]
    for torn in (data[20:], b"", b"[]\n" + data, data[data.index(b"\n") + 1 :]):
        segment.write_bytes(torn)
        with pytest.raises(BadDocument):
            source.first(code)


def test_the_centre_counts_both_once(one: Ledger, two: Ledger, tmp_path: Path) -> None:
    folder = place("folder", tmp_path)
    share(folder, one, two)
    sell_there(two, 3)
    share(folder, two, one)
    for ledger in (one, two):
        sync_target(ledger, place("file", tmp_path))
    with opened(tmp_path / "pusat.lapak") as central:
        assert documents(central) == documents(one)
        assert derived(central) == derived(one)
