"""Approvals: a person who may, their PIN, one action on one thing, a reason; used once, kept in the document.

`approve` makes one after the PIN was right. The verb that does the action calls `take` in its transaction and
puts what it gives back into the document's body.
"""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select

from pos.clock import new_id
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Approval, Fields, Staff
from pos.rights import may
from pos.staff import SignIn, card, sign_in, staff
from pos.tables import APPROVAL
from pos.text import _, clean_text

MAX_REASON = 120  # characters


def approvers(ledger: Ledger, action: str, but: str = "") -> list[Staff]:
    """Who may allow `action`, in the order of their codes; `but` is whom it is to be without."""
    return [one for one in staff(ledger).values() if may(one, action) and one.code != but]


def approve(
    ledger: Ledger, by: str, pin: str, action: str, subject: str, reason: str = ""
) -> Approval | SignIn:
    """`by` (a staff code) allows one `action` on `subject`, such as a receipt's number.

    A SignIn says why not: a wrong PIN, or that there is a wait. Raises Refused for somebody who may not, and
    for an officer without a PIN: anybody could say to be them.
    """
    person = staff(ledger).get(by)
    if person is None or not may(person, action):
        raise _needs_officer()
    if not person.pin:
        raise Refused(
            _("{name} has no PIN yet, so nobody can approve with it.").format(name=person.name),
            _("Give them one in the settings under People and PINs."),
        )
    tried = sign_in(ledger, by, pin)
    if tried.who is None:
        return tried
    return granted(ledger, by, action, subject, reason)


def granted(ledger: Ledger, by: str, action: str, subject: str, reason: str = "") -> Approval:
    """An approval by somebody whose PIN was right already, such as an officer at their own till."""
    at = ledger.clock.now().isoformat()
    return Approval(new_id(), at, action, subject, by, clean_text(reason, MAX_REASON))


def take(
    conn: Connection,
    approval: Approval | None,
    who: Staff,
    action: str,
    subject: str,
    *,
    second: bool = False,
) -> Fields:
    """What goes into the body of the document by which `who` does `action` on `subject`.

    Without an approval `who` must have the right; `second` asks for somebody else whatever right they have.
    Raises Refused when nobody who may allowed it, or when the approval is for something else or was used
    before. Only inside the transaction that stores the document.
    """
    who = card(conn, who.code) or who  # not as the screen read them this morning
    if approval is None:
        if second or not may(who, action):
            raise _needs_officer()
        return {}
    if (approval.action, approval.subject) != (action, subject):
        raise Refused(_("This was approved for something else."), _("Ask for it again."))
    officer = card(conn, approval.by)
    if officer is None or not may(officer, action):
        raise _needs_officer()
    if second and approval.by == who.code:
        raise Refused(_("This needs a second person."), _("Nobody approves what they did themselves."))
    if conn.execute(select(APPROVAL.c.id).where(APPROVAL.c.id == approval.id)).first():
        raise Refused(_("This approval was used before."), _("Ask for it again."))
    return {"approval": asdict(approval)}


def _needs_officer() -> Refused:
    return Refused(_("This needs an officer."), _("Ask the head of the booth for their PIN."))
