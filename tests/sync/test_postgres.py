"""A database as the central side: the same documents, the same tables, the same refusals as in a file.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import make_url

from pos import quarantine
from pos.carry import sync_target
from pos.clock import stopped_at
from pos.errors import WorldFailed
from pos.ledger import Ledger, open_target
from pos.merge import merge
from pos.refunds import void
from pos.verify import verify
from tests.books import MOMENT, derived, documents, sell, shift_of
from tests.hampers import content, filled, product_of, sold, with_choice
from tests.sync.conftest import Copy
from tests.sync.test_hostile import BAD, FALSE_STARTS, HOSTILE
from tests.sync.world import altered, forged, take


@pytest.fixture
def server(postgres_url: str) -> Iterator[Ledger]:
    """An empty central database, open."""
    ledger = open_target(postgres_url, stopped_at(MOMENT))
    yield ledger
    ledger.close()


def administrator(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """The database's owner at work with other tools."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


def emptied(url: str) -> None:
    """Take everything out of the database, for the next case."""
    with administrator(url) as conn:
        tables = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = ", ".join(str(name) for (name,) in tables if name != "setting")
        conn.execute(f"TRUNCATE {names}".encode())


def test_a_server_holds_what_a_file_holds(
    copy: Copy, server: Ledger, postgres_url: str, pusat: Ledger
) -> None:
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    for ledger in (one, kantor, two):
        sync_target(ledger, postgres_url)
        take(ledger, pusat)
    assert documents(server) == documents(pusat)
    assert derived(server) == derived(pusat)
    assert verify(server, rebuild=True).ok


def test_a_second_sync_takes_nothing(copy: Copy, postgres_url: str) -> None:
    stan = copy("S01")
    assert sync_target(stan, postgres_url).sent == 12
    synced = sync_target(stan, postgres_url)
    assert (synced.sent, synced.received, synced.heads) == (0, 0, {stan.own().code: 12})


def test_the_offices_chains_come_back(copy: Copy, postgres_url: str) -> None:
    stan, neighbour, kantor = copy("S01"), copy("S02"), copy("K01")
    own = documents(stan)
    for ledger in (kantor, neighbour):
        sync_target(ledger, postgres_url)
    assert sync_target(stan, postgres_url).received == 3
    assert documents(stan) == own | documents(kantor)


def test_a_connection_lost_in_the_middle_loses_nothing(
    copy: Copy, server: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", 5)
    stan = copy("S01")

    def cut(_done: int, _total: int) -> None:
        with administrator(postgres_url) as conn:
            conn.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    with pytest.raises(WorldFailed, match="cannot be reached"):
        sync_target(stan, postgres_url, cut)
    server.close()
    assert len(documents(server)[stan.own().code]) == 5
    assert sync_target(stan, postgres_url).sent == 7
    assert documents(server) == documents(stan)
    assert derived(server) == derived(stan)


def test_a_server_that_only_reads_is_told_58(copy: Copy, server: Ledger, postgres_url: str) -> None:
    stan = copy("S01")
    sync_target(stan, postgres_url)
    with administrator(postgres_url) as conn:
        name = make_url(postgres_url).database
        conn.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on".encode())
    sell(stan, {"PECI": 1})
    with pytest.raises(WorldFailed):
        sync_target(stan, postgres_url)
    assert len(documents(server)[stan.own().code]) == 12


def test_a_fork_is_refused_there_too_11(copy: Copy, server: Ledger, postgres_url: str) -> None:
    stan, twin = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    sell(twin, {"SEMPRONG": 1})
    sync_target(stan, postgres_url)
    synced = sync_target(twin, postgres_url)
    assert [(fault.device, fault.seq) for fault in synced.refused] == [(stan.own().code, 13)]
    assert documents(server) == documents(stan)


def test_the_same_chain_from_two_sides_at_once_arrives_once(
    copy: Copy, server: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", 1)
    twins = [copy("S01"), copy("S01")]
    ready = Barrier(2)

    def go(ledger: Ledger) -> tuple[int, int]:
        ready.wait()
        synced = sync_target(ledger, postgres_url)
        return synced.sent, len(synced.refused)

    with ThreadPoolExecutor(2) as pool:
        (sent, refused), (sent_too, refused_too) = pool.map(go, twins)
    assert (sent + sent_too, refused, refused_too) == (12, 0, 0)
    assert documents(server) == documents(twins[0])
    assert derived(server) == derived(twins[0])


def test_booths_come_at_once(copy: Copy, server: Ledger, postgres_url: str, pusat: Ledger) -> None:
    ledgers = [copy("S01"), copy("S02"), copy("K01")]
    ready = Barrier(3)

    def go(ledger: Ledger) -> int:
        ready.wait()
        return len(sync_target(ledger, postgres_url).refused)

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(go, ledgers)) == [0, 0, 0]
    for ledger in ledgers:
        take(ledger, pusat)
    assert derived(server) == derived(pusat)


@pytest.mark.parametrize("batch", [1, 7, 5000])
def test_the_size_of_a_batch_changes_nothing(
    copy: Copy, server: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", batch)
    stan = copy("S01")
    sync_target(stan, postgres_url)
    assert documents(server) == documents(stan)
    assert derived(server) == derived(stan)


def test_merge_into_a_server(copy: Copy, server: Ledger, postgres_url: str, tmp_path: Path) -> None:
    one, two = copy("S01"), copy("S02")
    sync_target(one, str(tmp_path / "awan"))
    sources = [tmp_path / "awan", two.path or Path(), tmp_path / "hilang.lapak"]
    merged = merge(postgres_url, sources)
    assert (merged.files, merged.new, merged.known, len(merged.unread)) == (2, 24, 0, 1)
    merged = merge(postgres_url, sources)
    assert (merged.files, merged.new, merged.known, len(merged.unread)) == (2, 0, 24, 1)
    assert documents(server) == documents(one) | documents(two)


def test_a_dry_run_on_a_server_counts_and_changes_nothing(
    copy: Copy, server: Ledger, postgres_url: str, tmp_path: Path
) -> None:
    one, twin, other = copy("S01"), copy("S01"), copy("S02")
    sell(twin, {"PECI": 1})
    sell(one, {"SEMPRONG": 1})
    take(one, server)
    before = documents(server), derived(server)
    bad = altered(documents(other)[other.own().code], 8, lambda fields: fields.update(total=1))
    sources = [twin.path or Path(), forged(tmp_path / "asing.lapak", bad)]
    tried = merge(postgres_url, sources, dry_run=True)
    assert (documents(server), derived(server)) == before
    with server.read() as conn:
        assert quarantine.aside(conn) == []
    assert (tried.files, tried.new, tried.known, tried.left, tried.aside) == (2, 7, 12, 6, 1)
    done = merge(postgres_url, sources)
    assert done.sentence == tried.sentence
    assert list(map(str, done.refused)) == list(map(str, tried.refused))


def test_verify_finds_what_was_changed_on_the_server(copy: Copy, server: Ledger, postgres_url: str) -> None:
    stan = copy("S01")
    sync_target(stan, postgres_url)
    with administrator(postgres_url) as conn:
        conn.execute("ALTER TABLE document DISABLE TRIGGER document_stays")
        conn.execute("UPDATE document SET body = replace(body, '65000', '56000') WHERE seq = 6")
    assert [(fault.device, fault.seq) for fault in verify(server).problems] == [(stan.own().code, 6)]


def test_verify_puts_the_servers_tables_right(copy: Copy, server: Ledger, postgres_url: str) -> None:
    stan = copy("S01")
    sync_target(stan, postgres_url)
    with administrator(postgres_url) as conn:
        conn.execute("UPDATE day_item SET total = total + 1")
    (problem,) = verify(server, rebuild=True).problems
    assert "table day_item " in problem.why
    assert derived(server) == derived(stan)


def test_a_server_refuses_what_a_file_refuses(copy: Copy, server: Ledger, tmp_path: Path) -> None:
    stan = copy("S01")
    honest = documents(stan)[stan.own().code]
    for n, (how, forge) in enumerate(HOSTILE.items()):
        source = forged(tmp_path / f"{n}.lapak", forge(honest), loose=True)
        refused = [(fault.device, fault.seq) for fault in take(source, server).refused]
        assert (how, refused) == (how, [(stan.own().code, BAD)])
        assert documents(server) == {stan.own().code: honest[: BAD - 1]}
    take(stan, server)
    assert derived(server) == derived(stan)


def test_a_server_lets_no_chain_in_that_begins_falsely(copy: Copy, server: Ledger, tmp_path: Path) -> None:
    stan = copy("S01")
    honest = documents(stan)[stan.own().code]
    for n, (how, forge) in enumerate(FALSE_STARTS.items()):
        source = forged(tmp_path / f"{n}.lapak", forge(honest), loose=True)
        refused = [fault.seq for fault in take(source, server).refused]
        assert (how, refused, documents(server)) == (how, [1], {})


def test_hampers_are_the_same_rows_there(
    copy: Copy, server: Ledger, postgres_url: str, pusat: Ledger
) -> None:
    stan = copy("S01")
    pick = with_choice(stan)
    cart = filled(pick, content(NASTAR_500=2, PECI=1), 3, discount=7).add(pick, 1, content(SEMPRONG=3))
    gone = sold(stan, cart.add(product_of(stan, "HAMPERS"), 2))
    sold(stan, filled(pick, content(PUTRI_500=1, PECI=2)))
    void(stan, gone, shift_of(stan), "rina")
    sync_target(stan, postgres_url)
    take(stan, pusat)
    assert derived(server) == derived(pusat)
    assert [row for row in derived(server)["movement"] if row[5] == "bundle_back"]
    assert verify(server, rebuild=True).ok
