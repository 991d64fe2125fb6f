"""The ledger behind the screens, opened once, by whoever needs it first; how the booth then stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pos.errors import UserError
from ui.which_books import open_or_make

if TYPE_CHECKING:  # imported after the first paint: SQLAlchemy alone costs as much as Qt
    from pos.ledger import Ledger
    from pos.opening import Opening


class LateLedger:
    """A ledger that is opened once, by whoever needs it first: the background, or a sale that came before."""

    def __init__(self, path: Path | str, make: Callable[[], Ledger] | None = None) -> None:
        """`make` makes the ledger instead of its being opened."""
        self.path = path
        self._make = make or (lambda: open_or_make(path))
        self.told: UserError | None = None  # that it goes on under another identity
        self._ledger: Ledger | None = None
        self._lock = Lock()

    def get(self) -> Ledger:
        """The open ledger; waits while another thread opens it.

        Raises as `open_ledger`; then the next call tries once more.
        """
        with self._lock:
            if self._ledger is None:
                self._ledger = self._make()
                self.told = _settled(self._ledger)
            return self._ledger

    def close(self) -> None:
        """Let go of the ledger, if it was opened; of an office's own what it says lies ready for the booths.

        A file that only collects is carried again.
        """
        ledger = self._ledger
        if ledger is None:
            return
        at_office = (
            ledger.path and not ledger.read_only and not (ledger.device and ledger.device.role == "booth")
        )
        if at_office:
            from pos.letterbox import lay_out

            with suppress(UserError):  # the next start does it
                lay_out(ledger)
        ledger.close()
        if at_office and ledger.path and ledger.device is None:
            from pos.letterbox import take_down

            take_down(ledger.path)


def opened(ledger: Callable[[], Ledger]) -> Opening:
    """Open the ledger, have what a sale needs, and ask how the booth stands. On the background thread."""
    from pos.today import is_office, office_opening, opening_of

    books = ledger()
    if is_office(books):
        return office_opening(books)
    import pos.checkout  # noqa: F401 - so that the first sale need not wait for it

    return opening_of(books)


def _settled(ledger: Ledger) -> UserError | None:
    """See to it that nobody else sells under the identity of this ledger; what is told of it, if anything."""
    from pos.identity import settle_identity

    return settle_identity(ledger)
