"""Runs the benchmarks: `python -m tests.bench [--quick] [--json FILE] [NAME ...]`, all without a name.

`python -m tests.bench peers ...` stands other tills beside ours; see tests/bench/peers.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from tests.bench import board, commit, exporting, nation, reports, selling, startup, syncing, till
from tests.bench.figures import Figure, as_table


class _Run(Protocol):
    def __call__(self, folder: Path, *, quick: bool) -> list[Figure]: ...


BENCHMARKS: Mapping[str, _Run] = MappingProxyType(
    {
        "commit": commit.run,
        "syncing": syncing.run,
        "nation": nation.run,
        "reports": reports.run,
        "board": board.run,
        "export": exporting.run,
        "startup": startup.run,
        "till": till.run,
        "selling": selling.run,
    }
)


def main() -> int:
    """Measure, print the table, and the figures as JSON behind it; 1 when a limit is exceeded."""
    if sys.argv[1:2] == ["peers"]:
        from tests.bench.peers.run import main as beside

        return beside(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    figures: list[Figure] = []
    for name in chosen.names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["LAPAK_HOME"] = folder
            figures += BENCHMARKS[name](Path(folder), quick=chosen.quick)
    print(as_table(figures))
    answer = [
        {"name": f.name, "ours_ms": f.ours_ms, "floor_ms": f.floor_ms, "ratio": f.ratio, "limit": f.limit}
        for f in figures
    ]
    text = json.dumps(answer, indent=1)
    if chosen.json:
        chosen.json.write_text(text + "\n", "utf-8")
    else:
        print(text)
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
