"""Merging at the office: files and folders into one central ledger, in any order, repeats harmless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path

from sqlalchemy import Connection

from pos import journal
from pos.carry import carried
from pos.chains import Source, reading
from pos.errors import BadDocument, Refused, UserError
from pos.faults import told
from pos.inbox import take_in
from pos.ledger import Ledger, open_journal, open_target
from pos.letterbox import box_for, lay_out, stays_in_place
from pos.money import plain
from pos.paths import box_of, has_box, real
from pos.prepared import preparing, worth
from pos.radar import Blip, radar
from pos.segments import SIDES, FolderSource
from pos.sides import Beside, set_aside
from pos.sync import Copied, Progress, copy_chains
from pos.text import _

MAX_SOURCES = 10_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What one file or folder brought: documents new and known, `left` behind, and why."""

    path: Path
    new: int = 0
    known: int = 0
    left: int = 0
    refused: tuple[BadDocument, ...] = ()
    error: UserError | None = None


@dataclass(slots=True)
class Merged:
    """What a merge did: sources read, how many of their documents were new and how many known already.

    `refused` names the chains that stopped, `left` counts their documents that stayed outside, of which
    `aside` are kept in quarantine as a second history; `unread` the files that could not be read at all,
    `missing` the documents known to exist that no source brought, as (device, first, last), `incomplete` the
    laptops of which something is known to be missing now. `sources` tells the same of each, `beside` shows
    what is in quarantine.
    """

    files: int = 0
    new: int = 0
    known: int = 0
    left: int = 0
    aside: int = 0
    refused: list[BadDocument] = field(default_factory=list)
    unread: list[UserError] = field(default_factory=list)
    missing: list[tuple[str, int, int]] = field(default_factory=list)
    incomplete: tuple[Blip, ...] = ()
    sources: list[Taken] = field(default_factory=list)
    beside: tuple[Beside, ...] = ()

    @property
    def documents(self) -> int:
        """Documents read and not refused."""
        return self.new + self.known

    @property
    def sentence(self) -> str:
        """All of it in one line, as `7 berkas, 5.412 dokumen baru, ...`."""
        words = _(
            "{files} files, {new} new documents, {known} known already, {left} refused, "
            "{incomplete} booths incomplete"
        )
        counts = {"files": self.files, "new": self.new, "known": self.known, "left": self.left}
        counts["incomplete"] = len(self.incomplete)
        return words.format(**{name: plain(count) for name, count in counts.items()})


@dataclass(slots=True)
class _Trial(Ledger):
    """A ledger whose writing stays in one transaction, which its maker takes back."""

    conn: Connection | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """What was written so far."""
        with told(self.name):
            yield self._open

    @contextmanager
    def write(self, *, beside: bool = False) -> Iterator[Connection]:  # noqa: ARG002 - it is alone
        """Part of the one transaction; taken back alone when the block raises."""
        with told(self.name), self._open.begin_nested():
            yield self._open

    @property
    def _open(self) -> Connection:
        if self.conn is None:
            raise RuntimeError("a trial needs a transaction")
        return self.conn


class _DryRunError(Exception):
    """Leaves what was tried behind."""


def merge(
    target: str, sources: Sequence[Path], *, dry_run: bool = False, progress: Progress | None = None
) -> Merged:
    """Bring the central file or database `target` every document of `sources`.

    Sources are `.lapak` files, folders of them, and shared folders with segments. A missing central file is
    made, the tables of an empty database too; with `dry_run` nothing else is changed: it is the same merge,
    in a copy of the file or in a transaction that is taken back, for only so are all rules asked that a
    merge asks. An office's own file is opened where it is, as a database is.

    A source that cannot be read does not hold up the others. Raises Refused when there is no source at all,
    WorldFailed when the target cannot be used.
    """
    found = sources_in(sources)
    if not found:
        raise Refused(_("There is nothing to merge."), _("Name .lapak files or folders."))
    if "://" not in target:
        found = [path for path in found if real(path) != real(Path(target))]
        if not (stays_in_place if dry_run else box_for)(Path(target)):
            return _into_file(Path(target), found, progress, dry_run=dry_run)
    central = open_target(target)
    try:
        return (try_all if dry_run else _with_inbox)(central, found, progress)
    finally:
        central.close()


def sources_in(sources: Sequence[Path]) -> list[Path]:
    """The ledgers and folders of segments that these files and folders are or hold."""
    return [path for source in sources for path in _files(source)][:MAX_SOURCES]


def take_all(central: Ledger, found: Sequence[Path], progress: Progress | None = None) -> Merged:
    """Bring an open ledger every document of these files and folders of segments.

    Raises WorldFailed when the ledger itself fails.
    """
    merged = Merged()
    with central.read() as conn:
        heads = journal.heads(conn)
    with preparing(found, heads, much=worth(found)) as prepared:
        for n, path in enumerate(found):
            try:
                with _opened(path) as source:
                    copied = copy_chains(source, central, progress=progress, prepared=prepared.of(n))
            except UserError as error:
                if error.where == central.name:  # no source is to blame
                    raise
                merged.unread.append(error)
                merged.sources.append(Taken(path, error=error))
                continue
            _add(merged, path, copied)
    merged.missing = _missing(central, merged.refused, found)
    merged.incomplete = tuple(blip for blip in radar(central) if blip.lacks)
    with central.read() as conn:
        merged.beside = set_aside(conn)
    return merged


def _add(merged: Merged, path: Path, copied: Copied) -> None:
    merged.files += 1
    merged.new += copied.taken
    merged.known += copied.known
    merged.left += copied.left
    merged.aside += copied.aside
    merged.refused += copied.refused
    merged.sources.append(Taken(path, copied.taken, copied.known, copied.left, tuple(copied.refused)))


def _into_file(target: Path, found: Sequence[Path], progress: Progress | None, *, dry_run: bool) -> Merged:
    merged = Merged()
    try:
        with carried(target) as central:
            merged = take_all(central, found, progress)
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return merged


def _with_inbox(central: Ledger, found: Sequence[Path], progress: Progress | None = None) -> Merged:
    """What booths handed in first, at a database or into a letter box, then all that `take_all` takes."""
    handed_in = take_in(central, progress)
    merged = take_all(central, found, progress)
    lay_out(central)
    merged.new += handed_in.taken
    merged.left += handed_in.left
    merged.refused += handed_in.refused
    return merged


def try_all(central: Ledger, found: Sequence[Path], progress: Progress | None = None) -> Merged:
    """What `take_all` would do: it is done in one transaction, and that is taken back."""
    merged = Merged()
    try:
        with central.write() as conn:
            own = {one.name: getattr(central, one.name) for one in fields(Ledger)}
            merged = take_all(_Trial(**own, conn=conn), found, progress)
            raise _DryRunError
    except _DryRunError:
        return merged


def _missing(
    central: Ledger, refused: Sequence[BadDocument], found: Sequence[Path]
) -> list[tuple[str, int, int]]:
    """What the names of segments promise and the central ledger still lacks."""
    promised: dict[str, int] = {}
    for path in found:
        if path.is_dir() and refused:
            for device, top in FolderSource(path).tops().items():
                promised[device] = max(top, promised.get(device, 0))
    with reading(central) as source:
        tops = source.tops()
    return [
        (device, tops.get(device, 0) + 1, top)
        for device, top in promised.items()
        if top > tops.get(device, 0)
    ]


def _files(source: Path) -> list[Path]:
    """The ledgers and segment folders at `source`: itself and its letter box, or what lies in it."""
    if not source.is_dir():
        beside = [box_of(source) / name for name in SIDES] if has_box(source) else []
        return [source, *(place for place in beside if place.is_dir())]
    with told(str(source)):
        inner = [path for path in sorted(source.iterdir()) if path.is_dir() and not path.is_symlink()]
        places = (folder / name for folder in (source, *inner) for name in SIDES)
        shared = [path for path in places if path.is_dir()]
        ledgers = sorted(
            path for path in source.rglob("*.lapak") if path.is_file() and not path.name.startswith(".")
        )
    return [*shared, *ledgers][:MAX_SOURCES]


@contextmanager
def _opened(path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield FolderSource(path)
        return
    ledger = open_journal(path)
    try:
        with reading(ledger) as source:
            yield source
    finally:
        ledger.close()
