"""What a ledger file is known by, asked through bare sqlite3: by the ledger, and by the till before it."""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x4C50414B  # "LPAK", interface.md
# Major: the shape of `document`; a newer one is refused. Minor: the derived tables; another one is rebuilt.
FORMAT = 1
DERIVED_VERSION = 8
VERSION = FORMAT * 1000 + DERIVED_VERSION  # what stands in the file as user_version
PRACTICE_FROM = "practice_from"  # setting: the moment that a sample ledger's clock goes on from
LONGEST = 32_000_000  # bytes of one value: four times the longest body (pos/body.py)
MOST_PARTS = 1_000  # tables, views and triggers that are looked at; a ledger has some 60
DOCUMENT_COLUMNS = "device, seq, kind, at, hash, body"

# Nobody rewrites history, not even a program with a bug: the database itself refuses.
GUARDS = (
    (
        f"CREATE TRIGGER document_stays BEFORE UPDATE OF {DOCUMENT_COLUMNS} ON document "
        "BEGIN SELECT RAISE(ABORT, 'documents are append-only'); END"
    ),
    (
        "CREATE TRIGGER document_kept BEFORE DELETE ON document "
        "BEGIN SELECT RAISE(ABORT, 'documents are append-only'); END"
    ),
)

_PARTS = "SELECT type, name, sql FROM sqlite_schema WHERE type != 'index' LIMIT ?"
_WORKED_OUT = (  # columns that are generated or hidden
    "SELECT 1 FROM sqlite_schema AS part, pragma_table_xinfo(part.name) AS one "
    "WHERE part.type = 'table' AND one.hidden > 0 LIMIT 1"
)


def secure(raw: sqlite3.Connection) -> None:
    """Let nothing that a foreign file holds run, or grow without end."""
    raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "secure_delete = ON"):
        raw.execute(f"PRAGMA {pragma}")


def version(raw: sqlite3.Connection) -> int | None:
    """The file's version (see VERSION), or None when the file does not bear our mark."""
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return None
    found: int = raw.execute("PRAGMA user_version").fetchone()[0]
    return found


def plain_tables(raw: sqlite3.Connection) -> set[str] | None:
    """The names of the tables; None when the file holds anything else that acts than our own guards.

    A foreign file may hold a view without end in place of a table, a trigger that removes what is stored, or
    a column that is worked out for each row. SQLite itself begins the text of a plain table in one way only;
    whoever writes the schema by hand can spell a virtual one in many. Raises sqlite3.Error for a file that is
    damaged there.
    """
    tables, active = set(), set()
    try:
        found = raw.execute(_PARTS, [MOST_PARTS]).fetchall()
    except UnicodeDecodeError as error:  # SQLite says what is wrong with it in the file's own words
        raise sqlite3.OperationalError("the schema is damaged") from error
    for kind, name, sql in found:
        if kind == "table" and isinstance(sql, str) and sql.startswith("CREATE TABLE "):
            tables.add(name)
        else:
            active.add(sql)
    if (
        len(tables) + len(active) == MOST_PARTS
        or active != set(GUARDS)
        or raw.execute(_WORKED_OUT).fetchone()
    ):
        return None
    return tables
