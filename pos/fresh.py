"""Files made whole: written beside their place under a temporary name, then put there in one step."""

from __future__ import annotations

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
def draft_of(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """The same for who tells faults in his own words: raises OSError as the disk does, and refuses nothing.

    With `durable` the content and then the new name reach the disk before the block is over; without it a
    power cut may take both, and leave the file of before or an empty one.
    """
    draft = path.with_name(f".{path.name[:80]}.{new_id()[-8:]}.baru")  # no longer than a file system takes
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        if durable:
            fsync_file(draft)
        put(draft, path)
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


def fsync_file(path: Path) -> None:
    """Make what the file at `path` holds survive a power cut; drops what locks SQLite has on it here."""
    with path.open("rb+") as file:  # to write, for Windows lets nobody else ask
        os.fsync(file.fileno())


def work_place() -> Path:
    """Where working copies lie."""
    return home() / "kerja"


def work_folder() -> Path:
    """A new folder on this machine for a working copy; whoever asks for it removes it."""
    with told(str(home())):
        folder = work_place() / new_id()
        folder.mkdir(parents=True)
    return folder


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder on this machine for a working copy; gone afterwards."""
    folder = work_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fsync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut (POSIX; Windows needs and allows no such call)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
