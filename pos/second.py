"""A second process for large work: Python runs on one core at a time in each.

It reads or makes, and writes nothing: where it fails or is ended, whoever asked it does the work himself.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import Table

from pos.columns import METADATA
from pos.derive import no_rows
from pos.derive.shapes import Row
from pos.journal import Checked
from pos.model import Document
from pos.text import language, use_language

Parcel = tuple[Any, ...]  # a checked batch as plain values, which travel at half the cost of pickled ones


@dataclass(frozen=True, slots=True)
class Pipes:
    """Two pipes between both processes, one for each direction, so that each may block without the other."""

    coming: Connection
    going: Connection

    def close(self) -> None:
        """Let go of both ends."""
        self.coming.close()
        self.going.close()


@contextmanager
def second_process(work: Callable[..., None], *args: object) -> Iterator[Pipes | None]:
    """Another process that runs `work(pipes, *args)`, gone behind the block; None where there is one core."""
    if (os.cpu_count() or 1) < 2:
        yield None
        return
    context = get_context("spawn")
    (from_it, its_going), (its_coming, to_it) = context.Pipe(duplex=False), context.Pipe(duplex=False)
    theirs = Pipes(its_coming, its_going)
    worker = context.Process(target=_run, args=(work, theirs, language(), *args), daemon=True)
    worker.start()
    theirs.close()
    ours = Pipes(from_it, to_it)
    try:
        yield ours
    finally:
        worker.terminate()
        worker.join()
        ours.close()


def _run(work: Callable[..., None], pipes: Pipes, speaking: str, *args: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the work ends this one too
    use_language(speaking)
    work(pipes, *args)


def packed(checked: Checked) -> Parcel:
    """A batch as plain values."""
    rows, sums = (
        {str(table.name): list(made) for table, made in tables.items() if made}
        for tables in (checked.rows, checked.sums)
    )
    return (checked.known, list(map(tuple, checked.docs)), rows, sums)


def unpacked(device: str, parcel: Parcel) -> Checked:
    """The batch of the chain of `device` that was `packed`."""
    known, docs, rows, sums = parcel
    made = no_rows() | _by_table(rows)
    return Checked(device, known, list(map(Document._make, docs)), made, _by_table(sums))


def _by_table(rows: Mapping[str, list[Row]]) -> dict[Table, list[Row]]:
    return {METADATA.tables[name]: made for name, made in rows.items()}
