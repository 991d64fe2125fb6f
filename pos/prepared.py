"""What a merge brings, checked and derived by a second process while this one stores what came before.

Python runs on one core at a time in a process, and both halves of the work take about as long. The second
process only reads. Where it fails, finds a fault or expected a chain to end elsewhere, the work is done here.
"""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from pos import journal
from pos.ahead import Ahead
from pos.chains import BATCH, reading
from pos.columns import METADATA
from pos.derive import no_rows
from pos.derive.shapes import Row
from pos.errors import BadDocument, UserError
from pos.journal import Checked, Head
from pos.ledger import Ledger, open_journal
from pos.model import GENESIS, Document
from pos.sync import DEVICE_CODE, batches_of, uncollected
from pos.text import language, use_language

# For fewer, starting the process takes longer than it saves.
WORTH_DOCUMENTS = 25_000
WORTH_BYTES = 1_600 * WORTH_DOCUMENTS  # of files that nobody has looked into yet

_Place = tuple[int, str]  # of which file, of which chain
_Message = tuple[_Place, tuple[Any, ...] | None]  # a batch; None behind the last of a chain


class Prepared:
    """The batches of all chains of some files, in the order in which a merge asks for them."""

    def __init__(self, coming: Connection | None) -> None:
        self._coming = coming
        self._next: _Message | None = None

    def of(self, file: int) -> Callable[[str, Head], Iterator[Checked]]:
        """What `copy_chains` asks for the chains of the file with this place in the list.

        Batches that follow the head that it names, as far as they were made; of others none.
        """

        def chain(device: str, known: Head) -> Iterator[Checked]:
            while (message := self._peek()) and message[0][0] <= file:
                place, batch = message
                if place == (file, device) and batch and batch[0] == known:
                    self._next = None
                    checked = _checked(device, batch)
                    known = checked.head
                    yield checked
                    continue
                if place == (file, device) and batch is None:
                    return
                self._next = None

        return chain

    def _peek(self) -> _Message | None:
        """The next message, which stays the next; None once the other process has ended."""
        if self._next is None and self._coming:
            with suppress(EOFError, OSError):
                self._next = marshal.loads(self._coming.recv_bytes())  # noqa: S302 - from our own process
        return self._next


def worth(files: Sequence[Path]) -> bool:
    """Whether so much may lie in these files that a second process pays."""
    return sum(path.stat().st_size for path in files if path.is_file()) >= WORTH_BYTES


@contextmanager
def preparing(files: Sequence[Path], heads: Mapping[str, Head], *, much: bool) -> Iterator[Prepared]:
    """A second process at work on `files`, in this order, for a ledger whose chains end at `heads`.

    Nobody works unless there is `much` to do, nor on one core.
    """
    if not much or (os.cpu_count() or 1) < 2:
        yield Prepared(None)
        return
    context = get_context("spawn")
    coming, going = context.Pipe(duplex=False)
    names = [str(path) if path.is_file() else "" for path in files]
    worker = context.Process(target=_prepare, args=(going, names, dict(heads), language()), daemon=True)
    worker.start()
    going.close()
    try:
        yield Prepared(coming)
    finally:
        coming.close()
        worker.terminate()
        worker.join()


def preparing_one(
    ledger: Ledger, tops: Mapping[str, int], central: Ledger, *, alone: bool
) -> AbstractContextManager[Prepared]:
    """The same for what an open ledger, whose chains end at `tops`, hands over; not while somebody sells."""
    with central.read() as conn:
        heads = journal.heads(conn)
    new = sum(max(top - heads.get(code, (0, ""))[0], 0) for code, top in tops.items())
    much = alone and ledger.path is not None and new >= WORTH_DOCUMENTS
    return preparing([ledger.path] if ledger.path else [], heads, much=much)


@uncollected()
def _prepare(going: Connection, files: Sequence[str], heads: dict[str, Head], speaking: str) -> None:
    """In the second process: send all batches; while one waits to be fetched, the next is made."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the merge ends this one too
    use_language(speaking)
    with suppress(BrokenPipeError), Ahead(_messages(files, heads)) as messages:
        while message := messages.take():
            messages.begin()
            going.send_bytes(message)


def _messages(files: Sequence[str], heads: dict[str, Head]) -> Iterator[bytes]:
    for n, name in enumerate(files):
        if name:
            with suppress(UserError):  # whoever merges meets it, too, and tells it
                yield from _messages_of(n, Path(name), heads)


def _messages_of(n: int, path: Path, heads: dict[str, Head]) -> Iterator[bytes]:
    with closing(open_journal(path)) as ledger, reading(ledger) as source:
        for place, (device, top) in enumerate(source.tops().items(), n):
            if not isinstance(device, str) or not DEVICE_CODE.fullmatch(device):
                continue
            known = heads.get(device, (0, GENESIS))
            # Every second chain is added up by the one who stores: so both have about as much to do.
            new = batches_of(source, device, known, BATCH, add_up=place % 2 == 0)
            with suppress(BadDocument):
                for checked in new if top > known[0] else ():
                    heads[device] = checked.head
                    yield _told(n, checked)
            yield marshal.dumps(((n, device), None))


def _told(n: int, checked: Checked) -> bytes:
    """A batch as a message: plain values only, half as dear as pickled ones."""
    rows, sums = (_by_name(tables) if tables is not None else None for tables in (checked.rows, checked.sums))
    docs = list(map(tuple, checked.docs))
    return marshal.dumps(((n, checked.device), (checked.known, docs, rows, sums)))


def _checked(device: str, batch: tuple[Any, ...]) -> Checked:
    known, docs, rows, sums = batch
    made = no_rows() | _by_table(rows)
    added = None if sums is None else _by_table(sums)
    return Checked(device, known, list(map(Document._make, docs)), made, added)


def _by_name(tables: Mapping[Table, Sequence[Row]]) -> dict[str, list[Row]]:
    return {str(table.name): list(made) for table, made in tables.items() if made}


def _by_table(rows: Mapping[str, list[Row]]) -> dict[Table, list[Row]]:
    return {METADATA.tables[name]: made for name, made in rows.items()}
