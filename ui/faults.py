"""What happens to a bug, in whatever thread: it is written down and told, and the till goes on."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from pos.errors import UserError


class Faults(QObject):
    """Hears of every exception that nobody expected; `met` tells it on the thread of this object.

    What it writes down with is imported by the first fault, not before the first paint.
    """

    met = Signal(object)  # a Bug of pos/bugs.py
    told = Signal(UserError)  # one that only nobody waited for

    def catch(self) -> None:
        """From now on, in every thread, until `release`."""
        self._former = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._caught
        threading.excepthook = lambda gone: self._in_thread(gone.exc_value)
        sys.unraisablehook = lambda gone: self._nowhere(gone.exc_value)

    def hear_qt(self) -> None:
        """Qt's own warnings go to the log. Not before the first paint: it costs."""
        qInstallMessageHandler(_qt_said)

    def release(self) -> None:
        """No longer: Qt still warns when Python is gone, and nobody is there to be told."""
        qInstallMessageHandler(None)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._former

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, UserError):
            self.told.emit(error)
        else:
            from pos.bugs import write_down

            self.met.emit(write_down(error))

    def _in_thread(self, error: BaseException | None) -> None:
        if error is not None:
            self._caught(type(error), error, error.__traceback__)

    def _nowhere(self, error: BaseException | None) -> None:
        """In a place that cannot fail, such as when an object goes: nothing was left undone by it."""
        if isinstance(error, Exception):
            from pos.bugs import write_down

            write_down(error)


def _qt_said(kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
    if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        from pos.bugs import note

        note(f"Qt: {text}")
        if sys.stderr:  # none where Windows starts the program without a console
            sys.stderr.write(f"{text}\n")
