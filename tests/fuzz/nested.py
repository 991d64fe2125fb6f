"""A lock that opens one letter at a time, for the engine's own test: each has its line."""

from __future__ import annotations


def opened(data: bytes) -> int:
    """0; or a division by it behind the right letters."""
    closed = 0
    if data[:1] != b"U":
        return closed
    if data[1:2] != b"P":
        return closed
    if data[2:3] != b"T":
        return closed
    if len(data) < 4:
        return closed
    return 1 // closed
