"""JSON that may be anything: what the program put down itself, after a failing disk or a curious hand, and
what came from elsewhere and is not checked yet.

Whoever reads it catches ValueError and TypeError, and goes on as if there were nothing.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

# How nouns write their fields' types; any other is left to whoever made it.
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "Rupiah": (int,),
    "Rupiah | None": (int, type(None)),
}


def parsed(text: str | bytes) -> Any:
    """What the JSON says. Raises ValueError for what is none, or is nested without end."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested without end") from error


def check_fields(noun: Any) -> None:
    """Raise TypeError where a frozen noun, or one inside it, holds what its fields do not say."""
    for field in fields(noun):
        value = getattr(noun, field.name)
        if type(value) not in _TYPES.get(str(field.type), (type(value),)):
            raise TypeError(field.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if is_dataclass(inner):
                check_fields(inner)
