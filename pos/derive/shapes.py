"""What the values in a body must be to make rows: numbers within bounds, days and moments in one spelling.

Each check gives back its value, or raises ValueError or TypeError.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from pos.errors import BadDocument
from pos.model import Fields, is_booth_code
from pos.text import _

Row = tuple[Any, ...]
Rows = Mapping[Table, list[Row]]

# More is a mistake or an attack; sums of numbers like these stay far below what a column holds.
MAX_COUNT = 1_000_000_000  # pieces or grams
MAX_REVISION = 1_000_000_000

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)


def within(value: int, least: int, most: int) -> int:
    """`value`, if it is a whole number from `least` to `most`."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def word(value: str) -> str:
    """`value`, if it is a text."""
    if type(value) is not str:
        raise TypeError(value)
    return value


def one_of(value: str, *allowed: str) -> str:
    """`value`, if it is one of these."""
    if value not in allowed:
        raise ValueError(value)
    return value


@lru_cache(maxsize=1024)
def booth(text: str) -> str:
    """`text`, if a booth may be called so: no barcode of a receipt holds other letters."""
    if not is_booth_code(text):
        raise ValueError(text)
    return text


@lru_cache(maxsize=1024)
def day(text: str) -> str:
    """`text`, if it is a day in our one spelling: `20230414` would be a second 14 April in the sums."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def moment(text: str) -> str:
    """`text`, if it is a moment with its zone in our one spelling."""
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    datetime.fromisoformat(text)
    return text


def place(fields: Fields) -> tuple[str, int]:
    """Device and seq of the document that `fields` names."""
    return word(fields["device"]), within(fields["seq"], 1, MAX_COUNT)


def unknown_shape(device: str, seq: int, kind: str) -> BadDocument:
    """What is raised for a body that is not of its kind."""
    return BadDocument(device, seq, _("a '{kind}' of this shape is not known.").format(kind=kind))


def not_adding_up(device: str, seq: int, line: int) -> BadDocument:
    """What is raised for a line (its place, from 0) whose numbers do not agree."""
    return BadDocument(device, seq, _("line {line} does not add up.").format(line=line + 1))
