"""Which shared libraries a folder's files ask for: what is there for nothing, what must be the system's."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bundle.parts import Stop, files_in

# Not from the machine where a package is made: the graphics drivers of the other one may need newer ones.
NEVER = re.compile(r"lib(stdc\+\+|gcc_s)\.so\.")
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)

# What is left for the system -> the package of Debian 12 and later, and of Ubuntu 22.04, that brings it.
SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libcrypt.so.1": "libcrypt1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libxcb.so.1": "libxcb1",
}
# What a library of the system is asked to know -> the version of its package that knows it first.
GLIBCXX = {"3.4.28": "10", "3.4.29": "11", "3.4.30": "12", "3.4.31": "13", "3.4.32": "13.2", "3.4.33": "14"}
_VERSION = re.compile(r"\b(GLIBC|GLIBCXX)_([0-9.]+)\b")


def trim(folder: Path, roots: Iterable[str]) -> None:
    """Take away every library that nothing in `folder` asks for, from its `_internal` and Qt's folder.

    `roots` are loaded by name and stay.
    """
    libraries = {path.name: path for path in _libraries(folder)}
    for name in [name for name in libraries if NEVER.match(name)]:
        libraries.pop(name).unlink()
    others = [path for path in files_in(folder) if path not in set(libraries.values()) and _is_elf(path)]
    wanted, waiting = set[str](), [*others, *(libraries[name] for name in roots)]
    while waiting:
        for name in _needed(waiting.pop()) - wanted:
            wanted.add(name)
            if name in libraries:
                waiting.append(libraries[name])
    for name in libraries.keys() - wanted - set(roots):
        libraries[name].unlink()


def packages(folder: Path) -> list[str]:
    """The Debian packages that bring what `folder` needs of the system, in which version at least.

    Raises Stop for a library of which nobody has said where it comes from.
    """
    said = [_said_of(path) for path in files_in(folder) if _is_elf(path)]
    needed = {name for one in said for name in _NEEDED.findall(one)} - {
        path.name for path in files_in(folder)
    }
    if unknown := needed - SYSTEM.keys():
        raise Stop(f"Which package brings {', '.join(sorted(unknown))}? (.package/bundle/elf.py)")
    newest = {"GLIBC": "2", "GLIBCXX": "3.4.28"}
    for of, version in {found for one in said for found in _VERSION.findall(one)}:
        newest[of] = max(newest[of], version, key=_parts)
    least = {"libc6": newest["GLIBC"], "libstdc++6": GLIBCXX[newest["GLIBCXX"]]}
    names = sorted({SYSTEM[name] for name in needed})
    return [f"{name} (>= {least[name]})" if name in least else name for name in names]


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part]


def _libraries(folder: Path) -> list[Path]:
    inside = folder / "_internal"
    return [*inside.glob("lib*.so*"), *(inside / "PySide6/Qt/lib").glob("lib*.so*")]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _needed(path: Path) -> set[str]:
    return set(_NEEDED.findall(_said_of(path)))


def _said_of(path: Path) -> str:
    return subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
