"""Asks a public list of known faults about every locked package: `python -m tests.advisories URL`.

URL is where such a list takes a batch of questions in the form of OSV (`.../v1/querybatch`); it stands on
the command line, for the repository names no host. Exit code 0: nothing is known; 1: something is, told by
name; 3: the list could not be asked, and so nothing is known either way.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from pos.inside import LOCKS, Locked, locked

WAIT_S = 30
MOST_PAGES = 20  # of an answer that comes in parts
MOST_BYTES = 20_000_000  # of an answer

Ask = Callable[[bytes], bytes]


def question(packages: Mapping[Locked, str]) -> bytes:
    """All packages in one batch, each with the page of its answer that is wanted; empty: the first."""
    queries: list[dict[str, Any]] = [
        {"package": {"name": one.name, "ecosystem": "PyPI"}, "version": one.version}
        | ({"page_token": page} if page else {})
        for one, page in packages.items()
    ]
    return json.dumps({"queries": queries}).encode()


def known_faults(packages: Sequence[Locked], ask: Ask) -> dict[str, list[str]]:
    """The names of known faults by package, of every page of the answers; a page may well be empty.

    Raises ValueError for what is no answer to the question, as `ask` when nobody answers.
    """
    found: dict[str, list[str]] = {}
    wanted = dict.fromkeys(packages, "")
    for _page in range(MOST_PAGES):
        results = json.loads(ask(question(wanted)))["results"]
        if len(results) != len(wanted):
            raise ValueError("not one answer for each package")
        further: dict[Locked, str] = {}
        for one, result in zip(wanted, results, strict=True):
            told = result or {}
            if faults := [str(fault["id"]) for fault in told.get("vulns", ())]:
                found.setdefault(f"{one.name} {one.version}", []).extend(faults)
            if page := str(told.get("next_page_token") or ""):
                further[one] = page
        if not further:
            return found
        wanted = further
    raise ValueError("the answer does not end")


def asker(url: str) -> Ask:
    """Asks the list at `url`."""

    def ask(body: bytes) -> bytes:
        sent = Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - main() looks at it
        with urlopen(sent, timeout=WAIT_S) as answer:  # noqa: S310
            told: bytes = answer.read(MOST_BYTES)
        return told

    return ask


def report(ask: Ask, packages: Sequence[Locked]) -> int:
    """Ask, tell, and return the exit code."""
    try:
        found = known_faults(packages, ask)
    except (URLError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason: Any = getattr(error, "reason", error)
        tell(f"Not checked: the list could not be asked ({type(error).__name__}: {reason}).")
        return 3
    for package, faults in sorted(found.items()):
        tell(f"{package}: {', '.join(faults)}")
    tell(f"{len(packages)} packages asked about, {len(found)} with known faults.")
    return 1 if found else 0


def tell(line: str) -> None:
    """To whoever runs it."""
    sys.stdout.write(f"{line}\n")


def main(argv: Sequence[str]) -> int:
    """Both locks, for the tests' packages run on developers' machines."""
    if len(argv) != 1 or not argv[0].startswith("https://"):
        tell("usage: python -m tests.advisories https://HOST/v1/querybatch")
        return 2
    packages = {(one.name, one.version): one for name in LOCKS for one in locked(name)}
    return report(asker(argv[0]), list(packages.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
