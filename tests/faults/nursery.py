"""A process that has the program in memory already and lets children try what may end them.

Each child is forked, gets its disk (tests/faults/shim.py), does one walk and ends: with an exit code as the
command line has them, by a signal, or because its time is over. So a trial costs milliseconds, not the second
that starting Python and reading the program takes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from tests.faults.shim import Disk, library

HUNG = -99  # the child did not end by itself
BUG = 70  # exit code of a child that ended with a traceback
UNPLANTED = 71  # that of one that did not come to its walk: the bug it was to have is none any more
_PATIENCE_S = 60.0
_TOP = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Job:
    """One child: the walk it does in `folder`, on which disk, with which bug, and when it is killed."""

    walk: str
    folder: Path
    disk: Disk | None = None
    bug: str = ""
    kill_ms: float = 0.0  # after so many milliseconds; 0: never
    mark: str = ""  # tells children in one folder apart

    @property
    def aside(self) -> Path:
        """What the child says lies beside its folder, for its disk may be gone."""
        return self.folder.with_name(f"{self.folder.name}-kata{self.mark}")


@dataclass(frozen=True, slots=True)
class End:
    """How a child ended: its code, what it said to a person, what it answered, which operation failed."""

    code: int
    said: str = ""
    answers: Sequence[str] = field(default=())
    count: int = 0
    hit: str = ""


class Nursery:
    """The process that forks the children, each with a disk where there can be one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def _started(self) -> subprocess.Popen[str]:
        """It takes some seconds, and not every part of the suite needs children."""
        if self._process is None:
            environment = os.environ | {"PYTHONPATH": str(_TOP), "PYTHONDONTWRITEBYTECODE": "1"}
            if shim := library():
                environment["LD_PRELOAD"] = str(shim)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.child"],
                cwd=_TOP,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End it; children have ended by then."""
        if self._process is not None:
            self._process.communicate()

    def run(self, *jobs: Job) -> list[End]:
        """Let the children of `jobs` run beside each other until all have ended."""
        told = [asdict(job) | {"folder": str(job.folder), "aside": str(job.aside)} for job in jobs]
        for job, one in zip(jobs, told, strict=True):
            one["env"] = (job.disk or Disk()).environment(job.folder, job.aside)
            for ending in (".answers", ".said", ".hit"):
                Path(f"{job.aside}{ending}").unlink(missing_ok=True)
        codes = self._ask(told)
        return [_end(job, code) for job, code in zip(jobs, codes, strict=True)]

    def one(self, job: Job) -> End:
        """The same of one."""
        return self.run(job)[0]

    def _ask(self, told: Sequence[object]) -> list[int]:
        process = self._started()
        pipe_in, pipe_out = process.stdin, process.stdout
        assert pipe_in is not None
        assert pipe_out is not None
        pipe_in.write(json.dumps(told) + "\n")
        pipe_in.flush()
        line = pipe_out.readline()
        assert line, "the nursery ended"
        codes: list[int] = json.loads(line)
        return codes


def _end(job: Job, code: int) -> End:
    def said(ending: str) -> str:
        path = Path(f"{job.aside}{ending}")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    counter = Path(f"{job.aside}.count")
    count = int.from_bytes(counter.read_bytes(), "little") if counter.exists() else 0
    # A child that was killed in the middle of an answer had not given it.
    answers = [line[:-1] for line in said(".answers").splitlines(keepends=True) if line.endswith("\n")]
    return End(code, said(".said"), answers, count, said(".hit").strip().replace(f"{job.folder}/", ""))
