"""The one form of long work: a function runs on one background thread, its answer comes back to this one."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, TypeVar, get_args

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThread, QThreadPool, Signal, Slot
from shiboken6 import isValid

from pos.errors import UserError

T = TypeVar("T")
Lane: TypeAlias = Literal["books", "pictures", "printer", "reports", "sync", "backup"]


def run(
    fn: Callable[[], T],
    *,
    done: Callable[[T], object] | None = None,
    failed: Callable[[UserError], object] | None = None,
    lane: Lane = "books",
) -> None:
    """Run `fn` in the background, then on the main thread `done` with its answer or `failed` with the fault.

    Neither is called when it is a method of a widget that is gone by then.

    Anything but a UserError that it raises is a bug and goes to `sys.excepthook`.

    One thread serves each lane, so two pieces of database work never run at once and keep their order, and
    no sale waits for a picture, a printer, a report that is being read, or for what is handed over.
    """
    pool = _pool(lane)
    pool.start(_Task(fn, _Courier(pool, done, failed)))


def finish() -> None:
    """Wait until everything that was begun is done and told; for the end of the program."""
    pools = [_pool(lane) for lane in get_args(Lane)]
    while any(courier.waits for pool in pools for courier in pool.findChildren(_Courier)):
        for pool in pools:
            pool.waitForDone()
        QCoreApplication.sendPostedEvents()  # whoever is told may begin more


@functools.cache
def _pool(lane: Lane) -> QThreadPool:
    pool = QThreadPool(QCoreApplication.instance())
    pool.setMaxThreadCount(1)
    if lane == "pictures":
        pool.setThreadPriority(QThread.Priority.LowPriority)
    return pool


class _Courier(QObject):
    """Lives on the main thread and takes one answer there."""

    answered = Signal(object, object)

    def __init__(
        self,
        parent: QObject,
        done: Callable[[Any], object] | None,
        failed: Callable[[UserError], object] | None,
    ) -> None:
        super().__init__(parent)
        self.waits = True
        self._done = done
        self._failed = failed
        self.answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _deliver(self, answer: object, error: BaseException | None) -> None:
        self.waits = False
        self.deleteLater()
        if error is None:
            if self._done and not _gone(self._done):
                self._done(answer)
        elif isinstance(error, UserError) and self._failed:
            if not _gone(self._failed):
                self._failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


def _gone(tell: Callable[..., object]) -> bool:
    """The method's object was closed while the work went on; a `partial` of the method is one too."""
    owner = getattr(getattr(tell, "func", tell), "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class _Task(QRunnable):
    def __init__(self, fn: Callable[[], object], courier: _Courier) -> None:
        super().__init__()
        self._fn = fn
        self._courier = courier

    def run(self) -> None:
        """On the background thread."""
        try:
            answer = self._fn()
        except Exception as error:  # noqa: BLE001 - whatever it is, the main thread must hear of it
            self._courier.answered.emit(None, error)
        else:
            self._courier.answered.emit(answer, None)
