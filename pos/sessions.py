"""Sessions: a program that did not come to its end leaves a file behind, by which the next start knows.

The file is locked as long as the program runs, and gone when it ends as it should. One that can be locked is
that of a program that was killed, crashed, or lost its power; it says what Python wrote when it crashed.
"""

from __future__ import annotations

import faulthandler
from contextlib import suppress
from pathlib import Path
from typing import IO

from pos import __version__
from pos.clock import new_id
from pos.file_lock import try_lock
from pos.paths import OWN_FILE, close_home, home, private_folder

FOLDER = "sesi"  # in home()
MOST_TRACE = 20_000  # bytes


class Session:
    """A run of the program, until `end`."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file, self._catching = path, file, False

    def catch_crashes(self) -> None:
        """Where the interpreter itself goes down, the places it was in are written into the file."""
        faulthandler.enable(self._file)
        self._catching = True

    def end(self) -> None:
        """It ends as it should."""
        if self._catching:
            faulthandler.disable()
        with suppress(OSError):
            self._file.close()
            self._path.unlink()


def begin_session() -> tuple[Session | None, tuple[str, ...]]:
    """A session for this run, and of each run that did not come to its end what it wrote when it crashed,
    mostly nothing. No session where home() cannot be written; then nobody knows of its end.
    """
    folder = home() / FOLDER
    try:
        close_home()
        private_folder(folder)
        broken = tuple(trace for path in sorted(folder.glob("*.txt")) if (trace := _left(path)) is not None)
        path = folder / f"{new_id()}.txt"
        path.touch(OWN_FILE, exist_ok=False)
        file = path.open("r+b", buffering=0)
        ours = try_lock(file)  # first, for on Windows it goes back to the beginning of the file
        file.write(f"Lapak {__version__}\n".encode())
        return (Session(path, file) if ours else None), broken
    except OSError:
        return None, ()


def _left(path: Path) -> str | None:
    """What stands in the file of a run that is over, behind its first line; None while it goes on."""
    with suppress(OSError):
        with path.open("r+b") as file:
            if not try_lock(file):
                return None
            file.seek(0)
            _version, _end, trace = file.read(MOST_TRACE).decode("utf-8", "replace").partition("\n")
        path.unlink()
        return trace
    return None
