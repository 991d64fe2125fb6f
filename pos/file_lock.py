"""Whose turn it is at a central file that several programs can reach: a lock on a small file beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pos.errors import WorldFailed
from pos.faults import told
from pos.text import _


class InUse(WorldFailed):
    """Another program is at work on the central file just now."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one program at a time changes the central file; the lock goes with the program that held it.

    Raises InUse while another has it.
    """
    with told(str(path)), path.with_name(f".{path.name}.kunci").open("ab") as handle:
        if not try_lock(handle):
            raise in_use(path)
        yield


def in_use(path: Path) -> InUse:
    """What is told of it."""
    return InUse(
        _("{name} is being updated by another program.").format(name=path),
        _("Nothing is lost. Try again in a moment."),
    )


def try_lock(handle: IO[bytes]) -> bool:
    """Take the lock of an open file, which goes when it is closed; False while another program has it."""
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
