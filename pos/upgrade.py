"""Old shapes of documents stay readable for ever: one step per kind and version, applied when reading.

A step takes the decoded body of version n and returns that of version n + 1. It uses none of today's code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pos.model import Fields

Step = Callable[[Fields], Fields]


def _stock_1(body: Fields) -> Fields:
    """0.2.0's slips were only ever deliveries, without a number or anybody's name."""
    slip = {"slip": body["reason"], "number": 0, "day": body["at"][:10], "cashier": "", "shift": None}
    return body | slip | {"institution": "", "partner": "", "letter": "", "reason": ""}


STEPS: Mapping[str, tuple[Step, ...]] = MappingProxyType({"stock": (_stock_1,)})


def newest(kind: str) -> int:
    """The version of `kind` that this program writes and derives rows from."""
    return len(STEPS.get(kind, ())) + 1


def current(kind: str, fields: Fields) -> Fields | None:
    """The body in today's shape, or None when a newer program wrote it (it is kept, and derived later)."""
    steps = STEPS.get(kind, ())
    version = fields["v"]
    if version == len(steps) + 1:
        return fields
    if not 1 <= version <= len(steps):
        return None
    for step in steps[version - 1 :]:
        fields = step(fields)
    return fields
