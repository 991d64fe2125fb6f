"""`lapak central`: a database made ready, passwords that nobody sees, and a prompt where one is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from pos import cli
from pos.errors import NeedsPassword
from pos.ledger import open_target
from pos.model import Sale
from pos.server import password_file
from tests.cli.running import Run


@pytest.fixture
def names(postgres_url: str) -> Iterator[tuple[str, str]]:
    """Two names for logins, which are gone after the test."""
    made = f"stan_{uuid4().hex}", f"kantor_{uuid4().hex}"
    yield made
    with closing(open_target(postgres_url)) as central, central.write() as conn:
        for name in made:
            if conn.exec_driver_sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'").first():
                conn.exec_driver_sql(f"DROP OWNED BY {name}")
                conn.exec_driver_sql(f"DROP ROLE {name}")


def test_init_makes_two_logins_and_says_where_their_passwords_lie(
    lapak: Run, postgres_url: str, names: tuple[str, str], path: Path, sold: list[Sale]
) -> None:
    booth, office = names
    init = ("central", "init", postgres_url, "--booth", booth, "--office", office, "--json")
    said = lapak(*init)
    assert said.json == {
        "booth": booth,
        "office": office,
        "new": [booth, office],
        "passwords": str(password_file()),
    }
    secrets = [line.rsplit(":", 1)[1] for line in password_file().read_text("utf-8").splitlines()]
    assert not any(secret in said.out + said.err for secret in secrets)
    assert lapak(*init).json["new"] == []
    url = make_url(postgres_url)
    stan, kantor = (url.set(username=name).render_as_string(hide_password=False) for name in names)
    assert lapak("sync", path, stan, "--json").json["sent"] == sold[-1].seq
    assert lapak("report", stan, "days").code == 3
    assert lapak("report", kantor, "days", "--json").json == lapak("report", path, "days", "--json").json
    assert lapak("central", "discard", kantor, sold[-1].device, "--json").json == {"discarded": 0}


def test_init_with_a_password_in_the_address_is_refused(lapak: Run) -> None:
    said = lapak("central", "init", "postgresql+psycopg://u:rahasia@localhost/x")
    assert said.code == 2
    assert "rahasia" not in said.out + said.err
    assert str(password_file()) in said.sentence


@pytest.mark.parametrize("somebody_there", [True, False])
def test_a_password_that_is_missing_is_asked_for_where_somebody_sits(
    lapak: Run, path: Path, monkeypatch: pytest.MonkeyPatch, somebody_there: bool
) -> None:
    monkeypatch.setenv("PGPASSWORD", "x")
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: somebody_there, raising=False)
    asked, seen = [], []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "rahasia"

    def refuse(*_args: object, **_fields: object) -> None:
        seen.append(os.environ.get("PGPASSWORD"))
        raise NeedsPassword("no")

    monkeypatch.setattr(cli, "getpass", ask)
    monkeypatch.setattr("pos.carry.sync_target", refuse)
    said = lapak("sync", path, "postgresql+psycopg://stan@localhost/x")
    assert (said.code, len(asked)) == (2, int(somebody_there))
    assert seen == ([None, "rahasia"] if somebody_there else [None])
