"""Python's garbage is collected on the main thread only.

Otherwise whichever thread allocates may come to collect, and a widget that is freed on a background thread
ends the program. So the collector rests, and a timer of the main thread does its work by its own rules.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000


class Garbage(QObject):
    """Takes the collector over for as long as the program runs.

    What is alive when it is made stays: looking through it again would take time from the cashier.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(collect)
        self._timer.start()


def collect() -> None:
    """Collect what Python itself would by now. On the main thread."""
    due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if any(due):
        gc.collect(max(generation for generation, full in enumerate(due) if full))
