"""Kill -9 at any moment: no sale that was answered is lost, none is doubled, no number is skipped."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from contextlib import closing
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pos.ledger import open_ledger
from tests.books import derived
from tests.faults.selling import broken_promises, sell_on

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

KILLED = -9
STATEMENTS = 40  # of two sales and more


@pytest.fixture
def path(booth_file: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(booth_file, tmp_path / "stan.lapak")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return tmp_path / "jawaban.txt"


def selling(*what: Any, **how: Any) -> BaseProcess:
    """A child process that sells; ready at once, for its parent has read the program already."""
    children = multiprocessing.get_context("forkserver")
    children.set_forkserver_preload(["tests.faults.selling"])
    child = children.Process(target=sell_on, args=what, kwargs=how)
    child.start()
    return child


def test_thirty_kills_at_random_moments_lose_nothing(path: Path, answers: Path) -> None:
    """Amid the start or some sales later, however long this machine takes for either."""
    chance = Random(59)
    answers.touch()
    for kill in range(30):
        child = selling(path, answers)
        sales = chance.randint(2, 12) if kill % 3 else 0
        given = len(answers.read_text().splitlines()) + sales
        while sales and len(answers.read_text().splitlines()) < given:
            assert child.is_alive(), "the till ended by itself"
            time.sleep(0.001)
        time.sleep(chance.uniform(0.0, 0.02 if sales else 0.15))
        child.kill()
        child.join()
        assert child.exitcode == KILLED
        assert broken_promises(path, answers) == []
    assert len(answers.read_text().splitlines()) > 100


def test_a_kill_before_each_statement_loses_nothing(path: Path, answers: Path) -> None:
    for nth in range(1, STATEMENTS):
        child = selling(path, answers, nth)
        child.join()
        assert child.exitcode == KILLED
        assert broken_promises(path, answers) == []


def test_a_sale_that_was_never_answered_is_not_rung_up_twice(path: Path, answers: Path) -> None:
    for _try in range(3):
        child = selling(path, answers, mute=True)
        child.join()
        assert child.exitcode == KILLED
    assert broken_promises(path, answers) == []
    with closing(open_ledger(path)) as ledger:
        assert [row[2] for row in derived(ledger)["sale"]] == [1]


def test_the_sweep_sees_a_till_that_answers_too_early(path: Path, answers: Path) -> None:
    seen = []
    for nth in range(1, STATEMENTS):
        child = selling(path, answers, nth, hasty=True)
        child.join()
        seen += broken_promises(path, answers)
        if seen:
            break
    assert "answered ['1 1'], stored []" in seen


def test_the_check_sees_a_sale_that_is_lost(path: Path, answers: Path) -> None:
    answers.write_text("1 1\n")
    assert broken_promises(path, answers) == ["answered ['1 1'], stored []"]
