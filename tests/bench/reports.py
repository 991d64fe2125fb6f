"""Every report over a million sales of 200 booths and 531 institutions: what one waits for on the screen.

In CPU time, which is that wait where nothing else runs: the file is read in this process. Garbage is not
collected meanwhile, as in the program's window, where only the screen's thread does (ui/garbage.py).
"""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from pathlib import Path
from statistics import median

from pos.clock import ZONES
from pos.ledger import open_target
from pos.merge import merge
from pos.reports import REPORTS, Period, run_report
from pos.reports.below import below
from pos.reports.board import board
from pos.reports.overview import overview
from tests.bench.books import DAYS, FIRST_DAY
from tests.bench.figures import Figure
from tests.bench.region import nation
from tests.bench.server import database, plain
from tests.pg import start_server

SALES, QUICK = 1_000_000, 100_000
ROUNDS = 5
LAST = FIRST_DAY + timedelta(days=DAYS - 1)
LIMIT_MS, WALK = 100.0, 1.2
_BOTH = "sum(total), sum(qty)"
_WALKED = ((_BOTH, "sale"), (_BOTH, "sale_line"), ("sum(amount)", "payment"), (_BOTH, "day_item"))


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
    walked = looks.pop("report cross-check")
    figures = [Figure(name, _took(look), LIMIT_MS, 1.0, "CPU; limit 100 ms") for name, look in looks.items()]
    path = folder / "nation.lapak"
    what = "CPU; it reads every row on purpose: bare sqlite3 adds up the same columns"
    figures.append(Figure("report cross-check", _took(walked), _took(partial(_bare_walk, path)), WALK, what))
    ledger.close()
    figures += _of_a_server(path, asked)
    gc.enable()
    return figures


def _of_a_server(path: Path, asked: Mapping[str, tuple[str, Period]]) -> list[Figure]:
    """The same by the clock: the database works beside this process. It has counted its rows once, which it
    does by itself within a minute.
    """
    server = start_server()
    try:
        url = database(server, "region")
        merge(url, [path])
        with plain(url) as conn:
            conn.execute("ANALYZE")
        with closing(open_target(url)) as ledger:
            return [
                Figure(
                    f"report {title}, PostgreSQL",
                    _took(partial(run_report, ledger, name, period), time.perf_counter),
                    LIMIT_MS,
                    1.0,
                    "limit 100 ms",
                )
                for title, (name, period) in asked.items()
                if name != "cross-check"
            ]
    finally:
        server.cleanup()


def _bare_walk(path: Path) -> None:
    with closing(sqlite3.connect(path)) as bare:
        for sums, table in _WALKED:
            bare.execute(f"SELECT {sums} FROM {table}").fetchall()


def _took(look: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    took = []
    for _round in range(ROUNDS):
        start = clock()
        look()
        took.append((clock() - start) * 1000)
    return median(took)
