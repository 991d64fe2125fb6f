"""The export of the office's papers and of the sealed archive, as scripts ask for them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from pos.model import Sale
from tests.cli.running import Run


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        (("rekap.pdf",), b"%PDF-"),
        (("ba.pdf", "--table", "minutes"), b"%PDF-"),
        (("arsip.zip",), b"PK\x03\x04"),
        (("rekap.xlsx",), b"PK\x03\x04"),
    ],
)
@pytest.mark.usefixtures("sold")
def test_the_ending_says_what(
    lapak: Run, path: Path, tmp_path: Path, asked: tuple[str, ...], begins: bytes
) -> None:
    name, *options = asked
    said = lapak("export", path, "-o", tmp_path / name, *options, "--json")
    data = (tmp_path / name).read_bytes()
    assert said.code == 0
    assert data.startswith(begins)
    assert said.json["sha256"] == hashlib.sha256(data).hexdigest()
    assert said.json["rows"] > 0


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.pdf", ("--table", "sales")),
        ("a.pdf", ("--institution", "LPP-PLG")),
        ("a.zip", ("--table", "sales")),
        ("a.zip", ("--from", "2023-04-14")),
        ("a.zip", ("--booth", "S03")),
    ],
)
def test_what_is_none_of_it_is_refused(
    lapak: Run, path: Path, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    said = lapak("export", path, "-o", tmp_path / name, *options)
    assert (said.code, said.out) == (2, "")
    assert said.sentence
    assert not (tmp_path / name).exists()


def test_the_archive_is_checked_where_it_lies(
    lapak: Run, path: Path, sold: list[Sale], tmp_path: Path
) -> None:
    lapak("export", path, "-o", tmp_path / "arsip.zip")
    with ZipFile(tmp_path / "arsip.zip") as archive:
        archive.extractall(tmp_path / "arsip")
    checker, sale = tmp_path / "arsip" / "periksa.py", sold[0]
    command = [sys.executable, str(checker), "--nota", sale.receipt, sale.code]
    ran = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"{sale.receipt}: asli dan tidak berubah." in ran.stdout
