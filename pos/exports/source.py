"""One table on its way to a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pos.model import Column
from pos.reports.scope import Row


@dataclass(frozen=True, slots=True)
class Source:
    """One table to be written: how many rows it has, and the rows, read while they are written, once.

    `totals` are the sums of its columns; `adds` names those that nobody has added up before.
    """

    title: str
    columns: tuple[Column, ...]
    count: int
    rows: Iterator[Row]
    totals: Mapping[str, int] = field(default_factory=dict)
    adds: tuple[str, ...] = ()
