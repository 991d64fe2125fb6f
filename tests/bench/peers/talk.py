"""How a till that is measured is talked to: a line of JSON for each step, so that peers take turns.

Each till runs in a process of its own, by its own Python, and imports of ours nothing but this file. CPU
seconds are its own and those of its threads; what a server used is counted by whoever asks.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, Protocol


class Till(Protocol):
    """What each till can do."""

    def sell(self) -> str:
        """One sale of three lines, paid in cash, durable when this returns; its number."""

    def export(self, path: Path) -> int:
        """Write every line sold as CSV; how many."""

    def count(self) -> int:
        """How many sales are in its books."""


def serve(till: Till) -> None:
    """Answer until nobody asks: `sell` n sales, `export` to a path, `count`."""
    answer({"ready": till.count(), "cpu": time.process_time()})
    for line in sys.stdin:
        asked = json.loads(line)
        wall, cpu = time.perf_counter(), time.process_time()
        found: Any = None
        if asked["do"] == "sell":
            for _sale in range(asked["n"]):
                found = till.sell()
                if asked.get("tell"):
                    answer({"sold": found})
        elif asked["do"] == "export":
            found = till.export(Path(asked["path"]))
        else:
            found = till.count()
        spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
        answer({"done": found, **spent})


def answer(told: dict[str, Any]) -> None:
    """One line, at once."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
