"""The walks of copies: one is made on the stick and one at home, one becomes a ledger again, one forgets.

`Command` runs one command of the command line and gives what it said when it did not do it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from pos.backup import check_whole, keep_copies
from pos.clock import stopped_at
from pos.errors import UserError
from pos.faults import told
from pos.forgetting import forget_in
from pos.ledger import open_journal, open_ledger
from pos.preorder import Contact
from pos.privacy import erase
from tests.books import MOMENT
from tests.faults.bare import STAN
from tests.ordering import counter, ordered

Said = tuple[int, str] | None
Command = Callable[..., Said]
COPIES = "stik/cadangan"


def backing_up(command: Command) -> Callable[[Path, Any], Said]:
    """A verified copy on the stick, then one at home, where there are not too many."""

    def act(folder: Path, tell: Any) -> Said:
        if said := command("backup", folder / STAN, folder / COPIES):
            return said
        for path in sorted((folder / COPIES).glob("cadangan-*.lapak")):
            tell.file(folder, f"{COPIES}/{path.name}")
        try:
            keep_copies(folder / STAN, [folder / "rumah/cadangan"], clock=stopped_at(MOMENT))
        except UserError as error:
            return error.exit_code, str(error)
        return None

    return act


def with_copy(command: Command, before: Callable[[Path], None]) -> Callable[[Path], None]:
    """A folder with a copy on its stick."""

    def prepare(folder: Path) -> None:
        before(folder)
        command("backup", folder / STAN, folder / COPIES)

    return prepare


def restoring(command: Command) -> Callable[[Path, Any], Said]:
    """The copy becomes a ledger beside the booth's own."""

    def act(folder: Path, tell: Any) -> Said:
        (copy,) = (folder / COPIES).glob("cadangan-*.lapak")
        target = folder / "rumah/lagi.lapak"
        if said := command("restore", copy, target):
            return said
        tell.chain("rumah/lagi.lapak", target)
        return None

    return act


WHO = "Zubaidah Rahmawati"


def with_erased(command: Command, before: Callable[[Path], None]) -> Callable[[Path], None]:
    """A folder with a copy on its stick that still says who ordered what was forgotten since."""

    def prepare(folder: Path) -> None:
        before(folder)
        with closing(open_ledger(folder / STAN, stopped_at(MOMENT))) as ledger:
            order = ordered(ledger, contact=Contact(WHO))
            command("backup", folder / STAN, folder / COPIES)
            erase(ledger, order, counter(ledger, "sari"))

    return prepare


def forgetting(folder: Path, tell: Any) -> Said:
    """The copy is made anew, whole, and says it no more."""
    forget_in(folder / STAN, folder / COPIES)
    (copy,) = (folder / COPIES).glob("cadangan-*.lapak")
    with told(str(copy)):
        data = copy.read_bytes()
    if WHO.encode() in data:
        return 1, "who was forgotten still stands in the copy"
    with closing(open_journal(copy)) as made:
        check_whole(made)
    tell.file(folder, f"{COPIES}/{copy.name}")
    return None
