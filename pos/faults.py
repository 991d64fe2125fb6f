"""The world's faults: what a failing disk, file system or server means to a person.

One place turns the errors of SQLite, PostgreSQL and the operating system into one sentence each.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pos.errors import (
    ConnectionLost,
    Damaged,
    DiskFails,
    NeedsPassword,
    NotOurs,
    Refused,
    TryAgain,
    UserError,
    WorldFailed,
)
from pos.text import _

WINDOWS = os.name == "nt"


class BrokenRowError(ValueError):
    """A row of a table holds what no program put there: damage, as SQLite tells it of its own pages."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn the world's faults inside the block into one sentence for a person; bugs pass unchanged."""
    try:
        yield
    except UserError:
        raise
    except OSError as error:
        raise _at(name, file_fault(name, error)) from error
    except Exception as error:
        # Rows go through the driver's own cursor, so its errors arrive bare as well as wrapped.
        fault = _database_fault(name, getattr(error, "orig", error))
        if fault is None:
            raise
        raise _at(name, fault) from error


def _at(name: str, fault: UserError) -> UserError:
    fault.where = name
    return fault


def file_fault(name: object, error: OSError) -> WorldFailed:
    """What to tell a person when reading or writing the file `name` failed."""
    if error.errno == errno.ENOSPC:
        return _full(str(name))
    if error.errno == errno.EROFS:
        return WorldFailed(
            _("{name} is write-protected.").format(name=name),
            _("Take the protection off, or use another stick or disk."),
        )
    if is_open_elsewhere(error):
        return WorldFailed(
            _("{name} is open in another program, or may not be written.").format(name=name),
            _("Close it there, then try again."),
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


def is_open_elsewhere(error: OSError) -> bool:
    """Whether another program may have the file open, which on Windows keeps it from being read, replaced or
    deleted. Windows says the same to whoever has no right to.
    """
    return WINDOWS and isinstance(error, PermissionError)


def refuses_data(error: BaseException) -> bool:
    """Whether the database refused the values themselves (a constraint, a type) rather than failed."""
    if state := getattr(getattr(error, "orig", None) or error, "sqlstate", None):
        return state[:2] in {"22", "23", "54"} or state == "42804"  # a value, a key, too long, a type
    names = {kind.__name__ for kind in type(getattr(error, "orig", None) or error).__mro__}
    return bool(
        names & {"IntegrityError", "DataError", "ProgrammingError", "InterfaceError", "OverflowError"}
    )


# psycopg's names, compared as text because the driver is imported only where a server is used.
_SERVER_FAULTS = ("OperationalError", "AdminShutdown", "ConnectionTimeout")
_SERVER_RIGHTS = ("ReadOnlySqlTransaction", "InsufficientPrivilege")


def lacks_right(error: BaseException) -> bool:
    """Whether a server refused because of who asks."""
    return type(getattr(error, "orig", None) or error).__name__ in _SERVER_RIGHTS


def _database_fault(name: str, error: BaseException) -> UserError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_ERROR and str(error).startswith("no such "):
        code = sqlite3.SQLITE_CORRUPT  # a table or column that every ledger has: its description was changed
    if code is not None:
        return _file_fault(name, code)
    if isinstance(error, sqlite3.OperationalError):  # the driver's own, for a text that is no UTF-8
        return _file_fault(name, sqlite3.SQLITE_CORRUPT)
    return _server_fault(name, error)


def _server_fault(name: str, error: BaseException) -> UserError | None:
    state = getattr(error, "sqlstate", None) or ""
    kept = _("Everything stored before is safe. Try again.")
    match state:
        case "40001" | "40P01":
            return TryAgain(_("{name} was written by several programs at once.").format(name=name), kept)
        case "25006":
            return _only_reads(name)
        case "42501" | "42P01" | "42703" | "3F000":
            return WorldFailed(
                _("This login may not do that at {name}.").format(name=name),
                _("Use the office's login, or let who looks after the database run: lapak central init"),
            )
        case "53100":
            return _full(name)
        case "55P03":
            return WorldFailed(_("{name} is in use by another program.").format(name=name), kept)
    if type(error).__name__ not in _SERVER_FAULTS and state[:2] not in {"08", "53", "57", "58"}:
        return None
    return (None if state else _unreached(name, str(error))) or ConnectionLost(
        _("The database {name} cannot be reached.").format(name=name),
        _("Check the network, then try again."),
    )


def _unreached(name: str, said: str) -> UserError | None:
    """Why a connection was never made, when that is not the network: told only in words, without a code."""
    if "certificate" in said:
        return Refused(
            _("The certificate of {name} was not accepted; nothing was sent.").format(name=name),
            _("Ask the office for the right address, or for the certificate to trust (sslrootcert=FILE)."),
        )
    if "SSL" in said and "not support" in said:
        return Refused(
            _("{name} offers no encrypted connection; nothing was sent.").format(name=name),
            _("Let who looks after the database switch TLS on."),
        )
    if "password" in said or "authentication" in said:
        return NeedsPassword(
            _("{name} did not accept the login or its password.").format(name=name),
            _("Put the password into PGPASSFILE, a service file or the file pgpass of Lapak's folder."),
        )
    return None


def _full(name: str) -> WorldFailed:
    return WorldFailed(_("The disk of {name} is full.").format(name=name), _("Make room, then try again."))


def _file_fault(name: str, code: int) -> UserError | None:
    again = _("Everything stored before is safe. Try again.")
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _full(name)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return WorldFailed(_("{name} is in use by another program.").format(name=name), again)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _only_reads(name)
        case sqlite3.SQLITE_IOERR:
            return DiskFails(_("{name} cannot be read or written.").format(name=name), again)
        case sqlite3.SQLITE_CANTOPEN:
            return WorldFailed(_("{name} cannot be read or written.").format(name=name), again)
        case sqlite3.SQLITE_NOTADB:
            return not_ours(name)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_TOOBIG:
            return Damaged(
                _("{name} is damaged.").format(name=name),
                _("Keep the file, and restore from the newest backup."),
            )
    return None


def _only_reads(name: str) -> WorldFailed:
    return WorldFailed(
        _("{name} can only be read, not written.").format(name=name),
        _("Check the permissions, then try again."),
    )


def not_ours(path: object) -> NotOurs:
    """What to tell a person about a file that no Lapak has made."""
    return NotOurs(_("{name} is not a ledger of Lapak; it was left as it is.").format(name=path))
