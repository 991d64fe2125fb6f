"""One round of keeping copies, and one trial, as they run in a process of their own (pos/aside.py)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pos.backup import Kept, keep_copies
from pos.backup_notes import LAPTOP, STICK, Notes, Place, Wanted, read_notes, write_notes
from pos.copies import STICK_FOLDER, Copy, copies
from pos.errors import Refused, UserError
from pos.forgetting import forget_in
from pos.restore import Tried, try_copy
from pos.sealing import lock_of
from pos.text import _
from pos.volumes import sticks


def keep_round(ledger: Path, wanted: Wanted, now: datetime) -> Notes:
    """Bring every place up to date, let its copies forget what was erased, and note what came of it.

    Raises as `keep_copies` for the ledger.
    """
    on_stick = stick_folder(wanted.stick)
    folders = {LAPTOP: wanted.laptop} | ({STICK: on_stick} if on_stick else {})
    done = keep_copies(ledger, tuple(folders.values()), lock_of(wanted.lock))
    notes = replace(read_notes(), pace=done.pace_ms)
    for name, kept in zip(folders, done.kept, strict=True):
        notes = notes.with_place(name, _noted(notes.at(name), _forgotten(ledger, kept), now))
    if wanted.stick and not on_stick:
        gone = _("The stick “{name}” is not plugged in.").format(name=wanted.stick)
        notes = notes.with_place(STICK, replace(notes.at(STICK), error=gone))
    with suppress(OSError):
        write_notes(notes)
    return notes


def try_newest(wanted: Wanted, passphrase: str, now: datetime) -> Tried:
    """Try the newest copy of all places. Raises as `try_copy`, Refused where there is none."""
    newest = newest_copy(wanted)
    if newest is None:
        raise Refused(_("There is no copy yet."), _("Make one first."))
    try:
        tried = try_copy(newest.path, passphrase)
    except Refused:
        raise
    except UserError:
        _note_trial(now, sound=False)
        raise
    _note_trial(now, sound=tried.ok)
    return tried


def newest_copy(wanted: Wanted) -> Copy | None:
    """The newest copy of all places that are there."""
    folders = [wanted.laptop, stick_folder(wanted.stick)]
    found = [one for folder in folders if folder for one in copies(folder)[:1]]
    return max(found, key=lambda one: (one.at, one.documents), default=None)


def stick_folder(name: str) -> Path | None:
    """Where copies lie on the stick of this name, of two where there are some; None while it is not there."""
    there = [stick.path / STICK_FOLDER for stick in sticks() if name and stick.name == name]
    return next((folder for folder in there if folder.is_dir()), there[0] if there else None)


def _forgotten(ledger: Path, kept: Kept) -> Kept:
    """The same, with an error where older copies could not be made anew: the place is not as it is to be."""
    try:
        if kept.copy is not None:
            forget_in(ledger, kept.folder)
    except UserError as error:
        return replace(kept, copy=None, error=(error.message, error.hint))
    return kept


def _noted(former: Place, kept: Kept, now: datetime) -> Place:
    if kept.copy is None:
        return replace(former, error=" ".join(kept.error).strip())
    return Place(now.isoformat(), kept.copy.documents, kept.copy.path.name)


def _note_trial(now: datetime, *, sound: bool) -> None:
    with suppress(OSError):
        write_notes(replace(read_notes(), tested=now.isoformat(), sound=sound))
