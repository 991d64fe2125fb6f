"""Copies forget, too: what was erased in a ledger is taken out of the copies of it that are at hand.

A copy that was made before still says who ordered. It is made anew under its own name, seen to be whole and
read back; until then the one of before stays. What nothing here opens or reaches is told, with how long it
still lies there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect, select, tuple_

from pos import journal
from pos.backup import check_whole
from pos.backup_notes import STICK, Notes, Wanted
from pos.copies import copies
from pos.engines import settle, sqlite_engine
from pos.errors import Damaged
from pos.faults import told
from pos.fresh import draft_of, workshop
from pos.handed import all_handed
from pos.ledger import Ledger, copy_of, open_journal, setting
from pos.local_tables import QUARANTINE
from pos.placing import bring, check_room
from pos.preorder import Order
from pos.restore import ASIDE
from pos.tables import DOCUMENT, ERASURE
from pos.targets import name_of
from pos.text import _, ngettext

AT_ONCE = 400  # documents in one question to the database
TARGETS_NAMED = 2

_Erased = Sequence[tuple[str, int]]  # documents, by device and seq


def forget_in(source: Path, folder: Path) -> int:
    """Take out of the copies in `folder` what was erased in the ledger at `source`; how many were made anew.

    A sealed copy stays, for only its passphrase opens it, and so does one that is damaged: nobody knows what
    of it is wanted yet. Raises WorldFailed when a disk fails; the copies not made anew are as they were.
    """
    with closing(open_journal(source)) as ledger:
        erased = _erased(ledger)
        ours = {setting(ledger, "device"), *(device for device, _seq in erased)}  # or the code of before
    made = 0
    for copy in copies(folder) if erased else ():
        if copy.device in ours and not copy.sealed:
            try:
                if _names(copy.path, erased):
                    _make_anew(copy.path, erased)
                    made += 1
            except Damaged:
                continue
    return made


def left_text(ledger: Ledger, order: Order, wanted: Wanted, notes: Notes) -> str:
    """One sentence: where what is erased of this order lies on for a while, and until when; empty where that
    is nowhere. Copies at hand are made anew and so none of them. Looks at no disk but the ledger's.
    """
    places = [] if ledger.own().sample else list(_left_in_copies(ledger, wanted, notes))
    here = [seq for device, seq in order.documents if device == ledger.own().code]
    first = min(here, default=0)
    targets = [name_of(done.target) for done in all_handed(ledger) if first and done.seq >= first]
    if len(targets) > TARGETS_NAMED:
        count = len(targets) - TARGETS_NAMED
        others = ngettext("{count} other place", "{count} other places", count).format(count=count)
        targets = [*targets[:TARGETS_NAMED], others]
    if targets:
        until = _("{targets}, until the next hand-over there").format(targets=", ".join(targets))
        places.append(until)
    return _("Still kept for now: {places}.").format(places="; ".join(places)) if places else ""


def _left_in_copies(ledger: Ledger, wanted: Wanted, notes: Notes) -> Iterator[str]:
    if wanted.lock:
        yield _("sealed copies, the last of each day until they fill 2 GB")
    if wanted.stick and notes.at(STICK).error:
        yield _("copies on the stick “{name}”, until it is plugged in here").format(name=wanted.stick)
    if ledger.path:
        for aside in sorted(ledger.path.parent.glob(f"*{ASIDE}"))[:1]:
            yield _("the former ledger {name}, until somebody deletes it").format(name=aside.name)


def _erased(ledger: Ledger) -> _Erased:
    with ledger.read() as conn:
        rows = conn.execute(select(ERASURE.c.of_device, ERASURE.c.of_seq).distinct())
        return [(device, seq) for device, seq in rows]


def _some(erased: _Erased) -> Iterator[_Erased]:
    for start in range(0, len(erased), AT_ONCE):
        yield erased[start : start + AT_ONCE]


def _names(path: Path, erased: _Erased) -> bool:
    """Whether a copy still holds any of it."""
    with closing(open_journal(path)) as copy, copy.read() as conn:
        for some in _some(erased):
            there = tuple_(DOCUMENT.c.device, DOCUMENT.c.seq).in_(some)
            if conn.execute(select(DOCUMENT.c.seq).where(there, DOCUMENT.c.private.is_not(None))).first():
                return True
    return False


def _make_anew(path: Path, erased: _Erased) -> None:
    with workshop() as folder:
        draft = folder / path.name
        with closing(open_journal(path)) as copy:
            copy_of(copy, draft)
        _take_out(draft, erased)
        with closing(open_journal(draft)) as made:
            made.name = str(path)
            check_whole(made)
        check_room(draft, path)
        with told(str(path)), draft_of(path) as arriving:
            bring(draft, arriving, path)


def _take_out(draft: Path, erased: _Erased) -> None:
    """Also of what was refused or split off, where the copy has a place for such."""
    engine = sqlite_engine(draft, "rw")
    try:
        with told(str(draft)), engine.begin() as conn:
            aside = inspect(conn).has_table(QUARANTINE.name)
            for some in _some(erased):
                journal.take_out(conn, some, aside=some if aside else ())
    finally:
        engine.dispose()
    with told(str(draft)):
        settle(draft)
