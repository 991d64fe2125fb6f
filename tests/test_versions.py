"""Derived tables of another version: made anew, in a copy where the ledger is only to be read.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from pos import rows
from pos.carry import carry
from pos.errors import Refused, UserError, WorldFailed
from pos.ledger import Ledger, create_collector, open_journal, open_ledger, open_target
from pos.mark import FORMAT, GUARDS, VERSION
from pos.merge import merge
from pos.verify import verify
from tests.books import booth, busy_day, derived, documents, sell

OLDER = FORMAT * 1000
RUIN = ("DROP TABLE sale_line", "DROP TABLE device", "DELETE FROM sale")  # as another version may have them


def sqlite(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        for statement in statements:
            plain.execute(statement)


def made_older(ledger: Ledger, version: int = OLDER) -> Path:
    """The file of a ledger that is now closed, as a program of another version leaves it."""
    ledger.close()
    assert ledger.path is not None
    sqlite(ledger.path, *RUIN, f"PRAGMA user_version = {version}", "PRAGMA wal_checkpoint(TRUNCATE)")
    return ledger.path


def left(home: Path) -> list[Path]:
    """Working copies that nobody took away."""
    return list((home / "kerja").glob("*"))


def still_open(home: Path) -> list[str]:
    """Working copies that this process holds open although they are deleted, where the system tells."""
    if sys.platform != "linux":
        return []
    found = [str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    return [name for name in found if name.startswith(str(home / "kerja"))]


def torn(*_what: object) -> None:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("version", [0, OLDER, FORMAT * 1000 + 999])
def test_derived_tables_of_another_version_are_made_anew_8(till: Ledger, version: int) -> None:
    busy_day(till)
    before = documents(till), derived(till)
    with closing(open_ledger(made_older(till, version))) as again:
        assert (documents(again), derived(again)) == before
        assert sell(again, {"PECI": 1}).number == 8


def test_deriving_anew_is_all_or_nothing(till: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    busy_day(till)
    before = derived(till)
    path = made_older(till)
    with monkeypatch.context() as world:
        world.setattr(rows, "write", torn)
        with pytest.raises(WorldFailed):
            open_ledger(path)
    with closing(open_ledger(path)) as again:
        assert derived(again) == before


@pytest.mark.parametrize("version", [0, OLDER, FORMAT * 1000 + 999])
def test_a_reader_derives_in_a_copy_and_changes_nothing(till: Ledger, home: Path, version: int) -> None:
    busy_day(till)
    before = documents(till), derived(till)
    path = made_older(till, version)
    content = path.read_bytes()
    with closing(open_ledger(path, read_only=True)) as reader:
        assert (documents(reader), derived(reader)) == before
        assert (reader.name, reader.path, reader.device) == (str(path), path, till.device)
        with pytest.raises(WorldFailed):
            sell(reader, {"PECI": 1})
        assert len(left(home)) == 1
    assert left(home) == []
    assert path.read_bytes() == content


def test_a_reader_that_cannot_derive_leaves_no_copy(
    till: Ledger, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made_older(till)
    content = path.read_bytes()
    monkeypatch.setattr(rows, "write", torn)
    with pytest.raises(WorldFailed):
        open_ledger(path, read_only=True)
    assert left(home) == []
    assert path.read_bytes() == content


READER = """
import os, sys
from pathlib import Path
from pos.ledger import open_ledger
from pos.stock import on_hand
if os.geteuid() == 0:  # whom permissions do not bind
    os.setgid(65534)
    os.setuid(65534)
print(on_hand(open_ledger(Path(sys.argv[1]), read_only=True))["PECI"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders that cannot be written, as POSIX has them")
def test_a_reader_needs_no_place_beside_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory() as folder:  # not pytest's, into which nobody else may look
        Path(folder).chmod(0o755)
        state = Path(folder) / "home"
        state.mkdir(mode=0o777)
        state.chmod(0o777)
        monkeypatch.setenv("LAPAK_HOME", str(state))
        path = made_older(booth(Path(folder) / "buku" / "stan.lapak"))
        path.chmod(0o444)
        path.parent.chmod(0o555)
        ran = subprocess.run(
            [sys.executable, "-c", READER, path], check=False, capture_output=True, text=True
        )
        path.parent.chmod(0o755)
    assert (ran.stdout, ran.stderr) == ("100\n", "")


def test_who_reads_only_documents_needs_no_copy(till: Ledger, tmp_path: Path, home: Path) -> None:
    busy_day(till)
    whole = documents(till)
    path = made_older(till)
    with closing(open_journal(path)) as journal:
        assert documents(journal) == whole
        assert verify(journal).ok
    assert merge(str(tmp_path / "pusat.lapak"), [path]).new == sum(map(len, whole.values()))
    with closing(open_ledger(tmp_path / "pusat.lapak")) as central:
        assert documents(central) == whole
    assert left(home) == []


def test_a_central_file_of_another_version_takes_what_is_new_and_is_then_of_this(
    till: Ledger, tmp_path: Path
) -> None:
    create_collector(tmp_path / "pusat.lapak")
    with closing(open_ledger(tmp_path / "pusat.lapak")) as central:
        made_older(central)
    sell(till, {"PECI": 1})
    assert carry(till, tmp_path / "pusat.lapak").received == 0
    with closing(sqlite3.connect(tmp_path / "pusat.lapak")) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    with closing(open_ledger(tmp_path / "pusat.lapak", read_only=True)) as central:
        assert derived(central)["sale"] == derived(till)["sale"]


# What no till writes and no sync lets in, but a foreign file may hold.
FOREIGN = {
    "no text": "UPDATE document SET body = x'00ff' WHERE seq = 3",
    "no JSON": "UPDATE document SET body = substr(body, 2) WHERE seq = 3",
    "half a letter": "UPDATE document SET body = CAST(x'7bff7d' AS TEXT) WHERE seq = 3",
    "another shape": """UPDATE document SET body = '{"v":1}' WHERE kind = 'sale' AND seq = 6""",
    "a number for a text": """UPDATE document SET body = replace(body, '"cart":"', '"cart":7,"x":"')""",
    "the same sale twice": "UPDATE document SET body = (SELECT body FROM document WHERE seq = 6) "
    "WHERE seq = 7",
    "a gap": "UPDATE document SET seq = 99 WHERE seq = 7",
    "a place that is no number": "UPDATE document SET seq = 7.5 WHERE seq = 7",
}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("how", FOREIGN)
def test_a_foreign_journal_is_refused_by_name(till: Ledger, home: Path, how: str, *, read_only: bool) -> None:
    busy_day(till)
    path = made_older(till)
    sqlite(path, "CREATE TABLE loose AS SELECT * FROM document", "DROP TABLE document")
    sqlite(path, "ALTER TABLE loose RENAME TO document", FOREIGN[how], *GUARDS)
    content = path.read_bytes()
    with pytest.raises(UserError) as told:
        open_ledger(path, read_only=read_only)
    assert path.read_bytes() == content
    assert left(home) == []
    assert still_open(home) == []
    assert told


@pytest.fixture
def older_server(till: Ledger, postgres_url: str) -> str:
    """The address of a database that holds what the till holds, its tables as an older program left them."""
    busy_day(till)
    with closing(open_target(postgres_url)) as central:
        merge(postgres_url, [till.path or Path()])
        with central.write() as conn:
            for statement in (*RUIN, f"UPDATE setting SET value = '{OLDER}' WHERE name = 'version'"):
                conn.exec_driver_sql(statement)
    return postgres_url


def version_of(server: Ledger) -> str:
    with server.read() as conn:
        found: str = conn.exec_driver_sql("SELECT value FROM setting WHERE name = 'version'").scalar_one()
    return found


def test_a_server_of_an_older_version_is_derived_anew(till: Ledger, older_server: str) -> None:
    with closing(open_target(older_server)) as central:
        assert (documents(central), derived(central)) == (documents(till), derived(till))
        assert version_of(central) == str(VERSION)


def test_a_server_is_derived_anew_wholly_or_not_at_all(
    till: Ledger, older_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as world:
        world.setattr(rows, "write", torn)
        with pytest.raises(WorldFailed):
            open_target(older_server)
    with closing(open_target(older_server)) as central:
        assert derived(central) == derived(till)


def test_two_that_open_an_older_server_at_once_derive_it_once(
    till: Ledger, older_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, write, written = Barrier(2), rows.write, []

    def counted(*what: object) -> None:
        written.append(what)
        write(*what)  # type: ignore[arg-type]

    def go(_n: int) -> dict[str, list[tuple[object, ...]]]:
        ready.wait()
        with closing(open_target(older_server)) as central:
            return derived(central)

    monkeypatch.setattr(rows, "write", counted)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(go, range(2))) == [derived(till)] * 2
    assert len(written) == 1


@pytest.fixture
def reader(postgres_url: str) -> Iterator[str]:
    """The name of somebody who may only read."""
    name = f"pembaca_{uuid4().hex}"
    with closing(open_target(postgres_url)) as central:
        with central.write() as conn:
            conn.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
            conn.exec_driver_sql(f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {name}")
            conn.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
        yield name
        with central.write() as conn:
            conn.exec_driver_sql(f"DROP OWNED BY {name}")
            conn.exec_driver_sql(f"DROP ROLE {name}")


def test_who_may_only_read_an_older_server_is_told_what_to_do(
    till: Ledger, reader: str, older_server: str
) -> None:
    address = make_url(older_server).set(username=reader).render_as_string(hide_password=False)
    with pytest.raises(WorldFailed, match=r"Lapak yang lebih lama.*Minta pemiliknya"):
        open_target(address)
    open_target(older_server).close()
    with closing(open_target(address)) as central:
        assert derived(central) == derived(till)
        with pytest.raises(WorldFailed, match="tidak boleh"), central.write() as conn:
            conn.exec_driver_sql("DELETE FROM setting")


def test_an_older_server_that_only_reads_is_told_58(older_server: str) -> None:
    with closing(open_target(older_server)) as central, central.write() as conn:
        conn.exec_driver_sql(f"UPDATE setting SET value = '{OLDER}' WHERE name = 'version'")
        name = make_url(older_server).database
        conn.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(WorldFailed, match="Minta pemiliknya"):
        open_target(older_server)


@pytest.mark.parametrize("version", [VERSION + 1, (FORMAT + 1) * 1000])
def test_a_server_of_a_newer_program_is_refused_and_left_as_it_is_58(postgres_url: str, version: int) -> None:
    with closing(open_target(postgres_url)) as central:
        with central.write() as conn:
            conn.exec_driver_sql(f"UPDATE setting SET value = '{version}' WHERE name = 'version'")
        with pytest.raises(Refused):
            open_target(postgres_url)
        assert version_of(central) == str(version)
