"""What happens to a bug: it is written down, told in friendly words, and nothing that was sold is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from pos.errors import UserError
from pos.paths import home

LOG = "lapak.log"  # in home()
LOG_BYTES, LOGS_KEPT = 1_000_000, 3


def catch_bugs(tell: Callable[[str, Path], None]) -> None:
    """From now on an uncaught exception goes to the log and to `tell`: what happened, where it is written."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        log = write_down(error)
        tell(str(error) if isinstance(error, UserError) else kind.__name__, log)

    sys.excepthook = report


def write_down(error: BaseException) -> Path:
    """Add an exception with its trace to the log, and return where that is; old ones make room."""
    import logging  # only a bug needs it
    from logging.handlers import RotatingFileHandler

    path = home() / LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.Logger("lapak")  # noqa: LOG001 - one of its own, so that no library's settings reach it
    logger.addHandler(handler)
    logger.error("uncaught", exc_info=error)
    handler.close()
    return path
