"""Copies beside the till: at the start, every few minutes and after closing, in a process of their own.

What goes wrong is told by one sentence once, and by the status bar for as long as it is so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from pos.backup_notes import Notes, Wanted, late_since, read_notes
from pos.clock import Clock
from pos.disk_pace import SLOW_MS
from pos.errors import Damaged, DiskFails, UserError, WorldFailed
from pos.model import Device
from pos.text import _, clock_time
from ui import work

if TYPE_CHECKING:  # the till is on the screen before the ledger's modules
    from pathlib import Path

    from pos.aside import Aside
    from pos.ledger import Ledger
    from pos.restore import Tried

T = TypeVar("T")

FIRST_MS = 20_000  # after the start: nobody waits for anything by then
SOON_MS = 1_000
SLOW_ROUNDS = 2  # one after the other: a virus scanner, too, is slow once


class DiskTrouble(WorldFailed):
    """The ledger, or the disk that it lies on, cannot be read everywhere."""


class Booth(Protocol):
    """What of App is needed here; App holds a Backups, so this file cannot import it."""

    device: Device
    posted: SignalInstance
    setting_changed: SignalInstance
    failed: SignalInstance

    @property
    def ledger(self) -> Ledger:
        """The open ledger."""

    @property
    def clock(self) -> Clock:
        """What shows the time."""

    def setting(self, key: str) -> str:
        """What is set."""


class Backups(QObject):
    """The copies of a booth, for as long as the program runs.

    `changed` tells that something is known anew, `tried` carries the Tried of a trial, `refused` the
    UserError of what was begun by hand.
    """

    changed = Signal()
    tried = Signal(object)
    refused = Signal(object)

    def __init__(self, app: Booth, parent: QObject) -> None:
        super().__init__(parent)
        self.app = app
        self.notes = Notes()
        self.doing = ""  # what runs: "copy", "trial"; empty: nothing
        self.trouble: UserError | None = None  # with the ledger's own disk
        self._aside: Aside | None = None
        self._by_hand = False
        self._new = True  # something is not in every copy yet, as far as is known
        self._slow = 0  # rounds in which the disk was slow, one after the other
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._due)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.run)
        app.posted.connect(self._news)
        app.setting_changed.connect(self._follow)

    @property
    def wanted(self) -> Wanted:
        """Where copies go."""
        return Wanted(*(self.app.setting(f"backup_{name}") for name in ("folder", "stick", "lock")))

    @property
    def late(self) -> datetime | None:
        """Since when copies have not worked, where that is too long."""
        minutes = int(self.app.setting("backup_minutes"))
        return late_since(self.notes, self.wanted.places, self.app.clock.now(), minutes)

    def begin(self) -> None:
        """The ledger is open: keep copies from now on. Sample data are nobody's books."""
        self._stopped = False
        self.notes = read_notes()
        self.changed.emit()
        if not self.app.device.sample:
            self._set_timer()
            self._look()
            QTimer.singleShot(FIRST_MS, self, self._due)

    def stop(self) -> None:
        """The program ends, or other books are opened; a copy that is being made is none."""
        self._stopped = True
        self._timer.stop()
        self._soon.stop()
        if self._aside:
            self._aside.stop()

    def run(self, *, by_hand: bool = False) -> bool:
        """Bring all copies up to date; False while something else runs."""
        path, wanted, now = self.app.ledger.path, self.wanted, self.app.clock.now()
        if path is None:
            return False
        begun = self._begin(
            "copy", lambda aside: _round(aside, path, wanted, now), self._kept, by_hand=by_hand
        )
        if begun:
            self._new = False  # what comes from now on may not be in it
        return begun

    def try_newest(self, passphrase: str = "") -> bool:
        """Restore the newest copy for trial; False while something else runs."""
        from pos.backup_round import try_newest

        wanted, now = self.wanted, self.app.clock.now()
        return self._begin(
            "trial", lambda aside: aside.run(try_newest, wanted, passphrase, now), self._tried, by_hand=True
        )

    def _begin(
        self, doing: str, do: Callable[[Aside], T], done: Callable[[T], object], *, by_hand: bool
    ) -> bool:
        if self.doing or self._stopped:
            return False
        from pos.aside import Aside

        aside = Aside()
        self.doing, self._by_hand, self._aside = doing, by_hand, aside
        self.changed.emit()
        work.run(lambda: do(aside), done=done, failed=self._failed, lane="backup")
        return True

    def _look(self) -> None:
        """At the newest documents at once: the first round, which reads all of them, comes later."""
        ledger, device, wanted = self.app.ledger, self.app.device.code, self.wanted
        if ledger.path is not None:
            work.run(lambda: _look_at_tail(ledger, device, wanted), failed=self._looked, lane="backup")

    def _looked(self, error: UserError) -> None:
        """Whatever else it is, the first round meets it again."""
        if isinstance(error, DiskTrouble) and not self._stopped:
            self._tell_trouble(error)
            self.changed.emit()

    def _due(self) -> None:
        """Nothing new, and nothing that failed, needs no process."""
        if self._new or self.trouble or any(place.error for place in self.notes.places.values()):
            self.run()

    def _kept(self, notes: Notes) -> None:
        self.doing, self.notes = "", notes
        self._slow = self._slow + 1 if notes.pace >= SLOW_MS else 0
        if self._slow >= SLOW_ROUNDS:
            self._tell_trouble(
                WorldFailed(
                    _("The disk of this laptop has become very slow."),
                    _("It may be failing. Make a copy on a stick now, and let an officer know."),
                )
            )
        else:
            self.trouble = None
        self.changed.emit()

    def _tried(self, tried: Tried) -> None:
        self.doing, self.notes = "", read_notes()
        self.changed.emit()
        self.tried.emit(tried)

    def _failed(self, error: UserError) -> None:
        """Of a trial only the copy is wrong; of a copy it is the ledger, or the disk that it lies on."""
        doing, self.doing = self.doing, ""
        self.notes = read_notes()
        if self._stopped:
            return
        if doing == "copy":
            self._new = True
            if isinstance(error, DiskTrouble):
                self._tell_trouble(error)
        if self._by_hand:
            self.refused.emit(error)
        self.changed.emit()

    def _tell_trouble(self, trouble: UserError) -> None:
        """Once in words; from then on the status bar has it."""
        former, self.trouble = self.trouble, trouble
        if former is None or former.message != trouble.message:
            self.app.failed.emit(trouble)

    def _news(self, made: object) -> None:
        from pos.closing import Closing
        from pos.preorder import Order

        self._new = True
        now = isinstance(made, Closing) or (isinstance(made, Order) and made.erased)  # copies forget, too
        if now and not self.app.device.sample and not self._stopped:
            self._soon.start()

    def _follow(self, key: str) -> None:
        if key == "backup_minutes":
            self._set_timer()
        elif key.startswith("backup_"):
            self._new = True
            self.changed.emit()

    def _set_timer(self) -> None:
        minutes = int(self.app.setting("backup_minutes"))
        if minutes and not self._stopped and not self.app.device.sample:
            self._timer.start(minutes * 60_000)
        else:
            self._timer.stop()


def _round(aside: Aside, ledger: Path, wanted: Wanted, now: datetime) -> Notes:
    """A round of copies, on the background thread. Raises DiskTrouble where the ledger is not whole, as
    `keep_round` otherwise.
    """
    from pos.backup_round import keep_round

    try:
        return aside.run(keep_round, ledger, wanted, now)
    except (Damaged, DiskFails) as error:
        raise _unreadable(wanted) from error


def _look_at_tail(ledger: Ledger, device: str, wanted: Wanted) -> None:
    """On the background thread: raises DiskTrouble where the newest documents are not what they were."""
    from pos.verify import tail_fault

    try:
        fault = tail_fault(ledger, device)
    except (Damaged, DiskFails) as error:
        raise _unreadable(wanted) from error
    if fault is not None:
        raise _unreadable(wanted) from fault


def _unreadable(wanted: Wanted) -> DiskTrouble:
    """Asks disks and sticks, of which one fails just now: only where nobody waits."""
    from pos.backup_round import newest_copy

    newest = newest_copy(wanted)
    whole = _("The copy of {time} is whole: restore it, or go on with it on another laptop.")
    none = _("Close the shift on paper, and let an officer look at it.")
    hint = whole.format(time=clock_time(newest.at)) if newest else none
    return DiskTrouble(_("The books on this laptop cannot be read everywhere any more."), hint)
