"""What the parts of the fault suite have in common: how much of each is done, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeAlias

from tests.faults.trial import World


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of each part is done. `every`: one operation of so many is cut, chosen by chance; `inner`: of
    those in the middle of a run of writes to one file first one of so many.
    """

    kills: int
    every: int
    inner: int
    states: int  # power cuts, for each walk and kind of file system: some 2,000 for each kind
    damages: int  # of each kind
    rounds: int  # of booths, sticks and office killed at random
    sales: int  # while the clock jumps, and of each program that sells beside others
    ends: int  # of a whole `lapak sell` on a pipe; and of a sync to a server, on either side
    plugs: int  # pulled in a day of selling
    deep: int  # one trial of so many is looked through with the program's own verify and doctor


_SMALL = Scale(
    kills=10, every=120, inner=8, states=8, damages=4, rounds=2, sales=12, ends=4, plugs=2, deep=100
)
_QUICK = Scale(
    kills=200, every=20, inner=8, states=30, damages=100, rounds=40, sales=60, ends=40, plugs=10, deep=25
)
_FULL = Scale(
    2_000, every=1, inner=1, states=170, damages=1_000, rounds=400, sales=300, ends=400, plugs=50, deep=100
)
SCALES = {"small": _SMALL, "quick": _QUICK, "full": _FULL}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: which promise, what was done to what, how often, and what was broken.

    `answered` counts the answers that the program gave meanwhile; none of them may be untrue.
    """

    promise: str
    part: str
    what: str
    tried: int = 0
    answered: int = 0
    broken: Sequence[str] = field(default=())

    def plus(self, answered: int, broken: Sequence[str], *, where: str = "", times: int = 1) -> Figure:
        """The same with one more trial, in which it happened so many `times`."""
        named = [f"{self.what}, {where}: {problem}" for problem in broken]
        return replace(
            self,
            tried=self.tried + times,
            answered=self.answered + answered,
            broken=[*self.broken, *named],
        )


Part: TypeAlias = Callable[[World, Random, Scale, Sequence[str]], Iterator[Figure]]  # the last: walks, () all


def wanted(names: Sequence[str], among: Sequence[str]) -> list[str]:
    """Those of `among` that were asked for."""
    return [name for name in among if not names or name in names]
