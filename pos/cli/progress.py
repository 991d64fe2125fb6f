"""How far long work is: a bar on a terminal, otherwise a line every few seconds; always on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pos.clock import Clock
from pos.money import plain
from pos.text import _

EVERY_MS = 3_000

Progress = Callable[[int, int], None]  # done, in all


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """While the block runs, what is called with (done, in all) shows it beside `label`."""
    if sys.stderr.isatty():
        with _bar(label) as tell:
            yield tell
    else:
        yield _lines(label)


def _lines(label: str) -> Progress:
    clock = Clock()
    last_ms = clock.uptime_ms()

    def tell(done: int, total: int) -> None:
        nonlocal last_ms
        if clock.uptime_ms() - last_ms >= EVERY_MS:
            last_ms = clock.uptime_ms()
            line = _("{label}: {done} of {total}").format(label=label, done=plain(done), total=plain(total))
            print(line, file=sys.stderr, flush=True)

    return tell


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
