"""Every report over a million sales of 200 booths and 531 institutions: what one waits for on the screen.

In CPU time, which is that wait where nothing else runs: the file is read in this process. Garbage is not
collected meanwhile, as in the program's window, where only the screen's thread does (ui/garbage.py).
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from pathlib import Path
from statistics import median

from pos.clock import ZONES
from pos.reports import REPORTS, Period, run_report
from pos.reports.below import below
from pos.reports.board import board
from pos.reports.overview import overview
from tests.bench.books import DAYS, FIRST_DAY
from tests.bench.figures import Figure
from tests.bench.region import nation

SALES, QUICK = 1_000_000, 100_000
ROUNDS = 5
LAST = FIRST_DAY + timedelta(days=DAYS - 1)
LIMIT_MS = 100.0


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """Each report over all days; then what is asked most often, for less."""
    ledger = nation(folder, QUICK if quick else SALES)
    day = FIRST_DAY + timedelta(days=20)
    asked = {name: (name, Period()) for name in REPORTS}
    asked |= {f"{name}, one day": (name, Period(day, day)) for name in ("totals", "institutions", "products")}
    asked |= {f"{name}, one UPT": (name, Period(institution="UPT-007")) for name in ("totals", "settlement")}
    asked |= {f"{name}, one booth": (name, Period(booth="B007")) for name in ("totals", "daily-board")}
    looks: dict[str, Callable[[], object]] = {
        f"report {title}": partial(run_report, ledger, name, period)
        for title, (name, period) in asked.items()
    }
    whole, now = Period(FIRST_DAY, LAST), datetime.combine(LAST, time_of_day(20), ZONES["Asia/Jakarta"])
    looks |= {
        "board": lambda: board(ledger, day),
        "page of figures": lambda: overview(ledger, whole, LAST, now),
        "page of figures, further down": lambda: below(ledger, whole),
        "page of figures, one day": lambda: overview(ledger, Period(LAST, LAST), LAST, now),
    }
    gc.collect()
    gc.disable()
    figures = [Figure(name, _took(look), LIMIT_MS, 1.0, "CPU; limit 100 ms") for name, look in looks.items()]
    gc.enable()
    ledger.close()
    return figures


def _took(look: Callable[[], object]) -> float:
    took = []
    for _round in range(ROUNDS):
        start = time.process_time()
        look()
        took.append((time.process_time() - start) * 1000)
    return median(took)
