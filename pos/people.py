"""Changing who works at the booth: names, roles, PINs. Each change is one paper, with who allowed it.

A person is never taken out of the books: their name stands on receipts. Without a role they are not here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from sqlalchemy import Connection, select

from pos.approvals import take
from pos.errors import Refused
from pos.ledger import Ledger, set_setting
from pos.model import Approval, Staff
from pos.nouns import staff_of
from pos.pins import hash_pin, matches
from pos.rights import ROLES, may
from pos.staff import staff_fields, tries_of
from pos.tables import STAFF
from pos.text import _, clean_text

MAX_NAME = 60  # characters
GONE = ""  # the role of somebody who is not here any more


def add_person(ledger: Ledger, name: str, role: str, who: str, approval: Approval | None = None) -> Staff:
    """A new person, with a code made of the name. `who` (a staff code) needs the right "people", or brings an
    approval of it on that name; on others it is on their code.

    Raises Refused without a name or right, for a role above one's own, and for a name that is here already.
    """
    clean = clean_text(name, MAX_NAME)
    if not clean:
        raise Refused(_("A person needs a name."))
    with ledger.write() as conn:
        known = _known(conn)
        if any(one.name.casefold() == clean.casefold() and one.role for one in known.values()):
            raise Refused(_("{name} is here already.").format(name=clean), _("Add what tells the two apart."))
        person = Staff(code_of(clean, known), clean, role)
        _store(ledger, conn, person, who, approval, subject=clean)
    return person


def newcomer(ledger: Ledger, name: str) -> Staff:
    """The first person at a till where nobody is known yet: a cashier, who needs no right.

    Raises Refused without a name, and where somebody is known: they add other people.
    """
    clean = clean_text(name, MAX_NAME)
    if not clean:
        raise Refused(_("A person needs a name."))
    with ledger.write() as conn:
        known = _known(conn)
        if known:
            raise Refused(
                _("Somebody works at this booth already."), _("An officer adds other people in the settings.")
            )
        person = Staff(code_of(clean, known), clean)
        ledger.post(conn, "staff", staff_fields(conn, [person]))
    return person


def change_role(ledger: Ledger, code: str, role: str, who: str, approval: Approval | None = None) -> Staff:
    """Give a person another role; GONE: they are not here any more, and their PIN is free again.

    Raises Refused without the right, for a role above one's own, and where nobody would be left who may.
    """
    with ledger.write() as conn:
        person = replace(_person(conn, code), role=role)
        if role == GONE:
            person = replace(person, pin="")
        left = [one for one in (_known(conn) | {code: person}).values() if may(one, "people")]
        if not left:
            raise Refused(
                _("Nobody would be left who may change people."), _("Make somebody else an officer first.")
            )
        _store(ledger, conn, person, who, approval)
    return person


def give_pin(ledger: Ledger, code: str, pin: str, who: str, approval: Approval | None = None) -> Staff:
    """Give a person a PIN of six digits; everybody may change their own.

    Raises Refused without the right, and when somebody else has that PIN: it tells who acted.
    """
    digest = hash_pin(pin)
    with ledger.read() as conn:
        others = [one.pin for one in _known(conn).values() if one.code != code]
    if any(matches(pin, kept) for kept in others if kept):  # takes its time: before anybody else waits
        raise Refused(_("This PIN cannot be used."), _("Choose another one."))
    with ledger.write() as conn:
        person = replace(_person(conn, code), pin=digest)
        if who == code and approval is None:
            ledger.post(conn, "staff", staff_fields(conn, [person]))
        else:
            _store(ledger, conn, person, who, approval)
    set_setting(ledger, tries_of(code), "")
    return person


def _store(
    ledger: Ledger, conn: Connection, person: Staff, who: str, approval: Approval | None, subject: str = ""
) -> None:
    known = _known(conn)
    if person.role not in (*ROLES, GONE):
        raise Refused(_("There is no role called '{role}'.").format(role=person.role[:40]), ", ".join(ROLES))
    actor = known.get(approval.by if approval else who) or Staff(who, who, "")
    allowed = take(conn, approval, known.get(who) or Staff(who, who, ""), "people", subject or person.code)
    former = known.get(person.code)
    for role in (person.role, former.role if former else GONE):
        if role in ROLES and ROLES.index(role) > ROLES.index(actor.role):
            raise Refused(_("Nobody gives or takes a role above their own."), _("Ask the regional office."))
    ledger.post(conn, "staff", allowed | staff_fields(conn, [person]))


def _known(conn: Connection) -> dict[str, Staff]:
    return {row.code: staff_of(row) for row in conn.execute(select(STAFF).order_by(STAFF.c.code))}


def _person(conn: Connection, code: str) -> Staff:
    known = _known(conn)
    if code not in known:
        raise Refused(_("Nobody here has the code '{code}'.").format(code=code[:40]))
    return known[code]


def code_of(name: str, known: dict[str, Staff]) -> str:
    """The first name in small letters, with a number when somebody has it."""
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", flat)
    first = next((word for word in words if len(word) > 2), words[0] if words else "orang")[:16]
    number, code = 1, first
    while code in known:
        number += 1
        code = f"{first}{number}"
    return code
