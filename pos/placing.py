"""Bringing a finished database file to its place: in one file, where there is room, and read back."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from pos.errors import WorldFailed
from pos.faults import told
from pos.fresh import fsync_file
from pos.money import plain
from pos.text import _
from pos.volumes import FAT, FAT_MOST, free_bytes, system_of

COPY_BYTES = MB = 1024 * 1024

Told = Callable[[int, int], object]  # bytes done, bytes in all; what it raises ends the work


def check_room(draft: Path, path: Path) -> None:
    """Old and new file lie beside each other for a moment. Raises WorldFailed when there is no room."""
    size = draft.stat().st_size
    with told(str(path)):
        room = free_bytes(path.parent)
    if room is not None and size > room:
        raise WorldFailed(
            _("{name} needs {size} MB, but only {room} MB are free there.").format(
                name=path, size=plain(-(-size // MB)), room=plain(room // MB)
            ),
            _("Make room, or use another stick or disk. Nothing is lost."),
        )
    if size > FAT_MOST and system_of(path.parent) in FAT:
        raise WorldFailed(
            _("{name} has become larger than a file on this stick can be (4 GB).").format(name=path),
            _("Use a stick formatted with exFAT. Nothing is lost."),
        )


def bring(draft: Path, arriving: Path, path: Path, tell: Told = lambda _done, _total: None) -> None:
    """Copy `draft` to `arriving`, which is to become `path`; make it durable and read it back.

    Raises OSError as the disk does, WorldFailed when it does not read back as it was written.
    """
    total = 2 * draft.stat().st_size
    with draft.open("rb") as file, arriving.open("wb") as target:
        shutil.copyfileobj(_Watched(file, tell, 0, total), target, COPY_BYTES)
    fsync_file(arriving)  # now, for it may take long, and the old file must not be open again by then
    with draft.open("rb") as file, arriving.open("rb") as found:
        _forget_cached(found)
        same = _same(_Watched(file, tell, total // 2, total), found)
    if not same:
        raise WorldFailed(
            _("{name} did not read back as it was written; the old file is untouched.").format(name=path),
            _("Use another stick or disk."),
        )


class _Watched:
    """A file that is read while somebody looks on; `before` bytes of `total` were done before it."""

    def __init__(self, file: IO[bytes], tell: Told, before: int, total: int) -> None:
        self._file, self._tell = file, tell
        self._done, self._total = before, total

    def read(self, size: int = -1) -> bytes:
        """Some more of it. Raises what the one who looks on raises."""
        chunk = self._file.read(size)
        self._done += len(chunk)
        self._tell(self._done, self._total)
        return chunk


def _forget_cached(file: IO[bytes]) -> None:
    """Read from the disk itself what comes next, not what the system still has of it in memory."""
    if sys.platform == "linux":
        with suppress(OSError):  # a file system that cannot
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _same(wanted: _Watched, found: IO[bytes]) -> bool:
    """Whether two files hold the same bytes."""
    while chunk := wanted.read(COPY_BYTES):
        if found.read(len(chunk)) != chunk:
            return False
    return not found.read(1)
