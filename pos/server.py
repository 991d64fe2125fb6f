"""A central database: how it is reached safely, who has the turn to write there, how its tables are made.

The SQL is what PostgreSQL shares with its distributed kin: no sequences, no advisory locks, rows keyed by
device (ARCHITECTURE.md, "The nation").
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from pos import clock, journal, mark
from pos.columns import METADATA
from pos.engines import newer
from pos.errors import Refused, TryAgain, WorldFailed
from pos.faults import lacks_right, not_ours, told
from pos.local_tables import SETTING
from pos.paths import home
from pos.server_rights import BOOTH_SCHEMA, grant
from pos.server_tables import SERVER_METADATA, TURN
from pos.tables import DOCUMENT
from pos.text import _

TRIES = 8
PAUSE_MS = 40  # before the second try; twice as long before each further one

# Whoever may not read the journal, but the views for booths, is a booth.
_ONLY_HANDS_IN = f"""SELECT EXISTS (
    SELECT FROM pg_catalog.pg_namespace WHERE nspname = '{BOOTH_SCHEMA}'
    AND pg_catalog.has_schema_privilege(oid, 'USAGE')
  ) AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_class WHERE relname = 'document' AND relkind IN ('r', 'p')
    AND pg_catalog.has_table_privilege(oid, 'SELECT')
  )"""  # noqa: S608 - our own schema's name
# A laptop that sleeps in the middle must not hold up the others, nor a server that is gone hold up a till.
_LIMITS = {"lock_timeout": "60s", "idle_in_transaction_session_timeout": "300s"}
_REACHING = {"connect_timeout": "10", "keepalives_idle": "20", "tcp_user_timeout": "30000"}
_MADE_TWICE = ("42P07", "42710", "23505")  # two programs made the same table in the same moment
_PROVEN = ("verify-full", "verify-ca")
# The same as mark.GUARDS for SQLite.
_GUARDS = (
    (
        "CREATE OR REPLACE FUNCTION document_guard() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'documents are append-only'; END$$"
    ),
    "DROP TRIGGER IF EXISTS document_stays ON document",
    (
        f"CREATE TRIGGER document_stays BEFORE UPDATE OF {mark.DOCUMENT_COLUMNS} OR DELETE ON document "
        "FOR EACH ROW EXECUTE FUNCTION document_guard()"
    ),
)


def server_url(target: str) -> URL:
    """The address of a central database. Raises Refused for any other."""
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):
        url = URL.create("unknown")
    if url.get_backend_name() != "postgresql":
        raise Refused(
            _("'{target}' is not a central database.").format(target=_without_password(target)),
            "postgresql+psycopg://...",
        )
    return url.set(drivername="postgresql+psycopg")


def keepable(target: str) -> str:
    """`target`, a file, folder or address, if it may be kept in a setting or shown to others.

    Raises Refused for an address with a password in it.
    """
    if "://" in target:
        url = server_url(target)
        if url.password or {"password", "sslpassword"} & set(url.query):
            raise Refused(
                _("A password has no place in an address: it would be seen and kept."),
                _("Put it into {file} (host:port:database:user:password), readable by you only.").format(
                    file=password_file()
                ),
            )
    return target


def password_file() -> Path:
    """Our own file of passwords, in the form of PostgreSQL's `.pgpass`, where the user names no other."""
    return home() / "pgpass"


def server_engine(url: URL) -> Engine:
    """How the database at `url` is reached. Raises Refused where nobody would prove who answers."""
    given = url.get_dialect()().create_connect_args(url)[1]
    engine = create_engine(url, connect_args={**_REACHING, **_passwords(given), **_secured(given)})
    # A server that hangs up is told in one sentence, by this question or, where a connection is just given
    # back, by the next; without handlers of their own pool and driver would complain before it.
    for complains in map(logging.getLogger, ("sqlalchemy.pool", "psycopg")):
        if not complains.handlers:
            complains.addHandler(logging.NullHandler())

    @event.listens_for(engine, "connect")
    def _prepare(raw: Any, record: Any) -> None:
        for name, value in _LIMITS.items():
            raw.execute(f"SET {name} = '{value}'")
        (record.info["hands_in"],) = raw.execute(_ONLY_HANDS_IN).fetchone()
        if record.info["hands_in"]:
            raw.execute(f"SET search_path TO {BOOTH_SCHEMA}, public")
        raw.commit()

    return engine


def _without_password(target: str) -> str:
    """`target` as it may be shown, though it cannot be taken apart."""
    start, at, rest = target.rpartition("@")
    return f"{start.partition('://')[0]}://...@{rest}" if at and "://" in start else target


def _passwords(given: Mapping[str, Any]) -> dict[str, str]:
    if "passfile" in given or "PGPASSFILE" in os.environ or not password_file().exists():
        return {}
    return {"passfile": str(password_file())}


def _secured(given: Mapping[str, Any]) -> dict[str, str]:
    """TLS with a proof of who answers, wherever the way leads out of this machine.

    What the environment says of it does not count: a way must not become open by it.
    """
    if all(_is_near(host) for host in _hosts(given)):
        return {}
    mode = str(given.get("sslmode", _PROVEN[0]))
    if mode not in _PROVEN:
        raise Refused(
            _("With sslmode={mode} nobody would prove to be {host}; nothing was sent.").format(
                mode=mode, host=given.get("host", "?")
            ),
            _("Leave sslmode out of the address; sslrootcert=FILE names whose word counts."),
        )
    root = given.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    if not root and not _own_root().exists():
        root = "system"  # what this machine trusts in a browser, too
    return {"sslmode": mode} | ({"sslrootcert": str(root)} if root else {})


def _own_root() -> Path:
    """Where PostgreSQL's own programs look for the certificate that they trust."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", "")) / "postgresql" / "root.crt"
    return Path.home() / ".postgresql" / "root.crt"


def _hosts(given: Mapping[str, Any]) -> list[str]:
    """Every host that a connection may go to; "?" for one that a service file will name."""
    service = "service" in given or "PGSERVICE" in os.environ
    named = [given.get(name) or os.environ.get(f"PG{name.upper()}") for name in ("host", "hostaddr")]
    hosts = [host for part in named if part for host in str(part).split(",")]
    return hosts or ["?" if service else ""]


def _is_near(host: str) -> bool:
    """Whether the way to `host` stays on this machine."""
    if host in {"", "localhost"} or host.startswith(("/", "@")):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def take_turn(conn: Connection, *, beside: bool) -> None:
    """Wait until nobody makes the tables anew; not `beside` others: until nobody else writes.

    A row's lock, for the kin of PostgreSQL have no others.
    """
    conn.execute(select(TURN.c.name).with_for_update(read=beside))


def prepare(engine: Engine, name: str) -> bool:
    """Make what is missing in the database, and the derived tables anew where an older program made them.

    Returns whether this login only hands documents in. Nothing is written when all is there. Raises Refused
    when a newer program made the tables: making them anew for this one would take them from all the others.
    """
    with told(name), engine.connect() as conn:
        version = _version(conn)
        if conn.info.get("hands_in"):
            if version // 1000 > mark.FORMAT:
                raise newer(name)
            return True
        if version > mark.VERSION:
            raise newer(name)
        if not version and _is_foreign(conn):
            raise not_ours(name)
        if version == mark.VERSION and conn.dialect.has_table(conn, TURN.name):
            return False
    for n in range(TRIES):
        try:
            with told(name):
                _make(engine, name)
        except TryAgain:
            if n == TRIES - 1:
                raise
            clock.pause(PAUSE_MS << n)
        else:
            break
    return False


def _version(conn: Connection) -> int:
    """The version of the program that made the tables; 0 where there are none yet."""
    if not conn.dialect.has_table(conn, SETTING.name):
        return 0
    return int(conn.scalar(select(SETTING.c.value).where(SETTING.c.name == "version")) or 0)


def _is_foreign(conn: Connection) -> bool:
    """Whether somebody else's documents lie in this database."""
    if not conn.dialect.has_table(conn, DOCUMENT.name):
        return False
    return [column["name"] for column in inspect(conn).get_columns(DOCUMENT.name)] != DOCUMENT.c.keys()


def _make(engine: Engine, name: str) -> None:
    with engine.begin() as conn:
        try:
            SERVER_METADATA.create_all(conn)
            if not conn.scalar(select(TURN.c.name)):
                conn.execute(TURN.insert().values(name="turn"))
            take_turn(conn, beside=False)
            version = _version(conn)  # somebody else may have been here meanwhile
            if version > mark.VERSION:
                raise newer(name)
            if version == mark.VERSION:
                return
            METADATA.create_all(conn)
            if version:
                journal.derive_again(conn)
                grant(conn)
            else:
                for guard in _GUARDS:
                    conn.execute(text(guard))
            conn.execute(SETTING.delete().where(SETTING.c.name == "version"))
            conn.execute(SETTING.insert().values(name="version", value=str(mark.VERSION)))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") in _MADE_TWICE:
                raise TryAgain(_("{name} is being prepared by another program.").format(name=name)) from error
            if not lacks_right(error):
                raise
            raise WorldFailed(
                _("{name} is of an older Lapak and may not be changed here.").format(name=name),
                _("Let its owner open it once with this version."),
            ) from error
