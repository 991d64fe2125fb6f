"""The ledger file: born whole, opened only when ours, one writer at a time, never changed by a refusal.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select

from pos.clock import ZONES, Clock, stopped_at
from pos.engines import settle, uri_path
from pos.errors import Refused, UserError, WorldFailed
from pos.ledger import (
    Ledger,
    create,
    create_collector,
    devices,
    new_device,
    open_ledger,
    setting,
)
from pos.mark import APPLICATION_ID, FORMAT
from pos.stock import on_hand
from pos.tables import DOCUMENT
from pos.verify import verify
from tests.books import MOMENT, booth, busy_day, derived, documents, event, new_ledger, sell, shift_of

needs_posix = pytest.mark.skipif(
    sys.platform == "win32", reason="signals, links and permissions as POSIX has them"
)
ASKING = "" if sys.platform == "win32" else "?"  # no name on Windows holds one


def test_a_new_ledger_says_who_it_is(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "stan.lapak")) as ledger:
        device = ledger.own()
        (chain,) = documents(ledger).values()
        assert [(doc.seq, doc.kind) for doc in chain] == [(1, "device")]
        assert (device.booth, device.role, device.sample, device.event) == ("S03", "booth", False, event())
        with ledger.read() as conn:
            assert devices(conn) == {device.code: device}
        assert setting(ledger, "device") == device.code


def test_the_file_carries_our_mark_and_is_private(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "stan.lapak")) as ledger, ledger.read() as conn:
        assert conn.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID == 0x4C50414B
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_a_ledger_is_the_same_when_opened_again(till: Ledger) -> None:
    busy_day(till)
    before = till.own(), documents(till), derived(till)
    till.close()
    with closing(open_ledger(_path(till))) as again:
        assert (again.own(), documents(again), derived(again)) == before


def test_the_clock_shows_the_exhibitions_zone(tmp_path: Path) -> None:
    device = new_device("S03", "Stan 03", "LPP-PLG", event("Asia/Jayapura"))
    with closing(create(tmp_path / "stan.lapak", device, stopped_at(MOMENT))) as ledger:
        assert ledger.stamp().at == "2023-04-14T16:07:00+09:00"
    with closing(open_ledger(tmp_path / "stan.lapak", Clock())) as ledger:
        assert ledger.clock.zone == ZONES["Asia/Jayapura"]


@pytest.mark.parametrize("booth_code", ["", "s03", "S 03", "S03-1", "STAN003", "\u0405\u041e", "S\u0663"])
def test_booth_codes_are_short_capitals(booth_code: str) -> None:
    with pytest.raises(Refused):
        new_device(booth_code, "Stan", "LPP-PLG", event())


def test_a_booth_belongs_to_a_known_institution() -> None:
    with pytest.raises(Refused, match="LP1-PLG, LPP-PLG"):
        new_device("S03", "Stan", "LPP-XXX", event())


def test_an_existing_file_is_never_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "stan.lapak"
    path.write_text("catatan penting")
    with pytest.raises(Refused):
        new_ledger(path)
    with pytest.raises(Refused):
        create_collector(path)
    assert path.read_text() == "catatan penting"


def test_a_central_file_only_collects(tmp_path: Path) -> None:
    create_collector(tmp_path / "pusat.lapak")
    with closing(open_ledger(tmp_path / "pusat.lapak")) as central:
        assert central.device is None
        with pytest.raises(Refused):
            central.own()
        with pytest.raises(Refused):
            shift_of(central)


def test_a_birth_cut_short_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_where: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename" if sys.platform == "win32" else "link", no_room)
    with pytest.raises(WorldFailed):
        new_ledger(tmp_path / "stan.lapak")
    assert list(tmp_path.iterdir()) == []


@needs_posix
def test_a_birth_killed_leaves_no_ledger_and_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "stan.lapak"
    code = (
        "import os, signal, sys; from pathlib import Path; from tests.books import new_ledger\n"
        "os.link = lambda *_where: os.kill(os.getpid(), signal.SIGKILL)\n"
        "new_ledger(Path(sys.argv[1]))"
    )
    killed = subprocess.run([sys.executable, "-c", code, path], check=False)
    assert killed.returncode == -9
    assert not path.exists()
    new_ledger(path).close()


def _path(ledger: Ledger) -> Path:
    assert ledger.path is not None
    return ledger.path


def _sqlite(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        for statement in statements:
            plain.execute(statement)


def _other_database(path: Path) -> None:
    _sqlite(path, "CREATE TABLE document (x)", "INSERT INTO document VALUES (1)")


def _right_mark_wrong_tables(path: Path) -> None:
    _sqlite(path, f"PRAGMA application_id = {APPLICATION_ID}", "CREATE TABLE document (x)")


def _right_mark_no_tables(path: Path) -> None:
    _sqlite(path, f"PRAGMA application_id = {APPLICATION_ID}")


def _view_for_document(path: Path) -> None:
    columns = "1 AS device, 1 AS seq, 1 AS kind, 1 AS at, 1 AS hash, 1 AS body, 1 AS private"
    endless = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {columns} FROM n"
    _sqlite(path, f"PRAGMA application_id = {APPLICATION_ID}", f"CREATE VIEW document AS {endless}")


def _newer(path: Path, journaling: str) -> None:
    new_ledger(path).close()
    _sqlite(path, f"PRAGMA journal_mode = {journaling}", f"PRAGMA user_version = {(FORMAT + 1) * 1000}")


def _generated_columns(path: Path) -> None:
    new_ledger(path).close()
    _sqlite(path, "ALTER TABLE document ADD COLUMN lagi TEXT AS (body || body)")


def _trigger(path: Path) -> None:
    new_ledger(path).close()
    _sqlite(path, "CREATE TRIGGER gone AFTER INSERT ON sale BEGIN DELETE FROM sale; END")


def _virtual_table(path: Path) -> None:
    new_ledger(path).close()
    _sqlite(path, "DROP TABLE setting", "CREATE VIRTUAL TABLE setting USING fts5(name, value)")


NOT_OURS: dict[str, Callable[[Path], object]] = {
    "1 empty": lambda path: path.write_bytes(b""),
    "2 text": lambda path: path.write_text("halo\n"),
    "2 long text": lambda path: path.write_text("Nastar;65000\n" * 10_000),
    "2 zeros": lambda path: path.write_bytes(bytes(8192)),
    "3 another database": _other_database,
    "4 our mark, other tables": _right_mark_wrong_tables,
    "4 our mark, no tables": _right_mark_no_tables,
    "7 newer": lambda path: _newer(path, "WAL"),
    "7 newer and not in WAL": lambda path: _newer(path, "DELETE"),
    "21 an endless view for the journal": _view_for_document,
    "22 a generated column": _generated_columns,
    "21 a trigger more": _trigger,
    "22 a virtual table": _virtual_table,
    "25 a folder": lambda path: path.mkdir(),
    "25 a device": lambda path: path.symlink_to("/dev/zero"),
    "25 a link to nothing": lambda path: path.symlink_to("tidak-ada"),
    "25 nothing": lambda _path: None,
}
if sys.platform != "win32":
    NOT_OURS["25 a pipe"] = os.mkfifo


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("what", NOT_OURS)
def test_what_is_not_ours_is_refused_and_left_as_it_is(tmp_path: Path, what: str, *, read_only: bool) -> None:
    path = tmp_path / "a.lapak"
    NOT_OURS[what](path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Refused) as refusal:
        open_ledger(path, read_only=read_only)
    assert refusal.value.exit_code == 2
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_truncated_ledger_is_told_and_left_as_it_is_5(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    whole = documents(till)
    till.close()
    content = _path(till).read_bytes()
    cut = tmp_path / "cut.lapak"
    for size in [*range(0, len(content), 1024), *range(1, 600, 37), len(content) - 1]:
        cut.write_bytes(content[:size])
        with suppress(UserError), closing(open_ledger(cut)) as ledger:
            assert documents(ledger) == whole or not verify(ledger).ok, size
        assert cut.read_bytes() == content[:size]


@needs_posix
def test_a_link_to_a_ledger_is_the_ledger_25(till: Ledger, tmp_path: Path) -> None:
    link = tmp_path / "pintas.lapak"
    link.symlink_to(_path(till))
    with closing(open_ledger(link)) as same:
        sell(same, {"PECI": 1})
    assert on_hand(till)["PECI"] == 99


def test_the_server_of_a_windows_share_is_no_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    share = PureWindowsPath(r"\\kantor\data 1\pusat.lapak")
    monkeypatch.setattr("pos.engines.real", lambda _path: share)
    address = f"file:{uri_path(Path())}?mode=ro"
    assert address == "file:////kantor/data 1/pusat.lapak?mode=ro"
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):  # not: invalid uri authority
        sqlite3.connect(address, uri=True)


@pytest.mark.parametrize(
    "name", [f"stan é 50%{ASKING}.lapak", f"a{ASKING}mode=ro#x.lapak", "%41.lapak", "stan 03/buku.lapak"]
)
def test_a_ledger_may_have_any_name(tmp_path: Path, name: str) -> None:
    with closing(booth(tmp_path / name)) as ledger:
        sell(ledger, {"PECI": 1})
    assert (tmp_path / name).is_file()
    with closing(open_ledger(tmp_path / name)) as again:
        assert on_hand(again)["PECI"] == 99


def test_a_ledger_opened_for_reading_cannot_be_written(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    with closing(open_ledger(_path(till), read_only=True)) as reader:
        assert documents(reader) == documents(till)
        with pytest.raises(WorldFailed):
            sell(reader, {"PECI": 1})
    assert on_hand(till)["PECI"] == 99


WORLD = """
import os, sys
from pathlib import Path
from pos.errors import WorldFailed
from pos.ledger import open_ledger
from tests.books import documents, sell
path = Path(sys.argv[1])
open_ledger(path).close()
path.chmod(0o444)
path.parent.chmod(0o555)
if os.geteuid() == 0:  # whom permissions do not bind
    os.setgid(65534)
    os.setuid(65534)
try:
    ledger = open_ledger(path, read_only=sys.argv[2] == "ro")
    print(sum(map(len, documents(ledger).values())))
    sell(ledger, {"PECI": 1})
except WorldFailed:
    print("told")
"""


@needs_posix
@pytest.mark.parametrize(("how", "told"), [("ro", "5\ntold\n"), ("rw", "told\n")])
def test_a_read_only_file_in_a_read_only_folder_can_be_read_but_not_sold_from_24(how: str, told: str) -> None:
    with TemporaryDirectory() as folder:  # not pytest's, into which nobody else may look
        Path(folder).chmod(0o755)
        path = Path(folder) / "buku" / "stan.lapak"
        booth(path).close()
        ran = subprocess.run(
            [sys.executable, "-c", WORLD, path, how], check=True, capture_output=True, text=True
        )
        path.parent.chmod(0o755)
    assert ran.stdout == told


def _hundred_sales(path: Path, ready: multiprocessing.synchronize.Barrier) -> None:
    with closing(open_ledger(path)) as ledger:
        ready.wait()
        for _n in range(100):
            sell(ledger, {"PECI": 1})


def test_two_processes_never_use_a_number_twice_55(till: Ledger) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(2)
    tills = [spawn.Process(target=_hundred_sales, args=(_path(till), ready)) for _n in range(2)]
    for process in tills:
        process.start()
    for process in tills:
        process.join()
    assert [process.exitcode for process in tills] == [0, 0]
    assert [row[2] for row in derived(till)["sale"]] == list(range(1, 201))
    assert on_hand(till)["PECI"] == -100


def _locked_for(path: Path) -> str:
    """What a second program is told that wants to write at once."""
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
    ran = subprocess.run([sys.executable, "-c", code, path], check=False, capture_output=True, text=True)
    return ran.stderr.strip().rpartition("\n")[2]


def test_opening_twice_in_one_process_keeps_the_lock(till: Ledger) -> None:
    with till.write() as conn:
        till.post(conn, "note", {"text": "sedang ditulis"})
        open_ledger(_path(till)).close()
        open_ledger(_path(till), read_only=True).close()
        assert "database is locked" in _locked_for(_path(till))
    assert _locked_for(_path(till)) == ""


def test_a_busy_ledger_is_told_after_waiting(till: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.engines.BUSY_TIMEOUT_S", 0)
    with closing(open_ledger(_path(till))) as second, till.write(), pytest.raises(WorldFailed):
        sell(second, {"PECI": 1})
    assert sell(till, {"PECI": 1}).number == 1


def test_readers_see_a_consistent_view_beside_a_writer(till: Ledger) -> None:
    query = select(DOCUMENT.c.seq)
    with till.read() as reader:
        before = reader.execute(query).all()
        with closing(open_ledger(_path(till))) as second:
            sell(second, {"PECI": 1})
        assert reader.execute(query).all() == before


def test_a_new_ledger_whose_last_checkpoint_fails_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite moves what is new into the file when that is closed, and tells nobody when it could not."""

    def failing(path: Path) -> None:
        assert Path(f"{path}-wal").exists() or path.stat().st_size > 0
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("pos.ledger.settle", failing)
    with pytest.raises(WorldFailed):
        new_ledger(tmp_path / "stan.lapak")
    assert list(tmp_path.glob("*stan*")) == []


def test_of_two_programs_that_make_a_ledger_of_one_name_the_first_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stan.lapak"
    code: list[str] = []

    def beaten(draft: Path) -> None:
        settle(draft)
        if not code:
            code.append("")
            with closing(new_ledger(path, "S04")) as first:
                code[0] = first.own().code

    monkeypatch.setattr("pos.ledger.settle", beaten)
    with pytest.raises(Refused, match=r"stan\.lapak"):
        new_ledger(path, "S03")
    with closing(open_ledger(path)) as kept:
        assert [kept.own().code] == code
    assert [found.name for found in tmp_path.glob("*stan*")] == ["stan.lapak"]
