"""Work in a process of its own: answers and faults come back, a bug is written down, it can be ended."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from pos.aside import Aside
from pos.bugs import LOG
from pos.clock import pause
from pos.errors import Damaged, WorldFailed


@pytest.fixture(autouse=True)
def _nobody_is_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def _fail(kind: type[Exception]) -> None:
    raise kind("Ibu Ratna 0812")


def test_the_answer_comes_back() -> None:
    assert Aside().run(sorted, [3, 1, 2]) == [1, 2, 3]


def test_a_fault_comes_back_as_what_it_is(home: Path) -> None:
    with pytest.raises(Damaged, match="Ibu Ratna"):
        Aside().run(_fail, Damaged)
    assert not (home / LOG).exists()


def test_a_bug_is_written_down_without_values(home: Path) -> None:
    with pytest.raises(WorldFailed, match="dihentikan"):
        Aside().run(_fail, ValueError)
    log = (home / LOG).read_text("utf-8")
    assert "ValueError" in log
    assert "_fail" in log
    assert "Ratna" not in log


@pytest.mark.parametrize("early", [True, False])
def test_who_is_stopped_before_the_process_is_there_does_not_wait_for_it(
    monkeypatch: pytest.MonkeyPatch, *, early: bool
) -> None:
    one, begin = Aside(), SpawnProcess.start

    def start(process: SpawnProcess) -> None:
        one.stop()
        begin(process)

    if early:
        one.stop()
    else:
        monkeypatch.setattr(SpawnProcess, "start", start)
    with pytest.raises(WorldFailed, match="dihentikan"):
        one.run(pause, 30_000)
