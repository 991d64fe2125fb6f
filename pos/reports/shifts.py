"""The cash book: every shift's drawer, added up anew from its documents beside what its closing said.

What the drawer of an open shift should hold is not told: whoever counts it must not know (DESIGN.md 6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select, tuple_

from pos.closing import Closing, read_closing
from pos.derive.shapes import MAX_COUNT
from pos.drawer import BANK, IN, MONEY, OUT, Count, Key, Only, Sums, sums
from pos.journal import documents_of
from pos.ledger import Ledger
from pos.model import Column, Document, Table
from pos.money import Rupiah
from pos.reports.scope import Period, Row, narrowed, summed
from pos.staff import staff
from pos.tables import DEVICE, DOCUMENT, SHIFT, SHIFT_CLOSE
from pos.text import _

_SUMMED = "float_cash cash_sales back deposits cash_in cash_out bank remitted expected counted difference"


def run(ledger: Ledger, period: Period) -> Table:
    """One row a shift, by day and booth. `deviation` is how far its closing is from its documents, `taken`
    what was taken out between its closing and the next opening; both in Rupiah.

    Raises Refused for one institution: a drawer holds the money of several.
    """
    asked = select(SHIFT.c.device, SHIFT.c.seq).where(*narrowed(SHIFT, period))
    people = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        found = conn.execute(_shifts(period)).all()
        closings = _closings(conn, period)
        next_float = _next_floats(conn)
        some = bool(period.start or period.end)
        around = _around(found, closings) if some else (lambda _table: ())
        added = sums(conn, lambda table: (tuple_(table.c.device, table.c.shift).in_(asked), *around(table)))
    rows: list[Row] = []
    numbers: dict[tuple[str, str], int] = {}
    for shift in found:
        key = (shift.device, shift.seq)
        numbers[shift.device, shift.day] = number = numbers.get((shift.device, shift.day), 0) + 1
        closing, after = closings.get(key), next_float.get(key)
        open_still = closing is None and after is None
        rows.append(
            (
                shift.day,
                shift.booth,
                number,
                people.get(shift.cashier, shift.cashier),
                shift.at[11:19],
                closing.at.time().isoformat() if closing else None,
                *_money(shift.float_cash, added.get(key, Sums()), hidden=open_still),
                *_ending(closing, after),
                _deviation(closing, shift.float_cash, added.get(key, Sums())),
            )
        )
    return summed("shifts", _("Cash per day"), _columns(), rows, f"{_SUMMED} taken deviation")


def _around(shifts: Sequence[Any], closings: Mapping[Key, Closing]) -> Only:
    """Between which documents the papers of these shifts lie: of one day that is little of long chains."""
    laptops = {one.device for one in shifts}
    first = min((one.seq for one in shifts), default=0)
    ends = [closings[one.device, one.seq].seq for one in shifts if (one.device, one.seq) in closings]
    last = max(ends) if len(ends) == len(shifts) and ends else MAX_COUNT
    return lambda table: (table.c.device.in_(laptops), table.c.seq.between(first, last))


def _shifts(period: Period) -> Any:
    return (
        select(SHIFT, DEVICE.c.booth)
        .join(DEVICE, DEVICE.c.device == SHIFT.c.device)
        .where(*narrowed(SHIFT, period))
        .order_by(SHIFT.c.day, DEVICE.c.booth, SHIFT.c.device, SHIFT.c.seq)
    )


def _closings(conn: Connection, period: Period) -> dict[Key, Closing]:
    """By shift; of a shift that somehow has two, the first."""
    query = documents_of(SHIFT_CLOSE).where(*narrowed(SHIFT_CLOSE, period))
    closings: dict[Key, Closing] = {}
    for row in conn.execute(query.order_by(DOCUMENT.c.seq)):
        closing = read_closing(Document(*row))
        closings.setdefault((closing.device, closing.shift), closing)
    return closings


def _next_floats(conn: Connection) -> dict[Key, Rupiah]:
    """With how much money the shift after each began."""
    query = select(SHIFT.c.device, SHIFT.c.seq, SHIFT.c.float_cash).order_by(SHIFT.c.device, SHIFT.c.seq)
    return {
        (one.device, one.seq): other.float_cash
        for one, other in pairwise(conn.execute(query).all())
        if one.device == other.device
    }


def _money(float_cash: Rupiah, found: Sums, *, hidden: bool) -> Row:
    """What went in and out, and what should be left; of an open shift only its float."""
    if hidden:
        return (float_cash, *(None,) * 8)
    moves = [found.moves.get(kind, Count()).amount for kind in (IN, OUT, BANK)]
    return (
        float_cash,
        found.ways.get(MONEY, Count()).amount,
        -found.back.get(MONEY, Count()).amount,
        found.deposits.get(MONEY, Count()).amount,
        *moves,
        -found.remitted.amount,
        found.cash(float_cash),
    )


def _ending(closing: Closing | None, next_float: Rupiah | None) -> Row:
    if closing is None:
        return (None,) * 5
    counted = closing.counted
    taken = None if counted is None or next_float is None else counted - next_float
    difference = None if counted is None else closing.difference
    return counted, difference, closing.reason, closing.paper, taken


def _deviation(closing: Closing | None, float_cash: Rupiah, found: Sums) -> int | None:
    """Rupiah and papers by which the closing's own figures differ from those of the documents; must be 0."""
    if closing is None:
        return None
    told, drawer = closing.report["sales"], closing.report["drawer"]
    back: int = closing.report["returns"]["amount"] + closing.report["voids"]["amount"]
    pairs: tuple[tuple[int, int], ...] = (
        (closing.expected, found.cash(float_cash)),
        (told["count"], found.sales),
        (told["net"], found.net),
        (told["discount"], found.discount),
        (drawer["float"], float_cash),
        (drawer["sales"]["amount"], found.ways.get(MONEY, Count()).amount),
        (back, found.returns.amount + found.voids.amount),
    )
    return sum(abs(one - other) for one, other in pairs)


def _columns() -> tuple[Column, ...]:
    return (
        Column("day", _("Date"), "date"),
        Column("booth", _("Booth"), "text"),
        Column("shift", _("Shift"), "int"),
        Column("cashier", _("Cashier"), "text"),
        Column("opened", _("Opened"), "time"),
        Column("closed", _("Closed"), "time"),
        Column("float_cash", _("Float"), "money"),
        Column("cash_sales", _("Cash sales"), "money"),
        Column("back", _("Cash given back"), "money"),
        Column("deposits", _("Cash deposits"), "money"),
        Column("cash_in", _("Cash in"), "money"),
        Column("cash_out", _("Cash out"), "money"),
        Column("bank", _("To the treasurer"), "money"),
        Column("remitted", _("Paid to institutions"), "money"),
        Column("expected", _("Should be there"), "money"),
        Column("counted", _("Counted"), "money"),
        Column("difference", _("Difference"), "money"),
        Column("reason", _("Cause"), "text"),
        Column("paper", _("Z report"), "text"),
        Column("taken", _("Taken before the next shift"), "money"),
        Column("deviation", _("Closing differs from papers by"), "money"),
    )
