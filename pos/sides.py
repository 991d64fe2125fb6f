"""What was refused beside what is known: one document of each, told in the few words that tell them apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from pos import journal, quarantine
from pos.kept_json import parsed
from pos.ledger import devices
from pos.model import Document, receipt_number
from pos.money import Rupiah

MOST = 200  # of them, for a screen


@dataclass(frozen=True, slots=True)
class Paper:
    """One document as people look at it: kind, number if any, when (ISO 8601), Rupiah, kode periksa."""

    kind: str
    number: str
    at: str
    total: Rupiah | None
    code: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A document that was refused (`theirs`) and the one that is known in its place, if there is one.

    `parts`: two histories part here; `count` documents of the second are kept. `why` says what is wrong
    otherwise, `source` where it came from.
    """

    device: str
    name: str
    seq: int
    theirs: Paper
    ours: Paper | None
    why: str
    source: str
    parts: bool = False
    count: int = 1


def set_aside(conn: Connection) -> tuple[Beside, ...]:
    """All that lies in quarantine; of a second history the document it begins with."""
    names = {code: device.name for code, device in devices(conn).items()}
    rows = quarantine.aside(conn)
    kept = Counter((row.device, row.parts_at) for row in rows)
    found = []
    for row in rows:
        parts = row.parts_at > 0
        if parts and row.seq != row.parts_at:
            continue
        known = journal.document(conn, row.device, row.seq)
        behind = kept[row.device, row.parts_at] if parts else 1
        words = (row.device, names.get(row.device, row.device), row.seq)
        sides = (paper_of(row.document), paper_of(known) if known else None)
        found.append(Beside(*words, *sides, row.why, row.source, parts, behind))
        if len(found) == MOST:
            break
    return tuple(found)


def paper_of(doc: Document) -> Paper:
    """A document in a few words, whatever it holds: it may be one that was refused."""
    try:
        body = parsed(doc.body)
        number, booth, total = body.get("number"), body.get("booth"), body.get("total", body.get("amount"))
    except (ValueError, AttributeError):
        number = booth = total = None
    shown = type(number) is int and isinstance(booth, str) and doc.kind == "sale"
    paper = receipt_number(booth[:6], doc.device, number) if shown and booth and number else ""
    return Paper(doc.kind, paper[:40], doc.at, total if type(total) is int else None, doc.hash[:8].upper())
