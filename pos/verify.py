"""Verify: read every document again and say whether each is what it was and follows the one before."""

from __future__ import annotations

import heapq
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from multiprocessing import current_process, get_context
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from pos import journal, mark
from pos.chains import BATCH, LedgerSource, first_fields
from pos.derive.shapes import Row
from pos.errors import BadDocument
from pos.journal import Head
from pos.ledger import Ledger, open_journal
from pos.model import GENESIS, Document
from pos.sync import Progress, uncollected
from pos.tables import DERIVED, DOCUMENT
from pos.text import _, language, use_language

WORTH_ASIDE = 50_000  # documents; from here on the file itself is looked over beside them
WORTH_WORKERS = 200_000  # for fewer, starting the processes takes longer than it saves
MOST_WORKERS = 3  # this one among them; each has some 70 MB
TAIL = 200  # documents that are looked at when the till begins: a busy day's, in some 10 ms
SALE_ENDS = tuple(f',"v":{version}}}' for version in range(1, 10))  # of a sale's body, whatever its version
PARTS = 4  # shares of a process, so that the progress is seen


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: documents read, the head and booth of every chain, and each problem."""

    documents: int
    heads: dict[str, Head]
    booths: dict[str, str]
    problems: tuple[BadDocument, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


@uncollected()
def verify(ledger: Ledger, *, rebuild: bool = False, progress: Progress | None = None) -> Verified:
    """Check the file and every chain from first to last document; with `rebuild`, derive all tables anew.

    A table that differs from what its documents say is a problem, and is put right by the rebuild. Raises
    WorldFailed when the ledger cannot be read.
    """
    problems: list[BadDocument] = []
    read = 0
    with ledger.read() as conn, ThreadPoolExecutor(1) as aside:
        heads = journal.heads(conn)
        total = conn.scalar(select(func.count()).select_from(DOCUMENT)) or 0
        # SQLite reads a long file by itself meanwhile.
        damage = aside.submit(_damage_aside, ledger) if total >= WORTH_ASIDE else None
        for count, faults in verify_chains(ledger, conn, heads):
            read += count
            problems += faults
            if progress:
                progress(read, total)
        # Not from the table of devices, which may be what is damaged.
        booths = {device: str(first_fields(LedgerSource(conn), device).get("booth", "")) for device in heads}
        problems += damage.result() if damage else _damage(conn)
    if rebuild and not problems:
        problems += _rebuild(ledger)
    return Verified(read, heads, booths, tuple(problems))


_Found = tuple[int, list[BadDocument]]  # documents read, and what is wrong with the one behind them
_Told = tuple[int, list[tuple[str, int, str]]]  # the same, each fault as what it is made of


def verify_chains(ledger: Ledger, conn: Connection, heads: Mapping[str, Head]) -> Iterator[_Found]:
    """Every chain, part by part; many documents by several processes, for each has a Python of its own.

    This one is one of them.
    """
    # A process that stands back for the till (pos/aside.py) may have none of its own.
    workers = 1 if current_process().daemon else min(os.cpu_count() or 1, len(heads), MOST_WORKERS)
    total = sum(_lengths(heads).values())
    if total < WORTH_WORKERS or workers < 2 or ledger.path is None or ledger.aside is not None:
        for device in heads:
            yield from verify_chain(conn, device)
        return
    shares = _shares(heads, workers * PARTS)
    mine = len(shares) // workers
    with ProcessPoolExecutor(workers - 1, mp_context=get_context("spawn")) as pool:
        coming = deque(
            (devices, pool.submit(_verify_aside, str(ledger.path), devices, language()))
            for devices in shares[mine:]
        )
        for device in chain.from_iterable(shares[:mine]):
            yield from verify_chain(conn, device)
            while coming and coming[0][1].done():
                yield _told(conn, *coming.popleft())
        while coming:
            yield _told(conn, *coming.popleft())


def _told(conn: Connection, devices: Sequence[str], coming: Future[_Told]) -> _Found:
    """What another process found; where the system ended it, what is found here."""
    try:
        read, faults = coming.result()
    except BrokenProcessPool:
        found = [one for device in devices for one in verify_chain(conn, device)]
        return sum(count for count, _faults in found), [fault for _count, faults in found for fault in faults]
    return read, [BadDocument(*fault) for fault in faults]


def _shares(heads: Mapping[str, Head], count: int) -> list[list[str]]:
    """The chains in `count` shares of about the same length."""
    shares: list[tuple[int, list[str]]] = [(0, []) for _share in range(count)]
    lengths = _lengths(heads)
    for device in sorted(lengths, key=lambda code: -lengths[code]):
        length, devices = heapq.heappop(shares)
        heapq.heappush(shares, (length + lengths[device], [*devices, device]))
    return [devices for _length, devices in shares if devices]


def _lengths(heads: Mapping[str, Head]) -> dict[str, int]:
    """The documents of each chain; of a foreign file the last place may be anything."""
    return {device: seq if isinstance(seq, int) else 0 for device, (seq, _hash) in heads.items()}


@uncollected()
def _verify_aside(path: str, devices: Sequence[str], speaking: str) -> _Told:
    """In a process of its own."""
    use_language(speaking)
    read, faults = 0, []
    with closing(open_journal(Path(path))) as ledger, ledger.read() as conn:
        for device in devices:
            for count, found in verify_chain(conn, device):
                read += count
                faults += [(fault.device, fault.seq, fault.why) for fault in found]
    return read, faults


def verify_chain(conn: Connection, device: str, after: Head = (0, GENESIS)) -> Iterator[_Found]:
    """Documents read behind `after`, and what is wrong behind them: it ends with the first fault."""
    seq, prev = after
    read = BATCH
    while read == BATCH:
        read = 0
        try:
            for row in journal.rows_of(conn, device, seq, BATCH):
                if not _is_sale(row, device, seq + 1, prev):
                    journal.check(Document._make(row), device, seq + 1, prev)
                seq, prev = seq + 1, row[4]
                read += 1
        except BadDocument as problem:
            yield read, [problem]
            return
        yield read, []


def _is_sale(row: Row, device: str, seq: int, prev: str) -> bool:
    """Whether it is a sale with the bytes that were chained, in their place; False: the full check must tell.

    The text tells it without being taken apart, which costs twice as much as hashing it: a key at its start,
    and one behind which no bracket closes but the last, is of the body itself and of nothing inside it. That
    it can be read in one way only was proved when it was let in (journal.check), and is again by who takes it
    over or derives it anew.
    """
    whose, place, kind, at, hashed, body, _private = row
    try:
        if kind != "sale" or sha256(body.encode()).hexdigest() != hashed:
            return False
    except (AttributeError, UnicodeEncodeError):  # bytes, or half a character
        return False
    linked = body.rfind(f',"prev":"{prev}","seq":{seq},')
    return (
        linked > 0
        and place == seq
        and whose == device
        and body.startswith(f'{{"at":"{at}",')
        and f',"device":"{device}","kind":"sale",' in body
        and body.find("}", linked) == len(body) - 1
        and body.endswith(SALE_ENDS)
    )


def tail_fault(ledger: Ledger, device: str, most: int = TAIL) -> BadDocument | None:
    """What is wrong with the newest documents of a chain, if anything: for the start, which has no time for
    all of them. Raises WorldFailed when the ledger cannot be read.
    """
    with ledger.read() as conn:
        seq = max(0, journal.head(conn, device)[0] - most)
        before = journal.document(conn, device, seq) if seq else None
        tail = verify_chain(conn, device, (seq, before.hash if before else GENESIS))
        return next((fault for _read, faults in tail for fault in faults), None)


def _damage_aside(ledger: Ledger) -> list[BadDocument]:
    with ledger.read() as conn:
        return _damage(conn)


def _damage(conn: Connection) -> list[BadDocument]:
    """What SQLite finds wrong with its own file: chains do not tell of indexes and derived tables."""
    if conn.dialect.name != "sqlite":
        return []
    found = conn.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found == "ok" and version == mark.VERSION:  # it does not read what the file says of its own tables
        declared = {
            table.name: [row[1] for row in conn.exec_driver_sql(f"PRAGMA table_info({table.name})")]
            for table in (DOCUMENT, *DERIVED)
        }
        wrong = [table.name for table in (DOCUMENT, *DERIVED) if declared[table.name] != table.c.keys()]
        found = ", ".join(wrong) or found
    return [] if found == "ok" else [BadDocument("", 0, _("the file is damaged: {why}.").format(why=found))]


def _rebuild(ledger: Ledger) -> list[BadDocument]:
    try:
        with ledger.write() as conn:
            before = _digests(conn)
            journal.rebuild(conn)
            after = _digests(conn)
    except BadDocument as problem:
        return [problem]
    return [
        BadDocument(
            "", 0, _("the table {name} did not match its documents and was made anew.").format(name=name)
        )
        for name, digest in before.items()
        if after[name] != digest
    ]


def _digests(conn: Connection) -> dict[str, str]:
    return {table.name: _digest(conn, table) for table in DERIVED}


def _digest(conn: Connection, table: Table) -> str:
    """One hash over all rows of a table in the order of its key."""
    found = sha256()
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    for row in conn.execute(query):
        found.update(repr(tuple(row)).encode())
    return found.hexdigest()
