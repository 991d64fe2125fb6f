"""How long a disk takes to keep something for certain: what fails soon is often slow first."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from pos.clock import Clock, new_id
from pos.faults import told

TRIES = 5
BYTES = 4096
SLOW_MS = 1_500  # a hard disk at work takes 10 to 100 ms, a worn stick a few hundred


def pace_of(folder: Path, clock: Clock | None = None) -> int:
    """Milliseconds that the disk of `folder` needs to keep 4 KiB through a power cut, the median of five.

    0 where nothing may be written. Raises DiskFails or WorldFailed when the disk cannot.
    """
    ticking = clock or Clock()
    if not os.access(folder, os.W_OK):
        return 0
    probe = folder / f".lapak-uji-{new_id()[-8:]}"
    taken: list[int] = []
    try:
        with told(str(folder)), probe.open("wb", buffering=0) as file:
            for _try in range(TRIES):
                began = ticking.uptime_ms()
                file.write(bytes(BYTES))
                os.fsync(file.fileno())
                taken.append(ticking.uptime_ms() - began)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return sorted(taken)[TRIES // 2]
