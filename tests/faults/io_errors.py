"""P3 and P4: every operation on the disk fails once, or for ever; the disk is full, or gone, at any byte."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from random import Random

from tests.faults.moments import distinct, operations
from tests.faults.parts import Figure, Scale, wanted
from tests.faults.shim import Disk
from tests.faults.trial import Trial, World
from tests.faults.walks import WALKS

_KINDS = {
    "EIO once": {"errno": errno.EIO},
    "EIO for ever": {"errno": errno.EIO, "for_ever": True},
    "ENOSPC once, half written": {"errno": errno.ENOSPC, "short": True},
    "ENOSPC for ever": {"errno": errno.ENOSPC, "for_ever": True},
}


def io_sweep(world: World, chance: Random, scale: Scale, names: Sequence[str]) -> Iterator[Figure]:
    """Each operation that differs fails in each way."""
    for name in wanted(names, [walk.name for walk in WALKS.values() if walk.swept]):
        met = operations(world, name)
        for kind, how in _KINDS.items():
            figure = Figure("P3", kind, name)
            for at in distinct(met, scale, chance):
                trial = world.trial(name)
                disk = Disk(at, how["errno"], for_ever="for_ever" in how, short="short" in how)
                end = trial.run(disk)
                trial.judge(end, tidy=not disk.for_ever)
                # What a disk that failed for ever leaves is left by one that fails once, too, mostly.
                again = not disk.for_ever or at % 4 == 0
                broken = _ended(trial, at, scale) if again else trial.done()
                figure = figure.plus(len(trial.answers), broken, where=f"operation {at} ({end.hit})")
            yield figure


def full_disk(world: World, chance: Random, scale: Scale, names: Sequence[str]) -> Iterator[Figure]:
    """After any number of bytes there is no more room; then there is again."""
    for name in wanted(names, [walk.name for walk in WALKS.values() if walk.swept]):
        figure = Figure("P4", "disk full at any byte", name)
        for room in _rooms(world, chance, scale, name, ""):
            trial = world.trial(name)
            trial.judge(trial.run(Disk(room=room)), tidy=True)
            figure = figure.plus(len(trial.answers), _ended(trial, room, scale), where=f"byte {room}")
        yield figure


def unplugged(world: World, chance: Random, scale: Scale, names: Sequence[str]) -> Iterator[Figure]:
    """The stick is pulled at any byte, and before any operation; then it is put in again."""
    for name in wanted(names, [walk.name for walk in WALKS.values() if walk.on_stick]):
        figure = Figure("P5", "stick pulled", name)
        for room in _rooms(world, chance, scale, name, "stik"):
            trial = world.trial(name)
            trial.judge(trial.run(Disk(room=room, unplug=-1, below="stik")))
            figure = figure.plus(len(trial.answers), _ended(trial, room, scale), where=f"byte {room}")
        for at in distinct(operations(world, name, "stik"), scale, chance):
            trial = world.trial(name)
            end = trial.run(Disk(unplug=at, below="stik"))
            trial.judge(end)
            broken = _ended(trial, at, scale)
            figure = figure.plus(len(trial.answers), broken, where=f"operation {at} ({end.hit})")
        yield figure


def _ended(trial: Trial, at: int, scale: Scale) -> Sequence[str]:
    return trial.finish(deep=at % scale.deep == 0)


def _rooms(world: World, chance: Random, scale: Scale, name: str, below: str) -> list[int]:
    """At how many bytes it is over; as many as the walk has blocks of 4 kB, at most 200, spread by chance."""
    trial = world.trial(name)
    trial.run(Disk(below=below, traced=True))
    written = trial.written()
    trial.done()
    most = max(1, min(200, written // 4096) // scale.every)
    return sorted(chance.randrange(written + 1) for _n in range(most))
