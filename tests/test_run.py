"""The start from nothing: locks that pin everything, an environment made anew, one sentence if that fails."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

import run

LINE = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")


def pins(lock: Path) -> set[str]:
    """The `name==version` of every package in a lock."""
    return {line.split()[0] for line in lock.read_text().splitlines() if not line.startswith(" ")}


def start(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A copy of run.py in `folder`, beside the locks but no environment, started as a person would."""
    for name in (run.__file__, *run.LOCKS):
        shutil.copy(name, folder)
    command = [sys.executable, str(folder / "run.py"), *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("lock", run.LOCKS, ids=lambda lock: lock.name)
def test_a_lock_is_nothing_but_pins_and_hashes(lock: Path) -> None:
    assert [line for line in lock.read_text().splitlines() if not LINE.fullmatch(line)] == []


def test_each_lock_contains_those_before_it() -> None:
    assert pins(run.LOCK) < pins(run.PACKAGE_LOCK) < pins(run.TEST_LOCK)


def test_the_locks_name_what_pyproject_asks_for() -> None:
    project = tomllib.loads((run.ROOT / "pyproject.toml").read_text())["project"]
    for lock, wanted in (
        (run.LOCK, project["dependencies"]),
        (run.PACKAGE_LOCK, project["optional-dependencies"]["package"]),
        (run.TEST_LOCK, project["optional-dependencies"]["test"]),
    ):
        names = {re.split(r"[\[<>=]", line)[0].lower().replace("_", "-") for line in wanted}
        assert names <= {pin.split("==")[0] for pin in pins(lock)}


def test_a_half_made_environment_is_made_anew_and_not_taken_for_ready(tmp_path: Path) -> None:
    broken = tmp_path / run.PYTHON.relative_to(run.ROOT)
    broken.parent.mkdir(parents=True)
    broken.write_text("")
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    done = start(tmp_path, "--offline", str(wheels), "--help")
    assert done.returncode == 3
    assert f"Ada paket yang tidak ada di folder {wheels}" in done.stderr
    assert "Traceback" not in done.stderr
    assert broken.stat().st_size > 0
    assert not list(tmp_path.glob(".venv/ready-*"))


@pytest.mark.parametrize("args", [("--offline",), ("--offline", "no-such-folder", "test")])
def test_a_missing_folder_of_wheels_is_refused(tmp_path: Path, args: tuple[str, ...]) -> None:
    done = start(tmp_path, *args)
    assert done.returncode == 2
    assert done.stderr == f"Tulis folder berisi paket: {run.START} --offline FOLDER\n"
    assert not (tmp_path / ".venv").exists()


def test_our_packages_are_found_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "pos.py").write_text("raise SystemExit('the wrong pos')")
    program = (
        f"import sys; from pathlib import Path; sys.path[:0] = [{str(run.ROOT)!r}]; import run\n"
        "run.PYTHON = Path(sys.executable)\n"  # the tests may run in another environment
        "raise SystemExit(run.run_module('pos.paths'))"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0


def test_without_a_screen_the_sample_day_goes_into_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run.demo() == ["demo", "--headless", "--out", str(tmp_path / "lapak-demo")]


def test_a_system_without_apt_is_told_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(run.Stop, match="libegl1"):
        run.install_packages(["libegl1"])


PIP = """\
Ignoring tzdata: markers 'sys_platform == "win32"' don't match your environment
{lines}
  Using cached segno-1.6.6-py3-none-any.whl (76 kB)
Installing collected packages: segno, psycopg-binary
Successfully installed psycopg-binary-3.3.9 segno-1.6.6
"""
FROM_AN_INDEX = "Collecting psycopg-binary==3.3.9 (from -r x.lock (line 1))\nCollecting segno==1.6.6"
FROM_A_FOLDER = (
    "Looking in links: /media/stick\n"
    "Processing /media/stick/psycopg_binary-3.3.9-cp311-cp311-manylinux2014_x86_64.whl\n"
    "Processing ./wheels/segno-1.6.6-py3-none-any.whl (from -r requirements.lock (line 174))"
)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for pip is a shell script")
@pytest.mark.parametrize("lines", [FROM_AN_INDEX, FROM_A_FOLDER], ids=["index", "folder"])
def test_each_package_is_told_wherever_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lines: str
) -> None:
    python, lock = tmp_path / "python", tmp_path / "x.lock"
    python.write_text(f"#!/bin/sh\ncat <<'END'\n{PIP.format(lines=lines)}END\n")
    python.chmod(0o755)
    lock.write_text("psycopg-binary==3.3.9\nsegno==1.6.6\ntzdata==2026.6 ; sys_platform == 'win32'\n")
    monkeypatch.setattr(run, "PYTHON", python)
    run.install_requirements(lock, tmp_path)
    assert capsys.readouterr().err == (
        "  paket 1 dari 2: psycopg-binary\n  paket 2 dari 2: segno\n  memasang 2 paket ...\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest", "none"])
def test_every_check_speaks_and_can_fail_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], failing: str
) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$3 is done"\ntest "$3" != {failing} || exit 7\n')
    python.chmod(0o755)
    monkeypatch.setattr(run, "PYTHON", python)
    assert run.run_tests([]) == (0 if failing == "none" else 7)
    assert capfd.readouterr().out == "ruff is done\npytest is done\nmypy is done\n"


def test_check_runs_what_ci_runs_and_with_a_receipt_it_is_a_command_of_lapak(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[tuple[object, ...]] = []

    def module(*args: str) -> int:
        ran.append(args)
        return 0

    monkeypatch.setattr(run, "prepare", lambda *lock: ran.append(lock))
    monkeypatch.setattr(run, "run_tests", lambda args: module("tests", *args))
    monkeypatch.setattr(run, "run_module", module)
    *_before, last = (run.ROOT / ".ci/run").read_text().splitlines()
    for args in (last.removeprefix("exec python3 run.py ").split(), ["check"]):
        run.start(args)
        assert ran == [(run.TEST_LOCK, None), ("tests",)]
        ran.clear()
    run.start(["check", "stan.lapak", "S03K7-000042"])
    run.start(["api", "acuan"])
    assert [what for what in ran if what != (run.LOCK, None)] == [
        ("ui", "check", "stan.lapak", "S03K7-000042"),
        ("tests.api", "acuan"),
    ]


SPOILT = """
import os, warnings
from PySide6.QtCore import qWarning
def test_sound(): pass
def test_warns(): warnings.warn("a warning")
def test_of_which_qt_complains(): qWarning("a message")
def test_that_ends_the_process(): os.abort()
def test_that_comes_behind_it(): pass
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: [WinError 5] Access is denied: 'Qt6Core.dll'", "tutup Lapak yang masih terbuka"),
        (
            "ERROR: [Errno 2] No such file HINT: no Windows Long Path support enabled.",
            "C:\\Lapak",
        ),
        ("ERROR: [WinError 112] There is not enough space on the disk", "Disk penuh"),
        ("ERROR: No matching distribution found for segno", f"{run.START} --offline FOLDER"),
    ],
)
def test_what_pip_says_becomes_what_to_do(said: str, told: str) -> None:
    assert told in run.trouble(said, None)


def test_a_python_of_32_bits_is_told_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    with pytest.raises(run.Stop, match="64-bit") as stop:
        run.start([])
    assert stop.value.code == 2


def test_in_a_worker_the_same_fails_and_its_end_too(tmp_path: Path) -> None:
    """Warnings, what Qt complains of, and a test with which the whole process ends: that one is named."""
    (tmp_path / "test_spoilt.py").write_text(SPOILT)
    command = [sys.executable, "-P", "-m", "pytest", "-n", "1", "-p", "no:cacheprovider", str(tmp_path)]
    command += ["-c", str(run.ROOT / "pyproject.toml")]
    done = subprocess.run(command, cwd=run.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "3 failed, 2 passed" in done.stdout
    assert re.search(r"worker 'gw0' crashed while running '\S+::test_that_ends_the_process'", done.stdout)


def test_qt_does_not_lose_none() -> None:
    """PySide6 6.12.0 on Python 3.11 dropped a reference to None in each call, and aborted after thousands."""
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(1000):
        timer.setInterval(5)
    assert sys.getrefcount(None) > before - 500
