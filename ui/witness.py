"""What the machine remembers of the open ledger is kept up to date behind the sales (pos/machine.py)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from ui import work
from ui.app import App

AFTER_MS = 1_000  # behind what was posted last: one writing for a burst of papers


class Witness(QObject):
    """Notes in the background how far the chain has come, a moment after something was posted."""

    def __init__(self, app: App, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self._note)

    def begin(self) -> None:
        """From now on."""
        self._app.posted.connect(self._timer.start)

    def finish(self) -> None:
        """Note now what still waits."""
        if self._timer.isActive():
            self._timer.stop()
            self._note()

    def _note(self) -> None:
        from pos.identity import remember

        ledger = self._app.ledger
        work.run(lambda: remember(ledger))
