"""Which operations on the disk are cut in a sweep: all that differ, and none that is another one again.

Between two writes to one file, with nothing else between them, the program decides nothing: a transaction
becomes valid with its last page, a file with its rename. So of such a run its first two operations and its
last two are cut, and of those in its middle, by chance, as many as the scale says; every other operation is
cut. To be killed behind an operation is to be killed before the next one, unless an answer is given between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from random import Random

from tests.faults.parts import Scale
from tests.faults.shim import Disk, Step
from tests.faults.trial import World

_ENDS = 2


def operations(world: World, walk: str, below: str = "") -> list[Step]:
    """What a walk does to its disk when nothing is in its way, with the answers that it gives."""
    trial = world.trial(walk)
    trial.run(Disk(below=below, traced=True))
    met = trial.met()
    trial.done()
    return met


def distinct(met: Sequence[Step], scale: Scale, chance: Random) -> list[int]:
    """The numbers of the operations that are cut, in any order; one of so many as the scale says."""
    chosen: list[int] = []
    for (op, _path, _what), steps in groupby(met, lambda step: (step.op, step.path, step.other)):
        if op == "g":
            run = [step.off for step in steps]
            inner = run[_ENDS:-_ENDS]
            chosen += [
                *run[:_ENDS],
                *run[_ENDS:][-_ENDS:],
                *chance.sample(inner, -(-len(inner) // scale.inner)),
            ]
    return some(chosen, scale, chance)


def some(numbers: Sequence[int], scale: Scale, chance: Random) -> list[int]:
    """One of so many as the scale says, in any order."""
    return chance.sample(numbers, -(-len(numbers) // scale.every))


def unanswered(met: Sequence[Step]) -> list[int]:
    """The numbers of the operations behind which an answer is given, and of the last one."""
    return list(_unanswered(met))


def _unanswered(met: Sequence[Step]) -> Iterator[int]:
    for step, after in pairwise([*met, Step("a", "", "", 0, b"")]):
        if step.op == "g" and after.op == "a":
            yield step.off
