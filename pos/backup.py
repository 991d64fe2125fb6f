"""Backup: whole copies of a ledger, each made by SQLite's own backup, verified, and put down in one step.

The file of a ledger is never opened or copied by ourselves: that would drop the locks that SQLite has on it
in this process, and leave out what still lies in its WAL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from pos.clock import Clock
from pos.copies import FOLDER, NOBODY, SEALED, Copy, copies, copy_at, thin_out
from pos.disk_pace import pace_of
from pos.engines import settle
from pos.errors import Damaged, Refused, UserError, WorldFailed
from pos.faults import told
from pos.file_lock import locked
from pos.fresh import draft_of, make_folder, workshop
from pos.ledger import Ledger, copy_of, open_journal
from pos.paths import home, private_folder
from pos.placing import bring, check_room
from pos.sealing import Lock, seal
from pos.text import _
from pos.verify import verify
from pos.volumes import left_behind
from pos.whose import Whose, whose_is


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of one folder: the newest copy there, whether it was made just now, or why there is none."""

    folder: Path
    copy: Copy | None = None
    new: bool = False
    error: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What came of all folders, and how long the ledger's disk takes to keep something (ms, the median)."""

    kept: tuple[Kept, ...]
    pace_ms: int


def back_up(source: Path, folder: Path, lock: Lock | None = None, clock: Clock | None = None) -> Copy:
    """Make a verified copy of the ledger at `source` in `folder`, sealed where there is a `lock`.

    Raises Damaged for a ledger that is not whole, Refused for a folder that cannot be, WorldFailed when a
    disk fails; then nothing in the folder has changed.
    """
    with _prepared(source) as (draft, whose):
        return _put(draft, whose, folder, lock, clock or Clock())


def keep_copies(
    source: Path, folders: Sequence[Path], lock: Lock | None = None, clock: Clock | None = None
) -> BackedUp:
    """See to it that each of `folders` has a copy with all documents of the ledger, and not too many.

    A folder that fails does not keep the others from theirs. Raises as `back_up` for the ledger itself.
    """
    ticking = clock or Clock()
    with closing(open_journal(source)) as ledger, ledger.read() as conn:
        whose = whose_is(conn)
    behind = [folder for folder in folders if not _holds_all(folder, whose, lock)]
    pace = pace_of(source.parent)  # before the copying keeps the disk busy
    made: dict[Path, Kept] = {}
    with _prepared(source) if behind else nullcontext((Path(), whose)) as (draft, now):
        for folder in behind:
            try:
                made[folder] = Kept(folder, _put(draft, now, folder, lock, ticking), new=True)
            except UserError as error:
                made[folder] = Kept(folder, error=(error.message, error.hint))
    for folder in folders:
        made.setdefault(folder, Kept(folder, _newest(folder, whose)))
        if whose.device and not made[folder].error[0]:
            thin_out(folder, whose.device, whose.now(ticking).date())
    return BackedUp(tuple(made[folder] for folder in folders), pace)


def check_whole(ledger: Ledger) -> int:
    """How many documents a ledger holds, all of them whole. Raises Damaged, and tells where."""
    found = verify(ledger)
    if not found.ok:
        raise Damaged(
            _("{name} is damaged: {why}").format(name=ledger.name, why=found.problems[0].message),
            _("Keep the file, and restore from the newest good copy."),
        )
    return found.documents


@contextmanager
def _prepared(source: Path) -> Iterator[tuple[Path, Whose]]:
    """A verified copy of the ledger at `source` on this machine, in one file, and whose it is."""
    with told(str(home())):
        private_folder(home())
    with locked(home() / FOLDER), workshop() as folder:
        draft = folder / source.name
        with closing(open_journal(source)) as ledger:
            copy_of(ledger, draft)
        with told(str(draft)):
            settle(draft)
        with closing(open_journal(draft)) as copy:
            copy.name = str(source)
            check_whole(copy)
            with copy.read() as conn:
                whose = whose_is(conn)
        yield draft, whose


def _put(draft: Path, whose: Whose, folder: Path, lock: Lock | None, clock: Clock) -> Copy:
    """Bring the copy into `folder`, read it back there, and give it its name."""
    if left_behind(folder):
        raise WorldFailed(
            _("The stick of {name} is not there.").format(name=folder), _("Plug it in, then try again.")
        )
    path = folder / whose.copy_name(clock, sealed=lock is not None)
    if folder.exists() and not folder.is_dir():
        raise Refused(_("{name} is not a folder.").format(name=folder), _("Choose another name."))
    with told(str(folder)):
        make_folder(folder)
    bringing = draft
    if lock:
        bringing = draft.with_suffix(SEALED)
        seal(draft, bringing, lock)
    check_room(bringing, path)
    with told(str(path)), draft_of(path) as arriving:
        bring(bringing, arriving, path)
    made = copy_at(path)
    if made is None:
        raise WorldFailed(_("{name} was gone at once.").format(name=path), _("Use another stick or disk."))
    return made


def _holds_all(folder: Path, whose: Whose, lock: Lock | None) -> bool:
    """Whether the newest copy there has all that there is to keep, in the form that is wanted."""
    newest = _newest(folder, whose)
    return newest is not None and newest.documents == whose.documents and newest.sealed == bool(lock)


def _newest(folder: Path, whose: Whose) -> Copy | None:
    """The newest copy there of this very ledger; one that was kept for an older program is none."""
    found = copies(folder, whose.device or NOBODY)
    return next((one for one in found if not one.former), None)
