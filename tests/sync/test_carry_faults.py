"""The central file when the world fails: pulled sticks, full disks, two programs at once, killed ones.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pos.carry import carried, carry
from pos.errors import WorldFailed
from pos.ledger import setting
from tests.books import documents, sell
from tests.sync.conftest import Copy
from tests.sync.world import files_up_to, held, opened, take, visible

STEPS = [
    "pathlib.Path.mkdir",
    "pos.carry.copy_of",
    "pos.carry.settle",
    "shutil.copyfileobj",
    "os.fsync",
    "pos.placing._same",
    "pathlib.Path.replace",
]


def broken(error: int) -> Callable[..., object]:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(error, os.strerror(error))

    return fail


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.ENODEV], ids=errno.errorcode.get)
@pytest.mark.parametrize("step", STEPS)
def test_a_stick_pulled_at_any_step_leaves_the_old_file_and_no_litter_52(
    copy: Copy, stick: Path, home: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: int
) -> None:
    stan = copy("S01")
    carry(stan, stick)
    before, own = stick.read_bytes(), documents(stan)
    sell(stan, {"PECI": 1})
    with monkeypatch.context() as disk:
        disk.setattr(step, broken(error))
        with pytest.raises(WorldFailed):
            carry(stan, stick)
    assert stick.read_bytes() == before
    assert visible(stick.parent) == ["pusat.lapak"]
    assert list((home / "kerja").iterdir()) == []
    assert len(documents(stan)[stan.own().code]) == len(own[stan.own().code]) + 1
    assert carry(stan, stick).sent == 1
    assert held(stick) == {stan.own().code: 13}


@pytest.mark.parametrize("step", STEPS)
def test_a_first_sync_that_fails_leaves_no_half_file(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    stan = copy("S01")
    with monkeypatch.context() as disk:
        disk.setattr(step, broken(errno.EIO))
        if step == "pos.carry.copy_of":  # there is nothing to copy yet
            carry(stan, stick)
        else:
            with pytest.raises(WorldFailed):
                carry(stan, stick)
            assert visible(stick.parent) == []
    carry(stan, stick)
    assert held(stick) == {stan.own().code: 12}


def test_a_stick_pulled_after_n_bytes_leaves_the_old_file_52(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Number 52."""
    stan = copy("S01")
    carry(stan, stick)
    before = stick.read_bytes()
    for n in range(0, len(before), 16 * 1024):
        sell(stan, {"PECI": 1})

        def copy_some(source: Any, target: Any, _size: int, most: int = n) -> None:
            target.write(source.read(most))
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as disk:
            disk.setattr(shutil, "copyfileobj", copy_some)
            with pytest.raises(WorldFailed):
                carry(stan, stick)
        assert stick.read_bytes() == before
        assert visible(stick.parent) == ["pusat.lapak"]


def test_a_disk_that_is_full_at_any_point_leaves_the_old_file(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    carry(stan, stick)
    before = stick.read_bytes()
    sell(stan, {"PECI": 1})
    for room in range(0, len(before), 8 * 1024):
        with files_up_to(room), pytest.raises(WorldFailed):
            carry(stan, stick)
        assert stick.read_bytes() == before
        assert visible(stick.parent) == ["pusat.lapak"]
    assert carry(stan, stick).sent == 1


def test_a_disk_that_loses_what_it_was_given_is_found_before_the_old_file_goes(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stan = copy("S01")
    carry(stan, stick)
    before = stick.read_bytes()
    sell(stan, {"PECI": 1})

    def copy_most(source: Any, target: Any, _size: int) -> None:
        data = bytearray(source.read())
        data[-1] ^= 1
        target.write(data)

    monkeypatch.setattr(shutil, "copyfileobj", copy_most)
    with pytest.raises(WorldFailed, match="did not read back"):
        carry(stan, stick)
    assert stick.read_bytes() == before
    assert visible(stick.parent) == ["pusat.lapak"]


@contextmanager
def opened_in_place(path: Path) -> Iterator[sqlite3.Connection]:
    """Some other program writes into the central file where it lies, and keeps it open."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("INSERT INTO setting VALUES ('catatan', 'di dalam WAL')")
        assert Path(f"{path}-wal").stat().st_size > 0
        yield raw


def test_a_central_file_open_elsewhere_is_not_taken_away(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Number 23."""
    monkeypatch.setattr("pos.carry.BUSY_TIMEOUT_S", 0)
    one, two = copy("S01"), copy("S02")
    carry(one, stick)
    with opened_in_place(stick), pytest.raises(WorldFailed, match="in use by another program"):
        carry(two, stick)
    carry(two, stick)
    assert held(stick) == {one.own().code: 12, two.own().code: 12}
    assert visible(stick.parent) == ["pusat.lapak"]


def test_what_a_killed_program_left_beside_the_central_file_is_not_mixed_into_the_new_one(
    copy: Copy, stick: Path
) -> None:
    """Number 23."""
    one, two = copy("S01"), copy("S02")
    carry(one, stick)
    with opened_in_place(stick):
        left = {name: stick.with_name(name).read_bytes() for name in ("pusat.lapak", "pusat.lapak-wal")}
    for name, data in left.items():
        stick.with_name(name).write_bytes(data)
    carry(two, stick)
    assert held(stick) == {one.own().code: 12, two.own().code: 12}
    with opened(stick) as central:
        assert setting(central, "catatan") == "di dalam WAL"


@contextmanager
def locked_elsewhere(path: Path) -> Iterator[None]:
    """Another process is at work on the central file."""
    program = (
        "import sys; from pathlib import Path; from pos.carry import carried\n"
        "with carried(Path(sys.argv[1])): print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "ready\n"
        yield


def test_two_at_once_are_told_apart(copy: Copy, stick: Path) -> None:
    one, two = copy("S01"), copy("S02")
    carry(one, stick)
    with locked_elsewhere(stick), pytest.raises(WorldFailed, match="being updated by another program"):
        carry(two, stick)
    carry(two, stick)
    assert held(stick) == {one.own().code: 12, two.own().code: 12}


def test_the_lock_goes_with_a_killed_program(copy: Copy, stick: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from pos.carry import carried\n"
        "with carried(Path(sys.argv[1])): os.kill(os.getpid(), 9)"  # Windows: TerminateProcess
    )
    assert abs(subprocess.run([sys.executable, "-c", program, stick], check=False).returncode) == 9
    carry(copy("S01"), stick)
    assert visible(stick.parent) == ["pusat.lapak"]


def test_work_that_fails_leaves_the_file_as_it_is(copy: Copy, stick: Path) -> None:
    carry(copy("S01"), stick)
    before = stick.read_bytes()
    with pytest.raises(ZeroDivisionError), carried(stick) as central:
        assert take(copy("S02"), central).taken // 0
    assert stick.read_bytes() == before
    assert visible(stick.parent) == ["pusat.lapak"]


def test_an_unusable_home_is_told(copy: Copy, stick: Path, home: Path) -> None:
    """Number 57."""
    stan = copy("S01")
    home.write_text("bukan folder")
    with pytest.raises(WorldFailed):
        carry(stan, stick)
    assert visible(stick.parent) == []
