"""From documents to rows: the only place that writes derived tables.

`ROWS` names one function per kind of document, from its body to its rows; the till uses it for one document
and sync for a million. Applying needs nothing but the document itself, so any order of documents gives the
same tables. The sums are then added up by the database from the rows just written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from types import MappingProxyType, NoneType
from typing import Any

from sqlalchemy import Connection, Table, Text

from pos.errors import BadDocument
from pos.model import Document, Fields, event_of
from pos.money import MAX_AMOUNT, MAX_PRICE, Rupiah
from pos.tables import (
    CARDS,
    DERIVED,
    DEVICE,
    DOCUMENT,
    FACTS,
    INSTITUTION,
    MOVEMENT,
    PAYMENT,
    PRODUCT,
    SALE,
    SALE_LINE,
    SHIFT,
    STAFF,
)
from pos.text import _
from pos.upgrade import current

Row = tuple[Any, ...]
Rows = Mapping[Table, list[Row]]
COPY_FROM = 20  # rows; below this COPY costs more than it saves
ROWS_AT_ONCE = 50  # in one statement of SQLite: a fifth cheaper than one by one, and below 999 values
Span = tuple[str, int, int]  # device, first seq, last seq: the documents just applied

# More is a mistake or an attack; sums of numbers like these stay far below what a column holds.
MAX_COUNT = 1_000_000_000  # pieces or grams
MAX_REVISION = 1_000_000_000

# What every line, payment and sale must have, in the order of the columns.
_LINE = itemgetter("sku", "name", "category", "institution", "unit", "qty", "price", "total")
_PAYMENT = itemgetter("method", "amount", "tendered")
_SALE = itemgetter("number", "booth", "cashier", "shift", "cart")


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
            body["booth"],
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
        rows[STAFF].append((card["code"], card["name"], card["role"], revision, doc.at, doc.device, doc.seq))


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
    qty = discount = total = 0
    out = rows[SALE_LINE]
    for n, line in enumerate(body["lines"]):
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
        if parts and _sold_parts(doc, n, parts, rows) != amount:
            raise BadDocument(device, seq, _("line {line} does not add up.").format(line=n + 1))
    paid = 0
    for n, part in enumerate(body["payments"]):
        method, amount, tendered = _PAYMENT(part)
        if not 0 <= amount <= tendered <= MAX_AMOUNT:
            raise BadDocument(device, seq, _("payment {part} does not add up.").format(part=n + 1))
        paid += amount
        rows[PAYMENT].append((device, seq, n, day, method, amount, tendered, part.get("reference", "")))
    if not 0 <= total <= MAX_AMOUNT or total != _within(body["total"], 0, MAX_AMOUNT) or paid != total:
        raise BadDocument(device, seq, _("lines, total and payments do not add up."))
    number, booth, cashier, shift, cart = _SALE(body)
    _within(number, 1, MAX_COUNT)
    rows[SALE].append((device, seq, number, booth, day, at, cashier, shift, cart, qty, discount, total))


def _sold_parts(doc: Document, line: int, parts: Sequence[Fields], rows: Rows) -> Rupiah:
    """The components of one sold bundle; returns what their shares add up to."""
    total = 0
    for n, part in enumerate(parts):
        qty, amount = _within(part["qty"], 1, MAX_COUNT), _within(part["amount"], 0, MAX_AMOUNT)
        total += amount
        rows[MOVEMENT].append(
            (
                doc.device,
                doc.seq,
                line,
                n,
                "sale",
                part["sku"],
                part["institution"],
                -qty,
                amount,
            )
        )
    return total


ROWS: Mapping[str, Callable[[Document, Fields, Rows], None]] = MappingProxyType(
    {
        "device": _device,
        "catalog": _catalog,
        "staff": _staff,
        "shift_open": _shift_open,
        "stock": _stock,
        "sale": _sale,
    }
)

# Each adds up the rows of the documents :first to :last of one device. Both databases read this text; the
# `WHERE` also tells SQLite's parser where the SELECT ends.
_SUMS = (
    """INSERT INTO day_item
      (day, device, institution, sku, name, category, lines, qty, discount, total, cost, uncosted)
    SELECT day, device, institution, sku, max(name), max(category), count(*), sum(qty), sum(discount),
      sum(total), coalesce(sum(cost * qty), 0), coalesce(sum(CASE WHEN cost IS NULL THEN qty END), 0)
    FROM sale_line WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY day, device, institution, sku
    ON CONFLICT (day, device, institution, sku) DO UPDATE SET
      name = CASE WHEN excluded.name > day_item.name THEN excluded.name ELSE day_item.name END, category =
      CASE WHEN excluded.category > day_item.category THEN excluded.category ELSE day_item.category END, lines
      = day_item.lines + excluded.lines, qty = day_item.qty + excluded.qty, discount = day_item.discount +
      excluded.discount, total = day_item.total + excluded.total,
      cost = day_item.cost + excluded.cost, uncosted = day_item.uncosted + excluded.uncosted""",
    """INSERT INTO day_payment (day, device, method, count, amount)
    SELECT day, device, method, count(*), sum(amount)
    FROM payment WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY day, device, method
    ON CONFLICT (day, device, method) DO UPDATE SET
      count = day_payment.count + excluded.count, amount = day_payment.amount + excluded.amount""",
    """INSERT INTO day_cashier (day, device, cashier, hour, sales, qty, total)
    SELECT day, device, cashier, CAST(substr(at, 12, 2) AS INTEGER), count(*), sum(qty), sum(total)
    FROM sale WHERE device = ? AND seq BETWEEN ? AND ?
    GROUP BY day, device, cashier, CAST(substr(at, 12, 2) AS INTEGER)
    ON CONFLICT (day, device, cashier, hour) DO UPDATE SET sales = day_cashier.sales + excluded.sales,
      qty = day_cashier.qty + excluded.qty, total = day_cashier.total + excluded.total""",
    """INSERT INTO stock (device, sku, qty)
    SELECT device, sku, -sum(qty) FROM sale_line
    WHERE device = ? AND seq BETWEEN ? AND ? AND bundle = 0 GROUP BY device, sku
    ON CONFLICT (device, sku) DO UPDATE SET qty = stock.qty + excluded.qty""",
)
_STOCK_SUM = """INSERT INTO stock (device, sku, qty)
    SELECT device, sku, sum(qty) FROM movement
    WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY device, sku
    ON CONFLICT (device, sku) DO UPDATE SET qty = stock.qty + excluded.qty"""


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


def write(conn: Connection, rows: Rows, span: Span) -> None:
    """Store derived rows and add them to the sums; `span` names the documents that they came from."""
    insert(conn, rows)
    add_up(conn, rows, span)


def insert(conn: Connection, rows: Rows) -> None:
    """Store derived rows.

    Goes to the driver's own cursor: building statements would cost more than running them, at the till
    as in a merge of a million sales.
    """
    cursor = conn.connection.cursor()
    for table in FACTS:
        if rows[table]:
            _insert(conn, cursor, table, rows[table])
    for table in CARDS:
        if rows[table]:
            cursor.executemany(_place_holders(conn.dialect.name)(_card_sql(table)), rows[table])
    cursor.close()


def add_up(conn: Connection, rows: Rows, span: Span) -> None:
    """Add stored rows to the sums; `span` names the documents that they came from."""
    cursor = conn.connection.cursor()
    for sql in (*(_SUMS if rows[SALE] else ()), *((_STOCK_SUM,) if rows[MOVEMENT] else ())):
        cursor.execute(_place_holders(conn.dialect.name)(sql), span)
    cursor.close()


def insert_documents(conn: Connection, docs: Sequence[Document]) -> None:
    """Store documents in the journal (its own door, for the journal only)."""
    cursor = conn.connection.cursor()
    _insert(conn, cursor, DOCUMENT, docs)
    cursor.close()


def clear(conn: Connection) -> None:
    """Empty every derived table, before all is derived again."""
    for table in DERIVED:
        conn.execute(table.delete())


def _insert(conn: Connection, cursor: Any, table: Table, rows: Sequence[Row]) -> None:
    """Many rows with the fastest means of the database: prepared statements, or COPY."""
    if conn.dialect.name == "postgresql" and len(rows) > COPY_FROM:
        columns = ", ".join(column.name for column in table.columns)
        with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    whole = len(rows) - len(rows) % ROWS_AT_ONCE
    if conn.dialect.name == "sqlite" and whole:
        sql = _insert_sql(table, ROWS_AT_ONCE)
        for start in range(0, whole, ROWS_AT_ONCE):
            cursor.execute(sql, list(chain.from_iterable(rows[start : start + ROWS_AT_ONCE])))
        rows = rows[whole:]
    cursor.executemany(_place_holders(conn.dialect.name)(_insert_sql(table)), rows)


@cache
def _insert_sql(table: Table, count: int = 1) -> str:
    marks = f"({', '.join('?' for _column in table.columns)})"
    return f"INSERT INTO {table.name} VALUES {', '.join([marks] * count)}"  # noqa: S608 - our own table's name


@cache
def _card_sql(table: Table) -> str:
    """Insert a card, or let the higher of the two stand."""
    key = next(iter(table.primary_key)).name
    order = ("revision", "at", "device", "seq")
    news = ", ".join(f"{c.name} = excluded.{c.name}" for c in table.columns if not c.primary_key)
    higher = (
        f"({', '.join(f'excluded.{c}' for c in order)}) > ({', '.join(f'{table.name}.{c}' for c in order)})"
    )
    return f"{_insert_sql(table)} ON CONFLICT ({key}) DO UPDATE SET {news} WHERE {higher}"


@cache
def _place_holders(dialect: str) -> Callable[[str], str]:
    """The text with the place holders of the driver: `?` for SQLite, `%s` for PostgreSQL."""
    return (lambda sql: sql.replace("?", "%s")) if dialect == "postgresql" else str
