"""What the board and the marks show whom the reports are not for: no sum of a drawer that is not counted yet.

Who counts the drawer at the closing must not know before what should be in it (DESIGN.md, screen 10). So
until a day's shifts are closed, such a person sees which institutions sold, and their levels, but no Rupiah
of that day: neither turnover nor amounts of cells and of goods. Rupiah of days that were counted give away
nothing. A level is a span per institution over all ways to pay; no drawer can be guessed from it.

It is the screens of a booth that hold this back; `lapak report` and `lapak export` ask nobody who they are
and tell all, for whoever has the file has every figure in it by any program that reads SQLite, and a question
that is so easily gone round would only pretend.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import and_, select

from pos.ledger import Ledger
from pos.model import Staff, Table
from pos.reports.board import Board, board
from pos.reports.products import run as products
from pos.reports.scope import Period
from pos.rights import may
from pos.tables import SHIFT, SHIFT_CLOSE


def hidden_days(ledger: Ledger, who: Staff) -> frozenset[date]:
    """The days whose Rupiah are not for `who`: those with a shift that is open. At the office none are."""
    if ledger.device is None or ledger.device.role != "booth" or may(who, "reports"):
        return frozenset()
    closed = and_(SHIFT_CLOSE.c.device == SHIFT.c.device, SHIFT_CLOSE.c.shift == SHIFT.c.seq)
    query = select(SHIFT.c.day).outerjoin(SHIFT_CLOSE, closed).where(SHIFT_CLOSE.c.seq.is_(None))
    with ledger.read() as conn:
        return frozenset(date.fromisoformat(day) for day in conn.scalars(query.distinct()))


def board_for(ledger: Ledger, today: date, who: Staff) -> Board:
    """The board as `who` may see it: of hidden days 0 stands for whatever was sold."""
    hidden, found = hidden_days(ledger, who), board(ledger, today)
    if not hidden:
        return found
    place = [day in hidden for day in found.days]
    lines = []
    for line in found.lines:
        pairs = zip(line.sold, place, strict=True)
        sold = tuple(0 if hide and amount is not None else amount for amount, hide in pairs)
        lines.append(replace(line, sold=sold))
    turnover = None if today in hidden else found.turnover
    return replace(found, lines=tuple(lines), turnover=turnover, hidden=hidden)


def sold_on(ledger: Ledger, day: date, institution: str, who: Staff) -> Table:
    """What an institution sold on a day, by product; for whom the Rupiah are not, only how many pieces."""
    found = products(ledger, Period(day, day, institution))
    if day not in hidden_days(ledger, who):
        return found
    kept = [place for place, column in enumerate(found.columns) if column.kind != "money"]
    columns = tuple(found.columns[place] for place in kept)
    names = sorted(found.rows, key=lambda row: row[2])  # by turnover they would tell what is more
    rows = tuple(tuple(row[place] for place in kept) for row in names)
    totals = {column.key: found.totals[column.key] for column in columns if column.key in found.totals}
    return replace(found, columns=columns, rows=rows, totals=totals)
