"""Bugs that the suite must see, one at a time: what a hasty hand may do to the program, done in a child."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, event, select

from pos import carry, checkout, engines, fresh, journal, ledger, placing, segments, sync
from pos.cart import Cart
from pos.clock import new_id, pause
from pos.ledger import Ledger
from pos.model import Document, Fields
from pos.tables import DOCUMENT
from tests.faults.bare import STAN


@dataclass(frozen=True, slots=True)
class Seed:
    """A bug: what it is, and how it gets into the program that this process has in memory.

    `plant` is given what notes answers, or None where nothing is answered.
    """

    name: str
    about: str
    plant: Callable[[Any], None]


def _put(owner: Any, name: str, value: object) -> None:
    if not hasattr(owner, name):
        raise AttributeError(f"{owner} has no {name} any more")
    setattr(owner, name, value)


def _answers_early(tell: Any) -> None:
    post = Ledger.post

    def hasty(self: Ledger, conn: Any, kind: str, fields: Fields, private: str | None = None) -> Document:
        doc = post(self, conn, kind, fields, private)
        if kind == "sale" and tell:
            tell.paper(STAN, doc)
        return doc

    _put(Ledger, "post", hasty)


@contextmanager
def _in_place(path: Path, **_how: object) -> Iterator[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    yield path


def _writes_in_place(_tell: Any) -> None:
    _put(fresh, "draft_of", _in_place)


def _is_born_in_place(_tell: Any) -> None:
    _put(ledger, "draft_of", _in_place)


def _replaces_in_place(_tell: Any) -> None:
    for module in (carry, segments):
        _put(module, "draft_of", _in_place)


def _never_asks_for_the_disk(_tell: Any) -> None:
    for module in (fresh, placing):
        _put(module, "fsync_file", lambda _path: None)


def _forgets_the_folder(_tell: Any) -> None:
    _put(fresh, "fsync_folder", lambda _folder: None)


def _leaves_the_closing_to_sqlite(_tell: Any) -> None:
    _put(ledger, "settle", lambda _path: None)


def _commits_loosely(_tell: Any) -> None:
    pragmas = engines._pragmas

    def loose(raw: sqlite3.Connection, path: Path, mode: str) -> None:
        pragmas(raw, path, mode)
        raw.execute("PRAGMA synchronous = NORMAL")

    _put(engines, "_pragmas", loose)


def _takes_no_turn(_tell: Any) -> None:
    """Every statement is a transaction of its own: two programs read the same last number."""
    make = engines.sqlite_engine

    def hasty(path: Path, mode: str) -> Any:
        engine = make(path, mode)

        @event.listens_for(engine, "begin")
        def _begin(conn: Connection) -> None:
            conn.connection.cursor().execute("COMMIT")

        return engine

    _put(ledger, "sqlite_engine", hasty)


def _takes_its_turn_late(_tell: Any) -> None:
    """The next number is asked for before the ledger is held, as the driver's own BEGIN would have it."""
    ask = checkout.next_number

    def early(conn: Connection, *more: Any) -> Any:
        raw = conn.connection.cursor()
        raw.execute("COMMIT")
        found = ask(conn, *more)
        pause(10)
        raw.execute("BEGIN IMMEDIATE")
        return found

    _put(checkout, "next_number", early)


def _knows_no_cart(_tell: Any) -> None:
    """Whoever presses twice, or once more after a power cut, gets another cart."""
    ring_up = checkout.next_number

    def forgetful(conn: Connection, device: str, _cart: str, shift: int = 0) -> Any:
        return None, ring_up(conn, device, "", shift)[1]

    def sell(books: Ledger, cart: Cart, *more: Any) -> Any:
        return checkout.checkout(books, replace(cart, id=new_id()), *more)

    _put(checkout, "next_number", forgetful)
    _put(import_module("tests.faults.walks"), "checkout", sell)


def _counts_repeats(_tell: Any) -> None:
    """A merge adds up again what the other side knew already."""
    copy = sync._Chain.copy

    def again(self: Any, known: Any) -> Iterator[int]:
        from pos import rows
        from pos.sums import sums_of

        yield from copy(self, known)
        if known[0] and not self.target.hands_in:
            with self.target.write() as conn:
                docs = journal.read(conn, self.device, 0, known[0])
                made = journal.prepare(self.device, docs, (0, "0" * 64))
                rows.add_up(conn, made.rows, sums_of(self.device, made.rows), (self.device, 1, docs[-1].seq))

    _put(sync._Chain, "copy", again)


def _believes_segments(_tell: Any) -> None:
    read = segments._read_segment

    class Sure:
        """A hash that is always right."""

        def __init__(self, data: bytes, named: str) -> None:
            self.data, self.named = data, named

        def hexdigest(self) -> str:
            return self.named.ljust(64, "0")

    def trusting(path: Path, first: int, last: int) -> list[Document]:
        named = path.stem.rpartition("-")[2]
        _put(segments, "sha256", lambda data: Sure(data, named))
        try:
            return read(path, first, last)
        finally:
            _put(segments, "sha256", sha256)

    _put(segments, "_read_segment", trusting)


def _believes_hashes(_tell: Any) -> None:
    """The body is taken for what its hash says."""
    check = journal.check

    def trusting(doc: Document, device: str, seq: int, prev: str) -> Fields:
        return check(doc._replace(hash=journal.digest(doc.body)), device, seq, prev)

    _put(journal, "check", trusting)


def _orders_by_time(_tell: Any) -> None:
    """The newest document is taken to be the one with the latest clock."""
    latest = select(DOCUMENT.c.seq, DOCUMENT.c.hash)
    mine = DOCUMENT.c.device == bindparam("device")
    _put(journal, "_HEAD", latest.where(mine).order_by(DOCUMENT.c.at.desc()).limit(1))


def _leaves_drafts(_tell: Any) -> None:
    unlink = Path.unlink

    def untidy(self: Path, *, missing_ok: bool = False) -> None:
        if not self.name.endswith(fresh.DRAFT):
            unlink(self, missing_ok=missing_ok)

    _put(Path, "unlink", untidy)


def _says_nothing(_tell: Any) -> None:
    """A disk that fails ends in a traceback."""
    for module in (ledger, fresh, carry):
        _put(module, "told", lambda _name: nullcontext())


SEEDS = {
    seed.name: seed
    for seed in (
        Seed("early", "acknowledges a sale before COMMIT", _answers_early),
        Seed("in place", "writes exports in place", _writes_in_place),
        Seed("born in place", "makes a ledger in place", _is_born_in_place),
        Seed("replaced in place", "writes central files and segments in place", _replaces_in_place),
        Seed("no fsync", "renames without fsync of the content", _never_asks_for_the_disk),
        Seed("no folder fsync", "does not make a new name durable", _forgets_the_folder),
        Seed(
            "unsettled", "leaves the last checkpoint of a new ledger to SQLite", _leaves_the_closing_to_sqlite
        ),
        Seed("normal", "WAL with synchronous = NORMAL", _commits_loosely),
        Seed("late turn", "asks for the next number before it holds the ledger", _takes_its_turn_late),
        Seed("no turn", "writes without a transaction", _takes_no_turn),
        Seed("forgets carts", "gives a cart that is paid again a new sale", _knows_no_cart),
        Seed("counts repeats", "adds up again what a merge brings twice", _counts_repeats),
        Seed("believes segments", "does not compare a segment with its name", _believes_segments),
        Seed("believes hashes", "does not hash bodies", _believes_hashes),
        Seed("orders by time", "takes the latest clock for the newest document", _orders_by_time),
        Seed("leaves drafts", "does not remove what it could not finish", _leaves_drafts),
        Seed("says nothing", "lets errors of the disk through", _says_nothing),
    )
}
