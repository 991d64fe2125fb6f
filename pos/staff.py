"""The people at the till: their cards, and signing in with a PIN."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos.derive.shapes import MAX_REVISION
from pos.errors import Refused
from pos.kept_json import parsed
from pos.ledger import Ledger, set_setting, setting
from pos.model import Fields, Staff
from pos.nouns import staff_of
from pos.pins import matches
from pos.rights import barred
from pos.tables import STAFF
from pos.text import _

TRIES = 5  # wrong PINs before the first wait
FIRST_WAIT_S, LONGEST_WAIT_S = 60, 900  # doubled by every further wrong PIN; never for ever


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a PIN came to: who is signed in, or how many tries are left, or how many seconds to wait."""

    who: Staff | None = None
    left: int = 0
    wait_s: int = 0


def staff(ledger: Ledger) -> dict[str, Staff]:
    """Everyone this ledger knows, by code."""
    with ledger.read() as conn:
        return {row.code: staff_of(row) for row in conn.execute(select(STAFF).order_by(STAFF.c.code))}


def card(conn: Connection, code: str) -> Staff | None:
    """A person as the ledger has them now, inside a transaction; None when nobody has that code."""
    row = conn.execute(select(STAFF).where(STAFF.c.code == code)).first()
    return staff_of(row) if row else None


def post_staff(ledger: Ledger, people: Sequence[Staff]) -> None:
    """Put down people as one staff document; someone who is known already gets a higher revision."""
    with ledger.write() as conn:
        ledger.post(conn, "staff", staff_fields(conn, people))


def staff_fields(conn: Connection, people: Sequence[Staff]) -> Fields:
    """The body of a document with these people as they are now; only inside its transaction."""
    revisions = {row.code: row.revision for row in conn.execute(select(STAFF.c.code, STAFF.c.revision))}
    cards = [
        {
            "code": one.code,
            "name": one.name,
            "role": one.role,
            "revision": min(revisions.get(one.code, 0) + 1, MAX_REVISION),
        }
        | ({"pin": one.pin} if one.pin else {})
        for one in people
    ]
    return {"cards": cards}


def sign_in(ledger: Ledger, code: str, pin: str) -> SignIn:
    """Try a person's PIN. After TRIES wrong ones there is a wait, which a new start of the program keeps.

    Raises Refused for somebody who is not known, or not here any more, and for an officer without a PIN
    (pos/rights.py).
    """
    people = staff(ledger)
    person = people.get(code)
    if person is None:
        raise Refused(_("Nobody here has the code '{code}'.").format(code=code[:40]))
    if not person.role:
        raise Refused(_("{name} is not at this booth any more.").format(name=person.name))
    if barred(person, people.values()):
        raise Refused(
            _("{name} is an officer without a PIN, and cannot sign in yet.").format(name=person.name),
            _("Another officer gives a PIN in the settings, under People and PINs."),
        )
    waiting = waiting_s(ledger, code)
    if waiting:
        return SignIn(wait_s=waiting)
    if not person.pin or matches(pin, person.pin):
        _keep(ledger, code, "")
        return SignIn(person)
    wrong = _wrong(ledger, code)[0] + 1
    doublings = min(wrong - TRIES, 10)  # by then it has long been the longest
    wait = min(FIRST_WAIT_S * 2**doublings, LONGEST_WAIT_S) if wrong >= TRIES else 0
    _keep(ledger, code, json.dumps([wrong, _uptime_s(ledger), wait]))
    return SignIn(left=max(0, TRIES - wrong), wait_s=wait)


def _keep(ledger: Ledger, code: str, tries: str) -> None:
    """In a ledger that is only read nothing can be counted; whoever has that file can read it anyway."""
    if not ledger.read_only:
        set_setting(ledger, tries_of(code), tries)


def waiting_s(ledger: Ledger, code: str) -> int:
    """Seconds until the person may try a PIN again.

    They are told by the time since the machine was started, which nobody sets: a clock moved forward ends no
    wait, moved back it makes none longer. Where the machine was started anew meanwhile the wait begins with
    that, so it is never longer than LONGEST_WAIT_S.
    """
    count, since, wait = _wrong(ledger, code)
    now = _uptime_s(ledger)
    if wait and now < since:
        since = 0
        _keep(ledger, code, json.dumps([count, since, wait]))
    return max(0, wait - (now - since))


def _uptime_s(ledger: Ledger) -> int:
    return ledger.clock.uptime_ms() // 1000


def _wrong(ledger: Ledger, code: str) -> tuple[int, int, int]:
    """Wrong PINs in a row, when the last one was (seconds since the machine was started), and the wait from
    then on. What cannot be read counts nothing: nobody is kept out for ever by a number that rotted.
    """
    kept = setting(ledger, tries_of(code))
    try:
        count, since, wait = map(int, parsed(kept)) if kept else (0, 0, 0)
    except (ValueError, TypeError, OverflowError):
        return 0, 0, 0
    return max(0, count), max(0, since), min(max(0, wait), LONGEST_WAIT_S)


def tries_of(code: str) -> str:
    """The name of the setting that counts the wrong PINs of a person."""
    return f"tries:{code}"
