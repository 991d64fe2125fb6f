"""Merging at the office: files and folders into one central ledger, in any order, repeats harmless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pos.carry import carried
from pos.errors import BadDocument, Refused, UserError
from pos.inbox import take_in
from pos.ledger import Ledger, open_journal, open_target
from pos.segments import FolderSource
from pos.sync import Progress, Source, copy_chains, reading
from pos.text import _

MAX_SOURCES = 10_000


@dataclass(slots=True)
class Merged:
    """What a merge did: sources read, how many of their documents were new and how many known already.

    `refused` names the chains that stopped, `unread` the files that could not be read at all, `missing` the
    documents known to exist that no source brought, as (device, first, last).
    """

    files: int = 0
    new: int = 0
    known: int = 0
    refused: list[BadDocument] = field(default_factory=list)
    unread: list[UserError] = field(default_factory=list)
    missing: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """Documents read and not refused."""
        return self.new + self.known


class _DryRunError(Exception):
    """Leaves the working copy behind."""


def merge(
    target: str, sources: Sequence[Path], *, dry_run: bool = False, progress: Progress | None = None
) -> Merged:
    """Bring the central file or database `target` every document of `sources`.

    Sources are `.lapak` files, folders of them, and shared folders with segments. A missing central file is
    made; with `dry_run` nothing is changed.

    A source that cannot be read does not hold up the others. Raises Refused when there is no source at all,
    or for a dry run on a database; WorldFailed when the target cannot be used.
    """
    found = [path for source in sources for path in _files(source)]
    if not found:
        raise Refused(_("There is nothing to merge."), _("Name .lapak files or folders."))
    if "://" in target:
        if dry_run:
            raise Refused(_("A dry run needs a central file as its target."))
        central = open_target(target)
        try:
            handed_in = take_in(central, progress)
            merged = _take_all(central, found, progress)
            merged.new += handed_in.taken
            merged.refused += handed_in.refused
            return merged
        finally:
            central.close()
    merged = Merged()
    try:
        with carried(Path(target)) as central:
            merged = _take_all(
                central, [path for path in found if path.resolve() != Path(target).resolve()], progress
            )
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return merged


def _take_all(central: Ledger, found: Sequence[Path], progress: Progress | None) -> Merged:
    merged = Merged()
    for path in found:
        try:
            with _opened(path) as source:
                copied = copy_chains(source, central, progress=progress)
        except UserError as error:
            merged.unread.append(error)
            continue
        merged.files += 1
        merged.new += copied.taken
        merged.known += copied.known
        merged.refused += copied.refused
    merged.missing = _missing(central, merged.refused, found)
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
    """The ledgers and segment folders at `source`: itself, or what lies in it."""
    if not source.is_dir():
        return [source]
    shared = [source / name for name in ("in", "out") if (source / name).is_dir()]
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
