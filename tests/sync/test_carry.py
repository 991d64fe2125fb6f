"""The central file on a stick or share: never opened in place, replaced in one step, or left as it is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pos.carry import carry, sync_target
from pos.errors import Refused, UserError
from pos.forks import forks
from pos.ledger import create_collector
from pos.verify import verify
from tests.books import derived, documents, sell
from tests.sync.conftest import Copy
from tests.sync.world import held, opened, take, visible


def test_a_missing_central_file_is_made_whole(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    synced = carry(stan, stick)
    assert (synced.sent, synced.received, synced.heads, synced.refused) == (12, 0, {stan.own().code: 12}, ())
    with opened(stick) as central:
        assert documents(central) == documents(stan)
        assert derived(central) == derived(stan)


def test_missing_folders_are_made(copy: Copy, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b é" / "pusat.lapak"
    carry(copy("S01"), path)
    assert visible(path.parent) == ["pusat.lapak"]


def test_booths_come_one_after_the_other(copy: Copy, stick: Path) -> None:
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    for ledger in (one, two, kantor):
        carry(ledger, stick)
    with opened(stick) as central:
        assert documents(central) == documents(one) | documents(two) | {
            kantor.own().code: documents(kantor)[kantor.own().code]
        }


def test_the_office_takes_all_and_a_booth_only_the_offices(copy: Copy, stick: Path) -> None:
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    for ledger in (one, kantor, two, one):
        carry(ledger, stick)
    assert set(documents(kantor)) == {kantor.own().code, one.own().code}
    assert set(documents(two)) == {kantor.own().code, two.own().code}
    assert set(documents(one)) == {kantor.own().code, one.own().code}


def test_nothing_new_leaves_the_file_untouched(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    carry(stan, stick)
    data, when = stick.read_bytes(), stick.stat()
    synced = carry(stan, stick)
    assert (synced.sent, synced.received, synced.heads) == (0, 0, {stan.own().code: 12})
    assert stick.read_bytes() == data
    assert (stick.stat().st_mtime_ns, stick.stat().st_ino) == (when.st_mtime_ns, when.st_ino)


def test_a_copy_that_only_collects_is_not_written_by_a_booth_with_an_older_copy(
    copy: Copy, stick: Path
) -> None:
    stan, old = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    carry(stan, stick)
    before = stick.read_bytes()
    carry(old, stick)
    assert stick.read_bytes() == before


def test_the_central_file_needs_nothing_beside_it(copy: Copy, stick: Path) -> None:
    carry(copy("S01"), stick)
    carry(copy("S02"), stick)
    assert visible(stick.parent) == ["pusat.lapak"]
    assert stick.read_bytes()[18:20] == b"\x01\x01"  # rollback journal, not WAL (SQLite file format, 1.3)


READER = """
import os, sys
from pathlib import Path
from pos.ledger import open_ledger
from pos.verify import verify
if os.geteuid() == 0:  # whom permissions do not bind
    os.setgid(65534)
    os.setuid(65534)
ledger = open_ledger(Path(sys.argv[1]), read_only=True)
print(verify(ledger).documents)
ledger.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders that cannot be written, as POSIX has them")
def test_the_central_file_is_read_where_nothing_can_be_written(copy: Copy) -> None:
    """Number 24."""
    with TemporaryDirectory() as folder:  # not pytest's, into which nobody else may look
        Path(folder).chmod(0o755)
        stick = Path(folder) / "stik" / "pusat.lapak"
        carry(copy("S01"), stick)
        stick.chmod(0o444)
        stick.parent.chmod(0o555)
        ran = subprocess.run(
            [sys.executable, "-c", READER, stick], check=True, capture_output=True, text=True
        )
        left = visible(stick.parent)
        stick.parent.chmod(0o755)
    assert (ran.stdout, left) == ("12\n", ["pusat.lapak"])


def test_an_old_copy_put_back_gets_everything_again(copy: Copy, stick: Path) -> None:
    one, two = copy("S01"), copy("S02")
    carry(one, stick)
    old = stick.read_bytes()
    carry(two, stick)
    for _ in range(3):
        sell(one, {"PECI": 1})
    carry(one, stick)
    stick.write_bytes(old)
    assert carry(one, stick).sent == 3
    assert carry(two, stick).sent == 12
    assert held(stick) == {one.own().code: 15, two.own().code: 12}


def test_a_lost_central_file_is_made_again(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    carry(stan, stick)
    stick.unlink()
    assert carry(stan, stick).sent == 12


def test_a_fork_at_the_stick_is_refused_and_the_stick_keeps_what_it_had(copy: Copy, stick: Path) -> None:
    stan, twin, other = copy("S01"), copy("S01"), copy("S02")
    sell(stan, {"PECI": 1})
    sell(twin, {"SEMPRONG": 2})
    carry(stan, stick)
    carry(other, stick)
    with opened(stick) as central:
        before = documents(central)
    synced = carry(twin, stick)
    assert [(fault.device, fault.seq) for fault in synced.refused] == [(stan.own().code, 13)]
    with opened(stick) as central:
        assert documents(central) == before
        assert [fork.theirs.documents for fork in forks(central)] == [1]  # kept beside the books


def test_the_office_hears_of_a_fork_once(copy: Copy, stick: Path) -> None:
    stan, twin, kantor = copy("S01"), copy("S01"), copy("K01")
    sell(stan, {"PECI": 1})
    sell(twin, {"SEMPRONG": 2})
    carry(stan, stick)
    take(twin, kantor)
    synced = carry(kantor, stick)
    assert [(fault.device, fault.seq) for fault in synced.refused] == [(stan.own().code, 13)]


def text(path: Path) -> None:
    path.write_text("halo")


def zeros(path: Path) -> None:
    path.write_bytes(bytes(8192))


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE document (device, seq)")


def newer(path: Path) -> None:
    create_collector(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA user_version = 2001")


NOT_OURS: dict[str, Callable[[Path], object]] = {
    "1 empty": Path.touch,
    "2 text": text,
    "2 zeros": zeros,
    "3 another database": other_database,
    "7 newer": newer,
}
if sys.platform != "win32":
    NOT_OURS["25 a pipe"] = os.mkfifo


@pytest.mark.parametrize("what", NOT_OURS)
def test_what_is_not_a_central_file_is_refused_and_left_as_it_is(copy: Copy, stick: Path, what: str) -> None:
    NOT_OURS[what](stick)
    before = stick.read_bytes() if stick.is_file() else b""
    stan = copy("S01")
    with pytest.raises(Refused):
        sync_target(stan, str(stick))
    assert (stick.read_bytes() if stick.is_file() else b"") == before
    assert visible(stick.parent) == ["pusat.lapak"]
    assert verify(stan).ok


def test_a_folder_named_like_a_file_becomes_a_shared_folder(copy: Copy, stick: Path) -> None:
    stick.mkdir()
    sync_target(copy("S01"), str(stick))
    assert visible(stick) == ["in"]


def test_a_truncated_central_file_gives_one_sentence_and_stays(copy: Copy, stick: Path) -> None:
    """Number 5."""
    carry(copy("S02"), stick)
    whole, stan = stick.read_bytes(), copy("S01")
    for size in range(0, len(whole), 4096):
        stick.write_bytes(whole[:size])
        with pytest.raises(UserError):
            carry(stan, stick)
        assert stick.read_bytes() == whole[:size]
    assert verify(stan).ok


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right there that booths lack")
def test_a_link_to_the_central_file_stays_a_link(copy: Copy, stick: Path) -> None:
    one, two = copy("S01"), copy("S02")
    carry(one, stick)
    link = stick.with_name("tautan.lapak")
    link.symlink_to(stick.name)
    carry(two, link)
    assert link.is_symlink()
    assert held(stick) == {one.own().code: 12, two.own().code: 12}


def test_sales_go_on_while_a_sync_runs(copy: Copy, stick: Path) -> None:
    stan = copy("S01")

    def sell_one(_done: int, _total: int) -> None:
        sell(stan, {"PECI": 1})

    carry(stan, stick, progress=sell_one)
    assert held(stick) == {stan.own().code: 12}
    assert carry(stan, stick).sent == 1


@pytest.mark.parametrize("whose", ["its own", "another's"])
def test_the_ledger_of_a_till_is_never_taken_for_a_central_file(copy: Copy, whose: str) -> None:
    stan, other = copy("S01"), copy("S02")
    target = stan if whose == "its own" else other
    assert target.path
    before = documents(target)
    with pytest.raises(Refused, match="the ledger of booth"):
        carry(stan, target.path)
    sell(target, {"PECI": 1})
    assert len(documents(target)[target.own().code]) == len(before[target.own().code]) + 1
