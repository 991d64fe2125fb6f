"""PostgreSQL as a ledger: named right, told kindly, as strict and as ordered as a file."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.errors import Refused, WorldFailed
from pos.ledger import Ledger, open_target
from pos.local_tables import SETTING
from pos.model import Document
from pos.tables import DOCUMENT
from tests.books import documents


@pytest.mark.parametrize("target", ["mysql://x/y", "sqlite:///x.db", "://", "postgresql://x:port/y"])
def test_only_postgres_is_a_central_database(target: str) -> None:
    with pytest.raises(Refused):
        open_target(target)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorldFailed) as fault:
        open_target(f"postgresql+psycopg://kantor:rahasia@/pusat?host={tmp_path}")
    assert "rahasia" not in str(fault.value)


HANGS_UP = """
import sys
from contextlib import suppress
from psycopg import OperationalError
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import DBAPIError
from pos.server import server_engine
url = make_url(sys.argv[1])
raw = server_engine(url).raw_connection()
pid = raw.cursor().execute("SELECT pg_backend_pid()").fetchone()[0]
def hang_up():
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        while other.exec_driver_sql(f"SELECT 1 FROM pg_stat_activity WHERE pid = {pid}").first():
            pass
"""
GIVES_BACK = """
hang_up()
with suppress(DBAPIError):
    raw.close()
"""
SENDS_MANY = """
with suppress(OperationalError), raw.driver_connection.pipeline():
    hang_up()
    raw.driver_connection.execute("SELECT 1")
"""


@pytest.mark.parametrize("what", [GIVES_BACK, SENDS_MANY])
def test_a_server_that_hangs_up_shows_no_more_than_its_sentence(postgres_url: str, what: str) -> None:
    """In a process of its own: pytest's handlers would hide what Python says where there is none."""
    command = [sys.executable, "-c", HANGS_UP + what, postgres_url]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_postgres_refuses_to_rewrite_history_too(postgres_url: str) -> None:
    with closing(open_target(postgres_url)) as central:
        with central.write() as conn:
            conn.execute(DOCUMENT.insert().values(Document("K7ABCDEF", 1, "note", "", "", "{}")._asdict()))
        for statement in ("UPDATE document SET body = ''", "DELETE FROM document"):
            with pytest.raises(Exception, match="append-only"), central.write() as conn:
                conn.exec_driver_sql(statement)
        assert len(documents(central)["K7ABCDEF"]) == 1


def test_text_sorts_by_bytes_on_both(till: Ledger, postgres_url: str) -> None:
    codes = ["A", "B", "Z", "a", "b", "é", "ﬀ", "\U0001f36a", "_", "-A", "AB", "aB"]
    with closing(open_target(postgres_url)) as central:
        for ledger in (till, central):
            with ledger.write() as conn:
                conn.execute(SETTING.delete())
                conn.execute(SETTING.insert(), [{"name": code, "value": ""} for code in codes])
                query = select(SETTING.c.name).order_by(SETTING.c.name)
                assert list(conn.scalars(query)) == sorted(codes, key=str.encode)


def test_every_text_column_of_postgres_sorts_by_bytes_whatever_the_server_does(postgres_url: str) -> None:
    with closing(open_target(postgres_url)) as central, central.read() as conn:
        found = conn.exec_driver_sql(
            "SELECT DISTINCT collation_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'text'"
        )
        assert [row[0] for row in found] == ["C"]
