"""The only place that writes derived tables: the rows that pos/derive.py makes of documents, and their sums.

pos/sums.py says what they add to the sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, Table, Text
from sqlalchemy.dialects import sqlite

from pos.derive.shapes import Row, Rows
from pos.model import Document
from pos.server_tables import INBOX
from pos.sums import Sums, sums_of
from pos.tables import (
    CARDS,
    DERIVED,
    DEVICE,
    DOCUMENT,
    ERASURE,
    FACTS,
    ORIGIN,
    REFUND,
    REPEATED,
    SHIFT_CLOSE,
    SUMS,
)

COPY_FROM = 20  # rows; below this COPY costs more than it saves
# In one statement of SQLite, which takes 32,766 values: a third cheaper than one by one.
ROWS_AT_ONCE = (500, 50)
ROWS_FETCHED = 16  # at a time; a row of a foreign file may be as long as mark.LONGEST
Span = tuple[str, int, int]  # device, first seq, last seq: the documents just applied

# Sales of the shift just closed that lie before the one before them; found here, where they are few.
_BACK_IN_TIME = """INSERT INTO clock_back (device, seq, day, before)
    SELECT device, seq, day, before FROM (
      SELECT s.device, s.seq, s.day, s.at, (SELECT p.at FROM sale p
        WHERE p.device = s.device AND p.seq < s.seq ORDER BY p.seq DESC LIMIT 1) AS before
      FROM shift_close c JOIN sale s ON s.device = c.device AND s.seq < c.seq AND s.seq > coalesce((
        SELECT max(o.seq) FROM shift_close o WHERE o.device = c.device AND o.seq < c.seq), 0)
      WHERE c.device = ? AND c.seq BETWEEN ? AND ?) AS steps
    WHERE before > at"""

# Of the returns just stored, of sales of the same laptop, those that its chain up to them does not bear out.
# Nothing else is looked at, so that it does not hang on what came first; whoever reads it sees the rest.
_UNFOUNDED = """INSERT INTO unfounded (device, seq)
    SELECT r.device, r.seq FROM refund r
    LEFT JOIN sale s ON s.device = r.device AND s.seq = r.sale_seq AND s.seq < r.seq
    WHERE r.device = ? AND r.seq BETWEEN ? AND ? AND r.sale_device = r.device AND (
      s.seq IS NULL
      OR s.total < (SELECT sum(o.total) FROM refund o WHERE o.sale_device = r.device
        AND o.sale_seq = r.sale_seq AND o.device = r.device AND o.seq <= r.seq)
      OR EXISTS (SELECT 1 FROM refund_line l
        JOIN sale_line n ON n.device = l.device AND n.seq = r.sale_seq AND n.line = l.of_line
        WHERE l.device = r.device AND l.seq = r.seq AND l.of_part < 0 AND n.qty < (
          SELECT sum(b.qty) FROM refund o
          JOIN refund_line b ON b.device = o.device AND b.seq = o.seq
          WHERE o.sale_device = r.device AND o.sale_seq = r.sale_seq AND o.device = r.device
            AND o.seq <= r.seq AND b.of_line = l.of_line AND b.of_part < 0)))"""


def ask(conn: Connection, query: Select[Any], values: Mapping[str, object]) -> Row | None:
    """The first row of a query that every sale asks, through the driver's own cursor as its rows go there.

    `query` is one that is built once: its text is kept. Every value must be one of its bound parameters.
    """
    return next(iter(ask_all(conn, query, values)), None)


def ask_all(conn: Connection, query: Select[Any], values: Mapping[str, object]) -> list[Row]:
    """As `ask`, all rows: of the million documents of a merge, wrapping a row costs as much as reading it."""
    return list(ask_each(conn, query, values))


def ask_each(conn: Connection, query: Select[Any], values: Mapping[str, object]) -> Iterator[Row]:
    """As `ask_all`, one by one, so that whoever asks may have enough."""
    sql, names, fixed = _text_of(query)
    given = {**fixed, **values}
    cursor = conn.connection.cursor()
    try:
        cursor.execute(_place_holders(conn.dialect.name)(sql), [given[name] for name in names])
        while found := cursor.fetchmany(ROWS_FETCHED):
            yield from found
    finally:
        cursor.close()


@cache
def _text_of(query: Select[Any]) -> tuple[str, tuple[str, ...], dict[str, object]]:
    """The text of a query with `?`, what stands at each, and what its constants are."""
    compiled = query.compile(dialect=sqlite.dialect())
    return str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params)


def write(conn: Connection, rows: Rows, span: Span) -> None:
    """Store derived rows and add them to the sums; `span` names the documents that they came from."""
    insert(conn, rows)
    add_up(conn, rows, sums_of(span[0], rows), span)


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


def add_up(conn: Connection, rows: Rows, sums: Sums, span: Span) -> None:
    """Add what stored rows add up to; `span` names the documents that they came from."""
    cursor = conn.connection.cursor()
    for table, added in sums.items():
        if conn.dialect.name == "postgresql":
            cursor.execute(_arrays_sql(table), [list(column) for column in zip(*added, strict=True)])
        else:
            _insert(conn, cursor, table, added, _added_sql(table))
    if rows[SHIFT_CLOSE]:
        cursor.execute(_place_holders(conn.dialect.name)(_BACK_IN_TIME), span)
    if rows[REFUND]:
        cursor.execute(_place_holders(conn.dialect.name)(_UNFOUNDED), span)
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


def _insert(conn: Connection, cursor: Any, table: Table, rows: Sequence[Row], known: str = "") -> None:
    """Many rows with the fastest means of the database: prepared statements, or COPY. `known` says what to do
    with those whose key is there, which COPY cannot.
    """
    if conn.dialect.name == "postgresql" and len(rows) > COPY_FROM:
        columns = ", ".join(column.name for column in table.columns)
        with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    for at_once in ROWS_AT_ONCE if conn.dialect.name == "sqlite" else ():
        whole = len(rows) - len(rows) % at_once
        for start in range(0, whole, at_once):
            sql = _insert_sql(table, at_once) + known
            cursor.execute(sql, list(chain.from_iterable(rows[start : start + at_once])))
        rows = rows[whole:]
    cursor.executemany(_place_holders(conn.dialect.name)(_insert_sql(table) + known), rows)


@cache
def _insert_sql(table: Table, count: int = 1) -> str:
    marks = f"({', '.join('?' for _column in table.columns)})"
    return f"{_into(table)} VALUES {', '.join([marks] * count)}"


def _into(table: Table) -> str:
    return f"INSERT INTO {table.name} ({', '.join(column.name for column in table.columns)})"


@cache
def _added_sql(table: Table) -> str:
    """What becomes of a sum that is there: numbers are added to it, of words the higher stand."""
    key = ", ".join(column.name for column in table.primary_key)
    news = [
        f"{c.name} = CASE WHEN excluded.{c.name} > {table.name}.{c.name} THEN excluded.{c.name} "
        f"ELSE {table.name}.{c.name} END"
        if isinstance(c.type, Text)
        else f"{c.name} = {table.name}.{c.name} + excluded.{c.name}"
        for c in table.columns
        if not c.primary_key
    ]
    return f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(news)}"


@cache
def _arrays_sql(table: Table) -> str:
    """The same for PostgreSQL, which gets each column as one array: one statement, whatever its length."""
    types = ("text" if isinstance(column.type, Text) else "bigint" for column in table.columns)
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    # Our own names, and no value among them.
    return f"{_into(table)} SELECT * FROM unnest({arrays}){_added_sql(table)}"  # noqa: S608


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
