"""A delivery that is being written down, kept on this laptop until it is received: a power cut loses nothing.

`pos.consignment.receive` takes it away in the transaction that stores the slip, so none is received twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from pos.kept_json import parsed
from pos.ledger import Ledger, set_setting, set_setting_on, setting
from pos.model import Fields


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a slip as it is filled in. `expires` is None for what keeps."""

    sku: str
    qty: int
    batch: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the lines: whose goods, who handed them over or took them, which letter, and why."""

    institution: str
    partner: str = ""
    letter: str = ""
    reason: str = ""


def keep(ledger: Ledger, head: Head, entries: Sequence[Entry]) -> None:
    """Put down how far a delivery has come; the former state of it goes."""
    lines = [
        {"sku": one.sku, "qty": one.qty, "batch": one.batch}
        | ({"expires": one.expires.isoformat()} if one.expires else {})
        for one in entries
    ]
    words = {"partner": head.partner, "letter": head.letter, "lines": lines}
    set_setting(ledger, _name(head.institution), json.dumps(words, ensure_ascii=False))


def kept(ledger: Ledger, institution: str) -> tuple[Head, tuple[Entry, ...]]:
    """What was put down of a delivery; nothing when there is none, or another program put it down."""
    value = setting(ledger, _name(institution))
    try:
        found: Fields = parsed(value) if value else {"partner": "", "letter": "", "lines": []}
        head = Head(institution, str(found["partner"]), str(found["letter"]))
        return head, tuple(_entry(line) for line in found["lines"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return Head(institution), ()


def drop(conn: Connection, institution: str) -> None:
    """It was received, or given up."""
    set_setting_on(conn, _name(institution), None)


def _entry(line: Fields) -> Entry:
    expires = date.fromisoformat(line["expires"]) if "expires" in line else None
    return Entry(str(line["sku"]), int(line["qty"]), str(line["batch"]), expires)


def _name(institution: str) -> str:
    return f"delivery:{institution}"
