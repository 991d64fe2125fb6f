"""The cash book: every shift's drawer, added up anew from its documents beside what its closing said.

What the drawer of an open shift should hold is not told: whoever counts it must not know (DESIGN.md 6).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, select

from pos.ledger import Ledger
from pos.model import Column, Table, paper_number
from pos.reports.scope import Period, Row, narrowed, summed
from pos.staff import staff
from pos.sum_tables import SHIFT_SUM
from pos.tables import DEVICE, SHIFT, SHIFT_CLOSE
from pos.text import _

_SUMMED = "float_cash cash_sales back deposits cash_in cash_out bank remitted expected counted difference"
_MOVED = ("cash", "back", "deposits", "cash_in", "cash_out", "bank", "remitted")
_PAPERS = ("sales", "total", "discount", "returned")
_TOLD = ("told_sales", "told_total", "told_discount", "told_back", "told_float", "told_cash")
_CLOSING = ("seq", "number", "at", "counted", "expected", "reason", "uncounted", *_TOLD)


def run(ledger: Ledger, period: Period) -> Table:
    """One row a shift, by day and booth. `deviation` is how far its closing is from its documents, `taken`
    what was taken out between its closing and the next opening; both in Rupiah.

    What the documents come to is kept beside them (SHIFT_SUM), so no sale is walked. Raises Refused for one
    institution: a drawer holds the money of several.
    """
    people = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        found = conn.execute(_shifts(period)).all()
    rows: list[Row] = []
    numbers: dict[tuple[str, str], int] = {}
    last = ("", 0)
    for device, seq, day, at, cashier, float_cash, booth, after, *figures in found:
        if (device, seq) == last:
            continue  # a shift that somehow has two closings: the first stands
        last = (device, seq)
        numbers[device, day] = number = numbers.get((device, day), 0) + 1
        moved, papers, closing = figures[:7], figures[7:11], figures[11:]
        closed, z_number, closed_at, *_rest = closing
        expected = float_cash + sum(moved)
        hidden = closed is None and after is None
        rows.append(
            (
                day,
                booth,
                number,
                people.get(cashier, cashier),
                at[11:19],
                closed_at[11:19] if closed else None,
                float_cash,
                *((None,) * 8 if hidden else (*moved, expected)),
                *_ending(closing, after, paper_number(booth, device, "Z", z_number) if closed else None),
                _deviation(closing, (expected, *papers, float_cash, moved[0])),
            )
        )
    return summed("shifts", _("Cash per day"), _columns(), rows, f"{_SUMMED} taken deviation")


def _shifts(period: Period) -> Select[Any]:
    """Shifts with the float of the one after, what their papers come to, and their closings."""
    following = SHIFT.alias()
    after = (
        select(following.c.float_cash)
        .where(following.c.device == SHIFT.c.device, following.c.seq > SHIFT.c.seq)
        .order_by(following.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    sums = and_(SHIFT_SUM.c.device == SHIFT.c.device, SHIFT_SUM.c.shift == SHIFT.c.seq)
    closing = and_(SHIFT_CLOSE.c.device == SHIFT.c.device, SHIFT_CLOSE.c.shift == SHIFT.c.seq)
    return (
        select(SHIFT, DEVICE.c.booth, after)
        .add_columns(*(func.coalesce(SHIFT_SUM.c[name], 0) for name in (*_MOVED, *_PAPERS)))
        .add_columns(*(SHIFT_CLOSE.c[name] for name in _CLOSING))
        .join_from(SHIFT, DEVICE, DEVICE.c.device == SHIFT.c.device)
        .outerjoin(SHIFT_SUM, sums)
        .outerjoin(SHIFT_CLOSE, closing)
        .where(*narrowed(SHIFT, period))
        .order_by(SHIFT.c.day, DEVICE.c.booth, SHIFT.c.device, SHIFT.c.seq, SHIFT_CLOSE.c.seq)
    )


def _ending(closing: list[Any], next_float: int | None, paper: str | None) -> Row:
    """What was counted, how far that is off, why, the paper, and what was taken out before the next shift."""
    closed, _number, _at, counted, expected, reason, uncounted, *_told = closing
    if closed is None:
        return (None,) * 5
    if uncounted:
        return (None, None, reason, paper, None)
    return (counted, counted - expected, reason, paper, None if next_float is None else counted - next_float)


def _deviation(closing: list[Any], found: tuple[int, ...]) -> int | None:
    """Rupiah and papers by which the closing's own figures differ from those of the documents; must be 0."""
    closed, _number, _at, _counted, expected, _reason, _uncounted, *told = closing
    if closed is None:
        return None
    return sum(abs(one - other) for one, other in zip((expected, *told), found, strict=True))


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
