"""Fresh files: whole under their name or not there, durable before anybody relies on it, no litter."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from pos.errors import Refused, WorldFailed
from pos.fresh import LEFT_BEHIND_S, TRIES, draft_of, drop_left_behind, fresh_file, make_folder, work_folder

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="no file is replaced while it is open")


@needs_posix
def test_a_fresh_file_replaces_the_old_one_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("lama")
    with path.open() as reading:
        with fresh_file(path) as draft:
            draft.write_text("baru")
            assert path.read_text() == "lama"
        assert reading.read() == "lama"  # whoever has it open never sees half of the new one
    assert path.read_text() == "baru"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("lama")
    with pytest.raises(UnicodeEncodeError), fresh_file(path) as draft:
        draft.write_text("setengah \udcff", "utf-8")
    assert path.read_text() == "lama"
    assert list(tmp_path.iterdir()) == [path]


class Held:
    """A file that others hold open, as Windows tells it, for so many attempts to replace it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, attempts: int) -> None:
        self.left = attempts
        self.pauses = 0
        self._replace = os.replace
        monkeypatch.setattr("pos.faults.WINDOWS", True)
        monkeypatch.setattr("pos.fresh.pause", self.pause)
        monkeypatch.setattr(os, "replace", self.replace)

    def replace(self, draft: Path, path: Path) -> None:
        """As os.replace, when nobody holds the file any more."""
        self.left -= 1
        if self.left >= 0:
            raise PermissionError(13, "Access is denied")
        self._replace(draft, path)

    def pause(self, _ms: int) -> None:
        """Wait, without losing time."""
        self.pauses += 1


def test_whoever_only_looks_at_the_old_file_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("lama")
    held = Held(monkeypatch, 3)
    with fresh_file(path) as draft:
        draft.write_text("baru")
    assert (path.read_text(), held.pauses) == ("baru", 3)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_stays_open_elsewhere_is_told_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rekap.xlsx"
    path.write_text("lama")
    held = Held(monkeypatch, 1_000)
    says = r"rekap\.xlsx sedang dibuka program lain.*Tutup dulu di sana"
    with pytest.raises(WorldFailed, match=says), fresh_file(path) as draft:
        draft.write_text("baru")
    assert (path.read_text(), held.pauses) == ("lama", TRIES - 1)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_or_device_is_never_replaced(tmp_path: Path) -> None:
    for path in (tmp_path, Path(os.devnull)):
        with pytest.raises(Refused), fresh_file(path) as draft:
            draft.write_text("x")
    assert not Path(os.devnull).is_file()


@needs_posix
@pytest.mark.parametrize("durable", [True, False])
def test_the_content_reaches_the_disk_before_its_name_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, durable: bool
) -> None:
    path, steps = tmp_path / "baru" / "a.csv", []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(handle: int) -> None:
        steps.append(Path(f"/proc/self/fd/{handle}").readlink().suffix or "folder")
        fsync(handle)

    def noted_replace(old: Path, new: Path) -> None:
        steps.append("replace")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    with draft_of(path, durable=durable) as draft:
        draft.write_text("baru")
    assert steps == (["folder", ".baru", "replace", "folder"] if durable else ["replace"])
    assert path.read_text() == "baru"


@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "pathlib.Path.mkdir"])
def test_a_disk_that_fails_at_any_step_is_told_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_what: object, **_how: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(step, fail)
        with (
            pytest.raises(WorldFailed, match=r"a\.csv penuh"),
            fresh_file(tmp_path / "di" / "a.csv") as draft,
        ):
            draft.write_text("baru")
    assert list(tmp_path.rglob("*.*")) == []


def test_a_name_may_be_as_long_as_a_file_system_takes(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 251}.csv"
    with fresh_file(path) as draft:
        draft.write_text("baru")
    assert path.read_text() == "baru"


def test_a_work_folder_is_new_each_time_and_where_state_is_kept(home: Path) -> None:
    folders = [work_folder(), work_folder()]
    assert len(set(folders)) == 2
    assert {folder.parent for folder in folders} == {home / "kerja"}


def test_working_copies_of_programs_that_were_ended_go_after_a_week() -> None:
    """Only those in which nothing was written since: another program may be at work in its own."""
    left, at_work, young = work_folder(), work_folder(), work_folder()
    for folder in (left, at_work, young):
        (folder / "salinan.lapak").write_bytes(b"x")
    long_ago = left.stat().st_mtime - LEFT_BEHIND_S - 60
    for old in (left / "salinan.lapak", left, at_work):
        os.utime(old, (long_ago, long_ago))
    mine = work_folder()
    assert {path for path in mine.parent.iterdir() if path in (left, at_work, young, mine)} == {
        at_work,
        young,
        mine,
    }


def test_a_file_that_came_meanwhile_is_not_replaced_when_there_was_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "a.lapak"
    made = draft_of(path, anew=True)
    made.__enter__().write_text("kedua")
    path.write_text("pertama")
    with pytest.raises(FileExistsError):
        made.__exit__(None, None, None)
    assert path.read_text() == "pertama"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
@pytest.mark.parametrize("links", [errno.EPERM, errno.EOPNOTSUPP], ids=errno.errorcode.get)
def test_a_file_system_without_links_takes_a_new_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: int
) -> None:
    def refused(*_args: object) -> None:
        raise OSError(links, os.strerror(links))

    monkeypatch.setattr(Path, "hardlink_to", refused)
    path = tmp_path / "a.lapak"
    with draft_of(path, anew=True) as draft:
        draft.write_text("baru")
    with pytest.raises(FileExistsError), draft_of(path, anew=True) as draft:
        draft.write_text("kedua")
    assert path.read_text() == "baru"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
def test_every_new_folder_on_the_way_survives_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, fsync = [], os.fsync

    def noted(handle: int) -> None:
        asked.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    make_folder(tmp_path / "in" / "STAN")
    make_folder(tmp_path / "in" / "STAN")
    assert asked == [tmp_path, tmp_path / "in"]


def aged(path: Path, seconds: float) -> Path:
    """`path`, last written so long ago."""
    moment = path.stat().st_mtime - seconds
    os.utime(path, (moment, moment))
    return path


def test_what_a_killed_program_left_goes_after_a_week_and_only_that(tmp_path: Path) -> None:
    drafts = [tmp_path / f".{name}.0123abcd.baru" for name in ("a.csv", "b.csv")]
    kept = [tmp_path / name for name in ("a.csv", "b.baru", ".a.csv.kunci")]
    for path in (*drafts, *kept):
        path.write_text("x")
        aged(path, LEFT_BEHIND_S + 60)
    young = tmp_path / ".a.csv.89abcdef.baru"
    young.write_text("sedang ditulis")
    drop_left_behind(tmp_path, "a.csv")
    assert sorted(tmp_path.iterdir()) == sorted([*kept, drafts[1], young])
    drop_left_behind(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([*kept, young])
    drop_left_behind(tmp_path, "a.csv", older_s=0)
    assert sorted(tmp_path.iterdir()) == sorted(kept)
    drop_left_behind(tmp_path / "tidak ada")
