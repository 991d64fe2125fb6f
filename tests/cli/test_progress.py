"""Progress: a bar on a terminal, a line now and then elsewhere; stdout stays for the answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos.cli import progress
from tests.cli.running import TOP, Run

PAPER = "receipt,at,cashier,sku,qty,price,discount,method\n"


def paper(path: Path, sales: int) -> Path:
    rows = (f"P-{n},2023-04-14T08:00,rina,PECI,1,50000,0,cash\n" for n in range(sales))
    path.write_text(PAPER + "".join(rows))
    return path


def test_a_line_says_how_far_it_is(
    lapak: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY_MS", 0)
    said = lapak("sales", "import", path, paper(tmp_path / "a.csv", 3_000), "--lang", "en", "--json")
    assert said.err.splitlines() == ["Sales on paper: 2.500 of 3.000", "Sales on paper: 3.000 of 3.000"]
    assert said.json["sales"] == 3_000


def test_short_work_says_nothing(lapak: Run, path: Path, tmp_path: Path) -> None:
    assert lapak("sales", "import", path, paper(tmp_path / "a.csv", 10)).err == ""


@pytest.mark.skipif(os.name != "posix", reason="a terminal as POSIX has it")
def test_a_terminal_shows_a_bar(path: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    asked = ["sales", "import", str(path), str(paper(tmp_path / "a.csv", 1_500)), "--json"]
    command = [sys.executable, "-m", "pos", *asked]
    done = subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, stderr=theirs, check=True)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert json.loads(done.stdout)["sales"] == 1_500
    assert "%" in shown
