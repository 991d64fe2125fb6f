"""What is asked and set on each connection before anything is read, so that only what is ours is touched."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

from pos import mark
from pos.columns import METADATA
from pos.errors import Refused
from pos.faults import not_ours
from pos.local_tables import QUARANTINE, SETTING
from pos.tables import DOCUMENT
from pos.text import _

BUSY_TIMEOUT_S = 10
WAL_BYTES_KEPT = 64 * 1024 * 1024


def sqlite_engine(path: Path, mode: str) -> Engine:
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


def newer(name: object) -> Refused:
    """What to tell a person about a ledger of a newer program."""
    return Refused(
        _("{name} was written by a newer Lapak; it was left as it is.").format(name=name),
        _("Update this program first."),
    )


def settle(path: Path) -> None:
    """Put all of a closed database into its one file, in the mode that reads on any file system, durably.

    Closing does the same, but tells nobody when it fails; what then lies beside the file is all there is of
    the newest. Raises as SQLite does.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous = EXTRA")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode = DELETE")


def uri_path(path: Path) -> str:
    """`path` as it stands in a `file:` address of SQLite, where the server of a share is no authority."""
    plain = path.resolve().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"//{plain}" if plain.startswith("//") else plain


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
    if version // 1000 > mark.FORMAT:
        raise newer(path)
    needed = set(METADATA.tables) if version == mark.VERSION else {"document", "setting"}
    if not needed <= (mark.plain_tables(raw) or set()):
        raise not_ours(path)
    beside = (QUARANTINE,) if version == mark.VERSION else ()
    for table in (DOCUMENT, SETTING, *beside):  # others are read only when this very version has made them
        columns = [(row[1], row[6]) for row in raw.execute(f"PRAGMA table_xinfo({table.name})")]
        if columns != [(column.name, 0) for column in table.columns]:  # 0: neither hidden nor generated
            raise not_ours(path)
