"""Every kept input is put in again, and each target gets a few that are new; python -m tests.fuzz goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest

from tests.fuzz import nested
from tests.fuzz.corpus import CORPUS, corpus_of, targets
from tests.fuzz.engine import Ran, fuzz
from tests.fuzz.targets import Bench, Target, bench

NEW = 4  # inputs of each target that are made here


@pytest.fixture(scope="module")
def place() -> Iterator[Bench]:
    """One bench for all targets."""
    with bench() as made:
        yield made


@pytest.fixture(scope="module")
def known(place: Bench) -> dict[str, Target]:
    """All targets by name."""
    return targets(place)


def wrong(ran: Ran) -> str:
    """What went wrong, for whoever reads the test's output."""
    return "\n".join(f"{place}: {data!r}\n{said}" for place, (data, said) in ran.findings.items())


def test_what_was_kept_is_taken_or_refused_in_a_sentence(known: dict[str, Target]) -> None:
    assert {path.name for path in CORPUS.iterdir()} <= known.keys()
    for name, target in known.items():
        inputs = [*target.seeds, *corpus_of(name)]
        assert inputs, name
        for data in inputs:
            target.run(data)


def test_new_inputs_are_taken_or_refused_in_a_sentence(known: dict[str, Target]) -> None:
    for name, target in known.items():
        kept = [*target.seeds, *corpus_of(name)][:1]
        ran = fuzz(replace(target, seeds=()), Random(name), up_to(len(kept) + NEW), kept, float("inf"))
        assert wrong(ran) == ""
        assert ran.tried == len(kept) + NEW


def up_to(most: int) -> Callable[[Ran], bool]:
    """As long as no more than `most` inputs were tried, and nothing was found."""
    return lambda ran: ran.tried < most and not ran.findings


def test_the_engine_finds_its_way_to_a_bug_behind_three_letters() -> None:
    """Letter by letter: without looking at coverage it would need all three at once."""
    ran = fuzz(
        Target("nested", nested.opened, (b"U", b"P", b"T", b"X", b"Y", b"Z")),
        Random(59),
        up_to(20_000),
        [b"...."],
    )
    assert [place.partition(" at ")[0] for place in ran.findings] == ["ZeroDivisionError"]
