"""P1: `kill -9` at random moments of everything that writes, and at every operation of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from random import Random

from tests.faults.moments import distinct, operations, some, unanswered
from tests.faults.parts import Figure, Scale, wanted
from tests.faults.shim import Disk
from tests.faults.trial import World
from tests.faults.walks import WALKS

# How many of a hundred kills each gets.
_SHARES = {
    "sell": 20,
    "till": 20,
    "close": 16,
    "sync to a file": 8,
    "sync to a new file": 6,
    "sync to a folder": 8,
    "merge": 6,
    "new": 4,
    "print": 2,
    "upgrade 0.1.0": 5,
    "upgrade 0.2.0": 5,
}


def random_kills(world: World, chance: Random, scale: Scale, names: Sequence[str]) -> Iterator[Figure]:
    """Once, twice or three times at any moment, then to the end."""
    for name in wanted(names, tuple(_SHARES)):
        figure = Figure("P1", "kill -9 at random", name)
        whole_ms = _duration_ms(world, name)
        left = max(1, scale.kills * _SHARES[name] // 100)
        while left > 0:
            trial = world.trial(name)
            times = min(left, chance.choice((1, 1, 2, 3)))
            for _again in range(times):
                trial.judge(trial.run(kill_ms=chance.uniform(0.2, whole_ms)), killed=True)
            left -= times
            broken = trial.finish(deep=left % scale.deep == 0)
            where = f"with {left} kills left"
            figure = figure.plus(len(trial.answers), broken, where=where, times=times)
        yield figure


def _duration_ms(world: World, name: str) -> float:
    """How long the walk takes here when nobody is in its way, forking included."""
    taken = []
    for _n in range(2):
        trial = world.trial(name)
        begun = time.perf_counter()
        trial.run()
        taken.append((time.perf_counter() - begun) * 1000)
        trial.done()
    return max(taken)


def kill_sweep(world: World, chance: Random, scale: Scale, names: Sequence[str]) -> Iterator[Figure]:
    """Before each operation on the disk that differs, and behind it where an answer comes next."""
    for name in wanted(names, [walk.name for walk in WALKS.values() if walk.swept]):
        figure = Figure("P1", "kill -9 at each operation", name)
        met = operations(world, name)
        behind = some(unanswered(met), scale, chance)
        for at, after in [
            *((at, False) for at in distinct(met, scale, chance)),
            *((at, True) for at in behind),
        ]:
            trial = world.trial(name)
            end = trial.run(Disk(kill_at=at, kill_after=after))
            trial.judge(end, killed=True)
            broken = trial.finish(deep=at % scale.deep == 0)
            where = f"{'behind ' if after else ''}operation {at} ({end.hit})"
            figure = figure.plus(len(trial.answers), broken, where=where)
        yield figure
