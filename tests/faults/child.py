"""The process that children of the fault suite are forked from: the other end of tests/faults/nursery.py."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from pos.errors import UserError
from tests.faults.nursery import BUG, HUNG
from tests.faults.seeds import SEEDS
from tests.faults.suite import walk_of
from tests.faults.walks import Tell, warm_up

_PATIENCE_S = 60.0


def main(commands: IO[str], answers: IO[str]) -> None:
    """Fork what is asked for, line by line."""
    warm_up()
    for line in commands:
        jobs = json.loads(line)
        print(json.dumps(_children(jobs)), file=answers, flush=True)


def _children(jobs: Sequence[dict[str, Any]]) -> list[int]:
    begun = time.monotonic()
    running = {os.fork() or _child(job): n for n, job in enumerate(jobs)}
    codes = [0] * len(jobs)
    until = {pid: jobs[n]["kill_ms"] / 1000 for pid, n in running.items()}
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            n = running.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            codes[n] = code if code or time.monotonic() - begun < _PATIENCE_S else HUNG
            continue
        passed = time.monotonic() - begun
        for child in running:
            if (until[child] and passed >= until[child]) or passed >= _PATIENCE_S:
                os.kill(child, signal.SIGKILL)
        due = [until[child] - passed for child in running if until[child] > passed]
        time.sleep(max(min(0.0005, *due, 0.0005), 0.00002))
    return codes if time.monotonic() - begun < _PATIENCE_S else [HUNG] * len(codes)


def _child(job: dict[str, Any]) -> int:
    """In the child: do the walk and end, whatever happens."""
    code = BUG
    said = ""
    try:
        code, said = _do(job)
    except BaseException:  # noqa: BLE001 - it is what the parent looks for
        said = traceback.format_exc()
    finally:
        Path(f"{job['aside']}.said").write_text(said, encoding="utf-8")
        os._exit(code)


def _do(job: dict[str, Any]) -> tuple[int, str]:
    os.environ.update(job["env"])
    folder = Path(str(job["folder"]))
    os.environ["LAPAK_HOME"] = str(folder / "rumah")
    shim = ctypes.CDLL(None)
    armed = hasattr(shim, "fs_arm")
    tell = Tell(Path(f"{job['aside']}.answers"), shim if armed else None)
    if job["bug"]:
        SEEDS[str(job["bug"])].plant(tell)
    if armed:
        shim.fs_arm()
    try:
        code, said = walk_of(str(job["walk"])).act(folder, tell) or (0, "")
    except UserError as error:
        return error.exit_code, str(error)
    return code, said


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
