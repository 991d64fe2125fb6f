"""Photos of a day that go with its report: in a folder beside the ledger, a few and small, pictures alone.

Whoever brings one has made it small and taken out what else a phone writes into it (ui/evening/cleaning.py).
They stay on this machine: a chain of documents carries no pictures.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from pos.errors import Refused
from pos.faults import file_fault
from pos.fresh import fresh_file
from pos.ledger import Ledger
from pos.paths import home
from pos.photos import picture_format
from pos.text import _

MOST = 6  # of a day: one sheet of paper
MOST_BYTES = 1_500_000  # of one, as it is kept


def photo_folder(ledger: Ledger, day: date) -> Path:
    """Where the photos of `day` lie; it need not be there. Those of a database lie in home()."""
    beside = ledger.path.with_name(f"{ledger.path.stem}-foto") if ledger.path else home() / "foto-harian"
    return beside / day.isoformat()


def day_photos(ledger: Ledger, day: date) -> tuple[Path, ...]:
    """The photos of `day` in the order in which they were brought."""
    folder = photo_folder(ledger, day)
    try:
        return tuple(sorted(folder.glob("[0-9][0-9]-*.jpg")))[:MOST]
    except OSError as error:
        raise file_fault(folder.name, error) from error


def keep_day_photo(ledger: Ledger, day: date, jpeg: bytes) -> Path:
    """Keep one more photo of `day`; the same picture is kept once.

    Raises Refused for what is no JPEG or too large and when there are MOST, WorldFailed when the disk fails.
    """
    if picture_format(jpeg[:12]) != "jpeg" or len(jpeg) > MOST_BYTES:
        raise Refused(_("This photo cannot be kept."), _("Choose another one."))
    there = day_photos(ledger, day)
    name = hashlib.sha256(jpeg).hexdigest()[:12]
    for one in there:
        if one.stem.endswith(name):
            return one
    if len(there) >= MOST:
        raise Refused(
            _("There are {count} photos of this day already.").format(count=len(there)),
            _("Take one away first."),
        )
    number = max((int(one.name[:2]) for one in there), default=0) + 1
    path = photo_folder(ledger, day) / f"{number % 100:02}-{name}.jpg"
    with fresh_file(path) as draft:
        draft.write_bytes(jpeg)
    return path


def drop_day_photo(path: Path) -> None:
    """Take a photo away; the file that it was made from stays where it is. Raises WorldFailed."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise file_fault(path.name, error) from error


def read_day_photos(ledger: Ledger, day: date) -> tuple[bytes, ...]:
    """The photos themselves; what came to lie there otherwise and is none is left out. Raises WorldFailed."""
    found = []
    for path in day_photos(ledger, day):
        try:
            data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
        except OSError as error:
            raise file_fault(path.name, error) from error
        if picture_format(data[:12]) == "jpeg":
            found.append(data)
    return tuple(found)
