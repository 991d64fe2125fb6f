"""Setor Data and Ambil Katalog: hand over what is new, read it back, and take the office's cards home.

Five steps, as the screen shows them: the target is read, its chains are checked, what is new is merged, what
the target has then is read back and compared with what is here, and it is kept. Only then it counts as handed
over. It may be held or given up between any two batches: a central file is then as it was, and in a folder or
a database stand whole, checked batches from which the next time goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pos import journal
from pos.carry import (
    Synced,
    carried,
    exchange,
    nothing_new,
    open_central_file,
    sync_target,
    synced,
    take_home,
)
from pos.chains import LedgerSource, Source, VeiledSource, first_fields, reading
from pos.course import Course
from pos.errors import BadDocument, UserError, WorldFailed
from pos.file_lock import InUse
from pos.handed import Figures, Handed, Known, figures, handed, known_booths, remember
from pos.inbox import open_central
from pos.journal import Head
from pos.ledger import Ledger
from pos.letterbox import box_for
from pos.model import GENESIS
from pos.money import Rupiah, rupiah
from pos.news import News, cards_of, news_between
from pos.parting import ForkedError, parted
from pos.paths import box_of, has_box
from pos.segments import FolderSource, add_segment, drop_torn, former_codes
from pos.sync import Copied
from pos.targets import kind_of, name_of
from pos.text import _, clean_text
from pos.training import refuse_training
from pos.verify import verify_chain
from pos.volumes import left_behind

PATIENCE_MS, AGAIN_S = 30_000, 0.25  # how long another booth is let go first, and how often it is looked
AT_ONCE = 1  # documents in one transaction of a ledger that sells meanwhile
_OFTEN = 500  # documents read back between two looks at the clock


@dataclass(frozen=True, slots=True)
class Submitted:
    """A hand-over that was read back: what was sent and received, and what of it is to be told.

    `refused` are chains that both sides cannot agree on, `problems` are documents at the target that are not
    what they were; neither is this booth's own. `booths` is whose documents the target has.
    """

    handed: Handed
    sent: int
    received: int
    news: News
    booths: tuple[Known, ...]
    refused: tuple[BadDocument, ...]
    problems: tuple[BadDocument, ...]


def submit(ledger: Ledger, where: str, course: Course | None = None, *, thorough: bool = True) -> Submitted:
    """Hand the ledger's documents over to `where` (a `.lapak` file, a folder, a database URL).

    `thorough` reads again all that a central file holds, otherwise only what is new in this booth's chain.
    Raises BadDocument when the target tells another history of this booth, Refused for what is no target,
    GivenUp as `Course`, WorldFailed when the target cannot be reached or written or did not keep what it was
    given. The ledger has lost nothing in any of these cases.
    """
    refuse_training(ledger)
    run = _Run(ledger, where, course or Course(clock=ledger.clock), thorough=thorough)
    run.course.begin("read")
    try:
        run.go()
    except ForkedError:
        with suppress(UserError):  # what is told there stays, what is told here goes beside it
            sync_target(ledger, where)
        raise
    return run.finish()


@dataclass
class _Run:
    """One hand-over on its way."""

    ledger: Ledger
    where: str
    course: Course
    thorough: bool
    synced: Synced | None = None
    news: News = field(default_factory=News)
    booths: tuple[Known, ...] = ()
    problems: list[BadDocument] = field(default_factory=list)
    checked: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        self.device = self.ledger.own().code
        with self.ledger.read() as conn:
            self.begun = journal.head(conn, self.device)
        before = None if self.thorough else handed(self.ledger, self.where)
        self.known = {one.device: one for one in known_booths(self.ledger, self.where)} if before else {}
        self.checked_before = before.checked if before else 0
        self.back = _ReadBack(self.device, (before.seq, before.hash) if before else (0, GENESIS))

    def go(self) -> None:
        """Hand over, in the way of what kind of target it is."""
        kind = kind_of(self.where)
        if kind == "server":
            with closing(open_central(self.where)) as central:
                self.with_server(central)
        else:
            hand_over = self.with_folder if kind == "folder" else self.with_file
            hand_over(Path(self.where))

    def with_server(self, central: Ledger) -> None:
        """A database: each batch is a transaction of its own there."""
        with reading(central) as there:
            self._check(VeiledSource(there, self.ledger) if central.hands_in else there)
        self._merge(central)
        with reading(central) as there:
            self._match(VeiledSource(there, self.ledger) if central.hands_in else there)
        self.course.begin("keep")

    def with_folder(self, folder: Path) -> None:
        """A shared folder: the new segments are read again from there."""
        known = handed(self.ledger, self.where) is not None
        self._reach(folder if known else folder.parent, folder if known and not self.thorough else None)
        if self.thorough:
            drop_torn(self.ledger, folder)
        own = folder / ("out" if self.ledger.own().role == "office" else "in")
        mine = FolderSource(own, self._hash_of)
        self._reach(folder.parent, own if known and not self.thorough else None)
        self._check(mine)
        self.course.begin("merge", 1)
        sent = add_segment(self.ledger, folder, self.course.advance)
        received = self._take_home(folder)
        self.synced = synced(Copied(taken=sent), received, {})
        self._match(mine)
        sources = [FolderSource(folder / name) for name in ("in", "out")]
        self.booths = tuple(one for source in sources for one in _booths(source, self.known))
        self.course.begin("keep")

    def with_file(self, path: Path) -> None:
        """A central file: worked on in a copy that takes its place at the end."""
        known = handed(self.ledger, self.where) is not None
        place = box_of(path) if has_box(path) else path
        self._reach(path.parent, place if known and not self.thorough else None)
        tried_ms = self.ledger.clock.uptime_ms()
        while True:
            if box := box_for(path):  # an office works with the file: it takes in what lies there
                self.with_folder(box)
                return
            try:
                self._with_file(path)
            except InUse:
                if self.ledger.clock.uptime_ms() - tried_ms > PATIENCE_MS:
                    raise
                self.course.wait(AGAIN_S)
            else:
                break
        self.size = path.stat().st_size
        with closing(open_central_file(path)) as central, reading(central) as there:
            if not self.back.same(journal.head(there.conn, self.device)):
                raise _lost(self.where)

    def _with_file(self, path: Path) -> None:
        settled = nothing_new(self.ledger, path) if path.exists() else None
        if settled:
            with closing(open_central_file(path)) as central, reading(central) as there:
                self._check(there)
                self._match(there)
            self.synced = settled
            return
        with carried(path, self.course) as central:
            with reading(central) as there:
                self._check(there)
            self._merge(central)
            with reading(central) as there:
                self._match(there)

    def finish(self) -> Submitted:
        """It is there, and the same: remember it."""
        clock, done = self.ledger.clock, self.synced or Synced(0, 0, {}, ())
        seq, digest = self.back.head
        with self.ledger.read() as conn:
            whole = figures(conn, self.device, 0, seq)
        checked = self.checked_before + self.checked
        kept = Handed(self.where, clock.now(), seq, digest, whole, checked, self.size)
        remember(self.ledger, kept, self.booths)
        others = tuple(bad for bad in done.refused if bad.device != self.device and not self._was_told(bad))
        return Submitted(kept, done.sent, done.received, self.news, self.booths, others, tuple(self.problems))

    def _was_told(self, bad: BadDocument) -> bool:
        """Whether this is the quarrel over which this laptop goes on under another code: it has heard of it,
        and what is to be done is the office's.
        """
        return isinstance(bad, ForkedError) and bad.device in former_codes(self.ledger)

    def _hash_of(self, seq: int) -> str | None:
        with self.ledger.read() as conn:
            doc = journal.document(conn, self.device, seq)
        return doc.hash if doc else None

    def _check(self, there: Source) -> None:
        """Read this booth's chain at the target, and with `thorough` everybody's."""
        tops = there.tops()
        self.checked, total = 0, tops.get(self.device, 0) - self.back.head[0]
        self.problems.clear()
        self.back = _ReadBack(self.device, self.back.start)
        others: list[str] = []
        if self.thorough and kind_of(self.where) == "file" and isinstance(there, LedgerSource):
            others = [device for device in tops if device != self.device]
        total += sum(tops[device] for device in others)
        self.course.begin("check", max(total, 1))
        self._read_back(there, total)
        for device in others:
            for count in self._read_other(there, device):
                self.checked += count
                self.course.advance(self.checked, total)

    def _read_other(self, there: Source, device: str) -> Iterator[int]:
        if isinstance(there, LedgerSource):
            for count, faults in verify_chain(there.conn, device):
                self.problems += faults
                yield count

    def _merge(self, central: Ledger) -> None:
        self.course.begin("merge", 1)
        before = cards_of(self.ledger)
        self.synced = exchange(self.ledger, central, self.course.advance, AT_ONCE)
        if self.synced.received:
            self.news = news_between(before, cards_of(self.ledger))

    def _take_home(self, folder: Path) -> Copied:
        before = cards_of(self.ledger)
        copied = take_home(self.ledger, folder, AT_ONCE)
        if copied.taken:
            self.news = news_between(before, cards_of(self.ledger))
        return copied

    def _match(self, there: Source) -> None:
        """What was new is read back; documents, sales and Rupiah are those of this ledger."""
        own = [bad for bad in self.synced.refused if bad.device == self.device] if self.synced else []
        if own:
            raise own[0]
        top = there.tops().get(self.device, 0)
        fresh = max(top - self.back.head[0], 1)
        self.course.begin("match", fresh)
        self._read_back(there, fresh)
        if top < self.begun[0]:
            raise _lost(self.where)
        with self.ledger.read() as conn:
            here = figures(conn, self.device, self.back.start[0], top)
        if here != self.back.figures:
            raise WorldFailed(
                _(
                    "{name} has {theirs} where this booth has {ours}; it does not count as handed over."
                ).format(name=name_of(self.where), theirs=_told(self.back.figures), ours=_told(here)),
                _("Use another file or folder: it gets everything."),
            )
        if not isinstance(there, FolderSource):  # it has others beside it
            self.booths = tuple(_booths(there, self.known))

    def _read_back(self, there: Source, total: int) -> None:
        done = 0
        for count in self.back.read(there):
            done += count
            self.checked += count
            self.course.advance(done, max(done, total))
        seq, digest = self.back.head
        if seq == 0:
            return
        with self.ledger.read() as conn:
            ours = journal.document(conn, self.device, seq)
        if ours is None:
            why = _("is known there but not here: this ledger is an older copy.")
            raise BadDocument(self.device, seq, why)
        if ours.hash != digest:
            raise parted(self.device, seq, ours.hash, digest)

    def _reach(self, folder: Path, known: Path | None) -> None:
        """A share or a stick must be there: a folder of its name on this machine would be no hand-over. What
        is `known` is not made anew where nobody looks on: a share that is not connected looks empty.
        """
        if not folder.is_dir() or left_behind(folder) or (known and not known.exists()):
            raise WorldFailed(
                _("{name} is not there.").format(name=name_of(self.where)),
                _("Put the stick in, or connect the shared folder; nothing is lost."),
            )


class _ReadBack:
    """One chain as the target gives it back: every document checked, its figures added up from the bodies."""

    def __init__(self, device: str, start: Head) -> None:
        self.device = device
        self.start = self.head = start
        self.figures = Figures()

    def read(self, there: Source) -> Iterator[int]:
        """Read on behind `head`, yielding how many. Raises BadDocument where something is not what it was."""
        documents, sales, total = self.figures.documents, self.figures.sales, self.figures.total
        fresh = 0
        for doc in there.read(self.device, self.head[0]):
            body = journal.check(doc, self.device, self.head[0] + 1, self.head[1])
            self.head = (doc.seq, doc.hash)
            documents += 1
            sales += doc.kind == "sale"
            total += _amount(doc.kind, body.get("total"))
            fresh += 1
            if fresh == _OFTEN:
                yield fresh
                fresh = 0
        self.figures = Figures(documents, sales, total)
        yield fresh

    def same(self, head: Head) -> bool:
        """Whether the chain that ends with `head` holds all that was read back."""
        return head == self.head


def _amount(kind: str, total: object) -> Rupiah:
    """What a document adds to the turnover."""
    money = total if isinstance(total, int) else 0
    return money if kind == "sale" else -money if kind == "refund" else 0


def _told(found: Figures) -> str:
    return _("{documents} documents, {sales} sales, {total}").format(
        documents=found.documents, sales=found.sales, total=rupiah(found.total)
    )


def _lost(where: str) -> WorldFailed:
    told = _("{name} did not keep what it was given; it does not count as handed over.")
    hint = _("Nothing is lost here. Try again, or use another stick or disk.")
    return WorldFailed(told.format(name=name_of(where)), hint)


def _booths(there: Source, before: dict[str, Known]) -> Iterator[Known]:
    """Whose documents are there, and how far; `before` is asked of those that have not gone on since."""
    for device, top in there.tops().items():
        if device in before and before[device].seq == top:
            yield before[device]
            continue
        fields = first_fields(there, device)
        role, booth, name, unit = (
            clean_text(str(fields.get(key, "")), 80) for key in ("role", "booth", "name", "institution")
        )
        last = None
        with suppress(BadDocument):
            last = next(there.read(device, top - 1), None)
        yield Known(device, role, booth, name, unit, top, last.at if last else "")
