"""What a benchmark reports, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: ours and the floor in ms, or another `unit`, and how many times the floor is allowed.

    Without a limit it only informs.
    """

    name: str
    ours_ms: float
    floor_ms: float
    limit: float | None
    what: str
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the floor ours takes."""
        return self.ours_ms / self.floor_ms

    @property
    def ok(self) -> bool:
        """Within the limit."""
        return self.limit is None or self.ratio <= self.limit


def as_table(figures: Sequence[Figure]) -> str:
    """The figures as lines for a terminal."""
    lines = [f"{'':34} {'ours':>11} {'floor':>11} {'ratio':>7} {'limit':>7}"]
    for figure in figures:
        verdict = "" if figure.ok else "  above the limit"
        limit = "" if figure.limit is None else f"{figure.limit:6.2f}x"
        lines.append(
            f"{figure.name:34} {figure.ours_ms:8.2f} {figure.unit} {figure.floor_ms:8.2f} {figure.unit} "
            f"{figure.ratio:6.2f}x {limit:>7}{verdict}".rstrip()
        )
        lines.append(f"    {figure.what}")
    return "\n".join(lines)
