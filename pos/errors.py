"""The errors a person is told about: the world's faults and refused input. Everything else is a bug."""

from __future__ import annotations

_SPACES = "\u00a0\u202f"  # that no line breaks at


class UserError(Exception):
    """Something a person must know: what happened (and what is safe), and what to do next.

    `exit_code` is what the command line returns (interface.md, "Commands"); `where` the name of the file or
    server that failed, when that is known.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = _one_line(message)
        self.hint = _one_line(hint)
        self.where = ""

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Refused(UserError):
    """Bad usage or bad input: nothing was changed."""

    exit_code = 2


class WorldFailed(UserError):
    """Disk, lock, network or file system failed: nothing is lost, trying again makes sense."""

    exit_code = 3


class TryAgain(WorldFailed):
    """Others were at the same rows, so nothing was kept; the same again may succeed."""


class CommitUnknown(TryAgain):
    """The answer to a commit was lost: all of it was kept or nothing. Who looks sees which."""


class ConnectionLost(WorldFailed):
    """The server cannot be reached, or is gone in the middle."""


class Damaged(WorldFailed):
    """A ledger's file is not what was written: a byte changed, or a part is missing."""


class DiskFails(WorldFailed):
    """The disk itself says that it cannot read or write."""


class NotOurs(Refused):
    """A file that no Lapak has made, or that is nothing of it any more."""


class NeedsPassword(Refused):
    """The server asks who is there, and what it was told was not enough."""


class WrongPassphrase(Refused):
    """The passphrase is not that of this copy, or none was given."""


class BadCell(Refused):
    """One cell of an imported file is wrong. `row` counts from 1 with the header as row 1."""

    def __init__(self, row: int, column: str, why: str, *, file: str = "") -> None:
        where = ":".join(part for part in (file, str(row), column) if part)
        super().__init__(f"{where}: {why}")
        self.file = file
        self.row = row
        self.column = column
        self.why = why


class BadDocument(Refused):
    """A document that must not enter a ledger: changed, out of order, or not adding up.

    Carries where it stands (`device`, `seq`) and `why` in words for a person.
    """

    def __init__(self, device: str, seq: int, why: str) -> None:
        super().__init__(f"{device} #{seq}: {why}")
        self.device = device
        self.seq = seq
        self.why = why


def _one_line(text: str) -> str:
    """`text` without what a terminal would obey or a label hide: it may quote a stranger's file."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _SPACES else " " for c in text)
