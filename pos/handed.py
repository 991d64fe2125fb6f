"""What was handed over: remembered at the booth for each target, and what has come since.

A hand-over is remembered when it was read back at the target and equals what is here. What waits is never
marked on a document: it is what lies behind the farthest remembered place of the chain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, literal, select, union_all

from pos import journal
from pos.columns import added
from pos.journal import Head
from pos.kept_json import parsed
from pos.ledger import Ledger, devices, set_setting_on, setting_on
from pos.local_tables import SETTING
from pos.model import Document, paper_number, receipt_number
from pos.money import Rupiah, plain
from pos.numbers import parts_of
from pos.tables import (
    CASH,
    DEPOSIT,
    DOCUMENT,
    ORDER_STEP,
    PREORDER,
    REFUND,
    REMITTANCE,
    SALE,
    SHIFT,
    SHIFT_CLOSE,
    SLIP,
)
from pos.text import ngettext

LETTER = "H"  # of hand-over slips; their number is that of the last document, so it is given once
MAX_BOOTHS = 1_000  # of a target that are remembered

_KEY, _KNOWN = "handed:", "known:"
_KEPT = 20  # targets


@dataclass(frozen=True, slots=True)
class Figures:
    """What a part of a chain holds: documents, sales, and Rupiah net of what went back."""

    documents: int = 0
    sales: int = 0
    total: Rupiah = 0


@dataclass(frozen=True, slots=True)
class Handed:
    """One hand-over that was read back: where, when, and the place of the chain up to which it went.

    `figures` are of the whole chain up to there, `checked` is how many documents were read at the target in
    all, `size` its bytes (0 where that is unknown).
    """

    target: str
    at: datetime
    seq: int
    hash: str
    figures: Figures
    checked: int
    size: int


@dataclass(frozen=True, slots=True)
class Known:
    """A laptop of which a target has documents: the number of the last one, and when that was made."""

    device: str
    role: str
    booth: str
    name: str
    institution: str
    seq: int
    at: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """The chain of one laptop up to a document, as somebody hands it over; `numbers` of its receipts.

    `target` is where to, where that is known.
    """

    device: str
    seq: int
    receipt: str
    at: datetime
    hash: str
    figures: Figures
    numbers: tuple[str, str]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What no target has yet: documents, Rupiah, since when, and how many of which kind.

    `last` is when something was handed over last.
    """

    documents: int
    money: Rupiah
    since: datetime | None
    kinds: tuple[tuple[str, int], ...]
    last: datetime | None


def waiting(ledger: Ledger) -> Waiting:
    """What has not been handed over. Raises Refused on a ledger that only collects."""
    device = ledger.own().code
    with ledger.read() as conn:
        top, _hash = journal.head(conn, device)
        done = [one for one in _all(conn) if _ours(conn, device, (one.seq, one.hash))]
        after = max((one.seq for one in done), default=0)
        last = max((one.at for one in done), default=None)
        if after >= top:
            return Waiting(0, 0, None, (), last)
        first = conn.scalar(select(DOCUMENT.c.at).where(*_span(DOCUMENT, device, after, after + 1)))
        kinds, money = _kinds(conn, device, after, top)
    since = datetime.fromisoformat(first) if first else None
    return Waiting(top - after, money, since, kinds, last)


def kinds_text(found: Waiting, most: int = 3) -> str:
    """`5 penjualan, 1 titipan, 1 pembatalan`; beyond `most` kinds the rest is one number."""
    shown = [(key, count) for key, count in found.kinds if key != "other"][:most]
    parts = [_KINDS[key](count).format(count=plain(count)) for key, count in shown]
    rest = found.documents - sum(count for _key, count in shown)
    if rest:
        parts.append(_KINDS["other"](rest).format(count=plain(rest)))
    return ", ".join(parts)


def figures(conn: Connection, device: str, after: int, upto: int) -> Figures:
    """What the documents of a chain behind `after` hold, up to number `upto`, by this ledger's tables."""
    documents, sales = (
        conn.scalar(select(func.count()).where(*_span(table, device, after, upto))) or 0
        for table in (DOCUMENT, SALE)
    )
    return Figures(documents, sales, _money(conn, device, after, upto))


def handed(ledger: Ledger, target: str) -> Handed | None:
    """The last hand-over to this target; None when there was none, or this chain has become another one."""
    with ledger.read() as conn:
        found = _read(setting_on(conn, _KEY + target))
        return found if found and _ours(conn, ledger.own().code, (found.seq, found.hash)) else None


def all_handed(ledger: Ledger) -> list[Handed]:
    """The last hand-over to each target, the latest first."""
    with ledger.read() as conn:
        return _all(conn)


def remember(ledger: Ledger, done: Handed, booths: Sequence[Known]) -> None:
    """Keep that something was handed over, and whose documents the target has; of targets the latest few."""
    values = asdict(done) | {"at": done.at.isoformat()}
    rows = [list(asdict(one).values()) for one in booths[:MAX_BOOTHS]]
    with ledger.write() as conn:
        set_setting_on(conn, _KEY + done.target, json.dumps(values))
        set_setting_on(conn, _KNOWN + done.target, json.dumps(rows, ensure_ascii=False))
        for old in _all(conn)[_KEPT:]:
            for key in (_KEY, _KNOWN):
                set_setting_on(conn, key + old.target, None)


def known_booths(ledger: Ledger, target: str) -> tuple[Known, ...]:
    """Whose documents the target had when it was last looked into."""
    with ledger.read() as conn:
        kept = setting_on(conn, _KNOWN + target)
    try:
        return tuple(Known(*row) for row in parsed(kept or "[]"))
    except (TypeError, ValueError):  # written by another version
        return ()


def slip_number(booth: str, device: str, seq: int) -> str:
    """`S03K7-H00541`: what the hand-over up to document 541 is called."""
    return paper_number(booth, device, LETTER, seq)


def hand_over_of(ledger: Ledger, last: Document) -> HandOver:
    """The hand-over whose last document this is.

    Where it went and when is known to the laptop that did it, as long as it has not handed over more there;
    elsewhere `at` is when the last document was made.
    """
    with ledger.read() as conn:
        device = devices(conn)[last.device]
        found = figures(conn, last.device, 0, last.seq)
        numbers = numbers_between(conn, last.device, last.seq)
    done = next((one for one in all_handed(ledger) if (one.seq, one.hash) == (last.seq, last.hash)), None)
    at = done.at if done else datetime.fromisoformat(last.at)
    number = slip_number(device.booth, last.device, last.seq)
    return HandOver(last.device, last.seq, number, at, last.hash, found, numbers, done.target if done else "")


def find_hand_over(ledger: Ledger, number: str) -> HandOver | None:
    """The hand-over `S03K7-H00541` (any case), whether it was done or not; None without such a document."""
    parts = parts_of(number)
    if parts is None or parts[1] != LETTER:
        return None
    prefix, _letter, seq = parts
    with ledger.read() as conn:
        owners = [code for code, one in devices(conn).items() if one.prefix == prefix]
        docs = [journal.document(conn, code, seq) for code in owners]
    last = next((doc for doc in docs if doc), None)
    return hand_over_of(ledger, last) if last else None


def numbers_between(conn: Connection, device: str, upto: int) -> tuple[str, str]:
    """The first and the last receipt number of a chain up to a document; empty without a sale."""
    ends = select(func.min(SALE.c.number), func.max(SALE.c.number), func.max(SALE.c.booth))
    first, last, booth = conn.execute(ends.where(*_span(SALE, device, 0, upto))).one()
    if first is None:
        return "", ""
    return receipt_number(booth, device, first), receipt_number(booth, device, last)


def _kinds(
    conn: Connection, device: str, after: int, upto: int
) -> tuple[tuple[tuple[str, int], ...], Rupiah]:
    """How many documents of which kind, those with money first; and the Rupiah."""
    counted = (
        ("sale", SALE, ()),
        ("received", SLIP, (SLIP.c.kind == "received",)),
        ("void", REFUND, (REFUND.c.void == 1,)),
        ("refund", REFUND, (REFUND.c.void == 0,)),
        ("deposit", DEPOSIT, ()),
        ("order", PREORDER, ()),
        ("step", ORDER_STEP, (ORDER_STEP.c.step != "taken",)),
        ("cash", CASH, ()),
        ("remittance", REMITTANCE, ()),
        ("shift", SHIFT, ()),
        ("close", SHIFT_CLOSE, ()),
        ("stock", SLIP, (SLIP.c.kind != "received",)),
    )
    parts = [
        select(literal(key), func.count()).where(*_span(table, device, after, upto), *only)
        for key, table, only in counted
    ]
    found = {row[0]: int(row[1]) for row in conn.execute(union_all(*parts)) if row[1]}
    kinds = [(key, found[key]) for key, _table, _only in counted if key in found]
    rest = upto - after - sum(found.values())
    return tuple(kinds + ([("other", rest)] if rest > 0 else [])), _money(conn, device, after, upto)


def _money(conn: Connection, device: str, after: int, upto: int) -> Rupiah:
    sold, back = (
        conn.scalar(select(added(table.c.total)).where(*_span(table, device, after, upto))) or 0
        for table in (SALE, REFUND)
    )
    return int(sold - back)


def _span(table: Any, device: str, after: int, upto: int) -> tuple[Any, ...]:
    return table.c.device == device, table.c.seq > after, table.c.seq <= upto


def _ours(conn: Connection, device: str, head: Head) -> bool:
    """Whether the chain of this ledger goes through `head`."""
    query = select(DOCUMENT.c.hash).where(DOCUMENT.c.device == device, DOCUMENT.c.seq == head[0])
    return conn.scalar(query) == head[1]


def _all(conn: Connection) -> list[Handed]:
    rows = conn.scalars(select(SETTING.c.value).where(SETTING.c.name.startswith(_KEY, autoescape=True)))
    found = [one for one in map(_read, rows) if one]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _read(kept: str | None) -> Handed | None:
    try:
        values = parsed(kept) if kept else None
        if not isinstance(values, dict):
            return None
        moment = datetime.fromisoformat(values["at"])
        return Handed(**values | {"at": moment, "figures": Figures(**values["figures"])})
    except (KeyError, TypeError, ValueError):  # written by another version
        return None


_KINDS: dict[str, Callable[[int], str]] = {
    "sale": lambda count: ngettext("{count} sale", "{count} sales", count),
    "received": lambda count: ngettext("{count} delivery", "{count} deliveries", count),
    "void": lambda count: ngettext("{count} cancellation", "{count} cancellations", count),
    "refund": lambda count: ngettext("{count} return", "{count} returns", count),
    "deposit": lambda count: ngettext("{count} deposit", "{count} deposits", count),
    "order": lambda count: ngettext("{count} order", "{count} orders", count),
    "step": lambda count: ngettext("{count} order step", "{count} order steps", count),
    "cash": lambda count: ngettext("{count} cash movement", "{count} cash movements", count),
    "remittance": lambda count: ngettext("{count} payment to an institution", "{count} payments", count),
    "shift": lambda count: ngettext("{count} shift opened", "{count} shifts opened", count),
    "close": lambda count: ngettext("{count} shift closed", "{count} shifts closed", count),
    "stock": lambda count: ngettext("{count} stock paper", "{count} stock papers", count),
    "other": lambda count: ngettext("{count} other", "{count} others", count),
}
