"""Files that are not what they seem, at each door where a ledger can come in: one sentence, nothing changed.

The doors are the till's early reader, opening as the till's or the office's own, merging, and handing over to
it as to a central file. Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.clock import stopped_at
from pos.errors import UserError
from pos.ledger import Ledger, open_journal, open_ledger
from pos.local_tables import SETTING
from pos.mark import APPLICATION_ID, FORMAT
from pos.merge import merge
from pos.opening import read_opening
from pos.verify import verify
from tests.books import MOMENT, booth, busy_day, documents, new_collector, sell

Harm = Callable[[Path], object]
LONGEST_S = 120  # a door that takes longer hangs

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="files as POSIX has them")


@contextmanager
def watched() -> Iterator[None]:
    """Whatever hangs is ended."""

    def ring(_number: int, _frame: object) -> None:
        raise TimeoutError("it hangs")

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)


def by_hand(path: Path, table: str, text: str) -> None:
    """The schema says of `table` what somebody wrote into it, which no statement of SQLite could."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", [text, table])


def virtual(path: Path) -> None:
    """A virtual table, in a spelling of one's own."""
    run(path, "DROP TABLE stock", "CREATE VIRTUAL TABLE stock USING fts5(device, sku, qty)")
    by_hand(path, "stock", "CREATE /* a */ VIRTUAL TABLE stock USING fts5(device, sku, qty)")


def generated(path: Path) -> None:
    """A column of a derived table is worked out anew for each row that is read."""
    like = "like('" + "%a" * 40 + "', hex(zeroblob(1000)))"
    run(path, f"ALTER TABLE sale ADD COLUMN lama INT AS ({like})")


def no_text(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_schema SET sql = NULL WHERE name = 'document'")


def endless(path: Path) -> None:
    columns = "'ZZZZZZZZ' AS device, x AS seq, '' AS kind, '' AS at, '' AS hash, '' AS body, NULL AS private"
    run(
        path,
        "DROP TRIGGER document_stays",
        "DROP TRIGGER document_kept",
        "DROP TABLE document",
        "CREATE VIEW document AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        f"SELECT {columns} FROM n",
    )


def other_database(path: Path) -> None:
    path.unlink()
    run(path, "CREATE TABLE document (device, seq)", "CREATE TABLE setting (name, value)")


def marked(path: Path) -> None:
    other_database(path)
    run(path, f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {FORMAT * 1000}")


def replaced(make: Harm) -> Harm:
    def harm(path: Path) -> None:
        path.unlink()
        make(path)

    return harm


HARMS: dict[str, Harm] = {
    "1 an empty file": lambda path: path.write_bytes(b""),
    "2 a text": lambda path: path.write_text("bukan buku\n" * 1_000),
    "3 another database": other_database,
    "4 our mark over other tables": marked,
    "5 cut within the first page": lambda path: os.truncate(path, 1_000),
    "5 half of it": lambda path: os.truncate(path, path.stat().st_size // 8192 * 4096),
    "7 of a newer program": lambda path: run(path, f"PRAGMA user_version = {(FORMAT + 1) * 1000}"),
    "21 an endless view called document": endless,
    "21 a trigger called document": lambda path: run(
        path, "CREATE TRIGGER document AFTER INSERT ON setting BEGIN DELETE FROM setting; END"
    ),
    "21 a second guard": lambda path: run(
        path, "CREATE TRIGGER document_stays2 BEFORE DELETE ON setting BEGIN SELECT RAISE(IGNORE); END"
    ),
    "22 a generated column": generated,
    "22 a virtual table": lambda path: run(
        path, "DROP TABLE stock", "CREATE VIRTUAL TABLE stock USING fts5(device, sku, qty)"
    ),
    "22 a virtual table in another spelling": virtual,
    "22 a table without a text": no_text,
    "25 a folder": replaced(Path.mkdir),
}
if sys.platform != "win32":
    HARMS |= {
        "25 a pipe": replaced(os.mkfifo),
        "25 a device": replaced(lambda path: path.symlink_to("/dev/zero")),
        "25 a link to itself": replaced(lambda path: path.symlink_to(path)),
    }


@pytest.fixture
def bad(booth_file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A booth's ledger to which something was done."""
    path = shutil.copyfile(booth_file, tmp_path / "asing.lapak")
    HARMS[request.param](path)
    return path


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.samefile("/dev/zero") else None


every_harm = pytest.mark.parametrize("bad", HARMS, indirect=True)


@every_harm
def test_opened_as_ones_own_it_is_refused_in_a_sentence(bad: Path) -> None:
    before = content(bad)
    for open_it in (open_ledger, open_journal, lambda path: open_ledger(path, read_only=True)):
        with watched(), pytest.raises(UserError) as told:
            open_it(bad)
        assert told.value.exit_code in {2, 3}
        assert "asing.lapak" in str(told.value)
        assert len(str(told.value).splitlines()) == 1
    assert content(bad) == before


@every_harm
def test_the_early_reader_leaves_it_to_the_ledger(bad: Path) -> None:
    before = content(bad)
    with watched():
        assert read_opening(bad, stopped_at(MOMENT)) is None
    assert content(bad) == before


@every_harm
def test_merged_it_is_named_and_the_honest_one_comes(bad: Path, till: Ledger, tmp_path: Path) -> None:
    sell(till, {"PECI": 1})
    before = content(bad)
    target = tmp_path / "pusat.lapak"
    with watched():
        merged = merge(str(target), [bad, till.path or bad])
    if bad.is_dir():  # a folder is looked through
        assert merged.unread == []
    else:
        assert [error.exit_code in {2, 3} for error in merged.unread] == [True]
    assert content(bad) == before
    with closing(open_ledger(target)) as central:
        assert documents(central) == documents(till)


@every_harm
def test_nothing_is_handed_over_to_it(bad: Path, till: Ledger) -> None:
    """But an empty folder, which is a shared one to be, or where nothing lies."""
    before, mine = content(bad), documents(till)
    nothing = bad.is_dir() or not bad.exists()
    with watched():
        if nothing:
            assert not sync_target(till, str(bad)).refused
        else:
            with pytest.raises(UserError) as told:
                sync_target(till, str(bad))
            assert told.value.exit_code in {2, 3}
            assert len(str(told.value).splitlines()) == 1
    assert nothing or content(bad) == before
    assert documents(till) == mine


@pytest.fixture
def logged(booth_file: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A ledger file beside which the log of another database lies, as after files were put back by hand."""

    def make(whose: str) -> Path:
        path = shutil.copyfile(booth_file, tmp_path / "stan.lapak")
        other = tmp_path / "lain.db"
        if whose != "nobody's":
            ledger = booth(other, "S07")
            busy_day(ledger)
            ledger.close()
        with closing(sqlite3.connect(other, isolation_level=None)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            if whose == "nobody's":
                raw.execute("CREATE TABLE lain AS SELECT hex(randomblob(9000)) AS isi")
            elif (
                whose == "another booth's"
            ):  # all of it, as a program that never came to a checkpoint leaves it
                raw.execute("VACUUM")
            else:
                raw.execute("INSERT INTO setting VALUES ('satu', 'halaman')")
            for end in ("-wal", "-shm"):
                shutil.copyfile(f"{other}{end}", f"{path}{end}")
        return path

    return make


@pytest.mark.parametrize("whose", ["nobody's", "another booth's", "a page of another booth's"])
def test_the_log_of_another_database_beside_it_is_never_played_into_it_23(
    logged: Callable[[str], Path], whose: str, tmp_path: Path
) -> None:
    path = logged(whose)
    before = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    for open_it in (open_ledger, open_journal, lambda path: open_ledger(path, read_only=True)):
        with watched(), pytest.raises(UserError) as told:
            open_it(path)
        assert told.value.exit_code in {2, 3}
    merged = merge(str(tmp_path / "pusat.lapak"), [path])
    assert len(merged.unread) == 1
    assert (path.read_bytes(), Path(f"{path}-wal").read_bytes()) == before
    for end in ("-wal", "-shm"):  # what the sentence says to do
        Path(f"{path}{end}").rename(tmp_path / f"simpan{end}")
    with closing(open_ledger(path)) as ledger:
        assert verify(ledger).ok


def test_its_own_log_is_played_into_it_after_a_cut_23(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    for end in ("", "-wal"):
        shutil.copyfile(f"{till.path}{end}", tmp_path / f"putus.lapak{end}")
    with closing(open_ledger(tmp_path / "putus.lapak")) as again:
        assert documents(again) == documents(till)


def test_a_ledger_that_grows_while_it_is_read_is_taken_as_it_was_30(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    before = documents(till)
    target = tmp_path / "pusat.lapak"

    def grow(_done: int, _all: int) -> None:
        sell(till, {"PECI": 1})

    merged = merge(str(target), [till.path or target], progress=grow)
    assert merged.refused == []
    with closing(open_ledger(target)) as central:
        assert documents(central) == before
    merge(str(target), [till.path or target])
    with closing(open_ledger(target)) as central:
        assert documents(central) == documents(till)


@needs_posix
def test_what_was_chosen_through_a_link_is_the_file_behind_it_25(till: Ledger, tmp_path: Path) -> None:
    link = tmp_path / "tautan.lapak"
    link.symlink_to(till.path or "")
    merged = merge(str(tmp_path / "pusat.lapak"), [link])
    assert (merged.new, merged.unread) == (len(documents(till)[till.own().code]), [])
    assert link.is_symlink()


def test_a_thousand_tables_more_hold_nobody_up_22(tmp_path: Path) -> None:
    """The schema is looked at up to a bound."""
    path = new_collector(tmp_path / "asing.lapak")
    with closing(sqlite3.connect(path)) as raw, raw:
        for n in range(1_200):
            raw.execute(f"CREATE TABLE t{n} (x)")
        raw.execute(f"CREATE VIEW z AS SELECT * FROM {SETTING.name}")
    with watched(), pytest.raises(UserError):
        open_ledger(path)
