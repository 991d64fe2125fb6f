"""Salvage: what can still be read of a damaged ledger becomes a whole one, with what its copies know besides.

The damaged file is only read, in a copy, and kept. A document counts when its bytes have the hash that it
bears and it follows the one before: so the new ledger holds nothing that was not put down. What lies behind a
hole that no copy fills cannot be in a chain; it is laid beside the new ledger for whoever finds the rest.

What is read is what SQLite gives, row by row. For what it refuses there is no reader of bare pages here: for
that there are the copies.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Table, select

from pos import journal, mark
from pos.chains import reading
from pos.clock import Clock
from pos.copies import NOBODY, PLAIN
from pos.engines import uri_path
from pos.errors import Refused, UserError
from pos.faults import told
from pos.fresh import fresh_file, workshop
from pos.ledger import create_collector, open_journal, open_ledger, set_setting_on
from pos.local_tables import ACTIVITY, DRAFT, PRINT_JOB, QUARANTINE, REMOVAL, SETTING, SIGHTING
from pos.machine import RESTORED, Machine, read_machine_file
from pos.model import GENESIS, Document
from pos.money import plain
from pos.restore import SIDES, found_copies, put_in_place, refuse_open
from pos.sync import copy_chains
from pos.text import _

LOCAL = (DRAFT, REMOVAL, ACTIVITY, PRINT_JOB, QUARANTINE, SIGHTING)  # come along as far as they can be read
LEFT = ".sisa.jsonl"  # documents behind a hole, a line each
AT_ONCE = 256  # documents that are asked for together, until one of them cannot be read
MOST_MISSES = 100_000  # row numbers that are tried one by one where nothing can be read

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Hole:
    """A chain has no document `seq`, and is known to have come that far; `behind` it so many can be read."""

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
    row numbers looked at and in all. Raises Refused for a file of which nothing can be read, not even where
    its own chain begins, and while a program has it open; WorldFailed when the disk fails. Then nothing has
    changed.
    """
    if not damaged.is_file():
        raise Refused(_("There is no ledger {name}.").format(name=damaged))
    refuse_open(damaged)
    with workshop() as folder:
        pool, local = _read(damaged, folder, progress)
        chains = {device: pool.chain(device) for device in pool.devices}
        if not (chains.get(local.own) if local.own else any(chains.values())):
            raise Refused(
                _("Nothing can be read of {name}.").format(name=damaged.name),
                _("Keep the file. Restore a copy, or ask the office for what it has."),
            )
        draft = folder / "selamat.lapak"
        _make(draft, _Chains(chains, str(damaged)), local)
        behind = {device: pool.behind(device, len(chain)) for device, chain in chains.items()}
        with _laid_beside(damaged, [doc for docs in behind.values() for doc in docs]) as left:
            aside = put_in_place(draft, damaged, (clock or Clock()).now())
    holes = tuple(
        Hole(device, len(chain) + 1, len(behind[device]))
        for device, chain in chains.items()
        if behind[device] or pool.tops.get(device, 0) > len(chain)
    )
    return Salvaged(damaged, sum(map(len, chains.values())), holes, aside, left)


@dataclass(slots=True)
class _Pool:
    """Documents whose bytes are what they were, by device and place; of several the first found leads.

    `tops` tells how far chains are known to have come besides.
    """

    found: dict[str, dict[int, list[Document]]] = field(default_factory=dict)
    tops: dict[str, int] = field(default_factory=dict)

    @property
    def devices(self) -> list[str]:
        """Of which there are any."""
        return sorted(self.found)

    def add(self, doc: Document) -> None:
        """Take one, unless its body is not the one that was hashed. That says all but what is private: a
        damaged column beside it changes nothing.
        """
        there = self.found.get(doc.device, {}).get(doc.seq, ())
        if any(doc.hash == other.hash for other in there):
            return
        try:
            whole = journal.digest(doc.body) == doc.hash
            body = orjson.loads(doc.body) if whole else {}
            place = (body["device"], body["seq"], body["kind"], body["at"])
        except (ValueError, KeyError, TypeError, AttributeError):
            if isinstance(doc.device, str) and isinstance(doc.seq, int):
                self.reach(doc.device, doc.seq)
            return
        there = self.found.setdefault(place[0], {}).setdefault(place[1], [])
        if all(doc.hash != other.hash for other in there):
            there.append(Document(*place, doc.hash, doc.body, _legible(doc.private)))

    def reach(self, device: str, seq: int) -> None:
        """A chain is known to have come that far."""
        self.tops[device] = max(seq, self.tops.get(device, 0))

    def booth(self) -> str:
        """The chain of a booth that no other one continues: there is one in the ledger of a till. Empty where
        there are none or several.
        """
        firsts = {device: orjson.loads(docs[1][0].body) for device, docs in self.found.items() if 1 in docs}
        former = {body["continues"]["device"] for body in firsts.values() if body.get("continues")}
        booths = [code for code, body in firsts.items() if body.get("role") == "booth" and code not in former]
        return booths[0] if len(booths) == 1 else ""

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

    def first(self, device: str) -> Document | None:
        """The first document of a chain."""
        return next(self.read(device, 0), None)

    def hashes(self, device: str, seq: int) -> set[str]:
        """The one hash that document `seq` has here."""
        return {doc.hash for doc in self.chains.get(device, ())[seq - 1 : seq]} if seq else set()

    def branches(self, _device: str) -> Iterator[Sequence[Document]]:
        """None."""
        return iter(())


@dataclass(slots=True)
class _Local:
    """What is no document: the settings, the device that they name (`own`, empty: it only collects), and the
    rows of LOCAL by table.
    """

    settings: dict[str, str] = field(default_factory=dict)
    own: str = ""
    rows: dict[Table, list[tuple[object, ...]]] = field(default_factory=dict)


def _make(draft: Path, source: _Chains, local: _Local) -> None:
    """A ledger of these chains, and of what was local."""
    create_collector(draft)
    with closing(open_ledger(draft)) as ledger:
        copied = copy_chains(source, ledger)
        if copied.refused:
            raise copied.refused[0]
        with ledger.write() as conn:
            for name, value in (local.settings | {RESTORED: "1"}).items():
                set_setting_on(conn, name, value)
            for table, rows in local.rows.items():
                if rows:
                    named = [dict(zip(table.c.keys(), row, strict=True)) for row in rows]
                    conn.execute(table.insert().prefix_with("OR IGNORE"), named)


def _read(damaged: Path, folder: Path, progress: Progress | None) -> tuple[_Pool, _Local]:
    """Every document of the damaged file, then those of its copies; and what is local to it."""
    pool, local = _Pool(), _Local()
    copy = folder / "rusak.lapak"
    with told(str(damaged)):
        for side in SIDES:
            if Path(f"{damaged}{side}").exists() and side != "-shm":  # which SQLite makes of the -wal
                shutil.copyfile(f"{damaged}{side}", f"{copy}{side}")
    all_set = False
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{uri_path(copy)}", uri=True)) as raw:
        mark.secure(raw)
        raw.text_factory = _text
        with suppress(sqlite3.Error):
            local.settings.update(_rows(raw, SETTING))
            all_set = True
        for table in LOCAL:
            kept = local.rows[table] = []
            with suppress(sqlite3.Error):
                kept.extend(_rows(raw, table))
        for doc in _documents(raw, progress):
            pool.add(doc)
    local.own = local.settings.get("device", "" if all_set else pool.booth())
    _take_copies(pool, local)
    if local.own:
        local.settings["device"] = local.own
    known = read_machine_file() or Machine("")
    for device, (seq, _hash) in known.heads.items():
        pool.reach(device, seq)
    return pool, local


def _take_copies(pool: _Pool, local: _Local) -> None:
    """What the copies at hand know: of the ledger's own all of it, of others what belongs to its chains."""
    known = frozenset(pool.found)
    for one in found_copies():
        mine = one.device == local.own
        if one.path.suffix == PLAIN and (mine or one.device in known or one.device == NOBODY):
            with suppress(UserError):
                settings = _of_copy(one.path, pool, None if mine else known)
                if mine:
                    local.settings = settings | local.settings


def _of_copy(path: Path, pool: _Pool, wanted: Container[str] | None) -> dict[str, str]:
    """Take what a copy knows, of the chains `wanted` or of all; returns its settings."""
    with closing(open_journal(path)) as copy, reading(copy) as source:
        for device in source.tops():
            if wanted is None or device in wanted:
                for doc in source.read(device, 0):
                    pool.add(doc)
        return dict(source.conn.exec_driver_sql("SELECT name, value FROM setting").all())


def _text(data: bytes) -> str | bytes:
    """A text of the file; what is none any more stays bytes, and is no text."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _legible(private: object) -> str | None:
    """What no hash vouches for, as far as it can be read."""
    if isinstance(private, bytes):
        return private.decode("utf-8", "replace")
    return private if isinstance(private, str) else None


def _rows(raw: sqlite3.Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in which every value is of its kind. Raises sqlite3.Error where they end."""
    kinds = [(column.type.python_type, column.nullable) for column in table.columns]
    for row in raw.execute(str(select(table))):
        if all(
            type(value) is kind or (value is None and null)
            for value, (kind, null) in zip(row, kinds, strict=True)
        ):
            yield row


def _documents(raw: sqlite3.Connection, progress: Progress | None) -> Iterator[Document]:
    """Row by row of the journal; where some cannot be read, those around them one by one."""
    query = "SELECT device, seq, kind, at, hash, body, private FROM document NOT INDEXED WHERE rowid"
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


@contextmanager
def _laid_beside(damaged: Path, docs: Sequence[Document]) -> Iterator[Path | None]:
    """Documents that no chain can hold, as lines of a file beside the ledger, which is there when the block
    ends well; None where there are none.
    """
    if not docs:
        yield None
        return
    path = damaged.with_name(f"{damaged.name}{LEFT}")
    number = 0
    while path.exists():
        number += 1
        path = damaged.with_name(f"{damaged.name}.{number}{LEFT}")
    with fresh_file(path) as draft:
        draft.write_bytes(b"".join(orjson.dumps(doc._asdict()) + b"\n" for doc in docs))
        yield path
