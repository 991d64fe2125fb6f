"""P5 and P7: booths, sticks and an office at work together, killed at random or in each other's way.

Whatever happens, in the end the central books are the union of what the booths hold, and nothing is doubled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from tests.faults.bare import STAN
from tests.faults.booths import BESIDE, BOOTHS, CODES, MERGED
from tests.faults.nursery import End, Job
from tests.faults.parts import Figure, Scale
from tests.faults.shim import Disk
from tests.faults.trial import Holdings, Trial, World, kept
from tests.faults.walks import CENTRAL, SHARED


def exchanges(world: World, chance: Random, scale: Scale, _names: Sequence[str]) -> Iterator[Figure]:
    """Two at a time, each killed at a random moment or not; every tenth round all is brought together."""
    figure = Figure("P5", "booths, sticks, office killed", "exchange")
    trial = world.trial("office merges")
    moves = list(BOOTHS)[: 3 * len(CODES) + 1]
    for n in range(1, scale.rounds + 1):
        chosen = chance.sample(moves, 2)
        kills = [chance.choice((0.0, chance.uniform(0.2, 120.0))) for _one in chosen]
        _together(trial, chosen, kills=kills)
        figure = figure.plus(0, ())
        if n % 10 == 0 or n == scale.rounds:
            broken = _gathered(trial, deep=n % 50 == 0 or n == scale.rounds)
            figure = figure.plus(len(trial.answers), broken, where=f"round {n}", times=0)
            trial.done()
            trial = world.trial("office merges")
    trial.done()
    yield figure


def beside(world: World, chance: Random, scale: Scale, _names: Sequence[str]) -> Iterator[Figure]:
    """Several programs on one ledger; two booths at one stick, with honest locks and with lying ones; two
    that make a ledger of one name.
    """
    yield _selling_beside(world, scale)
    for what, disk in (("locks as they are", Disk()), ("locks that lie", Disk(locks_lie=True, below="stik"))):
        figure = Figure("P7", "two booths at one stick", what)
        for n in range(max(1, scale.rounds // 4)):
            trial = world.trial("office merges")
            first, second = chance.sample(CODES, 2)
            _together(trial, [f"{first} sells", f"{second} sells"])
            for _again in range(2):
                _together(trial, [f"{first} to stick", f"{second} to stick"], disk=disk, lost=True)
            broken = _gathered(trial, deep=False)
            figure = figure.plus(len(trial.answers), broken, where=f"round {n}")
            trial.done()
        yield figure
    figure = Figure("P7", "two programs make one ledger", "new")
    for n in range(max(1, scale.rounds // 4)):
        trial = world.trial("new")
        _together(trial, ["new", "new"], may_refuse=True)
        figure = figure.plus(len(trial.answers), trial.broken, where=f"round {n}")
        trial.done()
    yield figure


def _selling_beside(world: World, scale: Scale) -> Figure:
    figure = Figure("P7", "programs beside each other", f"{BESIDE} on one ledger")
    trial = world.trial("beside 0")
    (trial.folder / "stik/berapa").write_text(str(scale.sales))
    ends = _together(trial, [f"beside {n}" for n in range(BESIDE)])
    broken = [f"ended with {end.code}: {end.said[-500:]}" for end in ends if end.code]
    sold = len(Holdings(trial.folder).looked[1][STAN])
    if sold != BESIDE * scale.sales:
        broken.append(f"{sold} of {BESIDE * scale.sales} carts are sales")
    broken += [*trial.broken, *_examined(trial)]
    trial.done()
    return figure.plus(len(trial.answers), broken, where="")


def _together(
    trial: Trial,
    names: Sequence[str],
    *,
    kills: Sequence[float] = (),
    disk: Disk | None = None,
    lost: bool = False,
    may_refuse: bool = False,
) -> list[End]:
    """Let them run at once. With `lost` what was answered for on a stick may come only with the next sync,
    as it does where locks lie.
    """
    folder, bug = trial.folder, trial.world.bug
    jobs = [
        Job(name, folder, disk, bug, kill, f"-{n}")
        for n, (name, kill) in enumerate(zip(names, kills or [0.0] * len(names), strict=True))
    ]
    ends = trial.world.nursery.run(*jobs)
    for name, end in zip(names, ends, strict=True):
        trial.answers += [one for one in end.answers if not (lost and f"|{CENTRAL}|" in one)]
        if end.code not in (0, 3, -9) and not (may_refuse and end.code == 2):
            trial.broken.append(f"{name} ended with {end.code}: {end.said.strip()[-700:]}")
    now = Holdings(folder)
    trial.broken += [one for one in (*now.looked[2], *kept(trial.answers, now)) if one not in trial.broken]
    return ends


def _gathered(trial: Trial, *, deep: bool) -> Sequence[str]:
    """With everything in order: all bring what they have both ways, the office merges, twice."""
    for _again in range(2):
        for code in CODES:
            for way in ("sells", "to stick", "to folder") if _again == 0 else ("to stick", "to folder"):
                end = _together(trial, [f"{code} {way}"])[0]
                if end.code:
                    trial.broken.append(f"{code} {way} does not go on: {end.said.strip()[-700:]}")
        _together(trial, ["office merges"])
    hashes, _carts, problems = Holdings(trial.folder).looked
    union = {place: hashed for code in CODES for place, hashed in hashes[f"rumah/{code}.lapak"].items()}
    trial.broken += [
        f"{where} is not the union: {len(set(union) - set(hashes.get(where, {})))} documents are missing"
        for where in (MERGED, CENTRAL, SHARED)
        if dict(hashes.get(where, {})) != union
    ]
    return [*trial.broken, *problems, *(_examined(trial) if deep else ())]


def _examined(trial: Trial) -> list[str]:
    end = trial.world.nursery.one(Job("examine", trial.folder))
    return [f"examined: {end.said.strip()[-900:]}"] if end.code else []
