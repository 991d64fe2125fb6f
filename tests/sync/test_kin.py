"""What is sent to PostgreSQL is what its distributed kin run, too: every statement of a day is read here.

Citus, YugabyteDB and CockroachDB share rows out by a column of the key (ARCHITECTURE.md, "The nation").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Table, make_url

from pos import local_tables
from pos.carry import sync_target
from pos.central import prepare_central
from pos.inbox import open_central
from pos.journal import chains, head, heads
from pos.merge import merge
from pos.privacy import erase
from pos.reports import REPORTS
from pos.reports.scope import Period
from pos.server_tables import INBOX, TURN
from pos.tables import CARDS, DERIVED, DOCUMENT, SUMS
from pos.verify import verify
from tests.books import sell
from tests.ordering import counter, ordered
from tests.sync.conftest import Copy
from tests.sync.test_postgres import administrator

LOCAL = {table.name for table in vars(local_tables).values() if isinstance(table, Table)}
EVERYWHERE = {table.name for table in (*CARDS, TURN)} | LOCAL  # small: a copy on every node
SHARED_OUT = {table.name for table in (DOCUMENT, INBOX, *DERIVED) if table not in CARDS}  # by device

# Not known to one of them, or only where all rows lie on one node.
FOREIGN = re.compile(
    r"\b(?:\w*serial\d?|identity|sequence|nextval|references|foreign|inherits|exclude|generated|unlogged"
    r"|tablespace|advisory\w*|pg_\w*lock\w*|listen|notify|deferrable|merge\s+into|tablesample|grouping\s+sets"
    r"|cube|rollup|recursive|lock\s+table|ctid|xmin|oid\s*=|create\s+rule|distinct\s+on)\b",
    re.IGNORECASE,
)
CREATE = re.compile(r"create table (?:\w+\.)?(\w+) \((.*)\)", re.IGNORECASE | re.DOTALL)
INDEX = re.compile(r"create (unique )?index (\w+) on (\w+) \(([^)]*)\)", re.IGNORECASE)
FROM_VALUES = re.compile(r"\bSELECT \* FROM unnest\([^()]*\) ON CONFLICT")
WRITTEN = re.compile(r"\s*(?:insert into|copy|update|delete from)\s+(?:public\.)?(\w+)", re.IGNORECASE)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that goes to a server, as the driver gets it."""
    seen: list[str] = []

    def listen(name: str) -> None:
        original = getattr(psycopg.Cursor, name)

        def heard(self: object, query: object, *args: object, **options: object) -> object:
            seen.append(query.decode() if isinstance(query, bytes) else str(query))
            return original(self, query, *args, **options)

        monkeypatch.setattr(psycopg.Cursor, name, heard)

    for name in ("execute", "executemany", "copy"):
        listen(name)
    return seen


@pytest.fixture
def day(copy: Copy, postgres_url: str, sent: list[str]) -> Iterator[list[str]]:
    """What is sent while a database is prepared, filled in every way, asked everything and made anew."""
    names = f"stan_{uuid4().hex}", f"kantor_{uuid4().hex}"
    prepare_central(postgres_url, *names)
    url = make_url(postgres_url)
    booth, office = (url.set(username=name).render_as_string(hide_password=False) for name in names)
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    order = ordered(one)
    for _time in range(30):  # more than go in one by one
        sell(one, {"PECI": 1, "HAMPERS": 1})
    sync_target(one, booth)
    sync_target(kantor, office)
    merge(office, [two.path or one.path])  # type: ignore[list-item]
    erase(one, order, counter(one, "sari"))
    sync_target(one, booth)
    with closing(open_central(office)) as central:
        for run in REPORTS.values():
            run(central, Period())
    with closing(open_central(postgres_url)) as central:
        assert verify(central, rebuild=True).ok
    yield list(sent)
    with administrator(postgres_url) as conn:
        for name in names:
            conn.execute(f"DROP OWNED BY {name}".encode())
            conn.execute(f"DROP ROLE {name}".encode())


def ours(statements: list[str]) -> list[str]:
    """Without what SQLAlchemy asks the catalogue."""
    return [one for one in statements if "pg_catalog." not in one]


def test_nothing_is_sent_that_one_of_them_does_not_know(day: list[str]) -> None:
    assert len(ours(day)) > 300
    assert [(one, found[0]) for one in ours(day) if (found := FOREIGN.search(one))] == []


def test_every_table_has_a_key_and_all_but_small_ones_are_shared_out_by_device(day: list[str]) -> None:
    tables = {found[1]: found[2] for one in day if (found := CREATE.search(one.strip()))}
    assert set(tables) == SHARED_OUT | EVERYWHERE
    for name, columns in tables.items():
        key = re.search(r"primary key \(([^)]*)\)", columns, re.IGNORECASE)
        assert key, name
        assert name in LOCAL or ("device" in key[1].split(", ")) == (name in SHARED_OUT), name


def test_what_is_unique_is_unique_within_a_device(day: list[str]) -> None:
    unique = [found for one in day if (found := INDEX.search(one)) and found[1]]
    assert {found[2] for found in unique} >= {"sale_number", "sale_cart", "refund_number"}
    assert [found[2] for found in unique if "device" not in found[4].split(", ")] == []


def test_what_is_written_names_one_device_at_a_time(day: list[str]) -> None:
    """INSERT ... SELECT, ON CONFLICT and the sums stay on the node of their device, or come from no table."""
    adding = [one for one in day if re.search(r"insert into .*\bselect\b", one, re.IGNORECASE | re.DOTALL)]
    assert len({one.split("(")[0] for one in adding}) >= len(SUMS)
    assert [one for one in adding if "device = %s" not in one and not FROM_VALUES.search(one)] == []
    conflicts = [re.search(r"on conflict \(([^)]*)\)", one, re.IGNORECASE) for one in day]
    written = {found[1] for one in day if (found := WRITTEN.match(one))}
    assert {found[1] for found in conflicts if found and "device" not in found[1]} <= {
        ", ".join(table.primary_key.columns.keys()) for table in CARDS
    }
    assert written >= {table.name for table in (DOCUMENT, *SUMS)}


def test_where_all_chains_end_is_asked_at_once(copy: Copy, postgres_url: str, sent: list[str]) -> None:
    """A server may be far away, and the nation has hundreds of chains."""
    merge(postgres_url, [Path(copy(code).name) for code in ("S01", "S02", "K01")])
    with closing(open_central(postgres_url)) as central, central.read() as conn:
        sent.clear()
        found = heads(conn)
        assert len(sent) == 1
        assert found == {device: head(conn, device) for device in chains(conn)}
        assert len(found) == 3


def test_only_whose_turn_it_is_is_locked(day: list[str]) -> None:
    locking = [
        one for one in day if re.search(r"\bfor (?:update|share|no key|key share)\b", one, re.IGNORECASE)
    ]
    assert locking
    assert [one for one in locking if "FROM turn" not in one.replace("\n", "")] == []


def test_a_statement_that_they_do_not_know_would_be_seen() -> None:
    for statement in (
        "CREATE TABLE x (n BIGSERIAL)",
        "SELECT nextval('x')",
        "SELECT pg_advisory_xact_lock(1)",
        "ALTER TABLE x ADD FOREIGN KEY (n) REFERENCES y (n)",
        "LOCK TABLE sale",
        "WITH RECURSIVE x AS (SELECT 1) SELECT 1",
    ):
        assert FOREIGN.search(statement), statement
    assert not FOREIGN.search(
        "INSERT INTO sale (device, seq) SELECT device, seq FROM document WHERE device = %s"
    )
    assert {table.name for table in DERIVED} <= SHARED_OUT | EVERYWHERE
