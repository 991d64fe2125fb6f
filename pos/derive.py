"""From the body of a document to the rows that it makes, and what a body must be to make any.

`ROWS` names one function per kind of document; the till uses it for one document and sync for a million.
Nothing but the document itself is needed, so any order of documents gives the same tables. pos/rows.py stores
the rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from operator import itemgetter
from types import MappingProxyType, NoneType
from typing import Any

from sqlalchemy import Table, Text

from pos.errors import BadDocument
from pos.model import Document, Fields, event_of, is_booth_code
from pos.money import MAX_AMOUNT, MAX_PRICE, Rupiah
from pos.tables import (
    CARDS,
    DEVICE,
    FACTS,
    INSTITUTION,
    MOVEMENT,
    PAYMENT,
    PRODUCT,
    REFUND,
    REFUND_LINE,
    REFUND_PAYMENT,
    SALE,
    SALE_LINE,
    SHIFT,
    STAFF,
)
from pos.text import _
from pos.upgrade import current

Row = tuple[Any, ...]
Rows = Mapping[Table, list[Row]]

# More is a mistake or an attack; sums of numbers like these stay far below what a column holds.
MAX_COUNT = 1_000_000_000  # pieces or grams
MAX_REVISION = 1_000_000_000

# What every line, payment and sale must have, in the order of the columns.
_LINE = itemgetter("sku", "name", "category", "institution", "unit", "qty", "price", "total")
_PAYMENT = itemgetter("method", "amount", "tendered")
_SALE = itemgetter("number", "booth", "cashier", "shift", "cart")
_REFUND = itemgetter("number", "booth", "cashier", "shift", "void", "reason")


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)


def _within(value: int, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def _text(value: str) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


@lru_cache(maxsize=1024)
def _booth(text: str) -> str:
    """`text`, if a booth may be called so: no barcode of a receipt holds other letters."""
    if not is_booth_code(text):
        raise ValueError(text)
    return text


@lru_cache(maxsize=1024)
def _day(text: str) -> str:
    """`text`, if it is a day in our one spelling: `20230414` would be a second 14 April in the sums."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def _moment(text: str) -> str:
    """`text`, if it is a moment with its zone in our one spelling."""
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    datetime.fromisoformat(text)
    return text


@cache
def _types(table: Table) -> tuple[frozenset[type], ...]:
    """The types that each column of `table` may hold, in their order."""
    return tuple(
        frozenset((str if isinstance(column.type, Text) else int, *((NoneType,) if column.nullable else ())))
        for column in table.columns
    )


def check_types(rows: Rows) -> None:
    """Raise BadDocument for the first document with a value that is not of its column's type.

    SQLite would store "7" as 7 and true as 1; PostgreSQL does so or not, depending on how the row travels.
    Looked at by columns, which costs a third of looking at each row.
    """
    wrong = [row for table, made in rows.items() for row in _misfits(table, made)]
    if wrong:
        device, seq, kind = min(wrong, key=itemgetter(1))
        raise _unknown_shape(device, seq, kind)


def _misfits(table: Table, made: list[Row]) -> Iterator[tuple[str, int, str]]:
    """Device and seq of the rows with a wrong type, and the name of their table."""
    types = _types(table)
    if all(types[n].issuperset(map(type, column)) for n, column in enumerate(zip(*made, strict=True))):
        return
    names = [column.name for column in table.columns]
    for row in made:
        if any(type(value) not in kinds for value, kinds in zip(row, types, strict=True)):
            yield row[names.index("device")], row[names.index("seq")], table.name


def _unknown_shape(device: str, seq: int, kind: str) -> BadDocument:
    return BadDocument(device, seq, _("a '{kind}' of this shape is not known.").format(kind=kind))


def _device(doc: Document, body: Fields, rows: Rows) -> None:
    event_of(body["event"])  # those who read the row later rely on its shape
    if not isinstance(body["sample"], bool):
        raise TypeError(body["sample"])
    rows[DEVICE].append(
        (
            doc.device,
            doc.seq,
            body["role"],
            _booth(body["booth"]),
            body["name"],
            body["institution"],
            json.dumps(body["event"], ensure_ascii=False, sort_keys=True),
            int(body["sample"]),
            doc.at,
        )
    )
    for unit in body["event"]["institutions"]:
        words = (unit["code"], unit["name"], unit["short"], unit["regency"])
        rows[INSTITUTION].append((*words, 0, doc.at, doc.device, doc.seq))


def _catalog(doc: Document, body: Fields, rows: Rows) -> None:
    for card in body["cards"]:
        rows[PRODUCT].append(
            (
                card["sku"],
                card["name"],
                card["category"],
                card["unit"],
                _within(card["price"], 0, MAX_PRICE),
                card["institution"],
                card["barcode"],
                None if card["cost"] is None else _within(card["cost"], 0, MAX_PRICE),
                json.dumps([_text(alias) for alias in card["aliases"]], ensure_ascii=False),
                json.dumps([_component(part) for part in card["components"]], ensure_ascii=False),
                card["image"],
                int(card["active"]),
                card["position"],
                _within(card["revision"], 1, MAX_REVISION),
                doc.at,
                doc.device,
                doc.seq,
            )
        )


def _component(part: Fields) -> tuple[str, int]:
    return _text(part["sku"]), _within(part["qty"], 1, MAX_COUNT)


def _staff(doc: Document, body: Fields, rows: Rows) -> None:
    for card in body["cards"]:
        revision = _within(card["revision"], 1, MAX_REVISION)
        who = (card["code"], card["name"], card["role"], card.get("pin", ""))
        rows[STAFF].append((*who, revision, doc.at, doc.device, doc.seq))


def _shift_open(doc: Document, body: Fields, rows: Rows) -> None:
    day, at, float_cash = _day(body["day"]), _moment(doc.at), _within(body["float"], 0, MAX_AMOUNT)
    rows[SHIFT].append((doc.device, doc.seq, day, at, body["cashier"], float_cash))


def _stock(doc: Document, body: Fields, rows: Rows) -> None:
    for n, item in enumerate(body["items"]):
        words, qty = (
            (body["reason"], item["sku"], item["institution"]),
            _within(item["qty"], -MAX_COUNT, MAX_COUNT),
        )
        rows[MOVEMENT].append((doc.device, doc.seq, n, 0, *words, qty, 0))


def _sale(doc: Document, body: Fields, rows: Rows) -> None:
    device, seq, day, at = doc.device, doc.seq, _day(body["day"]), _moment(doc.at)
    sums = _lines(doc, body["lines"], day, rows[SALE_LINE])
    paid = 0
    for n, part in enumerate(body["payments"]):
        method, amount, tendered = _PAYMENT(part)
        if not 0 <= amount <= tendered <= MAX_AMOUNT:
            raise BadDocument(device, seq, _("payment {part} does not add up.").format(part=n + 1))
        paid += amount
        rows[PAYMENT].append((device, seq, n, day, method, amount, tendered, part.get("reference", "")))
    for n, line in enumerate(body["lines"]):
        if line.get("parts"):
            _parts(doc, n, line, -1, rows)
    _balanced(doc, body, sums[2], paid)
    number, booth, cashier, shift, cart = _SALE(body)
    _within(number, 1, MAX_COUNT)
    sold = (number, _booth(booth), day, at, cashier, shift, cart, body.get("buyer", ""))
    rows[SALE].append((device, seq, *sold, *sums))


def _refund(doc: Document, body: Fields, rows: Rows) -> None:
    device, seq, day, at = doc.device, doc.seq, _day(body["day"]), _moment(doc.at)
    sums = _lines(doc, body["lines"], day, rows[REFUND_LINE])
    paid = 0
    for n, part in enumerate(body["payments"]):
        paid += _within(part["amount"], 0, MAX_AMOUNT)
        rows[REFUND_PAYMENT].append((device, seq, n, day, part["method"], part["amount"]))
    for n, line in enumerate(body["lines"]):
        if line.get("parts"):
            _parts(doc, n, line, 1, rows)
        else:
            back = (line["sku"], line["institution"], line["qty"], line["total"])
            rows[MOVEMENT].append((device, seq, n, 0, "refund", *back))
    _balanced(doc, body, sums[2], paid)
    number, booth, cashier, shift, void, reason = _REFUND(body)
    of = (_text(body["of"]["device"]), _within(body["of"]["seq"], 1, MAX_COUNT))
    if not isinstance(void, bool):
        raise TypeError(void)
    _within(number, 1, MAX_COUNT)
    rows[REFUND].append(
        (device, seq, number, _booth(booth), day, at, cashier, shift, *of, int(void), reason, *sums)
    )


def _lines(doc: Document, lines: Sequence[Fields], day: str, out: list[Row]) -> tuple[int, Rupiah, Rupiah]:
    """The rows of sold or returned lines; pieces, discounts and totals of all of them."""
    device, seq = doc.device, doc.seq
    qty = discount = total = 0
    for n, line in enumerate(lines):
        sku, name, category, institution, unit, count, price, amount = _LINE(line)
        off, cost, parts = line.get("discount", 0), line.get("cost"), line.get("parts")
        if not 0 < count <= MAX_COUNT or not 0 <= off <= MAX_AMOUNT or not 0 <= amount == count * price - off:
            raise BadDocument(device, seq, _("line {line} does not add up.").format(line=n + 1))
        qty += count
        discount += off
        total += amount
        if cost is not None and not 0 <= cost <= MAX_PRICE:
            raise ValueError(cost)
        words = (sku, name, category, institution, unit)
        out.append((device, seq, n, day, *words, count, price, amount, off, cost, 1 if parts else 0))
    return qty, discount, total


def _balanced(doc: Document, body: Fields, total: Rupiah, paid: Rupiah) -> None:
    if not 0 <= total <= MAX_AMOUNT or total != _within(body["total"], 0, MAX_AMOUNT) or paid != total:
        raise BadDocument(doc.device, doc.seq, _("lines, total and payments do not add up."))


def _parts(doc: Document, n: int, line: Fields, sign: int, rows: Rows) -> None:
    """The components of bundle line `n`, going out (-1) or coming back (1); their shares make the line."""
    total, reason = 0, "sale" if sign < 0 else "refund"
    for place, part in enumerate(line["parts"]):
        qty, amount = _within(part["qty"], 1, MAX_COUNT), _within(part["amount"], 0, MAX_AMOUNT)
        total += amount
        what = (part["sku"], part["institution"], sign * qty, amount)
        rows[MOVEMENT].append((doc.device, doc.seq, n, place, reason, *what))
    if total != line["total"]:
        raise BadDocument(doc.device, doc.seq, _("line {line} does not add up.").format(line=n + 1))


ROWS: Mapping[str, Callable[[Document, Fields, Rows], None]] = MappingProxyType(
    {
        "device": _device,
        "catalog": _catalog,
        "staff": _staff,
        "shift_open": _shift_open,
        "stock": _stock,
        "sale": _sale,
        "refund": _refund,
    }
)


def derive(doc: Document, body: Fields, rows: Rows) -> None:
    """Add the rows of one document to `rows`. An unknown kind, or one of a newer program, adds none.

    Raises BadDocument when the body does not have the shape of its kind or does not add up.
    """
    maker = ROWS.get(doc.kind)
    if maker is None:
        return
    try:
        shaped = current(doc.kind, body)
        if shaped is not None:
            maker(doc, shaped, rows)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _unknown_shape(doc.device, doc.seq, doc.kind) from error


def no_rows() -> dict[Table, list[Row]]:
    """An empty batch for `derive` to fill."""
    return {table: [] for table in (*FACTS, *CARDS)}
