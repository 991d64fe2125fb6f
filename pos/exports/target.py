"""The file that a workbook is written to: once it fails, that is told once, and nothing more is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path


class Target:
    """As much of a file as the archive writer of the standard library asks for.

    That one ends its archive when it is thrown away, too. To a stick that is full or gone this fails once
    more, where nobody can be told: Python prints it to the console. So what comes behind a fault is dropped.
    """

    def __init__(self, file: BufferedWriter) -> None:
        self._file = file
        self._at = 0  # also where nothing is written any more
        self._failed = False

    def write(self, data: bytes) -> int:
        """As a file does."""
        self._at += len(data)
        self._try(lambda: self._file.write(data))
        return len(data)

    def seek(self, place: int) -> int:
        """From its beginning."""
        self._at = place
        self._try(lambda: self._file.seek(place))
        return place

    def tell(self) -> int:
        """As a file does."""
        return self._at

    def flush(self) -> None:
        """As a file does."""
        self._try(self._file.flush)

    def close(self) -> None:
        """Whoever opened it closes it."""

    def _try(self, do: Callable[[], object]) -> None:
        if self._failed or self._file.closed:
            return
        try:
            do()
        except OSError:
            self._failed = True
            raise


@contextmanager
def target(path: Path) -> Iterator[Target]:
    """The file at `path`, from its beginning. Raises OSError as the disk does, also where it ends."""
    file = path.open("wb")
    try:
        yield Target(file)
        file.close()
    finally:
        with suppress(OSError):
            file.close()
