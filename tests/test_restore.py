"""A copy becomes a ledger again: proved before it is needed, and what was there is kept beside it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from pos.backup import back_up
from pos.clock import stopped_at
from pos.copies import Copy
from pos.errors import Damaged, Refused, WrongPassphrase
from pos.identity import settle_identity
from pos.ledger import Ledger, open_ledger, setting
from pos.machine import RESTORED, lost_ledger
from pos.reports import Period, run_report
from pos.restore import found_copies, look_into, place_for, restore, set_aside, try_copy
from pos.sealing import new_lock
from pos.volumes import Volume
from tests.books import MOMENT, busy_day, documents, sell
from tests.cli.running import program
from tests.test_backup import CLOCK, path_of, spoil

WORDS = "kata sandi panjang"


@pytest.fixture
def copy(till: Ledger, tmp_path: Path) -> Copy:
    """A copy of a busy day."""
    busy_day(till)
    return back_up(path_of(till), tmp_path / "cadangan", clock=CLOCK)


def test_a_trial_runs_every_check_and_leaves_nothing(till: Ledger, copy: Copy, home: Path) -> None:
    tried = try_copy(copy.path)
    assert tried.ok
    assert {check.name for check in tried.checks} >= {"count", "documents", "sums", "numbers", "stock"}
    (totals,) = run_report(till, "totals", Period()).rows
    assert (tried.content.sales, tried.content.total) == (totals[0], totals[4])
    assert (tried.content.booth, tried.content.documents) == ("S03", copy.documents)
    assert list((home / "kerja").iterdir()) == []
    assert [path.name for path in copy.path.parent.iterdir()] == [copy.path.name]


def test_a_copy_with_fewer_documents_than_its_name_says_is_not_good(copy: Copy) -> None:
    more = copy.path.with_name(copy.path.name.replace(f"-{copy.documents}.", f"-{copy.documents + 1}."))
    copy.path.rename(more)
    tried = try_copy(more)
    assert [check.name for check in tried.checks if not check.ok] == ["count"]


def test_a_changed_byte_and_a_cut_are_found(copy: Copy) -> None:
    whole = copy.path.read_bytes()
    spoil(copy.path)
    with pytest.raises(Damaged):
        try_copy(copy.path)
    copy.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Damaged):
        try_copy(copy.path)
    copy.path.write_bytes(b"")
    with pytest.raises(Refused):
        try_copy(copy.path)


def test_a_restored_ledger_is_the_same_and_sells_under_another_number(
    till: Ledger, copy: Copy, tmp_path: Path
) -> None:
    target = tmp_path / "baru" / "stan.lapak"
    former = till.own()
    made = restore(copy.path, target)
    assert made.aside is None
    with closing(open_ledger(target, stopped_at(MOMENT))) as ledger:
        assert documents(ledger) == documents(till)
        told = settle_identity(ledger)
        assert told is not None
        assert "cadangan" in told.message
        assert ledger.own().code != former.code
        assert setting(ledger, RESTORED) is None
        assert settle_identity(ledger) is None
        first = sell(ledger, {"PECI": 1})
        assert first.number == 1
        assert first.receipt.startswith(ledger.own().prefix)


def test_what_was_there_is_kept_with_all_that_belongs_to_it(till: Ledger, copy: Copy) -> None:
    target = path_of(till)
    sell(till, {"PECI": 1})  # after the copy; it lies in the WAL
    now = documents(till)
    crash = {side: Path(f"{target}{side}").read_bytes() for side in ("", "-wal", "-shm")}
    till.close()
    for side, content in crash.items():
        Path(f"{target}{side}").write_bytes(content)
    made = restore(copy.path, target, clock=CLOCK)
    assert made.aside == target.with_name("stan.lapak.20230414-140700.lama")
    assert not Path(f"{target}-wal").exists()
    for side, content in crash.items():
        assert Path(f"{made.aside}{side}").read_bytes() == content
    shutil.copytree(target.parent, target.parent / "lihat", ignore=shutil.ignore_patterns("lihat", "home"))
    for side in crash:
        beside = target.parent / "lihat" / f"{made.aside.name}{side}"
        beside.rename(target.parent / "lihat" / f"tua.lapak{side}")
    with closing(open_ledger(target.parent / "lihat" / "tua.lapak")) as old:
        assert documents(old) == now
    with closing(open_ledger(target)) as ledger:
        assert len(documents(ledger)[ledger.own().code]) == copy.documents
    assert restore(copy.path, target, clock=CLOCK).aside != made.aside  # nothing aside is ever written over


def test_a_wal_that_was_left_behind_is_not_played_into_the_copy(till: Ledger, copy: Copy) -> None:
    target = path_of(till)
    sell(till, {"PECI": 1})
    wal = Path(f"{target}-wal").read_bytes()
    till.close()
    target.unlink()
    Path(f"{target}-wal").write_bytes(wal)
    restore(copy.path, target, clock=CLOCK)
    with closing(open_ledger(target)) as ledger:
        assert len(documents(ledger)[ledger.own().code]) == copy.documents


def test_a_ledger_that_is_open_is_left_alone(till: Ledger, copy: Copy) -> None:
    before = documents(till)
    said = program("restore", copy.path, path_of(till))  # another program
    assert said.code == 2
    assert "terbuka" in said.sentence
    assert documents(till) == before
    assert not list(path_of(till).parent.glob("*.lama"))
    sell(till, {"PECI": 1})


def test_a_restore_that_is_cut_off_can_be_done_again(
    till: Ledger, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = path_of(till)
    till.close()

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr("pos.fresh.put", killed)
        with pytest.raises(KeyboardInterrupt):
            restore(copy.path, target, clock=CLOCK)
    assert not target.exists()
    assert len(list(target.parent.glob("*.lama"))) == 1
    restore(copy.path, target, clock=CLOCK)
    with closing(open_ledger(target)) as ledger:
        assert len(documents(ledger)[ledger.own().code]) == copy.documents


def test_nothing_is_set_aside_where_nothing_was(tmp_path: Path) -> None:
    assert set_aside(tmp_path / "stan.lapak", MOMENT) is None


def test_what_is_no_copy_is_refused(till: Ledger, copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "foto.lapak").write_bytes(b"JFIF")
    (tmp_path / "foto.sandi").write_bytes(b"JFIF")
    for name in ("foto.lapak", "foto.sandi", "nirgends.lapak"):
        with pytest.raises(Refused):
            restore(tmp_path / name, tmp_path / "x.lapak", WORDS)
    with pytest.raises(Refused, match="berkas"):
        restore(copy.path, tmp_path)
    with pytest.raises(Refused, match="sendiri"):
        restore(path_of(till), path_of(till))
    assert not (tmp_path / "x.lapak").exists()


def test_a_sealed_copy_needs_its_passphrase(till: Ledger, tmp_path: Path) -> None:
    made = back_up(path_of(till), tmp_path / "a", new_lock(WORDS), CLOCK)
    with pytest.raises(WrongPassphrase, match="salah"):
        try_copy(made.path, "sandi yang lain")
    with pytest.raises(WrongPassphrase):
        look_into(made.path)
    assert try_copy(made.path, WORDS).ok
    restore(made.path, tmp_path / "x.lapak", WORDS)
    with closing(open_ledger(tmp_path / "x.lapak")) as ledger:
        assert documents(ledger) == documents(till)


def test_copies_at_hand_are_found_the_newest_first(
    till: Ledger, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "KASIR"
    volume = Volume(stick, "KASIR", 10**9, "vfat", writable=True)
    monkeypatch.setattr("pos.restore.sticks", lambda: (volume,))
    first = back_up(path_of(till), home / "cadangan", clock=CLOCK)
    sell(till, {"PECI": 1})
    second = back_up(path_of(till), stick / "Lapak-cadangan", clock=CLOCK)
    assert [one.path for one in found_copies()] == [second.path, first.path]


def test_a_place_is_free_and_beside_no_side_file(copy: Copy, home: Path) -> None:
    home.mkdir(exist_ok=True)
    first = place_for(copy.path)
    assert first == home / f"s03-{copy.device.lower()}.lapak"
    Path(f"{first}-wal").write_bytes(b"x")
    assert place_for(copy.path) == home / f"s03-{copy.device.lower()}-1.lapak"


def test_a_ledger_that_is_gone_or_empty_is_missed(till: Ledger) -> None:
    assert lost_ledger() is None
    settle_identity(till)
    assert lost_ledger() is None
    path = path_of(till)
    till.close()
    path.write_bytes(b"")
    assert lost_ledger() == path.resolve()
    path.unlink()
    assert lost_ledger() == path.resolve()
