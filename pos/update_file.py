"""A package of Lapak in a file, read with mistrust: what it says to be, and its files put beside the old.

The file is a `.zip` or a `.tar.xz`. Its first entry lists one version's files with sizes and SHA-256;
nothing is taken that this list does not name, and everything that it names must be there, byte for byte. The
list protects against damage and half copies. It proves no author: whoever can make such a file can make the
list. So whoever hands a package out publishes its SHA-256 (the builder writes it), and who takes it compares.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pos.errors import Damaged, NotOurs, Refused
from pos.faults import told
from pos.fresh import fsync_file, fsync_folder
from pos.installed import MANIFEST, is_version, system
from pos.paths import is_device_name
from pos.text import _

ZIP, TAR = ".zip", ".tar.xz"
PROGRAM = "lapak"
MOST_FILE = 1_000_000_000  # bytes of the package
MOST_LIST = 4_000_000  # of its list
MOST_FILES = 20_000
MOST_ONE = 400_000_000  # bytes of one file
MOST_ALL = 1_500_000_000  # of all
MOST_PATH = 180  # characters: Windows has 260 for all of it
_LZMA_MEMORY = 200_000_000  # bytes; the strongest setting of xz needs 65 million
_CHUNK = 1_000_000
# One part of a path: what any system takes for a plain name, not `..`, no end that Windows drops.
_NAME = re.compile(r"(?!\.)[A-Za-z0-9_.+@=,~-]([A-Za-z0-9_.+@=,~ -]{0,98}[A-Za-z0-9_+@=,~-])?")
_HASH = re.compile(r"[0-9a-f]{64}")
_LIST = re.compile(r"lapak/app-([0-9.]{3,20})/" + re.escape(MANIFEST))

Tell = Callable[[int, int], object]  # bytes put down, bytes in all


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a version: bytes, SHA-256, and whether it is a program."""

    size: int
    sha256: str
    runs: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """What a file says to be: a version of Lapak for one system, its files by their path with `/`."""

    file: Path
    version: str
    system: str
    files: Mapping[str, Listed]
    list_text: bytes  # as it stands in the package

    @property
    def size(self) -> int:
        """Bytes that it takes on the disk."""
        return sum(one.size for one in self.files.values())


def read_package(file: Path) -> Package:
    """What `file` says to be; only its first entry is read.

    Raises NotOurs for anything but a package, Refused for one of another system, WorldFailed.
    """
    with told(str(file)), _entries(file) as entries:
        for name, size, stream in entries:
            found = _LIST.fullmatch(name)
            if not found or stream is None or size > MOST_LIST:
                break
            package = _listed(file, found[1], _whole(stream, size))
            if package.system != system():
                raise Refused(
                    _("{name} is Lapak for another system: {system}.").format(
                        name=file.name, system=package.system
                    ),
                    _("Take the file that is made for this computer."),
                )
            return package
    raise _foreign(file)


def unpack(package: Package, folder: Path, tell: Tell = lambda _done, _total: None) -> None:
    """Put the files of the package into the new `folder`, each as its list says, and durable.

    Raises Damaged for a package that is not whole, NotOurs for one that is not what its list says,
    WorldFailed when the disk fails. What was put down by then is for the caller to remove.
    """
    top, left, done = f"lapak/app-{package.version}/", dict(package.files), 0
    with told(str(package.file)), _entries(package.file) as entries:
        for name, size, stream in entries:
            if not name.startswith(top) or name == top + MANIFEST or name.endswith("/"):
                continue  # what starts a package stays as it was put there first
            listed = left.pop(name.removeprefix(top), None)
            if listed is None or stream is None or listed.size != size:
                raise _foreign(package.file)
            with told(str(folder)):
                _put(folder / name.removeprefix(top), stream, listed, package.file)
            done += size
            tell(done, package.size)
    if left:
        raise _damaged(package.file)
    with told(str(folder)):
        (folder / MANIFEST).write_bytes(package.list_text)
        fsync_file(folder / MANIFEST)
        for inside in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            fsync_folder(inside)


def is_whole(folder: Path) -> bool:
    """Whether every file that the list in `folder` names is there, byte for byte."""
    try:
        text = (folder / MANIFEST).read_bytes()[:MOST_LIST]
        files = _listed(folder, str(json.loads(text)["version"]), text).files
        return all(_same(folder / name, one) for name, one in files.items())
    except (OSError, ValueError, LookupError, TypeError, Refused):
        return False


def _same(path: Path, listed: Listed) -> bool:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == listed.sha256


def _put(path: Path, stream: IO[bytes], listed: Listed, package: Path) -> None:
    """One file; only as many bytes as it has are ever asked for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), listed.size
    with path.open("xb") as target:
        while left:
            part = stream.read(min(left, _CHUNK))
            if not part:
                raise _damaged(package)
            target.write(part)
            digest.update(part)
            left -= len(part)
    if stream.read(1) or digest.hexdigest() != listed.sha256:
        raise _damaged(package)
    path.chmod(0o755 if listed.runs else 0o644)
    fsync_file(path)


_Entry = tuple[str, int, IO[bytes] | None]  # its name, its bytes, None for what is no plain file


@contextmanager
def _entries(file: Path) -> Iterator[Iterator[_Entry]]:
    """The entries of a package in their order. Raises NotOurs for what is none, Damaged for half of one."""
    if not file.is_file():
        raise Refused(_("There is no file {name}.").format(name=file), _("Choose another name."))
    if file.stat().st_size > MOST_FILE:
        raise _foreign(file)
    reader = {ZIP: _zipped, TAR: _tarred}.get(
        next((end for end in (ZIP, TAR) if file.name.endswith(end)), "")
    )
    if reader is None:
        raise _foreign(file)
    try:
        with file.open("rb") as raw:
            yield reader(file, raw)
    except (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError) as error:
        raise _damaged(file) from error
    except (RuntimeError, ValueError, LookupError, OverflowError, struct.error) as error:  # encrypted, odd
        raise _foreign(file) from error


def _zipped(file: Path, raw: IO[bytes]) -> Iterator[_Entry]:
    with zipfile.ZipFile(raw) as archive:
        if len(archive.infolist()) > MOST_FILES:
            raise _foreign(file)
        for entry in archive.infolist():
            kind = entry.external_attr >> 28  # of a file made on Unix: 8 is a plain one, 4 a folder
            if entry.is_dir() or kind not in {0, 8}:
                yield entry.filename, 0, None
                continue
            with archive.open(entry) as stream:
                yield entry.filename, entry.file_size, stream


def _tarred(file: Path, raw: IO[bytes]) -> Iterator[_Entry]:
    unpacked = cast("IO[bytes]", _Unpacked(file, raw))
    with tarfile.open(fileobj=unpacked, mode="r:") as archive:
        for number, entry in enumerate(archive):
            if number >= MOST_FILES:
                raise _foreign(file)
            plain = entry.isreg() and not entry.issparse()
            name = entry.name + ("/" if entry.isdir() else "")
            yield name, entry.size, archive.extractfile(entry) if plain else None
            archive.members = []  # type: ignore[attr-defined] # it would remember them all


class _Unpacked:
    """What an xz file holds, as a file that is read from its beginning to its end, within bounds."""

    def __init__(self, file: Path, raw: IO[bytes]) -> None:
        self._file, self._raw = file, raw
        self._xz = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_LZMA_MEMORY)
        self._at = 0

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end. Raises NotOurs where more is asked for than can be."""
        if not 0 <= size <= 2 * _CHUNK or self._at + size > MOST_ALL + MOST_FILES * 1024:
            raise _foreign(self._file)
        parts, left = list[bytes](), size
        while left and not self._xz.eof:
            fed = self._raw.read(65_536) if self._xz.needs_input else b""
            if self._xz.needs_input and not fed:
                raise EOFError
            parts.append(self._xz.decompress(fed, left))
            left -= len(parts[-1])
        self._at += size - left
        return b"".join(parts)

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def seek(self, place: int, _whence: int = 0) -> int:
        """Go on to a later place. Raises NotOurs for an earlier one."""
        if place < self._at:
            raise _foreign(self._file)
        while self._at < place and self.read(min(place - self._at, _CHUNK)):
            pass
        return self._at


def _whole(stream: IO[bytes], size: int) -> bytes:
    text = stream.read(size)
    if len(text) != size:
        raise EOFError
    return text


def _listed(file: Path, version: str, text: bytes) -> Package:
    """The list of a package. Raises NotOurs unless it is one, and harmless."""
    try:
        told_, files = json.loads(text), {}
        for path, (size, sha256, *runs) in told_["files"].items():
            files[path] = Listed(size, sha256, bool(runs and runs[0]))
        package = Package(file, told_["version"], str(told_["system"])[:40], files, text)
        sound = told_["name"] == PROGRAM and package.version == version and is_version(version)
        sound = sound and len(files) <= MOST_FILES and all(map(_harmless, files, files.values()))
        sound = sound and package.size <= MOST_ALL and len({path.lower() for path in files}) == len(files)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _foreign(file) from error
    if not sound:
        raise _foreign(file)
    return package


def _harmless(path: str, one: Listed) -> bool:
    """Whether a listed file stays in its folder on every system, and is no larger than can be."""
    parts = path.split("/")
    sound = len(path) <= MOST_PATH and all(_NAME.fullmatch(part) for part in parts)
    sound = sound and not any(map(is_device_name, parts))
    sizes = isinstance(one.size, int) and not isinstance(one.size, bool) and 0 <= one.size <= MOST_ONE
    return bool(sound and sizes and isinstance(one.sha256, str) and _HASH.fullmatch(one.sha256))


def _foreign(file: Path) -> NotOurs:
    return NotOurs(
        _("{name} is no package of Lapak.").format(name=file.name),
        _("Take the file as it was handed out, without unpacking it. Nothing has changed."),
    )


def _damaged(file: Path) -> Damaged:
    return Damaged(
        _("{name} is damaged or only half there.").format(name=file.name),
        _("Copy it again, or use another stick. Nothing has changed."),
    )
