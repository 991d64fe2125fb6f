"""What booths handed in at a central database: from the inbox through the one door into the journal.

A booth's login may put documents into the inbox and nothing else, so whatever lies there may have been put
there by anybody who knows a booth's password: it is checked like a foreign file. What the journal has now is
taken out of the inbox; what was refused stays there, for the office to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, or_, select

from pos import journal, quarantine
from pos.body import MAX_BODY
from pos.chains import BATCH, first_fields
from pos.errors import BadDocument
from pos.ledger import Ledger, open_target
from pos.letterbox import collect
from pos.local_tables import QUARANTINE
from pos.model import Document
from pos.server_tables import INBOX
from pos.sync import Copied, Progress, copy_chains
from pos.tables import DEVICE, DOCUMENT, ORIGIN
from pos.text import _

_SAME = (DOCUMENT.c.device == INBOX.c.device, DOCUMENT.c.seq == INBOX.c.seq, DOCUMENT.c.hash == INBOX.c.hash)

_ASIDE = (
    *(QUARANTINE.c.device == INBOX.c.device, QUARANTINE.c.seq == INBOX.c.seq),
    *(QUARANTINE.c.hash == INBOX.c.hash, QUARANTINE.c.parts_at > 0),
)
_RESTATED = (
    *(ORIGIN.c.of_device == INBOX.c.device, ORIGIN.c.of_seq == INBOX.c.seq, ORIGIN.c.of_hash == INBOX.c.hash),
)

# Letters of the columns of a document that are fetched, in their order; and bytes of them together.
_LONGEST = {"kind": 100, "at": 100, "hash": 100, "body": MAX_BODY + 1, "private": MAX_BODY + 1}
_SIZE = func.octet_length(INBOX.c.body) + func.coalesce(func.octet_length(INBOX.c.private), 0)


@dataclass(frozen=True, slots=True)
class InboxSource:
    """The inbox as a source of chains: those whose last seq stands in `ends`, by device."""

    conn: Connection
    ends: Mapping[str, int]

    def tops(self) -> dict[str, int]:
        """The last seq of every chain that is to be taken, by device."""
        return dict(self.ends)

    def read(self, device: str, after: int, _prev: str = "") -> Iterator[Document]:
        """The documents behind `after`, a batch at a time."""
        limit = 1
        while docs := self._batch(device, after, limit):
            yield from docs
            after, limit = docs[-1].seq, BATCH

    def first(self, device: str) -> Document | None:
        """The first document of a chain, where it is still to be taken."""
        return next(self.read(device, 0), None)

    def hashes(self, device: str, seq: int) -> set[str]:
        """The hash of what lies in that place, if anything."""
        mine = (INBOX.c.device == device, INBOX.c.seq == seq)
        return set(self.conn.scalars(select(INBOX.c.hash).where(*mine)))

    def branches(self, _device: str) -> Iterator[Sequence[Document]]:
        """None: it has room for one document in each place."""
        return iter(())

    @property
    def name(self) -> str:
        """What people know it by."""
        return _("what booths handed in")

    def _batch(self, device: str, after: int, limit: int) -> list[Document]:
        """As many as a machine can hold; of one that is longer than any can be, only so much that its hash
        does not fit: whoever knows a booth's password may have put it there.
        """
        mine = (INBOX.c.device == device, INBOX.c.seq > after)
        some = select(INBOX, _SIZE.label("size")).where(*mine).order_by(INBOX.c.seq).limit(limit).subquery()
        so_far = func.sum(some.c.size).over(order_by=some.c.seq).label("so_far")
        counted = select(some, so_far).subquery()
        cut = [func.left(counted.c[name], most).label(name) for name, most in _LONGEST.items()]
        chain = select(counted.c.device, counted.c.seq, *cut)
        fitting = (counted.c.so_far <= journal.MOST_LETTERS) | (counted.c.so_far == counted.c.size)
        return [Document(*row) for row in self.conn.execute(chain.where(fitting).order_by(counted.c.seq))]


def open_central(target: str) -> Ledger:
    """As `open_target`, with what booths handed in until now: at a server, where the login may take it, or
    into the letter box of a file.
    """
    ledger = open_target(target)
    try:
        take_in(ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def take_in(central: Ledger, progress: Progress | None = None) -> Copied:
    """Take what lies in the inbox into the journal, checked and derived; `refused` names what does not fit.

    The inbox of a file is its letter box. Does nothing without one, or for a login that may not. Raises
    WorldFailed when server or disk fail.
    """
    if central.path is not None:
        return collect(central, progress)
    if central.hands_in or not _may(central):
        return Copied()
    copied = _take(central, progress)
    if copied.aside:  # what lay in the way is in quarantine now: behind it may be more of the known history
        copied.taken += _take(central, progress).taken
    return copied


def _take(central: Ledger, progress: Progress | None) -> Copied:
    with central.read() as conn:
        ends = _ends(conn)
        offices = _offices(conn, ends)
        source = InboxSource(conn, {device: end for device, end in ends.items() if device not in offices})
        copied = copy_chains(source, central, progress=progress) if source.ends else Copied()
    why = _("only the office itself brings what the office says.")
    copied.refused += [BadDocument(device, 1, why) for device in offices]
    for device in source.ends:
        _clear(central, device)
    return copied


def _ends(conn: Connection) -> dict[str, int]:
    """The last seq of every chain that lies there, by device."""
    ends = select(INBOX.c.device, func.max(INBOX.c.seq)).group_by(INBOX.c.device).order_by(INBOX.c.device)
    return dict(conn.execute(ends).all())


def _offices(conn: Connection, ends: Mapping[str, int]) -> list[str]:
    """The chains that claim to be an office's: whoever has a booth's password could so set prices."""
    if not ends:
        return []
    known = set(conn.scalars(select(DEVICE.c.device).where(DEVICE.c.role == "office")))
    lying = InboxSource(conn, ends)
    return [
        device for device in ends if device in known or first_fields(lying, device).get("role") == "office"
    ]


def discard(central: Ledger, device: str) -> int:
    """Take out of the inbox what lies there of one laptop, for it cannot be taken; how many documents.

    Nothing is lost: the laptop hands in again whatever the journal lacks.
    """
    with central.write() as conn:
        return conn.execute(INBOX.delete().where(INBOX.c.device == device)).rowcount


def _may(central: Ledger) -> bool:
    with central.read() as conn:
        may: bool = conn.exec_driver_sql(
            "SELECT pg_catalog.pg_is_in_recovery() = false AND has_table_privilege('inbox', 'DELETE')"
        ).scalar_one()
    return may


def _clear(central: Ledger, device: str) -> None:
    """Take out of the inbox what the journal has, byte for byte, or what is of a second history and kept,
    also as the second of one that was split off: what stayed would lie in the way of the first laptop's own.
    """
    kept = (exists().where(*_SAME), exists().where(*_ASIDE), exists().where(*_RESTATED))
    with central.write(beside=True) as conn:
        conn.execute(INBOX.delete().where(INBOX.c.device == device, or_(*kept)))
        left = conn.execute(select(INBOX.c.seq, INBOX.c.hash).where(INBOX.c.device == device)).all()
        aside = quarantine.first_made(conn) if left else set()
        for seq, hash_ in left:
            if (device, seq, hash_) in aside:
                conn.execute(INBOX.delete().where(INBOX.c.device == device, INBOX.c.seq == seq))
