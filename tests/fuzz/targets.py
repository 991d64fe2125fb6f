"""What is fuzzed: each target puts bytes where a stranger's would come in.

A target ends well when it takes them or says in a sentence why not (a UserError); anything else that comes
out, and a ledger that changed although it said no, is a finding.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pos import journal
from pos.clock import stopped_at
from pos.errors import UserError
from pos.ledger import Ledger, open_ledger
from pos.sheets import BadRows
from tests.books import MOMENT, booth

LONGEST_SENTENCE = 1_000  # characters; a name in it is cut


@dataclass(frozen=True, slots=True)
class Target:
    """One way in: its name, what is done with the bytes, words of its language, and inputs to begin with that
    cannot lie in the corpus, since they hold hashes of this very run.
    """

    name: str
    run: Callable[[bytes], object]
    words: tuple[bytes, ...] = ()
    seeds: tuple[bytes, ...] = ()


@contextmanager
def told() -> Iterator[None]:
    """What is done inside may be refused, in words that a person can read in one line."""
    try:
        yield
    except UserError as error:
        check_sentence(error)


def check_sentence(error: UserError) -> None:
    """The words are there, fit, and hold nothing that a terminal or a label would obey."""
    for text in (error.message, error.hint):
        lines = text.split("\n") if isinstance(error, BadRows) else [text]
        for line in lines:
            assert len(line) <= LONGEST_SENTENCE, line
            strange = [c for c in line if not c.isprintable() and c not in "\u00a0\u202f"]
            assert not strange, (line, strange)
    assert error.message


class Bench:
    """A booth's ledger to fuzz against, made once, put back whenever an input changed it."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="lapak-fuzz-"))
        self.made = self.folder / "asal.lapak"
        booth(self.made).close()
        self.path = self.folder / "stan.lapak"
        self.ledger = self._opened()
        self.before = self.heads()
        self.laid = self.folder / "laid"
        self.laid.mkdir()

    def file(self, name: str, data: bytes) -> Path:
        """A file of a stranger with these bytes."""
        path = self.laid / name
        path.write_bytes(data)
        return path

    def heads(self) -> object:
        """Where the chains end."""
        with self.ledger.read() as conn:
            return journal.heads(conn)

    def same(self) -> bool:
        """Whether nothing was put down."""
        return self.heads() == self.before

    def put_back(self) -> None:
        """The ledger as it was at first."""
        self.ledger.close()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        self.ledger = self._opened()

    @contextmanager
    def kept(self) -> Iterator[Ledger]:
        """The ledger; what is refused inside must have left it as it was."""
        try:
            yield self.ledger
        except UserError as error:
            check_sentence(error)
            assert self.same(), "refused, but the ledger changed"
        else:
            if not self.same():
                self.put_back()

    def _opened(self) -> Ledger:
        shutil.copyfile(self.made, self.path)
        return open_ledger(self.path, stopped_at(MOMENT))

    def close(self) -> None:
        """Take everything away again."""
        self.ledger.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def bench() -> Iterator[Bench]:
    """A bench with a home of its own."""
    home = os.environ.get("LAPAK_HOME")
    made = Bench()
    os.environ["LAPAK_HOME"] = str(made.folder / "rumah")
    try:
        yield made
    finally:
        made.close()
        os.environ.pop("LAPAK_HOME")
        if home is not None:
            os.environ["LAPAK_HOME"] = home


@cache
def words(text: str) -> tuple[bytes, ...]:
    """Words of a language, for the mutator."""
    return tuple(word.encode() for word in text.split())


def text_of(data: bytes) -> str:
    """Bytes as a text that may hold whatever a text can, half characters too."""
    return data.decode("utf-8", "surrogateescape")
