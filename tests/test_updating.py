"""An update from a file: what it refuses, what it leaves when it is cut, and the way back."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from pos import __version__, updating
from pos.copies import own_folder
from pos.errors import Damaged, NotOurs, Refused, WorldFailed
from pos.installed import MANIFEST, Installed, installed, point_to
from pos.ledger import Ledger
from pos.update_file import is_whole, read_package, unpack
from pos.updating import go_back, update
from tests.books import busy_day, documents, end_shift, sell
from tests.packing import FAILS, NEWER, in_place, package, relist

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the small programs are scripts of a shell")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package that this program runs from."""
    app = in_place(tmp_path)
    monkeypatch.setattr("pos.installed.program", lambda: app / "_internal")
    return app.parent


def versions(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("app-*"))


def untouched(place: Path) -> bool:
    return installed() == Installed(place, __version__) and versions(place) == [f"app-{__version__}"]


def closed(till: Ledger) -> Path:
    busy_day(till)
    end_shift(till)
    assert till.path
    return till.path


@pytest.mark.parametrize("ending", [".tar.xz", ".zip"])
def test_the_new_version_is_started_next_and_the_books_are_as_they_were(
    place: Path, till: Ledger, tmp_path: Path, ending: str
) -> None:
    path, before = closed(till), documents(till)
    done = update(package(tmp_path, ending=ending), [path])
    assert (done.version, done.former) == (NEWER, __version__)
    assert installed() == Installed(place, NEWER, __version__)
    assert is_whole(place / f"app-{NEWER}")
    assert (place / f"app-{NEWER}/lapak").stat().st_mode & 0o111
    assert documents(till) == before


def test_a_verified_copy_of_the_books_comes_first(place: Path, till: Ledger, tmp_path: Path) -> None:
    done = update(package(tmp_path), [closed(till)])
    assert [path.parent for path in done.copies] == [own_folder()]
    assert place.is_dir()
    own_folder().rename(tmp_path / "gone")
    own_folder().write_text("no folder")
    with pytest.raises(Refused, match="bukan folder"):
        update(package(tmp_path, "99.2"), [closed_path(till)])
    assert installed() == Installed(place, NEWER, __version__)


def closed_path(till: Ledger) -> Path:
    assert till.path
    return till.path


def test_nothing_is_updated_while_a_shift_is_open(place: Path, till: Ledger, tmp_path: Path) -> None:
    sell(till, {"PECI": 1})
    with pytest.raises(Refused, match=r"Sif Jum, 14 Apr 2023, 14\.07 masih terbuka"):
        update(package(tmp_path), [closed_path(till)])
    assert untouched(place)
    assert not own_folder().exists()


def test_the_booths_own_shift_counts_while_others_books_are_open(
    place: Path, till: Ledger, tmp_path: Path, home: Path
) -> None:
    home.mkdir()
    closed_path(till).rename(home / "stan.lapak")
    with pytest.raises(Refused, match="masih terbuka"):
        update(package(tmp_path))
    assert untouched(place)


def test_a_version_that_does_not_work_here_is_not_used(place: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="tidak berfungsi di komputer ini"):
        update(package(tmp_path, program=FAILS))
    assert untouched(place)


@pytest.mark.parametrize(("version", "words"), [("0.0.9", "lebih lama"), (__version__, "sudah ada")])
def test_only_a_newer_version_is_taken(place: Path, tmp_path: Path, version: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        update(package(tmp_path, version))
    assert untouched(place)


def test_damage_is_found_before_anything_changes(place: Path, tmp_path: Path) -> None:
    file = package(tmp_path, ending=".zip")
    whole, right = file.read_bytes(), 0
    for at in range(0, len(whole), 61):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with suppress(Damaged, Refused):  # a bit of no meaning, as of a time, may be another
            unpack(read_package(file), tmp_path / f"flipped-{at}")
            assert is_whole(tmp_path / f"flipped-{at}")
            right += 1
    assert right < 10
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises((Damaged, NotOurs)):
        update(file)
    assert untouched(place)


def test_a_full_disk_leaves_the_old_version(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = package(tmp_path)
    monkeypatch.setattr("pos.update_file.fsync_file", full)
    with pytest.raises(WorldFailed, match="penuh"):
        update(file)
    assert untouched(place)


def test_no_room_is_told_before_anything_is_unpacked(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "_ROOM", 10**15)
    with pytest.raises(WorldFailed, match=r"hanya ada sisa [\d.]+ MB"):
        update(package(tmp_path))
    assert untouched(place)


def test_what_a_cut_update_left_is_in_nobodys_way(place: Path, tmp_path: Path) -> None:
    for left in (f"app-{NEWER}.baru", f"app-{NEWER}"):
        (place / left).mkdir()
        (place / left / "half").write_text("of a file")
    update(package(tmp_path))
    assert versions(place) == sorted([f"app-{__version__}", f"app-{NEWER}"])
    assert not (place / f"app-{NEWER}/half").exists()


def test_an_update_cut_anywhere_leaves_a_whole_version_and_can_be_done_again(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut at each moment at which it waits for the disk, as by a power cut: nobody clears up behind it."""
    file, cut_at, step = package(tmp_path), 0, count()
    fsync = os.fsync

    def cut(handle: int) -> None:
        if next(step) == cut_at:
            raise KeyboardInterrupt
        fsync(handle)

    monkeypatch.setattr("os.fsync", cut)
    monkeypatch.setattr("pos.updating.shutil.rmtree", lambda *_args, **_options: None)
    while True:
        step = count()
        try:
            update(file)
        except KeyboardInterrupt:
            pass
        except FileExistsError:
            pytest.fail("what was left of the cut is in the way")
        else:
            break
        now = installed()
        assert now
        assert is_whole(now.app(now.current))
        if now.current == NEWER:
            point_to(now, __version__)
        for left in (*place.glob("app-*.baru"), place / f"app-{NEWER}"):
            if left.exists():
                left.rename(tmp_path / f"left-{cut_at}-{left.name}")
        cut_at += 1
    assert cut_at > 5


def test_one_goes_back_and_forth_again(place: Path, tmp_path: Path) -> None:
    update(package(tmp_path))
    assert go_back().version == __version__
    assert installed() == Installed(place, __version__, NEWER)
    assert go_back().version == NEWER


def test_there_is_no_way_back_to_what_is_not_whole(place: Path, tmp_path: Path) -> None:
    update(package(tmp_path))
    (place / f"app-{__version__}/_internal/empty").write_text("virus")
    with pytest.raises(Refused, match="tidak utuh"):
        go_back()
    (place / f"app-{__version__}" / MANIFEST).unlink()
    with pytest.raises(Refused, match="Tidak ada versi"):
        go_back()
    assert installed() == Installed(place, NEWER, __version__)


def test_two_versions_are_kept(place: Path, tmp_path: Path) -> None:
    update(package(tmp_path))
    update(package(tmp_path, "99.2"))
    assert versions(place) == [f"app-{NEWER}", "app-99.2"]


def test_a_version_for_another_system_is_refused(place: Path, tmp_path: Path) -> None:
    from tests.packing import pack, version_folder

    top = tmp_path / "other/lapak"
    version_folder(top, NEWER, of="plan9-mips")
    with pytest.raises(Refused, match="plan9-mips"):
        update(pack(top, tmp_path / "other.zip"))
    relist(top / f"app-{NEWER}", {"name": "kasir"})
    with pytest.raises(NotOurs):
        update(pack(top, tmp_path / "other.zip"))
    assert untouched(place)


def test_from_its_source_it_does_not_update_itself(tmp_path: Path) -> None:
    assert installed() is None
    with pytest.raises(Refused, match="dipasang"):
        update(package(tmp_path))
    with pytest.raises(Refused, match="dipasang"):
        go_back()


def test_what_was_installed_once_more_is_no_way_back(place: Path) -> None:
    (place / "versi").write_text(f"{__version__}\n{__version__}\n")
    assert installed() == Installed(place, __version__)


@pytest.mark.parametrize("said", ["", "..", "0.3.0/../..", "é", "latest", "\0" * 10])
def test_a_pointer_that_says_nothing_is_no_package(place: Path, said: str) -> None:
    (place / "versi").write_text(said, "utf-8")
    assert installed() is None
