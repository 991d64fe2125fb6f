"""`python -m tests.fuzz [--seconds N] [--seed N] [--out DIR] [NAME...]`: fuzz all that reads what others wrote.

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
from tests.fuzz.targets import bench


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
        if unknown := set(asked.names) - set(known):
            parser.error(f"not known: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
        print(f"| {'target':16} | {'inputs':>8} | {'s':>6} | {'lines':>6} | {'kept':>5} | {'wrong':>5} |")
        print(f"|{'-' * 18}|{'-' * 9}:|{'-' * 7}:|{'-' * 7}:|{'-' * 6}:|{'-' * 6}:|")
        for name, target in known.items():
            if asked.names and name not in asked.names:
                continue
            dice = Random(f"{asked.seed} {name}")
            ran = fuzz(target, dice, lambda ran: ran.seconds < asked.seconds, corpus_of(name))
            wrong += len(ran.findings)
            _tell(ran, asked.out)
    return int(wrong > 0)


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
