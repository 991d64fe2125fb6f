"""A second process checks and derives what a merge brings: the same comes of it, whatever it meets."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pos import journal
from pos.carry import sync_target
from pos.journal import Checked, Head
from pos.merge import Merged, merge
from pos.model import Document
from tests.books import derived, documents, sell
from tests.sync.conftest import Copy
from tests.sync.world import altered, forged, opened

Made = list[int]


@pytest.fixture(autouse=True)
def _worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files, too."""
    monkeypatch.setattr("pos.prepared.WORTH_BYTES", 0)
    monkeypatch.setattr("pos.prepared.WORTH_DOCUMENTS", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> Made:
    """How many documents were checked in this process, a batch each."""
    made: Made = []

    def prepare(device: str, docs: Sequence[Document], known: Head, *, add_up: bool = True) -> Checked:
        made.append(len(docs))
        return prepared(device, docs, known, add_up=add_up)

    prepared = journal.prepare
    monkeypatch.setattr("pos.journal.prepare", prepare)
    return made


@pytest.fixture(autouse=True)
def _nobody_is_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def path_of(copy: Copy, code: str) -> Path:
    path = copy(code).path
    assert path
    return path


def merged_as_alone(sources: Sequence[Path], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Merged:
    """Merge by two processes; it is the same as by one."""
    merged = merge(str(folder / "zwei.lapak"), sources)
    with monkeypatch.context() as alone:
        alone.setattr("pos.prepared.WORTH_BYTES", 10**9)
        plain = merge(str(folder / "eins.lapak"), sources)
    assert (merged.new, merged.known, merged.left) == (plain.new, plain.known, plain.left)
    assert [str(one) for one in merged.refused] == [str(one) for one in plain.refused]
    assert [str(one) for one in merged.unread] == [str(one) for one in plain.unread]
    with opened(folder / "zwei.lapak") as ours, opened(folder / "eins.lapak") as theirs:
        assert documents(ours) == documents(theirs)
        assert derived(ours) == derived(theirs)
    return merged


def test_what_the_second_process_has_made_is_only_stored_here(
    copy: Copy, tmp_path: Path, made_here: Made
) -> None:
    sources = [path_of(copy, code) for code in ("S01", "S02", "K01")]
    merged = merge(str(tmp_path / "pusat.lapak"), sources)
    assert (merged.new, merged.refused) == (27, [])
    assert made_here == []


def test_a_booth_that_hands_over_much_has_help_too(copy: Copy, tmp_path: Path, made_here: Made) -> None:
    stan = copy("S01")
    assert sync_target(stan, str(tmp_path / "pusat.lapak")).sent == 12
    assert made_here == []
    sell(stan, {"PECI": 1})
    assert sync_target(stan, str(tmp_path / "pusat.lapak")).sent == 1
    assert made_here == [1]


def test_a_little_is_not_worth_a_process(
    copy: Copy, tmp_path: Path, made_here: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.prepared.WORTH_BYTES", 10**9)
    merge(str(tmp_path / "pusat.lapak"), [path_of(copy, "S01")])
    assert made_here == [12]


def test_the_same_comes_of_it(copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = copy("S01")
    assert later.path
    older = tmp_path / "lama.lapak"
    shutil.copyfile(later.path, older)
    sell(later, {"PECI": 1})
    sources = [older, path_of(copy, "S02"), later.path, path_of(copy, "S02"), path_of(copy, "K01")]
    merged = merged_as_alone(sources, tmp_path, monkeypatch)
    assert (merged.new, merged.known) == (28, 12 + 12)


def test_what_is_wrong_is_told_the_same(copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stan = copy("S01")
    bad = tmp_path / "palsu.lapak"
    forged(bad, altered(documents(stan)[stan.own().code], 8, lambda fields: fields.update(total=1)))
    broken, missing = tmp_path / "rusak.lapak", tmp_path / "tidak ada.lapak"
    broken.write_bytes(b"SQLite format 3\0 and no more")
    sources = [bad, broken, path_of(copy, "S02"), missing]
    merged = merged_as_alone(sources, tmp_path, monkeypatch)
    assert (merged.new, len(merged.refused), len(merged.unread)) == (7 + 12, 1, 2)


def test_where_the_second_process_dies_the_work_goes_on(
    copy: Copy, tmp_path: Path, made_here: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.prepared._prepare", _die)
    assert merge(str(tmp_path / "pusat.lapak"), [path_of(copy, "S01"), path_of(copy, "S02")]).new == 24
    assert made_here == [12, 12]


def _die(*_args: object) -> None:
    os._exit(9)


class _StopError(Exception):
    pass


def test_who_stops_the_merge_stops_both(copy: Copy, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise _StopError

    with pytest.raises(_StopError):
        merge(str(tmp_path / "pusat.lapak"), [path_of(copy, "S01"), path_of(copy, "S02")], progress=stop)
    assert not (tmp_path / "pusat.lapak").exists()
