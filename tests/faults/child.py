"""The process that children of the fault suite are forked from: the other end of tests/faults/nursery.py."""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from pos.errors import UserError
from tests.faults.nursery import BUG, HUNG, UNPLANTED
from tests.faults.seeds import SEEDS
from tests.faults.suite import walk_of
from tests.faults.walks import Tell, warm_up

_PATIENCE_S = 60.0


def main(commands: IO[str], answers: IO[str]) -> None:
    """Fork what is asked for, line by line."""
    warm_up()
    gc.freeze()  # what is there by now stays shared with the children
    for line in commands:
        jobs = json.loads(line)
        print(json.dumps(_children(jobs)), file=answers, flush=True)


def _children(jobs: Sequence[dict[str, Any]]) -> list[int]:
    begun = time.monotonic()
    running = {os.fork() or _child(job): n for n, job in enumerate(jobs)}
    until = {pid: begun + (jobs[n]["kill_ms"] / 1000 or _PATIENCE_S) for pid, n in running.items()}
    codes = [0] * len(jobs)
    while running:
        now = time.monotonic()
        for pid in [pid for pid in running if until[pid] <= now]:
            os.kill(pid, signal.SIGKILL)
            until[pid] = now + _PATIENCE_S
        if pid := _ended(running, min(until[pid] for pid in running) - now):
            n = running.pop(pid)
            codes[n] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if codes[n] == -signal.SIGKILL and time.monotonic() - begun >= _PATIENCE_S:
                codes[n] = HUNG
    return codes


def _ended(running: Mapping[int, int], most_s: float) -> int:
    """The next child that ends; 0 when none does so for `most_s` seconds."""
    handles = {os.pidfd_open(pid): pid for pid in running}
    try:
        ready, _writable, _odd = select.select(list(handles), [], [], max(most_s, 0.0))
        return handles[ready[0]] if ready else 0
    finally:
        for handle in handles:
            os.close(handle)


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
        try:
            SEEDS[str(job["bug"])].plant(tell)
        except Exception:  # noqa: BLE001 - whatever it is, the walk would break by it and prove nothing
            return UNPLANTED, f"not planted: {traceback.format_exc()}"
    if armed:
        shim.fs_arm()
    try:
        code, said = walk_of(str(job["walk"])).act(folder, tell) or (0, "")
    except UserError as error:
        return error.exit_code, str(error)
    return code, said


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
