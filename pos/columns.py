"""What the tables of a ledger are made of: columns that mean the same in SQLite and in PostgreSQL.

Text compares by bytes on both, so that "the higher card wins" means the same everywhere.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    cast,
    func,
)

METADATA = MetaData()

_INT = BigInteger().with_variant(Integer(), "sqlite")
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def key(name: str) -> Column[int]:
    """A whole number that is part of the table's key."""
    return Column(name, _INT, primary_key=True, autoincrement=False)


def text_key(name: str) -> Column[str]:
    """A text that is part of the table's key."""
    return Column(name, _TEXT, primary_key=True)


def text(name: str, *, null: bool = False) -> Column[str]:
    """A text."""
    return Column(name, _TEXT, nullable=null)


def whole(name: str, *, null: bool = False) -> Column[int]:
    """A whole number: pieces, Rupiah, a place, 0 or 1."""
    return Column(name, _INT, nullable=null)


def table(name: str, *columns: Column[int] | Column[str] | Index, rowid: bool = False) -> Table:
    """A table of our own. Its rows lie in the order of the key unless `rowid`."""
    return Table(name, METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


def card(name: str, *columns: Column[int] | Column[str]) -> Table:
    """A table of cards, where of two with the same key the higher (revision, at, device, seq) stands."""
    return table(name, *columns, whole("revision"), text("at"), text("device"), whole("seq"))


def paper(name: str, *columns: Column[int] | Column[str] | Index) -> Table:
    """A table of papers with a number of their own, in a series without gaps per device."""
    return table(
        name,
        text_key("device"),
        key("seq"),
        whole("number"),
        text("day"),
        text("at"),
        text("cashier"),
        whole("shift", null=True),
        *columns,
        Index(f"{name}_number", "device", "number"),
    )


def added(column: ColumnElement[int]) -> ColumnElement[int]:
    """The sum of a column, 0 of no rows; uncast, PostgreSQL would answer a decimal number."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


def plain_rows(conn: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    """All rows of a query over our own columns as the driver reads them: of many thousand, wrapping each
    costs as much as reading it.
    """
    with conn.execute(query) as result:
        found: list[tuple[Any, ...]] = list(result.cursor.fetchall() if result.cursor else ())
    return found
