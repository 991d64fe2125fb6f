"""The drawer counted by value of notes and coins, blind: locked before anybody sees what should be there.

What is typed and what is locked is kept on this laptop, so that a power cut loses none of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection

from pos.drawer import last_money, require_own
from pos.errors import Refused
from pos.kept_json import check_fields, parsed
from pos.ledger import Ledger, set_setting_on, setting_on
from pos.model import Fields, Shift
from pos.money import Rupiah
from pos.text import _

# What is counted apart, in Rupiah (DESIGN.md, picture 10a); coins of 1.000 go with the notes.
NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
COINS = (500, 200, 100)
MAX_PIECES = 9_999  # of one kind; more is a slip of the finger
_KEPT = "count"  # setting: the counts of the shift that is being closed, as JSON


@dataclass(frozen=True, slots=True)
class Counted:
    """One count of the drawer: pieces by value in Rupiah, who counted and when (ISO 8601).

    `other` is money that was not counted by pieces. `seq` is the newest document that had moved money.
    """

    notes: Mapping[int, int]
    by: str
    at: str
    seq: int = 0
    other: Rupiah = 0

    @property
    def total(self) -> Rupiah:
        """What the count comes to."""
        return sum(note * pieces for note, pieces in self.notes.items()) + self.other


def pieces(notes: Mapping[int, int]) -> Mapping[int, int]:
    """Checked pieces by value, those that are there. Raises Refused for what no drawer holds."""
    for note, count in notes.items():
        if note not in (*NOTES, *COINS):
            raise Refused(_("There is no note or coin of {value} Rupiah.").format(value=note))
        if type(count) is not int or not 0 <= count <= MAX_PIECES:
            raise Refused(
                _("Pieces are counted in whole numbers from 0 to {most}.").format(most=MAX_PIECES),
                _("Count again."),
            )
    return MappingProxyType({note: count for note, count in sorted(notes.items(), reverse=True) if count})


def keep_entry(ledger: Ledger, shift: Shift, notes: Mapping[int, int]) -> None:
    """Keep what is typed of a count that is not locked yet."""
    with ledger.write() as conn:
        counts, _entry = _kept(conn, shift)
        _keep(conn, shift, counts, notes)


def kept_entry(ledger: Ledger, shift: Shift) -> Mapping[int, int]:
    """What was typed of a count of this shift that was not locked."""
    with ledger.read() as conn:
        return _kept(conn, shift)[1]


def lock_count(ledger: Ledger, shift: Shift, notes: Mapping[int, int], cashier: str) -> Counted:
    """A count that stays as it is; durable when this returns. It may be repeated, and all are kept.

    Raises Refused for pieces that no drawer holds.
    """
    require_own(ledger.own(), shift)
    checked, at = pieces(notes), ledger.clock.now().isoformat()
    with ledger.write() as conn:
        counted = Counted(checked, cashier, at, last_money(conn, shift))
        counts, _entry = _kept(conn, shift)
        _keep(conn, shift, (*counts, counted), {})
    return counted


def kept_counts(ledger: Ledger, shift: Shift) -> tuple[Counted, ...]:
    """The locked counts of a shift that is not closed, oldest first."""
    with ledger.read() as conn:
        return _kept(conn, shift)[0]


def is_fresh(ledger: Ledger, shift: Shift, counted: Counted) -> bool:
    """Whether no money moved in the shift since it was counted."""
    with ledger.read() as conn:
        return last_money(conn, shift) <= counted.seq


def forget_counts(conn: Connection) -> None:
    """The shift is closed, and its counts stand in the document."""
    set_setting_on(conn, _KEPT, None)


def count_fields(counted: Counted) -> Fields:
    """A count as it stands in a body."""
    fields: Fields = {"at": counted.at, "by": counted.by, "total": counted.total, "seq": counted.seq}
    fields["notes"] = {str(note): count for note, count in counted.notes.items()}
    return fields | ({"other": counted.other} if counted.other else {})


def counted_of(fields: Fields) -> Counted:
    """The count that `count_fields` wrote."""
    notes = MappingProxyType({int(note): count for note, count in fields["notes"].items()})
    return Counted(notes, fields["by"], fields["at"], fields.get("seq", 0), fields.get("other", 0))


def _keep(conn: Connection, shift: Shift, counts: Sequence[Counted], entry: Mapping[int, int]) -> None:
    so_far = {"shift": shift.seq, "counts": [count_fields(one) for one in counts]}
    so_far["entry"] = {str(note): count for note, count in entry.items()}
    set_setting_on(conn, _KEPT, json.dumps(so_far))


def _kept(conn: Connection, shift: Shift) -> tuple[tuple[Counted, ...], Mapping[int, int]]:
    """Locked counts and what was typed, of this shift; nothing when it cannot be read."""
    with suppress(AttributeError, KeyError, TypeError, ValueError, Refused):
        found = parsed(setting_on(conn, _KEPT) or "")
        if found["shift"] == shift.seq:
            entry = pieces({int(note): count for note, count in found["entry"].items()})
            counts = tuple(counted_of(one) for one in found["counts"])
            for one in counts:
                check_fields(one)
                pieces(one.notes)
            return counts, entry
    return (), {}
