"""Who this laptop is: a ledger that is a copy or an old backup goes on as a new device, continuing the old.

Restoring a backup or cloning a laptop then never makes a second history unnoticed: what was sold under the
old identity stays, what is sold from now on has one of its own.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection, exists, func, select

from pos import journal
from pos.clock import new_device_code
from pos.errors import Refused
from pos.ledger import Ledger, set_setting, set_setting_on
from pos.local_tables import ACTIVITY, DRAFT, REMOVAL, SETTING
from pos.machine import FORKED, MACHINE, RESTORED, Doubt, doubt_of, remember_head
from pos.model import Device, event_fields
from pos.tables import SALE
from pos.text import _


def settle_identity(ledger: Ledger) -> Refused | None:
    """Go on under a new identity where the old one is in doubt; the sentence about it for who is at the till.

    For whoever is about to sell with the ledger. A sample, and a ledger that only collects, stay as they are.
    """
    if ledger.device is None or ledger.device.sample:
        return None
    doubt = _doubt(ledger, ledger.device)
    told = None
    if doubt:
        former, new = ledger.device, continue_as_new(ledger)
        told = _told(doubt, former, new)
    remember(ledger)
    return told


def continue_as_new(ledger: Ledger) -> Device:
    """A new device code whose first document says which chain it continues; durable when this returns."""
    former = ledger.own()
    new = replace(former, code=_fresh_code(former.code))
    with ledger.write() as conn:
        seq, hash_ = journal.head(conn, former.code)
        fields = {
            "role": new.role,
            "booth": new.booth,
            "name": new.name,
            "institution": new.institution,
            "sample": new.sample,
            "event": event_fields(new.event),
            "continues": {"device": former.code, "seq": seq, "hash": hash_},
        }
        journal.post(conn, new.code, "device", ledger.stamp(), fields)
        _leave_behind(conn, former.code)
        set_setting_on(conn, "device", new.code)
        set_setting_on(conn, FORKED, None)
        set_setting_on(conn, RESTORED, None)
    ledger.device = new
    return new


def _leave_behind(conn: Connection, former: str) -> None:
    """What is local to this laptop names carts and shifts of the `former` chain: one that was sold there is
    none to sell here, and a shift has the number of its document, which the new chain gives again.
    """
    sold = exists().where(SALE.c.device == former, SALE.c.cart == DRAFT.c.cart)
    conn.execute(DRAFT.delete().where(sold))
    for table in (REMOVAL, ACTIVITY):
        conn.execute(table.update().values(shift=-func.abs(table.c.shift)))


def remember(ledger: Ledger) -> None:
    """Let the machine know how far this laptop's chain has come. A disk that fails here stops no sale."""
    device = ledger.device
    if device is None or device.sample:
        return
    with ledger.read() as conn:
        head = journal.head(conn, device.code)
        known = conn.scalar(select(SETTING.c.value).where(SETTING.c.name == MACHINE))
    with suppress(OSError):
        machine = remember_head(device.code, *head, ledger=ledger.path)
        if known != machine:
            set_setting(ledger, MACHINE, machine)


def note_fork(ledger: Ledger) -> None:
    """The central side knows another history of this laptop: from the next start on it has a new identity."""
    set_setting(ledger, FORKED, "1")


def _doubt(ledger: Ledger, device: Device) -> Doubt:
    with ledger.read() as conn:
        settings = {row.name: row.value for row in conn.execute(select(SETTING))}

        def hash_of(seq: int) -> str | None:
            doc = journal.document(conn, device.code, seq)
            return doc.hash if doc else None

        return doubt_of(device.code, settings, hash_of)


def _fresh_code(former: str) -> str:
    """A code with another beginning, for that stands in the receipts' numbers."""
    while (code := new_device_code())[:2] == former[:2]:
        pass
    return code


def _told(doubt: Doubt, former: Device, new: Device) -> Refused:
    why = {
        "older": _("This ledger is an older copy of {booth}."),
        "other": _("This ledger is a copy of {booth} that went its own way."),
        "moved": _("This ledger of {booth} comes from another laptop."),
        "restored": _("This ledger of {booth} was restored from a copy."),
        "forked": _("Another laptop sells under the name of {booth}, too."),
    }[doubt or "other"]
    hint = _("Nothing is lost: from now on this laptop counts apart, as {number}. Open a shift and sell on.")
    return Refused(why.format(booth=former.name), hint.format(number=new.prefix))
