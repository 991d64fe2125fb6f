"""The two logins of a central database: booths hand in and read what the office says, the office takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

from pos import server, server_rights
from pos.carry import sync_target
from pos.catalog import post_products
from pos.central import prepare_central
from pos.checkout import checkout
from pos.errors import BadDocument, Refused, WorldFailed
from pos.forks import forks, split
from pos.handed import Figures, waiting
from pos.inbox import discard, open_central, take_in
from pos.ledger import Ledger, open_target
from pos.mark import FORMAT, VERSION
from pos.merge import merge
from pos.payments import settle as pay
from pos.privacy import erase
from pos.reports import Period, run_report
from pos.submit import submit
from tests.books import CATALOGUE, cart_of, derived, documents, sell, shift_of
from tests.ordering import counter, ordered
from tests.sync.conftest import Copy
from tests.sync.test_postgres import administrator
from tests.sync.world import central as world_central
from tests.sync.world import take

PLAIN_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@pytest.fixture
def logins(postgres_url: str) -> Iterator[tuple[str, str]]:
    """The addresses of one database for a booth and for the office."""
    booth, office = f"stan_{uuid4().hex}", f"kantor_{uuid4().hex}"
    prepare_central(postgres_url, booth, office)
    url = make_url(postgres_url)
    yield tuple(url.set(username=who).render_as_string(hide_password=False) for who in (booth, office))  # type: ignore[misc]
    with administrator(postgres_url) as conn:
        for name in (booth, office):
            conn.execute(f"DROP OWNED BY {name}".encode())
            conn.execute(f"DROP ROLE {name}".encode())


def inbox(url: str) -> int:
    """How many documents lie in the inbox."""
    with administrator(url) as conn:
        return int(str(conn.execute("SELECT count(*) FROM inbox").fetchone()[0]))  # type: ignore[index]


def denied(url: str, statement: str) -> None:
    """The server itself refuses this login's statement."""
    with administrator(url) as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
        conn.execute(statement.encode())


def test_what_booths_hand_in_the_office_takes_in(
    copy: Copy, postgres_url: str, logins: tuple[str, str], pusat: Ledger
) -> None:
    booth, office = logins
    ledgers = [copy("S01"), copy("S02")]
    for ledger in ledgers:
        assert (sync_target(ledger, booth).sent, sync_target(ledger, booth).sent) == (12, 0)
        take(ledger, pusat)
    assert inbox(postgres_url) == 24
    with closing(open_central(office)) as central:
        assert documents(central) == documents(pusat)
        assert derived(central) == derived(pusat)
    assert inbox(postgres_url) == 0
    for ledger in ledgers:
        sell(ledger, {"PECI": 1})
        assert (sync_target(ledger, booth).sent, sync_target(ledger, booth).refused) == (1, ())
        take(ledger, pusat)
    with closing(open_central(office)) as central:
        assert derived(central) == derived(pusat)


def test_a_booth_reads_the_offices_word_only(copy: Copy, logins: tuple[str, str]) -> None:
    booth, office = logins
    stan, neighbour, kantor = copy("S01"), copy("S02"), copy("K01")
    ordered(neighbour)
    sync_target(neighbour, booth)
    assert sync_target(kantor, office).sent == 3
    post_products(kantor, [replace(CATALOGUE[1], price=12_345)])
    sync_target(kantor, office)
    synced = sync_target(stan, booth)
    assert (synced.received, synced.refused) == (4, ())
    assert documents(stan)[kantor.own().code] == documents(kantor)[kantor.own().code]
    assert neighbour.own().code in synced.heads
    assert neighbour.own().code not in documents(stan)
    sync_target(neighbour, booth)
    open_central(office).close()
    with administrator(booth) as conn:
        conn.execute(f"SET search_path TO {server_rights.BOOTH_SCHEMA}".encode())
        bodies = conn.execute("SELECT body FROM document WHERE seq > 1 AND device <> %s", [kantor.own().code])
        assert {body for (body,) in bodies} == {None}
        assert {private for (private,) in conn.execute("SELECT private FROM document")} == {None}


def test_a_booth_may_nothing_else(copy: Copy, postgres_url: str, logins: tuple[str, str]) -> None:
    booth, _office = logins
    sync_target(copy("S01"), booth)
    with administrator(postgres_url) as conn:
        tables = [str(name) for (name,) in conn.execute(PLAIN_TABLES)]
    for table in tables:
        denied(booth, f"SELECT 1 FROM public.{table}")
        denied(booth, f"DELETE FROM public.{table}")
        denied(booth, f"TRUNCATE public.{table}")
        if table != "inbox":
            denied(booth, f"INSERT INTO public.{table} DEFAULT VALUES")
    denied(booth, "UPDATE public.inbox SET body = ''")
    denied(booth, "CREATE TABLE public.mine (n int)")
    denied(booth, f"CREATE VIEW {server_rights.BOOTH_SCHEMA}.mine AS SELECT 1")
    denied(booth, f"DROP VIEW {server_rights.BOOTH_SCHEMA}.document")
    with closing(open_target(booth)) as central:
        assert central.hands_in
        with pytest.raises(WorldFailed, match="This login may not"):
            derived(central)


def test_the_office_changes_nothing_that_was_written(copy: Copy, logins: tuple[str, str]) -> None:
    _booth, office = logins
    merge(office, [copy("S01").path or Path()])
    for statement in (
        "UPDATE document SET body = ''",
        "DELETE FROM document",
        "UPDATE sale SET total = 0",
        "DELETE FROM sale",
        "DELETE FROM day_item",
        "UPDATE setting SET value = '9'",
        "DROP TABLE stock",
        "CREATE TABLE mine (n int)",
    ):
        denied(office, statement)


def test_the_office_erases_personal_data(copy: Copy, logins: tuple[str, str]) -> None:
    booth, office = logins
    stan = copy("S01")
    order = ordered(stan)
    sync_target(stan, booth)
    with closing(open_central(office)) as central:
        assert [doc.private for doc in documents(central)[stan.own().code] if doc.private]
    erase(stan, order, counter(stan, "sari"))
    sync_target(stan, booth)
    with closing(open_central(office)) as central:
        assert [doc.private for doc in documents(central)[stan.own().code] if doc.private] == []


def put(url: str, docs: list[tuple[object, ...]]) -> None:
    """Somebody who knows a booth's password and has tools of his own."""
    with administrator(url) as conn, conn.cursor() as cursor:
        cursor.executemany("INSERT INTO public.inbox VALUES (%s, %s, %s, %s, %s, %s, %s)", docs)


def test_what_is_forged_in_the_inbox_is_refused_and_the_honest_comes_again(
    copy: Copy, postgres_url: str, logins: tuple[str, str]
) -> None:
    booth, office = logins
    stan = copy("S01")
    honest = documents(stan)[stan.own().code]
    put(booth, [tuple(doc) for doc in honest[:5]])
    put(booth, [tuple(honest[5]._replace(body=honest[5].body.replace("65000", "56000")))])
    with closing(open_target(office)) as central:
        copied = take_in(central)
        assert (copied.taken, [(bad.device, bad.seq) for bad in copied.refused]) == (
            5,
            [(stan.own().code, 6)],
        )
        assert inbox(postgres_url) == 1
        assert discard(central, stan.own().code) == 1
        assert sync_target(stan, booth).sent == 7
        assert (take_in(central).taken, inbox(postgres_url)) == (7, 0)
        assert documents(central) == documents(stan)
        assert derived(central) == derived(stan)


def test_nobody_becomes_the_office_by_a_booths_password(copy: Copy, logins: tuple[str, str]) -> None:
    booth, office = logins
    kantor, stan = copy("K01"), copy("S01")
    put(booth, [tuple(doc) for doc in documents(kantor)[kantor.own().code]])
    with closing(open_target(office)) as central:
        (bad,) = take_in(central).refused
        assert (bad.device, documents(central)) == (kantor.own().code, {})
    assert (sync_target(stan, booth).received, sync_target(stan, booth).refused) == (0, ())
    sync_target(kantor, office)  # the true one is not held up
    post_products(kantor, [replace(CATALOGUE[1], price=1)])
    put(booth, [tuple(documents(kantor)[kantor.own().code][-1])])
    with closing(open_target(office)) as central:
        assert len(take_in(central).refused) == 1
        assert len(documents(central)[kantor.own().code]) == 3


def test_garbage_in_the_inbox_stops_no_booth(copy: Copy, logins: tuple[str, str]) -> None:
    booth, office = logins
    deep = "[" * 100_000
    put(
        booth,
        [("GARBAGE0", 1, "device", "", "", "no json", None), ("GARBAGE1", 1, "device", "", "", deep, None)],
    )
    put(
        booth,
        [("'; DROP TABLE sale", 1, "device", "", "", "{}", None), ("GARBAGE2", -5, "x", "", "", "", None)],
    )
    stan = copy("S01")
    assert sync_target(stan, booth).sent == 12
    with closing(open_target(office)) as central:
        copied = take_in(central)
        assert (copied.taken, len(copied.refused)) == (12, 3)
        assert documents(central) == documents(stan)


def test_a_fork_is_seen_at_the_booth(copy: Copy, logins: tuple[str, str]) -> None:
    booth, office = logins
    stan, twin = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    sell(twin, {"SEMPRONG": 1})
    sync_target(stan, booth)
    for _where in ("in the inbox", "in the journal"):
        synced = sync_target(twin, booth)
        assert [(bad.device, bad.seq) for bad in synced.refused] == [(stan.own().code, 13)]
        assert "two histories part" in synced.refused[0].why
        open_central(office).close()


def test_a_booth_that_lost_its_last_sales_is_told(copy: Copy, logins: tuple[str, str]) -> None:
    booth, _office = logins
    stan, backup = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    sync_target(stan, booth)
    (bad,) = sync_target(backup, booth).refused
    assert (bad.seq, "only the office may read it" in bad.why) == (13, True)


def test_merging_at_the_office_takes_the_inbox_too(
    copy: Copy, postgres_url: str, logins: tuple[str, str]
) -> None:
    booth, office = logins
    sync_target(copy("S01"), booth)
    merged = merge(office, [copy("S02").path or Path()])
    assert (merged.new, merged.refused, inbox(postgres_url)) == (24, [], 0)


def test_a_booth_hands_in_whatever_program_the_office_has(
    copy: Copy, postgres_url: str, logins: tuple[str, str]
) -> None:
    booth, office = logins
    with administrator(postgres_url) as conn:
        conn.execute(f"UPDATE setting SET value = '{VERSION + 1}' WHERE name = 'version'".encode())
        assert sync_target(copy("S01"), booth).sent == 12
        with pytest.raises(Refused, match="newer Lapak"):
            open_target(office)
        conn.execute(f"UPDATE setting SET value = '{VERSION - 1}' WHERE name = 'version'".encode())
        assert sync_target(copy("S02"), booth).sent == 12
        with pytest.raises(WorldFailed, match="older Lapak"):
            open_target(office)
        conn.execute(f"UPDATE setting SET value = '{(FORMAT + 1) * 1000}' WHERE name = 'version'".encode())
        with pytest.raises(Refused, match="newer Lapak"):
            sync_target(copy("S01"), booth)


def test_both_keep_their_rights_when_the_owner_brings_the_tables_up_to_date(
    copy: Copy, postgres_url: str, logins: tuple[str, str]
) -> None:
    booth, office = logins
    stan = copy("S01")
    sync_target(stan, booth)
    open_central(office).close()
    with administrator(postgres_url) as conn:
        conn.execute(f"UPDATE setting SET value = '{VERSION - 1}' WHERE name = 'version'".encode())
    open_target(postgres_url).close()
    sell(stan, {"PECI": 1})
    assert sync_target(stan, booth).sent == 1
    with closing(open_central(office)) as central:
        assert derived(central) == derived(stan)


def test_asked_again_it_only_sets_the_rights(postgres_url: str, logins: tuple[str, str], copy: Copy) -> None:
    booth, office = logins
    kept = server.password_file().read_text("utf-8")
    with administrator(postgres_url) as conn:
        conn.execute(f"REVOKE ALL ON inbox FROM {make_url(booth).username}".encode())
        conn.execute(f"GRANT DELETE ON sale TO {make_url(office).username}".encode())
    prepared = prepare_central(postgres_url, str(make_url(booth).username), str(make_url(office).username))
    assert (prepared.new, prepared.passwords) == ((), None)
    assert server.password_file().read_text("utf-8") == kept
    assert sync_target(copy("S01"), booth).sent == 12
    denied(office, "DELETE FROM sale")


@pytest.mark.parametrize(
    "names",
    [("Stan", "kantor"), ("x; DROP ROLE y", "z"), ("a" * 64, "b"), ("", "b"), ("a", "a"), ("pg_x", "public")],
)
def test_a_name_that_no_login_can_have_is_refused(postgres_url: str, names: tuple[str, str]) -> None:
    with pytest.raises(Refused):
        prepare_central(postgres_url, *names)


def test_who_may_not_make_logins_is_told(logins: tuple[str, str]) -> None:
    booth, office = logins
    with pytest.raises(WorldFailed, match="This login may not do that"):
        prepare_central(office, "lain", "lain_lagi")
    with pytest.raises(Refused, match="only hand documents in"):
        prepare_central(booth, "lain", "lain_lagi")


def test_passwords_are_made_by_chance_and_kept_for_their_user_only(
    postgres_url: str, logins: tuple[str, str]
) -> None:
    names = [str(make_url(url).username) for url in logins]
    path = server.password_file()
    lines = [line.rsplit(":", 2) for line in path.read_text("utf-8").splitlines()]
    assert [name for _place, name, _password in lines] == names
    assert len({password for _place, _name, password in lines}) == 2
    assert min(len(password) for _place, _name, password in lines) >= 32
    if sys.platform != "win32":  # there the user's folder keeps others out, and files have no such bits
        assert path.stat().st_mode & 0o077 == 0
    with administrator(postgres_url) as conn:
        query = "SELECT rolpassword FROM pg_authid WHERE rolname = ANY(%s)"
        assert all(str(stored).startswith("SCRAM-SHA-256$") for (stored,) in conn.execute(query, [names]))


def test_a_booth_that_sees_no_bodies_compares_every_hash(
    copy: Copy, postgres_url: str, logins: tuple[str, str]
) -> None:
    booth, office = logins
    stan, kantor = copy("S01"), copy("K01")
    submit(kantor, office)
    done = submit(stan, booth)
    assert (done.sent, done.received, done.handed.figures) == (12, 3, Figures(12, 7, 974_993))
    sell(stan, {"PECI": 1})
    assert submit(stan, booth, thorough=False).handed.figures == Figures(13, 8, 1_024_993)
    open_central(office).close()
    assert (submit(stan, booth).sent, waiting(stan).documents) == (0, 0)
    sell(stan, {"PECI": 1})
    with administrator(postgres_url) as conn:
        conn.execute(
            "INSERT INTO inbox SELECT device, 14, kind, at, repeat('0', 64), body, private FROM document"
            " WHERE device = %s AND seq = 13",
            [stan.own().code],
        )
    with pytest.raises(BadDocument):
        submit(stan, booth)
    assert waiting(stan).documents == 1


@pytest.mark.parametrize("early", [False, True])
def test_a_second_history_comes_in_through_the_inbox_and_is_split_off(
    copy: Copy, logins: tuple[str, str], postgres_url: str, tmp_path: Path, early: bool
) -> None:
    """A clone of a booth hands in, too; `early`: before the office has taken in what the first brought."""
    booth, office = logins
    one, clone = copy("S01"), copy("S01")
    own = one.own().code
    sell(one, {"PECI": 1})
    cart = cart_of(one, {"HAMPERS": 1, "NASTAR-500": 2})  # it lay open when the laptop was cloned
    sell(clone, {"SEMPRONG": 1})
    for ledger in (one, clone):
        checkout(ledger, cart, [pay("cash", cart.total, cart.total)], shift_of(ledger), "rina")
    sync_target(one, booth)
    if early:
        assert [bad.device for bad in sync_target(clone, booth).refused] == [own]
    open_central(office).close()
    second = documents(clone)[own][12:]
    refused = sync_target(clone, booth).refused
    assert [(bad.device, bad.seq) for bad in refused] == [(own, 13)]
    assert inbox(postgres_url) == len(second)  # for the office to keep aside
    sync_target(clone, booth)
    assert inbox(postgres_url) == len(second)  # once
    with closing(open_central(office)) as central:
        assert inbox(postgres_url) == 0
        assert documents(central)[own] == documents(one)[own]  # nothing was overwritten
        (fork,) = forks(central)
        assert (fork.seq, fork.ours.documents, fork.theirs.documents, fork.both) == (13, 2, 2, 1)
        made = split(central, fork)
        assert (made.booth, made.documents, made.repeated) == ("S01B", 2, 1)
        with closing(world_central(tmp_path / "satu.lapak")) as once:
            take(one, once)
            sold = run_report(once, "totals", Period()).totals["total"]
        assert run_report(central, "totals", Period()).totals["total"] == sold + 30_000
        assert run_report(central, "reconcile", Period()).totals == {"difference": 0}
    sell(clone, {"PECI": 2})  # it has not been told yet, and sells on
    sync_target(clone, booth)
    with closing(open_central(office)) as central:
        assert (forks(central), inbox(postgres_url)) == ((), 0)
        assert len(documents(central)[made.device]) == 4  # what it says goes on where it was split off
        assert run_report(central, "totals", Period()).totals["total"] == sold + 130_000
