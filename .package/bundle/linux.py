"""For Linux: a folder that runs without any Python, as a `.tar.xz` for any and a `.deb` for Debian."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from bundle.elf import packages, trim
from bundle.parts import HERE, TOP, Stop, epoch, files_in, run, settle, write_list, write_pointer, write_tar
from pos import __version__
from pos.inside import locked
from pos.installed import system
from pos.licences import FILE, Part, licences_text, parts

ROOTS = ("libpython{}.{}.so.1.0".format(*sys.version_info),)  # the loader opens it by its name
PROGRAM = "lapak"
ABOUT = """Package: lapak
Version: {version}
Architecture: {architecture}
Maintainer: The Lapak contributors <lapak@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: cups-client, fonts-dejavu-core
Section: misc
Priority: optional
Description: till for exhibition booths that works without a network
 A point of sale for the booths of Hari Bhakti Pemasyarakatan exhibitions:
 sells, prints receipts, keeps a verified ledger in one file, and hands the
 booth's figures over by stick, shared folder or database.
"""


def build(work: Path, out: Path) -> list[Path]:
    """Make both packages in `out`; everything in between in `work`. Raises Stop."""
    if sys.platform != "linux":
        raise Stop("A package for Linux is made on Linux.")
    folder, depends = assemble(work)
    check(folder)
    return [_archive(folder, work, out), _deb(folder, depends, work, out)]


def assemble(work: Path) -> tuple[Path, list[str]]:
    """The folder of the program, with its licences and its list, and the Debian packages that it needs."""
    folder = freeze(work)
    trim(folder, ROOTS)
    depends = packages(folder)
    (folder / "_internal" / FILE).write_text(licences_text([*parts(), *_more(folder)]), "utf-8")
    for name in ("LICENSE", "NOTICE"):
        shutil.copyfile(TOP / name, folder / "_internal" / name)
    write_list(folder, system(), frozenset({PROGRAM}))
    return folder, depends


def freeze(work: Path) -> Path:
    """Run PyInstaller; the folder that it makes."""
    run(
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", str(work / "dist"), "--workpath", str(work / "build"), str(HERE / "lapak.spec")),
        LAPAK_TOP=str(TOP),
        PYTHONPATH=f"{TOP}:{HERE}",
        PYTHONHASHSEED="0",
        SOURCE_DATE_EPOCH=str(epoch()),
        PYINSTALLER_CONFIG_DIR=str(work / "cache"),
    )
    folder = work / "dist" / PROGRAM
    _only_what_the_lock_names(folder)
    return folder


def _only_what_the_lock_names(folder: Path) -> None:
    """Whatever else lies in the environment, the tests' packages among it, must not have come in."""
    allowed = {_plain(one.name) for one in locked()}
    owners = metadata.packages_distributions()
    tops = {path.name for path in (folder / "_internal").iterdir() if path.is_dir()}
    foreign = {
        name
        for top in tops & owners.keys()
        for name in owners[top]
        if _plain(name) not in allowed | {"lapak"}
    }
    if foreign:
        raise Stop(f"{', '.join(sorted(foreign))} came in, which requirements.lock does not name.")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def check(folder: Path) -> None:
    """Have the built program try everything on this machine. Raises Stop."""
    run(str(folder / PROGRAM), "--selftest")


def _more(folder: Path) -> Iterator[Part]:
    """Python, and each of the system's libraries that was taken along, with what Debian says of it."""
    version = sys.version.split()[0]
    terms = next((path for path in _python_terms() if path.is_file()), None)
    yield Part("Python", version, "PSF-2.0", (terms.read_text("utf-8"),) if terms else (sys.copyright,))
    bootloader = metadata.distribution("pyinstaller")
    yield Part("PyInstaller (loader)", bootloader.version, "GPL-2.0-or-later, but not what it loads")
    seen = set[str]()
    for path in sorted((folder / "_internal").glob("lib*.so*")):
        package = _package_of(path.name)
        if package and package not in seen:
            seen.add(package)
            copyright_file = Path("/usr/share/doc") / package.partition(":")[0] / "copyright"
            told = copyright_file.read_text("utf-8", "replace") if copyright_file.is_file() else ""
            yield Part(package.partition(":")[0], _version_of(package), "", (told,))


def _python_terms() -> tuple[Path, ...]:
    name = "python{}.{}".format(*sys.version_info)
    return (
        Path(sys.base_prefix) / "lib" / name / "LICENSE.txt",
        Path("/usr/share/doc") / name / "copyright",
        Path("/usr/share/doc") / f"lib{name}" / "copyright",
    )


def _package_of(library: str) -> str:
    """The installed Debian package that the library is from; empty where there is none."""
    asked = ["dpkg-query", "-S", f"*/{library}"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.partition(": ")[0].split(",")[0].strip()


def _version_of(package: str) -> str:
    asked = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def _archive(folder: Path, work: Path, out: Path) -> Path:
    """The folder beside a pointer and what starts it: the form that updates itself."""
    top = work / "tar" / PROGRAM
    app = f"app-{__version__}"
    shutil.copytree(folder, top / app)
    write_pointer(top)
    shutil.copyfile(HERE / "linux/lapak.sh", top / PROGRAM)
    shutil.copyfile(HERE / "linux/BACA-SAYA.txt", top / "BACA-SAYA.txt")
    settle(top, frozenset({PROGRAM, f"{app}/{PROGRAM}"}))
    target = out / f"lapak-{__version__}-{system()}.tar.xz"
    write_tar(top, target)
    return target


def _deb(folder: Path, depends: list[str], work: Path, out: Path) -> Path:
    """The folder for a whole machine; a new one comes as the next .deb."""
    root = work / "deb"
    library, share = root / "usr/lib/lapak", root / "usr/share"
    shutil.copytree(folder, library)
    for source, place in (
        (HERE / "linux/lapak.desktop", share / "applications/lapak.desktop"),
        (TOP / "resources/illustrations/lambang-lapak.svg", share / "icons/hicolor/scalable/apps/lapak.svg"),
        (library / "_internal" / FILE, share / "doc/lapak/copyright"),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
    size = -(-sum(path.stat().st_size for path in files_in(root)) // 1024)
    settle(root, frozenset({f"usr/lib/lapak/{PROGRAM}"}))
    (root / "usr/bin").mkdir()
    (root / "usr/bin" / PROGRAM).symlink_to(f"../lib/lapak/{PROGRAM}")
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(
        ABOUT.format(version=__version__, architecture=architecture, size=size, depends=", ".join(depends)),
        "utf-8",
    )
    target = out / f"lapak_{__version__}_{architecture}.deb"
    run(
        *(
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            "-z4",
            "--threads-max=1",
            "--build",
            str(root),
            str(target),
        ),
        SOURCE_DATE_EPOCH=str(epoch()),
    )
    return target
