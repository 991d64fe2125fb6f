"""The people at the till: their cards, and signing in with a PIN."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from pos.derive.shapes import MAX_REVISION
from pos.errors import Refused
from pos.kept_json import parsed
from pos.ledger import Ledger, set_setting, setting
from pos.model import Fields, Staff
from pos.nouns import staff_of
from pos.pins import hash_pin, matches
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


def set_pin(ledger: Ledger, code: str, pin: str) -> Staff:
    """Give a person a PIN of six digits. Raises Refused when somebody else has it: it tells who acted."""
    people = staff(ledger)
    if code not in people:
        raise Refused(_("Nobody here has the code '{code}'.").format(code=code[:40]))
    if any(matches(pin, one.pin) for one in people.values() if one.code != code):
        raise Refused(_("This PIN cannot be used."), _("Choose another one."))
    changed = replace(people[code], pin=hash_pin(pin))
    post_staff(ledger, [changed])
    set_setting(ledger, tries_of(code), "")
    return changed


def sign_in(ledger: Ledger, code: str, pin: str) -> SignIn:
    """Try a person's PIN. After TRIES wrong ones there is a wait, which a new start of the program keeps.

    Raises Refused for somebody who is not known, or not here any more.
    """
    person = staff(ledger).get(code)
    if person is None:
        raise Refused(_("Nobody here has the code '{code}'.").format(code=code[:40]))
    if not person.role:
        raise Refused(_("{name} is not at this booth any more.").format(name=person.name))
    waiting = waiting_s(ledger, code)
    if waiting:
        return SignIn(wait_s=waiting)
    if not person.pin or matches(pin, person.pin):
        _keep(ledger, code, "")
        return SignIn(person)
    wrong = _wrong(ledger, code)[0] + 1
    wait = min(FIRST_WAIT_S * 2 ** (wrong - TRIES), LONGEST_WAIT_S) if wrong >= TRIES else 0
    now = int(ledger.clock.now().timestamp())
    _keep(ledger, code, json.dumps([wrong, now, wait]))
    return SignIn(left=max(0, TRIES - wrong), wait_s=wait)


def _keep(ledger: Ledger, code: str, tries: str) -> None:
    """In a ledger that is only read nothing can be counted; whoever has that file can read it anyway."""
    if not ledger.read_only:
        set_setting(ledger, tries_of(code), tries)


def waiting_s(ledger: Ledger, code: str) -> int:
    """Seconds until the person may try a PIN again; a clock that was set back never makes them more."""
    _count, since, wait = _wrong(ledger, code)
    passed = int(ledger.clock.now().timestamp()) - since
    return max(0, wait - max(0, passed))


def _wrong(ledger: Ledger, code: str) -> tuple[int, int, int]:
    """Wrong PINs in a row, when the last one was (seconds), and the wait from then on."""
    kept = setting(ledger, tries_of(code))
    try:
        count, since, wait = map(int, parsed(kept)) if kept else (0, 0, 0)
    except (ValueError, TypeError, OverflowError):  # nobody is kept out for ever by a number that rotted
        return 0, 0, 0
    return count, since, min(wait, LONGEST_WAIT_S)


def tries_of(code: str) -> str:
    """The name of the setting that counts the wrong PINs of a person."""
    return f"tries:{code}"
