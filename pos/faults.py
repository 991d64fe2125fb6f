"""The world's faults: what a failing disk, file system or server means to a person.

One place turns the errors of SQLite, PostgreSQL and the operating system into one sentence each.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pos.errors import Refused, UserError, WorldFailed
from pos.text import _


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn the world's faults inside the block into one sentence for a person; bugs pass unchanged."""
    try:
        yield
    except UserError:
        raise
    except OSError as error:
        raise file_fault(name, error) from error
    except Exception as error:
        # Rows go through the driver's own cursor, so its errors arrive bare as well as wrapped.
        fault = _database_fault(name, getattr(error, "orig", error))
        if fault is None:
            raise
        raise fault from error


def file_fault(name: object, error: OSError) -> WorldFailed:
    """What to tell a person when reading or writing the file `name` failed."""
    if error.errno == errno.ENOSPC:
        return WorldFailed(
            _("The disk of {name} is full.").format(name=name), _("Make room, then try again.")
        )
    if error.errno == errno.EROFS:
        return WorldFailed(
            _("{name} is write-protected.").format(name=name),
            _("Take the protection off, or use another stick or disk."),
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return WorldFailed(
            _("{name} may not be read or written.").format(name=name),
            _("Check the permissions, then try again."),
        )
    return WorldFailed(
        _("{name} cannot be used: {why}.").format(name=name, why=error.strerror or error),
        _("Check the disk or stick, then try again."),
    )


def refuses_data(error: BaseException) -> bool:
    """Whether the database refused the values themselves (a constraint, a type) rather than failed."""
    names = {kind.__name__ for kind in type(getattr(error, "orig", None) or error).__mro__}
    return bool(
        names & {"IntegrityError", "DataError", "ProgrammingError", "InterfaceError", "OverflowError"}
    )


# psycopg's names, compared as text because the driver is imported only where a server is used.
_SERVER_FAULTS = ("OperationalError", "AdminShutdown", "DiskFull")
_SERVER_RIGHTS = ("ReadOnlySqlTransaction", "InsufficientPrivilege")


def lacks_right(error: BaseException) -> bool:
    """Whether a server refused because of who asks."""
    return type(getattr(error, "orig", None) or error).__name__ in _SERVER_RIGHTS


def _database_fault(name: str, error: BaseException) -> UserError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, sqlite3.OperationalError):
        code = sqlite3.SQLITE_CORRUPT  # the driver's own, for a text that is no UTF-8
    if code is None:
        if lacks_right(error):
            return _only_reads(name)
        if type(error).__name__ not in _SERVER_FAULTS:
            return None
        return WorldFailed(
            _("The database {name} cannot be reached.").format(name=name),
            _("Check the network, then try again."),
        )
    again = _("Everything stored before is safe. Try again.")
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return WorldFailed(
                _("The disk of {name} is full.").format(name=name), _("Make room, then try again.")
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return WorldFailed(_("{name} is in use by another program.").format(name=name), again)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _only_reads(name)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return WorldFailed(_("{name} cannot be read or written.").format(name=name), again)
        case sqlite3.SQLITE_NOTADB:
            return not_ours(name)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_TOOBIG:
            return WorldFailed(
                _("{name} is damaged.").format(name=name),
                _("Keep the file, and restore from the newest backup."),
            )
    return None


def _only_reads(name: str) -> WorldFailed:
    return WorldFailed(
        _("{name} can only be read, not written.").format(name=name),
        _("Check the permissions, then try again."),
    )


def not_ours(path: object) -> Refused:
    """What to tell a person about a file that no Lapak has made."""
    return Refused(_("{name} is not a ledger of Lapak; it was left as it is.").format(name=path))
