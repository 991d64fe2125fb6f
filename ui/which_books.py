"""Which ledger this machine begins with, and how it is opened or made."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import WorldFailed
from pos.paths import SAMPLE, home, newest_own
from pos.settings import read_machine
from pos.text import _

if TYPE_CHECKING:  # imported after the first paint: SQLAlchemy alone costs as much as Qt
    from pos.ledger import Ledger


def find_ledger(wanted: Path | str | None) -> Path | str:
    """Where the ledger is: as wanted, or the books of the office whose machine this is, or those that were
    sold with last although they are gone, or the newest in home(), or the sample exhibition there.
    """
    from pos.machine import lost_ledger

    return wanted or central_books() or lost_ledger() or newest_own() or home() / SAMPLE


def central_books() -> Path | str | None:
    """What this machine opens where it is an office's; None at a booth. Looks at no disk but home()."""
    where = read_machine()["central"]
    return (where if "://" in where else Path(where)) if where else None


def open_or_make(path: Path | str) -> Ledger:
    """Open the ledger at `path`, or a central database at its address; make the sample exhibition in its
    place. A central file gets its letter box, and what lies there comes in; one that may not be written is
    opened to be read. Raises as `open_ledger`.
    """
    if isinstance(path, str):
        from pos.inbox import open_central

        return open_central(path)
    if path == home() / SAMPLE and not path.exists():
        from pos.sample import open_sample

        return open_sample(path)
    if path == central_books() and not path.exists():
        raise WorldFailed(
            _("{name} is not there.").format(name=path),
            _("Put the stick in, or connect the shared folder; nothing is lost."),
        )
    from pos.machine import lost_ledger

    if path == lost_ledger() or (path.is_file() and not path.stat().st_size):
        from pos.restore import lost

        raise lost(path)
    from pos.ledger import open_ledger

    ledger = open_ledger(path, read_only=path.exists() and not os.access(path, os.W_OK) and collects(path))
    if ledger.read_only or (ledger.device and ledger.device.role == "booth"):
        return ledger
    from pos.inbox import open_central
    from pos.letterbox import put_up

    ledger.close()  # a booth may be carrying it: it is waited for, and sees the letter box from then on
    put_up(path)
    return open_central(str(path))


def collects(path: Path) -> bool:
    """Whether a file only collects what booths bring. Raises as `open_ledger`."""
    from pos.ledger import open_journal, setting

    with closing(open_journal(path)) as ledger:
        return setting(ledger, "device") is None
