"""An update from a file: never in the middle of a shift, a copy of the books first, and a way back.

The new version is unpacked beside the old one, checked, and made to try itself on this machine; only then the
pointer moves, in one step. Until the next start the old one runs on. The books are not touched: whichever
version opens them derives its own tables from the same documents (pos/ledger.py).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from pos import __version__
from pos.backup import back_up
from pos.backup_notes import Wanted
from pos.clock import Clock
from pos.errors import Damaged, Refused, WorldFailed
from pos.faults import told
from pos.file_lock import locked
from pos.fresh import fsync_folder
from pos.installed import Installed, installed, newer, point_to
from pos.ledger import Ledger, open_ledger
from pos.money import plain
from pos.paths import newest_own
from pos.sealing import lock_of
from pos.settings import read_machine
from pos.shifts import current_shift
from pos.text import _, clock_time, short_date
from pos.update_file import Package, Tell, is_whole, read_package, unpack
from pos.volumes import free_bytes

TRIAL_S = 600  # of the new version's own trial; a slow laptop needs a minute
_ROOM = 200_000_000  # bytes that stay free beside it
_ARRIVING = ".baru"  # how the folder of a version ends that is not whole yet
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Updated:
    """What holds from the next start on: the version, the one before it, and the copies of the books."""

    version: str
    former: str
    copies: tuple[Path, ...] = ()


def update(
    file: Path,
    ledgers: Sequence[Path] = (),
    *,
    clock: Clock | None = None,
    tell: Tell = lambda _done, _total: None,
) -> Updated:
    """Have the version in `file` started from now on. `ledgers` are those that are open.

    Raises Refused while a shift is open, for an older version, for one that does not work here, and where
    Lapak is no package; NotOurs and Damaged as `read_package`; WorldFailed when a disk fails or a copy of the
    books cannot be made. Then everything is as it was.
    """
    place = _place()
    package = read_package(file)
    with told(str(place.folder)), locked(place.folder / "lapak"):
        _check(place, package)
        books = _books(ledgers)
        _check_room(place, package)
        copies = tuple(_copy_of(path, clock) for path in books)
        _put_beside(place, package, tell)
        then = point_to(place, package.version)
        _drop_others(then)
    return Updated(then.current, then.former, copies)


def go_back() -> Updated:
    """Have the version before this one started from now on; this one becomes the way forward again.

    Raises Refused where there is none, or where it is not whole any more; WorldFailed when the disk fails.
    """
    place = _place()
    with told(str(place.folder)), locked(place.folder / "lapak"):
        former = place.way_back
        if not former:
            raise Refused(_("There is no version to go back to."), _("Update from a file instead."))
        if not is_whole(place.app(former)):
            raise Refused(
                _("Version {version} is not whole any more, so it is not used.").format(version=former),
                _("Update from a file instead. Nothing has changed."),
            )
        then = point_to(place, former)
    return Updated(then.current, then.former)


def _place() -> Installed:
    place = installed()
    if place is None:
        raise Refused(
            _("This Lapak was not put here as a package, so it cannot update itself."),
            _("Install the new version the way this one was installed. The books stay as they are."),
        )
    if not os.access(place.folder, os.W_OK):
        raise Refused(
            _("{name} belongs to somebody else on this computer.").format(name=place.folder),
            _("Ask whoever installed Lapak to update it."),
        )
    return place


def _check(place: Installed, package: Package) -> None:
    if package.version in {place.current, __version__}:
        raise Refused(_("Version {version} is here already.").format(version=package.version))
    if not newer(package.version, place.current):
        raise Refused(
            _("{file} is version {version}, older than {current}.").format(
                file=package.file.name, version=package.version, current=place.current
            ),
            _("Nothing has changed."),
        )


def _books(ledgers: Sequence[Path]) -> tuple[Path, ...]:
    """The ledgers that are open and the booth's own one, none with an open shift; sample data are nobody's
    books.
    """
    own, books = newest_own(), list[Path]()
    for path in dict.fromkeys([*ledgers, *([own] if own else [])]):
        with closing(open_ledger(path, read_only=True)) as ledger:
            if ledger.device is None or not ledger.device.sample:
                _check_shift(ledger)
                books.append(path)
    return tuple(books)


def _check_shift(ledger: Ledger) -> None:
    shift = current_shift(ledger) if ledger.device else None
    if shift:
        raise Refused(
            _(
                "The shift of {day}, {time} is still open, and nothing is updated in the middle of one."
            ).format(day=short_date(shift.day), time=clock_time(shift.at)),
            _("Close the shift first, then update. Nothing has changed."),
        )


def _check_room(place: Installed, package: Package) -> None:
    needed, free = package.size + _ROOM, free_bytes(place.folder)
    if free is not None and needed > free:
        raise WorldFailed(
            _("{name} needs {size} MB, but only {room} MB are free there.").format(
                name=place.folder, size=plain(needed // _MB), room=plain(free // _MB)
            ),
            _("Make room, then update. Nothing has changed."),
        )


def _copy_of(path: Path, clock: Clock | None) -> Path:
    """A verified copy where copies lie that the till makes by itself."""
    machine = read_machine()
    wanted = Wanted(machine["backup_folder"], "", machine["backup_lock"])
    return back_up(path, wanted.laptop, lock_of(wanted.lock), clock).path


def _put_beside(place: Installed, package: Package, tell: Tell) -> None:
    """The new version in its folder, whole and tried; or nothing of it."""
    app = place.app(package.version)
    arriving = app.with_name(app.name + _ARRIVING)
    for left_behind in (arriving, app):  # of an update that was cut, or was gone back from
        shutil.rmtree(left_behind, ignore_errors=True)
    try:
        arriving.mkdir()
        unpack(package, arriving, tell)
        arriving.rename(app)
        fsync_folder(place.folder)
        _try(app, package)
    except BaseException:
        shutil.rmtree(arriving, ignore_errors=True)
        shutil.rmtree(app, ignore_errors=True)
        raise


def _try(app: Path, package: Package) -> None:
    """Have the new version try itself. Raises Damaged, Refused."""
    if not is_whole(app):
        raise Damaged(
            _("{name} did not read back as it was written.").format(name=app), _("Nothing has changed.")
        )
    try:
        code = subprocess.run(
            [*starter(app), "--selftest"], capture_output=True, timeout=TRIAL_S, check=False, cwd=app
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        code = 1
    if code:
        raise Refused(
            _("Version {version} does not work on this computer.").format(version=package.version),
            _("The version so far goes on being used. Tell whoever handed the file out."),
        )


def starter(app: Path) -> tuple[str, ...]:
    """The command that starts the version in `app`, to which arguments are added."""
    if sys.platform == "win32":
        return (str(app / "python.exe"), "-m", "ui")
    return (str(app / "lapak"),)


def _drop_others(place: Installed) -> None:
    """Two versions are kept. What cannot be removed, for it runs just now, stays until the next update."""
    kept = {place.app(version) for version in (place.current, place.former)}
    with suppress(OSError):
        for folder in place.folder.glob("app-*"):
            if folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)
