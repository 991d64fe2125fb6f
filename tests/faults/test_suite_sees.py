"""Prove the proofs: known bugs, planted one at a time, are each seen by the part that is there for them.

A fault suite that finds nothing may be blind. What random kills alone do not see, a sweep does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.faults.parts import SCALES
from tests.faults.seeds import SEEDS
from tests.faults.suite import PARTS, why_not, with_bug, world
from tests.faults.trial import World

SMALL = SCALES["small"]
# For each bug: the part that sees it, the walk in which it does, and a word of what is said then.
SEEN = {
    "early": ("kill-sweep", "till", "that was answered for"),
    "in place": ("errors", "export lines.csv", "half a file"),
    "born in place": ("kill-sweep", "new", "baru.lapak"),
    "replaced in place": ("kill-sweep", "sync to a file", "pusat.lapak"),
    "no fsync": ("power", "export lines.csv", "half a file"),
    "no folder fsync": ("power", "sync to a folder", "that was answered for"),
    "unsettled": ("errors", "new", "malformed"),
    "normal": ("power", "till", "that was answered for"),
    "late turn": ("beside", "", "ended with"),
    "no turn": ("kill-sweep", "till", ""),
    "forgets carts": ("kill-sweep", "till", "sold beside"),
    "counts repeats": ("exchange", "", "examined"),
    "believes segments": ("damage", "", "segment"),
    "believes hashes": ("damage", "", "changed"),
    "orders by time": ("clocks", "", ""),
    "leaves drafts": ("errors", "sync to a folder", "left behind"),
    "says nothing": ("errors", "till", "ended with"),
}
# As many trials as bring it up for certain; the first that does is the last.
LARGER = {
    "kill-sweep": replace(SMALL, every=1),
    "errors": replace(SMALL, every=1),
    "power": replace(SMALL, states=60),
}


@pytest.fixture(scope="module")
def place() -> Iterator[World]:
    if why := why_not("power"):
        pytest.skip(why)
    with world() as made:
        yield made


def test_every_bug_has_a_part_that_sees_it() -> None:
    assert SEEN.keys() == SEEDS.keys()
    assert {part for part, _walk, _word in SEEN.values()} <= PARTS.keys()


@pytest.mark.parametrize("bug", SEEN)
def test_the_suite_sees(bug: str, place: World) -> None:
    part, walk, word = SEEN[bug]
    place.bug = bug
    try:
        seen = with_bug(place, part, LARGER.get(part, SMALL), (walk,) if walk else ())
    finally:
        place.bug = ""
    assert not any("not planted" in problem for problem in seen), seen
    assert any(word in problem for problem in seen), seen
