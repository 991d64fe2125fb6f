"""One ledger: a `.lapak` file or a PostgreSQL database, opened safely, written in whole transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError

from pos import journal, mark
from pos.clock import Clock, new_device_code
from pos.errors import Refused
from pos.faults import not_ours, told
from pos.fresh import draft_of
from pos.journal import Stamp
from pos.model import Device, Document, Event, Fields, event_fields
from pos.nouns import device_of
from pos.tables import DERIVED, DEVICE, DOCUMENT, METADATA, SETTING
from pos.text import _

BUSY_TIMEOUT_S = 10
WAL_BYTES_KEPT = 64 * 1024 * 1024

# The same for PostgreSQL as mark.GUARDS for SQLite.
_SERVER_GUARDS = (
    (
        "CREATE FUNCTION document_guard() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'documents are append-only'; END$$"
    ),
    (
        f"CREATE TRIGGER document_stays BEFORE UPDATE OF {mark.DOCUMENT_COLUMNS} OR DELETE ON document "
        "FOR EACH ROW EXECUTE FUNCTION document_guard()"
    ),
)


@dataclass(slots=True)
class Ledger:
    """An open ledger. `device` is this laptop's own identity; a central file or database has none."""

    name: str
    engine: Engine
    clock: Clock
    device: Device | None = None
    path: Path | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for reading, beside any writer. Raises WorldFailed when file or server fail."""
        with told(self.name), self.engine.connect().execution_options(reading=True) as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it is durable when the block ends, none of it when it raises.

        One writer at a time, also on a server: two may bring the same chain, or cards that they would lock in
        different orders.
        """
        with told(self.name), self.engine.begin() as conn:
            if conn.dialect.name == "postgresql":
                conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": mark.APPLICATION_ID})
            yield conn

    def own(self) -> Device:
        """This laptop's identity. Raises Refused on a ledger that only collects, such as a central file."""
        if self.device is None:
            raise Refused(
                _("{name} only collects documents; nothing can be sold with it.").format(name=self.name),
                _("Open the ledger of a booth."),
            )
        return self.device

    def stamp(self) -> Stamp:
        """Now, for a document."""
        return Stamp(self.clock.now().isoformat(), self.clock.uptime_ms())

    def post(self, conn: Connection, kind: str, fields: Fields) -> Document:
        """Append a document of this device, inside `write()`."""
        return journal.post(conn, self.own().code, kind, self.stamp(), fields)

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()


def create(path: Path, device: Device, clock: Clock | None = None) -> Ledger:
    """A new ledger file for one laptop, its first document saying who it is.

    Born under a temporary name and renamed when complete, so a cut never leaves a half ledger. Raises Refused
    when `path` exists.
    """
    ticking = (clock or Clock()).in_zone(device.event.timezone)
    with _born(path) as ledger:
        ledger.clock, ledger.device = ticking, device
        with ledger.write() as conn:
            ledger.post(conn, "device", _device_fields(device))
            conn.execute(SETTING.insert().values(name="device", value=device.code))
    return open_ledger(path, clock)


def new_device(booth: str, name: str, institution: str, event: Event, *, sample: bool = False) -> Device:
    """An identity for one laptop, never made twice. Raises Refused for a wrong booth code or institution."""
    if not (booth.isascii() and booth.isalnum() and booth.isupper() and len(booth) <= 6):
        raise Refused(
            _("'{booth}' is not a booth code.").format(booth=booth),
            _("Use up to 6 capital letters and digits, such as S03."),
        )
    if institution not in {unit.code for unit in event.institutions}:
        raise Refused(
            _("No institution has the code '{code}'.").format(code=institution),
            _("Known codes: {codes}.").format(codes=", ".join(unit.code for unit in event.institutions)),
        )
    return Device(new_device_code(), "booth", booth, name, institution, event, sample)


def create_collector(target: Path) -> None:
    """A new, empty central file at `target`: no device of its own, only what others bring.

    Raises Refused when `target` exists.
    """
    with _born(target):
        pass


def open_ledger(path: Path, clock: Clock | None = None, *, read_only: bool = False) -> Ledger:
    """Open a ledger file. Raises Refused when it is not ours or newer than this program, WorldFailed when it
    cannot be read; changes nothing in either case.
    """
    if path.is_dir():
        raise Refused(_("{name} is a folder, not a ledger.").format(name=path))
    if not path.exists():
        raise Refused(_("There is no ledger {name}.").format(name=path), _("Make one with: lapak new"))
    if not path.is_file():
        raise not_ours(path)
    ledger = Ledger(str(path), _sqlite_engine(path, "ro" if read_only else "rw"), clock or Clock(), path=path)
    try:
        _check_version(ledger, read_only=read_only)
        ledger.device = _own_device(ledger)
        if ledger.device:
            ledger.clock = ledger.clock.in_zone(ledger.device.event.timezone)
            if ledger.device.sample:
                ledger.clock = _practice_clock(ledger, ledger.device.code)
    except BaseException:
        ledger.close()
        raise
    return ledger


def open_target(target: str, clock: Clock | None = None) -> Ledger:
    """Open a ledger named as on the command line: a `.lapak` file, or a `postgresql+psycopg://` URL.

    An empty database is prepared. Raises as `open_ledger` does.
    """
    if "://" not in target:
        return open_ledger(Path(target), clock)
    url = _url(target)
    name = url.render_as_string(hide_password=True)
    ledger = Ledger(name, create_engine(url), clock or Clock())
    try:
        _prepare_server(ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _url(target: str) -> URL:
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):
        url = URL.create("unknown")
    if url.get_backend_name() != "postgresql":
        raise Refused(
            _("'{target}' is not a central database.").format(target=target), "postgresql+psycopg://..."
        )
    return url.set(drivername="postgresql+psycopg")


def _prepare_server(ledger: Ledger) -> None:
    """Make the tables in an empty database. Raises Refused when a newer program made them."""
    with ledger.write() as conn:
        if not conn.dialect.has_table(conn, "document"):
            METADATA.create_all(conn)
            for guard in _SERVER_GUARDS:
                conn.execute(text(guard))
            conn.execute(SETTING.insert().values(name="version", value=str(mark.VERSION)))
        version = conn.scalar(select(SETTING.c.value).where(SETTING.c.name == "version"))
        _check_number(ledger.name, int(version or 0))


def devices(conn: Connection) -> dict[str, Device]:
    """Every device this ledger knows, by code."""
    return {row.device: device_of(row) for row in conn.execute(select(DEVICE).order_by(DEVICE.c.device))}


def setting(ledger: Ledger, name: str) -> str | None:
    """A value local to this machine, or None."""
    with ledger.read() as conn:
        return conn.scalar(select(SETTING.c.value).where(SETTING.c.name == name))


def set_setting(ledger: Ledger, name: str, value: str) -> None:
    """Keep a value local to this machine."""
    with ledger.write() as conn:
        conn.execute(SETTING.delete().where(SETTING.c.name == name))
        conn.execute(SETTING.insert().values(name=name, value=value))


def _device_fields(device: Device) -> Fields:
    return {
        "role": device.role,
        "booth": device.booth,
        "name": device.name,
        "institution": device.institution,
        "sample": device.sample,
        "event": event_fields(device.event),
    }


def _practice_clock(ledger: Ledger, device: str) -> Clock:
    """A clock that goes on where the sample day has come to: no sale lies before the one before it."""
    start = setting(ledger, mark.PRACTICE_FROM)
    with ledger.read() as conn:
        seq, _hash = journal.head(conn, device)
        last = journal.document(conn, device, seq)
    return ledger.clock.going_on_from(*(at for at in (start, last and last.at) if at))


def _own_device(ledger: Ledger) -> Device | None:
    with ledger.read() as conn:
        code = conn.scalar(select(SETTING.c.value).where(SETTING.c.name == "device"))
        row = conn.execute(select(DEVICE).where(DEVICE.c.device == code)).first() if code else None
    return device_of(row) if row else None


@contextmanager
def _born(path: Path) -> Iterator[Ledger]:
    """A new ledger under a temporary name beside `path`; in place, whole and durable, when the block ends.

    Raises Refused when `path` exists.
    """
    if path.exists():
        raise Refused(
            _("{name} exists already; nothing was changed.").format(name=path),
            _("Choose another name, or open it as it is."),
        )
    with told(str(path)), draft_of(path) as draft:
        ledger = Ledger(str(path), _sqlite_engine(draft, "rwc"), Clock(), path=path)
        try:
            with ledger.engine.begin() as conn:
                METADATA.create_all(conn)
                for guard in mark.GUARDS:
                    conn.exec_driver_sql(guard)
                conn.exec_driver_sql(f"PRAGMA application_id = {mark.APPLICATION_ID}")
                conn.exec_driver_sql(f"PRAGMA user_version = {mark.VERSION}")
            yield ledger
        finally:
            ledger.close()
            for suffix in ("-wal", "-shm"):
                with suppress(OSError):
                    Path(f"{draft}{suffix}").unlink(missing_ok=True)


def _sqlite_engine(path: Path, mode: str) -> Engine:
    """`mode`: "rwc" makes the file, "rw" opens a ledger for writing, "ro" only for reading."""
    query = {"uri": "true", "mode": mode}
    # A folder that cannot be written has no room for SQLite's own side files.
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        query["immutable"] = "1"
    url = URL.create("sqlite+pysqlite", database=f"file:{uri_path(path)}", query=query)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _record: object) -> None:
        _pragmas(raw, path, mode)

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        # A writer takes the lock at once: the driver's own BEGIN would let two processes read the same last
        # number before either writes.
        reading = mode == "ro" or conn.get_execution_options().get("reading")
        conn.connection.cursor().execute("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def uri_path(path: Path) -> str:
    """`path` as it stands in a `file:` address of SQLite."""
    return path.resolve().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _pragmas(raw: sqlite3.Connection, path: Path, mode: str) -> None:
    if mode != "rwc":
        _check_ours(raw, path)
    mark.secure(raw)
    if mode == "ro":
        return
    # WAL with FULL is one fsync a sale and loses nothing; a file system without shared memory answers
    # "delete", where only EXTRA is safe.
    journaling = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    raw.execute(f"PRAGMA synchronous = {'FULL' if journaling == 'wal' else 'EXTRA'}")
    raw.execute("PRAGMA cache_size = -16000")
    raw.execute(f"PRAGMA journal_size_limit = {WAL_BYTES_KEPT}")


def _check_ours(raw: sqlite3.Connection, path: Path) -> None:
    """Before anything is written or read: our mark, no newer format, and tables that are what they say.

    Asked through SQLite, for opening the file ourselves would drop the locks of another connection of this
    process.
    """
    version = mark.version(raw)
    if version is None:
        raise not_ours(path)
    _check_number(str(path), version)
    needed = set(METADATA.tables) if version == mark.VERSION else {"document", "setting"}
    columns = [(row[1], row[6]) for row in raw.execute("PRAGMA table_xinfo(document)")]
    ours = [(column.name, 0) for column in DOCUMENT.columns]  # 0: neither hidden nor generated
    if not needed <= (mark.plain_tables(raw) or set()) or columns != ours:
        raise not_ours(path)


def _check_version(ledger: Ledger, *, read_only: bool) -> None:
    with ledger.read() as conn:
        version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version != mark.VERSION and not read_only:
        _derive_again(ledger)


def _check_number(name: str, version: int) -> None:
    if version // 1000 > mark.FORMAT:
        raise Refused(
            _("{name} was written by a newer Lapak; it was left as it is.").format(name=name),
            _("Update this program first."),
        )


def _derive_again(ledger: Ledger) -> None:
    """The derived tables are of another version: make them anew from the documents, all or nothing."""
    with ledger.write() as conn:
        METADATA.drop_all(conn, tables=DERIVED)
        METADATA.create_all(conn)
        journal.rebuild(conn)
        conn.exec_driver_sql(f"PRAGMA user_version = {mark.VERSION}")
