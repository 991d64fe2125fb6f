"""A failing world: no rights, a full disk, a reader that goes away. One sentence, exit code 3, nothing lost.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import TOP, documents_of, program

resource = pytest.importorskip("resource", reason="limits as POSIX has them")

CATALOG = "sku,name,price,institution"


@pytest.fixture
def unprivileged() -> Callable[[], None]:
    """To be called in a new process: from then on even root obeys the permissions of files."""

    def drop() -> None:
        if os.geteuid() == 0:
            libc = ctypes.CDLL(None, use_errno=True)
            for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
                if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
                    raise OSError(ctypes.get_errno(), "prctl")

    return drop


@pytest.mark.parametrize("kind", ["catalog", "sales"])
def test_a_file_without_read_permission(
    path: Path, tmp_path: Path, kind: str, unprivileged: Callable[[], None]
) -> None:
    (tmp_path / "a.csv").write_text(f"{CATALOG}\nA,A,1,LPP-PLG\n")
    (tmp_path / "a.csv").chmod(0)
    before = documents_of(path)
    said = program(kind, "import", path, tmp_path / "a.csv", start=unprivileged)
    assert (said.code, said.out) == (3, "")
    assert "a.csv" in said.sentence
    assert documents_of(path) == before


def test_a_ledger_that_can_only_be_read_24(
    path: Path, tmp_path: Path, unprivileged: Callable[[], None]
) -> None:
    (tmp_path / "a.csv").write_text(f"{CATALOG}\nA,A,1,LPP-PLG\n")
    before, folder = documents_of(path), path.parent / "terkunci"
    folder.mkdir()
    shutil.move(path, folder / "stan.lapak")
    (folder / "stan.lapak").chmod(0o444)
    folder.chmod(0o555)
    try:
        said = program("catalog", "import", folder / "stan.lapak", tmp_path / "a.csv", start=unprivileged)
        assert (said.code, said.out) == (3, "")
        assert "stan.lapak" in said.sentence
        for command in (["verify"], ["report"], ["catalog", "export"]):
            rest = {"report": ["totals"], "catalog": [str(tmp_path / "b.csv")]}.get(command[0], [])
            read = program(*command, folder / "stan.lapak", *rest, start=unprivileged)
            assert (read.code, read.err) == (0, "")
        refused = program("catalog", "export", folder / "stan.lapak", folder / "b.csv", start=unprivileged)
        assert refused.code == 3
        assert refused.sentence
    finally:
        folder.chmod(0o755)
    assert documents_of(folder / "stan.lapak") == before


def full_at(limit_bytes: int) -> Callable[[], None]:
    """To be called in a new process: no file there grows beyond `limit_bytes`, as on a disk that fills up."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))


@pytest.mark.parametrize("limit_kb", [0, 8, 64, 200])
def test_a_disk_that_fills_up_while_importing_56(path: Path, tmp_path: Path, limit_kb: int) -> None:
    rows = "\n".join(f"S{n},Barang {n},1,LPP-PLG" for n in range(4_000))
    (tmp_path / "a.csv").write_text(f"{CATALOG}\n{rows}\n")
    before = documents_of(path)
    said = program("catalog", "import", path, tmp_path / "a.csv", start=full_at(limit_kb * 1024))
    assert (said.code, said.out) == (3, "")
    assert "stan.lapak" in said.sentence
    assert documents_of(path) == before
    assert program("catalog", "import", path, tmp_path / "a.csv", "--json").json["added"] == 4_000


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
@pytest.mark.parametrize("command", ["catalog", "export"])
def test_a_disk_that_fills_up_while_writing_56(path: Path, tmp_path: Path, command: str, name: str) -> None:
    (tmp_path / name).write_text("yang lama")
    asked = (
        ["catalog", "export", path, tmp_path / name]
        if command == "catalog"
        else ["export", path, "-o", tmp_path / name]
    )
    said = program(*asked, start=full_at(100))
    assert (said.code, said.out) == (3, "")
    assert said.sentence
    assert (tmp_path / name).read_text() == "yang lama"
    assert {file.name for file in tmp_path.iterdir()} <= {
        "stan.lapak",
        "stan.lapak-wal",
        "stan.lapak-shm",
        name,
        "home",
    }


def test_an_output_that_is_full(path: Path) -> None:
    for asked in (["report", path, "totals"], ["report", path, "totals", "--json"]):
        with Path("/dev/full").open("wb") as full:
            said = program(*asked, stdout=full)
        assert said.code == 3
        assert said.sentence


def test_a_sale_whose_answer_cannot_be_written_is_there_when_asked_again(path: Path) -> None:
    line = json.dumps(
        {
            "cart": "a",
            "lines": [{"sku": "PECI", "qty": 1}],
            "payments": [{"method": "cash", "amount": 50_000}],
        }
    )
    with Path("/dev/full").open("wb") as full:
        assert program("sell", path, stdin=line.encode(), stdout=full).code == 3
    again = program("sell", path, stdin=line.encode())
    assert json.loads(again.out)["number"].endswith("-000001")


def test_a_reader_that_goes_away_is_no_traceback(path: Path) -> None:
    asked = f"{sys.executable} -m pos report {path} daily-board | true"
    done = subprocess.run(["sh", "-c", asked], cwd=TOP, capture_output=True, check=False)
    assert done.stderr == b""


def test_ctrl_c_is_one_sentence_and_nothing_is_lost(path: Path) -> None:
    command = [sys.executable, "-m", "pos", "sell", str(path)]
    with subprocess.Popen(
        command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as till:
        assert till.stdin
        assert till.stdout
        till.stdin.write(b"{}\n")
        till.stdin.flush()
        till.stdout.readline()  # it is up and waits for the next line
        till.send_signal(signal.SIGINT)
        _out, err = till.communicate()
    assert (till.returncode, err.count(b"\n")) == (3, 1)
