"""The set for Windows, as far as it can be looked at without building it (which downloads 150 MB)."""

from __future__ import annotations

import os
import re
import shutil
from importlib import metadata
from pathlib import Path, PurePosixPath

import pytest
from bundle import pe, windows
from bundle.qt import is_wanted
from bundle.wheels import for_windows

from pos.inside import locked

STUBS = ("cli-64.exe", "cli-32.exe")  # real programs for Windows, which setuptools carries


def test_what_is_for_windows_is_taken_and_nothing_else() -> None:
    names = {one.name for one in for_windows()}
    assert {"tzdata", "pyside6-essentials", "psycopg-binary", "pycparser"} <= names
    assert names == {one.name for one in locked()}  # nothing of the lock is for other systems alone
    assert all(one.hashes for one in for_windows())


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt6Widgets.dll", True),
        ("PySide6/QtSvg.pyd", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/imageformats/qjpeg.dll", True),
        ("PySide6/plugins/tls/qschannelbackend.dll", False),
        ("PySide6/plugins/sqldrivers/qsqlite.dll", False),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/QtNetwork.pyd", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/designer.exe", False),
        ("PySide6/translations/qtbase_de.qm", False),
        ("PIL/_imaging.cp313-win_amd64.pyd", True),
        ("PIL/_avif.cp313-win_amd64.pyd", False),
    ],
)
def test_of_qt_only_what_widgets_need(place: str, wanted: bool) -> None:
    assert is_wanted(place) == wanted


@pytest.mark.parametrize(
    ("place", "goes_to"),
    [
        ("cp313/python313.dll", "python313.dll"),
        ("cp313/DLLs/_ssl.pyd", "_ssl.pyd"),
        ("cp313/Lib/json/decoder.py", "Lib/json/decoder.py"),
        ("cp313/LICENSE.txt", "LICENSE-Python.txt"),
        ("cp313/Lib/json/__pycache__/decoder.cpython-313.pyc", ""),  # of somebody else's making
        ("cp313/Lib/test/test_json.py", ""),
        ("cp313/Lib/site-packages/pip/main.py", ""),
        ("cp313/DLLs/tk86t.dll", ""),
        ("cp313/include/Python.h", ""),
        ("elsewhere/python313.dll", ""),
    ],
)
def test_of_python_only_what_runs(place: str, goes_to: str) -> None:
    assert windows._place_of(PurePosixPath(place), PurePosixPath("cp313")) == goes_to


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Programs for Windows, one of them for another processor."""
    found = {file.name: file for file in metadata.files("setuptools") or ()}
    for name in STUBS:
        shutil.copyfile(str(found[name].locate()), tmp_path / name)
    return tmp_path


def test_a_program_for_another_processor_is_told(folder: Path) -> None:
    assert "cli-32.exe: not for this processor" in pe.missing(folder)
    assert "cli-64.exe: not for this processor" not in pe.missing(folder)


def test_a_dll_that_nobody_brings_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "cli-32.exe").unlink()
    assert pe.missing(folder) == ["cli-64.exe: VCRUNTIME140.dll"]  # which Python brings
    monkeypatch.setattr(pe, "SYSTEM", re.compile("shlwapi"))
    assert "cli-64.exe: KERNEL32.dll" in pe.missing(folder)
    (folder / "kernel32.DLL").write_bytes((folder / "cli-64.exe").read_bytes())
    assert not [told for told in pe.missing(folder) if "cli-64.exe: KERNEL32" in told]


def test_the_version_of_a_program_is_read_from_it(folder: Path) -> None:
    assert pe.product_version(folder / "cli-64.exe") == ""  # it says none


def test_the_licences_name_what_starts_it_and_the_very_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "LICENSE-Python.txt").write_text("PSF LICENSE AGREEMENT")
    monkeypatch.setattr(windows, "product_version", lambda path: {"python313.dll": "3.13.2"}[path.name])
    compiler = tmp_path / "makensis"  # the machine of the tests need not have one
    compiler.write_text("#!/bin/sh\necho v3.08\n")
    compiler.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    page = windows._licences(tmp_path)
    assert "Python 3.13.2" in page
    assert "PSF LICENSE AGREEMENT" in page
    assert "NSIS (Lapak.exe) 3.08" in page
