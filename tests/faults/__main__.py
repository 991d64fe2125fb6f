"""`python -m tests.faults [--seed N] [--quick|--full] [NAME...]`: break the world, count what was broken.

Names are parts (kills, power, ...) or walks ("sync to a file"); without any it is all of them. Prints a table
and, with `--json FILE`, the same for programs. Exit code 1 when a promise was broken.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.faults.parts import SCALES, Figure
from tests.faults.suite import PARTS, lines, row, run, summed, why_not
from tests.faults.walks import WALKS


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    walks = [walk.name for walk in WALKS.values() if walk.swept]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join([*PARTS, *walks])}")
    parser.add_argument("--seed", type=int, default=59)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", dest="scale", action="store_const", const="quick", default="quick")
    size.add_argument("--full", dest="scale", action="store_const", const="full")
    size.add_argument("--small", dest="scale", action="store_const", const="small", help="as in the tests")
    parser.add_argument("--json", metavar="FILE", help="the figures for programs; - for standard output")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(PARTS) - set(walks):
        parser.error(f"not known: {', '.join(sorted(unknown))}")
    for name in PARTS:
        if why := why_not(name):
            print(f"{name} is left out: it {why}.", file=sys.stderr)
    begun = time.monotonic()
    figures = run(
        [name for name in asked.names if name in PARTS],
        SCALES[asked.scale],
        asked.seed,
        _tell,
        [name for name in asked.names if name in walks],
    )
    print(*lines(summed(figures)), sep="\n")
    fields = {
        "command": " ".join(("python -m tests.faults", f"--seed {asked.seed} --{asked.scale}", *asked.names)),
        "seconds": round(time.monotonic() - begun),
        "figures": [asdict(one) for one in figures],
    }
    if asked.json == "-":
        print(json.dumps(fields))
    elif asked.json:
        Path(asked.json).write_text(json.dumps(fields, indent=1), encoding="utf-8")
    return int(any(one.broken for one in figures))


def _tell(figure: Figure) -> None:
    """On standard error, as it comes: the line of the table, and what was broken."""
    print(row(figure), *figure.broken, sep="\n   ", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
