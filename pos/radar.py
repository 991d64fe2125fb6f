"""What is missing: per laptop what this ledger has, what it knows to exist, and since when it lacks that.

A chain has no gaps, so what is missing lies behind its end. That there is more is known from others: papers
that name a document of it, a chain that goes on from it, a file or a folder that promised more than could be
read, and what an officer read on a hand-over slip or a receipt. Nothing here walks over sales.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, exists, func, select

from pos.derive.shapes import MAX_COUNT
from pos.errors import Refused
from pos.ledger import Ledger, devices
from pos.local_tables import QUARANTINE, SIGHTING
from pos.model import Device, receipt_number
from pos.numbers import paper_booths, parts_of
from pos.tables import DEPOSIT, DEVICE, DOCUMENT, ORDER_STEP, ORIGIN, PREORDER, REFUND, SALE
from pos.text import _, clean_text

SLIP, RECEIPT, SOURCE = "slip", "receipt", "source"  # kinds of SIGHTING
REFERENCE = "reference"  # and what papers of other chains name

_End = tuple[int, str, int]  # of a chain: its last document, when that was made, its last receipt
_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")
# Papers that name a document of another chain: table, and the columns that do.
_REFERENCES: tuple[tuple[Table, str, str], ...] = (
    (REFUND, "sale_device", "sale_seq"),
    (ORDER_STEP, "order_device", "order_seq"),
    (DEPOSIT, "order_device", "order_seq"),
    (PREORDER, "root_device", "root_seq"),
    (DEVICE, "of_device", "of_seq"),
)

_CHAIN = DOCUMENT.c.device == DEVICE.c.device
_SOLD = SALE.c.device == DEVICE.c.device
# Where each chain ends, asked at once: a few steps through an index for each.
_ENDS = select(
    DEVICE.c.device,
    select(func.max(DOCUMENT.c.seq)).where(_CHAIN).scalar_subquery(),
    select(DOCUMENT.c.at).where(_CHAIN).order_by(DOCUMENT.c.seq.desc()).limit(1).scalar_subquery(),
    select(func.coalesce(func.max(SALE.c.number), 0))
    .where(SALE.c.device == DEVICE.c.device)
    .scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a chain reaches at least to document `seq`, or its receipts to `number`: 0 where not known."""

    device: str
    kind: str
    seq: int
    number: int
    at: str  # when this was met first, ISO 8601
    source: str


@dataclass(frozen=True, slots=True)
class Blip:
    """One laptop on the radar. `lacks` documents or receipts are known to exist and are not here.

    `documents` and `number` (of the last receipt, 0: none) are what is here, `until` when the last one was
    made (ISO 8601, empty: nothing is here); `known` and `known_number` reach as far as anybody has told,
    `since` is when that was heard first, `source` from where. `printed` is the booth on its papers.
    """

    device: str
    booth: str
    name: str
    role: str
    documents: int
    number: int
    until: str
    known: int
    known_number: int = 0
    since: str = ""
    source: str = ""
    printed: str = ""

    @property
    def lacks(self) -> int:
        """At least so many are missing."""
        return max(self.known - self.documents, self.known_number - self.number, 0)

    @property
    def last_receipt(self) -> str:
        """The last receipt that is here, as people see it."""
        return receipt_number(self.printed, self.device, self.number) if self.number else ""


def radar(ledger: Ledger) -> tuple[Blip, ...]:
    """Every laptop that this ledger knows or has heard of: first those that lack something, then by booth."""
    with ledger.read() as conn:
        return radar_on(conn)


def radar_on(conn: Connection) -> tuple[Blip, ...]:
    """The same, inside a transaction."""
    known, printed = devices(conn), paper_booths(conn)
    heard: dict[str, list[Sighting]] = {}
    for one in (*_sightings(conn), *_references(conn)):
        heard.setdefault(one.device, []).append(one)
    ends: dict[str, _End] = {row[0]: (row[1], row[2], row[3]) for row in conn.execute(_ENDS)}
    blips = [
        _blip(code, known.get(code), printed.get(code, ""), ends.get(code, (0, "", 0)), heard.get(code, []))
        for code in sorted({*known, *heard})
    ]
    return tuple(sorted(blips, key=lambda blip: (not blip.lacks, blip.booth, blip.device)))


def note_source(conn: Connection, device: str, seq: int, source: str, at: str) -> None:
    """A file or folder promised documents up to `seq`, and could not be read so far."""
    _note(conn, Sighting(device, SOURCE, min(seq, MAX_COUNT), 0, at, clean_text(source, 200)))


def note_slip(ledger: Ledger, device: str, seq: int) -> Sighting:
    """An officer read on a hand-over slip, or on a signed report, that `device` has come to `seq`.

    Raises Refused for what is no device code or no number.
    """
    code = device.strip().upper()
    if not _CODE.fullmatch(code) or not 1 <= seq <= MAX_COUNT:
        raise Refused(
            _("'{text}' is no device with its last number.").format(text=f"{device} {seq}"[:40]),
            _("Write both as they stand on the slip: 7ZK2M4QX 531."),
        )
    one = Sighting(code, SLIP, seq, 0, ledger.clock.now().isoformat(), _("hand-over slip"))
    with ledger.write() as conn:
        _note(conn, one)
    return one


def note_receipt(ledger: Ledger, number: str) -> Sighting:
    """Somebody showed a receipt with this number. Raises Refused when no laptop here could have made it."""
    prefix, letter, last = parts_of(number) or ("", "", 0)
    with ledger.write() as conn:
        mine = [device for device in devices(conn).values() if device.prefix == prefix]
        if letter or not mine or last > MAX_COUNT:
            raise Refused(
                _("No laptop that is known here has made a receipt '{number}'.").format(number=number[:40]),
                _("Numbers look like S03K7-000042."),
            )
        at = ledger.clock.now().isoformat()
        source = _("receipt {number}").format(number=number.strip().upper())
        one = Sighting(mine[0].code, RECEIPT, 0, last, at, source)
        _note(conn, one)
    return one


def _note(conn: Connection, one: Sighting) -> None:
    """Keep what reaches furthest; of the same, what was heard first."""
    mine = (SIGHTING.c.device == one.device, SIGHTING.c.kind == one.kind)
    row = conn.execute(select(SIGHTING.c.seq, SIGHTING.c.number).where(*mine)).first()
    if row and row.seq >= one.seq and row.number >= one.number:
        return
    conn.execute(SIGHTING.delete().where(*mine))
    words = {"at": one.at, "source": one.source, "hash": ""}
    conn.execute(
        SIGHTING.insert().values(device=one.device, kind=one.kind, seq=one.seq, number=one.number, **words)
    )


def _sightings(conn: Connection) -> Iterator[Sighting]:
    for row in conn.execute(select(SIGHTING).where(*_in_no_second(SIGHTING.c.device, SIGHTING.c.seq))):
        yield Sighting(row.device, row.kind, row.seq, row.number, row.at, row.source)


def _references(conn: Connection) -> Iterator[Sighting]:
    """The furthest document of another chain that papers here name, and the first paper that did."""
    for table, device, seq in _REFERENCES:
        of, to = table.c[device], table.c[seq]
        foreign = (of != table.c.device, of != "", *_in_no_second(of, to))
        ends = select(of.label("of"), func.max(to).label("to")).where(*foreign).group_by(of).subquery()
        both = (of == ends.c.of) & (to == ends.c.to)
        first = (
            select(of, to, func.min(table.c.at)).join_from(table, ends, both).where(*foreign).group_by(of, to)
        )
        for code, reach, at in conn.execute(first):
            yield Sighting(code, REFERENCE, reach, 0, at, _("papers of other laptops"))


def _in_no_second(of: ColumnElement[str], to: ColumnElement[int]) -> tuple[ColumnElement[bool], ...]:
    """That document `to` of the chain `of` is not here in a second history of it: the laptop of that one went
    on under a code of its own, and names where it came from.
    """
    split_off = exists().where(ORIGIN.c.of_device == of, ORIGIN.c.of_seq == to)
    waits = exists().where(QUARANTINE.c.device == of, QUARANTINE.c.seq == to, QUARANTINE.c.parts_at > 0)
    return ~split_off, ~waits


def _blip(code: str, device: Device | None, printed: str, end: _End, heard: list[Sighting]) -> Blip:
    seq, until, number = end
    words = (device.booth, device.name, device.role) if device else ("", "", "")
    blip = Blip(code, *words, seq, number, until, seq, number, printed=printed)
    for one in sorted(heard, key=lambda one: _moment(one.at)):
        if one.seq > blip.known or one.number > blip.known_number:
            reach = (max(one.seq, blip.known), max(one.number, blip.known_number))
            since, source = (blip.since or one.at), one.source
            blip = replace(blip, known=reach[0], known_number=reach[1], since=since, source=source)
    return blip


def _moment(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0
