"""Where chains of documents are read from: a ledger, a folder of segments, an inbox; what each can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, cast

from sqlalchemy import Connection

from pos import journal, mark, quarantine
from pos.errors import BadDocument
from pos.kept_json import parsed
from pos.ledger import Ledger
from pos.model import Document, Fields
from pos.text import _

BATCH = 5_000  # documents that are read, and stored in one transaction of a target
NO_END = 2**62  # where a chain ends whose last place is no number: it is read until its fault


class Source(Protocol):
    """Where chains can be read from."""

    def tops(self) -> dict[str, int]:
        """The last seq of every chain, by device."""

    def read(self, device: str, after: int, prev: str = "") -> Iterator[Document]:
        """The documents of one chain behind `after`, in order, unchecked.

        `prev` is the hash of the one before, for a source that holds more than one history.
        """

    def first(self, device: str) -> Document | None:
        """The first document of a chain, unchecked: it says whose the chain is."""

    def hashes(self, device: str, seq: int) -> set[str]:
        """The hash that document `seq` of a chain has there, of each history; none where it is not there."""

    def branches(self, device: str) -> Iterator[Sequence[Document]]:
        """Documents of second histories of a chain, unchecked: each a run in order that is not in `read`."""

    @property
    def name(self) -> str:
        """What people know it by."""


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """An open ledger as a source; only its journal is read, never its derived tables."""

    conn: Connection
    name: str = ""
    whole: bool = False  # whether this very version made its tables: only then more than the journal is read

    def tops(self) -> dict[str, int]:
        """The last seq of every chain, by device."""
        ends = {device: seq for device, (seq, _hash) in journal.heads(self.conn).items()}
        return {device: seq if isinstance(seq, int) else NO_END for device, seq in ends.items()}

    def read(self, device: str, after: int, _prev: str = "") -> Iterator[Document]:
        """The documents of one chain behind `after`, a batch at a time."""
        limit = 1  # often only the first is asked for
        while docs := journal.read(self.conn, device, after, limit):
            # A server lets booths read the office's bodies only.
            if cast("str | None", docs[0].body) is None:
                if docs[0].seq == 1:
                    return
                raise BadDocument(device, docs[0].seq, _("lies there, but only the office may read it."))
            yield from docs
            after, limit = docs[-1].seq, BATCH

    def first(self, device: str) -> Document | None:
        """The first document of a chain."""
        return next(self.read(device, 0), None)

    def hashes(self, device: str, seq: int) -> set[str]:
        """The one hash that document `seq` has here."""
        doc = journal.document(self.conn, device, seq)
        return {doc.hash} if doc and isinstance(doc.hash, str) else set()

    @property
    def keeps_aside(self) -> bool:
        """Whether there are any second histories."""
        return self.whole and bool(quarantine.beginnings(self.conn))

    def branches(self, device: str) -> Iterator[Sequence[Document]]:
        """The second histories that this ledger keeps aside."""
        if self.whole:
            rows = quarantine.aside(self.conn, device, branches=True)
            yield from quarantine.runs([row for row in rows if journal.digest(row.body) == row.hash])


@dataclass(frozen=True, slots=True)
class VeiledSource:
    """A database that takes what booths bring and shows them no body of it, but the hash of each.

    A body of this ledger stands in for the one of the same hash; what has another is seen to be another.
    """

    there: LedgerSource
    ledger: Ledger

    def tops(self) -> dict[str, int]:
        """The last seq of every chain, by device."""
        return self.there.tops()

    def first(self, device: str) -> Document | None:
        """As `Source`; without a body where only the office may read it."""
        return next(self.read(device, 0), None)

    def hashes(self, device: str, seq: int) -> set[str]:
        """As `Source`."""
        return self.there.hashes(device, seq)

    def branches(self, _device: str) -> Iterator[Sequence[Document]]:
        """None that a booth may see."""
        return iter(())

    @property
    def name(self) -> str:
        """As `Source`."""
        return self.there.name

    def read(self, device: str, after: int, _prev: str = "") -> Iterator[Document]:
        """The documents of one chain behind `after`, as `Source`."""
        with self.ledger.read() as conn:
            ours = LedgerSource(conn).read(device, after)
            while docs := journal.read(self.there.conn, device, after, BATCH):
                for doc in docs:
                    own = next(ours, None)
                    yield doc._replace(body=own.body) if own and not doc.body else doc
                after = docs[-1].seq


@contextmanager
def reading(ledger: Ledger) -> Iterator[LedgerSource]:
    """The ledger as a source, in one consistent view."""
    with ledger.read() as conn:
        yield LedgerSource(conn, ledger.name, whole=not ledger.hands_in and _made_here(conn))


def _made_here(conn: Connection) -> bool:
    """Whether this very version has made the tables."""
    if conn.dialect.name != "sqlite":
        return True
    return bool(conn.exec_driver_sql("PRAGMA user_version").scalar_one() == mark.VERSION)


def first_fields(source: Source, device: str) -> Fields:
    """The body of a chain's first document: who the device is. Unchecked; empty when it cannot be read."""
    first = source.first(device)
    try:
        fields = parsed(first.body) if first else {}
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def prev_of(doc: Document) -> str:
    """The hash of the document before it, as its body says; empty where that cannot be read."""
    try:
        fields = parsed(doc.body)
    except (TypeError, ValueError):
        return ""
    found = fields.get("prev") if isinstance(fields, dict) else None
    return found if isinstance(found, str) else ""
