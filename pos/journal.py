"""The journal: append-only, hash-chained documents per device. The bytes of a body are the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, exists, func, or_, select, tuple_

from pos import derive, repeats, rows
from pos.body import NotCanonicalError, canonical, decoded
from pos.columns import METADATA
from pos.derive.shapes import Row, Rows
from pos.errors import BadDocument, Refused
from pos.faults import refuses_data
from pos.local_tables import QUARANTINE
from pos.model import GENESIS, Document, Fields
from pos.sums import Sums, sums_of
from pos.tables import DERIVED, DOCUMENT, ERASURE, ORIGIN
from pos.text import _
from pos.upgrade import newest

# Built once: building a statement costs several times its running, and every sale asks for the head.
_HEAD = (
    select(DOCUMENT.c.seq, DOCUMENT.c.hash)
    .where(DOCUMENT.c.device == bindparam("device"))
    .order_by(DOCUMENT.c.seq.desc())
    .limit(1)
)
_CHAIN = (
    select(DOCUMENT)
    .where(DOCUMENT.c.device == bindparam("device"), DOCUMENT.c.seq > bindparam("after"))
    .order_by(DOCUMENT.c.seq)
    .limit(bindparam("limit"))
)
_NEXT_CHAIN = select(func.min(DOCUMENT.c.device)).where(DOCUMENT.c.device > bindparam("device"))

# Letters of documents that are held at once: what a booth sells in a season, and three catalogues of 4,000. A
# file may hold thousands of the longest that a body can be.
MOST_LETTERS = 16_000_000

APPROVAL_HOLDS = timedelta(minutes=15)  # between the PIN and what it allows

Head = tuple[int, str]  # seq and hash of a chain's last document; (0, GENESIS) before its first


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something was put down: `at` with the exhibition's zone, and the machine's uptime in ms."""

    at: str
    up: int


def digest(body: str) -> str:
    """Lower-case hex SHA-256 of the body's UTF-8 bytes."""
    return sha256(body.encode()).hexdigest()


def head(conn: Connection, device: str) -> Head:
    """Where the chain of `device` ends in this ledger."""
    row = rows.ask(conn, _HEAD, {"device": device})
    return (row[0], row[1]) if row else (0, GENESIS)


def chains(conn: Connection) -> list[str]:
    """The devices that have documents here; one index look-up each, however long their chains are."""
    found: list[str] = []
    while (code := conn.scalar(_NEXT_CHAIN, {"device": found[-1] if found else ""})) is not None:
        found.append(code)
    return found


def heads(conn: Connection) -> dict[str, Head]:
    """Where every chain of this ledger ends; asked of a server all at once, for it may be far away."""
    if conn.dialect.name != "postgresql":
        return {code: head(conn, code) for code in chains(conn)}
    ends = select(DOCUMENT.c.device, func.max(DOCUMENT.c.seq).label("seq"))
    end = ends.group_by(DOCUMENT.c.device).subquery()
    last = (end.c.device == DOCUMENT.c.device) & (end.c.seq == DOCUMENT.c.seq)
    found = select(DOCUMENT.c.device, DOCUMENT.c.seq, DOCUMENT.c.hash).join(end, last)
    return {device: (seq, hashed) for device, seq, hashed in conn.execute(found.order_by(DOCUMENT.c.device))}


def post(
    conn: Connection, device: str, kind: str, stamp: Stamp, fields: Fields, private: str | None = None
) -> Document:
    """Append one document to the chain of `device` and derive its rows, inside the caller's transaction.

    `private` is kept beside the body and outside its hash, so that it can be erased. Raises Refused when it
    was approved too long ago.
    """
    if approval := fields.get("approval"):
        _check_age(approval["at"], stamp.at)
    doc = post_many(conn, device, kind, [(stamp, fields)])[-1]
    if private is None:
        return doc
    mine = (DOCUMENT.c.device == device, DOCUMENT.c.seq == doc.seq)
    conn.execute(DOCUMENT.update().where(*mine).values(private=private))
    return doc._replace(private=private)


def _check_age(allowed: str, now: str) -> None:
    """Both ISO 8601. Whoever allowed something did so for now, not for when they have gone home."""
    if abs(datetime.fromisoformat(now) - datetime.fromisoformat(allowed)) > APPROVAL_HOLDS:
        raise Refused(_("This was approved too long ago."), _("Ask for it again."))


def _erase(conn: Connection, docs: Sequence[Document], made: Rows) -> None:
    """Take out the personal data that was to be erased, whichever came first: the data or the wish.

    A laptop that names a document of its own chain means the one that stands here. Who names one of another
    chain may mean that of a second history, for a clone goes on under a code of its own: then both are blank.
    """
    named = [(row[3], row[4]) for row in made[ERASURE]]
    if named:
        foreign = [(row[3], row[4]) for row in made[ERASURE] if row[0] != row[3]]
        take_out(conn, [*named, *_restated(conn, foreign)], aside=foreign)
    if any(doc.private is not None for doc in docs):
        mine = (DOCUMENT.c.device == docs[0].device, DOCUMENT.c.seq.between(docs[0].seq, docs[-1].seq))
        wished = exists().where(ERASURE.c.of_device == DOCUMENT.c.device, ERASURE.c.of_seq == DOCUMENT.c.seq)
        before = exists().where(
            *(ORIGIN.c.device == DOCUMENT.c.device, ORIGIN.c.seq == DOCUMENT.c.seq),
            *(ERASURE.c.of_device == ORIGIN.c.of_device, ERASURE.c.of_seq == ORIGIN.c.of_seq),
            ERASURE.c.device != ERASURE.c.of_device,
        )
        conn.execute(DOCUMENT.update().where(*mine, or_(wished, before)).values(private=None))


def _restated(conn: Connection, named: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Where documents with these places of a chain stand that belong to a history which was split off."""
    theirs = tuple_(ORIGIN.c.of_device, ORIGIN.c.of_seq).in_(named)
    return [(row.device, row.seq) for row in conn.execute(select(ORIGIN).where(theirs))] if named else []


def take_out(
    conn: Connection, named: Sequence[tuple[str, int]], *, aside: Sequence[tuple[str, int]] = ()
) -> None:
    """What is private of these documents (device and seq) is gone, and of those that were put `aside`."""
    for table, places in ((DOCUMENT, named), (QUARANTINE, aside)):
        if places:
            theirs = tuple_(table.c.device, table.c.seq).in_(places)
            conn.execute(table.update().where(theirs).values(private=None))


def post_many(
    conn: Connection, device: str, kind: str, papers: Iterable[tuple[Stamp, Fields]]
) -> Sequence[Document]:
    """Append many documents of one kind in one go, as `post` does one."""
    (made,) = make(device, kind, [papers], head(conn, device))
    store(conn, made)
    return made.docs


def make(
    device: str, kind: str, batches: Iterable[Iterable[tuple[Stamp, Fields]]], known: Head
) -> Iterator[Checked]:
    """Documents of one kind that follow `known`, a batch at a time; touches no ledger.

    `store` puts them there. Raises BadDocument for what no other ledger would take.
    """
    version = newest(kind)
    for papers in batches:
        (seq, prev), made, docs = known, derive.no_rows(), []
        for stamp, fields in papers:
            seq += 1
            body = fields | {"prev": prev, "device": device, "seq": seq, "kind": kind, "v": version}
            body |= {"at": stamp.at, "up": stamp.up}
            try:
                text = canonical(body)
            except (ValueError, TypeError) as error:
                raise BadDocument(device, seq, _("its content cannot be read.")) from error
            prev = digest(text)
            docs.append(Document(device, seq, kind, stamp.at, prev, text))
            derive.derive(docs[-1], body, made)
        derive.check_types(made)
        batch = Checked(device, known, docs, made, sums_of(device, made))
        yield batch
        known = batch.head


def read(conn: Connection, device: str, after: int, limit: int) -> list[Document]:
    """Up to `limit` documents of one chain behind `after`, in order, as they are stored; fewer where they are
    so long that a machine could not hold them all.
    """
    return list(light(map(Document._make, rows_of(conn, device, after, limit))))


def rows_of(conn: Connection, device: str, after: int, limit: int) -> Iterator[Row]:
    """As `read`, one by one and as plain rows, for whoever looks at each and lets it go."""
    return rows.ask_each(conn, _CHAIN, {"device": device, "after": after, "limit": limit})


def light(docs: Iterator[Document], most: int = MOST_LETTERS) -> Iterator[Document]:
    """Documents up to the one with which they come to `most` letters, whatever their columns hold."""
    held = 0
    for doc in docs:
        yield doc
        held += letters(doc)
        if held > most:
            return


def letters(doc: Sequence[Any]) -> int:
    """How long a document is, its columns together."""
    try:
        return len(doc[5]) + len(doc[2]) + len(doc[3]) + len(doc[4]) + (len(doc[6]) if doc[6] else 0)
    except TypeError:  # of a foreign file
        return sum(len(value) for value in doc if isinstance(value, (str, bytes)))


def document(conn: Connection, device: str, seq: int) -> Document | None:
    """One document, or None."""
    row = conn.execute(select(DOCUMENT).where(DOCUMENT.c.device == device, DOCUMENT.c.seq == seq)).first()
    return Document(*row) if row else None


def documents_of(papers: Table) -> Select[Any]:
    """The documents of `papers`, a table with a row for each; narrowed down by its columns."""
    both = (papers.c.device == DOCUMENT.c.device) & (papers.c.seq == DOCUMENT.c.seq)
    return select(DOCUMENT).join(papers, both)


def check(doc: Document, device: str, seq: int, prev: str) -> Fields:
    """The decoded body of a document that claims to be number `seq` of `device` and to follow `prev`.

    Raises BadDocument, naming both hashes where two differ, when one byte of it or its place is not as
    claimed.
    """
    try:
        raw = doc.body.encode()
    except (AttributeError, UnicodeEncodeError) as error:  # bytes, or half a character
        raise BadDocument(device, seq, _("its content cannot be read.")) from error
    found = sha256(raw).hexdigest()
    if found != doc.hash:
        raise BadDocument(
            device,
            seq,
            _("was changed: its content has {found}, not {hash}.").format(found=found, hash=doc.hash),
        )
    try:
        fields = decoded(doc.body, raw)
        claimed = (fields["device"], fields["seq"], fields["kind"], fields["at"], fields["prev"])
        version = fields["v"]
    except NotCanonicalError as error:
        raise BadDocument(device, seq, _("its content is not in the one form it must have.")) from error
    except (ValueError, KeyError) as error:
        raise BadDocument(device, seq, _("its content cannot be read.")) from error
    if claimed != (device, seq, doc.kind, doc.at, prev) or doc.device != device or doc.seq != seq:
        if claimed[4] != prev:
            why = _("follows {found}, but the one before it is {hash}.").format(found=claimed[4], hash=prev)
        else:
            why = _("its content belongs to another place.")
        raise BadDocument(device, seq, why)
    if type(version) is not int:
        raise BadDocument(device, seq, _("its content cannot be read."))
    return fields


@dataclass(frozen=True, slots=True)
class Checked:
    """Documents of one chain that follow `known` and are what they claim, with the rows that they make and
    what these add to the sums; None where it is added up as they are stored.

    `fault` says why the document behind them is not among them, when that is so.
    """

    device: str
    known: Head
    docs: Sequence[Document]
    rows: Rows
    sums: Sums | None
    fault: BadDocument | None = None

    @property
    def head(self) -> Head:
        """Where the chain ends with these."""
        return (self.docs[-1].seq, self.docs[-1].hash) if self.docs else self.known


def prepare(device: str, docs: Sequence[Document], known: Head, *, add_up: bool = True) -> Checked:
    """Check documents that claim to follow `known`, up to the first that does not; touches no ledger."""
    seq, prev = known
    made = derive.no_rows()
    try:
        for doc in docs:
            seq += 1
            derive.derive(doc, check(doc, device, seq, prev), made)
            prev = doc.hash
        derive.check_types(made)
    except BadDocument as fault:
        # The one that failed may have left rows behind, so those before it are derived once more.
        return replace(prepare(device, docs[: fault.seq - known[0] - 1], known), fault=fault)
    return Checked(device, known, docs, made, sums_of(device, made) if add_up else None)


def store(conn: Connection, checked: Checked) -> None:
    """Store checked documents and their rows, and add these to the sums."""
    if not checked.docs:
        return
    rows.insert_documents(conn, checked.docs)
    counted, sums = checked.rows, checked.sums
    if counted[ORIGIN]:
        counted, sums = repeats.insert(conn, checked.docs, counted), None
    else:
        rows.insert(conn, counted)
    sums = sums_of(checked.device, counted) if sums is None else sums
    rows.add_up(conn, counted, sums, (checked.device, checked.docs[0].seq, checked.docs[-1].seq))
    _erase(conn, checked.docs, checked.rows)


def admit(conn: Connection, device: str, docs: Sequence[Document], known: Head) -> Head:
    """Check documents that follow `known`, store them, derive their rows, and count once what is told twice
    (pos/repeats.py); returns the new head.

    Inside the caller's transaction: when BadDocument is raised, the caller rolls back.
    """
    checked = prepare(device, docs, known)
    if checked.fault:
        raise checked.fault
    store(conn, checked)
    repeats.settle(conn, device)
    return checked.head


def derive_again(conn: Connection) -> None:
    """Make the derived tables as this program has them, and fill them from all documents."""
    METADATA.drop_all(conn, tables=DERIVED)
    METADATA.create_all(conn)
    rebuild(conn)


def hand_in(conn: Connection, docs: Sequence[Document], *, beside: bool = False) -> None:
    """Put documents into the inbox of a server, for the office to take.

    With `beside` they are of a second history: where something lies in their place already, they are left.
    """
    rows.hand_in(conn, docs, beside=beside)


def rebuild(conn: Connection, chunk: int = 5_000) -> None:
    """Empty the derived tables and derive all documents again. Raises BadDocument where that cannot be."""
    rows.clear(conn)
    for device in chains(conn):
        after = 0
        while docs := read(conn, device, after, chunk):
            _derive(conn, device, after, docs)
            after += len(docs)
    repeats.settle_all(conn)


def _derive(conn: Connection, device: str, after: int, docs: Sequence[Document]) -> None:
    """Derive the stored documents behind `after` again; who made them was checked when they came in.

    Raises BadDocument for what could not have come in: the file may be a foreign one.
    """
    batch = derive.no_rows()
    for seq, doc in enumerate(docs, after + 1):
        if doc.seq != seq:
            raise BadDocument(device, seq, _("its content belongs to another place."))
        try:
            body = decoded(doc.body)
        except ValueError as error:
            raise BadDocument(device, seq, _("its content cannot be read.")) from error
        derive.derive(doc, body, batch)
    derive.check_types(batch)
    try:
        rows.write(conn, batch, (device, after + 1, docs[-1].seq))
    except Exception as error:
        if refuses_data(error):
            raise BadDocument(device, after + 1, _("has values that no table can hold.")) from error
        raise
