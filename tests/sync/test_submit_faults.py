"""Handing over when the world fails: sticks that go, are full or locked, altered files, two at once.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from pos.carry import sync_target
from pos.course import Course, GivenUp
from pos.errors import BadDocument, WorldFailed
from pos.handed import all_handed, handed, waiting
from pos.ledger import Ledger, open_ledger, set_setting
from pos.local_tables import SETTING
from pos.segments import FolderSource
from pos.submit import submit
from pos.targets import look_at
from tests.books import documents, sell
from tests.sync.conftest import Copy
from tests.sync.test_carry_faults import broken, locked_elsewhere
from tests.sync.test_postgres import administrator
from tests.sync.world import files_up_to, held, tampered, visible


@pytest.mark.parametrize(
    "error", [errno.EIO, errno.ENOSPC, errno.ENODEV, errno.EROFS], ids=errno.errorcode.get
)
@pytest.mark.parametrize(
    "call", ["os.fsync", "shutil.copyfileobj", "pathlib.Path.replace", "shutil.disk_usage"]
)
def test_a_stick_pulled_full_or_write_protected_does_not_count(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    stan = copy("S01")
    submit(stan, str(stick))
    before, kept = stick.read_bytes(), all_handed(stan)
    sell(stan, {"PECI": 1})
    with monkeypatch.context() as disk:
        disk.setattr(call, broken(error))
        with pytest.raises(WorldFailed):
            submit(stan, str(stick))
    assert stick.read_bytes() == before
    assert visible(stick.parent) == ["pusat.lapak"]
    assert (all_handed(stan), waiting(stan).documents) == (kept, 1)


def test_a_stick_without_room_is_told_before_anything_is_written(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stan = copy("S01")
    usage = shutil.disk_usage(stick.parent)
    monkeypatch.setattr("pos.volumes.shutil.disk_usage", lambda _path: usage._replace(free=50_000))
    with pytest.raises(WorldFailed, match="needs 1 MB, but only 0 MB are free"):
        submit(stan, str(stick))
    assert visible(stick.parent) == []


def test_a_share_that_does_not_tell_its_room_is_written_to(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen with FAT32 through FUSE: no blocks at all, none of them free."""
    usage = shutil.disk_usage(stick.parent)._replace(total=0, used=0, free=0)
    monkeypatch.setattr("pos.volumes.shutil.disk_usage", lambda _path: usage)
    assert submit(copy("S01"), str(stick)).sent == 12
    assert look_at(str(stick)).room is None


def test_fat_takes_no_file_of_4_gib(copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.placing.FAT_MOST", 1_000)
    monkeypatch.setattr("pos.placing.system_of", lambda _path: "vfat")
    with pytest.raises(WorldFailed, match="4 GB"):
        submit(copy("S01"), str(stick))
    monkeypatch.setattr("pos.placing.system_of", lambda _path: "exfat")
    assert submit(copy("S01"), str(stick)).sent == 12


def test_a_full_disk_at_any_point(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    submit(stan, str(stick))
    before = stick.read_bytes()
    sell(stan, {"PECI": 1})
    for room in range(0, len(before), 32 * 1024):
        with files_up_to(room), pytest.raises(WorldFailed):
            submit(stan, str(stick))
        assert stick.read_bytes() == before
    assert submit(stan, str(stick)).sent == 1


def test_a_stick_that_is_not_there_is_not_made_on_this_disk(copy: Copy, tmp_path: Path) -> None:
    stan = copy("S01")
    for target in (tmp_path / "lepas" / "pusat.lapak", tmp_path / "lepas" / "HBP"):
        with pytest.raises(WorldFailed, match="is not there"):
            submit(stan, str(target))
    assert not (tmp_path / "lepas").exists()


def test_a_shared_folder_that_went_away_is_not_made_anew(copy: Copy, tmp_path: Path) -> None:
    stan, folder = copy("S01"), tmp_path / "HBP"
    submit(stan, str(folder))
    shutil.rmtree(folder)
    with pytest.raises(WorldFailed, match="is not there"):
        submit(stan, str(folder))


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_share_that_looks_empty_is_filled_anew_only_by_hand(copy: Copy, stick: Path, kind: str) -> None:
    stan, target = copy("S01"), stick if kind == "file" else stick.parent / "HBP"
    submit(stan, str(target))
    kept = stick.parent.rename(stick.parent.with_name("server"))
    (target.parent if kind == "file" else target).mkdir(parents=True)  # where it was connected
    sell(stan, {"PECI": 1})
    with pytest.raises(WorldFailed, match="is not there"):
        submit(stan, str(target), thorough=False)
    assert waiting(stan).documents == 1
    assert kept.is_dir()
    assert submit(stan, str(target)).sent == 13


@pytest.mark.parametrize("step", ["check", "match"])
def test_a_server_that_goes_in_the_middle(copy: Copy, postgres_url: str, step: str) -> None:
    stan = copy("S01")
    submit(stan, postgres_url)
    sell(stan, {"PECI": 1})

    def cut() -> None:
        if course.look().step == step and course.look().done == 0:
            with administrator(postgres_url) as conn:
                conn.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

    course = Course(cut)
    with pytest.raises(WorldFailed, match="cannot be reached"):
        submit(stan, postgres_url, course)
    assert waiting(stan).documents == 1
    assert submit(stan, postgres_url).handed.figures.documents == 13
    assert waiting(stan).documents == 0


def test_a_server_that_only_reads_58(copy: Copy, postgres_url: str) -> None:
    stan = copy("S01")
    submit(stan, postgres_url)
    name = make_url(postgres_url).database
    with administrator(postgres_url) as conn:
        conn.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    sell(stan, {"PECI": 1})
    with pytest.raises(WorldFailed):
        submit(stan, postgres_url)
    assert waiting(stan).documents == 1
    with administrator(postgres_url) as conn:
        conn.execute("SET default_transaction_read_only = off")
        conn.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only".encode())
    assert submit(stan, postgres_url).sent == 1


def test_what_another_booth_left_altered_is_told_and_does_not_hold_up(copy: Copy, stick: Path) -> None:
    one, two = copy("S01"), copy("S02")
    submit(one, str(stick))
    central = open_ledger(stick)
    with tampered(central) as raw:
        raw.execute("UPDATE document SET body = replace(body, 'rina', 'tini') WHERE seq = 6")
    central.close()
    done = submit(two, str(stick))
    assert done.sent == 12
    assert [(bad.device, bad.seq) for bad in done.problems] == [(one.own().code, 6)]
    assert submit(two, str(stick), thorough=False).problems == ()


def test_its_own_chain_altered_at_the_target_gives_no_tick(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    submit(stan, str(stick))
    central = open_ledger(stick)
    with tampered(central) as raw:
        raw.execute("UPDATE document SET body = replace(body, 'rina', 'tini') WHERE seq = 6")
    central.close()
    sell(stan, {"PECI": 1})
    before = stick.read_bytes()
    with pytest.raises(BadDocument, match="was changed"):
        submit(stan, str(stick))
    assert stick.read_bytes() == before
    assert waiting(stan).documents == 1


def test_another_history_of_this_booth_gives_no_tick(copy: Copy, where: str) -> None:
    stan, twin = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    sell(twin, {"SEMPRONG": 1})
    sync_target(twin, where)
    if Path(where).is_dir():  # there each history lies in segments of its own: the office splits them
        assert submit(stan, where).handed.seq == 13
        return
    with pytest.raises(BadDocument, match="two histories part here"):
        submit(stan, where)
    assert waiting(stan).documents == 13


def test_an_older_copy_of_a_ledger_is_noticed(copy: Copy, where: str) -> None:
    stan, old = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    submit(stan, where)
    with pytest.raises(BadDocument, match="older copy"):
        submit(old, where)
    assert waiting(old).documents == 12


def test_a_hand_over_of_another_history_is_forgotten(copy: Copy, stick: Path) -> None:
    stan, twin = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    submit(stan, str(stick))
    sell(twin, {"SEMPRONG": 1})
    with stan.read() as conn:
        kept = {row.name: row.value for row in conn.execute(select(SETTING))}
    for name, value in kept.items():
        set_setting(twin, name, value)
    assert handed(twin, str(stick)) is None
    assert waiting(twin).documents == 13


def test_a_torn_segment_of_its_own_comes_again(copy: Copy, tmp_path: Path) -> None:
    stan, folder = copy("S01"), tmp_path / "HBP"
    submit(stan, str(folder))
    (segment,) = folder.glob("in/*/*.jsonl")
    data = segment.read_bytes()
    segment.write_bytes(data[: len(data) // 2])
    with pytest.raises(BadDocument):
        list(FolderSource(folder / "in").read(stan.own().code, 0))
    assert submit(stan, str(folder)).sent == 12
    assert segment.read_bytes() == data


def test_a_disk_that_alters_what_it_is_given_is_found(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a folder nothing is compared but what is read back."""
    stan = copy("S01")
    real = Path.write_bytes

    def worse(path: Path, data: bytes) -> int:
        return real(path, data.replace(b"rina", b"tini"))

    monkeypatch.setattr(Path, "write_bytes", worse)
    with pytest.raises(BadDocument, match="torn or was altered"):
        submit(stan, str(tmp_path / "HBP"))
    assert waiting(stan).documents == 12


def test_sums_that_differ_from_the_booths_own_do_not_count(copy: Copy, where: str) -> None:
    stan = copy("S01")
    with closing(sqlite3.connect(stan.path or "")) as raw, raw:
        raw.execute("UPDATE sale SET total = total + 1000 WHERE seq = (SELECT min(seq) FROM sale)")
    with pytest.raises(WorldFailed, match=r"does not count as handed over"):
        submit(stan, where)
    assert all_handed(stan) == []


def test_it_waits_for_the_booth_that_is_at_the_file(
    copy: Copy, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = copy("S01"), copy("S02")
    submit(one, str(stick))
    tries: list[float] = []
    with locked_elsewhere(stick) as _other:
        monkeypatch.setattr("pos.submit.PATIENCE_MS", -1)
        with pytest.raises(WorldFailed, match="being updated by another program"):
            submit(two, str(stick))
        monkeypatch.setattr("pos.submit.PATIENCE_MS", 60_000)
        course = Course()

        def wait(seconds: float) -> None:
            tries.append(seconds)
            course.give_up()
            course.rest()

        monkeypatch.setattr(course, "wait", wait)
        with pytest.raises(GivenUp):
            submit(two, str(stick), course)
    assert tries == [0.25]
    assert submit(two, str(stick)).sent == 12


def test_two_booths_and_the_office_in_the_same_second(copy: Copy, stick: Path) -> None:
    ledgers = [copy("S01"), copy("S02"), copy("K01")]
    start, faults = threading.Barrier(3), list[BaseException]()

    def go(ledger: Ledger) -> None:
        start.wait()
        try:
            submit(ledger, str(stick))
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            faults.append(error)

    threads = [threading.Thread(target=go, args=(ledger,)) for ledger in ledgers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert held(stick) == {ledger.own().code: len(documents(ledger)[ledger.own().code]) for ledger in ledgers}


def mounted(system: str, image: Path, place: Path) -> bool:
    """Mount a file system of 3 MB there, where this machine has it and lets us."""
    place.mkdir()
    image.write_bytes(bytes(3 * 1024 * 1024))
    ways = {
        "vfat": [["mkfs.vfat", str(image)], ["mount", "-o", "loop", str(image), str(place)]],
        "tmpfs": [["mount", "-t", "tmpfs", "-o", "size=3m", "stik", str(place)]],
    }
    return all(run(*command) for command in ways[system])


def run(*command: str) -> bool:
    """Run a command of the system; whether it did what it should."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.parametrize("system", ["vfat", "tmpfs"])
def test_a_small_stick_that_fills_up_and_is_locked(copy: Copy, tmp_path: Path, system: str) -> None:
    """Number 56, on a real file system. Many kernels of test machines have no FAT."""
    place = tmp_path / "stik"
    if not mounted(system, tmp_path / "stik.img", place):
        pytest.skip(f"no {system} to be mounted here")
    try:
        target, stan = place / "pusat.lapak", copy("S01")
        assert submit(stan, str(target)).sent == 12
        before = target.read_bytes()
        (place / "penuh").write_bytes(bytes(shutil.disk_usage(place).free - 100_000))
        sell(stan, {"PECI": 1})
        with pytest.raises(WorldFailed, match="needs"):
            submit(stan, str(target))
        assert target.read_bytes() == before
        (place / "penuh").unlink()
        assert run("mount", "-o", "remount,ro", str(place))
        with pytest.raises(WorldFailed, match="write-protected"):
            submit(stan, str(target))
        assert run("mount", "-o", "remount,rw", str(place))
        assert submit(stan, str(target)).sent == 1
        assert visible(place) == ["pusat.lapak"]
    finally:
        run("umount", str(place))
