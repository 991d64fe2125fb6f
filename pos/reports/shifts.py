"""The cash book: every shift's drawer, added up anew from its documents beside what its closing said.

What the drawer of an open shift should hold is not told: whoever counts it must not know (DESIGN.md 6).
"""

from __future__ import annotations

from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, Connection, and_, case, func, select
from sqlalchemy import Table as SqlTable

from pos.ledger import Ledger, devices
from pos.model import Column, Table, paper_number
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
_NO_CLOSING = (None,) * 6
_OF = and_(SHIFT_SUM.c.device == SHIFT.c.device, SHIFT_SUM.c.shift == SHIFT.c.seq)
_SUMS = {name: func.coalesce(SHIFT_SUM.c[name], 0) for name in (*_MOVED, *_PAPERS)}
_EXPECTED = SHIFT.c.float_cash + sum(_SUMS[name] for name in _MOVED)

_Key = tuple[str, int]  # of a shift: device, and seq of its opening


def run(ledger: Ledger, period: Period) -> Table:
    """One row a shift, by day and booth. `deviation` is how far its closing is from its documents, `taken`
    what was taken out between its closing and the next opening; both in Rupiah.

    What the documents come to is kept beside them (SHIFT_SUM), so no sale is walked. Raises Refused for one
    institution: a drawer holds the money of several.
    """
    people = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        found = _shifts(conn, period)
        closings = _closings(conn, period)
        booths = {code: one.booth for code, one in devices(conn).items()}
    found.sort(key=lambda one: (one[2], booths[one[0]]))
    rows: list[Row] = []
    numbers: dict[tuple[str, str], int] = {}
    for shift in found:
        device, seq, day, opened, cashier, after, float_cash = shift[:7]
        numbers[device, day] = number = numbers.get((device, day), 0) + 1
        closed, counted, difference, reason, z_number, deviation = closings.get((device, seq), _NO_CLOSING)
        booth, who = booths[device], people.get(cashier, cashier)
        paper = None if z_number is None else paper_number(booth, device, "Z", z_number)
        taken = None if counted is None or after is None else counted - after
        moved = _HIDDEN if closed is None and after is None else shift[7:]
        begun = (day, booth, number, who, opened, closed, float_cash)
        rows.append(begun + moved + (counted, difference, reason, paper, taken, deviation))
    return summed("shifts", _("Cash per day"), _columns(), rows, f"{_SUMMED} taken deviation")


def _shifts(conn: Connection, period: Period) -> list[Row]:
    """Shifts with the float of the one after, what moved in their drawers, and what should be there."""
    following = SHIFT.alias()
    after = (
        select(following.c.float_cash)
        .where(following.c.device == SHIFT.c.device, following.c.seq > SHIFT.c.seq)
        .order_by(following.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(SHIFT.c.device, SHIFT.c.seq, SHIFT.c.day, _time(SHIFT), SHIFT.c.cashier, after)
        .add_columns(SHIFT.c.float_cash, *(_SUMS[name] for name in _MOVED), _EXPECTED)
        .join_from(SHIFT, SHIFT_SUM, _OF, isouter=True)
        .where(*narrowed(SHIFT, period))
        .order_by(SHIFT.c.device, SHIFT.c.seq)
    )
    return plain_rows(conn, query)


def _closings(conn: Connection, period: Period) -> dict[_Key, Row]:
    """By shift; of a shift that somehow has two, the first: when, what was counted and how far that is off
    (nothing where nobody counted), why, the number, and how far it is from its documents.
    """
    close = SHIFT_CLOSE.c
    counted, difference = (
        case((close.uncounted == 0, one)) for one in (close.counted, close.counted - close.expected)
    )
    shift = and_(SHIFT.c.device == close.device, SHIFT.c.seq == close.shift)
    query = (
        select(close.device, close.shift, _time(SHIFT_CLOSE), counted, difference, close.reason, close.number)
        .add_columns(_deviation())
        .join_from(SHIFT_CLOSE, SHIFT, shift)
        .join(SHIFT_SUM, _OF, isouter=True)
        .where(*narrowed(SHIFT_CLOSE, period))
        .order_by(close.device, close.seq.desc())
    )
    return {(row[0], row[1]): row[2:] for row in plain_rows(conn, query)}


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
