"""Names of files and folders are good on every system, and tell a person where something lies."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from pos.paths import folder_name, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("nastar 500.jpg", "nastar-500.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a?b*c.png. ", "a-b-c.png"),
        ("", "lapak"),
        ("con", "_con"),
        ("NUL.jpg", "_NUL.jpg"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("contoh.jpg", "contoh.jpg"),
        ("com10", "com10"),
    ],
)
def test_a_safe_name_is_no_folder_and_no_device(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        (PurePosixPath("/srv/HBP 59"), "HBP 59"),
        (PurePosixPath("/"), "/"),
        (PureWindowsPath("E:\\"), "E:"),
        (PureWindowsPath("E:\\HBP 59"), "HBP 59"),
        (PureWindowsPath(r"\\kantor\bersama"), r"\\kantor\bersama"),
        (PureWindowsPath(r"\\kantor\bersama\HBP 59"), "HBP 59"),
    ],
)
def test_a_folder_is_called_by_its_name_or_by_where_it_is(folder: PurePath, told: str) -> None:
    assert folder_name(folder) == told
