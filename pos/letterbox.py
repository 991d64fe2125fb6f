"""The letter box of a central file: a folder beside it, in which booths hand over to an office's own file.

A central file that only collects is carried: taken, brought up to date, and put back whole. One that an
office's program has open must never be taken from under it. So the office puts up a folder beside it, named
after it (`pusat.lapak`, `pusat-setoran`), and from then on whoever hands over to the file puts segments there
instead (pos/segments.py), which needs no lock and no look into the file. The office takes in what lies
there, through the one door, and lays out there what the booths take home. Nothing is ever taken away: a booth
reads back there what it has handed over.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import select

from pos import clock
from pos.chains import first_fields, reading
from pos.errors import Refused
from pos.faults import told
from pos.file_lock import InUse, locked
from pos.fresh import make_folder
from pos.ledger import Ledger, open_journal, setting
from pos.paths import box_of, has_box
from pos.segments import SIDES, FolderSource, add_chain
from pos.sync import Copied, Progress, copy_chains
from pos.tables import DEVICE
from pos.text import _

PATIENCE_MS, AGAIN_MS = 30_000, 500  # how long a booth that carries just now is let go first


def box_for(path: Path) -> Path | None:
    """The letter box to hand over to instead of the file at `path`; None where that is to be carried.

    An office's own file without one gets one. Raises Refused for the ledger of a booth.
    """
    if not stays_in_place(path):
        return None
    if not has_box(path):
        put_up(path)
    return box_of(path)


def stays_in_place(path: Path) -> bool:
    """Whether the file at `path` is an office's own, or open there, and so carried by nobody.

    Raises Refused for the ledger of a booth.
    """
    return has_box(path) or (path.exists() and keeper_of(path) == "office")


def keeper_of(path: Path) -> str:
    """Whose the ledger file at `path` is: `office`, or empty for one that only collects.

    Raises Refused for any other, above all for the ledger of a till: it may be open, and with its file taken
    away it would lose what it sells from then on.
    """
    with closing(open_journal(path)) as ledger:
        own = setting(ledger, "device")
        if own is None:
            return ""
        with reading(ledger) as source:
            first = first_fields(source, own)
    if first.get("role") == "office":
        return "office"
    booth = first.get("booth", own)
    raise Refused(
        _("{name} is the ledger of booth {code}, not a central file.").format(name=path, code=booth),
        _("Choose another file; a missing one is made."),
    )


def put_up(path: Path) -> None:
    """Put the letter box up, for the file at `path` is about to be opened in its place.

    Whoever is carrying it just now is waited for: it must not come back when the office has it. Raises InUse
    when that takes long, WorldFailed when the folder cannot be written.
    """
    places = [box_of(path) / side for side in SIDES]
    if all(place.is_dir() for place in places):
        return
    for waited_ms in range(0, PATIENCE_MS + AGAIN_MS, AGAIN_MS):
        try:
            with locked(path), told(str(path)):
                for place in places:
                    make_folder(place)
            break
        except InUse:
            if waited_ms >= PATIENCE_MS:
                raise
            clock.pause(AGAIN_MS)


def take_down(path: Path) -> None:
    """Take an empty letter box away; one in which something lies stays."""
    with suppress(OSError):
        for place in (*(box_of(path) / side for side in SIDES), box_of(path)):
            place.rmdir()


def collect(central: Ledger, progress: Progress | None = None) -> Copied:
    """Take what lies in the letter box of an open central file into its journal, checked and derived.

    `refused` names what does not fit. Then what the office says is laid out for the booths. Raises
    WorldFailed when the disk fails; what was taken is safe, and the next time goes on from there.
    """
    copied = Copied()
    if central.path is None or central.read_only or not has_box(central.path):
        return copied
    for side in SIDES:
        copied.add(copy_chains(FolderSource(box_of(central.path) / side), central, progress=progress))
    lay_out(central)
    return copied


def lay_out(central: Ledger) -> int:
    """Put what every office says that is known here where booths take it home; how many documents are new.

    Does nothing without a letter box. Raises WorldFailed when the disk fails.
    """
    if central.path is None or central.read_only or not has_box(central.path):
        return 0
    with central.read() as conn:
        offices = sorted(conn.scalars(select(DEVICE.c.device).where(DEVICE.c.role == "office")))
    return sum(add_chain(central, code, box_of(central.path) / "out") for code in offices)


def lying(path: Path) -> frozenset[str]:
    """The names of all that lies in the letter box of `path`: as long as they stay, nothing new has come."""
    with told(str(path)):
        return frozenset(
            found.relative_to(box_of(path)).as_posix() for found in box_of(path).glob("*/*/*.jsonl")
        )
