"""A disk that ends at any byte: one sentence, nothing half-made, and on it goes when there is room.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos.errors import WorldFailed
from pos.ledger import open_ledger
from pos.verify import verify
from tests.books import booth, derived, sell

STEP = 8192  # bytes; a new booth takes some 50 of them

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX ends a file at a given byte")


def open_a_booth(path: Path, room: int) -> None:
    """Set up and sell where no file can grow beyond `room` bytes; ends with 3 when that is told."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        with closing(booth(path)) as ledger:
            for _n in range(3):
                sell(ledger, {"HAMPERS": 1})
    except WorldFailed as fault:
        sys.exit(fault.exit_code)


def test_wherever_the_disk_ends_there_is_a_whole_ledger_or_none_56(tmp_path: Path) -> None:
    children = multiprocessing.get_context("forkserver")
    children.set_forkserver_preload(["tests.books"])
    told = []
    for room in range(0, 80 * STEP, STEP):
        path = tmp_path / str(room) / "stan.lapak"
        child = children.Process(target=open_a_booth, args=(path, room))
        child.start()
        child.join()
        assert child.exitcode in (0, 3)
        told.append(child.exitcode == 3)
        if not path.exists():
            assert not path.parent.exists() or list(path.parent.iterdir()) == []
            continue
        with closing(open_ledger(path)) as ledger:
            assert verify(ledger).ok
            rows = derived(ledger)
            if rows["product"]:
                assert sell(ledger, {"HAMPERS": 1}).number == len(rows["sale"]) + 1
    assert set(told) == {False, True}
    assert told == sorted(told, reverse=True)
