"""What a command said, and running one as a program of its own where the process matters."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos.ledger import open_ledger
from pos.model import Document
from tests.books import documents

TOP = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Said:
    """What a command returned and wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def sentence(self) -> str:
        """The one sentence of a refusal or failure, on stderr."""
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err


Run = Callable[..., Said]


def program(
    *argv: object, stdin: bytes = b"", stdout: Any = subprocess.PIPE, start: Callable[[], None] | None = None
) -> Said:
    """Run a command as a program; `start` is called in the new process before it."""
    command = [sys.executable, "-P", "-m", "pos", *map(str, argv)]
    done = subprocess.run(
        command,
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        preexec_fn=start,
        check=False,
    )
    return Said(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def documents_of(path: Path) -> dict[str, list[Document]]:
    """Every document of the ledger at `path`."""
    with closing(open_ledger(path)) as ledger:
        return documents(ledger)


def tamper(path: Path, change: str, *values: object) -> None:
    """Change a ledger behind its back, as with a database tool: its own guard is put aside and back."""
    with closing(sqlite3.connect(path)) as raw:
        (guard,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'document_stays'").fetchone()
        raw.execute("DROP TRIGGER document_stays")
        raw.execute(change, values)
        raw.execute(guard)
        raw.commit()
