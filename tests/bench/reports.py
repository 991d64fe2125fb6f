"""Every report over a million sales of 200 booths and 531 institutions: what one waits for on the screen.

In CPU time, which is that wait where nothing else runs: the file is read in this process.
"""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from statistics import median

from pos.ledger import Ledger
from pos.reports import REPORTS, Period, run_report
from tests.bench.books import FIRST_DAY
from tests.bench.figures import Figure
from tests.bench.region import nation

SALES, QUICK = 1_000_000, 100_000
ROUNDS = 3
LIMIT_MS = 100.0


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Each report over all days; then what is asked most often, for less."""
    ledger = nation(folder, QUICK if quick else SALES)
    day = FIRST_DAY + timedelta(days=20)
    asked = {name: (name, Period()) for name in REPORTS}
    asked |= {f"{name}, one day": (name, Period(day, day)) for name in ("totals", "institutions", "products")}
    asked |= {f"{name}, one UPT": (name, Period(institution="UPT-007")) for name in ("totals", "settlement")}
    asked |= {f"{name}, one booth": (name, Period(booth="B007")) for name in ("totals", "daily-board")}
    figures = [
        Figure(f"report {title}", _took(ledger, name, period), LIMIT_MS, 1.0, "CPU; limit 100 ms")
        for title, (name, period) in asked.items()
    ]
    ledger.close()
    return figures


def _took(ledger: Ledger, name: str, period: Period) -> float:
    took = []
    for _round in range(ROUNDS):
        start = time.process_time()
        run_report(ledger, name, period)
        took.append((time.process_time() - start) * 1000)
    return median(took)
