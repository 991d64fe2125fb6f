"""The package for Linux is really built, tries itself, and holds nothing that it need not.

The build costs some 60 s of CPU, once for all tests here. What needs another machine (a bare one, Windows) or
minutes of packing is told in CHANGELOG.md with what was seen there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bundle import elf, linux
from bundle.parts import TOP, Stop

import run
from pos import __version__
from pos.installed import MANIFEST, system
from pos.update_file import is_whole

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="made on Linux")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder as it goes into the packages, and what the .deb depends on."""
    if lacking := run.screen_packages():
        pytest.skip(f"a package takes along what this machine lacks: {', '.join(lacking)}")
    work = tmp_path_factory.mktemp("package")
    return linux.assemble(work)


def test_the_built_program_works(built: tuple[Path, list[str]], tmp_path: Path) -> None:
    """In an environment without Python's variables and without our sources in sight."""
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [str(built[0] / "lapak"), "--selftest"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=clean,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("✓") == 7
    assert list(tmp_path.iterdir()) == []


def test_it_holds_what_its_list_says(built: tuple[Path, list[str]]) -> None:
    folder = built[0]
    assert is_whole(folder)
    told = json.loads((folder / MANIFEST).read_text())
    assert (told["version"], told["system"]) == (__version__, system())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(told["files"]) == there - {MANIFEST}
    assert not [path for path in folder.rglob("*") if path.is_symlink()]


def test_nothing_of_the_tests_or_of_another_qt_came_in(built: tuple[Path, list[str]]) -> None:
    names = " ".join(path.relative_to(built[0]).as_posix() for path in built[0].rglob("*"))
    for foreign in (
        "pytest",
        "hypothesis",
        "Qml",
        "Quick",
        "VirtualKeyboard",
        "libgtk",
        "libQt6Pdf",
        "EglFS",
    ):
        assert foreign not in names


def test_every_library_is_inside_or_named(built: tuple[Path, list[str]]) -> None:
    """What the system must bring is what the .deb depends on, and hardly more than a desktop has."""
    folder, depends = built
    names = {one.partition(" ")[0] for one in depends}
    assert names <= {
        "libc6",
        "libgcc-s1",
        "libstdc++6",
        "libegl1",
        "libgl1",
        "libglx0",
        "libopengl0",
        "libxcb1",
    }
    assert any(one.startswith("libc6 (>= 2.") for one in depends)
    elf.trim(folder, linux.ROOTS)  # a second time there is nothing to take away
    assert is_whole(folder)


def test_a_library_of_which_nothing_is_known_stops_the_build(
    built: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(elf.SYSTEM, "libxcb.so.1")
    with pytest.raises(Stop, match=r"libxcb\.so\.1"):
        elf.packages(built[0])


def test_the_licences_of_all_that_is_inside_are_in_it(built: tuple[Path, list[str]]) -> None:
    text = (built[0] / "_internal/licences.txt").read_text()
    for words in ("Lapak", "Apache License", "pyside6", "Pillow", "SQLAlchemy", "Python 3.", "PyInstaller"):
        assert words.lower() in text.lower()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "Corresponding Application Code" in text
    for path in (built[0] / "_internal").glob("*.dist-info/**/LICENSE*"):
        assert path.read_text("utf-8").strip()[:200] in text, path


def test_run_py_leads_to_the_builder() -> None:
    done = subprocess.run(
        [sys.executable, str(TOP / ".package/package.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(TOP)},
    )
    assert done.returncode == 0
    assert "--python FILE" in done.stdout
