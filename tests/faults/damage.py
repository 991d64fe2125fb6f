"""P6: bits, bytes, sectors and pages that changed, and files cut off: found before they count.

`integrity_check` does not see most of what changed inside a value; the chain does, and of tables it is said
that they do not match their documents. What nobody reads (a free page, an unused byte) may change unseen.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from pos.chains import reading
from pos.errors import BadDocument, UserError
from pos.ledger import Ledger, open_ledger
from pos.segments import FolderSource
from pos.sync import copy_chains
from pos.verify import verify
from tests.books import derived, documents, new_collector
from tests.faults.bare import STAN
from tests.faults.parts import Figure, Scale
from tests.faults.trial import World
from tests.faults.walks import CENTRAL, SHARED

Damage: TypeAlias = Callable[[bytearray, Random], None]
_PAGE, _SECTOR = 4096, 512


def _spot(data: bytearray, chance: Random) -> int:
    """A byte: any, or as often one in or near a document, for most of a small ledger is indexes and rows."""
    papers = [found.start() for found in re.finditer(b'"prev":"', data)]
    if not papers or chance.random() < 0.5:
        return chance.randrange(len(data))
    return min(max(chance.choice(papers) + chance.randrange(-600, 200), 0), len(data) - 1)


def _bit(data: bytearray, chance: Random) -> None:
    data[_spot(data, chance)] ^= 1 << chance.randrange(8)


def _byte(data: bytearray, chance: Random) -> None:
    at = _spot(data, chance)
    data[at] = (data[at] + chance.randrange(1, 256)) % 256


def _sector(data: bytearray, chance: Random) -> None:
    start = chance.randrange(0, len(data), _SECTOR)
    data[start : start + _SECTOR] = bytes(len(data[start : start + _SECTOR]))


def _pages(data: bytearray, chance: Random) -> None:
    size = min(_PAGE, len(data) // 4)
    one, other = (chance.randrange(len(data) // size) * size for _n in range(2))
    data[one : one + size], data[other : other + size] = (
        data[other : other + size],
        data[one : one + size],
    )


def _cut(data: bytearray, chance: Random) -> None:
    size = min(_PAGE, max(1, len(data) // 8))
    del data[chance.choice((chance.randrange(len(data)), chance.randrange(0, len(data), size))) :]


KINDS: Mapping[str, Damage] = {
    "bit": _bit,
    "byte": _byte,
    "sector zeroed": _sector,
    "pages swapped": _pages,
    "cut off": _cut,
}


def damages(world: World, chance: Random, scale: Scale, _names: Sequence[str]) -> Iterator[Figure]:
    """So many of each kind, in a booth's ledger, a central file and a shared folder."""
    start = world.prepared("sync to a file")
    place = world.folder / "rusak"
    place.mkdir()
    yield from _segments(start, place, chance, scale)
    for what, name in (("ledger", STAN), ("central file", CENTRAL)):
        path = start / name
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with closing(open_ledger(path)) as ledger:
            truth = documents(ledger), derived(ledger)
        for kind, damage in KINDS.items():
            figure = Figure("P6", f"{what} damaged", kind)
            for n in range(scale.damages):
                data = bytearray(path.read_bytes())
                damage(data, chance)
                figure = figure.plus(0, list(_unseen(place, bytes(data), truth)), where=f"number {n}")
            yield figure


_Truth: TypeAlias = tuple[dict[str, Any], dict[str, Any]]


def _unseen(place: Path, data: bytes, truth: _Truth) -> Iterator[str]:
    """What of a damaged file would count. Whoever opens, verifies or takes it over may say what they like."""
    path = place / "rusak.lapak"
    for old in place.iterdir():
        old.unlink()
    path.write_bytes(data)
    try:
        with closing(open_ledger(path)) as ledger:
            yield from _taken_over(ledger, place, truth)
            if verify(ledger).ok and _open(documents(ledger)) != _open(truth[0]):
                yield "documents changed, and verify does not see it"
            yield from _rebuilt(ledger, truth)
    except UserError:
        return
    except Exception as error:  # noqa: BLE001 - it is what is looked for
        yield f"ends in {type(error).__name__}: {error}"


def _rebuilt(ledger: Ledger, truth: _Truth) -> Iterator[str]:
    """Tables that say something else than their documents are told of, and made anew where the file and its
    documents are whole.
    """
    wrong = derived(ledger) != truth[1]
    whole = verify(ledger).ok
    said = not verify(ledger, rebuild=True).ok
    if wrong and not said:
        yield "tables changed, and verify --rebuild does not see it"
    elif whole and _open(documents(ledger)) == _open(truth[0]) and derived(ledger) != truth[1]:
        yield "tables changed, and verify --rebuild does not make them anew"


def _taken_over(ledger: Ledger, place: Path, truth: _Truth) -> Iterator[str]:
    """A central ledger takes nothing from it but what was there before."""
    with closing(open_ledger(new_collector(place / "pusat.lapak"))) as central:
        try:
            with reading(ledger) as source:
                copy_chains(source, central)
        except UserError:
            pass
        for device, docs in documents(central).items():
            if _open({device: docs})[device] != _open(truth[0]).get(device, [])[: len(docs)]:
                yield "a changed document came into the central ledger"


def _open(chains: Mapping[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Documents without what lies outside their hash."""
    return {device: [tuple(doc)[:6] for doc in docs] for device, docs in chains.items()}


def _segments(start: Path, place: Path, chance: Random, scale: Scale) -> Iterator[Figure]:
    """Every segment that changed is refused whole."""
    whole = place.with_name("utuh")
    shutil.copytree(start / SHARED, whole)
    paths = sorted(path.relative_to(whole) for path in whole.rglob("*.jsonl"))
    for kind, damage in KINDS.items():
        figure = Figure("P6", "segment damaged", kind)
        for n in range(scale.damages):
            path = whole / chance.choice(paths)
            before = path.read_bytes()
            data = bytearray(before)
            damage(data, chance)
            path.write_bytes(data)
            broken = list(_believed(whole, path, before)) if data != before else []
            path.write_bytes(before)
            figure = figure.plus(0, broken, where=f"number {n}")
        yield figure


def _believed(folder: Path, path: Path, before: bytes) -> Iterator[str]:
    """Whether somebody reads the segment, although it says something else than it did."""
    source = FolderSource(folder / path.relative_to(folder).parts[0])
    first = int(path.name.partition("-")[0])
    try:
        docs = list(source.read(path.parent.name, first - 1))
    except BadDocument:
        return
    except Exception as error:  # noqa: BLE001 - it is what is looked for
        yield f"ends in {type(error).__name__}: {error}"
        return
    if docs:
        yield f"a segment with another byte than {len(before)} were written is read"
