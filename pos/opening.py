"""What the till shows when it opens, read with bare sqlite3.

Importing SQLAlchemy takes longer than showing a window. So the till reads what it needs to take the first tap
on this short way, and opens its ledger behind that (pos/today.py asks the open ledger for the same). Here
nothing is written, told or judged: whatever is in doubt is left to the ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pos import mark
from pos.clock import Clock
from pos.draft import OPEN, Draft, draft_of
from pos.machine import doubt_of
from pos.model import Device, Institution, Product, Shift, Staff
from pos.nouns import device_of, institution_of, products_of, shift_of, staff_of
from pos.practice import is_training
from pos.settings import known

_TABLES = {"setting", "document", "device", "institution", "staff", "product", "shift", "stock", "day_item"}
_TABLES |= {"draft", "sale", "shift_close", "day_share"}
_SOLD = (
    "SELECT institution FROM (SELECT institution, qty FROM day_item WHERE day = ? UNION ALL "
    "SELECT institution, qty FROM day_share WHERE day = ?) GROUP BY institution HAVING sum(qty) > 0"
)
_STOCK = (  # over all laptops of the booth, as pos/balances.py has it
    "SELECT s.sku, sum(s.qty) FROM device AS o JOIN device AS d ON d.booth = o.booth "
    "JOIN stock AS s ON s.device = d.device WHERE o.device = ? GROUP BY s.sku"
)
_SHIFT = (
    "SELECT * FROM (SELECT * FROM shift WHERE device = ? ORDER BY seq DESC LIMIT 1) AS newest WHERE NOT "
    "EXISTS (SELECT 1 FROM shift_close AS c WHERE c.device = newest.device AND c.shift = newest.seq)"
)
_UNSOLD = (
    "SELECT * FROM draft WHERE NOT EXISTS (SELECT 1 FROM sale WHERE device = ? AND sale.cart = draft.cart) "
    "ORDER BY at, cart"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A booth as it stands: identity, people, goods for sale, pieces by SKU, who has sold on this day.

    Two are equal when they show the same. `shift` is the one to go on with, `shift_number` the newest of its
    day; `draft` the cart that was being filled, `held` how many were put aside; `settings` the booth's.
    """

    clock: Clock = field(compare=False)
    device: Device
    staff: dict[str, Staff]
    institutions: dict[str, Institution]
    products: tuple[Product, ...]
    stock: dict[str, int]
    sold: set[str]
    shift: Shift | None
    shift_number: int
    settings: dict[str, str]
    draft: Draft | None = None
    held: int = 0


def read_opening(path: Path, clock: Clock | None = None) -> Opening | None:
    """What the ledger file at `path` holds of an Opening, or None when only the ledger can tell.

    That is so for a file that is missing, not ours, of another version, locked, damaged, or without a device.
    SQLite makes its side files beside it; the ledger takes them away again when it is closed.
    """
    try:
        if not path.is_file():  # a pipe would be waited for
            return None
        address = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as raw:
            mark.secure(raw)
            if mark.version(raw) != mark.VERSION or not (mark.plain_tables(raw) or set()) >= _TABLES:
                return None
            raw.execute("BEGIN")  # one view of all tables
            return _read(raw, clock or Clock())
    except Exception:  # noqa: BLE001 - whatever it is, opening the ledger meets it again and tells it
        return None


def still_open(shift: Shift | None, device: Device, today: date) -> Shift | None:
    """`shift`, the newest of `device`, if the till goes on with it: yesterday's is over, a sample's never.

    Nor is one of a day to come: then the clock was set back, and its day was confirmed when it was opened.
    """
    return shift if shift and (device.sample or shift.day >= today) else None


def _read(raw: sqlite3.Connection, clock: Clock) -> Opening:
    """Raises TypeError for a ledger without a device of its own."""
    own = raw.execute("SELECT value FROM setting WHERE name = 'device'").fetchone()[0]
    device = device_of(next(_rows(raw, "SELECT * FROM device WHERE device = ?", own)))
    kept = dict(raw.execute("SELECT name, value FROM setting"))
    if not device.sample and doubt_of(own, kept, partial(_hash_of, raw, own)):
        raise ValueError(own)  # the ledger goes on under another identity
    clock = clock.in_zone(device.event.timezone)
    if device.sample and not is_training(device):
        start = raw.execute("SELECT value FROM setting WHERE name = ?", [mark.PRACTICE_FROM]).fetchall()
        last = raw.execute("SELECT at FROM document WHERE device = ? ORDER BY seq DESC LIMIT 1", [own])
        clock = clock.going_on_from(*(at for (at,) in (*start, *last)))
    newest = next(_rows(raw, _SHIFT, own), None)
    today = clock.now().date()
    shift = still_open(newest and shift_of(newest), device, today)
    day = (shift.day if shift else today).isoformat()
    goods = products_of(_rows(raw, "SELECT * FROM product ORDER BY position, sku"))
    units = _rows(raw, "SELECT * FROM institution ORDER BY code")
    drafts = [draft_of(row) for row in _rows(raw, _UNSOLD, own)]
    return Opening(
        clock=clock,
        device=device,
        staff={row.code: staff_of(row) for row in _rows(raw, "SELECT * FROM staff ORDER BY code")},
        institutions={row.code: institution_of(row) for row in units},
        products=tuple(product for product in goods.values() if product.active),
        stock=dict(raw.execute(_STOCK, [own])),
        sold={row.institution for row in _rows(raw, _SOLD, day, day)},
        shift=shift,
        settings=known(kept, booth=True),
        draft=next((draft for draft in drafts if draft.state == OPEN), None),
        held=sum(draft.state != OPEN for draft in drafts),
        shift_number=len(list(_rows(raw, "SELECT seq FROM shift WHERE device = ? AND day = ?", own, day))),
    )


def _hash_of(raw: sqlite3.Connection, device: str, seq: int) -> str | None:
    row = raw.execute("SELECT hash FROM document WHERE device = ? AND seq = ?", [device, seq]).fetchone()
    return row[0] if row else None


def _rows(raw: sqlite3.Connection, query: str, *values: str) -> Iterator[Any]:
    """The rows of `query`, their columns as attributes."""
    cursor = raw.execute(query, values)
    names = [column[0] for column in cursor.description]
    return (SimpleNamespace(**dict(zip(names, row, strict=True))) for row in cursor)
