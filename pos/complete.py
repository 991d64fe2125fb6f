"""Up to when a ledger knows a laptop."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complete:
    """The newest document of a laptop that is here. What it made later may still come."""

    booth: str
    device: str
    seq: int
    at: str
