"""What booths hand in while the office's program is open: taken in by itself, every while and when asked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from pos.clock import Clock
from pos.errors import BadDocument, UserError
from ui import work

if TYPE_CHECKING:  # the window is on the screen before the ledger's modules
    from pos.ledger import Ledger
    from pos.opening import Opening
    from pos.sync import Copied

EVERY_MS = 20_000


class Office(Protocol):
    """What of App is needed here; App holds a Taking, so this file cannot import it."""

    posted: SignalInstance

    @property
    def ledger(self) -> Ledger:
        """The open ledger."""

    @property
    def clock(self) -> Clock:
        """What shows the time."""

    def renew(self, opening: Opening) -> None:
        """Go on with what the ledger says now."""


class Taken(NamedTuple):
    """What came in, what lay in the letter box then, and how the office stands after it; None as before."""

    copied: Copied
    lay: frozenset[str]
    opening: Opening | None


class Taking(QObject):
    """Asks on a lane of its own. `looked` tells that it did: `last` is when something came in, `refused` what
    could not be taken, `trouble` why it could not look at all.
    """

    looked = Signal()

    def __init__(self, app: Office, parent: QObject) -> None:
        super().__init__(parent)
        self.app = app
        self.last: datetime | None = None
        self.refused: tuple[BadDocument, ...] = ()
        self.trouble: UserError | None = None
        self._lay: frozenset[str] | None = None  # nothing new lies there as long as this is all
        self._looking = self._again = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """The ledger is open: take in by itself from now on, and lay out what the office puts down."""
        self.app.posted.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """The program ends, or other books are opened."""
        self._timer.stop()

    def look(self) -> None:
        """See what has come; asked while it looks, it looks once more."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        ledger, lay = self.app.ledger, self._lay
        work.run(lambda: _take(ledger, lay), done=self._take, failed=self._fail, lane="sync")

    def _take(self, taken: Taken) -> None:
        self.trouble = None
        if taken.lay != self._lay:
            self.refused = tuple(taken.copied.refused)
        self._lay = taken.lay
        self._looking = False
        if taken.opening is not None:
            self.last = self.app.clock.now()
            self.app.renew(taken.opening)
            self.app.posted.emit(taken.copied)  # every page hears of it; and so it looks once more
        elif self._again:
            self.look()
        self._again = False
        self.looked.emit()

    def _fail(self, error: UserError) -> None:
        self.trouble, self._looking, self._again = error, False, False
        self.looked.emit()


def _take(ledger: Ledger, lay: frozenset[str] | None) -> Taken:
    """On the background thread."""
    from pos.inbox import take_in
    from pos.letterbox import lay_out, lying
    from pos.paths import has_box
    from pos.sync import Copied
    from pos.today import office_opening

    found = lying(ledger.path) if ledger.path and has_box(ledger.path) else frozenset[str]()
    if ledger.path and found == lay:
        lay_out(ledger)
        return Taken(Copied(), found, None)
    copied = take_in(ledger)
    return Taken(copied, found, office_opening(ledger) if copied.taken else None)
