"""What every package is made of: a list of its files, and archives with the same bytes whenever made."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pos import __version__
from pos.installed import MANIFEST, POINTER
from pos.update_file import PROGRAM

TOP = Path(__file__).resolve().parent.parent.parent
HERE = TOP / ".package"
RUNS = 0o755
STAYS = 0o644


class Stop(Exception):
    """The package cannot be made: what is wrong, and what to do."""


def epoch() -> int:
    """Seconds since 1970 that every file of a package bears: those of the last commit, unless
    SOURCE_DATE_EPOCH says otherwise.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        asked = ["git", "-C", str(TOP), "log", "-1", "--format=%ct"]
        given = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return int(given or 1_700_000_000)


def files_in(folder: Path) -> list[Path]:
    """Every file below `folder`, in the order of their names by bytes."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def write_list(app: Path, system: str, runs: frozenset[str]) -> None:
    """Put down what belongs to the version in `app`: pos/update_file.py reads it. `runs` are programs."""
    files: dict[str, list[object]] = {}
    for path in files_in(app):
        name = path.relative_to(app).as_posix()
        if path.is_symlink():
            raise Stop(f"{name} is a link; a package holds plain files only.")
        with path.open("rb") as file:
            entry: list[object] = [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]
        files[name] = [*entry, True] if name in runs else entry
    told = {"name": PROGRAM, "version": __version__, "system": system, "files": files}
    (app / MANIFEST).write_text(json.dumps(told, indent=0, sort_keys=True) + "\n", "utf-8")


def write_pointer(folder: Path) -> None:
    """The version that is started first."""
    (folder / POINTER).write_text(f"{__version__}\n", "ascii")


def settle(folder: Path, runs: frozenset[str] = frozenset()) -> None:
    """Give every file its rights and its time; `runs` are the paths of programs below `folder`."""
    for path in sorted(folder.rglob("*"), reverse=True):
        program = path.is_dir() or path.relative_to(folder).as_posix() in runs
        path.chmod(RUNS if program else STAYS)
        os.utime(path, (epoch(), epoch()))
    os.utime(folder, (epoch(), epoch()))


def write_tar(folder: Path, target: Path) -> None:
    """`folder` as a `.tar.xz`, its list first."""
    with (
        lzma.open(target, "wb", preset=4) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.GNU_FORMAT) as archive,
    ):
        for path, name in _entries(folder):
            entry = archive.gettarinfo(path, name)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            entry.mtime = epoch()
            with path.open("rb") as file:
                archive.addfile(entry, file)


def write_zip(folder: Path, target: Path) -> None:
    """`folder` as a `.zip`, its list first."""
    moment = datetime.fromtimestamp(epoch(), UTC)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, name in _entries(folder):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.external_attr = (0o100000 | path.stat().st_mode & 0o777) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as file, archive.open(entry, "w") as packed:
                _copy(file, packed)


def _entries(folder: Path) -> Iterator[tuple[Path, str]]:
    every = files_in(folder)
    for path in sorted(every, key=lambda one: one.name != MANIFEST):  # stable: else in their order
        yield path, f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _copy(file: IO[bytes], target: IO[bytes]) -> None:
    while part := file.read(1_000_000):
        target.write(part)


def run(*command: str, **variables: str) -> None:
    """Run a command to its end. Raises Stop with what it said when it fails."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env={**os.environ, **variables},
        )
    except FileNotFoundError as error:
        raise Stop(f"{command[0]} is not installed.") from error
    if done.returncode:
        raise Stop(f"{command[0]} failed:\n" + "\n".join((done.stdout + done.stderr).splitlines()[-20:]))
