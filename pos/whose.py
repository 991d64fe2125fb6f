"""Whose ledger a file is, as its documents say: derived tables may be damaged, or of another version."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from pos import journal
from pos.body import decoded
from pos.clock import DEFAULT_ZONE, ZONES, Clock
from pos.copies import NOBODY, copies, copy_name, own_folder
from pos.errors import Damaged
from pos.local_tables import SETTING
from pos.model import Fields
from pos.tables import DOCUMENT
from pos.text import _


@dataclass(frozen=True, slots=True)
class Whose:
    """The booth's and the device's code (empty where a ledger only collects), how many documents it holds,
    and the zone of the booth's clock.
    """

    booth: str
    device: str
    documents: int
    zone: str

    def now(self, clock: Clock) -> datetime:
        """The moment at the booth."""
        return clock.in_zone(self.zone).now()

    def copy_name(self, clock: Clock, *, sealed: bool = False, former: int = 0) -> str:
        """What a copy that is made now is called; `former` is the version of one made before an upgrade."""
        named = (self.booth, self.device, self.now(clock), self.documents)
        return copy_name(*named, sealed=sealed, former=former)


def whose_is(conn: Connection) -> Whose:
    """Asked of an open ledger. A beginning that is damaged says nothing; verifying tells (pos/verify.py)."""
    device = str(conn.scalar(select(SETTING.c.value).where(SETTING.c.name == "device")) or "")
    first = journal.document(conn, device, 1) if device else None
    body: Fields = {}
    if first:
        with suppress(ValueError):
            body = decoded(first.body)
    event = body.get("event")
    zone = event.get("timezone") if isinstance(event, dict) else None
    documents = conn.scalar(select(func.count()).select_from(DOCUMENT)) or 0
    return Whose(str(body.get("booth", "")), device, documents, zone if zone in ZONES else DEFAULT_ZONE)


def former_copy(conn: Connection, name: str, clock: Clock) -> Path | None:
    """Where a ledger that an older program made is to be copied to before it is brought up to date.

    None when that was done by an upgrade that was cut off. Raises Damaged for a file that is not whole.
    """
    found = conn.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if found != "ok":
        raise Damaged(
            _("{name} is damaged: {why}").format(name=name, why=found),
            _("Keep the file, and restore from the newest good copy."),
        )
    whose = whose_is(conn)
    version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
    there = copies(own_folder(), whose.device or NOBODY)
    done = any((one.former, one.documents) == (version, whose.documents) for one in there)
    return None if done else own_folder() / whose.copy_name(clock, former=version)
