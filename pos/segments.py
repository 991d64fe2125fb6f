"""Segments: documents in a shared folder, in immutable files that every sync adds, so that no lock is needed.

`in/<device>/<from>-<to>-<first 16 hex of its sha256>.jsonl` holds documents <from> to <to> of a booth, one
JSON object a line with the columns of `document`; `out/` carries the office's chains the same way. None is
changed in place. One that holds personal data which were to be erased is put down anew without them by the
laptop that wrote it, and goes. A torn or altered segment does not match its own name and is refused.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import islice, pairwise
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, select

from pos import journal
from pos.chains import BATCH, prev_of
from pos.errors import BadDocument
from pos.faults import told
from pos.fresh import draft_of, drop_left_behind
from pos.kept_json import parsed
from pos.ledger import Ledger
from pos.model import Document
from pos.quarantine import MAX_LETTERS, MAX_RUNS
from pos.sync import DEVICE_CODE, Progress
from pos.tables import DEVICE, ERASURE
from pos.text import _

SIDES = ("in", "out")  # what booths hand over, what they take home
MAX_SEGMENT_BYTES = 64_000_000  # twice the longest body there can be
MAX_FILES = 100_000

_CONTINUED = select(DEVICE.c.device, DEVICE.c.of_device).where(DEVICE.c.of_device != "")
_NAME = re.compile(r"(\d{1,12})-(\d{1,12})-([0-9a-f]{16})\.jsonl")


@dataclass(frozen=True, slots=True)
class FolderSource:
    """`in/` or `out/` of a shared folder as a source of chains."""

    folder: Path
    ours: Callable[[int], str | None] | None = None  # hashes of one history: others are passed over
    leave_out: str = ""  # a device whose chain is not asked for

    def tops(self) -> dict[str, int]:
        """The last seq that the names of the segments promise, by device."""
        with told(str(self.folder)):
            if not self.folder.is_dir():
                return {}
            entries = (entry.name for entry in self.folder.iterdir())
            names = sorted(name for name in entries if name != self.leave_out and DEVICE_CODE.fullmatch(name))
        ends = {name: [last for _first, last, _file in _segments(self.folder / name)] for name in names}
        return {name: max(lasts) for name, lasts in ends.items() if lasts}

    def read(self, device: str, after: int, prev: str = "") -> Iterator[Document]:
        """The documents behind `after`, whose hash is `prev` where that is known.

        Of segments that tell different histories the one that goes on is read. Raises BadDocument for a gap,
        or a segment not true to its name, when no other holds what is lost.
        """
        faults: list[tuple[int, BadDocument]] = []  # the last document that is lost, and why
        for first, last, name in _segments(self.folder / device):
            if first > after + 1:
                if prev and self._goes_on_another(device, (first, last, name)):
                    continue
                why = _("documents {first} to {last} are missing.").format(first=after + 1, last=first - 1)
                faults.append((last, BadDocument(device, after + 1, why)))
                break
            if last > after:
                try:
                    docs = _read_segment(self.folder / device / name, first, last)[after + 1 - first :]
                except ValueError:
                    why = _("the segment {name} is torn or was altered.").format(name=name)
                    faults.append((last, BadDocument(device, after + 1, why)))
                    continue
                foreign = self.ours is not None and self.ours(last) not in (None, docs[-1].hash)
                if foreign or (prev and prev_of(docs[0]) != prev and self._parts(device, docs[0], first)):
                    continue
                yield from docs
                after, prev = last, docs[-1].hash
        lost = [fault for last, fault in faults if last > after]
        if lost:
            raise lost[0]

    def first(self, device: str) -> Document | None:
        """The first document of a chain. Of its segment only that line is read: a folder may hold hundreds of
        chains of which a booth wants two.
        """
        for first, _last, name in _segments(self.folder / device)[:1]:
            with suppress(ValueError), told(str(self.folder)):
                with open(self.folder / device / name, "rb", opener=_opened) as file:
                    line = file.readline(MAX_SEGMENT_BYTES) if _is_plain(file) else b""
                doc = _document(line)
                if first == doc.seq == 1:
                    return doc
        return next(self.read(device, 0), None)  # it tells what is wrong

    def hashes(self, device: str, seq: int) -> set[str]:
        """What the segments say that document `seq` is; more than one where histories parted."""
        found = set()
        for first, last, name in _segments(self.folder / device):
            if first <= seq <= last:
                with suppress(ValueError):
                    found.add(_read_segment(self.folder / device / name, first, last)[seq - first].hash)
        return found

    def branches(self, device: str) -> Iterator[Sequence[Document]]:
        """What lies in segments that `read` passes over because others hold the same places.

        Two laptops of one name may each have put theirs here. One that cannot be read is passed over.
        """
        segments = _segments(self.folder / device)
        if all(first > before for (_f, before, _n), (first, _l, _m) in pairwise(segments)):
            return
        runs: list[list[Document]] = []
        held = 0
        for first, last, name in segments:
            if held > MAX_LETTERS or len(runs) > MAX_RUNS:
                break
            with suppress(ValueError):
                docs = _read_segment(self.folder / device / name, first, last)
                held += sum(map(journal.letters, docs))
                before = prev_of(docs[0])
                ends = [run for run in runs if run[-1].hash == before]
                for run in ends:
                    run.extend(docs)
                if not ends:
                    runs.append(_up_to(before, runs) + docs)
        yield from runs

    def _parts(self, device: str, doc: Document, first: int) -> bool:
        """Whether this document, from a segment that begins with `first`, goes on another history that lies
        here, too; otherwise it goes on none, and is to be told of.
        """
        return doc.seq > first or prev_of(doc) in self.hashes(device, doc.seq - 1)

    def _goes_on_another(self, device: str, segment: tuple[int, int, str]) -> bool:
        """Whether the segment follows what lies here of another history: nothing is missing before it."""
        first, last, name = segment
        try:
            docs = _read_segment(self.folder / device / name, first, last)
        except ValueError:
            return False
        return prev_of(docs[0]) in self.hashes(device, first - 1)

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.folder)


def add_segment(ledger: Ledger, folder: Path, progress: Progress | None = None) -> int:
    """Add this laptop's documents that `folder` lacks, also those of codes that it had before, up to BATCH in
    a segment; returns how many.

    `progress` is told of each segment; what it raises ends the work behind a whole one. Personal data that
    were erased since go from the segments that are there. Each is durable before the next is begun. Raises
    WorldFailed when the folder cannot be written; nothing half is left under a final name, and what is
    missing goes with the next sync.
    """
    own, side, sent = ledger.own().code, _side(ledger, folder), 0

    def told_all(done: int, total: int) -> None:
        if progress:
            progress(sent + done, sent + total)

    for code in (*former_codes(ledger), own):
        sent += add_chain(ledger, code, side, told_all)
    return sent


def former_codes(ledger: Ledger) -> list[str]:
    """Under which this laptop sold before it was restored, moved or cloned, the oldest first. Nobody else may
    have handed over what it sold then.
    """
    found: list[str] = []
    with ledger.read() as conn:
        before = {row.device: row.of_device for row in conn.execute(_CONTINUED)}
        code = before.get(ledger.own().code)
        while code and code not in found:
            found.insert(0, code)
            code = before.get(code)
        return [code for code in found if journal.head(conn, code)[0]]


def add_chain(ledger: Ledger, device: str, side: Path, progress: Progress | None = None) -> int:
    """The same of any chain that the ledger holds, into `side`: the `in/` or `out/` of a folder."""
    place, sent = side / device, 0
    drop_left_behind(place)
    with ledger.read() as conn:
        head, _hash = journal.head(conn, device)
        begun = after = _held(conn, place, head)
        while docs := journal.read(conn, device, after, BATCH):
            with told(str(side)):
                _write_segment(place, docs)
            after = docs[-1].seq
            sent += len(docs)
            if progress:
                progress(sent, head - begun)
        _forget(conn, device, place)
    return sent


def drop_torn(ledger: Ledger, folder: Path) -> None:
    """Take away this ledger's own segments in `folder` that are not what their names say; nobody takes them.

    What they were to hold comes again with the next `add_segment`.
    """
    place = _side(ledger, folder) / ledger.own().code
    for first, last, name in _segments(place):
        try:
            _read_segment(place / name, first, last)
        except ValueError:
            with told(str(place)):
                (place / name).unlink()


def _side(ledger: Ledger, folder: Path) -> Path:
    """Where in a shared folder this ledger's own documents lie."""
    return folder / ("out" if ledger.own().role == "office" else "in")


def _forget(conn: Connection, device: str, place: Path) -> None:
    """Put segments in `place` down anew without the personal data that were erased, as far as they can be
    read: what they say beside that stays as it is, also where it is not what this ledger says.
    """
    erased = set(conn.scalars(select(ERASURE.c.of_seq).where(ERASURE.c.of_device == device)))
    for first, last, name in _segments(place):
        if not any(first <= seq <= last for seq in erased):
            continue
        try:
            docs = _read_segment(place / name, first, last)
        except ValueError:
            continue
        clean = [doc._replace(private=None) if doc.seq in erased else doc for doc in docs]
        if clean != docs:
            with told(str(place)):
                _write_segment(place, clean)
                (place / name).unlink()


def _held(conn: Connection, place: Path, head: int) -> int:
    """Up to where the segments in `place` hold this very chain, which ends at `head`.

    Another laptop of the same name, a copy, may have put its own there: the names alone do not tell. Then
    ours is sent again from the last place at which a segment ends as ours does.
    """
    end = _unbroken(place, head)
    segments = _segments(place)
    for seq in sorted({last for _first, last, _name in segments if last <= end}, reverse=True):
        ours = journal.document(conn, place.name, seq)
        hashes = [_last_hash(place / name, first, last) for first, last, name in segments if last == seq]
        if any(found in (None, ours and ours.hash) for found in hashes):
            return seq
    return 0


def _up_to(hash_: str, runs: Sequence[list[Document]]) -> list[Document]:
    """The history that leaves one of these behind the document of this hash has all before it in common."""
    for run in runs:
        for n, doc in enumerate(run, 1):
            if doc.hash == hash_:
                return run[:n]
    return []


def _last_hash(path: Path, first: int, last: int) -> str | None:
    """The hash of a segment's last document; None when it is torn: to be taken away, not to be sent again."""
    try:
        return _read_segment(path, first, last)[-1].hash
    except ValueError:
        return None


def _unbroken(place: Path, head: int) -> int:
    """Up to where the segments in `place` hold the chain that ends at `head`; a lost one is to come again."""
    end = 0
    for first, last, _name in _segments(place):
        if first <= end + 1 and last <= head:
            end = max(end, last)
    return end


def _segments(place: Path) -> list[tuple[int, int, str]]:
    """First seq, last seq and name of every segment in `place`, in order; other files are left alone."""
    with told(str(place)):
        if not place.is_dir():
            return []
        with os.scandir(place) as entries:
            names = [
                entry.name for entry in islice(entries, MAX_FILES) if entry.is_file(follow_symlinks=False)
            ]
    found = [match for name in names if (match := _NAME.fullmatch(name))]
    return sorted((int(match[1]), int(match[2]), match[0]) for match in found)


def _write_segment(place: Path, docs: Sequence[Document]) -> None:
    data = "".join(map(_line, docs)).encode()
    if len(data) > MAX_SEGMENT_BYTES and len(docs) > 1:
        half = len(docs) // 2
        _write_segment(place, docs[:half])
        _write_segment(place, docs[half:])
        return
    name = f"{docs[0].seq}-{docs[-1].seq}-{sha256(data).hexdigest()[:16]}.jsonl"
    with draft_of(place / name, shared=True) as draft:
        draft.write_bytes(data)


def _line(doc: Document) -> str:
    return json.dumps(doc._asdict(), sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"


def _opened(path: str, flags: int) -> int:
    """What was listed as a segment may have become something else: no pipe is waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))


def _read_segment(path: Path, first: int, last: int) -> list[Document]:
    """The documents `first` to `last`. Raises ValueError when the file holds anything else."""
    with told(str(path)), open(path, "rb", opener=_opened) as file:
        # Not what its size says: it may grow meanwhile.
        data = file.read(MAX_SEGMENT_BYTES + 1) if _is_plain(file) else b""
    if len(data) > MAX_SEGMENT_BYTES or sha256(data).hexdigest()[:16] != path.stem.rpartition("-")[2]:
        raise ValueError(path)
    # Of bytes, for a text may hold line ends that are none of ours, such as U+2028.
    docs = [_document(line) for line in BytesIO(data)]
    if [doc.seq for doc in docs] != [*range(first, first + len(docs))] or first + len(docs) != last + 1:
        raise ValueError(path)
    return docs


def _document(line: bytes) -> Document:
    """The document that a line stands for. Raises ValueError when it is none."""
    try:
        doc = Document(**parsed(line))
    except TypeError as error:
        raise ValueError(line[:40]) from error
    if not all(isinstance(part, str) for part in (doc[0], *doc[2:6], doc.private or "")):
        raise ValueError(line[:40])
    return doc


def _is_plain(file: BinaryIO) -> bool:
    """Whether it is a file, and no pipe or device that was put there instead of one."""
    return stat.S_ISREG(os.fstat(file.fileno()).st_mode)
