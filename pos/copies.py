"""Copies of a ledger: what they are called, where they lie, and which of them are kept.

The name of a copy tells booth, device, time and number of documents, so that a person sees it in any file
manager and nothing need be opened: `cadangan-S03-K7M2Q9XA-20230414-140700-263.lapak`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pos.paths import home, safe_name

FOLDER = "cadangan"  # in home()
STICK_FOLDER = "Lapak-cadangan"  # on a stick
PLAIN, SEALED = ".lapak", ".sandi"
NEWEST_KEPT = 10
MOST_BYTES = 2 * 1024**3  # of one device's copies in one folder
NEVER_THINNED = 3  # however large they are

_NAME = re.compile(
    r"(?:cadangan|sebelum-(?P<former>\d{4,9}))-(?P<booth>[\w-]{1,20})-(?P<device>[0-9A-Z]{8})-(?P<at>\d{8}-\d{6})-(?P<documents>\d{1,9})"
    r"(?P<ending>\.lapak|\.sandi)"
)
_LEFT = re.compile(r"\.cadangan-.*\.baru")  # what a killed program left half written (pos/fresh.py)
NOBODY = "00000000"  # stands for the device of a ledger that only collects
CENTRAL = "PUSAT"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as its name tells it; `at` is the booth's clock, `size` in bytes."""

    path: Path
    booth: str
    device: str
    at: datetime
    documents: int
    size: int
    former: int = 0  # the version of one made before an upgrade, for the program of before; never thinned out

    @property
    def sealed(self) -> bool:
        """Whether it opens only with its passphrase."""
        return self.path.suffix == SEALED


def own_folder() -> Path:
    """Where the copies of this machine lie, unless it was told otherwise."""
    return home() / FOLDER


def copy_name(
    booth: str, device: str, at: datetime, documents: int, *, sealed: bool = False, former: int = 0
) -> str:
    """What a copy is called."""
    why = f"sebelum-{former}" if former else "cadangan"
    whose = f"{safe_name(booth or CENTRAL)[:20]}-{device or NOBODY}"
    return f"{why}-{whose}-{at:%Y%m%d-%H%M%S}-{documents}{SEALED if sealed else PLAIN}"


def copy_at(path: Path) -> Copy | None:
    """The copy at `path`; None for a file that is called otherwise, and for what is no file of its own."""
    told = _NAME.fullmatch(path.name)
    if told is None:
        return None
    try:
        at = datetime.strptime(told["at"], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - names bear no zone
        if path.is_symlink() or not path.is_file():
            return None
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    former = int(told["former"] or 0)
    return Copy(path, told["booth"], told["device"], at, int(told["documents"]), size, former)


def copies(folder: Path, device: str = "") -> tuple[Copy, ...]:
    """The copies in `folder`, the newest first, of one device or of all; none where nothing can be read."""
    try:
        found = [copy_at(path) for path in folder.iterdir()]
    except OSError:
        return ()
    ours = [one for one in found if one and device in ("", one.device)]
    return tuple(sorted(ours, key=lambda one: (one.at, one.documents, one.path.name), reverse=True))


def worth_keeping(found: Iterable[Copy], today: date, most_bytes: int = MOST_BYTES) -> tuple[Copy, ...]:
    """Of copies of one device, the newest first: the newest ten, the last of every hour of today, the last of
    every day. Above `most_bytes` the oldest go first, but never the newest three.
    """
    kept: list[Copy] = []
    seen = set[tuple[object, ...]]()
    for number, one in enumerate(found):
        day = one.at.date()
        slots = {(day,)} | ({(day, one.at.hour)} if day == today else set[tuple[object, ...]]())
        if number < NEWEST_KEPT or not slots <= seen:
            kept.append(one)
        seen |= slots
    total, within = 0, list[Copy]()
    for number, one in enumerate(kept):
        total += one.size
        if total > most_bytes and number >= NEVER_THINNED:
            break
        within.append(one)
    return tuple(within)


def thin_out(folder: Path, device: str, today: date) -> int:
    """Delete the copies of `device` in `folder` that are not worth keeping, and what a killed program left of
    one. Nothing else is touched; what cannot be deleted stays. Returns how many went.
    """
    found = [one for one in copies(folder, device) if not one.former]
    kept = set(worth_keeping(found, today))
    gone = [one.path for one in found if one not in kept]
    with suppress(OSError):
        gone += [path for path in folder.iterdir() if _LEFT.fullmatch(path.name) and device in path.name]
    count = 0
    for path in gone:
        with suppress(OSError):
            path.unlink()
            count += 1
    return count
