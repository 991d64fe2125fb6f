"""The cash book: every shift's drawer, added up anew from its documents beside what its closing said.

What the drawer of an open shift should hold is not told: whoever counts it must not know (DESIGN.md 6).
"""

from __future__ import annotations

from functools import reduce
from operator import add, itemgetter

from sqlalchemy import ColumnElement, Connection, and_, case, func, select
from sqlalchemy import Table as SqlTable

from pos.ledger import Ledger
from pos.model import Column, Table, paper_number
from pos.numbers import booths_of, paper_booths
from pos.reports.scope import Period, Row, narrowed, plain_rows, summed
from pos.staff import staff
from pos.sum_tables import SHIFT_SUM
from pos.tables import SHIFT, SHIFT_CLOSE
from pos.text import _

_SUMMED = "float_cash cash_sales back deposits cash_in cash_out bank remitted expected counted difference"
_MOVED = ("cash", "back", "deposits", "cash_in", "cash_out", "bank", "remitted")
_PAPERS = ("sales", "total", "discount", "returned")
_TOLD = ("told_sales", "told_total", "told_discount", "told_back")  # beside _PAPERS
_HIDDEN = (None,) * (len(_MOVED) + 1)
_SUMS = {name: func.coalesce(SHIFT_SUM.c[name], 0) for name in (*_MOVED, *_PAPERS)}
_EXPECTED = SHIFT.c.float_cash + sum(_SUMS[name] for name in _MOVED)


def run(ledger: Ledger, period: Period) -> Table:
    """One row a shift, by day and booth. `deviation` is how far its closing is from its documents, `taken`
    what was taken out between its closing and the next opening; both in Rupiah.

    What the documents come to is kept beside them (SHIFT_SUM), so no sale is walked. Raises Refused for one
    institution: a drawer holds the money of several.
    """
    people = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        found = _shifts(conn, period)
        booths = booths_of(conn)
        printed = paper_booths(conn)
    rows: list[Row] = []
    numbers: dict[tuple[str, str], int] = {}
    for shift in found:
        device, day, cashier, opened, closed, after, z_number, float_cash = shift[:_MOVES]
        numbers[device, day] = number = numbers.get((device, day), 0) + 1
        booth, counted = booths[device], shift[_COUNTED]
        paper = None if z_number is None else paper_number(printed[device], device, "Z", z_number)
        taken = None if counted is None or after is None else counted - after
        moved = _HIDDEN if closed is None and after is None else shift[_MOVES:_COUNTED]
        begun = (day, booth, number, people.get(cashier, cashier), opened, closed, float_cash)
        rows.append(begun + moved + shift[_COUNTED:-1] + (paper, taken, shift[-1]))
    rows.sort(key=itemgetter(0, 1))
    return summed("shifts", _("Cash per day"), _columns(), rows, f"{_SUMMED} taken deviation")


_MOVES = 8  # where in a row of `_shifts` that begins
_COUNTED = _MOVES + len(_HIDDEN)


def _shifts(conn: Connection, period: Period) -> list[Row]:
    """Shifts by laptop with their closing, the first one where there somehow are two, and the float of the
    shift after: laptop, day, cashier, when it was opened and closed, the float after it, the closing's
    number, its own float; what moved in its drawer, and what should be there; what was counted and how far
    that is off (nothing where nobody counted), why, and how far the closing is from its documents.
    """
    following = SHIFT.alias()
    after = (
        select(following.c.float_cash)
        .where(following.c.device == SHIFT.c.device, following.c.seq > SHIFT.c.seq)
        .order_by(following.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    closing, close = SHIFT_CLOSE.alias(), SHIFT_CLOSE.c
    first = select(func.min(closing.c.seq)).where(
        closing.c.device == SHIFT.c.device, closing.c.shift == SHIFT.c.seq
    )
    counted, difference = (
        case((close.uncounted == 0, one)) for one in (close.counted, close.counted - close.expected)
    )
    query = (
        select(SHIFT.c.device, SHIFT.c.day, SHIFT.c.cashier, _time(SHIFT), _time(SHIFT_CLOSE))
        .add_columns(after, close.number, SHIFT.c.float_cash, *(_SUMS[name] for name in _MOVED), _EXPECTED)
        .add_columns(counted, difference, close.reason, _deviation())
        .outerjoin_from(SHIFT, SHIFT_SUM, _same(SHIFT_SUM.c.device, SHIFT_SUM.c.shift == SHIFT.c.seq))
        .outerjoin(SHIFT_CLOSE, _same(close.device, close.seq == first.scalar_subquery()))
        .where(*narrowed(SHIFT, period))
        .order_by(SHIFT.c.device, SHIFT.c.seq)
    )
    return plain_rows(conn, query)


def _same(device: ColumnElement[str], which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The row of the shift's laptop that is meant."""
    return and_(device == SHIFT.c.device, which)


def _time(table: SqlTable) -> ColumnElement[str]:
    """The time of day of a paper's moment."""
    return func.substr(table.c.at, 12, 8)


def _deviation() -> ColumnElement[int]:
    """Rupiah and papers by which the closing's own figures differ from those of the documents; must be 0."""
    close = SHIFT_CLOSE.c
    pairs = [(close.expected, _EXPECTED), (close.told_float, SHIFT.c.float_cash)]
    pairs += [(close.told_cash, _SUMS["cash"])]
    pairs += [(close[told], _SUMS[name]) for told, name in zip(_TOLD, _PAPERS, strict=True)]
    return reduce(add, (func.abs(one - other) for one, other in pairs))


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
