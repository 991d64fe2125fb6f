"""Salvage: what can still be read of a damaged ledger becomes a whole one, with what its copies know besides.

The damaged file is only read, in a copy, and kept. A document counts when its bytes have the hash that it
bears and it follows the one before: so the new ledger holds nothing that was not put down. What lies behind a
hole that no copy fills cannot be in a chain; it is laid beside the new ledger for whoever finds the rest.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from pos import journal, mark
from pos.chains import reading
from pos.clock import Clock
from pos.copies import PLAIN
from pos.engines import settle, uri_path
from pos.errors import BadDocument, Refused, UserError
from pos.faults import told
from pos.fresh import draft_of, fresh_file, make_folder, workshop
from pos.ledger import create_collector, open_journal, open_ledger, set_setting_on
from pos.machine import RESTORED
from pos.model import GENESIS, Document
from pos.money import plain
from pos.placing import bring, check_room
from pos.restore import SIDES, found_copies, refuse_open, set_aside
from pos.sync import copy_chains
from pos.text import _

LEFT = ".sisa.jsonl"  # documents behind a hole, a line each
AT_ONCE = 256  # documents that are asked for together, until one of them cannot be read
MOST_MISSES = 100_000  # row numbers that are tried one by one where nothing can be read

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Hole:
    """A chain has no document `seq`; `behind` it there are so many that can be read."""

    device: str
    seq: int
    behind: int


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The new ledger and how many documents are in it; `aside` is where the damaged one lies, `left` where
    what stands behind holes was put.
    """

    path: Path
    documents: int
    holes: tuple[Hole, ...]
    aside: Path | None = None
    left: Path | None = None


def salvaged_words(made: Salvaged) -> str:
    """What came of it, in a sentence."""
    if not made.holes:
        return _("All {count} documents are there again.").format(count=plain(made.documents))
    lost = ", ".join(f"{one.device} #{one.seq}" for one in made.holes)
    told = _("{count} documents are there again. Not to be read: {lost}; behind them stand {behind} more.")
    behind = sum(one.behind for one in made.holes)
    return told.format(count=plain(made.documents), lost=lost, behind=plain(behind))


def salvage(damaged: Path, progress: Progress | None = None, clock: Clock | None = None) -> Salvaged:
    """Put a ledger of all that can be read in the place of a damaged one, which is kept beside it.

    Whoever opens it goes on under a new device code, as with a copy that was restored. `progress` hears of
    row numbers looked at and in all. Raises Refused for a file of which nothing can be read, and while a
    program has it open; WorldFailed when the disk fails. Then nothing has changed.
    """
    if not damaged.is_file():
        raise Refused(_("There is no ledger {name}.").format(name=damaged))
    refuse_open(damaged)
    with workshop() as folder:
        pool, settings = _read(damaged, folder, progress)
        chains = {device: pool.chain(device) for device in pool.devices}
        if not any(chains.values()):
            raise Refused(
                _("Nothing can be read of {name}.").format(name=damaged.name),
                _("Keep the file. Restore a copy, or ask the office for what it has."),
            )
        draft = folder / "selamat.lapak"
        create_collector(draft)
        with closing(open_ledger(draft)) as ledger:
            copied = copy_chains(_Chains(chains, str(damaged)), ledger)
            if copied.refused:
                raise copied.refused[0]
            with ledger.write() as conn:
                for name, value in (settings | {RESTORED: "1"}).items():
                    set_setting_on(conn, name, value)
        with told(str(draft)):
            settle(draft)
        check_room(draft, damaged)
        behind = {device: pool.behind(device, len(chain)) for device, chain in chains.items()}
        left = _lay_beside(damaged, [doc for docs in behind.values() for doc in docs])
        with told(str(damaged)), draft_of(damaged) as arriving:
            bring(draft, arriving, damaged)
            refuse_open(damaged)
            aside = set_aside(damaged, (clock or Clock()).now())
    holes = tuple(
        Hole(device, len(chains[device]) + 1, len(docs)) for device, docs in sorted(behind.items()) if docs
    )
    return Salvaged(damaged, sum(map(len, chains.values())), holes, aside, left)


@dataclass(slots=True)
class _Pool:
    """Documents whose bytes are what they were, by device and place; of several the first found leads."""

    found: dict[str, dict[int, list[Document]]] = field(default_factory=dict)

    @property
    def devices(self) -> list[str]:
        """Of which there are any."""
        return sorted(self.found)

    def add(self, doc: Document) -> None:
        """Take one, unless its bytes are not those that were hashed."""
        try:
            body = orjson.loads(doc.body)
            whole = journal.digest(doc.body) == doc.hash and (body["device"], body["seq"]) == doc[:2]
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        there = self.found.setdefault(doc.device, {}).setdefault(doc.seq, []) if whole else []
        if whole and all(doc.hash != other.hash for other in there):
            there.append(doc)

    def chain(self, device: str) -> list[Document]:
        """From the first document on, as far as each follows the one before."""
        chain: list[Document] = []
        prev = GENESIS
        while docs := self.found[device].get(len(chain) + 1):
            follows = [doc for doc in docs if orjson.loads(doc.body).get("prev") == prev]
            if not follows:
                break
            chain.append(follows[0])
            prev = follows[0].hash
        return chain

    def behind(self, device: str, end: int) -> list[Document]:
        """What can be read behind the end of the chain."""
        places = self.found[device]
        return [doc for seq in sorted(places) if seq > end for doc in places[seq]]


@dataclass(frozen=True, slots=True)
class _Chains:
    """Chains in memory as a source."""

    chains: Mapping[str, Sequence[Document]]
    name: str

    def tops(self) -> dict[str, int]:
        """The last seq of every chain, by device."""
        return {device: len(chain) for device, chain in self.chains.items() if chain}

    def read(self, device: str, after: int, _prev: str = "") -> Iterator[Document]:
        """The documents of one chain behind `after`."""
        yield from self.chains[device][after:]

    def hashes(self, device: str, seq: int) -> set[str]:
        """The one hash that document `seq` has here."""
        return {doc.hash for doc in self.chains.get(device, ())[seq - 1 : seq]} if seq else set()

    def branches(self, _device: str) -> Iterator[Sequence[Document]]:
        """None."""
        return iter(())


def _read(damaged: Path, folder: Path, progress: Progress | None) -> tuple[_Pool, dict[str, str]]:
    """Every document of the damaged file, then those of its copies; and the settings."""
    pool = _Pool()
    copy = folder / "rusak.lapak"
    with told(str(damaged)):
        for side in SIDES:
            if Path(f"{damaged}{side}").exists() and side != "-shm":
                shutil.copyfile(f"{damaged}{side}", f"{copy}{side}")
    settings: dict[str, str] = {}
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{uri_path(copy)}", uri=True)) as raw:
        mark.secure(raw)
        with suppress(sqlite3.Error):
            settings = dict(raw.execute("SELECT name, value FROM setting"))
        for doc in _documents(raw, progress):
            pool.add(doc)
    for one in found_copies():
        if one.path.suffix == PLAIN and (one.device in pool.found or not pool.found):
            with suppress(UserError, BadDocument):
                settings = _of_copy(one.path, pool) | settings
    return pool, settings


def _of_copy(path: Path, pool: _Pool) -> dict[str, str]:
    """Take what a copy knows; returns its settings."""
    with closing(open_journal(path)) as copy, reading(copy) as source:
        for device in source.tops():
            for doc in source.read(device, 0):
                pool.add(doc)
        with copy.read() as conn:
            return dict(conn.exec_driver_sql("SELECT name, value FROM setting").all())


def _documents(raw: sqlite3.Connection, progress: Progress | None) -> Iterator[Document]:
    """Row by row of the journal; where some cannot be read, those around them one by one."""
    query = "SELECT device, seq, kind, at, hash, body, private FROM document NOT INDEXED WHERE rowid"
    raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")  # a changed byte is no end
    place, misses, last = 1, 0, _last_row(raw)
    while place <= last and misses <= MOST_MISSES:
        try:
            rows = raw.execute(f"{query} BETWEEN ? AND ?", (place, place + AT_ONCE - 1)).fetchall()
            place += AT_ONCE
        except sqlite3.Error:
            rows, lost = _one_by_one(raw, f"{query} = ?", range(place, min(place + AT_ONCE, last + 1)))
            place, misses = place + AT_ONCE, misses + lost
        yield from (Document(*row) for row in rows)
        if progress:
            progress(min(place, last), last)


def _one_by_one(raw: sqlite3.Connection, query: str, places: range) -> tuple[list[tuple[object, ...]], int]:
    """What can be read of these rows, and how many cannot."""
    rows, lost = [], 0
    for place in places:
        try:
            rows += raw.execute(query, (place,)).fetchall()
        except sqlite3.Error:
            lost += 1
    return rows, lost


def _last_row(raw: sqlite3.Connection) -> int:
    """The highest row number; where its page is gone, as many as the file can hold."""
    with suppress(sqlite3.Error):
        return int(raw.execute("SELECT max(rowid) FROM document NOT INDEXED").fetchone()[0] or 0)
    with suppress(sqlite3.Error):
        pages, size = (raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return int(pages) * int(size) // 100  # no document is shorter
    return 0


def _lay_beside(damaged: Path, docs: Sequence[Document]) -> Path | None:
    """Documents that no chain can hold, as lines beside the ledger; None where there are none."""
    if not docs:
        return None
    path = damaged.with_name(f"{damaged.name}{LEFT}")
    number = 0
    while path.exists():
        number += 1
        path = damaged.with_name(f"{damaged.name}.{number}{LEFT}")
    with told(str(path)):
        make_folder(path.parent)
    with fresh_file(path) as draft:
        draft.write_bytes(b"".join(orjson.dumps(doc._asdict()) + b"\n" for doc in docs))
    return path
