"""The head of official papers and who signs them, as the booth's settings have it.

Ministries change their names (domain.md 3.2), so nothing of it is built in. A paper is drawn from its stored
document; its letterhead is no part of what was signed for, and is today's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from pos.catalog import institutions
from pos.kept_json import parsed
from pos.ledger import Ledger, setting
from pos.settings import ON, value_of
from pos.text import clean_text

KEY, STAMP_KEY = "letterhead", "stamp_duty"  # in pos/settings.py
MOST_LINE = 100  # characters of a line of the head
MOST_NAME = 60
SIGNATORIES = 2


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs: name, rank, NIP (18 digits), position. Any of them may be missing."""

    name: str = ""
    rank: str = ""
    nip: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The lines of the head from the top, and those who sign, the first being the more senior."""

    ministry: str = ""
    office: str = ""
    unit: str = ""
    address: str = ""
    signatories: tuple[Signatory, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that say anything."""
        return tuple(line for line in (self.ministry, self.office, self.unit, self.address) if line)

    def signatory(self, name: str) -> Signatory | None:
        """Who of them bears this name."""
        return next((one for one in self.signatories if one.name.casefold() == name.casefold()), None)


def letterhead(ledger: Ledger) -> Letterhead:
    """The head that is set; for what is not, the exhibition's office and the booth's institution. The office
    belongs to none, though its laptop, as every one, has one.
    """
    head = letterhead_of(setting(ledger, KEY) or "")
    if ledger.device is None:
        return head
    device = ledger.device
    head = replace(head, office=head.office or device.event.office)
    if device.role == "office":
        return head
    unit = institutions(ledger).get(device.institution)
    return replace(head, unit=head.unit or (unit.name if unit else device.institution))


def letterhead_for(ledger: Ledger, institution: str) -> Letterhead:
    """The head of a paper of one institution: its own where this booth is its own, otherwise its name alone.

    What another institution or the office has set is never put above it, nor do their people sign it.
    """
    own = ledger.device
    if not institution or (own is not None and own.role == "booth" and own.institution == institution):
        return letterhead(ledger)
    unit = institutions(ledger).get(institution)
    return Letterhead(unit=unit.name if unit else institution)


def letterhead_of(text: str) -> Letterhead:
    """The head that a setting holds; of one that cannot be read, what there is when nothing is set."""
    try:
        found = parsed(text)
        who = ("name", "rank", "nip", "position")
        people = tuple(Signatory(**_strings(one, who)) for one in found.get("signatories", ()))
        lines = _strings(found, ("ministry", "office", "unit", "address"))
        return cleaned(Letterhead(**lines, signatories=people))
    except (ValueError, AttributeError, TypeError):
        return Letterhead()


def letterhead_text(head: Letterhead) -> str:
    """A head as the text of a setting."""
    return json.dumps(asdict(cleaned(head)), ensure_ascii=False, sort_keys=True)


def cleaned(head: Letterhead) -> Letterhead:
    """The head as it is kept: one line each, none too long, only those who have a name or a position."""
    people = (
        Signatory(
            clean_text(one.name, MOST_NAME),
            clean_text(one.rank, MOST_NAME),
            clean_text(one.nip, MOST_NAME),
            clean_text(one.position, MOST_NAME),
        )
        for one in head.signatories[:SIGNATORIES]
    )
    return Letterhead(
        clean_text(head.ministry, MOST_LINE),
        clean_text(head.office, MOST_LINE),
        clean_text(head.unit, MOST_LINE),
        clean_text(head.address, MOST_LINE),
        tuple(one for one in people if one.name or one.position),
    )


def stamped(ledger: Ledger) -> bool:
    """Whether papers above the limit of the law leave room for a meterai (domain.md 2.3)."""
    return value_of(STAMP_KEY, setting(ledger, STAMP_KEY)) == ON


def _strings(found: Mapping[str, object], names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name in names if isinstance(value := found.get(name), str)}
