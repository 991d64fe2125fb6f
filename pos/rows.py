"""The only place that writes derived tables: the rows that pos/derive.py makes of documents, and their sums.

The sums are added up by the database from the rows just written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import sqlite

from pos.derive.shapes import Row, Rows
from pos.model import Document
from pos.server_tables import INBOX
from pos.tables import (
    CARDS,
    DERIVED,
    DEVICE,
    DOCUMENT,
    ERASURE,
    FACTS,
    MOVEMENT,
    ORIGIN,
    REFUND,
    REPEATED,
    SALE,
    SHIFT_CLOSE,
    SUMS,
)

COPY_FROM = 20  # rows; below this COPY costs more than it saves
# In one statement of SQLite, which takes 32,766 values: a third cheaper than one by one.
ROWS_AT_ONCE = (500, 50)
Span = tuple[str, int, int]  # device, first seq, last seq: the documents just applied

# Each adds up the rows of the documents :first to :last of one device. Both databases read this text; the
# `WHERE` also tells SQLite's parser where the SELECT ends. Groups name first what differs most, to be sorted
# faster.
_DAY_SUMS = (
    """INSERT INTO day_item
      (day, device, institution, sku, name, category, lines, qty, discount, total, cost, uncosted)
    SELECT day, device, institution, sku, max(name), max(category), {one}, {sign}sum(qty),
      {sign}sum(discount), {sign}sum(total), {sign}coalesce(sum(cost * qty), 0),
      {sign}coalesce(sum(CASE WHEN cost IS NULL THEN qty END), 0)
    FROM {lines} WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY sku, day, institution, device
    ON CONFLICT (day, device, institution, sku) DO UPDATE SET
      name = CASE WHEN excluded.name > day_item.name THEN excluded.name ELSE day_item.name END, category =
      CASE WHEN excluded.category > day_item.category THEN excluded.category ELSE day_item.category END, lines
      = day_item.lines + excluded.lines, qty = day_item.qty + excluded.qty, discount = day_item.discount +
      excluded.discount, total = day_item.total + excluded.total,
      cost = day_item.cost + excluded.cost, uncosted = day_item.uncosted + excluded.uncosted""",
    """INSERT INTO day_payment (day, device, method, count, amount)
    SELECT day, device, method, {one}, {sign}sum(amount)
    FROM {payments} WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY day, device, method
    ON CONFLICT (day, device, method) DO UPDATE SET
      count = day_payment.count + excluded.count, amount = day_payment.amount + excluded.amount""",
    """INSERT INTO day_cashier (day, device, cashier, hour, sales, qty, total, discount,
      loose)
    SELECT day, device, cashier, CAST(substr(at, 12, 2) AS INTEGER), {one}, {sign}sum(qty), {sign}sum(total),
      {sign}sum(discount), {sign}sum(CASE WHEN shift IS NULL THEN total ELSE 0 END)
    FROM {sales} WHERE device = ? AND seq BETWEEN ? AND ?
    GROUP BY day, device, cashier, CAST(substr(at, 12, 2) AS INTEGER)
    ON CONFLICT (day, device, cashier, hour) DO UPDATE SET sales = day_cashier.sales + excluded.sales,
      qty = day_cashier.qty + excluded.qty, total = day_cashier.total + excluded.total,
      discount = day_cashier.discount + excluded.discount, loose = day_cashier.loose + excluded.loose""",
    """INSERT INTO item (institution, sku, device, name, category, qty, discount, total, bundles, bundled)
    SELECT institution, sku, device, max(name), max(category), {sign}sum(qty), {sign}sum(discount),
      {sign}sum(total), {sign}sum(bundle * qty), {sign}sum(bundle * total)
    FROM {lines} WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY sku, institution, device
    ON CONFLICT (institution, sku, device) DO UPDATE SET
      name = CASE WHEN excluded.name > item.name THEN excluded.name ELSE item.name END, category =
      CASE WHEN excluded.category > item.category THEN excluded.category ELSE item.category END,
      qty = item.qty + excluded.qty, discount = item.discount + excluded.discount, total = item.total +
      excluded.total, bundles = item.bundles + excluded.bundles, bundled = item.bundled + excluded.bundled""",
)
_SOLD = tuple(
    sql.format(lines="sale_line", payments="payment", sales="sale", sign="", one="count(*)")
    for sql in _DAY_SUMS
)
# What came back is taken off the sums of the day when it did; it is no sale, so it counts as none.
_RETURNED = tuple(
    sql.format(lines="refund_line", payments="refund_payment", sales="refund", sign="-", one="0")
    for sql in _DAY_SUMS
)
_SOLD_STOCK = """INSERT INTO stock (device, sku, qty)
    SELECT device, sku, -sum(qty) FROM sale_line
    WHERE device = ? AND seq BETWEEN ? AND ? AND bundle = 0 GROUP BY sku, device
    ON CONFLICT (device, sku) DO UPDATE SET qty = stock.qty + excluded.qty"""
_MOVED_STOCK = """INSERT INTO stock (device, sku, qty)
    SELECT device, sku, sum(qty) FROM movement
    WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY sku, device
    ON CONFLICT (device, sku) DO UPDATE SET qty = stock.qty + excluded.qty"""
# Sales of the shift just closed that lie before the one before them; found here, where they are few.
_BACK_IN_TIME = """INSERT INTO clock_back (device, seq, day, before)
    SELECT device, seq, day, before FROM (
      SELECT s.device, s.seq, s.day, s.at, (SELECT p.at FROM sale p
        WHERE p.device = s.device AND p.seq < s.seq ORDER BY p.seq DESC LIMIT 1) AS before
      FROM shift_close c JOIN sale s ON s.device = c.device AND s.seq < c.seq AND s.seq > coalesce((
        SELECT max(o.seq) FROM shift_close o WHERE o.device = c.device AND o.seq < c.seq), 0)
      WHERE c.device = ? AND c.seq BETWEEN ? AND ?) AS steps
    WHERE before > at"""
_MOVED = """INSERT INTO moved (institution, sku, reason, device, qty, amount)
    SELECT institution, sku, reason, device, sum(qty), sum(amount) FROM movement
    WHERE device = ? AND seq BETWEEN ? AND ? GROUP BY sku, institution, reason, device
    ON CONFLICT (institution, sku, reason, device) DO UPDATE SET
      qty = moved.qty + excluded.qty, amount = moved.amount + excluded.amount"""
# A bundle's money and pieces belong to those whose goods are inside; `day_item` has it under who sells it.
_SHARED = """INSERT INTO day_share (day, device, institution, sku, qty, total)
    SELECT day, device, institution, sku, -sum(qty), sum(CASE WHEN qty < 0 THEN amount ELSE -amount END)
    FROM movement WHERE device = ? AND seq BETWEEN ? AND ? AND reason IN ('bundle', 'bundle_back')
    GROUP BY day, device, institution, sku
    ON CONFLICT (day, device, institution, sku) DO UPDATE SET
      qty = day_share.qty + excluded.qty, total = day_share.total + excluded.total"""
# The same money by the makers. What nobody had said the cost of is summed apart.
_UNIT_SUM = """INSERT INTO day_unit
      (day, institution, device, qty, discount, total, cost, uncosted, unsplit)
    SELECT day, institution, device, {sign}sum(qty), {sign}sum(discount), {sign}sum(total),
      {sign}sum(coalesce(cost, 0)), {sign}sum(CASE WHEN cost IS NULL THEN qty ELSE 0 END),
      {sign}sum(CASE WHEN cost IS NULL THEN total ELSE 0 END)
    FROM ({goods}) AS goods GROUP BY day, institution, device
    ON CONFLICT (day, institution, device) DO UPDATE SET
      qty = day_unit.qty + excluded.qty, discount = day_unit.discount + excluded.discount, total =
      day_unit.total + excluded.total, cost = day_unit.cost + excluded.cost, uncosted = day_unit.uncosted +
      excluded.uncosted, unsplit = day_unit.unsplit + excluded.unsplit"""
_PLAIN = """SELECT day, institution, device, qty, discount, total, cost * qty AS cost
    FROM {lines} WHERE device = ? AND seq BETWEEN ? AND ?"""
_MAKERS = """SELECT day, institution, device, CASE WHEN bundle = 1 THEN 0 ELSE qty END AS qty, discount,
      CASE WHEN bundle = 1 THEN 0 ELSE total END AS total,
      CASE WHEN bundle = 1 THEN 0 ELSE cost * qty END AS cost
    FROM {lines} WHERE device = ? AND seq BETWEEN ? AND ?
    UNION ALL SELECT day, institution, device, abs(qty), 0, amount, cost
    FROM movement WHERE device = ? AND seq BETWEEN ? AND ? AND reason = '{reason}'"""
# Without and with bundles among them.
_SOLD_UNITS = tuple(
    _UNIT_SUM.format(sign="", goods=goods.format(lines="sale_line", reason="bundle"))
    for goods in (_PLAIN, _MAKERS)
)
_RETURNED_UNITS = tuple(
    _UNIT_SUM.format(sign="-", goods=goods.format(lines="refund_line", reason="bundle_back"))
    for goods in (_PLAIN, _MAKERS)
)
_UNSHARED = """INSERT INTO day_share (day, device, institution, sku, qty, total)
    SELECT day, device, institution, sku, {sign}sum(qty), {sign}sum(total)
    FROM {lines} WHERE device = ? AND seq BETWEEN ? AND ? AND bundle = 1
    GROUP BY day, device, institution, sku
    ON CONFLICT (day, device, institution, sku) DO UPDATE SET
      qty = day_share.qty + excluded.qty, total = day_share.total + excluded.total"""
_SOLD_BUNDLES = _UNSHARED.format(lines="sale_line", sign="-")
_RETURNED_BUNDLES = _UNSHARED.format(lines="refund_line", sign="")


def ask(conn: Connection, query: Select[Any], values: Mapping[str, object]) -> Row | None:
    """The first row of a query that every sale asks, through the driver's own cursor as its rows go there.

    `query` is one that is built once: its text is kept. Every value must be one of its bound parameters.
    """
    return next(iter(ask_all(conn, query, values)), None)


def ask_all(conn: Connection, query: Select[Any], values: Mapping[str, object]) -> list[Row]:
    """As `ask`, all rows: of the million documents of a merge, wrapping a row costs as much as reading it."""
    sql, names, fixed = _text_of(query)
    given = {**fixed, **values}
    cursor = conn.connection.cursor()
    cursor.execute(_place_holders(conn.dialect.name)(sql), [given[name] for name in names])
    found: list[Row] = list(cursor.fetchall())
    cursor.close()
    return found


@cache
def _text_of(query: Select[Any]) -> tuple[str, tuple[str, ...], dict[str, object]]:
    """The text of a query with `?`, what stands at each, and what its constants are."""
    compiled = query.compile(dialect=sqlite.dialect())
    return str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params)


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
    moved = bool(rows[MOVEMENT])
    sold = (*_SOLD, _SOLD_STOCK, _SOLD_UNITS[moved]) if rows[SALE] else ()
    returned = (*_RETURNED, _RETURNED_UNITS[moved]) if rows[REFUND] else ()
    stocks = (_MOVED_STOCK, _SHARED, _MOVED) if moved else ()
    shifts = (_BACK_IN_TIME,) if rows[SHIFT_CLOSE] else ()
    bundles = (*((_SOLD_BUNDLES,) if sold else ()), *((_RETURNED_BUNDLES,) if returned else ()))
    for sql in (*sold, *returned, *stocks, *(bundles if moved else ()), *shifts):
        cursor.execute(_place_holders(conn.dialect.name)(sql), span * (sql.count("?") // len(span)))
    cursor.close()


def insert_documents(conn: Connection, docs: Sequence[Document]) -> None:
    """Store documents in the journal (its own door, for the journal only)."""
    cursor = conn.connection.cursor()
    _insert(conn, cursor, DOCUMENT, docs)
    cursor.close()


def hand_in(conn: Connection, docs: Sequence[Document], *, beside: bool = False) -> None:
    """Put documents into the inbox of a server (the journal's door, too); `beside`: where there is room."""
    cursor = conn.connection.cursor()
    if beside:
        sql = f"{_insert_sql(INBOX)} ON CONFLICT DO NOTHING"
        cursor.executemany(_place_holders(conn.dialect.name)(sql), docs)
    else:
        _insert(conn, cursor, INBOX, docs)
    cursor.close()


def clear(conn: Connection) -> None:
    """Empty every derived table, before all is derived again."""
    for table in DERIVED:
        conn.execute(table.delete())


def withdraw(conn: Connection, device: str) -> None:
    """Take out what the documents of `device` made, but for who it is, what it restates and whom it erased,
    which are so whatever else is counted; and cards, which say the same again.
    """
    for table in (*FACTS, *SUMS, REPEATED):
        if table not in (DEVICE, ORIGIN, ERASURE):
            conn.execute(table.delete().where(table.c.device == device))


def restore(conn: Connection, rows: Rows, span: Span, repeated: Sequence[int]) -> None:
    """Put in what was taken out by `withdraw`, without the documents named in `repeated`."""
    device = span[0]
    kept = {table: made for table, made in rows.items() if table not in (DEVICE, ORIGIN, ERASURE)}
    write(conn, {**{table: [] for table in rows}, **kept}, span)
    note_repeated(conn, device, repeated)


def note_repeated(conn: Connection, device: str, repeated: Sequence[int]) -> None:
    """Put down which documents of `device` are counted in another chain."""
    if repeated:
        conn.execute(REPEATED.insert(), [{"device": device, "seq": seq} for seq in repeated])


def _insert(conn: Connection, cursor: Any, table: Table, rows: Sequence[Row]) -> None:
    """Many rows with the fastest means of the database: prepared statements, or COPY."""
    if conn.dialect.name == "postgresql" and len(rows) > COPY_FROM:
        columns = ", ".join(column.name for column in table.columns)
        with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    for at_once in ROWS_AT_ONCE if conn.dialect.name == "sqlite" else ():
        whole = len(rows) - len(rows) % at_once
        for start in range(0, whole, at_once):
            sql = _insert_sql(table, at_once)
            cursor.execute(sql, list(chain.from_iterable(rows[start : start + at_once])))
        rows = rows[whole:]
    cursor.executemany(_place_holders(conn.dialect.name)(_insert_sql(table)), rows)


@cache
def _insert_sql(table: Table, count: int = 1) -> str:
    marks = f"({', '.join('?' for _column in table.columns)})"
    return f"INSERT INTO {table.name} VALUES {', '.join([marks] * count)}"  # noqa: S608 - our own table's name


@cache
def _card_sql(table: Table) -> str:
    """Insert a card, or let the higher of the two stand."""
    key = ", ".join(column.name for column in table.primary_key)
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
