"""Working ahead: the same items in the same order, and no thread that outlives its block."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest

from pos.ahead import Ahead


def makers() -> Iterator[int]:
    """Numbers of the threads that make them."""
    while True:
        yield threading.get_ident()


@pytest.mark.parametrize("begun", [(), (0, 1, 2, 3), (1,)], ids=["never", "always", "once"])
def test_every_item_comes_once_and_in_order(begun: tuple[int, ...]) -> None:
    got = []
    with Ahead(iter([3, 1, 2])) as items:
        for n in count():
            if n in begun:
                items.begin()
            item = items.take()
            if item is None:
                break
            got.append(item)
    assert got == [3, 1, 2]


def test_what_was_begun_is_made_on_another_thread() -> None:
    with Ahead(makers()) as items:
        assert items.take() == threading.get_ident()
        items.begin()
        assert items.take() != threading.get_ident()


def test_what_the_making_raises_is_raised_where_the_item_is_taken() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OSError("unplugged")

    with Ahead(broken()) as items:
        assert items.take() == 1
        items.begin()
        with pytest.raises(OSError, match="unplugged"):
            items.take()


def test_no_thread_outlives_a_block_that_failed() -> None:
    before = threading.active_count()
    with suppress(KeyboardInterrupt), Ahead(makers()) as items:
        items.begin()
        raise KeyboardInterrupt
    assert threading.active_count() == before
