"""Restore: a copy is tried out, or becomes the ledger of a laptop; what was there before is kept beside it.

Whoever sells on with a restored ledger does so under a new device code (pos/identity.py): nobody can know how
far the old laptop came after the copy was made, and no receipt number may be given twice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from pos import journal
from pos.backup import check_whole
from pos.backup_notes import Wanted
from pos.clock import Clock
from pos.copies import SEALED, STICK_FOLDER, Copy, copies, copy_at, own_folder
from pos.doctor import Finding, examine
from pos.engines import settle
from pos.errors import Damaged, DiskFails, NotOurs, Refused, UserError, WorldFailed
from pos.faults import told
from pos.fresh import draft_of, fsync_folder, make_folder, workshop
from pos.ledger import Ledger, copy_of, devices, open_journal, open_ledger, set_setting
from pos.machine import RESTORED
from pos.money import Rupiah
from pos.paths import home, safe_name
from pos.placing import bring, check_room
from pos.sealing import unseal
from pos.settings import read_machine
from pos.tables import REFUND, SALE
from pos.text import _
from pos.volumes import sticks
from pos.whose import whose_is

SIDES = ("", "-wal", "-shm", "-journal")  # what SQLite has of one database
ASIDE = ".lama"  # a ledger that made way, and its side files
_SHARED_LOCK = 128  # the byte of -shm that each connection to a WAL database holds (wal.c, WAL_DMS_LOCK)


@dataclass(frozen=True, slots=True)
class Content:
    """What a copy holds: whose it is, how many documents and sales, Rupiah net of what came back, the moment
    of the last document of the laptop itself (ISO 8601).
    """

    booth: str
    name: str
    documents: int
    sales: int
    total: Rupiah
    last: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying a copy: it is good when every check found it so."""

    copy: Path
    content: Content
    checks: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """It can be relied on."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class Restored:
    """The ledger that was made of a copy; `aside` is where the one lies that was in its place."""

    path: Path
    content: Content
    aside: Path | None


def found_copies() -> tuple[Copy, ...]:
    """All copies at hand, the newest first: of this machine, of the folder that it was told to keep them in,
    and on the sticks that are in.
    """
    places = dict.fromkeys((own_folder(), Wanted(read_machine()["backup_folder"]).laptop))
    on_sticks = (stick.path / STICK_FOLDER for stick in sticks())
    every = [one for place in (*places, *on_sticks) for one in copies(place)]
    return tuple(sorted(every, key=lambda one: (one.at, one.documents), reverse=True))


def try_copy(path: Path, passphrase: str = "") -> Tried:
    """Restore a copy into a folder of its own, and run every check there is over it; nothing else changes.

    Raises Damaged for one that is not whole, WrongPassphrase, Refused for what is no copy.
    """
    with _brought(path, passphrase) as draft, closing(open_ledger(draft)) as ledger:
        content = _content(ledger)
        named = copy_at(path)
        same = named is None or named.documents == content.documents
        detail = "" if same else f"{content.documents} ≠ {named.documents if named else ''}"
        return Tried(path, content, (Finding("count", same, detail), *examine(ledger)))


def look_into(path: Path, passphrase: str = "") -> Content:
    """What a copy holds, for whoever is to choose one. Raises as `try_copy`."""
    with _brought(path, passphrase) as draft, closing(open_ledger(draft)) as ledger:
        return _content(ledger)


def restore(path: Path, target: Path, passphrase: str = "", clock: Clock | None = None) -> Restored:
    """Make the copy at `path` the ledger at `target`; a ledger that is there makes way and is kept.

    Whoever opens it goes on under a new device code. Raises Refused where a program has the ledger open,
    otherwise as `try_copy`, WorldFailed when the disk fails; then all is as it was, or the ledger is aside
    and the copy can be restored once more.
    """
    if target.exists() and not target.is_file():
        raise Refused(_("{name} is not a file.").format(name=target), _("Choose another name."))
    if target.exists() and path.exists() and path.samefile(target):
        raise Refused(_("{name} is the ledger itself, no copy of it.").format(name=path))
    with _brought(path, passphrase) as draft:
        with closing(open_ledger(draft)) as ledger:
            set_setting(ledger, RESTORED, "1")
            content, moment = _content(ledger), (clock or ledger.clock).now()
        aside = put_in_place(draft, target, moment)
    return Restored(target, content, aside)


def place_for(copy: Path, folder: Path | None = None) -> Path:
    """Where the ledger of a copy comes to lie on this laptop: in home(), under a name that is free there."""
    named = copy_at(copy)
    base = safe_name(f"{named.booth}-{named.device}".lower()) if named else safe_name(copy.stem.lower())
    names = (f"{base}{f'-{number}' if number else ''}.lapak" for number in range(1_000))
    free = ((folder or home()) / name for name in names)
    return next(path for path in free if not any(Path(f"{path}{side}").exists() for side in SIDES))


def put_in_place(draft: Path, target: Path, moment: datetime) -> Path | None:
    """Make the closed ledger `draft` the one at `target`; returns where the one lies that was there, if any.

    Raises Refused where a program has that open, WorldFailed when the disk fails.
    """
    with told(str(draft)):
        settle(draft)
    with told(str(target)):
        make_folder(target.parent)
    check_room(draft, target)
    with told(str(target)), draft_of(target) as arriving:
        bring(draft, arriving, target)
        refuse_open(target)
        return set_aside(target, moment)


def set_aside(target: Path, moment: datetime) -> Path | None:
    """Move a ledger and what SQLite keeps beside it to another name, all together; None where nothing was.

    A -wal left behind would be played into whatever comes in its place.
    """
    there = [side for side in SIDES if Path(f"{target}{side}").exists()]
    if not there:
        return None
    aside = target.with_name(f"{target.name}.{moment:%Y%m%d-%H%M%S}{ASIDE}")
    while any(Path(f"{aside}{side}").exists() for side in SIDES):
        aside = aside.with_name(f"{aside.name.removesuffix(ASIDE)}x{ASIDE}")
    for side in there:  # the ledger first: without it nothing opens what is left, half a ledger would open
        Path(f"{target}{side}").rename(f"{aside}{side}")
    fsync_folder(target.parent)
    return aside


def refuse_open(path: Path) -> None:
    """Raise Refused where another program has the ledger open; Windows refuses to move it by itself.

    For who has it not open himself: the lock asked for here is one that SQLite has there.
    """
    shared = Path(f"{path}-shm")
    if sys.platform == "win32" or not shared.exists():
        return
    import fcntl

    with told(str(path)), shared.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _SHARED_LOCK)
        except (BlockingIOError, PermissionError) as error:
            raise Refused(
                _("{name} is open in a program; nothing was changed.").format(name=path),
                _("Close Lapak, then try again."),
            ) from error


def worth_restoring(error: UserError) -> bool:
    """Whether a ledger that could not be opened for this reason may be helped by a copy."""
    return isinstance(error, Damaged | DiskFails | NotOurs | LedgerLost)


class LedgerLost(WorldFailed):
    """There was a till's ledger, and it is gone or empty."""


def lost(path: Path) -> LedgerLost:
    """What is told of it."""
    empty = path.exists()
    gone = _("The ledger {name} is empty.") if empty else _("The ledger {name} is gone.")
    return LedgerLost(
        gone.format(name=path.name), _("What was sold is in the copies: restore the newest one.")
    )


@contextmanager
def _brought(path: Path, passphrase: str) -> Iterator[Path]:
    """A working copy of a copy, opened with its passphrase, seen to be whole."""
    if not path.exists():
        raise Refused(_("There is no copy {name}.").format(name=path))
    with workshop() as folder:
        draft = folder / "pulih.lapak"
        if path.suffix == SEALED:
            unseal(path, draft, passphrase)
        else:
            with closing(open_journal(path)) as copy:
                copy_of(copy, draft)
        with closing(open_journal(draft)) as copy:
            copy.name = str(path)
            check_whole(copy)
        yield draft


def _content(ledger: Ledger) -> Content:
    with ledger.read() as conn:
        whose = whose_is(conn)
        own = devices(conn).get(whose.device)
        sales = conn.scalar(select(func.count()).select_from(SALE)) or 0
        sold = conn.scalar(select(func.coalesce(func.sum(SALE.c.total), 0)))
        back = conn.scalar(select(func.coalesce(func.sum(REFUND.c.total), 0)))
        seq, _hash = journal.head(conn, whose.device)
        last = journal.document(conn, whose.device, seq) if seq else None
    total = int(sold or 0) - int(back or 0)
    name = own.name if own else ""
    return Content(whose.booth, name, whose.documents, sales, total, last.at if last else "")
