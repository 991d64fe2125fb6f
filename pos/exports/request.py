"""What is to be written, and to whom progress is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pos.reports import Period
from pos.reports.scope import Row

Progress = Callable[[int, int], None]  # rows done, rows in all
TELL_EVERY = 5_000  # rows


@dataclass(frozen=True, slots=True)
class Request:
    """An export as asked for; `table` and `csv_form` may be empty where the kind of file has a default."""

    period: Period
    table: str = ""
    csv_form: str = ""
    progress: Progress | None = None

    def watched(self, rows: Iterable[Row], total: int, done: int = 0) -> Iterator[Row]:
        """The same rows, telling now and then how many of `total` are through; `done` were before these."""
        for count, row in enumerate(rows, done + 1):
            yield row
            if self.progress and (count % TELL_EVERY == 0 or count == total):
                self.progress(count, total)
