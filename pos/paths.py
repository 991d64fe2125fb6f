"""Where things lie: the program's own resources and the user's data."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path, PurePath

OWN_FOLDER, OWN_FILE = 0o700, 0o600  # rights, where the system has such
SAMPLE = "contoh.lapak"  # in home(): the sample exhibition
TRAINING = "latihan.lapak"  # in home(): a booth's training

# Files of such a name are devices on Windows, whatever comes after a dot (learn.microsoft.com, Naming Files).
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)\d)(\.|$)", re.IGNORECASE)
_PROGRAM = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """A file or folder that ships with the program, by its path below `resources/`."""
    return _PROGRAM / "resources" / name


def program() -> Path:
    """The folder in which the program lies: `pos`, `ui` and `resources` are in it."""
    return _PROGRAM


def home() -> Path:
    """The folder of all state: ledgers, temporary copies, logs, settings. Not made here.

    `LAPAK_HOME` (set by `--home DIR`) moves everything, for tests, training and support.
    """
    chosen = os.environ.get("LAPAK_HOME")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Lapak"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local/share"))) / "lapak"


def private_folder(folder: Path) -> Path:
    """`folder`, made with those above it where they are missing; what is made below home() is this user's
    alone. Raises OSError.
    """
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=OWN_FOLDER if folder.is_relative_to(home()) else 0o777, exist_ok=True)
    return folder


def close_home() -> None:
    """Earlier programs made home() open to every user of the machine: from now on it is this user's alone.

    One that was chosen by hand stays as it is. What cannot be closed stays open.
    """
    if os.name == "posix" and not os.environ.get("LAPAK_HOME"):
        with suppress(OSError):
            if home().stat().st_mode & 0o077:
                home().chmod(OWN_FOLDER)


def newest_own() -> Path | None:
    """The booth's own ledger in home(), the newest where there are several; None where there is none."""
    own = [path for path in home().glob("*.lapak") if path.name not in (SAMPLE, TRAINING)]
    return max(own, key=lambda path: path.stat().st_mtime, default=None)


def safe_name(name: str) -> str:
    """`name` as a file name on any stick (FAT32): no folders, nothing reserved, never empty."""
    kept = "".join(c if c.isalnum() or c in "-_." else "-" for c in Path(name).name).strip(".-")
    return f"_{kept[:79]}" if is_device_name(kept) else kept[:80] or "lapak"


def is_device_name(name: str) -> bool:
    """Whether Windows takes a file of this name for a device: `con`, `lpt1.txt`."""
    return _DEVICE.match(name) is not None


def folder_name(folder: PurePath) -> str:
    """What a folder is called; the root of a drive or a share has no name but where it is: `E:`."""
    return folder.name or str(folder).rstrip("\\")


def photo_path(image: str) -> Path:
    """Where the photo lies that a product's `image` names; it need not be there."""
    return home() / "photos" / safe_name(image)


def real(path: Path) -> Path:
    """Where `path` leads to; a link that leads to itself stays what it is."""
    return Path(os.path.realpath(path))


def box_of(path: Path) -> Path:
    """Where the letter box (pos/letterbox.py) of the central file at `path` is, or would be."""
    path = real(path) if path.is_symlink() else path
    return path.with_name(f"{path.stem}-setoran")


def has_box(path: Path) -> bool:
    """Whether there is one."""
    return path.suffix.lower() == ".lapak" and box_of(path).is_dir()
