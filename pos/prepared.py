"""What a merge brings, checked and derived by a second process while this one stores what came before.

Both halves of the work take about as long. Where the second process fails, finds a fault or expected a chain
to end elsewhere, the work is done here.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from pos import journal
from pos.ahead import Ahead
from pos.chains import BATCH, reading
from pos.errors import BadDocument, UserError
from pos.journal import Checked, Head
from pos.ledger import Ledger, open_journal
from pos.model import GENESIS
from pos.second import Parcel, Pipes, packed, second_process, unpacked
from pos.sync import DEVICE_CODE, batches_of, uncollected

# For fewer, starting the process takes longer than it saves.
WORTH_DOCUMENTS = 25_000
WORTH_BYTES = 1_600 * WORTH_DOCUMENTS  # of files that nobody has looked into yet

_Place = tuple[int, str]  # of which file, of which chain
_Message = tuple[_Place, Parcel | None]  # a batch; None behind the last of a chain


class Prepared:
    """The batches of all chains of some files, in the order in which a merge asks for them."""

    def __init__(self, pipes: Pipes | None) -> None:
        self._pipes = pipes
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
                    checked = unpacked(device, batch)
                    known = checked.head
                    yield checked
                    continue
                if place == (file, device) and batch is None:
                    return
                self._next = None

        return chain

    def _peek(self) -> _Message | None:
        """The next message, which stays the next; None once the other process has ended."""
        if self._next is None and self._pipes:
            with suppress(EOFError, OSError):
                self._next = marshal.loads(self._pipes.coming.recv_bytes())  # noqa: S302 - from our own process
        return self._next


def worth(files: Sequence[Path]) -> bool:
    """Whether so much may lie in these files that a second process pays."""
    return sum(path.stat().st_size for path in files if path.is_file()) >= WORTH_BYTES


@contextmanager
def preparing(files: Sequence[Path], heads: Mapping[str, Head], *, much: bool) -> Iterator[Prepared]:
    """A second process at work on `files`, in this order, for a ledger whose chains end at `heads`.

    Nobody works unless there is `much` to do, nor on one core.
    """
    if not much:
        yield Prepared(None)
        return
    names = [str(path) if path.is_file() else "" for path in files]
    with second_process(_prepare, names, dict(heads)) as pipes:
        yield Prepared(pipes)


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
def _prepare(pipes: Pipes, files: Sequence[str], heads: dict[str, Head]) -> None:
    """In the second process: send all batches; while one waits to be fetched, the next is made."""
    with suppress(BrokenPipeError), Ahead(_messages(files, heads)) as messages:
        while message := messages.take():
            messages.begin()
            pipes.going.send_bytes(message)


def _messages(files: Sequence[str], heads: dict[str, Head]) -> Iterator[bytes]:
    for n, name in enumerate(files):
        if name:
            with suppress(UserError):  # whoever merges meets it, too, and tells it
                yield from _messages_of(n, Path(name), heads)


def _messages_of(n: int, path: Path, heads: dict[str, Head]) -> Iterator[bytes]:
    with closing(open_journal(path)) as ledger, reading(ledger) as source:
        for device, top in source.tops().items():
            if not isinstance(device, str) or not DEVICE_CODE.fullmatch(device):
                continue
            known = heads.get(device, (0, GENESIS))
            with suppress(BadDocument):
                for checked in batches_of(source, device, known, BATCH) if top > known[0] else ():
                    heads[device] = checked.head
                    yield marshal.dumps(((n, device), packed(checked)))
            yield marshal.dumps(((n, device), None))
