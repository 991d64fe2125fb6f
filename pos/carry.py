"""Carrying: a booth hands its documents to the central side and takes the office's home.

A central file on a stick or a share is never opened for writing in place: it is copied to this machine,
brought up to date, copied back under another name, read back, and put in place in one step. A pulled stick, a
full disk or a power cut at any moment leaves the old file or the new one, and the next sync sends again
whatever is missing.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import event

from pos import journal
from pos.engines import BUSY_TIMEOUT_S, uri_path
from pos.errors import BadDocument, Refused, WorldFailed
from pos.faults import told
from pos.fresh import draft_of, fsync_file, work_folder
from pos.inbox import open_central
from pos.ledger import Ledger, copy_of, create_collector, open_journal, open_ledger, setting
from pos.model import Fields
from pos.segments import FolderSource, add_segment
from pos.sync import Copied, Progress, copy_chains, first_fields, reading
from pos.text import _

COPY_BYTES = 1024 * 1024


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
    if "://" in target:
        central = open_central(target)
        try:
            return exchange(ledger, central, progress)
        finally:
            central.close()
    path = Path(target)
    if path.is_dir() or not path.suffix:
        return _sync_folder(ledger, path)
    return carry(ledger, path, progress)


def carry(ledger: Ledger, path: Path, progress: Progress | None = None) -> Synced:
    """Bring the central file at `path` and the ledger up to date with each other."""
    if path.exists():
        settled = _nothing_new(ledger, path)
        if settled:
            return settled
    with carried(path) as central:
        return exchange(ledger, central, progress)


def exchange(ledger: Ledger, central: Ledger, progress: Progress | None = None) -> Synced:
    """Both ways between two open ledgers: everything there, the office's chains back."""
    with reading(ledger) as source:
        sent = copy_chains(source, central, progress=progress)
    with reading(central) as source:
        received = copy_chains(source, ledger, offices_only=not _takes_all(ledger))
        heads = source.tops()
    return _synced(sent, received, heads)


def _synced(sent: Copied, received: Copied, heads: dict[str, int]) -> Synced:
    # A chain that both sides refuse is one quarrel, told once.
    told_once = {(fault.device, fault.seq): fault for fault in (*received.refused, *sent.refused)}
    return Synced(sent.taken, received.taken, heads, tuple(told_once.values()))


def _nothing_new(ledger: Ledger, path: Path) -> Synced | None:
    """The answer at once when each side has all that it wants of the other; None when there is work."""
    central = _open_central(path)
    try:
        with reading(central) as theirs, ledger.read() as ours:
            there, here = journal.heads(theirs.conn), journal.heads(ours)
            strangers = [device for device in there if device not in here]
            wanted = any(_wants(ledger, first_fields(theirs, device)) for device in strangers)
    finally:
        central.close()
    if wanted or any(there.get(device) != head for device, head in here.items()):
        return None
    return Synced(0, 0, {device: seq for device, (seq, _hash) in there.items()}, ())


def _takes_all(ledger: Ledger) -> bool:
    """A booth keeps its own chain and the office's; an office and a central file keep everybody's."""
    return ledger.device is None or ledger.device.role == "office"


def _wants(ledger: Ledger, first: Fields) -> bool:
    return _takes_all(ledger) or first.get("role") == "office"


@contextmanager
def carried(path: Path) -> Iterator[Ledger]:
    """A copy of the central file at `path` to work on; put in its place, verified, when the block ends.

    When the block raises, or changes nothing, the file stays as it is. Raises WorldFailed when it is in use
    elsewhere or cannot be written.
    """
    path = path.resolve() if path.is_symlink() else path  # a link stays one; its file is what is replaced
    with told(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path), _workshop() as folder:
        draft = folder / "pusat.lapak"
        if path.exists():
            with closing(_open_central(path)) as central:
                copy_of(central, draft)
        else:
            create_collector(draft)
        central = _open_draft(draft)
        central.name = str(path)
        try:
            before = _heads(central)
            yield central
            changed = _heads(central) != before
        finally:
            central.close()
        if changed or not path.exists():
            _settle(draft)
            _replace(draft, path)


def _open_central(path: Path) -> Ledger:
    """The central file, for reading.

    Raises Refused for any other, above all for the ledger of a till: it may be open, and with its file taken
    away it would lose what it sells from then on.
    """
    central = open_journal(path)
    try:
        own = setting(central, "device")
        if own is None:
            return central
        with reading(central) as source:
            first = first_fields(source, own)
        if first.get("role") == "office":
            raise Refused(
                _("{name} is the office's own ledger, not a file to carry to.").format(name=path),
                _("Hand over to a file or folder beside it; the office syncs with that."),
            )
        booth = first.get("booth", own)
        raise Refused(
            _("{name} is the ledger of booth {code}, not a central file.").format(name=path, code=booth),
            _("Choose another file; a missing one is made."),
        )
    except BaseException:
        central.close()
        raise


def _open_draft(draft: Path) -> Ledger:
    """The working copy. A power cut takes it whole, so it is made durable once, by `_replace`."""
    central = open_ledger(draft)

    @event.listens_for(central.engine, "connect")
    def _hasten(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA synchronous = OFF")

    central.engine.dispose()  # the connection that opened it does not know yet
    return central


def _heads(ledger: Ledger) -> dict[str, tuple[int, str]]:
    with ledger.read() as conn:
        return journal.heads(conn)


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder on this machine for a working copy; gone afterwards."""
    folder = work_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(draft: Path) -> None:
    """All of the working copy in its one file, in the mode that reads on any file system, durable."""
    with told(str(draft)), closing(sqlite3.connect(draft, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous = EXTRA")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode = DELETE")


def _replace(draft: Path, path: Path) -> None:
    """Copy `draft` beside `path`, make it durable, read it back, and put it in place in one step."""
    with told(str(path)), draft_of(path) as arriving:
        with draft.open("rb") as source, arriving.open("wb") as target:
            shutil.copyfileobj(source, target, COPY_BYTES)
        fsync_file(arriving)  # now, for it may take long, and the old file must not be open again by then
        with draft.open("rb") as wanted, arriving.open("rb") as found:
            same = _same(wanted, found)
        if not same:
            raise WorldFailed(
                _("{name} did not read back as it was written; the old file is untouched.").format(name=path),
                _("Use another stick or disk."),
            )
        _withdraw(path)


def _same(wanted: IO[bytes], found: IO[bytes]) -> bool:
    """Whether two files hold the same bytes."""
    while chunk := wanted.read(COPY_BYTES):
        if found.read(len(chunk)) != chunk:
            return False
    return not found.read(1)


def _withdraw(path: Path) -> None:
    """What SQLite keeps beside an open database belongs to the old file and would destroy the new one."""
    if any(Path(f"{path}{suffix}").exists() for suffix in ("-wal", "-journal")):
        address = f"file:{uri_path(path)}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous = EXTRA")
            raw.execute("PRAGMA journal_mode = DELETE")  # refused while another program has the file open


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Only one program at a time changes the central file; the lock goes with the program that held it."""
    with told(str(path)), path.with_name(f".{path.name}.kunci").open("ab") as handle:
        if not _try_lock(handle):
            raise WorldFailed(
                _("{name} is being updated by another program.").format(name=path),
                _("Nothing is lost. Try again in a moment."),
            )
        yield


def _try_lock(handle: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # POSIX, Windows
        return False
    except OSError:
        # The file system has no locks. The replace in one step still keeps the file whole, and whatever
        # another booth brought at the same moment comes again with its next sync.
        return True
    return True


def _sync_folder(ledger: Ledger, folder: Path) -> Synced:
    """Put the ledger's new documents into the shared folder, and read the office's chains from it."""
    sent = add_segment(ledger, folder)
    received = copy_chains(FolderSource(folder / "out"), ledger, offices_only=not _takes_all(ledger))
    heads = FolderSource(folder / "in").tops() | FolderSource(folder / "out").tops()
    return _synced(Copied(taken=sent), received, heads)
