"""How a report's values are written on the screen: amounts, days, times, what is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

from pos.model import Column
from pos.money import plain, rupiah
from pos.text import short_date

UNKNOWN = "–"  # DESIGN.md chapter 10: what is not known is no 0
NUMBERS = {"int", "money", "percent"}


def written(value: Any, kind: str) -> str:
    """A value of a column of this kind as people read it."""
    if value is None:
        return UNKNOWN
    if kind == "money":
        return rupiah(int(value))
    if kind == "int":
        return plain(int(value))
    if kind == "percent":
        return f"{value}%"
    if kind == "date" and value:
        return short_date(date.fromisoformat(str(value)))
    return str(value)


def spoken(columns: tuple[Column, ...], row: tuple[Any, ...]) -> str:
    """A whole row for those who hear it read."""
    cells = zip(columns, row, strict=False)
    said = (f"{column.title} {written(value, column.kind)}" for column, value in cells)
    return ", ".join(said)
