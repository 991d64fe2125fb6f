"""Sync: copy the documents that the other ledger lacks, verified on the way. Data moves in no other way.

Any number of sources, in any order, any number of times, leaves the same documents and so the same tables.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, select

from pos import clock, journal, quarantine, radar, repeats
from pos.chains import BATCH, NO_END, Source, prev_of
from pos.errors import BadDocument, CommitUnknown, TryAgain
from pos.faults import refuses_data
from pos.journal import Checked, Head
from pos.ledger import Ledger
from pos.model import GENESIS, Device, Document, Fields
from pos.parting import Copied as Copied  # noqa: PLC0414 - what every sync answers
from pos.parting import ForkedError, divert, follow_split, met, offer, parted
from pos.practice import TRAINING_BOOTH
from pos.server import PAUSE_MS, TRIES
from pos.tables import DEVICE, ERASURE
from pos.text import _, clean_text

DEVICE_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")  # as clock.new_device_code makes them

Progress = Callable[[int, int], None]  # documents done, documents in all


@contextmanager
def uncollected() -> Iterator[None]:
    """Meanwhile Python looks for no rings of objects: a batch makes many thousand tuples, and no ring."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@uncollected()
def copy_chains(
    source: Source,
    target: Ledger,
    *,
    for_booth: Device | None = None,
    batch: int | None = None,
    progress: Progress | None = None,
    prepared: Callable[[str, Head], Iterator[Checked]] | None = None,
) -> Copied:
    """Bring `target` every document of `source` that it lacks; a refused chain does not hold up the others.

    `batch` documents are one transaction: few where somebody sells with `target` meanwhile. `prepared` gives
    of a chain, behind the end that the target knows, what somebody has checked already. With `for_booth`, a
    laptop of the booth that `target` is of, other booths' chains that it does not know are passed over: a
    booth keeps what its own laptops sell and the office's catalogue, not its neighbours'. Raises WorldFailed
    when one side fails; what was taken before is safe and the next sync goes on from there.
    """
    copied = Copied()
    tops = {}
    for device, top in source.tops().items():
        if isinstance(device, str) and DEVICE_CODE.fullmatch(device):
            tops[device] = top
        else:
            copied.refused.append(BadDocument(clean_text(str(device), 40), 1, _("is the name of no laptop.")))
    with target.read() as conn:
        known = {device: journal.head(conn, device) for device in tops}
        marks = set(conn.scalars(select(DEVICE.c.sample)))
    copied.known = sum(min(top, known[device][0]) for device, top in tops.items())
    total = sum(tops.values()) - copied.known
    for device, top in tops.items():
        chain = _Chain(source, target, device, top, batch or BATCH, prepared)
        parts_at = 0
        try:
            if chain.wanted(known[device], marks, for_booth=for_booth):
                for count in chain.copy(known[device]):
                    copied.taken += count
                    if progress:
                        progress(copied.taken, total)
        except BadDocument as refusal:
            parts_at = refusal.seq if isinstance(refusal, ForkedError) else 0
            _refused(chain, refusal, known[device][0], copied, for_booth=for_booth)
        if for_booth is None and not target.hands_in:
            _branches(chain, copied, parts_at)
        if known[device][0] == 0 and not marks:
            marks = _marks(target)
    if for_booth is None and not target.hands_in:
        copied.add(follow_split(target))
    return copied


def _refused(
    chain: _Chain, refusal: BadDocument, known: int, copied: Copied, *, for_booth: Device | None
) -> None:
    """Keep what was refused, where it can be split off or looked at, and count it."""
    known = min(chain.top, known)
    beyond = max(chain.top - refusal.seq + 1, 1) if chain.top < NO_END else 1
    if isinstance(refusal, ForkedError):
        copied.known -= known - refusal.seq + 1
        if for_booth is not None or refusal.seq < 2 or chain.target.hands_in:
            copied.refused.append(refusal)
            copied.left += beyond
            if chain.target.hands_in and refusal.seq > 1:  # the office keeps it aside
                with chain.target.write() as conn:
                    journal.hand_in(conn, list(_offered(chain, refusal.seq)), beside=True)
            return
        if offered := _parting(chain, refusal.seq):
            copied.add(divert(chain.target, offered, chain.source.name))
        return
    copied.refused.append(refusal)
    copied.left += beyond
    if for_booth is None and not chain.target.hands_in:
        _keep_refused(chain, refusal)
        if refusal.seq > 1 and chain.top < NO_END:  # whose beginning was refused is nobody
            with chain.target.write() as conn:
                source = quarantine.source_name(chain.source.name)
                radar.note_source(conn, chain.device, chain.top, source, met(chain.target))


def _parting(chain: _Chain, seq: int) -> list[Document]:
    """A second history from `seq` on; none where it is one of several in the source that parted before, which
    is offered from there (`Source.branches`).
    """
    docs = list(_offered(chain, seq))
    before = prev_of(docs[0]) if docs else ""
    with chain.target.read() as conn:
        known = journal.document(conn, chain.device, seq - 1)
    elsewhere = known and before != known.hash and before in chain.source.hashes(chain.device, seq - 1)
    return [] if elsewhere else docs


def _offered(chain: _Chain, seq: int) -> Iterator[Document]:
    """What the source has of the chain from `seq` on, as far as it can be read and kept."""
    try:
        theirs = islice(chain.source.read(chain.device, seq - 1), quarantine.MAX_BRANCH)
        yield from journal.light(theirs, quarantine.MAX_LETTERS)
    except BadDocument:
        return


def _keep_refused(chain: _Chain, refusal: BadDocument) -> None:
    """Put down the one document that was wrong beside the books."""
    try:
        doc = next(chain.source.read(chain.device, refusal.seq - 1), None)
    except BadDocument:
        return
    if doc is not None and isinstance(doc.seq, int) and doc.seq < NO_END:
        words = (refusal.why, quarantine.source_name(chain.source.name), met(chain.target))
        with chain.target.write() as conn:
            quarantine.keep_refused(conn, doc, (chain.device, doc.seq), words)


def _branches(chain: _Chain, copied: Copied, parts_at: int) -> None:
    """Second histories that the source itself keeps aside. Where its first one parts from the target's at
    `parts_at`, those that leave it later do so, too.
    """
    for run in chain.source.branches(chain.device):
        whole = [*_trunk(chain, run[0], parts_at), *run]
        aside = offer(chain.target, whole, chain.source.name)
        told = {(fault.device, fault.seq) for fault in copied.refused}
        copied.taken += aside.taken
        copied.aside += aside.aside
        copied.refused += [fault for fault in aside.refused if (fault.device, fault.seq) not in told]
        copied.left += aside.left if copied.refused else 0


def _trunk(chain: _Chain, first: Document, parts_at: int) -> list[Document]:
    """What the source's first history says from `parts_at` on up to `first`, which goes on from there."""
    if not 0 < parts_at < first.seq:
        return []
    try:
        docs = list(islice(chain.source.read(chain.device, parts_at - 1), first.seq - parts_at))
    except BadDocument:
        return []
    return docs if docs and docs[-1].hash == prev_of(first) else []


def _marks(ledger: Ledger) -> set[int]:
    with ledger.read() as conn:
        return set(conn.scalars(select(DEVICE.c.sample)))


def is_for(booth: Device, first: Fields) -> bool:
    """Whether the booth of a laptop is to have the chain with this first body: an office's, or another of its
    own laptops'. A booth of another institution may have the same code by mistake: it is none of them.
    """
    place = (first.get("booth"), first.get("institution"))
    return first.get("role") == "office" or place == (booth.booth, booth.institution)


@dataclass(frozen=True, slots=True)
class _Chain:
    """One device's documents on their way from a source to a target."""

    source: Source
    target: Ledger
    device: str
    top: int
    batch: int
    prepared: Callable[[str, Head], Iterator[Checked]] | None = None

    def wanted(self, known: Head, marks: set[int], *, for_booth: Device | None) -> bool:
        """Whether this chain is to enter the target.

        Raises BadDocument when it does not begin as a chain must, or when sample data would meet real books.
        Training enters nothing.
        """
        if known[0]:
            return True
        first = self.source.first(self.device)
        if first is None:
            return False
        fields = journal.check(first, self.device, 1, GENESIS)
        if first.kind != "device":
            raise BadDocument(self.device, 1, _("does not say which laptop it comes from."))
        if for_booth is not None and not is_for(for_booth, fields):
            return False
        if fields.get("sample") is True and fields.get("booth") == TRAINING_BOOTH:
            raise BadDocument(self.device, 1, _("is a booth's training, which is handed over nowhere."))
        if marks and int(fields.get("sample") is True) not in marks:
            raise BadDocument(self.device, 1, _("sample data and real books are never mixed."))
        return True

    def copy(self, known: Head) -> Iterator[int]:
        """Copy what is new in batches, yielding the size of each.

        Raises BadDocument at the first document that does not fit; those before it are kept.
        """
        self._meet(known)
        if self.top <= known[0]:
            return
        for checked in self._checked(known):
            try:
                yield self._settled(checked)
            except BadDocument:
                yield from self._one_by_one(checked.docs)
                raise

    def _settled(self, checked: Checked) -> int:
        """Store and add up what is still new; how many documents that were.

        Where others were at the same rows, or the answer to a commit was lost, it looks again and goes on
        from there. Raises BadDocument for what the database refuses, TryAgain when it never came to an end.
        """
        fitting, unsure, failed = checked, checked, TryAgain("")
        for n in range(TRIES):
            known = checked.known
            try:
                with self.target.write(beside=_may_be_beside(checked)) as conn:
                    fitting = self._fitting(conn, checked)
                    known = fitting.known
                    self._store(conn, fitting)
                    if not self.target.hands_in:
                        repeats.settle(conn, self.device)
            except TryAgain as error:
                unsure, failed = fitting, error
            except BadDocument:
                if self._known() == known:
                    raise
                failed = TryAgain("")
            else:
                kept = isinstance(failed, CommitUnknown) and fitting.known == unsure.head
                return len(fitting.docs) + (len(unsure.docs) if kept else 0)
            clock.pause(PAUSE_MS << n)
        raise failed

    def _known(self) -> Head:
        with self.target.read() as conn:
            return journal.head(conn, self.device)

    def _one_by_one(self, docs: Sequence[Document]) -> Iterator[int]:
        """Keep what is good of a batch that the database refused. Raises BadDocument for what is not."""
        for doc in docs:
            known = self._known()
            if doc.seq > known[0]:
                self._settled(journal.prepare(self.device, [doc], known))
            yield 1

    def _checked(self, known: Head) -> Iterator[Checked]:
        """What is new, checked, a batch at a time. Raises BadDocument behind the last good document."""
        for checked in self.prepared(self.device, known) if self.prepared else ():
            known = checked.head
            yield checked
        yield from batches_of(self.source, self.device, known, self.batch)

    def _fitting(self, conn: Connection, checked: Checked) -> Checked:
        """What is still new, should somebody else have brought some of it meanwhile."""
        head = journal.head(conn, self.device)
        if head == checked.known:
            return checked
        fresh = [doc for doc in checked.docs if doc.seq > head[0]]
        return journal.prepare(self.device, fresh, head)

    def _meet(self, known: Head) -> None:
        """Both sides must tell the same past as far as both know it."""
        seq = min(known[0], self.top)
        ours = known[1] if seq == known[0] else self._ours(seq)  # mostly its end, which is known already
        if seq == 0 or self._agree(seq, ours):
            return
        low = 1  # bisect for the first document in which the two histories differ
        while low < seq:
            middle = (low + seq) // 2
            low, seq = (middle + 1, seq) if self._agree(middle, self._ours(middle)) else (low, middle)
        raise parted(self.device, seq, self._theirs(seq), self._ours(seq))

    def _agree(self, seq: int, ours: str | None) -> bool:
        theirs = self.source.hashes(self.device, seq)
        # A folder need not keep the segments that everybody has; the next document's `prev` then tells.
        return not theirs or ours in theirs

    def _theirs(self, seq: int) -> str:
        return min(self.source.hashes(self.device, seq), default="")

    def _ours(self, seq: int) -> str | None:
        with self.target.read() as conn:
            doc = journal.document(conn, self.device, seq)
        return doc.hash if doc else None

    def _store(self, conn: Connection, checked: Checked) -> None:
        """Raises BadDocument when the database refuses what the documents hold."""
        if checked.fault:
            raise checked.fault
        try:
            if self.target.hands_in:
                journal.hand_in(conn, checked.docs)
            else:
                journal.store(conn, checked)
        except Exception as error:
            if refuses_data(error):
                raise BadDocument(
                    self.device, checked.docs[0].seq, _("has values that no table can hold.")
                ) from error
            raise


def _may_be_beside(checked: Checked) -> bool:
    """Whether others may write meanwhile: not where personal data meet the wish to erase them."""
    return not checked.rows[ERASURE] and all(doc.private is None for doc in checked.docs)


def batches_of(
    source: Source, device: str, known: Head, size: int, *, add_up: bool = True
) -> Iterator[Checked]:
    """The documents of a chain that follow `known`, checked, `size` at a time.

    Raises BadDocument behind the last good document.
    """
    for docs, broken in _batches(source.read(device, *known), size):
        checked = journal.prepare(device, docs, known, add_up=add_up)
        known = checked.head
        if checked.docs:
            yield checked
        if checked.fault or broken:
            raise checked.fault or broken or AssertionError


def _batches(docs: Iterator[Document], size: int) -> Iterator[tuple[list[Document], BadDocument | None]]:
    """Up to `size` documents at a time, fewer of long ones; what came before a fault of the source is handed
    out with it.
    """
    while True:
        batch: list[Document] = []
        try:
            batch.extend(journal.light(islice(docs, size)))
        except BadDocument as fault:
            yield batch, fault
            return
        if not batch:
            return
        yield batch, None
