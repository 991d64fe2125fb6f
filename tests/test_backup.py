"""Copies of a ledger that is open: whole, verified, in place in one step, and never in the way."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos import verify
from pos.aside import Aside
from pos.backup import back_up, keep_copies
from pos.chains import reading
from pos.clock import stopped_at
from pos.copies import copies, own_folder
from pos.errors import Damaged, Refused, WorldFailed
from pos.ledger import Ledger, open_ledger
from pos.sealing import new_lock, unseal
from pos.sync import copy_chains
from tests.books import MOMENT, booth, busy_day, documents, end_shift, sell
from tests.cli.running import tamper

CLOCK = stopped_at(MOMENT)
FULL = OSError(errno.ENOSPC, "No space left on device")


def path_of(ledger: Ledger) -> Path:
    assert ledger.path
    return ledger.path


def spoil(path: Path) -> None:
    """One letter of each sale is changed, as by a dying disk."""
    tamper(path, "UPDATE document SET body = replace(body, 'rina', 'rino') WHERE kind = 'sale'")


def test_a_copy_of_an_open_ledger_has_everything(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    made = back_up(path_of(till), tmp_path / "cadangan", clock=CLOCK)
    count = len(documents(till)[till.own().code])
    assert made.path.name == f"cadangan-S03-{till.own().code}-20230414-140700-{count}.lapak"
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]  # in one file, no litter
    with closing(open_ledger(made.path, read_only=True)) as copy:
        assert documents(copy) == documents(till)


def test_the_live_file_is_never_opened_by_ourselves(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That would drop the locks that SQLite has on it in this process (POSIX)."""
    live = {path_of(till).name, f"{path_of(till).name}-wal", f"{path_of(till).name}-shm"}
    real, seen = Path.open, list[Path]()

    def watched(path: Path, *args: Any, **options: Any) -> Any:
        seen.append(path)
        return real(path, *args, **options)

    monkeypatch.setattr(Path, "open", watched)
    back_up(path_of(till), tmp_path / "cadangan")
    assert seen
    assert not [path for path in seen if path.name in live and path.parent == path_of(till).parent]


def test_nothing_new_makes_no_copy_and_a_sale_makes_one(till: Ledger, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    first = keep_copies(path_of(till), folders, clock=CLOCK)
    assert [one.new for one in first.kept] == [True, True]
    again = keep_copies(path_of(till), folders, clock=CLOCK)
    assert [(one.new, one.copy) for one in again.kept] == [(False, one.copy) for one in first.kept]
    sell(till, {"PECI": 1})
    assert [one.new for one in keep_copies(path_of(till), folders, clock=CLOCK).kept] == [True, True]
    assert [len(copies(folder)) for folder in folders] == [2, 2]


def test_what_is_told_of_a_folder_is_the_copy_of_this_ledger(
    till: Ledger, collector: Ledger, tmp_path: Path
) -> None:
    """Not that of another one, nor what was kept for an older program, although they are newer."""
    folder, code = tmp_path / "a", till.own().code
    for ledger in (till, collector):
        keep_copies(path_of(ledger), [folder], clock=CLOCK)
    (folder / f"sebelum-1003-S03-{code}-20240414-140700-5.lapak").write_bytes(b"x")
    for ledger, whose in ((till, f"S03-{code}"), (collector, "PUSAT-00000000")):
        (again,) = keep_copies(path_of(ledger), [folder], clock=CLOCK).kept
        assert again.copy
        assert not again.new
        assert again.copy.path.name.startswith(f"cadangan-{whose}-2023")


@pytest.mark.parametrize(
    "step", ["os.fsync", "shutil.copyfileobj", "pos.placing._same", "pathlib.Path.replace"]
)
def test_a_stick_that_fails_costs_the_folder_nothing(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder, stick = tmp_path / "a", tmp_path / "stik"
    keep_copies(path_of(till), [folder, stick], clock=CLOCK)
    sell(till, {"PECI": 1})
    before = sorted(stick.iterdir())
    keep_copies(path_of(till), [folder], clock=CLOCK)

    def fail(*_args: object) -> None:
        raise FULL

    with monkeypatch.context() as disk:
        disk.setattr(step, fail)
        disk.setattr("pos.backup.pace_of", lambda _folder: 1)
        done = keep_copies(path_of(till), [folder, stick], clock=CLOCK)
    assert done.kept[0].error == ("", "")
    assert done.kept[1].error[0]
    assert sorted(stick.iterdir()) == before
    assert not list((own_folder().parent / "kerja").iterdir())
    assert keep_copies(path_of(till), [folder, stick], clock=CLOCK).kept[1].new


def test_a_ledger_that_is_damaged_makes_no_copy_and_costs_no_good_one(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    good = back_up(path_of(till), tmp_path / "a", clock=CLOCK)
    sell(till, {"PECI": 1})
    spoil(path_of(till))
    with pytest.raises(Damaged, match="rusak"):
        keep_copies(path_of(till), [tmp_path / "a"], clock=CLOCK)
    assert [one.path for one in copies(tmp_path / "a")] == [good.path]


def test_a_ledger_whose_beginning_is_damaged_is_told_to_be_so(till: Ledger, tmp_path: Path) -> None:
    """It says whose it is, which is asked before anything is copied."""
    tamper(path_of(till), "UPDATE document SET body = substr(body, 2) WHERE seq = 1")
    with pytest.raises(Damaged, match="rusak"):
        keep_copies(path_of(till), [tmp_path / "a"], clock=CLOCK)


def test_a_copy_that_reads_back_otherwise_is_none(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.placing._same", lambda _wanted, _found: False)
    with pytest.raises(WorldFailed, match="terbaca sama"):
        back_up(path_of(till), tmp_path / "a")
    assert list((tmp_path / "a").iterdir()) == []


def test_what_cannot_be_a_folder_is_refused(till: Ledger, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(Refused, match="bukan folder"):
        back_up(path_of(till), tmp_path / "berkas")
    with pytest.raises(Refused):
        back_up(tmp_path / "nirgends.lapak", tmp_path / "a")


def test_a_pulled_sticks_folder_is_not_filled(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.backup.left_behind", lambda folder: folder == tmp_path / "stik")
    with pytest.raises(WorldFailed, match="Flashdisk"):
        back_up(path_of(till), tmp_path / "stik")
    assert not (tmp_path / "stik").exists()


def test_a_central_file_can_be_copied_too(collector: Ledger, tmp_path: Path) -> None:
    made = back_up(path_of(collector), tmp_path / "a", clock=CLOCK)
    assert (made.booth, made.documents) == ("PUSAT", 0)


def test_books_of_any_size_are_copied_behind_the_till(
    till: Ledger, collector: Ledger, tmp_path: Path
) -> None:
    """So many documents that they are looked over by several processes, where there may be any."""
    with closing(booth(tmp_path / "lain.lapak", "S07")) as other:
        for ledger in (other, till):
            with reading(ledger) as source:
                copy_chains(source, collector)
    assert Aside().run(_copied_as_many, path_of(collector), tmp_path / "a") == 10


def _copied_as_many(source: Path, folder: Path) -> int:
    """In the other process."""
    verify.WORTH_WORKERS = 1
    os.cpu_count = lambda: 2
    return back_up(source, folder).documents


def test_a_sealed_copy_is_the_same_behind_its_passphrase(till: Ledger, tmp_path: Path) -> None:
    end_shift(till)
    made = back_up(path_of(till), tmp_path / "a", new_lock("kata sandi panjang"), CLOCK)
    assert made.sealed
    assert b"SQLite format" not in made.path.read_bytes()
    unseal(made.path, tmp_path / "buka.lapak", "kata sandi panjang")
    with closing(open_ledger(tmp_path / "buka.lapak", read_only=True)) as copy:
        assert documents(copy) == documents(till)
    assert not keep_copies(path_of(till), [tmp_path / "a"], new_lock("lain lagi sandi"), CLOCK).kept[0].new
    assert keep_copies(path_of(till), [tmp_path / "a"], None, CLOCK).kept[0].new  # in the form that is wanted


def test_how_long_the_disk_takes_is_told(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(0, 1_000_000, 2_000))
    monkeypatch.setattr("pos.disk_pace.Clock.uptime_ms", lambda _clock: next(ticks))
    done = keep_copies(path_of(till), [tmp_path / "a"], clock=CLOCK)
    assert done.pace_ms == 2_000
    assert not [path for path in path_of(till).parent.iterdir() if path.name.startswith(".lapak-uji")]
    if hasattr(os, "geteuid"):
        monkeypatch.setattr("os.access", lambda _path, _mode: False)
        assert keep_copies(path_of(till), [tmp_path / "a"], clock=CLOCK).pace_ms == 0
