"""The answers as they are typed: kept in the background, and looked at when the hand rests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from pos.errors import UserError
from ui import work

if TYPE_CHECKING:
    from pos.setup import Setup
    from pos.setup_checks import Findings

REST_MS = 300  # after the last key


class Answers(QObject):
    """`changed` tells every change, `looked` what is to be said of the newest ones, `failed` a full disk."""

    changed = Signal()
    looked = Signal(object)
    failed = Signal(UserError)

    def __init__(self, parent: QObject, folder: Path | None = None) -> None:
        """`folder` is where they are kept, home() if None."""
        super().__init__(parent)
        from pos.setup import read_setup

        self.folder = folder
        self.setup: Setup = read_setup(folder)
        self.findings: Findings | None = None  # of the present answers; None while they are looked at
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)

    def change(self, **answers: Any) -> None:
        """Take over answers, by the fields of `Setup`."""
        self.put(replace(self.setup, **answers))

    def put(self, setup: Setup) -> None:
        """Take over all answers."""
        if setup != self.setup:
            self.setup, self.findings = setup, None
            self.changed.emit()
            self._rest.start()

    def look(self) -> None:
        """Keep and look now."""
        self._rest.stop()
        self._look()

    def try_put(self, make: Callable[[Setup], Setup], failed: Callable[[UserError], object]) -> None:
        """Take over what `make` makes of the answers, in the background: it reads files."""
        setup = self.setup
        work.run(lambda: make(setup), done=self.put, failed=failed)

    def _look(self) -> None:
        from pos.setup import keep_setup
        from pos.setup_checks import look_at

        setup, folder = self.setup, self.folder
        work.run(lambda: keep_setup(setup, folder), failed=self.failed.emit)
        work.run(lambda: look_at(setup), done=self._take)

    def _take(self, findings: Findings) -> None:
        if findings.setup == self.setup:  # else others come
            self.findings = findings
            self.looked.emit(findings)
