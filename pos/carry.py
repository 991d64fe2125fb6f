"""Carrying: a booth hands its documents to the central side and takes the office's home.

A central file on a stick or a share is never opened for writing in place: it is copied to this machine,
brought up to date, copied back under another name, read back, and put in place in one step. A pulled stick, a
full disk or a power cut at any moment leaves the old file or the new one, and the next sync sends again
whatever is missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event, func, select

from pos import journal, quarantine
from pos.chains import first_fields, reading
from pos.course import Course
from pos.engines import BUSY_TIMEOUT_S, settle, uri_path
from pos.errors import BadDocument, Refused
from pos.faults import told
from pos.file_lock import in_use, locked
from pos.fresh import draft_of, drop_left_behind, make_folder, workshop
from pos.identity import note_fork
from pos.inbox import open_central
from pos.ledger import Ledger, copy_of, create_collector, open_journal, open_ledger, open_target
from pos.letterbox import box_for, keeper_of
from pos.local_tables import QUARANTINE, SIGHTING
from pos.model import Device, Fields
from pos.parting import ForkedError
from pos.paths import has_box, real
from pos.placing import bring, check_room
from pos.prepared import preparing_one
from pos.segments import FolderSource, add_segment
from pos.sync import Copied, Progress, copy_chains, is_for
from pos.text import _
from pos.training import refuse_training

WATCHED = 1_000  # documents that go out between two moments in which the work can be held or stopped


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: documents sent and received, where each chain ends at the target, what was refused."""

    sent: int
    received: int
    heads: dict[str, int]
    refused: tuple[BadDocument, ...]


def sync_target(ledger: Ledger, target: str, progress: Progress | None = None) -> Synced:
    """Hand the ledger's documents to `target` (a `.lapak` file, a folder, a database URL), take the office's.

    A missing file or folder is made. Raises WorldFailed when the target cannot be reached or written; then it
    is as it was, and the ledger has lost nothing.
    """
    refuse_training(ledger)
    synced = _sync(ledger, target, progress)
    own = ledger.device
    if own and any(isinstance(one, ForkedError) and one.device == own.code for one in synced.refused):
        note_fork(ledger)
    return synced


def _sync(ledger: Ledger, target: str, progress: Progress | None) -> Synced:
    if "://" in target:
        central = open_central(target)
        try:
            return exchange(ledger, central, progress)
        finally:
            central.close()
    path = Path(target)
    if path.is_dir() or not path.suffix:
        return _sync_folder(ledger, path)
    if box := box_for(path):
        return _sync_folder(ledger, box)
    return carry(ledger, path, progress)


def carry(ledger: Ledger, path: Path, progress: Progress | None = None) -> Synced:
    """Bring the central file at `path` and the ledger up to date with each other."""
    if path.exists():
        settled = nothing_new(ledger, path)
        if settled:
            return settled
    with carried(path) as central:
        return exchange(ledger, central, progress)


def exchange(
    ledger: Ledger, central: Ledger, progress: Progress | None = None, batch: int | None = None
) -> Synced:
    """Both ways between two open ledgers: everything there, the office's chains back.

    With `batch` somebody looks on and sells meanwhile: so many documents at a time come home, WATCHED go out.
    """
    with (
        reading(ledger) as source,
        preparing_one(ledger, source.tops(), central, alone=not batch) as prepared,
    ):
        watched = WATCHED if batch else None
        sent = copy_chains(source, central, batch=watched, progress=progress, prepared=prepared.of(0))
    with reading(central) as source:
        received = copy_chains(source, ledger, for_booth=keeps(ledger), batch=batch)
        heads = source.tops()
    return synced(sent, received, heads)


def synced(sent: Copied, received: Copied, heads: dict[str, int]) -> Synced:
    """What both ways brought; a chain that both sides refuse is one quarrel, told once."""
    told_once = {(fault.device, fault.seq): fault for fault in (*received.refused, *sent.refused)}
    return Synced(sent.taken, received.taken, heads, tuple(told_once.values()))


def nothing_new(ledger: Ledger, path: Path) -> Synced | None:
    """The answer at once when each side has all that it wants of the other; None when there is work, or may
    be: what an office and a file keep aside is looked at one by one.
    """
    central = open_central_file(path)
    try:
        with reading(central) as theirs, ledger.read() as ours:
            if keeps(ledger) is None and (theirs.keeps_aside or quarantine.beginnings(ours)):
                return None
            there, here = journal.heads(theirs.conn), journal.heads(ours)
            strangers = [device for device in there if device not in here]
            wanted = any(_wants(ledger, first_fields(theirs, device)) for device in strangers)
    finally:
        central.close()
    if wanted or any(there.get(device) != head for device, head in here.items()):
        return None
    return Synced(0, 0, {device: seq for device, (seq, _hash) in there.items()}, ())


def keeps(ledger: Ledger) -> Device | None:
    """The laptop of whose booth the ledger keeps the chains, beside the office's; None for an office or a
    central file, which keep everybody's.
    """
    return ledger.device if ledger.device and ledger.device.role != "office" else None


def _wants(ledger: Ledger, first: Fields) -> bool:
    booth = keeps(ledger)
    return booth is None or is_for(booth, first)


@contextmanager
def carried(path: Path, course: Course | None = None) -> Iterator[Ledger]:
    """A copy of the central file at `path` to work on; put in its place, verified, when the block ends.

    When the block raises, or changes nothing, the file stays as it is. `course` is told of the bytes, in the
    step that it is in. Raises InUse when another program is at it or was meanwhile, or an office works with
    it, WorldFailed when it cannot be written.
    """
    course = course or Course()
    path = real(path) if path.is_symlink() else path  # a link stays one; its file is what is replaced
    with told(str(path)):
        make_folder(path.parent)
    with locked(path), workshop() as folder:
        drop_left_behind(path.parent, path.name, older_s=0)  # nobody else brings anything here now
        if has_box(path):
            raise in_use(path)
        draft = folder / "pusat.lapak"
        if path.exists():
            with closing(open_central_file(path)) as central:
                copy_of(central, draft, course.advance)
        else:
            create_collector(draft)
        central = _open_draft(draft)
        central.name = str(path)
        try:
            before = _state(central)
            yield central
            changed = _state(central) != before
        finally:
            central.close()
        if changed or not path.exists():
            course.begin("keep")
            with told(str(draft)):
                settle(draft)
            check_room(draft, path)
            _replace(draft, path, course, before[0])


@contextmanager
def changing(target: str) -> Iterator[Ledger]:
    """The central file or database `target`, to be changed; a file is replaced whole when the block ends, but
    for one with a letter box, which is open at its office.

    Raises Refused where there is none, and for the ledger of a booth; otherwise as `carried`.
    """
    if "://" not in target:
        if not Path(target).exists():
            raise Refused(_("There is no ledger {name}.").format(name=target))
        if box_for(Path(target)) is None:
            with carried(Path(target)) as central:
                yield central
            return
    central = open_target(target)
    try:
        yield central
    finally:
        central.close()


@contextmanager
def looking(target: str) -> Iterator[Ledger]:
    """The same, only to be read. Raises as `open_ledger`."""
    server = "://" in target
    central = open_target(target) if server else open_ledger(Path(target), read_only=True)
    try:
        yield central
    finally:
        central.close()


def open_central_file(path: Path) -> Ledger:
    """The central file, for reading its documents.

    Raises Refused as `keeper_of`, InUse for one that an office has made its own meanwhile: what goes there
    goes into its letter box.
    """
    if keeper_of(path):
        raise in_use(path)
    return open_journal(path)


def _open_draft(draft: Path) -> Ledger:
    """The working copy. A power cut takes it whole, so it is made durable once, by `_replace`."""
    central = open_ledger(draft)

    @event.listens_for(central.engine, "connect")
    def _hasten(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA synchronous = OFF")

    central.engine.dispose()  # the connection that opened it does not know yet
    return central


def _state(ledger: Ledger) -> tuple[object, ...]:
    """What differs when anything was brought: documents, or what is known of others."""
    with ledger.read() as conn:
        beside = [
            conn.execute(
                select(func.count(), func.coalesce(func.sum(table.c.seq), 0)).select_from(table)
            ).one()
            for table in (QUARANTINE, SIGHTING)
        ]
        return journal.heads(conn), *map(tuple, beside)


def _replace(draft: Path, path: Path, course: Course, heads: object) -> None:
    """Copy `draft` beside `path`, make it durable, read it back, and put it in place in one step.

    What is in the place must still end where it did when it was copied (`heads`): a program that opens the
    file itself, as the one of an office, may have written there since.
    """
    with told(str(path)), draft_of(path, shared=True) as arriving:
        bring(draft, arriving, path, course.advance)
        _withdraw(path)
        if path.exists():
            with closing(open_central_file(path)) as now, now.read() as conn:
                if journal.heads(conn) != heads:
                    raise in_use(path)


def _withdraw(path: Path) -> None:
    """What SQLite keeps beside an open database belongs to the old file and would destroy the new one."""
    if any(Path(f"{path}{suffix}").exists() for suffix in ("-wal", "-journal")):
        address = f"file:{uri_path(path)}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous = EXTRA")
            raw.execute("PRAGMA journal_mode = DELETE")  # refused while another program has the file open


def _sync_folder(ledger: Ledger, folder: Path) -> Synced:
    """Put the ledger's new documents into the shared folder, and read the office's chains from it."""
    sent = add_segment(ledger, folder)
    received = take_home(ledger, folder)
    heads = FolderSource(folder / "in").tops() | FolderSource(folder / "out").tops()
    return synced(Copied(taken=sent), received, heads)


def take_home(ledger: Ledger, folder: Path, batch: int | None = None) -> Copied:
    """Take from a shared folder what the ledger keeps: what offices put there, and what the other laptops of
    a booth hand over.
    """
    own = keeps(ledger)
    copied = copy_chains(FolderSource(folder / "out"), ledger, for_booth=own, batch=batch)
    if own is not None:
        others = FolderSource(folder / "in", leave_out=own.code)
        copied.add(copy_chains(others, ledger, for_booth=own, batch=batch))
    return copied
