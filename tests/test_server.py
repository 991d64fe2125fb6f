"""PostgreSQL as a ledger: named right, told kindly, as strict and as ordered as a file."""

from __future__ import annotations

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
