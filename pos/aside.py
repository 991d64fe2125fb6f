"""Work in a process of its own, behind everything else that runs: the till keeps its speed.

Python runs on one core at a time in a process, and whoever reads a ledger whole would make each tap wait.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event
from typing import Any, TypeVar

from pos.bugs import write_down
from pos.errors import Damaged, DiskFails, Refused, UserError, WorldFailed, WrongPassphrase
from pos.text import _, language, use_language

T = TypeVar("T")
_NICE = 15  # of 19
_IDLE = 0x40  # IDLE_PRIORITY_CLASS, processthreadsapi.h


class Aside:
    """One piece of work at a time; `stop` may come from another thread and ends it at once."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._stopped = Event()

    def run(self, work: Callable[..., T], *args: object) -> T:
        """What `work(*args)` answers; both, and the answer, go from process to process.

        Raises the UserError that it raised, WorldFailed when the process ended before it answered.
        """
        if self._stopped.is_set():
            raise _ended()
        context = get_context("spawn")
        coming, going = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(going, language(), work, args), daemon=True)
        self._process.start()
        going.close()
        if self._stopped.is_set():  # meanwhile: there was no process yet to end
            self._process.terminate()
        try:
            answer, fault = coming.recv()
        except (EOFError, OSError) as error:
            raise _ended() from error
        finally:
            coming.close()
            self._process.terminate()
            self._process.join()
        if fault:
            raise _raised(*fault)
        done: T = answer
        return done

    def stop(self) -> None:
        """End what runs, and begin nothing more."""
        self._stopped.set()
        if self._process and self._process.pid is not None:
            self._process.terminate()


def _work(going: Connection, speaking: str, work: Callable[..., Any], args: tuple[object, ...]) -> None:
    """In the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the program ends this one too
    use_language(speaking)
    _stand_back()
    try:
        going.send((work(*args), None))
    except UserError as error:
        going.send((None, (type(error).__name__, error.message, error.hint)))
    except Exception as error:
        write_down(error)  # nobody else gets to see it
        raise


def _stand_back() -> None:
    """Let everybody else go first."""
    with suppress(OSError):
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.WinDLL("kernel32")
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _IDLE)
        else:
            os.nice(_NICE)


def _raised(kind: str, message: str, hint: str) -> UserError:
    """The same fault here; of a kind that is not told apart, the one that it is a kind of."""
    kinds = {one.__name__: one for one in (Refused, WorldFailed, Damaged, DiskFails, WrongPassphrase)}
    return kinds.get(kind, WorldFailed)(message, hint)


def _ended() -> WorldFailed:
    return WorldFailed(_("The work was stopped before it was done."), _("Nothing is lost. Try again."))
