"""A small share of each part of the fault suite breaks no promise. The whole: `python -m tests.faults`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.faults.parts import SCALES
from tests.faults.suite import PARTS, why_not, world
from tests.faults.trial import Holdings, World

# What each part is done to here: what differs most, for the walks have much in common.
WALKS = {
    "kills": ("sell", "close", "sync to a file", "upgrade 0.1.0"),
    "kill-sweep": ("new", "till", "sync to a folder", "merge"),
    "power": ("new", "till", "sync to a file", "sync to a folder", "receipt and price list"),
    "errors": ("new", "close", "sync to a folder", "merge", "print", "settings"),
    "full": ("new", "sell", "sync to a new file", "export lines.csv"),
    "stick": ("sync to a file", "sync to a folder", "export lines.jsonl"),
}


@pytest.fixture(scope="module")
def place(request: pytest.FixtureRequest) -> Iterator[World]:
    if why := why_not("kills"):
        pytest.skip(why)
    with world(server=request.getfixturevalue("postgres_server")) as made:
        yield made


# A day of the whole program is lived in real time: by the command alone.
@pytest.mark.parametrize("part", [part for part in PARTS if part != "day"])
def test_a_share_of_each_part_breaks_no_promise(part: str, place: World) -> None:
    if why := why_not(part):
        pytest.skip(why)
    figures = list(PARTS[part](place, Random(59), SCALES["small"], WALKS.get(part, ())))
    assert [problem for one in figures for problem in one.broken] == []
    assert all(one.tried for one in figures)


def test_the_command_says_its_figures_and_whether_a_promise_was_broken(tmp_path: Path) -> None:
    if why := why_not("kills"):
        pytest.skip(why)
    made = tmp_path / "angka.json"
    command = [sys.executable, "-m", "tests.faults", "--small", "clocks", "--json", str(made)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert "| P8   | clock jumps" in done.stdout
    found = json.loads(made.read_text())
    assert [one["broken"] for one in found["figures"]] == [[]]


def test_what_a_killed_child_left_of_its_look_is_no_ledger(tmp_path: Path) -> None:
    """It copies a ledger before it looks; `sync to a file` was once killed in the middle of that."""
    for folder in (".kw3x", "rumah"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "stan.lapak").write_bytes(b"SQLite format 3\0" + bytes(5_000))
    (told,) = Holdings(tmp_path).looked[2]
    assert told.startswith("rumah/stan.lapak: ")
