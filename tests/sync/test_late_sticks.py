"""Sticks that come late: less of a history than the office has, also of one that was split off long ago."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.carry import carry
from pos.forks import split
from pos.ledger import Ledger
from pos.merge import merge
from tests.books import documents, sell
from tests.sync.conftest import Copy
from tests.sync.test_forks import only_fork, sound, twins
from tests.sync.world import opened, take


@pytest.mark.parametrize("late", [1, 2, 3])
def test_an_old_stick_of_a_history_that_was_split_off_brings_nothing_new(
    copy: Copy, pusat: Ledger, tmp_path: Path, late: int
) -> None:
    """`late`: how many sales of the clone are on the stick, of four that the office has."""
    one, clone = copy("S01"), copy("S01")
    sell(one, {"PECI": 1})
    for _sale in range(late):
        sell(clone, {"SEMPRONG": 1})
    carry(clone, tmp_path / "lama.lapak")
    for _sale in range(4 - late):
        sell(clone, {"SEMPRONG": 1})
    for ledger in (one, clone):
        take(ledger, pusat)
    split(pusat, only_fork(pusat))
    before = documents(pusat)
    with opened(tmp_path / "lama.lapak") as stick:
        copied = take(stick, pusat)
    assert (copied.taken, copied.known, copied.refused, copied.left) == (0, 12 + late, [], 0)
    assert documents(pusat) == before
    sound(pusat)


def test_the_office_merges_an_old_stick_and_says_that_all_was_there(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    one, clone = twins(copy)
    carry(clone, tmp_path / "lama.lapak")
    sell(clone, {"PECI": 1})
    for ledger in (one, clone):
        take(ledger, pusat)
    split(pusat, only_fork(pusat))
    assert pusat.path
    path = Path(pusat.path)
    pusat.close()
    merged = merge(str(path), [tmp_path / "lama.lapak"])
    assert (merged.new, merged.refused, merged.unread) == (0, [], [])
