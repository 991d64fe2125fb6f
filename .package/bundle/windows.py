"""For Windows, made on Linux: Python, the lock's packages and Lapak in a folder, as `.zip` and as installer.

PyInstaller builds only for the system that it runs on. So here is Python's own signed pythonw.exe, which no
virus scanner has to get to know. Its files come from a package of the index, locked by its hash, or from the
embeddable zip of python.org that `--python FILE` names (python-3.13.N-embed-amd64.zip).
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath

from bundle.icon import write_icon
from bundle.parts import HERE, TOP, Stop, epoch, files_in, run, settle, write_list, write_pointer, write_zip
from bundle.pe import drop_unasked, missing, product_version
from bundle.wheels import fetch_wheels, unpack_wheels
from pos import __version__
from pos.licences import FILE, Part, licences_text, part_of

SYSTEM = "win32-amd64"
# Of Python's library: nothing of ours or of the packages asks for these.
LEFT_OUT = {"test", "idlelib", "tkinter", "turtledemo", "ensurepip", "pydoc_data", "venv", "site-packages"}
LEFT_OUT_FILES = ("_tkinter.pyd", "tcl86t.dll", "tk86t.dll", "zlib1.dll", "turtle.py", "_testcapi.pyd")
PROGRAMS = (".exe", ".dll", ".pyd")
PATHS = "Lib\npython313.zip\n.\nsite\n"  # relative to python.exe; nothing else of the machine is looked at


def build(work: Path, out: Path, python: Path | None) -> list[Path]:
    """Make zip and installer in `out`; everything in between in `work`. Raises Stop."""
    top = work / "Lapak"
    app = top / f"app-{__version__}"
    app.mkdir(parents=True)
    _put_python(python.read_bytes() if python else _fetch_python(work), app)
    unpack_wheels(fetch_wheels(work), app / "site")
    for name in ("pos", "ui", "resources"):
        shutil.copytree(TOP / name, app / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.lock", "LICENSE", "NOTICE"):
        shutil.copyfile(TOP / name, app / name)
    drop_unasked(app)
    if lacking := missing(app):
        raise Stop("The set for Windows is not complete:\n" + "\n".join(lacking))
    (app / FILE).write_text(_licences(app), "utf-8", newline="\r\n")
    write_list(app, SYSTEM, frozenset())
    write_pointer(top)
    icon = work / "lapak.ico"
    write_icon(icon)
    shutil.copyfile(HERE / "windows/lapak.cmd", top / "lapak.cmd")
    shutil.copyfile(HERE / "windows/BACA-SAYA.txt", top / "BACA-SAYA.txt")
    _make("launcher.nsi", icon, OUT=str(top / "Lapak.exe"))
    settle(top)
    packed = out / f"lapak-{__version__}-windows-x64.zip"
    write_zip(top, packed)
    setup = out / f"lapak-{__version__}-windows-x64-setup.exe"
    size = sum(path.stat().st_size for path in files_in(top)) // 1024
    _make("installer.nsi", icon, OUT=str(setup), FOLDER=str(top), SIZE=str(size), APP=app.name)
    return [packed, setup]


def _make(script: str, icon: Path, **names: str) -> None:
    """Compile a script of NSIS; its time is that of the commit."""
    given = {"VERSION": __version__, "ICON": str(icon), **names}
    command = ["makensis", "-V2", "-NOCD", *(f"-D{name}={value}" for name, value in given.items())]
    run(*command, str(HERE / "windows" / script), SOURCE_DATE_EPOCH=str(epoch()))


def _fetch_python(work: Path) -> bytes:
    """Python's files, as they lie in the package of the index that windows/python.lock names."""
    folder = work / "python"
    run(
        *(sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps"),
        *("--require-hashes", "--no-binary", ":all:", "--no-build-isolation"),
        *("-r", str(HERE / "windows/python.lock"), "-d", str(folder)),
    )
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        for entry in packed:
            file = packed.extractfile(entry) if entry.name.endswith("/data.zip") else None
            if file:
                return file.read()
    raise Stop(f"{archive.name} holds no Python.")


def _put_python(packed: bytes, app: Path) -> None:
    """The interpreter, its DLLs beside it, its library in `Lib` or a zip. Raises Stop."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
        found = next((PurePosixPath(name).parent for name in names if name.endswith("python313.dll")), None)
        if found is None:
            raise Stop("This is no Python 3.13 for Windows (python-3.13.N-embed-amd64.zip).")
        for name in names:
            place = _place_of(PurePosixPath(name), found)
            if place:
                target = app / place
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    (app / "python313._pth").write_text(PATHS, "ascii", newline="\r\n")


def _place_of(path: PurePosixPath, top: PurePosixPath) -> str:
    """Where a file of Python goes; empty for one that is not needed."""
    if not path.is_relative_to(top) or path.name in LEFT_OUT_FILES or path.suffix == ".pyc":
        return ""
    place = path.relative_to(top)
    if place.parts[0] == "Lib":
        return "" if LEFT_OUT & set(place.parts) else place.as_posix()
    if place.parts[0] == "DLLs" or len(place.parts) == 1:
        wanted = place.suffix in PROGRAMS or place.name in {"LICENSE.txt", "python313.zip"}
        renamed = {"LICENSE.txt": "LICENSE-Python.txt"}.get(place.name, place.name)
        return renamed if wanted else ""
    return ""


def _licences(app: Path) -> str:
    """The page, made of the set itself."""
    return licences_text([*_parts_of(app / "site"), _python(app), _launcher()])


def _parts_of(site: Path) -> Iterator[Part]:
    for found in sorted(metadata.distributions(path=[str(site)]), key=lambda one: one.name.lower()):
        yield part_of(found)


def _python(app: Path) -> Part:
    terms = app / "LICENSE-Python.txt"
    version = product_version(app / "python313.dll")
    return Part("Python", version, "PSF-2.0", (terms.read_text("utf-8"),) if terms.is_file() else ())


def _launcher() -> Part:
    """What Lapak.exe and the uninstaller consist of besides their script."""
    asked = subprocess.run(["makensis", "-VERSION"], capture_output=True, text=True, check=False)
    terms = Path("/usr/share/doc/nsis/copyright")
    text = (terms.read_text("utf-8"),) if terms.is_file() else ()
    return Part("NSIS (Lapak.exe)", asked.stdout.strip().removeprefix("v"), "Zlib", text)
