"""`python -m tests.fuzz [--seconds N] [--seed N] [NAME...]`: fuzz all that reads what others wrote.

Names are targets (`catalogue`, `chat`, ...) or the machines `till` and `sync`; without any it is all of them,
each for N seconds of processor time. Prints a line for each; an input that went wrong is put into DIR. Exit
code 1 when anything did.
"""

from __future__ import annotations

import argparse
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.fuzz.corpus import corpus_of, targets
from tests.fuzz.engine import Ran, fuzz
from tests.fuzz.machines import run_long
from tests.fuzz.sync import Region
from tests.fuzz.targets import bench
from tests.fuzz.till import Till
from tests.pg import empty_database, start_server


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=59)
    parser.add_argument("--out", type=Path, help="where inputs that went wrong are put")
    asked = parser.parse_args()
    wrong = 0
    with bench() as place:
        known = targets(place)
        if unknown := set(asked.names) - set(known) - set(MACHINES):
            parser.error(f"not known: {', '.join(sorted(unknown))}; known: {', '.join([*known, *MACHINES])}")
        print(f"| {'target':16} | {'inputs':>8} | {'s':>6} | {'lines':>6} | {'kept':>5} | {'wrong':>5} |")
        print(f"|{'-' * 18}|{'-' * 9}:|{'-' * 7}:|{'-' * 7}:|{'-' * 6}:|{'-' * 6}:|")
        for name, target in known.items():
            if not asked.names or name in asked.names:
                dice = Random(f"{asked.seed} {name}")
                ran = fuzz(target, dice, lambda ran: ran.seconds < asked.seconds, corpus_of(name))
                wrong += len(ran.findings)
                _tell(ran, asked.out)
    for name, run in MACHINES.items():
        if not asked.names or name in asked.names:
            runs, seconds = run(asked.seconds)
            print(f"| {name:16} | {runs:>8} | {seconds:>6.0f} | {'':>6} | {'':>5} | {0:>5} |", flush=True)
    return int(wrong > 0)


def _till(seconds: float) -> tuple[int, float]:
    return run_long(Till, seconds)


def _sync(seconds: float) -> tuple[int, float]:
    """With a real PostgreSQL among them."""
    server = start_server()
    try:
        with empty_database(server.get_uri()) as url:
            Region.url = url
            return run_long(Region, seconds)
    finally:
        server.cleanup()


# They end with the first thing that is wrong, and say the steps that lead there.
MACHINES = {"till": _till, "sync": _sync}


def _tell(ran: Ran, out: Path | None) -> None:
    print(
        f"| {ran.target:16} | {ran.tried:>8} | {ran.seconds:>6.0f} | {ran.lines:>6} | {len(ran.kept):>5} "
        f"| {len(ran.findings):>5} |",
        flush=True,
    )
    for place, (data, said) in ran.findings.items():
        print(f"   {place}\n   {data[:200]!r}\n{said}", file=sys.stderr, flush=True)
        if out:
            (out / ran.target).mkdir(parents=True, exist_ok=True)
            (out / ran.target / sha256(data).hexdigest()[:12]).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
