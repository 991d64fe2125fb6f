"""Where this program itself lies, and which of its versions is used from the next start on.

A package is one folder: in it a folder for each version, `app-0.4.0`, a file `versi` that names the one that
is used and the one before it, and a small program that reads this file and starts that one. Data lie
elsewhere (pos/paths.py). A Lapak that runs from its source, or that the system's own package manager has put
in place, has none of this.
"""

from __future__ import annotations

import platform
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pos.fresh import draft_of
from pos.paths import program

POINTER = "versi"
MANIFEST = "isi.json"  # in the folder of a version: what belongs to it (pos/update_file.py)
_APP = "app-"
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")
_LONGEST = 200  # characters of the pointer that are read


@dataclass(frozen=True, slots=True)
class Installed:
    """A package in place: its folder, the version that is started next, and the one before it, if any."""

    folder: Path
    current: str
    former: str = ""

    def app(self, version: str) -> Path:
        """The folder of a version."""
        return self.folder / f"{_APP}{version}"

    @property
    def way_back(self) -> str:
        """The version to which one can go back; empty where it is not there any more."""
        return self.former if self.former and (self.app(self.former) / MANIFEST).is_file() else ""


def installed() -> Installed | None:
    """The package that this program runs from; None for any other way of having it."""
    for app in (program(), program().parent):  # PyInstaller's programs lie one folder deeper
        if app.name.startswith(_APP) and (app.parent / POINTER).is_file():
            return installed_at(app.parent)
    return None


def installed_at(folder: Path) -> Installed | None:
    """What the pointer in `folder` says; None where it says nothing that can be."""
    try:
        with (folder / POINTER).open("r", encoding="ascii") as file:
            current, *more = file.read(_LONGEST).split()
    except (OSError, ValueError):  # not there, empty, or not written by us
        return None
    former = more[0] if more and is_version(more[0]) and more[0] != current else ""
    return Installed(folder, current, former) if is_version(current) else None


def point_to(place: Installed, version: str) -> Installed:
    """Have `version` started from now on, and keep the one that was as the way back. Raises OSError."""
    then = Installed(place.folder, version, place.current)
    with draft_of(place.folder / POINTER, shared=True) as draft:
        draft.write_text(f"{then.current}\n{then.former}\n", "ascii", newline="\n")
    return then


def is_version(text: str) -> bool:
    """Whether `text` is written as versions are, `0.4.0`."""
    return _VERSION.fullmatch(text) is not None


def newer(version: str, other: str) -> bool:
    """Whether `version` came after `other`."""
    return _parts(version) > _parts(other)


def system() -> str:
    """For which system this program is: `linux-x86_64`, `win32-amd64`."""
    return f"{sys.platform}-{platform.machine().lower()}"


def _parts(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
