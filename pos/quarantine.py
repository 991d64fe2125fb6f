"""Documents that a ledger refused: kept beside its books, so that nothing is lost and both can be shown.

They lie in a table of the ledger that refused them, not in a file beside it: so a stick brings them to the
office in the one file that it carries, the same way works for PostgreSQL, and they come and go in the one
transaction that stores what was good. They are no part of the books: nothing is derived from them. Of a
second history all documents are kept, for they are whole and can be split off (pos/forks.py); of anything
else the first one that was wrong, cut to what a person can look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, exists, func, select

from pos.body import decoded
from pos.local_tables import QUARANTINE
from pos.model import Document
from pos.restate import first_origin
from pos.tables import DEVICE, ERASURE
from pos.text import clean_text

MAX_BRANCH = 50_000  # documents of one second history; a booth has some 5,000 in an exhibition
MAX_LETTERS = 64_000_000  # of their documents together
MAX_RUNS = 64  # histories of one device that part from each other; who has more was made to have them
MAX_REFUSED = 200  # other documents of one device; what comes behind them says no more
MAX_SHOWN = 20_000  # characters of a body that only is to be looked at


class Aside(NamedTuple):
    """One refused document. `parts_at` is 0 unless it belongs to a second history that leaves there."""

    device: str
    seq: int
    hash: str
    kind: str
    at: str
    body: str
    private: str | None
    prev: str
    parts_at: int
    why: str
    source: str
    met: str

    @property
    def document(self) -> Document:
        """As a document."""
        return Document(self.device, self.seq, self.kind, self.at, self.hash, self.body, self.private)


def keep_branch(
    conn: Connection, docs: Sequence[Document], trunk: str, parts_at: int, words: tuple[str, str]
) -> int:
    """Keep checked documents of a history that leaves the known one at `parts_at`; returns how many are new.

    `trunk` is the hash of what stands before the first; `words` say where they came from, and when.
    """
    device = docs[0].device
    mine = (QUARANTINE.c.device == device, QUARANTINE.c.seq.between(docs[0].seq, docs[-1].seq))
    kept = (QUARANTINE.c.seq, QUARANTINE.c.hash, QUARANTINE.c.parts_at)
    known = {(row.seq, row.hash): row.parts_at for row in conn.execute(select(*kept).where(*mine))}
    let_go(
        conn, [doc for doc in docs if known.get((doc.seq, doc.hash)) == 0]
    )  # refused while its past was not here
    held = conn.scalar(select(func.count()).select_from(QUARANTINE).where(QUARANTINE.c.device == device)) or 0
    befores = [trunk, *(doc.hash for doc in docs)]
    fresh = [
        Aside(
            *doc[:2], doc.hash, doc.kind, doc.at, doc.body, doc.private, before, parts_at, "", *words
        )._asdict()
        for doc, before in zip(docs, befores, strict=False)
        if not known.get((doc.seq, doc.hash))
    ][: max(MAX_BRANCH - held, 0)]
    if fresh:
        conn.execute(QUARANTINE.insert(), fresh)
        of = (ERASURE.c.of_device == QUARANTINE.c.device, ERASURE.c.of_seq == QUARANTINE.c.seq)
        wished = exists().where(*of, ERASURE.c.device != ERASURE.c.of_device)  # as journal.take_out
        conn.execute(QUARANTINE.update().where(*mine, wished).values(private=None))
    return len(fresh)


def keep_refused(
    conn: Connection, offered: Sequence[Any], place: tuple[str, int], words: tuple[str, str, str]
) -> int:
    """Keep the one document at `place` that was wrong, whatever its columns hold; returns 1 if it is new.

    `offered` are its columns as they came, `words` why it was refused, where it came from, and when.
    """
    kind, at, hash_, body = (plain_text(value) for value in offered[2:6])
    device, seq = place
    why, source, met = words
    row = Aside(device, seq, hash_[:64], kind[:40], at[:40], body, None, "", 0, why, source, met)
    mine = (QUARANTINE.c.device == device, QUARANTINE.c.parts_at == 0)
    same = (QUARANTINE.c.device == device, QUARANTINE.c.seq == seq, QUARANTINE.c.hash == row.hash)
    held = conn.scalar(select(func.count()).select_from(QUARANTINE).where(*mine)) or 0
    if held >= MAX_REFUSED or conn.execute(select(QUARANTINE.c.seq).where(*same)).first():
        return 0
    conn.execute(QUARANTINE.insert().values(row._asdict()))
    return 1


def aside(conn: Connection, device: str = "", *, branches: bool | None = None) -> list[Aside]:
    """What is kept, of one device or all; with `branches` only second histories, or only all else."""
    query = select(QUARANTINE).order_by(QUARANTINE.c.device, QUARANTINE.c.seq, QUARANTINE.c.hash)
    if device:
        query = query.where(QUARANTINE.c.device == device)
    if branches is not None:
        query = query.where(QUARANTINE.c.parts_at > 0 if branches else QUARANTINE.c.parts_at == 0)
    found, held = [], 0
    for row in map(Aside._make, conn.execute(query.limit(MAX_BRANCH))):
        if _is_sound(row):
            found.append(row)
            held += sum(len(value) for value in row if isinstance(value, str))
            if held > MAX_LETTERS:
                break
    return found


def beginnings(conn: Connection) -> list[Document]:
    """The documents with which second histories begin."""
    starts = select(QUARANTINE).where(QUARANTINE.c.parts_at > 0, QUARANTINE.c.seq == QUARANTINE.c.parts_at)
    found = map(Aside._make, conn.execute(starts.order_by(QUARANTINE.c.device).limit(MAX_BRANCH)))
    return [row.document for row in found if _is_sound(row)]


def first_made(conn: Connection) -> set[tuple[str, int, str]]:
    """Device, seq and hash of what the documents restate that lie aside: they parted from a history which was
    split off itself.
    """
    seconds = select(DEVICE.c.device).where(DEVICE.c.restates == 1)
    mine = (QUARANTINE.c.parts_at > 0, QUARANTINE.c.device.in_(seconds))
    found = set()
    for body in conn.scalars(select(QUARANTINE.c.body).where(*mine)):
        if origin := first_origin(decoded(body)):
            found.add((origin["device"], origin["seq"], origin["hash"]))
    return found


def words_of(conn: Connection, doc: Document) -> tuple[str, str]:
    """Where a document that is kept came from, and when."""
    mine = (QUARANTINE.c.device == doc.device, QUARANTINE.c.seq == doc.seq, QUARANTINE.c.hash == doc.hash)
    row = conn.execute(select(QUARANTINE.c.source, QUARANTINE.c.met).where(*mine)).first()
    return (row.source, row.met) if row else ("", "")


def _is_sound(row: Aside) -> bool:
    """Whether each value is of its type: the file may be a foreign one."""
    words = (*row[2:6], row.prev, row.why, row.source, row.met, row.private or "")
    numbers = (row.seq, row.parts_at)
    return all(type(value) is str for value in words) and all(type(value) is int for value in numbers)


def runs(rows: Sequence[Aside]) -> list[list[Document]]:
    """The second histories in `rows`, of one device: one list of documents to the end of each."""
    following: dict[str, list[Aside]] = {}
    for row in rows:
        following.setdefault(row.prev, []).append(row)
    starts = [row for row in rows if row.seq == row.parts_at]
    found: list[list[Document]] = []
    waiting = [[row] for row in reversed(starts[:MAX_RUNS])]
    while waiting and len(found) < MAX_RUNS:
        run = waiting.pop()
        while nexts := [row for row in following.get(run[-1].hash, ()) if row.seq == run[-1].seq + 1]:
            waiting += [[*run, other] for other in nexts[1 : MAX_RUNS - len(waiting)]]
            run.append(nexts[0])
        found.append([row.document for row in run])
    return found


def let_go(conn: Connection, docs: Sequence[Document]) -> None:
    """These are in the books now."""
    for doc in docs:
        mine = (QUARANTINE.c.device == doc.device, QUARANTINE.c.seq == doc.seq, QUARANTINE.c.hash == doc.hash)
        conn.execute(QUARANTINE.delete().where(*mine))


def plain_text(value: object) -> str:
    """Whatever a column holds as text that every database takes, cut to what can be looked at."""
    text = value if isinstance(value, str) else repr(value)[:MAX_SHOWN]
    text = text[:MAX_SHOWN].encode("utf-8", "replace").decode()
    return text.replace("\x00", "\ufffd")


def source_name(name: str) -> str:
    """Where something came from, as one line."""
    return clean_text(name, 200)
