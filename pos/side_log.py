"""The log that SQLite keeps beside a ledger (`-wal`): whether it is this ledger's.

SQLite plays whatever lies there into the file that it opens, and asks only whether the log is whole. Where
somebody has put a ledger back under a name beside which the log of another one was left, that would write one
over the other. It is looked at only where there is such a log: while the ledger is in use, or after a cut.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from pos import mark
from pos.engines import uri_path
from pos.errors import Refused
from pos.paths import real
from pos.text import _

HEADER = 32  # bytes; a log of no more holds nothing
_LAST = "SELECT device, seq, hash, body FROM document ORDER BY device DESC, seq DESC LIMIT 1"
# Its last document, and that it still knows whose it is: of another log only some pages may fit.
_FOUND = (
    "SELECT 1 FROM document WHERE device = ? AND seq = ? AND hash = ? AND NOT EXISTS (SELECT 1 FROM setting "
    "WHERE name = 'device' AND value NOT IN (SELECT device FROM document WHERE seq = 1))"
)
# What SQLite says of a database that the pages of another were played into.
_ANOTHERS = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


def check_log(path: Path) -> None:
    """Raise Refused when the log beside the ledger file `path` is another database's; nothing is written.

    Documents are never taken away: the last one in the file alone must stand there with its log, too.
    """
    if not _has_log(real(path)):
        return
    last = _last(path)
    if last and not _holds(path, last):
        raise Refused(
            _("Beside {name} lies the log of another database ({log}).").format(
                name=path, log=f"{path.name}-wal"
            ),
            _("Nothing was changed. Move that log into another folder, keep it, and open the ledger again."),
        )


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > HEADER


def _last(path: Path) -> tuple[str, int, str] | None:
    """The last document of the file without its log; None where that is not whole by itself, as it may be
    after a cut.
    """
    try:
        with closing(_opened(path, "immutable=1")) as raw:
            device, seq, hash_, body = raw.execute(_LAST).fetchone() or ("", 0, "", "")
    except (sqlite3.Error, UnicodeError):
        return None
    whole = isinstance(body, str) and sha256(body.encode("utf-8", "replace")).hexdigest() == hash_
    return (device, seq, hash_) if whole else None


def _holds(path: Path, last: tuple[str, int, str]) -> bool:
    """Whether the file with its log still has that document; True where this cannot be told."""
    try:
        with closing(_opened(path, "mode=ro")) as raw:
            return raw.execute(_FOUND, last).fetchone() is not None
    except UnicodeError:  # damaged so that SQLite's own words cannot be read; opening it tells
        return True
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _ANOTHERS


def _opened(path: Path, how: str) -> sqlite3.Connection:
    raw = sqlite3.connect(f"file:{uri_path(path)}?{how}", uri=True, timeout=0, isolation_level=None)
    mark.secure(raw)
    return raw
