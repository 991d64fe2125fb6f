"""What a batch of derived rows adds to the sums: the rows that are added to those which are there already.

Added up here, in one go through the lines: the database would read and sort them once for each of its tables,
and of a server all booths have but one. Sums commute, so any order of batches gives the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add, itemgetter
from typing import Any

from sqlalchemy import Table

from pos.derive.shapes import Row, Rows
from pos.sum_tables import BLOCK, BLOCK_UNIT, DAY_SHARE, DAY_UNIT, ITEM, MOVED, SHIFT_SUM
from pos.tables import (
    CASH,
    DAY_CASHIER,
    DAY_ITEM,
    DAY_PAYMENT,
    DEPOSIT,
    MOVEMENT,
    PAYMENT,
    REFUND,
    REFUND_LINE,
    REFUND_PAYMENT,
    REMITTANCE,
    SALE,
    SALE_LINE,
    STOCK,
    SUMS,
)

Sums = Mapping[Table, Sequence[Row]]  # whole rows in the order of their keys, of the tables that have any


def _columns(table: Table, *names: str) -> itemgetter[Any]:
    return itemgetter(*(table.columns.keys().index(name) for name in names))


# Lines, payments and sales have these columns in the same places as what came back of them.
_GOODS = _columns(SALE_LINE, "day", "institution", "sku", "name", "category", "bundle")
_NUMBERS = _columns(SALE_LINE, "qty", "discount", "total", "cost")
_PAID = _columns(PAYMENT, "day", "method", "amount")
_RUNG_UP = _columns(SALE, "day", "cashier", "at", "shift", "qty", "discount", "total")
_HANDED_BACK = _columns(REFUND, "day", "cashier", "at", "shift", "qty", "discount", "total")
_GONE = _columns(MOVEMENT, "seq", "day", "reason", "sku", "institution", "qty", "amount", "cost")
_SHIFT = _columns(SALE, "seq", "shift", "discount", "total")
_SHIFT_BACK = _columns(REFUND, "seq", "shift", "total")
_PART = _columns(PAYMENT, "seq", "method", "amount")  # and of REFUND_PAYMENT
_SEQ = itemgetter(1)  # of every row of a document
_SHIFT_NUMBERS = [column.name for column in SHIFT_SUM.columns if not column.primary_key]


def _in_drawer(table: Table, kind: str, **places: str) -> tuple[Table, itemgetter[Any], dict[str, int]]:
    """A table of papers that move money by shift, and which column of SHIFT_SUM each `kind` belongs to."""
    of_kind = {one: _SHIFT_NUMBERS.index(name) for one, name in places.items()}
    return table, _columns(table, "shift", kind, "amount"), of_kind


_IN_DRAWER = (
    _in_drawer(DEPOSIT, "method", cash="deposits"),
    _in_drawer(CASH, "kind", **{"in": "cash_in", "out": "cash_out", "bank": "bank"}),
    _in_drawer(REMITTANCE, "method", cash="remitted"),
)


class _Adding:
    """The sums of one device while they grow: of each table the rows by their keys."""

    def __init__(self) -> None:
        self.tables: dict[Table, dict[tuple[Any, ...], tuple[Any, ...]]] = {table: {} for table in SUMS}

    def add(self, table: Table, key: tuple[Any, ...], *numbers: int, words: tuple[str, ...] = ()) -> None:
        """Add numbers to the row with this key; of its words, which stand before them, the higher stay."""
        rows = self.tables[table]
        known = rows.get(key)
        if known is not None:
            count = len(words)
            words = tuple(map(max, words, known[:count]))
            numbers = tuple(map(add, numbers, known[count:]))
        rows[key] = (*words, *numbers)


def sums_of(device: str, rows: Rows) -> Sums:
    """What the derived rows of documents of `device` add to the sums.

    What came back is taken off the sums of the day when it did; it is no sale, so it counts as none.
    """
    sums = _Adding()
    for lines, sign in ((rows[SALE_LINE], 1), (rows[REFUND_LINE], -1)):
        for block, some in _blocks(lines):
            _add_goods(sums, (device, block), some, sign)
    _add_payments(sums, device, rows[PAYMENT], 1)
    _add_payments(sums, device, rows[REFUND_PAYMENT], -1)
    _add_cashiers(sums, device, map(_RUNG_UP, rows[SALE]), 1)
    _add_cashiers(sums, device, map(_HANDED_BACK, rows[REFUND]), -1)
    if rows[MOVEMENT]:
        _add_movements(sums, device, rows[MOVEMENT])
    _add_shifts(sums, device, rows)
    return {
        table: [(*key, *added[key]) for key in sorted(added)] for table, added in sums.tables.items() if added
    }


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[int, Sequence[Row]]]:
    """The rows of one device by blocks of its chain; they lie in the order of their documents."""
    start = 0
    while start < len(rows):
        block = _SEQ(rows[start]) // BLOCK
        end = bisect_left(rows, (block + 1) * BLOCK, start, key=_SEQ)
        yield block, rows[start:end]
        start = end


def _add_goods(sums: _Adding, place: tuple[str, int], lines: Sequence[Row], sign: int) -> None:
    """Lines of one device and block, first by all that they have in common, for there may be many thousand of
    few goods.
    """
    device, block = place
    cells: dict[tuple[Any, ...], list[int]] = {}
    for row in lines:
        key = _GOODS(row)
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = [0] * 7
        qty, discount, total, cost = _NUMBERS(row)
        cell[0] += 1
        cell[1] += qty
        cell[3] += total
        if discount:
            cell[2] += discount
        if cost is None:
            cell[5] += qty
            cell[6] += total
        else:
            cell[4] += cost * qty
    for (day, institution, sku, *words, bundle), cell in cells.items():
        count, *numbers = cell
        qty, discount, total, cost, uncosted, unsplit = (sign * number for number in numbers)
        named, count = (words[0], words[1]), count if sign > 0 else 0
        goods = (day, device, institution, sku)
        sums.add(DAY_ITEM, goods, count, qty, discount, total, cost, uncosted, words=named)
        bundled = (bundle * qty, bundle * total)
        sums.add(ITEM, (institution, sku, device), qty, discount, total, *bundled, words=named)
        unit = (day, institution, device)
        if bundle:  # its money and pieces belong to those whose goods are inside: see _add_movements
            sums.add(DAY_UNIT, unit, 0, discount, 0, 0, 0, 0)
            sums.add(DAY_SHARE, goods, -qty, -total)
        else:
            sums.add(DAY_UNIT, unit, qty, discount, total, cost, uncosted, unsplit)
            sums.add(BLOCK_UNIT, (device, institution, block), qty, total, cost, uncosted, unsplit)
            if sign > 0:  # what comes back moves by a row of its own
                sums.add(STOCK, (device, sku), -qty)


def _add_payments(sums: _Adding, device: str, payments: Sequence[Row], sign: int) -> None:
    cells: dict[tuple[str, str], list[int]] = {}
    for day, method, amount in map(_PAID, payments):
        cell = cells.get((day, method))
        if cell is None:
            cell = cells[day, method] = [0, 0]
        cell[0] += 1
        cell[1] += amount
    for (day, method), (count, amount) in cells.items():
        sums.add(DAY_PAYMENT, (day, device, method), count if sign > 0 else 0, sign * amount)


def _add_cashiers(sums: _Adding, device: str, found: Iterable[Row], sign: int) -> None:
    cells: dict[tuple[str, str, str, bool], list[int]] = {}
    for day, cashier, at, shift, qty, discount, total in found:
        key = (day, cashier, at[11:13], shift is None)
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = [0] * 4
        cell[0] += 1
        cell[1] += qty
        cell[2] += discount
        cell[3] += total
    for (day, cashier, hour, loose), (count, *numbers) in cells.items():
        qty, discount, total = (sign * number for number in numbers)
        rung_up = (count if sign > 0 else 0, qty, total, discount, total if loose else 0)
        sums.add(DAY_CASHIER, (day, device, cashier, int(hour)), *rung_up)


def _add_movements(sums: _Adding, device: str, movements: Sequence[Row]) -> None:
    """Why goods moved; those of bundles are also what their makers sold, at their share of the money."""
    for seq, day, reason, sku, institution, qty, amount, cost in map(_GONE, movements):
        sums.add(STOCK, (device, sku), qty)
        sums.add(MOVED, (institution, sku, reason, device), qty, amount)
        if reason not in ("bundle", "bundle_back"):
            continue
        sign = 1 if reason == "bundle" else -1
        sold, worth = sign * abs(qty), sign * amount
        sums.add(DAY_SHARE, (day, device, institution, sku), -qty, amount if qty < 0 else -amount)
        unknown = (0, sold, worth) if cost is None else (sign * cost, 0, 0)
        sums.add(DAY_UNIT, (day, institution, device), sold, 0, worth, *unknown)
        sums.add(BLOCK_UNIT, (device, institution, seq // BLOCK), sold, worth, *unknown)


def _add_shifts(sums: _Adding, device: str, rows: Rows) -> None:
    """What the papers of each shift come to; rows of payments do not say their shift, but their document."""
    cells: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(_SHIFT_NUMBERS))
    of: dict[int, list[int]] = {}
    for seq, shift, discount, total in map(_SHIFT, rows[SALE]):
        of[seq] = cell = cells[shift or 0]
        cell[0] += 1
        cell[1] += discount
        cell[2] += total
    for seq, method, amount in map(_PART, rows[PAYMENT]):
        if method == "cash":
            of[seq][4] += amount
    for seq, shift, total in map(_SHIFT_BACK, rows[REFUND]):
        of[seq] = cell = cells[shift or 0]
        cell[3] += total
    for seq, method, amount in map(_PART, rows[REFUND_PAYMENT]):
        if method == "cash":
            of[seq][5] -= amount
    for table, columns, places in _IN_DRAWER:
        for shift, kind, amount in map(columns, rows[table]):
            if kind in places:
                cells[shift or 0][places[kind]] += -amount if table is REMITTANCE else amount
    for shift, cell in cells.items():
        sums.add(SHIFT_SUM, (device, shift), *cell)
