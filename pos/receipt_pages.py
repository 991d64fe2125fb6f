"""All receipts of a ledger, page by page, the newest first: what an office looks through, however many.

Nothing is ever read as a whole. The sums kept per day tell how many days hold a page of what is sought, so
that only their receipts are looked at closely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from pos import journal
from pos.checkout import read_sale
from pos.errors import BadDocument, Refused
from pos.ledger import Ledger, devices
from pos.model import GENESIS, Device, Document, Refund, Sale, receipt_number
from pos.money import Rupiah
from pos.numbers import booths_of
from pos.payments import method_name
from pos.refunds import read_refund
from pos.returns import came_back
from pos.sum_tables import DAY_SHARE
from pos.tables import (
    DAY_CASHIER,
    DAY_ITEM,
    DAY_PAYMENT,
    DEVICE,
    MOVEMENT,
    PAYMENT,
    REFUND,
    SALE,
    SALE_LINE,
    STAFF,
)
from pos.text import _, fold

PAGE = 100  # receipts
_NUMBER = re.compile(r"([0-9A-Z]{1,6})([0-9A-Z]{2})-([0-9]{1,11})")
_AMOUNT = re.compile(r"(?:RP)?([0-9.]{1,20})")
_MOST_SKUS = 500  # products whose name holds a word; more are no search

Place: TypeAlias = tuple[str, str, str, int]  # day, at, device and seq of a receipt: where a page ends


@dataclass(frozen=True, slots=True)
class Sought:
    """What receipts are looked for; what is empty does not narrow. Days are business days, both included.

    `institution`: something of it is on the receipt, also inside a bundle; `sku` and `category` the same of a
    product that was sold (a category may be ""). `hour`: 14 for 14.00 to 14.59 by the laptop's clock. Each
    word of `text` is a receipt's number, its total, or part of a product's or cashier's name.
    """

    start: date | None = None
    end: date | None = None
    booth: str = ""
    institution: str = ""
    method: str = ""
    cashier: str = ""
    text: str = ""
    hour: int | None = None
    sku: str = ""
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt in the list; `ways` are the names of how it was paid; state: cancelled, returned or ""."""

    device: str
    seq: int
    number: str
    booth: str
    day: date
    at: datetime
    cashier: str
    qty: int
    total: Rupiah
    ways: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Some receipts, and where the next ones begin; None: these were the last."""

    rows: tuple[Receipt, ...]
    after: Place | None


@dataclass(frozen=True, slots=True)
class Traced:
    """One receipt with all that belongs to it: what came back of it, and its place in its chain.

    `whole`: its own text still has the hash that it is known by, and it follows on the one before it. `head`
    is the newest document of its device that this ledger has, with its time.
    """

    sale: Sale
    refunds: tuple[Refund, ...]
    device: Device | None
    prev: str
    whole: bool
    head: tuple[int, str, str]  # seq, hash, at


def receipts(ledger: Ledger, sought: Sought, after: Place | None = None, size: int = PAGE) -> Portion:
    """The next `size` receipts of what is sought, the newest business day first; `after` is where the
    portion before ended.
    """
    found: list[Any] = []
    with ledger.read() as conn:
        wanted = _conditions(conn, sought)
        for first, last in _windows(conn, sought, after, size):
            query = select(SALE).where(SALE.c.day >= first, SALE.c.day <= last, *wanted)
            if after:
                query = query.where(_behind(after))
            newest = (SALE.c.day.desc(), SALE.c.at.desc(), SALE.c.device, SALE.c.seq.desc())
            found += conn.execute(query.order_by(*newest).limit(size - len(found))).all()
            if len(found) >= size:
                break
        rows = _rows(conn, found)
    last_row = found[-1] if len(found) >= size else None
    end = (last_row.day, last_row.at, last_row.device, last_row.seq) if last_row else None
    return Portion(rows, end)


def count(ledger: Ledger, sought: Sought) -> tuple[int, Rupiah]:
    """How many receipts there are of what is sought, and what they come to before anything came back."""
    with ledger.read() as conn:
        wanted = [*_conditions(conn, sought), *_days(sought)]
        query = select(func.count(), func.coalesce(func.sum(SALE.c.total), 0))
        number, total = conn.execute(query.where(*wanted)).one()
    return number, int(total)


def trace(ledger: Ledger, device: str, seq: int) -> Traced:
    """The receipt that this document holds, or that the refund in it belongs to. Raises Refused when neither
    is in this ledger.
    """
    with ledger.read() as conn:
        doc = journal.document(conn, device, seq)
        if doc is not None and doc.kind == "refund":
            doc = journal.document(conn, *read_refund(doc).of)
        if doc is None or doc.kind != "sale":
            raise Refused(_("This receipt is not in this ledger."), _("Search for its number."))
        before = journal.document(conn, doc.device, doc.seq - 1)
        head_seq, head_hash = journal.head(conn, doc.device)
        newest = journal.document(conn, doc.device, head_seq)
        known = devices(conn).get(doc.device)
    sale = read_sale(doc)
    return Traced(
        sale,
        tuple(came_back(ledger, sale)),
        known,
        before.hash if before else GENESIS,
        _whole(doc, before),
        (head_seq, head_hash, newest.at if newest else ""),
    )


def _whole(doc: Document, before: Document | None) -> bool:
    """Whether the text has its hash and names the one before; what checks a chain checks the same."""
    try:
        journal.check(doc, doc.device, doc.seq, before.hash if before else GENESIS)
    except BadDocument:
        return False
    return True


def _behind(place: Place) -> ColumnElement[bool]:
    """Rows that come after a place in the order of the list."""
    day, at, device, seq = place
    same = SALE.c.day == day
    later = or_(
        SALE.c.at < at,
        and_(SALE.c.at == at, or_(SALE.c.device > device, and_(SALE.c.device == device, SALE.c.seq < seq))),
    )
    return or_(SALE.c.day < day, and_(same, later))


def _days(sought: Sought) -> list[ColumnElement[bool]]:
    limits = []
    if sought.start:
        limits.append(SALE.c.day >= sought.start.isoformat())
    if sought.end:
        limits.append(SALE.c.day <= sought.end.isoformat())
    return limits


def _windows(conn: Connection, sought: Sought, after: Place | None, size: int) -> Iterator[tuple[str, str]]:
    """Spans of days, the newest first, each of which by the sums has some eight times as many as the last."""
    days = _counted_days(conn, sought)
    if after:
        days = [one for one in days if one[0] <= after[0]]
    if not days:
        return
    wanted, begun, counted = 2 * size, days[0][0], 0
    for place, (day, number) in enumerate(days):
        counted += max(number, 1)
        if counted >= wanted or place + 1 == len(days):
            yield day, begun
            wanted, counted = wanted * 8, 0
            begun = days[place + 1][0] if place + 1 < len(days) else ""


def _counted_days(conn: Connection, sought: Sought) -> list[tuple[str, int]]:
    """Days on which what is sought may have been sold, the newest first, and about how many receipts."""
    if sought.institution:
        both = union_all(
            *(
                select(table.c.day, table.c.device, func.abs(table.c.qty).label("number")).where(
                    table.c.institution == sought.institution
                )
                for table in (DAY_ITEM, DAY_SHARE)
            )
        ).subquery()
        day, number, device = both.c.day, both.c.number, both.c.device
        limits: list[ColumnElement[bool]] = []
    elif sought.method:
        day, number, device = DAY_PAYMENT.c.day, DAY_PAYMENT.c.count, DAY_PAYMENT.c.device
        limits = [DAY_PAYMENT.c.method == sought.method]
    else:
        day, number, device = DAY_CASHIER.c.day, DAY_CASHIER.c.sales, DAY_CASHIER.c.device
        limits = [DAY_CASHIER.c.cashier == sought.cashier] if sought.cashier else []
    if sought.booth:
        limits.append(device.in_(select(DEVICE.c.device).where(DEVICE.c.booth == sought.booth)))
    if sought.start:
        limits.append(day >= sought.start.isoformat())
    if sought.end:
        limits.append(day <= sought.end.isoformat())
    query = select(day, func.sum(number)).where(*limits).group_by(day).order_by(day.desc())
    return [(on, int(found or 0)) for on, found in conn.execute(query)]


def _conditions(conn: Connection, sought: Sought) -> list[ColumnElement[bool]]:
    """What a receipt must fulfil besides its day."""
    wanted: list[ColumnElement[bool]] = []
    if sought.booth:
        wanted.append(SALE.c.device.in_(select(DEVICE.c.device).where(DEVICE.c.booth == sought.booth)))
    if sought.cashier:
        wanted.append(SALE.c.cashier == sought.cashier)
    if sought.method:
        paid = and_(PAYMENT.c.device == SALE.c.device, PAYMENT.c.seq == SALE.c.seq)
        wanted.append(exists().where(paid, PAYMENT.c.method == sought.method))
    if sought.institution:
        wanted.append(
            or_(
                *(
                    exists().where(
                        table.c.device == SALE.c.device,
                        table.c.seq == SALE.c.seq,
                        table.c.institution == sought.institution,
                    )
                    for table in (SALE_LINE, MOVEMENT)
                )
            )
        )
    if sought.hour is not None:
        wanted.append(func.substr(SALE.c.at, 12, 2) == f"{sought.hour:02}")
    on_it = and_(SALE_LINE.c.device == SALE.c.device, SALE_LINE.c.seq == SALE.c.seq)
    if sought.sku:
        wanted.append(exists().where(on_it, SALE_LINE.c.sku == sought.sku))
    if sought.category is not None:
        wanted.append(exists().where(on_it, SALE_LINE.c.category == sought.category))
    people = {code: fold(name) for code, name in _people(conn).items()}
    return [*wanted, *(_about(conn, word, people) for word in sought.text.split()[:6])]


def _about(conn: Connection, word: str, people: dict[str, str]) -> ColumnElement[bool]:
    """Receipts of which a word is the number, the total, or part of a product's or cashier's name."""
    either: list[ColumnElement[bool]] = []
    number = _NUMBER.fullmatch(word.upper())
    if number:
        prefix = number[1] + number[2]
        whole = SALE.c.booth + func.substr(SALE.c.device, 1, 2)
        either.append(and_(SALE.c.number == int(number[3]), whole == prefix))
    amount = _AMOUNT.fullmatch(word.upper())
    if amount and (figures := amount[1].replace(".", "")):
        either.append(SALE.c.total == min(int(figures), 10**15))
        if len(figures) <= 11:
            either.append(SALE.c.number == int(figures))
    plain = fold(word)
    if plain and not number:
        mine = [code for code, name in people.items() if plain in name]
        if mine:
            either.append(SALE.c.cashier.in_(mine))
        goods = _named(conn, plain)
        if goods:
            sold = and_(SALE_LINE.c.device == SALE.c.device, SALE_LINE.c.seq == SALE.c.seq)
            either.append(exists().where(sold, SALE_LINE.c.sku.in_(goods)))
    return or_(*either) if either else false()


def _people(conn: Connection) -> dict[str, str]:
    """The name of everybody, by code."""
    return dict(conn.execute(select(STAFF.c.code, STAFF.c.name)).all())


def _named(conn: Connection, plain: str) -> list[str]:
    """Products that were sold and are called so."""
    query = select(DAY_ITEM.c.sku, DAY_ITEM.c.name).distinct()
    found = {sku for sku, name in conn.execute(query) if plain in fold(name) or plain == fold(sku)}
    return sorted(found)[:_MOST_SKUS]


def _rows(conn: Connection, found: Sequence[Any]) -> tuple[Receipt, ...]:
    """What stands in the list of these receipts."""
    names = _people(conn)
    booths = booths_of(conn)
    ways: dict[tuple[str, int], list[str]] = defaultdict(list)
    states: dict[tuple[str, int], str] = {}
    keys = [(row.device, row.seq) for row in found]
    if keys:
        paid = select(PAYMENT.c.device, PAYMENT.c.seq, PAYMENT.c.method).where(
            tuple_(PAYMENT.c.device, PAYMENT.c.seq).in_(keys)
        )
        for device, seq, method in conn.execute(paid.order_by(PAYMENT.c.part)):
            ways[device, seq].append(method_name(method))
        back = select(REFUND.c.sale_device, REFUND.c.sale_seq, REFUND.c.void).where(
            tuple_(REFUND.c.sale_device, REFUND.c.sale_seq).in_(keys)
        )
        for device, seq, void in conn.execute(back):
            states[device, seq] = "cancelled" if void else states.get((device, seq), "returned")
    return tuple(
        Receipt(
            row.device,
            row.seq,
            receipt_number(row.booth, row.device, row.number),
            booths.get(row.device, row.booth),
            date.fromisoformat(row.day),
            datetime.fromisoformat(row.at),
            names.get(row.cashier, row.cashier),
            row.qty,
            row.total,
            tuple(dict.fromkeys(ways.get((row.device, row.seq), ()))),
            states.get((row.device, row.seq), ""),
        )
        for row in found
    )
