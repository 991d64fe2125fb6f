"""P2: power cuts: what a walk did to its disk is replayed into states that a disk may be found in afterwards.

What was not made durable is lost, kept or torn at 512 bytes, each write by itself. Names of files (made,
renamed, removed) follow one of three kinds of file system: `ordered`, which keeps them in order up to some
point and all of them before any fsync (ext4); `loose`, which owes nothing that no fsync of the folder asked
for, in any order (POSIX as it is written); `fat`, as loose, and a rename may leave both names.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.nursery import End
from tests.faults.parts import Figure, Scale, wanted
from tests.faults.shim import Disk, Step
from tests.faults.trial import Trial, World

KINDS = ("loose", "fat", "ordered")
_SECTOR = 512
_WALKS: tuple[str, ...] = (
    "new",
    "sell",
    "till",
    "close",
    "sync to a file",
    "sync to a new file",
    "sync to a folder",
)
_WALKS += ("merge", "export lines.csv", "receipt and price list", "settings", "upgrade 0.2.0")


@dataclass(slots=True)
class _File:
    """A file on its way: its bytes before, what was done to it (place in the trace, step), its last fsync."""

    base: bytes
    done: list[tuple[int, Step]] = field(default_factory=list)
    synced: int = -1

    def found(self, chance: Random) -> bytes:
        """Its bytes after the cut."""
        data = bytearray(self.base)
        for at, step in self.done:
            if at < self.synced or chance.random() < 0.4:
                _apply(data, step, None)
            elif chance.random() < 0.6:
                _apply(data, step, chance)
        return bytes(data)


@dataclass(frozen=True, slots=True)
class _Name:
    """Something that happened to names: `old` is gone, or None; `new` holds `file` now, or None."""

    at: int
    old: str | None
    new: str | None
    file: _File | None


def _apply(data: bytearray, step: Step, torn: Random | None) -> None:
    """One write or truncation; when torn, only some of its sectors."""
    if step.op == "t":
        if torn is None:
            data[step.off :] = bytes(max(0, step.off - len(data)))
        return
    for start in range(0, len(step.data), _SECTOR):
        if torn is None or torn.random() < 0.5:
            at, piece = step.off + start, step.data[start : start + _SECTOR]
            if len(data) < at:
                data.extend(bytes(at - len(data)))
            data[at : at + len(piece)] = piece


def _parents(path: str, there: AbstractSet[str]) -> bool:
    """Whether the folder that a file or folder lies in is `there`, and that folder's, and so on."""
    folder = path.rstrip("/").rpartition("/")[0]
    return folder in there or (f"{folder}/" in there and _parents(folder, there))


@dataclass(slots=True)
class Replay:
    """The disk as its program sees it, while the steps of a trace are done one after the other."""

    files: dict[str, _File]
    base: AbstractSet[str]  # folders that were there before
    folders: dict[str, int] = field(default_factory=dict)  # the last fsync of each
    before: dict[str, _File] = field(default_factory=dict)
    names: list[_Name] = field(default_factory=list)
    last_sync: int = -1
    answers: list[str] = field(default_factory=list)

    def step(self, at: int, step: Step) -> None:
        """One more."""
        match step.op:
            case "a":
                self.answers.append(step.path)
            case "c":
                self.files[step.path] = _File(b"")
                self.names.append(_Name(at, None, step.path, self.files[step.path]))
            case "w" | "t":
                if held := self.files.get(step.path):
                    held.done.append((at, step))
            case "s":
                self.last_sync = at
                if held := self.files.get(step.path):
                    held.synced = at
                else:
                    self.folders[step.path] = at
            case "r":
                moved = self.files.pop(step.path)
                self.files[step.other] = moved
                self.names.append(_Name(at, step.path, step.other, moved))
            case "l":
                self.files[step.other] = self.files[step.path]
                self.names.append(_Name(at, None, step.other, self.files[step.other]))
            case "u":
                if self.files.pop(step.path, None):
                    self.names.append(_Name(at, step.path, None, None))
            case "m":
                self.names.append(_Name(at, None, f"{step.path}/", None))

    def cut(self, kind: str, chance: Random) -> dict[str, bytes | None]:
        """What is found after the power is back: bytes by path; None: a folder."""
        found: dict[str, _File | None] = dict(self.before)
        kept = chance.randint(0, len(self.names))  # ordered: up to here
        for n, one in enumerate(self.names):
            durable = one.at < self.last_sync if kind == "ordered" else self._asked_for(one)
            if durable or (n < kept if kind == "ordered" else chance.random() < 0.5):
                half = kind == "fat" and not durable and chance.random() < 0.3
                if one.old is not None and not (half and one.new is not None):
                    found.pop(one.old, None)
                if one.new is not None:
                    found[one.new] = one.file
        there = {path for path in found if path.endswith("/")} | self.base
        reached = {path: file for path, file in found.items() if _parents(path, there)}
        return {path: file.found(chance) if file else None for path, file in reached.items()}

    def _asked_for(self, one: _Name) -> bool:
        """Whether the folder of a name was made durable since."""
        path = (one.new or one.old or "").rstrip("/")
        return self.folders.get(path.rpartition("/")[0], -1) > one.at


def power_cuts(world: World, chance: Random, scale: Scale, names: Sequence[str]) -> Iterator[Figure]:
    """Every walk is recorded once and cut at as many places as are asked for, by each kind of file system."""
    for name in wanted(names, _WALKS):
        first = world.trial(name)
        end = first.run(Disk(traced=True))
        steps = first.trace()
        for kind in KINDS:
            figure = Figure("P2", f"power cut, {kind}", name)
            cuts = sorted(chance.randint(1, len(steps)) for _n in range(scale.states))
            for upto, replay in _replays(first, steps, cuts):
                trial = world.trial(name)
                lay_out(trial.folder, first.folder, replay.cut(kind, chance))
                trial.answers += replay.answers
                trial.judge(End(0))
                broken: Sequence[str] = trial.broken
                if (figure.tried + 1) % scale.deep == 0:
                    broken = trial.finish(deep=True)
                trial.done()
                where = f"cut behind step {upto} of {len(steps)}"
                figure = figure.plus(len(replay.answers), broken, where=where)
            yield figure
        first.judge(end)
        first.done()


def disk_of(start: Path, folder: Path) -> Replay:
    """The disk of a program that works in `folder`, which is like the folder `start` at first."""
    held = {
        str(folder / path.relative_to(start)): _File(path.read_bytes())
        for path in start.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }
    base = {str(folder / path.relative_to(start)) for path in start.rglob("*") if path.is_dir()}
    return Replay(dict(held), base, before=held)


def _replays(trial: Trial, steps: Sequence[Step], cuts: Sequence[int]) -> Iterator[tuple[int, Replay]]:
    """The disk as it stood behind each of `cuts`, the places in the trace in order."""
    replay = disk_of(trial.before.folder, trial.folder)
    at = 0
    for upto in cuts:
        while at < upto:
            replay.step(at, steps[at])
            at += 1
        yield upto, replay


def lay_out(folder: Path, first: Path, found: dict[str, bytes | None]) -> None:
    """Make `folder` what was found of `first`. SQLite's -shm is memory: a power cut takes it."""
    shutil.rmtree(folder)
    for side in ("rumah", "stik"):
        (folder / side).mkdir(parents=True)
    for path, data in found.items():
        if path.endswith("-shm"):
            continue
        place = folder / Path(path.rstrip("/")).relative_to(first)
        if data is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
