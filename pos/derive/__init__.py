"""From the body of a document to the rows that it makes, and what a body must be to make any.

`ROWS` names one function per kind of document; the till uses it for one document and sync for a million.
Nothing but the document itself is needed, so any order of documents gives the same tables. pos/rows.py stores
the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from types import MappingProxyType, NoneType

from sqlalchemy import Table, Text

from pos.derive import cards, goods, orders, sales, settling, shifts
from pos.derive.shapes import Row, Rows, moment, place, unknown_shape, word
from pos.model import Document, Fields
from pos.restate import innermost
from pos.tables import APPROVAL, CARDS, FACTS, ORIGIN
from pos.upgrade import current

_APPROVAL = itemgetter("id", "at", "action", "subject", "by", "reason")

ROWS: Mapping[str, Callable[[Document, Fields, Rows], None]] = MappingProxyType(
    {
        "device": cards.device,
        "catalog": cards.catalog,
        "staff": cards.staff,
        "quota": cards.quota,
        "closed_day": cards.closed_day,
        "shift_open": shifts.shift_open,
        "shift_close": shifts.shift_close,
        "cash": shifts.cash,
        "remittance": shifts.remittance,
        "stock": goods.stock,
        "sale": sales.sale,
        "refund": sales.refund,
        "order": orders.order,
        "order_step": orders.order_step,
        "deposit": orders.deposit,
        "erase": orders.erase,
        "split": settling.split,
        "target": settling.target,
        "pnbp": settling.pnbp,
        "settlement": settling.settlement,
    }
)


def derive(doc: Document, body: Fields, rows: Rows) -> None:
    """Add the rows of one document to `rows`. An unknown kind, or one of a newer program, adds none.

    Raises BadDocument when the body does not have the shape of its kind or does not add up.
    """
    maker = ROWS.get(doc.kind)
    try:
        if "origin" in body:
            _origin(doc, body, rows)
        if maker is None:
            return
        shaped = current(doc.kind, body)
        if shaped is None:
            return
        maker(doc, shaped, rows)
        if "approval" in shaped:
            allowed = shaped["approval"]
            moment(allowed["at"])
            rows[APPROVAL].append((doc.device, doc.seq, *_APPROVAL(allowed)))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, IndexError) as error:
        raise unknown_shape(doc.device, doc.seq, doc.kind) from error


def _origin(doc: Document, body: Fields, rows: Rows) -> None:
    """What a restated document puts down anew: the one that was made first, however often its history
    parted. Raises what `original` does where it says anything else.
    """
    before, origin = innermost(body)
    cart = word(before["cart"]) if doc.kind == "sale" else ""
    rows[ORIGIN].append((doc.device, doc.seq, *place(origin), word(origin["hash"]), cart))


def no_rows() -> dict[Table, list[Row]]:
    """An empty batch for `derive` to fill."""
    return {table: [] for table in (*FACTS, *CARDS)}


def check_types(rows: Rows) -> None:
    """Raise BadDocument for the first document with a value that is not of its column's type.

    SQLite would store "7" as 7 and true as 1; PostgreSQL does so or not, depending on how the row travels.
    Looked at by columns, which costs a third of looking at each row.
    """
    wrong = [row for table, made in rows.items() if made for row in _misfits(table, made)]
    if wrong:
        device, seq, kind = min(wrong, key=itemgetter(1))
        raise unknown_shape(device, seq, kind)


@cache
def _types(table: Table) -> tuple[frozenset[type], ...]:
    """The types that each column of `table` may hold, in their order."""
    return tuple(
        frozenset((str if isinstance(column.type, Text) else int, *((NoneType,) if column.nullable else ())))
        for column in table.columns
    )


def _misfits(table: Table, made: list[Row]) -> Iterator[tuple[str, int, str]]:
    """Device and seq of the rows with a wrong type, and the name of their table."""
    types = _types(table)
    if all(types[n].issuperset(map(type, column)) for n, column in enumerate(zip(*made, strict=True))):
        return
    names = [column.name for column in table.columns]
    for row in made:
        if any(type(value) not in kinds for value, kinds in zip(row, types, strict=True)):
            yield row[names.index("device")], row[names.index("seq")], table.name
