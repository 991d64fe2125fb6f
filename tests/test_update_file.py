"""Files that are no packages, or were made to harm whoever unpacks them. Nothing leaves its folder."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pos import update_file
from pos.errors import Damaged, NotOurs, Refused
from pos.installed import MANIFEST, system
from pos.update_file import Listed, is_whole, read_package, unpack
from tests.packing import NEWER, pack, package, relist, version_folder

LIST = f"lapak/app-{NEWER}/{MANIFEST}"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # the SHA-256 of nothing
BOTH = pytest.mark.parametrize("ending", [".zip", ".tar.xz"])


def listing(files: dict[str, Any], **more: Any) -> bytes:
    told = {"name": "lapak", "version": NEWER, "system": system(), "files": files, **more}
    return json.dumps(told).encode()


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, *entries: tuple[str, bytes], **odd: Any) -> Path:
    """A `.tar.xz` of these files; the last one is what `odd` says: a link, a device, a size that lies."""
    with lzma.open(path, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for number, (name, content) in enumerate(entries):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            if number == len(entries) - 1:
                for field, value in odd.items():
                    setattr(entry, field, value)
            archive.addfile(entry, io.BytesIO(content))
    return path


def refused(path: Path, folder: Path) -> None:
    """It is refused in one sentence, and nothing lies anywhere but in `folder`."""
    before = {one for one in folder.parent.rglob("*") if folder not in one.parents}
    with pytest.raises((NotOurs, Damaged)):
        unpack(read_package(path), folder)
    assert {one for one in folder.parent.rglob("*") if folder not in one.parents} - before <= {folder}


@BOTH
def test_a_package_is_what_it_was(tmp_path: Path, ending: str) -> None:
    found = read_package(package(tmp_path, ending=ending))
    assert (found.version, found.system) == (NEWER, system())
    assert found.files["lapak"].runs
    assert found.files["_internal/empty"] == Listed(0, EMPTY)
    told: list[tuple[int, int]] = []
    unpack(found, tmp_path / "out", lambda done, total: told.append((done, total)))
    assert is_whole(tmp_path / "out")
    assert told[-1] == (found.size, found.size)


def test_two_packages_of_the_same_are_the_same(tmp_path: Path) -> None:
    for ending in (".zip", ".tar.xz"):
        made = [package(tmp_path / name, ending=ending) for name in ("a", "b")]
        assert made[0].read_bytes() == made[1].read_bytes()


ELSEWHERE = "../out a/../../out /tmp/out C:/out a\\..\\..\\out a//b ./a a/. con lpt1.txt a/aux .hide a. é a:b"


@pytest.mark.parametrize("name", [*ELSEWHERE.split(), "", "a\0", "a ", "a" * 101, "/".join(["a" * 90] * 3)])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    listed = listing({name: [0, EMPTY]})
    refused(zipped(tmp_path / "x.zip", {LIST: listed, f"lapak/app-{NEWER}/{name}": b""}), tmp_path / "in")
    assert not (tmp_path / "in").exists()


@pytest.mark.parametrize(
    "files",
    [
        {"a": [-1, EMPTY]},
        {"a": [True, EMPTY]},
        {"a": [10**9, EMPTY]},
        {"a": ["1", EMPTY]},
        {"a": [0, "x"]},
        {"a": [0]},
        {"a": 0},
        {"a": [0, EMPTY], "A": [0, EMPTY]},
        {str(number): [4 * 10**8, EMPTY] for number in range(4)},
        [],
        None,
    ],
)
def test_a_list_that_cannot_be_is_refused(tmp_path: Path, files: Any) -> None:
    with pytest.raises(NotOurs):
        read_package(zipped(tmp_path / "x.zip", {LIST: listing(files)}))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"files": {}}',
        listing({}, version="9.9"),
        listing({}, name="x"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(NotOurs):
        read_package(zipped(tmp_path / "x.zip", {LIST: text}))


def test_the_list_comes_first(tmp_path: Path) -> None:
    with pytest.raises(NotOurs):
        read_package(zipped(tmp_path / "x.zip", {"lapak/a": b"", LIST: listing({})}))


@pytest.mark.parametrize(
    "odd",
    [
        {"type": tarfile.SYMTYPE, "linkname": "../../../out"},
        {"type": tarfile.LNKTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.FIFOTYPE},
        {"type": tarfile.CHRTYPE},
    ],
)
def test_links_and_devices_are_refused(tmp_path: Path, odd: dict[str, Any]) -> None:
    listed = listing({"a": [0, EMPTY]})
    made = tarred(tmp_path / "x.tar.xz", (LIST, listed), (f"lapak/app-{NEWER}/a", b""), **odd)
    refused(made, tmp_path / "in")


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(f"lapak/app-{NEWER}/a")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(LIST, listing({"a": [0, EMPTY]}))
        archive.writestr(link, b"")
    refused(tmp_path / "x.zip", tmp_path / "in")


@BOTH
@pytest.mark.parametrize(
    "change",
    [
        lambda app: (app / "_internal/more").write_text("not listed"),
        lambda app: (app / "_internal/empty").write_text("longer"),
        lambda app: (app / "_internal/pos/money.pyc").write_bytes(b"x" * 300 * len(NEWER)),
        lambda app: (app / "_internal/empty").unlink(),
        lambda app: relist(app, {"version": "9.9"}),
    ],
)
def test_what_does_not_agree_with_its_list_is_refused(
    tmp_path: Path, ending: str, change: Callable[[Path], object]
) -> None:
    top = tmp_path / "making/lapak"
    change(version_folder(top, NEWER))
    refused(pack(top, tmp_path / f"x{ending}"), tmp_path / "in")


def test_a_bomb_unpacks_no_more_than_it_said(tmp_path: Path) -> None:
    """Both say a few bytes; a gigabyte of nothing comes behind them, or in one entry before the list."""
    bomb, name = b"\0" * 50_000_000, f"lapak/app-{NEWER}/a"
    made = zipped(tmp_path / "x.zip", {LIST: listing({"a": [3, EMPTY]}), name: bomb})
    raw = made.read_bytes().replace(len(bomb).to_bytes(4, "little"), (3).to_bytes(4, "little"))
    made.write_bytes(raw)
    refused(made, tmp_path / "in")
    assert sum(path.stat().st_size for path in (tmp_path / "in").rglob("*") if path.is_file()) <= 3
    refused(tarred(tmp_path / "y.tar.xz", (LIST, listing({"a": [3, EMPTY]})), (name, bomb)), tmp_path / "in2")
    refused(tarred(tmp_path / "z.tar.xz", (LIST, b" " * (update_file.MOST_LIST + 1))), tmp_path / "in3")


def test_a_name_of_megabytes_is_not_read(tmp_path: Path) -> None:
    """Long names stand in entries of their own, which the library reads whole."""
    named = tarred(tmp_path / "x.tar.xz", ("lapak/" + "a" * 3_000_000, b""))
    with pytest.raises(NotOurs):
        read_package(named)


def test_a_dictionary_of_gigabytes_is_not_made(tmp_path: Path) -> None:
    """The header of an xz file says how much memory whoever unpacks it is to take."""
    packed = bytearray(package(tmp_path).read_bytes())
    filters = packed.index(b"\x21\x01", 12)  # LZMA2 and the size of what it says: one byte
    packed[filters + 2] = 40  # 4 GB
    size = (packed[12] + 1) * 4
    packed[12 + size - 4 : 12 + size] = zlib.crc32(packed[12 : 12 + size - 4]).to_bytes(4, "little")
    path = tmp_path / "x.tar.xz"
    path.write_bytes(packed)
    with pytest.raises(lzma.LZMAError, match="emory"):
        lzma.LZMADecompressor(memlimit=update_file._LZMA_MEMORY).decompress(bytes(packed))
    refused(path, tmp_path / "in")


@pytest.mark.parametrize("name", ["x.exe", "x.zip", "x.tar.xz", "x"])
def test_what_is_no_archive_is_refused(tmp_path: Path, name: str) -> None:
    for content in (b"", b"PK\3\4", b"\xfd7zXZ\0", b"plain text" * 100):
        (tmp_path / name).write_bytes(content)
        with pytest.raises((NotOurs, Damaged)):
            read_package(tmp_path / name)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.zip"):
        with pytest.raises(Refused):
            read_package(path)


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    made = zipped(tmp_path / "x.zip", {LIST: listing({})})
    raw = bytearray(made.read_bytes())
    raw[6] |= 1  # the flag of the first entry, and of its entry in the directory
    raw[raw.index(b"PK\1\2") + 8] |= 1
    made.write_bytes(raw)
    with pytest.raises(NotOurs):
        read_package(made)


@BOTH
def test_half_of_a_package_is_damaged(tmp_path: Path, ending: str) -> None:
    made = package(tmp_path, ending=ending)
    whole = made.read_bytes()
    for size in range(0, len(whole), 97):
        made.write_bytes(whole[:size])
        refused(made, tmp_path / f"in{size}")
