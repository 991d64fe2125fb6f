"""Where a booth hands its documents over: a central file, a shared folder, or a database; told in words.

What was chosen stands in the booth's settings as it was written. A password never stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pos.errors import Refused
from pos.model import Device
from pos.paths import folder_name, has_box
from pos.server import keepable, server_url
from pos.settings import MOST
from pos.text import _
from pos.volumes import Volume, free_bytes, left_behind

CENTRAL_FILE = "pusat.lapak"  # on a stick, as the assistant of the first start names it
SAMPLE_FILE = "pusat-contoh.lapak"

Kind = Literal["file", "folder", "server"]


@dataclass(frozen=True, slots=True)
class Place:
    """How it is with a target now: can it be reached, its bytes and those free beside it (None: unknown).

    `box`: it is an office's own file, and what is handed over goes into its letter box.
    """

    where: str
    there: bool
    size: int | None = None
    room: int | None = None
    box: bool = False


def kind_of(where: str) -> Kind:
    """What kind of target a path or an address names."""
    if "://" in where:
        return "server"
    path = Path(where)
    return "folder" if path.is_dir() or not path.suffix else "file"


def kind_by_name(where: str) -> Kind:
    """What kind of target it is as `checked_target` lets it be named, without a look at the disk.

    A share that is gone may keep whoever looks waiting for minutes; the screen may not.
    """
    if "://" in where:
        return "server"
    return "file" if Path(where).suffix.lower() == ".lapak" else "folder"


def checked_target(text: str) -> str:
    """What somebody typed or chose as a target, as it is kept.

    Raises Refused for what cannot be one, and for an address with a password in it.
    """
    where = text.strip()
    if not where or len(where) > MOST or not where.isprintable():
        raise Refused(_("This is no file, folder or address."), _("Choose a file or a folder."))
    if kind_of(where) == "server":
        return keepable(where)
    path = Path(where)
    if not path.is_absolute():
        raise Refused(_("{name} does not say in which folder.").format(name=where), _("Choose it anew."))
    if path.is_file() and path.suffix.lower() != ".lapak":
        raise Refused(_("{name} is no central file.").format(name=path.name), _("Choose a .lapak file."))
    return where


def name_of(where: str) -> str:
    """What a target is called, in the language in use: `Folder bersama “HBP 59”`. Looks at no disk."""
    kind = kind_by_name(where)
    if kind == "server":
        url = server_url(where)
        return _("Database “{name}” on {host}").format(name=url.database or "", host=url.host or "localhost")
    path = Path(where)
    if kind == "folder":
        return _("Shared folder “{name}”").format(name=folder_name(path))
    return _("File “{name}” in {folder}").format(name=path.name, folder=folder_name(path.parent))


def look_at(where: str, most: int = 20_000) -> Place:
    """Look whether a file or folder can be reached; takes as long as the share does. Raises nothing.

    A database is not asked: whether it answers shows when something is handed over. Of a folder at most
    `most` files are counted.
    """
    kind = kind_of(where)
    if kind == "server":
        return Place(where, there=True)
    path = Path(where)
    try:
        holder = path.parent if kind == "file" else path
        if not holder.is_dir() or left_behind(path):
            return Place(where, there=False)
        size = path.stat().st_size if path.is_file() else _weight(path, most) if kind == "folder" else 0
        room = free_bytes(holder)
        return Place(where, there=True, size=size, room=room, box=has_box(path))
    except OSError:
        return Place(where, there=False)


def stick_file(volume: Volume, device: Device) -> Path:
    """The central file on a stick, which all booths share; sample data have one of their own."""
    return volume.path / (SAMPLE_FILE if device.sample else CENTRAL_FILE)


def _weight(folder: Path, most: int) -> int:
    """Bytes of the segments in a shared folder."""
    files = (path for place in ("in", "out") for path in (folder / place).glob("*/*.jsonl"))
    return sum(path.stat().st_size for _count, path in zip(range(most), files, strict=False))
