"""Where two histories of a chain part: the second goes on where it was split off before, or lies aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select, tuple_

from pos import journal, quarantine
from pos.body import decoded
from pos.errors import BadDocument
from pos.faults import refuses_data
from pos.ledger import Ledger
from pos.model import Document
from pos.restate import first_made, restate
from pos.tables import DEVICE, DOCUMENT, ORIGIN
from pos.text import _

_AT_ONCE = 200  # documents that are looked up together
_OF = (ORIGIN.c.of_device, ORIGIN.c.of_seq, ORIGIN.c.of_hash)
_IS = (DOCUMENT.c.device, DOCUMENT.c.seq, DOCUMENT.c.hash)


@dataclass(slots=True)
class Copied:
    """What one source brought: documents taken, documents known before, where and why chains were refused.

    `left` documents were not taken, of which `aside` are kept in quarantine as a second history.
    """

    taken: int = 0
    known: int = 0
    refused: list[BadDocument] = field(default_factory=list)
    left: int = 0
    aside: int = 0

    def add(self, more: Copied) -> None:
        """And what came beside it."""
        self.taken += more.taken
        self.known += more.known
        self.left += more.left
        self.aside += more.aside
        self.refused += more.refused


class ForkedError(BadDocument):
    """Two histories of one chain part at `seq`."""


def parted(device: str, seq: int, theirs: str, ours: str | None) -> ForkedError:
    """What is told of two histories that part at `seq`: the hash that comes in there, and the known one."""
    why = _("two histories part here: {theirs} comes in, {ours} is known.")
    return ForkedError(device, seq, why.format(theirs=theirs, ours=ours or ""))


def met(target: Ledger) -> str:
    """When something was met by this ledger: now."""
    return target.clock.now().isoformat()


def offer(target: Ledger, run: Sequence[Document], source: str) -> Copied:
    """Documents of one chain, in order, from a place that `target` has too: where they part they go aside.

    What follows the head without parting is taken: here that history may stand which is the second there.
    """
    device = run[0].device
    with target.read() as conn:
        place, head = _common(conn, run), journal.head(conn, device)
    if place == len(run) or run[place].seq == 1 or run[place].seq > head[0] + 1:
        return Copied()
    if run[place].seq <= head[0]:
        return divert(target, run[place:], source)
    with target.write() as conn:
        return _admitted(conn, run[place:], head)


def divert(target: Ledger, docs: Sequence[Document], source: str) -> Copied:
    """A second history, whose first document stands where `target` has another one.

    Where it was split off before, it goes on there; otherwise it is kept aside, as far as it is sound.
    """
    with target.write() as conn:
        return divert_on(conn, docs, (quarantine.source_name(source), met(target)))


def divert_on(conn: Connection, docs: Sequence[Document], words: tuple[str, str]) -> Copied:
    """The same inside a transaction; `words` say where they came from, and when."""
    device, first = docs[0].device, docs[0].seq
    trunk = journal.document(conn, device, first - 1)
    beginning = journal.document(conn, device, 1)
    ours = journal.document(conn, device, first)
    checked = journal.prepare(device, docs, (first - 1, trunk.hash if trunk else ""))
    sound = checked.docs
    found = Copied(left=len(docs) - len(sound))
    if checked.fault:
        found.refused.append(checked.fault)
    if not sound or beginning is None:
        return found
    split = letter_of_split(conn, sound[0])
    if split is None and _is_told(conn, sound):
        found.known = len(sound)
        return found
    if split is None:
        found.left = len(docs)
        found.refused.insert(0, parted(device, first, docs[0].hash, ours.hash if ours else None))
        found.aside = quarantine.keep_branch(conn, sound, checked.known[1], first, words)
        return found
    chain = restate(sound, decoded(beginning.body), checked.known, split)
    more = _follow(conn, chain, words)
    found.taken, found.known, found.aside = more.taken, more.known, more.aside
    found.left += more.left
    found.refused += more.refused
    return found


def follow_split(target: Ledger) -> Copied:
    """What is kept aside of histories that were split off elsewhere, and came in as laptops of their own,
    goes on there: here may lie more of them than whoever split them off had.
    """
    found = Copied()
    with target.read() as conn:
        if not _split_aside(conn):
            return found
    with target.write() as conn:
        held = [(run, quarantine.words_of(conn, run[0])) for run in _split_aside(conn)]
        quarantine.let_go(conn, [doc for run, _words in held for doc in run])
        for run, words in held:
            found.add(divert_on(conn, run, words))
    return found


def _split_aside(conn: Connection) -> list[list[Document]]:
    """The histories in quarantine whose beginning was split off, or all of which is told elsewhere."""
    begun = {one.device for one in quarantine.beginnings(conn) if _is_told(conn, [one])}
    held = [quarantine.runs(quarantine.aside(conn, device, branches=True)) for device in sorted(begun)]
    return [run for runs in held for run in runs if letter_of_split(conn, run[0]) or _is_told(conn, run)]


def _follow(conn: Connection, chain: Sequence[Document], words: tuple[str, str]) -> Copied:
    """Take a restated chain, whole from its first document, behind what is here of it."""
    device = chain[0].device
    place, known = _common(conn, chain), journal.head(conn, device)
    if place in (known[0], len(chain)):  # nothing parts: one of the two goes on where the other ends
        more = _admitted(conn, chain[place:], known) if chain[place:] else Copied()
        more.taken -= not place  # its first document is nobody's paper
        more.known += max(place - 1, 0)
        return more
    beside = divert_on(conn, chain[place:], words)
    beside.known += place - 1
    return beside


def _admitted(conn: Connection, docs: Sequence[Document], known: journal.Head) -> Copied:
    """Take documents that follow `known`, where a chain ends here, as far as they are sound."""
    device = docs[0].device
    checked = journal.prepare(device, docs, known)
    fault = checked.fault
    try:
        with conn.begin_nested():
            journal.admit(conn, device, checked.docs, known)
    except BadDocument as error:
        checked, fault = replace(checked, docs=()), error
    except Exception as error:
        if not refuses_data(error):
            raise
        fault = BadDocument(device, docs[0].seq, _("has values that no table can hold."))
        checked = replace(checked, docs=())
    taken = len(checked.docs)
    return Copied(taken=taken, refused=[fault] if fault else [], left=len(docs) - taken)


def _is_told(conn: Connection, docs: Sequence[Document]) -> bool:
    """Whether all that these sound documents tell is here already, under whatever name: another office may
    have met its laptop first, or split it off from a history that has another name here.
    """
    for start in range(0, len(docs), _AT_ONCE):
        made = {first_made(doc) for doc in docs[start : start + _AT_ONCE]}
        for table, place in ((ORIGIN, _OF), (DOCUMENT, _IS)):
            found = conn.execute(select(*place).select_from(table).where(tuple_(*place).in_(made)))
            made -= set(map(tuple, found))
            if not made:
                break
        if made:
            return False
    return True


def _common(conn: Connection, docs: Sequence[Document]) -> int:
    """How many of these documents of one chain, from the first on, this ledger has as they are."""
    hashes = select(DOCUMENT.c.seq, DOCUMENT.c.hash).where(
        DOCUMENT.c.device == docs[0].device, DOCUMENT.c.seq.between(docs[0].seq, docs[-1].seq)
    )
    ours = {row.seq: row.hash for row in conn.execute(hashes)}
    return next((n for n, doc in enumerate(docs) if ours.get(doc.seq) != doc.hash), len(docs))


def letter_of_split(conn: Connection, first: Document) -> str | None:
    """The letter under which the history that begins with this sound document was split off, if it was."""
    same = [column == value for column, value in zip(_OF, first_made(first), strict=True)]
    of = (DEVICE.c.of_device == first.device, *same)
    booth = select(DEVICE.c.booth).join(ORIGIN, ORIGIN.c.device == DEVICE.c.device)
    found = conn.scalar(booth.where(*of, ORIGIN.c.seq == 2).order_by(DEVICE.c.device).limit(1))
    return found[-1] if found else None
