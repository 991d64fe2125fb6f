"""Working ahead: the next item is made on another thread while the one before is on its way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Hands out items one by one, each made beside whatever the caller does after `begin`.

    Only one thread runs Python at a time: it pays where the caller waits for something outside of Python.
    What the making raises is raised by `take`; behind the block the other thread is gone, whatever happened.
    """

    def __init__(self, items: Iterator[T]) -> None:
        self._items = items
        self._aside = ThreadPoolExecutor(max_workers=1)
        self._coming: Future[T | None] | None = None

    def __enter__(self) -> Ahead[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._aside.shutdown()

    def begin(self) -> None:
        """Start to make the next item, unless that was begun already."""
        if self._coming is None:
            self._coming = self._aside.submit(next, self._items, None)

    def take(self) -> T | None:
        """The next item, or None behind the last one."""
        if self._coming is None:
            return next(self._items, None)
        coming, self._coming = self._coming, None
        return coming.result()
