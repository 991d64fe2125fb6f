"""A window that does not answer: where it hangs is written into the log while it does."""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QObject, QTimer

from pos.bugs import note, places_of
from pos.clock import Clock

BEAT_MS = 500
LOOK_MS = 1_000
HANGS_MS = 5_000  # no work on the window's thread takes a hundredth of it
ASLEEP_MS = 4 * LOOK_MS  # between two looks: the machine was asleep, and the window with it


class Watchdog(QObject):
    """Beats on the window's thread and looks from another whether it still does."""

    def __init__(self, parent: QObject, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or Clock()
        self._window = threading.get_ident()
        self._beaten = self._clock.uptime_ms()
        self._ended = threading.Event()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        threading.Thread(target=self._look, daemon=True, name="watchdog").start()

    def end(self) -> None:
        """No longer."""
        self._timer.stop()
        self._ended.set()

    def _beat(self) -> None:
        self._beaten = self._clock.uptime_ms()

    def _look(self) -> None:
        hung, looked = 0, self._clock.uptime_ms()
        while not self._ended.wait(LOOK_MS / 1000):
            now, before = self._clock.uptime_ms(), looked
            looked = now
            if now - before > ASLEEP_MS:
                self._beaten = now
            silent = now - self._beaten
            if silent >= HANGS_MS and not hung:
                hung = self._beaten
                note(f"the window does not answer\n{self._where()}")
            elif hung and silent < HANGS_MS:
                note(f"the window answers again after {self._beaten - hung} ms")
                hung = 0

    def _where(self) -> str:
        """In which places every thread is, the window's first."""
        threads = sys._current_frames()  # noqa: SLF001 - documented, for purposes such as this
        lines = []
        for ident in sorted(threads, key=lambda one: one != self._window):
            lines += [f"thread {ident}", *(f"  {place}" for place in places_of(threads[ident]))]
        return "\n".join(lines)
