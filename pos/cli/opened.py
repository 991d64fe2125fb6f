"""Opening the ledger that a command names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import WorldFailed

if TYPE_CHECKING:  # the database layer is loaded when a ledger is opened, not for --help
    from pos.ledger import Ledger


@contextmanager
def opened(target: str, *, only_reading: bool = False, only_journal: bool = False) -> Iterator[Ledger]:
    """The ledger `target`, a file or a database URL, closed when the block ends. Raises as open_target does.

    With `only_reading` a file is left as it is: it may be a central file on a stick, or not ours to write.
    What booths handed in beside it comes in first, where it can.
    With `only_journal` it is also taken as it is, and only its documents may be asked for.
    """
    from pos.inbox import open_central
    from pos.ledger import open_journal, open_ledger
    from pos.paths import has_box

    if only_journal and "://" not in target:
        ledger = open_journal(Path(target))
    elif only_reading and "://" not in target:
        if has_box(Path(target)) and os.access(target, os.W_OK):
            with suppress(WorldFailed):
                open_central(target).close()
        ledger = open_ledger(Path(target), read_only=True)
    else:
        ledger = open_central(target)
    try:
        yield ledger
    finally:
        ledger.close()
