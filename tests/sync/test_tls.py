"""Nobody hears a word who has not proved to be the server; what leaves this machine is never in the open.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.errors import Refused
from pos.ledger import open_target
from pos.server import server_engine, server_url
from tests.books import documents
from tests.front import Front, authority, certificate, front
from tests.sync.conftest import Copy

HOST = "pusat.example"


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two authorities; `ours` signs for HOST and for another."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("ours", "strange"):
        authority(folder, name)
    return folder


def far(there: Front, postgres_url: str, **query: str) -> str:
    """The database's address as it is named from another machine."""
    return there.url(postgres_url, HOST, hostaddr="127.0.0.1", **query)


def test_a_server_that_proves_who_it_is_is_spoken_to(copy: Copy, papers: Path, postgres_url: str) -> None:
    stan = copy("S01")
    with front(postgres_url, certificate(papers, "ours", HOST)) as there:
        url = far(there, postgres_url, sslrootcert=str(papers / "ours.crt"))
        assert (sync_target(stan, url).sent, there.heard) == (12, 1)
        with closing(open_target(url)) as central, central.read() as conn:
            assert conn.connection.driver_connection.pgconn.ssl_in_use  # type: ignore[union-attr]
        with closing(open_target(url)) as central:
            assert documents(central) == documents(stan)


@pytest.mark.parametrize(
    ("signed", "name", "trusted"),
    [
        ("ours", "lain.example", "ours"),
        ("strange", HOST, "ours"),
        ("ours", HOST, "strange"),
        ("ours", HOST, ""),
    ],
)
def test_a_certificate_that_does_not_match_is_refused_before_a_word_is_said_58(
    copy: Copy, papers: Path, postgres_url: str, signed: str, name: str, trusted: str
) -> None:
    with front(postgres_url, certificate(papers, signed, name)) as there:
        root = {"sslrootcert": str(papers / f"{trusted}.crt")} if trusted else {}
        with pytest.raises(
            Refused, match=r"certificate of .*pusat\.example.* was not accepted; nothing was sent"
        ):
            sync_target(copy("S01"), far(there, postgres_url, **root))
        assert there.heard == 0


def test_the_certificate_is_looked_for_where_others_look(
    papers: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with front(postgres_url, certificate(papers, "ours", HOST)) as there:
        with monkeypatch.context() as world:
            world.setenv("PGSSLROOTCERT", str(papers / "ours.crt"))
            open_target(far(there, postgres_url)).close()
        monkeypatch.setattr(Path, "home", lambda: tmp_path)
        monkeypatch.setenv("HOME", str(tmp_path))
        (tmp_path / ".postgresql").mkdir()
        (tmp_path / ".postgresql" / "root.crt").write_bytes((papers / "ours.crt").read_bytes())
        url = far(there, postgres_url, sslrootcert=str(tmp_path / ".postgresql" / "root.crt"))
        open_target(url).close()


def test_another_name_is_taken_where_the_address_asks_for_the_authority_only(
    papers: Path, postgres_url: str
) -> None:
    with front(postgres_url, certificate(papers, "ours", "lain.example")) as there:
        root = str(papers / "ours.crt")
        open_target(far(there, postgres_url, sslmode="verify-ca", sslrootcert=root)).close()


def test_a_server_without_tls_is_refused(copy: Copy, papers: Path, postgres_url: str) -> None:
    with front(postgres_url) as there:
        root = str(papers / "ours.crt")
        with pytest.raises(Refused, match="offers no encrypted connection; nothing was sent"):
            sync_target(copy("S01"), far(there, postgres_url, sslrootcert=root))
        assert there.heard == 0


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require"])
def test_a_way_in_the_open_is_refused(copy: Copy, postgres_url: str, mode: str) -> None:
    with front(postgres_url) as there:
        with pytest.raises(Refused, match=f"With sslmode={mode} nobody would prove to be {HOST}"):
            sync_target(copy("S01"), far(there, postgres_url, sslmode=mode))
        assert there.heard == 0


@pytest.mark.parametrize("variable", ["PGSSLMODE", "PGREQUIRESSL"])
def test_the_environment_opens_no_way(
    copy: Copy, papers: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "disable" if variable == "PGSSLMODE" else "0")
    with front(postgres_url) as there:
        root = str(papers / "ours.crt")
        with pytest.raises(Refused, match="offers no encrypted connection"):
            sync_target(copy("S01"), far(there, postgres_url, sslrootcert=root))
        assert there.heard == 0


def test_on_this_machine_no_certificate_is_asked_for(copy: Copy, postgres_url: str) -> None:
    with front(postgres_url) as there:
        assert sync_target(copy("S01"), there.url(postgres_url)).sent == 12


NEAR = ("localhost/x", "127.0.0.1/x", "127.8.9.10/x", "[::1]/x", "/x", "/x?host=%2Ftmp", "/x?host=localhost")
FAR = (
    "10.0.0.1/x",
    "pusat/x",
    "localhost.example/x",
    "/x?host=pusat",
    "localhost/x?hostaddr=10.0.0.1",
    "/x?service=kanwil",
    "/x?host=localhost&host=pusat",
    "0.0.0.0/x",
)


@pytest.mark.parametrize("address", NEAR)
def test_what_stays_on_this_machine(address: str) -> None:
    server_engine(server_url(f"postgresql://u@{address}{'&' if '?' in address else '?'}sslmode=disable"))


@pytest.mark.parametrize("address", FAR)
def test_what_leaves_this_machine(address: str) -> None:
    with pytest.raises(Refused):
        server_engine(server_url(f"postgresql://u@{address}{'&' if '?' in address else '?'}sslmode=disable"))


@pytest.mark.parametrize("variable", ["PGHOST", "PGHOSTADDR", "PGSERVICE"])
def test_a_host_that_the_environment_names_leaves_this_machine_too(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "10.0.0.1")
    with pytest.raises(Refused):
        server_engine(server_url("postgresql:///x?sslmode=prefer"))
