"""What a value becomes in a cell: texts that are never taken for a formula, days and times as numbers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pos.sheets import guarded

_LINES = str.maketrans(dict.fromkeys((*range(32), 127, 0xFFFE, 0xFFFF), " "))  # no XML holds them
MAX_TEXT = 10_000  # of Excel's 32,767; no name of ours is longer than 200
DAY_0 = date(1899, 12, 30).toordinal()  # Excel's day 0, for every day after February 1900


@lru_cache(maxsize=10_000)
def safe_text(text: str) -> str:
    """The text on one line, with a `'` before it when a spreadsheet would take it for a formula.

    Also before what XlsxWriter would take for markup of its own.
    """
    flat = guarded(text[:MAX_TEXT]).translate(_LINES)
    return f"'{flat}" if flat.startswith("<r>") else flat


@lru_cache(maxsize=1_000)
def day_number(day: str) -> int:
    """`2023-04-14` as the number that Excel shows as a date."""
    return date.fromisoformat(day).toordinal() - DAY_0


def time_number(time: str) -> float:
    """`14:07:00` as the part of a day that Excel shows as a time."""
    hours, minutes, seconds = time.split(":")
    return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) / 86_400
