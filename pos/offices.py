"""The office's own chain: a ledger that collects gets an identity, so that papers can be put down in it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from pos.errors import Refused
from pos.ledger import Ledger, begin, devices, new_device, setting_on
from pos.model import Device
from pos.tables import DEVICE
from pos.text import _

BOOTH = "KW"  # what the numbers of an office's papers begin with: kantor wilayah


def office_of(ledger: Ledger) -> Device | None:
    """The identity that this ledger has already; None for one that only collects so far.

    Of a database, which many programs have open, it is looked up and kept.
    """
    if ledger.device is None:
        with ledger.read() as conn:
            code = setting_on(conn, "device")
            ledger.device = devices(conn).get(code) if code else None
    return ledger.device


def office_to_be(ledger: Ledger, name: str = "", institution: str = "") -> Device:
    """The office that this ledger is, or would become with its first paper; nothing is written.

    Its exhibition is the one that came in last; `institution` a code of it, otherwise the first. Raises
    Refused while nothing has come in: then nobody knows which exhibition this is.
    """
    if known := office_of(ledger):
        return known
    with ledger.read() as conn:
        newest = conn.scalars(select(DEVICE.c.device).order_by(DEVICE.c.at.desc(), DEVICE.c.device)).first()
        model = devices(conn)[newest] if newest else None
    if model is None:
        raise Refused(
            _("There is no exhibition in {name} yet.").format(name=ledger.name),
            _("Merge the file of a booth first."),
        )
    title = name or model.event.office or _("Regional office")
    unit = institution or model.event.institutions[0].code
    return replace(new_device(BOOTH, title, unit, model.event, sample=model.sample), role="office")


def begin_office(ledger: Ledger, name: str = "", institution: str = "") -> Device:
    """Give a ledger that only collects a chain of its own, as an office; the same again changes nothing.

    Raises as `office_to_be`.
    """
    made = office_to_be(ledger, name, institution)
    if ledger.device is None:
        begin(ledger, made)
    return ledger.own()
