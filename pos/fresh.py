"""Files made whole: written beside their place under a temporary name, then put there in one step."""

from __future__ import annotations

import errno
import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pos.clock import new_id, pause
from pos.errors import Refused
from pos.faults import is_open_elsewhere, told
from pos.paths import home
from pos.text import _

TRIES, TRY_MS = 27, 100  # 75 ms each in the mean
DRAFT = ".baru"  # how the name of a file ends that is not whole yet
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}  # FAT and some shares have none
LEFT_BEHIND_S = 7 * 24 * 3600  # no program works on one copy or draft for longer


@contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; whole and durable under its own name when the block ends.

    Raises Refused when `path` is something else than a file, WorldFailed when the disk fails; then what was
    there before is as it was.
    """
    if path.exists() and not path.is_file():
        raise Refused(_("{name} is not a file.").format(name=path), _("Choose another name."))
    with told(str(path)), draft_of(path) as draft:
        yield draft


@contextmanager
def draft_of(path: Path, *, durable: bool = True, anew: bool = False) -> Iterator[Path]:
    """The same for who tells faults in his own words: raises OSError as the disk does, and refuses nothing.

    With `durable` the content and then the new name reach the disk before the block is over; without it a
    power cut may take both, and leave the file of before or an empty one. With `anew` a file that came there
    meanwhile stays: raises FileExistsError.
    """
    # No longer than a file system takes.
    draft = path.with_name(f".{path.name[:80]}.{new_id()[-8:]}{DRAFT}")
    try:
        if durable:
            make_folder(path.parent)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        if durable:
            fsync_file(draft)
        (_add if anew else put)(draft, path)
        if durable:
            fsync_folder(path.parent)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def put(draft: Path, path: Path) -> None:
    """Give `draft` the name `path` in one step, as long as it takes others to look at what is there.

    Windows replaces no file that a program has open, not even one that only looks: a virus scanner, another
    Lapak. For those it is tried for 2 s. Raises OSError.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            draft.replace(path)
        except PermissionError as error:
            if not tries_left or not is_open_elsewhere(error):
                raise
            pause(TRY_MS)
        else:
            return


def _add(draft: Path, path: Path) -> None:
    """Give `draft` the name `path`, which nothing has. Raises FileExistsError when something has got it."""
    if os.name == "nt":
        draft.rename(path)  # replaces nothing there
        return
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        put(draft, path)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that no power cut takes them, and what is put there, away again.

    Raises OSError.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    with suppress(PermissionError):  # who may put something into a folder may not always look into it
        fsync_folder(folder.parent)


def drop_left_behind(folder: Path, name: str = "", *, older_s: float = LEFT_BEHIND_S) -> None:
    """Remove drafts (of the file `name`, or of all) in `folder` that nobody finished: their program was
    killed, their stick was pulled. Younger ones than `older_s` seconds may be somebody's at work. What cannot
    be removed stays.
    """
    wanted = f".{glob.escape(name[:80]) or '*'}.????????{DRAFT}*"  # and what SQLite had beside it
    with suppress(OSError):
        newest = folder.stat().st_mtime  # the file system's own, so that a clock set wrong takes nothing away
        for path in folder.glob(wanted):
            if older_s == 0 or path.stat().st_mtime < newest - older_s:
                path.unlink(missing_ok=True)


def fsync_file(path: Path) -> None:
    """Make what the file at `path` holds survive a power cut; drops what locks SQLite has on it here."""
    with path.open("rb+") as file:  # to write, for Windows lets nobody else ask
        os.fsync(file.fileno())


def work_place() -> Path:
    """Where working copies lie."""
    return home() / "kerja"


def work_folder() -> Path:
    """A new folder on this machine for a working copy; whoever asks for it removes it.

    A program that was ended could not: what such ones left more than a week ago goes now.
    """
    with told(str(home())):
        folder = work_place() / new_id()
        folder.mkdir(parents=True)
        drop_left_behind(home())
        _clear_left_behind(folder)
    return folder


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder on this machine for a working copy; gone afterwards."""
    folder = work_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_left_behind(newest: Path) -> None:
    """Both times are the file system's own, so that a clock set wrong takes nothing away from anybody."""
    made = newest.stat().st_mtime
    for other in newest.parent.iterdir():
        with suppress(OSError):
            files = (other, *other.iterdir())
            if max(file.stat().st_mtime for file in files) < made - LEFT_BEHIND_S:
                shutil.rmtree(other, ignore_errors=True)


def fsync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut (POSIX; Windows needs and allows no such call)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
