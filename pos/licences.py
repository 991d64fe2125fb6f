"""The licences of all that is really inside, as one text: a page in the program, a file in a package.

Made of what is installed: each package of the lock that is here, with the files in which its makers put their
terms. Whoever builds a package adds what he put in besides: Python, the system's libraries.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pos import __version__
from pos.inside import licence_in, locked
from pos.paths import program, resource

FILE = "licences.txt"  # beside the program in a package, made when it was built
_TERMS = ("LICEN", "COPYING", "NOTICE", "AUTHORS")  # how names of such files begin, or what is in them
_MOST = 400_000  # characters of one file; Pillow's, with those of its libraries, has 76,000
_LINE = "=" * 78


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is inside: its name and version, what its licence is called, the texts of it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...] = ()


def parts() -> tuple[Part, ...]:
    """Every package of the lock that is installed here, in the lock's order."""
    return tuple(_installed())


def _installed() -> Iterator[Part]:
    for one in locked():
        with suppress(metadata.PackageNotFoundError):  # another system's
            yield part_of(metadata.distribution(one.name))


def part_of(found: metadata.Distribution) -> Part:
    """A package as it lies there, with every text of its terms."""
    files = sorted(
        (file for file in found.files or () if _has_terms(file.parts)), key=lambda one: one.as_posix()
    )
    texts = (_read(Path(str(file.locate()))) for file in files)
    return Part(found.name, found.version, licence_in(found.metadata), tuple(filter(None, texts)))


def _has_terms(place: tuple[str, ...]) -> bool:
    inside = len(place) > 1 and place[0].endswith(".dist-info")
    return inside and any(word in place[-1].upper() for word in _TERMS)


def licences_text(every: Iterable[Part]) -> str:
    """The whole page: what Lapak itself is under, a line for each part, and the texts."""
    every = tuple(every)
    lines = [f"Lapak {__version__}", "", _notice(), "", _LINE, ""]
    lines += [f"{part.name} {part.version}  {part.licence}".rstrip() for part in every]
    for part in every:
        for text in part.texts:
            lines += ["", _LINE, f"{part.name} {part.version}", _LINE, "", text.strip()]
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        lines += ["", _LINE, name, _LINE, "", _read(resource("licences") / name).strip()]
    return "\n".join(lines) + "\n"


def shown_text() -> str:
    """What the program shows: the page of its package, or one of what is installed."""
    return _read(program() / FILE, 10 * _MOST) or licences_text([*parts(), _python()])


def _python() -> Part:
    return Part("Python", sys.version.split()[0], "PSF-2.0", (sys.copyright,))


def _notice() -> str:
    top = program()
    return "\n\n".join(filter(None, (_read(top / name).strip() for name in ("NOTICE", "LICENSE"))))


def _read(path: Path, most: int = _MOST) -> str:
    try:
        with path.open("r", encoding="utf-8", errors="replace") as file:
            return file.read(most)
    except OSError:
        return ""
