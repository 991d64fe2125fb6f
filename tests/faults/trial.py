"""One trial: a walk in a folder of its own, cut as often as somebody likes, and what it must not break."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from tests.faults.bare import HIDDEN, STAN, Place, books, segments
from tests.faults.booths import BOOTHS
from tests.faults.nursery import BUG, HUNG, End, Job, Nursery
from tests.faults.shim import Disk, Step, trace
from tests.faults.walks import WALKS, Walk

KILLED = -9
_DONE, _FAILED = 0, 3
OLD = b"yang lama\n"  # what lay under the name of a paper before (tests/faults/walks.py)
_SIDE_FILES = ("-wal", "-shm", "-journal")


class SeenError(Exception):
    """A bug that was planted was seen: that is all that was to be known."""

    def __init__(self, broken: Sequence[str]) -> None:
        super().__init__(*broken)
        self.broken = broken


@dataclass
class World:
    """Where trials take place: prepared walks to copy, the nursery, and the bug that is in the program."""

    folder: Path
    _nursery: Nursery | None  # None inside a child, where nothing is cut
    bug: str = ""
    server: str = ""  # the address of a PostgreSQL that runs; empty: who needs one starts it
    _count: int = 0
    _before: dict[str, Holdings] = field(default_factory=dict)

    @property
    def nursery(self) -> Nursery:
        """Where children come from."""
        assert self._nursery is not None
        return self._nursery

    def prepared(self, walk: str) -> Path:
        """The folder of a walk before it is done."""
        made = self.folder / "siap" / walk
        if not made.exists():
            made.mkdir(parents=True)
            self.walk(walk).prepare(made)
        return made

    def walk(self, name: str) -> Walk:
        """By its name."""
        return {**WALKS, **BOOTHS}[name]

    def trial(self, walk: str) -> Trial:
        """A new one."""
        before = self.prepared(walk)
        if walk not in self._before:
            self._before[walk] = Holdings(before)
        self._count += 1
        folder = self.folder / f"{self._count:06d}"
        shutil.copytree(before, folder)
        return Trial(self, self.walk(walk), folder, self._before[walk])


@dataclass(frozen=True)
class Holdings:
    """What lies in the folder of a trial: documents by place in each ledger and shared folder, and files."""

    folder: Path

    @cached_property
    def files(self) -> set[str]:
        """All files but those that SQLite keeps beside a database."""
        found = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}
        return {name for name in found if not name.endswith(_SIDE_FILES) and not name.endswith(".kunci")}

    @cached_property
    def looked(self) -> tuple[Mapping[str, Mapping[Place, str]], Mapping[str, set[str]], Sequence[str]]:
        """Documents by ledger or folder, the carts sold in each ledger, and what is wrong."""
        hashes: dict[str, Mapping[Place, str]] = {}
        carts: dict[str, set[str]] = {}
        problems: list[str] = []
        for name in sorted(self.files):
            hidden = any(part.startswith(HIDDEN) for part in Path(name).parts)
            if name.endswith(".lapak") and name.count("/") == 1 and not hidden:
                found = books(self.folder / name)
                hashes[name] = found.hashes
                carts[name] = {key.partition(" ")[2] for key in found.carts}
                problems += [f"{name}: {problem}" for problem in found.problems]
        for shared in (path for path in (self.folder / "stik").glob("*") if path.is_dir()):
            name = str(shared.relative_to(self.folder))
            hashes[name], torn = segments(shared)
            problems += [f"{name}: {problem}" for problem in torn]
        return hashes, carts, problems


@dataclass
class Trial:
    """A walk on its way. `answers` are all that were given, however often it was begun again."""

    world: World
    walk: Walk
    folder: Path
    before: Holdings
    answers: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def run(self, disk: Disk | None = None, kill_ms: float = 0.0) -> End:
        """Do the walk, or what is left of it."""
        end = self.world.nursery.one(Job(self.walk.name, self.folder, disk, self.world.bug, kill_ms))
        self.answers += end.answers
        return end

    def judge(self, end: End, *, may_fail: bool = True, killed: bool = False, tidy: bool = False) -> None:
        """How the program ended, and what it left. With `tidy` a clean error has to leave nothing behind."""
        if end.code in (BUG, HUNG) or (end.code < 0 and not (killed and end.code == KILLED)):
            self._break(f"ended with {end.code}: {end.said.strip()[-900:]}")
        elif end.code > 0 and not (may_fail and end.code in self.walk.told):
            self._break(f"refused with {end.code}: {end.said.strip()[:300]}")
        elif end.code == _FAILED and not (0 < len(_sentence(end.said)) < 400):
            self._break(f"does not say in a sentence what happened: {end.said!r}")
        now = Holdings(self.folder)
        for problem in self._problems(now):
            self._break(problem)
        litter = sorted(name for name in now.files - self.before.files if _is_litter(name))
        if litter and tidy and end.code == _FAILED and not end.hit.startswith(("unlink", "open")):
            self._break(f"left behind: {litter}")

    def finish(self, *, deep: bool = False) -> Sequence[str]:
        """Begin once more with everything in order: it comes to its end, and the books are whole."""
        self.judge(self.run(), may_fail=False)
        now = Holdings(self.folder)
        sold = now.looked[1].get(STAN, set())
        if missing := set(self.walk.carts) - sold:
            self._break(f"never sold: {sorted(missing)}")
        if more := sold - self.before.looked[1].get(STAN, set()) - set(self.walk.carts):
            self._break(f"sold beside: {sorted(more)}")
        if deep:
            end = self.world.nursery.one(Job("examine", self.folder))
            if end.code:
                self._break(f"examined: {end.code} {end.said.strip()[-900:]}")
        return self.done()

    def done(self) -> Sequence[str]:
        """What it broke; the folder is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for path in self.folder.parent.glob(f"{self.folder.name}-kata*"):
            path.unlink()
        if self.broken and self.world.bug:
            raise SeenError(self.broken)
        return self.broken

    def trace(self) -> list[Step]:
        """What the last run did to its disk, when that was traced."""
        return [step for step in self._traced() if step.op != "g"]

    def met(self) -> list[Step]:
        """The operations of the last run by their numbers, and the answers between them, when traced."""
        return [step for step in self._traced() if step.op in "ga"]

    def written(self) -> int:
        """How many bytes that were."""
        return sum(len(step.data) for step in self.trace() if step.op == "w")

    def _traced(self) -> Iterator[Step]:
        return trace(Path(f"{Job(self.walk.name, self.folder).aside}.trace"))

    def _break(self, problem: str) -> None:
        if problem not in self.broken:
            self.broken.append(problem)

    def _problems(self, now: Holdings) -> Iterator[str]:
        hashes, _carts, problems = now.looked
        yield from problems
        for name, held in self.before.looked[0].items():
            lost = [place for place, hashed in held.items() if hashes.get(name, {}).get(place) != hashed]
            if lost:
                yield f"{name} lost {len(lost)} documents that it had, such as {lost[0]}"
        yield from kept(self.answers, now)
        for path in (self.folder / "stik").glob("[!.]*"):
            if path.is_file() and path.suffix in _WHOLE:
                data = path.read_bytes()
                if data != OLD and not _WHOLE[path.suffix](path, data):
                    yield f"{path.name} is half a file ({len(data)} bytes)"


def kept(answers: Sequence[str], now: Holdings) -> Iterator[str]:
    """Which answers are not true."""
    hashes, carts, _problems = now.looked
    originals = 0
    latest = {parts[1]: parts[2] for parts in (one.split("|") for one in answers) if parts[0] == "file"}
    for answer in answers:
        kind, *parts = answer.split("|")
        if kind == "paper":
            where, device, seq, hashed = parts
            if hashes.get(where, {}).get((device, int(seq))) != hashed:
                yield f"lost: {where} has no document {device} #{seq} that was answered for"
        elif kind == "sold" and parts[1] not in carts.get(parts[0], ()):
            yield f"lost: {parts[0]} has no sale of cart {parts[1]} that was answered for"
        elif kind == "file":
            path = now.folder / parts[0]
            if not path.exists() or sha256(path.read_bytes()).hexdigest() != latest[parts[0]]:
                yield f"lost: {parts[0]} is not what was answered for"
        elif kind == "whole":
            path = now.folder / parts[0]
            if not path.exists() or path.read_bytes() == OLD:
                yield f"lost: {parts[0]} is not there, though it was answered for"
        elif kind == "original":
            originals += 1
    if originals > 1:
        yield f"{originals} papers were called the original"


def _sentence(said: str) -> str:
    """What a person is told; of JSON documents the first `error`."""
    if "Traceback" in said or not said.lstrip().startswith("{"):
        return "" if "Traceback" in said else said.strip()
    told = [json.loads(line).get("error") for line in said.splitlines()]
    return str(next(filter(None, told), ""))


def _is_litter(name: str) -> bool:
    return name.endswith(".baru") or ".baru-" in name or "/kerja/" in name


def _is_zip(path: Path, _data: bytes) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except zipfile.BadZipFile:
        return False


def _is_jsonl(_path: Path, data: bytes) -> bool:
    lines = data.decode().splitlines()
    return data.endswith(b"\n") and len(lines) > 5 and all(json.loads(line) for line in lines)


_WHOLE: Mapping[str, Callable[[Path, bytes], bool]] = {
    ".csv": lambda _path, data: data.endswith(b"\n") and data.count(b"\n") > 5,
    ".jsonl": _is_jsonl,
    ".xlsx": _is_zip,
    ".zip": _is_zip,
    ".pdf": lambda _path, data: data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF"),
}
