"""Handing over beside the till: by hand with steps to look at, or quietly at intervals and at closing.

One runs at a time, on a thread of its own. What a quiet one meets is told by nothing but the status bar.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from pos.clock import Clock
from pos.errors import UserError
from pos.practice import is_training
from ui import work

if TYPE_CHECKING:  # the till is on the screen before the ledger's modules
    from pos.course import Course, View
    from pos.handed import Handed, Known, Waiting
    from pos.ledger import Ledger
    from pos.model import Device
    from pos.opening import Opening
    from pos.submit import Submitted

SCREEN = 5  # the place of the page in the menu
FIRST_MS = 60_000  # after the start the office's cards are looked for
LATE = timedelta(hours=4)  # DESIGN.md chapter 5: from then on the dot is orange


class Booth(Protocol):
    """What of App is needed here; App holds a Syncing, so this file cannot import it."""

    posted: SignalInstance
    setting_changed: SignalInstance
    badge_changed: SignalInstance
    failed: SignalInstance
    device: Device

    @property
    def ledger(self) -> Ledger:
        """The open ledger."""

    @property
    def clock(self) -> Clock:
        """What shows the time."""

    def setting(self, key: str) -> str:
        """What is set."""

    def switched_on(self, key: str) -> bool:
        """Whether a switch is on."""

    def renew(self, opening: Opening) -> None:
        """Go on with what the ledger says now."""


class State(NamedTuple):
    """What the ledger says: what waits, the last hand-over to the target and to any other, its booths."""

    waiting: Waiting
    here: Handed | None
    other: Handed | None
    booths: tuple[Known, ...]


class Syncing(QObject):
    """The hand-overs of a booth, for as long as the program runs.

    `changed` tells that something else waits or that one goes on, `ended` carries the Submitted of one that
    is done, `refused` the UserError of one by hand.
    """

    changed = Signal()
    ended = Signal(object)
    refused = Signal(object)
    _moved = Signal()

    def __init__(self, app: Booth, parent: QObject) -> None:
        super().__init__(parent)
        self.app = app
        self.state: State | None = None
        self.course: Course | None = None  # of the one that runs
        self.by_hand = False
        self.where = ""  # where the running one, or the last one, goes
        self.trouble: UserError | None = None  # why the last one failed; None when it did not
        self._reading = self._again = self._stopped = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.run_quietly)
        self._moved.connect(self.changed)
        app.posted.connect(self._news)
        app.setting_changed.connect(self._follow)

    @property
    def target(self) -> str:
        """Where documents are handed over; empty until it is chosen."""
        return self.app.setting("target")

    @property
    def view(self) -> View | None:
        """How far the running one is; None when none runs."""
        return self.course.look() if self.course else None

    @property
    def is_late(self) -> bool:
        """Whether something has waited for long."""
        since = self.state.waiting.since if self.state else None
        return since is not None and self.app.clock.now() - since > LATE

    def begin(self) -> None:
        """The ledger is open and somebody works with it: hand over by itself from now on."""
        self._stopped = False
        self._set_timer()
        QTimer.singleShot(FIRST_MS, self, self.run_quietly)

    def stop(self) -> None:
        """The program ends, or other books are opened."""
        self._stopped = True
        self._timer.stop()
        if self.course:
            self.course.give_up()

    def read(self) -> None:
        """Ask the ledger in the background what waits; asked meanwhile, it asks once more.

        Of training nothing ever waits, nor at the office: booths fetch there what it puts down.
        """
        if is_training(self.app.device) or self.app.device.role == "office":
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        ledger, target = self.app.ledger, self.target
        work.run(lambda: _state(ledger, target), done=self._show, failed=self._cannot_read)

    def run(self, where: str, *, by_hand: bool = True) -> bool:
        """Hand over to `where`; False while another one goes on."""
        if self.course is not None or self._stopped:
            return False
        from pos.course import Course

        course = self.course = Course(self._moved.emit, self.app.clock)
        self.by_hand, self.where = by_hand, where
        ledger = self.app.ledger

        def submit() -> Submitted:
            from pos.submit import submit

            return submit(ledger, where, course, thorough=by_hand)

        work.run(submit, done=self._done, failed=self._failed, lane="sync")
        self.changed.emit()
        return True

    def run_quietly(self) -> None:
        """Hand over to the target, where one is chosen; what goes wrong is told by the status bar alone."""
        if self.target:
            self.run(self.target, by_hand=False)

    def watch(self) -> None:
        """The running one is looked at from now on, as if it had been begun by hand."""
        self.by_hand = True
        self.changed.emit()

    def _done(self, done: Submitted) -> None:
        self.course, self.trouble = None, None
        self.read()
        if done.received:
            ledger = self.app.ledger
            work.run(lambda: _opening(ledger), done=self.app.renew, failed=self.app.failed.emit)
        self.ended.emit(done)
        self.changed.emit()

    def _failed(self, error: UserError) -> None:
        from pos.course import GivenUp

        self.course = None
        self.trouble = None if isinstance(error, GivenUp) else error
        self.read()
        if self.by_hand:
            self.refused.emit(error)
        self.changed.emit()

    def _show(self, state: State) -> None:
        self.state = state
        self._told()
        self.app.badge_changed.emit(SCREEN, state.waiting.documents)
        self.changed.emit()

    def _cannot_read(self, _error: UserError) -> None:
        """Whoever works with the ledger is told; here nothing is shown that may be wrong."""
        self._told()

    def _told(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.read()

    def _news(self, made: object) -> None:
        """Something was put down; a closing is handed over at once."""
        from pos.closing import Closing

        self.read()
        if isinstance(made, Closing) and self.app.switched_on("sync_closing"):
            self.run_quietly()

    def _follow(self, key: str) -> None:
        if key == "sync_minutes":
            self._set_timer()
        elif key == "target":
            self.trouble = None
            self.read()

    def _set_timer(self) -> None:
        minutes = int(self.app.setting("sync_minutes"))
        if minutes and not self._stopped:
            self._timer.start(minutes * 60_000)
        else:
            self._timer.stop()


def _state(ledger: Ledger, target: str) -> State:
    from pos.handed import all_handed, handed, known_booths, waiting

    done = all_handed(ledger)
    here = handed(ledger, target) if target else next(iter(done), None)
    shown = here.target if here else target
    other = next((one for one in done if one.target != shown), None)
    return State(waiting(ledger), here, other, known_booths(ledger, shown) if shown else ())


def _opening(ledger: Ledger) -> Opening:
    from pos.today import opening_of

    return opening_of(ledger)
