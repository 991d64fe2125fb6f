"""Sticks: which removable volumes are there, how much room they have, and whether they can be written.

On Linux what is mounted is read from /proc, and whether its disk can be taken out from /sys; on Windows the
system is asked for its drives. Everything of Windows goes through `Kernel`, so that a test can stand in.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from pos.paths import real

FAT = ("vfat", "msdos", "fat", "fat32")  # what a file system is called that holds no file of 4 GiB
FAT_MOST = 4 * 1024**3 - 1  # bytes of one file there

_SHOWN = ("/media/", "/run/media/")  # where desktops show what was put in
_ESCAPED = re.compile(r"\\([0-7]{3})")
_BLOCK = re.compile(r"/dev/([\w!-]+)")
# Windows: winbase.h, fileapi.h.
_REMOVABLE, _READ_ONLY, _NO_DIALOGS = 2, 0x00080000, 0x0001

Kernel: TypeAlias = Any  # kernel32.dll


@dataclass(frozen=True, slots=True)
class Volume:
    """One stick as it is now: where it is, what it is called, bytes that are free, its file system."""

    path: Path
    name: str
    free: int
    system: str
    writable: bool


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of what Linux has mounted."""

    device: str
    path: Path
    system: str
    writable: bool


def sticks(root: Path = Path("/")) -> tuple[Volume, ...]:
    """The sticks that are there, by name; `root` is where `proc` and `sys` of Linux are.

    One that goes away while it is looked at is left out. Raises nothing: without an answer there are none.
    """
    found = _windows(_kernel()) if sys.platform == "win32" else _linux(root)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), str(one.path))))


def mounts(root: Path = Path("/")) -> list[Mount]:
    """What is mounted, the latest last; nothing where that cannot be known."""
    try:
        lines = (root / "proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    parts = (line.split(" ") for line in lines)
    return [
        Mount(_plain(one[0]), Path(_plain(one[1])), one[2], "ro" not in one[3].split(","))
        for one in parts
        if len(one) >= 4
    ]


def left_behind(path: Path, root: Path = Path("/")) -> bool:
    """Whether `path` lies where sticks are shown while none is there: the folder of one that was pulled.

    What is written there goes to this machine's own disk, and is no hand-over.
    """
    if sys.platform == "win32" or not str(path).startswith(_SHOWN):
        return False
    return not any(path.is_relative_to(one.path) and len(one.path.parts) > 2 for one in mounts(root))


def system_of(path: Path, root: Path = Path("/")) -> str:
    """What the file system that holds `path` is called, in small letters; empty when that is unknown."""
    if sys.platform == "win32":
        return _described(_kernel(), path.resolve().anchor)[1].lower()
    holding = [one for one in mounts(root) if real(path).is_relative_to(one.path)]
    return max(holding, key=lambda one: len(one.path.parts)).system.lower() if holding else ""


def free_bytes(folder: Path) -> int | None:
    """Free bytes where `folder` lies; None where nobody knows, for some shares say that they have no blocks
    at all. Raises OSError.
    """
    usage = shutil.disk_usage(folder)
    return usage.free if usage.total else None


def _linux(root: Path) -> Iterator[Volume]:
    seen: set[Path] = set()
    for mount in reversed(mounts(root)):
        block = _BLOCK.fullmatch(mount.device)
        if mount.path in seen or block is None:
            continue
        seen.add(mount.path)
        if not str(mount.path).startswith(_SHOWN) and not _comes_out(root, block[1]):
            continue
        try:
            free = shutil.disk_usage(mount.path).free
        except OSError:  # pulled just now
            continue
        writable = mount.writable and os.access(mount.path, os.W_OK)
        yield Volume(mount.path, mount.path.name, free, mount.system, writable)


def _comes_out(root: Path, block: str) -> bool:
    """Whether the disk of a block device can be taken out: it says so, or hangs on USB."""
    node = (root / "sys/class/block" / block).resolve()
    disk = node.parent if (node / "partition").exists() else node
    try:
        removable = (disk / "removable").read_text(encoding="ascii").strip() == "1"
    except (OSError, ValueError):
        removable = False
    return removable or "/usb" in node.as_posix()


def _plain(word: str) -> str:
    """A word of /proc/mounts, where a blank stands as an octal number."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 8)), word)


def _windows(kernel: Kernel) -> Iterator[Volume]:
    former = kernel.SetErrorMode(_NO_DIALOGS)  # an empty card reader would be asked for a disk
    try:
        letters = kernel.GetLogicalDrives()
        for number in range(26):
            drive = f"{chr(ord('A') + number)}:\\"
            if not letters >> number & 1 or kernel.GetDriveTypeW(drive) != _REMOVABLE:
                continue
            name, system, flags = _described(kernel, drive)
            if not system:  # nothing is in it
                continue
            try:
                free = shutil.disk_usage(drive).free
            except OSError:
                continue
            yield Volume(Path(drive), name or drive[:2], free, system, not flags & _READ_ONLY)
    finally:
        kernel.SetErrorMode(former)


def _described(kernel: Kernel, drive: str) -> tuple[str, str, int]:
    """Name, file system and flags of a drive of Windows; empty when nothing is in it."""
    from ctypes import byref, c_uint32, create_unicode_buffer

    name, system, flags = create_unicode_buffer(261), create_unicode_buffer(261), c_uint32()
    if not kernel.GetVolumeInformationW(drive, name, 261, None, None, byref(flags), system, 261):
        return "", "", 0
    return name.value, system.value, flags.value


def _kernel() -> Kernel:
    if sys.platform == "win32":
        import ctypes

        return ctypes.WinDLL("kernel32")
    raise OSError("not Windows")
