"""A small world for the tests of sync: an office, central files, and papers that no honest till writes."""

from __future__ import annotations

import json
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos.catalog import post_products
from pos.chains import reading
from pos.clock import Clock, stopped_at
from pos.journal import digest
from pos.ledger import Ledger, create, new_device, open_ledger
from pos.model import GENESIS, Device, Document, Fields
from pos.sync import Copied, Progress, copy_chains
from pos.tables import DOCUMENT
from pos.verify import verify
from tests.books import CATALOGUE, MOMENT, event, new_collector

Change = Callable[[Fields], object]


def office(path: Path, clock: Clock | None = None) -> Ledger:
    """A ledger of the regional office: its catalogue has a dearer Nastar, as the second revision."""
    device = replace(new_device("K01", "Kantor Wilayah", "LP1-PLG", event()), role="office")
    ledger = create(path, device, clock or stopped_at(MOMENT))
    post_products(ledger, CATALOGUE)
    post_products(ledger, [replace(CATALOGUE[0], price=70_000)])
    return ledger


def sample_booth(path: Path) -> Ledger:
    """A ledger of the sample exhibition."""
    return create(path, new_device("S09", "Contoh", "LPP-PLG", event(), sample=True), stopped_at(MOMENT))


def central(path: Path) -> Ledger:
    """A new central file, open for writing."""
    return open_ledger(new_collector(path))


@contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    """The ledger at `path`, for reading."""
    ledger = open_ledger(path, read_only=True)
    try:
        yield ledger
    finally:
        ledger.close()


def take(
    source: Ledger | Path,
    target: Ledger,
    *,
    for_booth: Device | None = None,
    progress: Progress | None = None,
) -> Copied:
    """Bring `target` what `source`, a ledger or the file of one, has and it lacks."""
    if isinstance(source, Path):
        with opened(source) as ledger:
            return take(ledger, target, for_booth=for_booth, progress=progress)
    with reading(source) as chains:
        return copy_chains(chains, target, for_booth=for_booth, progress=progress)


def paper(chain: Sequence[Document], kind: str, at: str = "", **fields: Any) -> Document:
    """The document that would follow `chain`, right in every hash, whatever its `fields` say."""
    last = chain[-1]
    moment = at or last.at
    body = text_of(
        {"device": last.device, "seq": last.seq + 1, "prev": last.hash, "kind": kind, "at": moment}
        | {"up": 0, "v": 1}
        | fields
    )
    return Document(last.device, last.seq + 1, kind, moment, digest(body), body)


def altered(chain: Sequence[Document], seq: int, change: Change) -> list[Document]:
    """The chain as somebody with our code forges it: document `seq` says something else, every hash fits."""
    forged: list[Document] = []
    prev = GENESIS
    for doc in chain:
        fields = json.loads(doc.body) | {"prev": prev}
        if doc.seq == seq:
            change(fields)
        body = text_of(fields)
        prev = digest(body)
        at = fields.get("at")
        column = at if isinstance(at, str) and at.isascii() else doc.at
        forged.append(doc._replace(at=column, hash=prev, body=body))
    return forged


def text_of(fields: Fields) -> str:
    """The canonical text by the standard library; escaped if half a character can only so be written down."""
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return text


def forged(path: Path, docs: Iterable[Sequence[Any]], *, loose: bool = False) -> Path:
    """A ledger file with exactly `docs` in it, put there behind the program's back.

    A `loose` one has a `document` that holds values of any type, under the right names.
    """
    with closing(sqlite3.connect(new_collector(path))) as raw, raw:
        if loose:
            guards = raw.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            raw.execute("DROP TABLE document")
            raw.execute(f"CREATE TABLE document ({', '.join(DOCUMENT.columns.keys())})")
            for (guard,) in guards:
                raw.execute(guard)
        raw.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", docs)
    return path


def held(path: Path) -> dict[str, int]:
    """How many documents of each chain the file holds; it must be sound."""
    with opened(path) as ledger:
        found = verify(ledger)
        assert found.problems == ()
        return {device: seq for device, (seq, _hash) in found.heads.items()}


def visible(folder: Path) -> list[str]:
    """What lies in the folder, the lock apart."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".kunci"))


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """The disk takes no file beyond `size` bytes; the system refuses the write, as it does on a full disk."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@contextmanager
def tampered(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """Somebody with a database tool, who knows how to switch off the guards and on again."""
    with closing(sqlite3.connect(ledger.path or "")) as raw, raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            raw.execute(f"DROP TRIGGER {name}")
        yield raw
        for _name, sql in guards:
            raw.execute(sql)
