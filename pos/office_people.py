"""The first person of an office: whoever makes central books theirs, with a PIN of their own."""

from __future__ import annotations

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Staff
from pos.offices import begin_office
from pos.people import MAX_NAME, code_of
from pos.pins import hash_pin
from pos.rights import may
from pos.staff import post_staff, staff
from pos.text import _, clean_text


def first_person(ledger: Ledger, name: str, pin: str) -> Staff:
    """Begin the office's own chain and put `name` down as the first who works there (role kantor).

    Raises Refused for no name, a PIN that is none (see `hash_pin`), and where somebody works there already:
    they add others.
    """
    clean = clean_text(name, MAX_NAME)
    if not clean:
        raise Refused(_("A person needs a name."))
    kept = hash_pin(pin)
    known = staff(ledger)
    if any(may(one, "office") and one.pin for one in known.values()):
        raise Refused(
            _("Somebody works at this office already."), _("Sign in as one of them; they add other people.")
        )
    begin_office(ledger)
    person = Staff(code_of(clean, known), clean, "kantor", kept)
    post_staff(ledger, [person])
    return person
