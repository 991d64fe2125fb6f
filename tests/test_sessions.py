"""A run that did not come to its end is known to the next one; one that goes on, or ended well, is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pos.sessions import FOLDER, begin_session

RUN = """
import os, sys
from pos import sessions
from pos.file_lock import try_lock

def as_on_windows(file):
    file.seek(0)  # the byte that it locks
    return try_lock(file)

sessions.try_lock = as_on_windows
session, _cut_off = sessions.begin_session()
session.catch_crashes()
if sys.argv[1] == "crash":
    import faulthandler
    faulthandler._sigsegv()
if sys.argv[1] == "kill":
    os._exit(9)
print("ready", flush=True)
sys.stdin.read()
"""


def cut_off() -> tuple[str, ...]:
    """What a new run hears of those before it; it ends well."""
    session, told = begin_session()
    assert session
    session.end()
    return told


def run(how: str) -> None:
    subprocess.run([sys.executable, "-c", RUN, how], check=False, capture_output=True, timeout=60)


def test_a_run_that_ended_well_is_not_spoken_of(home: Path) -> None:
    assert (cut_off(), cut_off(), [*(home / FOLDER).iterdir()]) == ((), (), [])


def test_a_killed_run_is_told_once(home: Path) -> None:
    run("kill")
    assert [*(home / FOLDER).iterdir()]
    assert cut_off() == ("",)
    assert cut_off() == ()


@pytest.mark.usefixtures("home")
def test_a_crash_says_where() -> None:
    run("crash")
    (trace,) = cut_off()
    assert "Segmentation fault" in trace or "access violation" in trace
    assert "<string>" in trace


@pytest.mark.usefixtures("home")
def test_another_program_that_runs_is_left_alone() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUN, "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        assert cut_off() == ()
        other.kill()
    assert cut_off() == ("",)


def test_where_nothing_can_be_written_nothing_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path / "file"))
    assert begin_session() == (None, ())
