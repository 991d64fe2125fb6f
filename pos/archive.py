"""A new exhibition from last year's ledger: its goods, prices, people and settings, and none of its sales."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from pos.catalog import post_products, products
from pos.clock import ZONES
from pos.errors import Refused
from pos.exhibition import MAX_DAYS
from pos.ledger import Ledger, devices, open_ledger, set_setting
from pos.local_tables import SETTING
from pos.model import Event
from pos.settings import SETTINGS
from pos.staff import post_staff, staff
from pos.text import _, clean_text


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What came along. `homeless` are products (SKUs) whose institution does not take part any more."""

    products: int
    people: int
    settings: int
    homeless: tuple[str, ...] = ()


@contextmanager
def opened_archive(path: Path) -> Iterator[Ledger]:
    """A ledger of an earlier exhibition, for reading only.

    Raises Refused for sample data and for a file that is no ledger, WorldFailed when it cannot be read.
    """
    with closing(open_ledger(path, read_only=True)) as archive:
        if _is_sample(archive):
            raise _mixed()
        yield archive


def event_of_archive(archive: Ledger) -> Event:
    """The exhibition that a ledger is of: the newest one that its devices take part in.

    Raises Refused for a ledger without a device.
    """
    with archive.read() as conn:
        events = [device.event for device in devices(conn).values()]
    if not events:
        raise Refused(
            _("{name} is of no exhibition yet.").format(name=archive.name),
            _("Choose the ledger of a booth, or the central file."),
        )
    return max(events, key=lambda event: (event.start, event.code))


def next_event(last: Event, code: str, name: str, start: date, end: date) -> Event:
    """The exhibition after `last`: the same institutions and office, another name and other days.

    Both days are included. Raises Refused for a missing name or days in the wrong order.
    """
    code, name = clean_text(code, 40), clean_text(name)
    if not code or not name:
        raise Refused(_("An exhibition needs a code and a name."))
    if not 0 <= (end - start).days < MAX_DAYS or last.timezone not in ZONES:
        raise Refused(
            _("The last day must be on or after the first, at most {most} days in all.").format(most=MAX_DAYS)
        )
    return replace(last, code=code, name=name, start=start, end=end)


def carry_over(archive: Ledger, ledger: Ledger, *, people: bool = True) -> CarriedOver:
    """Bring goods, the booth's settings and, with `people`, those with their PINs of `archive` into a new
    ledger.

    Prices are those of the last day. Stock begins at nothing: goods are received anew. Raises Refused for
    sample data that would get into real books, or the other way round.
    """
    if _is_sample(archive) != ledger.own().sample:
        raise _mixed()
    known = {unit.code for unit in ledger.own().event.institutions}
    goods = products(archive, inactive=True)
    kept = [product for product in goods if product.institution in known]
    homeless = tuple(product.sku for product in goods if product.institution not in known)
    gone = set(homeless)
    kept = [one for one in kept if not gone & {part.sku for part in one.components}]
    added, changed = post_products(ledger, kept) if kept else (0, 0)
    here = staff(ledger)
    coming = [one for code, one in staff(archive).items() if code not in here] if people else []
    if coming:
        post_staff(ledger, coming)
    values = _booth_settings(archive)
    for key, value in values.items():
        set_setting(ledger, key, value)
    return CarriedOver(added + changed, len(coming), len(values), homeless)


def _mixed() -> Refused:
    return Refused(
        _("Sample data and real books are never mixed; nothing was changed."),
        _("Choose the ledger of a real exhibition."),
    )


def _is_sample(ledger: Ledger) -> bool:
    with ledger.read() as conn:
        return any(device.sample for device in devices(conn).values())


def _booth_settings(archive: Ledger) -> dict[str, str]:
    """What was set at the booth, save where it handed over. A central file has none."""
    with archive.read() as conn:
        found = {row.name: row.value for row in conn.execute(select(SETTING))}
    return {
        key: found[key] for key, one in SETTINGS.items() if one.booth and key in found and key != "target"
    }
