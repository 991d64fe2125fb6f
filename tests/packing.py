"""Packages of Lapak for tests: small, but written by what writes the real ones (.package/bundle)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bundle.parts import write_list, write_tar, write_zip

from pos import __version__
from pos.installed import MANIFEST, system

NEWER = "99.1.0"
WORKS = '#!/bin/sh\n[ "$1" = --selftest ]\n'
FAILS = "#!/bin/sh\nexit 1\n"


def version_folder(top: Path, version: str, program: str = WORKS, *, of: str = "") -> Path:
    """`top/app-VERSION` with a program, some files, and their list, for the system `of` (here: this)."""
    app = top / f"app-{version}"
    (app / "_internal/pos").mkdir(parents=True)
    (app / "lapak").write_text(program)
    (app / "lapak").chmod(0o755)
    (app / "_internal/pos/money.pyc").write_bytes(version.encode() * 300)
    (app / "_internal/empty").write_bytes(b"")
    write_list(app, of or system(), frozenset({"lapak"}))
    relist(app, {"version": version})
    return app


def relist(app: Path, fields: dict[str, Any]) -> None:
    """Let the list of a version say something else."""
    told = json.loads((app / MANIFEST).read_text())
    (app / MANIFEST).write_text(json.dumps(told | fields))


def package(folder: Path, version: str = NEWER, program: str = WORKS, *, ending: str = ".tar.xz") -> Path:
    """A package of `version` in a file."""
    top = folder / f"making-{version}{ending}" / "lapak"
    version_folder(top, version, program)
    (top / "lapak").write_text("#!/bin/sh\n")
    return pack(top, folder / f"lapak-{version}{ending}")


def pack(top: Path, target: Path) -> Path:
    """The folder `top`, which is called `lapak`, as a package."""
    (write_zip if target.suffix == ".zip" else write_tar)(top, target)
    return target


def in_place(folder: Path) -> Path:
    """A package that this version was started from; the folder of the version."""
    app = version_folder(folder / "lapak", __version__)
    (folder / "lapak/versi").write_text(f"{__version__}\n")
    return app
