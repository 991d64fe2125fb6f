"""Printing beside the till: papers are put into the queue at once, and one worker sends them on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from pos.model import By, Shift, Staff
from ui import work

if TYPE_CHECKING:  # the queue is asked for when the ledger is open
    from pos.ledger import Ledger
    from pos.papers import PaperRef
    from pos.printers import Printer
    from pos.printing import Job, Tally


class Booth(Protocol):
    """What of App is needed here; App holds a Printing, so this file cannot import it."""

    failed: SignalInstance
    setting_changed: SignalInstance
    shift: Shift | None

    @property
    def ledger(self) -> Ledger:
        """The open ledger."""

    @property
    def cashier(self) -> Staff:
        """Who is at the till."""

    def setting(self, key: str) -> str:
        """What is set."""


class Printing(QObject):
    """The booth's printer and its queue, for as long as the program runs.

    `changed` tells that another number of papers has not come out, or that there is another printer; `ended`
    carries each Job that was printed or failed.
    """

    changed = Signal()
    ended = Signal(object)

    def __init__(self, app: Booth, parent: QObject) -> None:
        super().__init__(parent)
        self.app = app
        self.unprinted = 0  # papers that did not come out
        app.setting_changed.connect(self._follow)

    @property
    def printer(self) -> Printer:
        """The printer that is set."""
        from pos.printers import printer_of

        return printer_of(self.app.setting("printer"))

    @property
    def ready(self) -> bool:
        """Whether there is a printer at all."""
        return bool(self.app.setting("printer")) and self.printer.kind != "none"

    @property
    def by(self) -> By:
        """Who prints now."""
        return By(self.app.cashier, self.app.shift)

    def begin(self) -> None:
        """The ledger is open: go on with the queue of last time."""
        ledger = self.app.ledger
        work.run(lambda: _take_up(ledger), done=lambda _none: self.run(), failed=self.app.failed.emit)

    def print_paper(self, what: PaperRef) -> None:
        """Put a paper into the queue and print what waits; it is counted from here on."""
        ledger, by = self.app.ledger, self.by

        def put() -> Job:
            from pos.printing import enqueue

            return enqueue(ledger, what, by)

        work.run(put, done=lambda _job: self._go_on(), failed=self.app.failed.emit)

    def retry(self, *ids: str) -> None:
        """Try papers once more that failed; all of them when none is named."""
        self._change(lambda ledger: _retry(ledger, ids))

    def drop(self, job: str) -> None:
        """Give up a paper."""
        self._change(lambda ledger: _drop(ledger, job))

    def run(self) -> None:
        """Print what waits, in the background; without a printer only look how much there is."""
        ledger, printer = self.app.ledger, self.printer
        work.run(lambda: _run(ledger, printer), done=self._told, failed=self.app.failed.emit, lane="printer")

    def open_drawer(self, *, by_hand: bool = True) -> None:
        """Open the cash drawer, if there is one; by hand it is told when it did not open.

        Who opens it by hand has it noted: `pos.drawer.note_opened`.
        """
        printer = self.printer
        if not printer.drawer:
            return

        def open_it() -> None:
            from pos.printers.ways import send
            from pos.receipts.escpos import kick

            send(printer, kick(printer.drawer))

        failed = self.app.failed.emit if by_hand else _say_nothing
        work.run(open_it, failed=failed, lane="printer")

    def _change(self, verb: Callable[[Ledger], object]) -> None:
        ledger = self.app.ledger
        work.run(lambda: verb(ledger), done=lambda _none: self._go_on(), failed=self.app.failed.emit)

    def _go_on(self) -> None:
        self.changed.emit()
        self.run()

    def _told(self, answer: tuple[list[Job], Tally]) -> None:
        done, tally = answer
        self.unprinted = tally.failed + tally.waiting
        self.changed.emit()
        for job in done:
            self.ended.emit(job)

    def _follow(self, key: str) -> None:
        if key == "printer":
            self.changed.emit()
            self.run()


def _take_up(ledger: Ledger) -> None:
    from pos.printing import take_up

    take_up(ledger)


def _retry(ledger: Ledger, ids: tuple[str, ...]) -> None:
    from pos.printing import retry

    retry(ledger, *ids)


def _drop(ledger: Ledger, job: str) -> None:
    from pos.printing import drop

    drop(ledger, job)


def _run(ledger: Ledger, printer: Printer) -> tuple[list[Job], Tally]:
    from pos.printers.ways import send
    from pos.printing import run_queue, tally

    done = run_queue(ledger, printer, send) if printer.kind != "none" else []
    return done, tally(ledger)


def _say_nothing(_error: object) -> None:
    """The receipt that comes next says what is the matter."""
