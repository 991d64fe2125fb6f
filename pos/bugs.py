"""Bugs: written down without anything that a person typed, known by a code that can be told by phone.

Only what the program is made of goes into the log: kinds of errors, places in the source, and the words of
errors that consist of names in the source. Values may be somebody's name, number or PIN (reliability.md 2).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from traceback import walk_stack, walk_tb
from types import FrameType

from pos.paths import home, resource

LOG = "lapak.log"  # in home()
LOG_BYTES, LOGS_KEPT = 1_000_000, 3
MOST_CAUSES = 10

# Their words are names in the source, or columns of a table.
_TOLD = (AttributeError, TypeError, NameError, ImportError, NotImplementedError, sqlite3.Error)
_PROGRAM = resource("").parent


@dataclass(frozen=True, slots=True)
class Bug:
    """What went wrong: the `kind` of error, and the `code` that the same bug always has."""

    code: str
    kind: str


def write_down(error: BaseException) -> Bug:
    """Put an error that nobody expected into the log. A disk that takes nothing changes nothing about it."""
    bug = Bug(code_of(error), type(error).__name__)
    note(f"{bug.code} {trace_of(error)}")
    return bug


def note(text: str) -> None:
    """Put a line or more into the log, with the time; old logs make room. Home is told as `~`."""
    import logging  # only trouble needs it
    from logging.handlers import RotatingFileHandler

    path = home() / LOG
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger = logging.Logger("lapak")  # noqa: LOG001 - one of its own, so that no library's settings reach it
        logger.addHandler(handler)
        logger.error("%s", text.replace(str(Path.home()), "~"))
        handler.close()


def code_of(error: BaseException) -> str:
    """Six characters: the same for the same kind of error in the same function, whatever the line."""
    kinds = [type(one).__name__ for one in _causes(error)]
    ours = [place for one in _causes(error) for place, _line, own in _places(one) if own]
    return sha256("|".join((*kinds, *ours[-1:])).encode()).hexdigest()[:6].upper()


def trace_of(error: BaseException) -> str:
    """Kinds, words where they are harmless, and places, the first cause first."""
    lines = []
    for one in reversed([*_causes(error)]):
        lines.append(f"{type(one).__name__} {_words(one)}".strip())
        lines += [f"  {place}:{line}" for place, line, _own in _places(one)]
    return "\n".join(lines)


def _causes(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    for _depth in range(MOST_CAUSES):
        if one is None:
            return
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _words(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno:
        return f"[{error.errno}] {error.strerror}"  # without the name of the file
    return str(error)[:300] if isinstance(error, _TOLD) else ""


def places_of(frame: FrameType) -> list[str]:
    """Where a thread is just now, from the outermost call to the innermost."""
    return [f"{_place(one)[0]}:{line}" for one, line in reversed([*walk_stack(frame)])]


def _places(error: BaseException) -> Iterator[tuple[str, int, bool]]:
    """File and function, line, and whether it is ours, from the outermost call to the innermost."""
    for frame, line in walk_tb(error.__traceback__):
        name, own = _place(frame)
        yield name, line, own


def _place(frame: FrameType) -> tuple[str, bool]:
    """File and function, below the program's folder or that of its package; and whether it is ours."""
    path = Path(frame.f_code.co_filename)
    own = path.is_relative_to(_PROGRAM) and "site-packages" not in path.parts
    name = path.relative_to(_PROGRAM).as_posix() if own else "/".join(path.parts[-2:])
    return f"{name} {frame.f_code.co_name}", own
