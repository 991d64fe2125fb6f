"""The failing disk: builds `faultshim.c`, says what a child meets there, and reads what it recorded."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

SOURCE = Path(__file__).parent / "faultshim.c"
_HEAD = struct.Struct("<c3xIIqQ")


@dataclass(frozen=True, slots=True)
class Disk:
    """What a child meets on its disk. `at`, `kill_at` and `unplug` count operations from 1; 0: never.

    `room` is how many bytes can be written until the disk is full, or with `unplug` -1 until it is gone.
    """

    at: int = 0
    errno: int = 0
    for_ever: bool = False
    short: bool = False
    kill_at: int = 0
    kill_after: bool = False
    unplug: int = 0
    room: int | None = None
    locks_lie: bool = False
    below: str = ""  # of the trial's folder: the medium that fails
    traced: bool = False

    def environment(self, folder: Path, aside: Path) -> dict[str, str]:
        """The same for `faultshim.c`, whose notes lie beside `aside`."""
        told = {
            "FS_PATH": f"{folder / self.below}/" if self.below else f"{folder}/",
            "FS_COUNT": f"{aside}.count",
            "FS_HIT": f"{aside}.hit",
            "FS_FAIL_AT": self.at,
            "FS_ERRNO": self.errno,
            "FS_MODE": "persist" if self.for_ever else "once",
            "FS_SHORT": int(self.short),
            "FS_KILL_AT": self.kill_at,
            "FS_KILL_AFTER": int(self.kill_after),
            "FS_UNPLUG": self.unplug,
            "FS_LOCKLIE": int(self.locks_lie),
        }
        if self.room is not None:
            told["FS_ROOM"] = self.room
        if self.traced:
            told["FS_TRACE"] = f"{aside}.trace"
        return {key: str(value) for key, value in told.items()}


class Step(NamedTuple):
    """One operation of a trace. `op`: c create, t truncate to `off`, w write, s fsync, r rename to `other`,
    l a second name `other`, u unlink, m mkdir, a an answer that was given, whose text is `path`; before each
    of those, and before an open, g: operation number `off` is met, and is an `other` ("write") on `path`.
    """

    op: str
    path: str
    other: str
    off: int
    data: bytes


def trace(path: Path) -> Iterator[Step]:
    """What was recorded, in order."""
    raw = path.read_bytes()
    at = 0
    while at + _HEAD.size <= len(raw):
        op, alen, blen, off, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        name, other = raw[at : at + alen].decode(), raw[at + alen : at + alen + blen].decode()
        at += alen + blen
        yield Step(op.decode(), name, other, off, raw[at : at + length])
        at += length


@cache
def library() -> Path | None:
    """The shim, built once a run; None where there is no Linux or no C compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        return None
    made = Path(mkdtemp(prefix="lapak-faults-")) / "faultshim.so"
    how = [compiler, "-O2", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl", "-lpthread"]
    return made if subprocess.run(how, check=False).returncode == 0 else None


def workshop() -> Path:
    """A new folder for trials; in memory where there is such a place, for no trial needs a real disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    inside = memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**29 else None
    return Path(mkdtemp(prefix="lapak-faults-", dir=inside))
