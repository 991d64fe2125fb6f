"""What to look at first: plain rules over the documents, no guessing. Those of the till are in till_rules.

What only the laptop itself knows (copies, lines taken out of carts, its clock) comes with the closing of the
shift; of the open shift it is told where its own ledger is read, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, distinct, exists, func, select, union

from pos import journal
from pos.ledger import Ledger, devices
from pos.model import Column, Table, paper_number, receipt_number
from pos.money import Rupiah, rupiah
from pos.noted_tables import UNFOUNDED
from pos.numbers import paper_booths
from pos.refunds import AT_ONCE_MS
from pos.reports.scope import Period, added, narrowed, plain_rows
from pos.reports.till_rules import TILL_RULES, Noticed, local, seconds
from pos.staff import staff
from pos.tables import (
    APPROVAL,
    ORDER_STEP,
    PREORDER,
    REFUND,
    REFUND_LINE,
    SALE,
    SALE_LINE,
    SHIFT_CLOSE,
)
from pos.text import _, clock_time


def run(ledger: Ledger, period: Period) -> Table:
    """One row a thing that somebody should explain, by day and time."""
    own = ledger.device
    names = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        known = devices(conn)
        rows = [
            row
            for rule in (_voids, _wrong_returns, _taken_twice, _differences, *TILL_RULES)
            for row in rule(conn, period)
        ]
        if own and period.booth in ("", own.booth):
            rows += [row for row in local(conn, own.code) if period.has(date.fromisoformat(row.day))]
        allowed = _allowed(conn, rows)
    told = [
        (
            kind_name(row.kind),
            known[row.device].booth if row.device in known else row.device,
            row.number,
            row.day,
            clock_time(datetime.fromisoformat(row.at)) if row.at else "",
            names.get(row.who, row.who),
            row.what,
            names.get(by := allowed.get((row.device, row.seq), ""), by),
            row.device,
            row.seq or None,
        )
        for row in sorted(rows, key=lambda row: (row.day, row.at, row.device, row.seq, row.kind))
    ]
    columns = (
        Column("kind", _("What happened"), "text"),
        Column("booth", _("Booth"), "text"),
        Column("number", _("Number"), "text"),
        Column("day", _("Day"), "date"),
        Column("time", _("Time"), "text"),
        Column("cashier", _("Cashier"), "text"),
        Column("what", _("Details"), "text"),
        Column("by", _("Allowed by"), "text"),
        Column("device", _("Device"), "text"),
        Column("seq", _("Document"), "int"),
    )
    return Table("exceptions", _("To be looked at"), columns, tuple(told))


def kind_name(kind: str) -> str:
    """What a kind of row is called in the language in use."""
    return {
        "void": _("Sale cancelled"),
        "over_return": _("More came back than was sold"),
        "unknown_sale": _("Return of a sale that is not there"),
        "taken_twice": _("Order handed over twice"),
        "difference": _("Cash difference"),
        "clock": _("Clock set back"),
        "reprint": _("Printed many times"),
        "removal": _("Many lines removed"),
        "drawer": _("Drawer opened without a sale"),
        "short": _("Cash short several days running"),
        "price": _("Price changed at the till"),
        "discount": _("Large discount"),
        "hours": _("Sales at unusual hours"),
    }[kind]


def _voids(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Cancelled later than at once: the paper and the goods had left."""
    sold = and_(SALE.c.device == REFUND.c.sale_device, SALE.c.seq == REFUND.c.sale_seq)
    query = select(REFUND, SALE.c.at.label("sold_at")).outerjoin(SALE, sold)
    for row in conn.execute(query.where(REFUND.c.void == 1, *narrowed(REFUND, period))):
        after_s = seconds(row.sold_at, row.at) if row.sold_at else 0
        if after_s * 1000 > AT_ONCE_MS or after_s < 0:
            what = _("{amount}, {minutes} minutes after the sale. {reason}")
            what = what.format(amount=rupiah(row.total), minutes=after_s // 60, reason=row.reason)
            yield _back(row, "void", what.strip())


def _wrong_returns(conn: Connection, period: Period) -> Iterator[Noticed]:
    """What came back of sales that do not have it.

    Two laptops may each have taken back what only one could: then the papers of that sale are told. And what
    names a sale that the chain it would be in does not have; one that may still come is none.
    """
    over, unknown = _came_back(conn)
    for device, seq in sorted(over):
        mine = (REFUND.c.sale_device == device, REFUND.c.sale_seq == seq, *narrowed(REFUND, period))
        sale = conn.execute(select(SALE).where(SALE.c.device == device, SALE.c.seq == seq)).first()
        for row in conn.execute(select(REFUND).where(*mine)):
            number = receipt_number(sale.booth, device, sale.number) if sale else ""
            what = _("{amount} of sale {number}").format(amount=rupiah(row.total), number=number)
            yield _back(row, "over_return", what)
    for device, seq in sorted(unknown):
        mine = (REFUND.c.sale_device == device, REFUND.c.sale_seq == seq, *narrowed(REFUND, period))
        if journal.head(conn, device)[0] >= seq:
            for row in conn.execute(select(REFUND).where(*mine)):
                yield _back(row, "unknown_sale", rupiah(row.total))


def _came_back(conn: Connection) -> tuple[set[_Of], set[_Of]]:
    """The sales of which too much came back, and those that are not there.

    Where only the laptop of the sale took back, its own chain says whether it could, seen when the papers
    came in (UNFOUNDED). The others are counted by pieces of each line, and over all by money, which also sees
    components of bundles: a sale is asked for its money only where more came back than the lines that are
    named brought.
    """
    pieces: Counter[tuple[_Of, int]] = Counter()
    sold: dict[tuple[_Of, int], tuple[int, Rupiah]] = {}
    money: Counter[_Of] = Counter()
    strange: set[_Of] = set()
    for device, seq, line, part, qty, total, sold_qty, sold_total in plain_rows(conn, _LINES_BACK):
        of = (device, seq)
        money[of] += total or 0
        if sold_qty is None:
            strange.add(of)
            continue
        place = (of, line)
        sold[place] = (sold_qty, sold_total)
        if part < 0:
            pieces[place] += qty
    over = {place[0] for place, qty in pieces.items() if qty > sold[place][0]}
    for (of, _line), (_qty, total) in sold.items():
        money[of] -= total
    unknown = set()
    for of in {*strange, *(of for of, more in money.items() if more > 0)}:
        whole = conn.scalar(select(SALE.c.total).where(SALE.c.device == of[0], SALE.c.seq == of[1]))
        mine = (REFUND.c.sale_device == of[0], REFUND.c.sale_seq == of[1])
        if whole is None:
            unknown.add(of)
        elif conn.execute(select(added(REFUND.c.total)).where(*mine)).scalar_one() > whole:
            over.add(of)
    return over, unknown


_Of = tuple[str, int]  # of which sale: device, seq
_OF = (REFUND.c.sale_device, REFUND.c.sale_seq)
_DOUBTED = union(
    select(*_OF).where(REFUND.c.device != REFUND.c.sale_device),
    select(*_OF).join_from(
        UNFOUNDED, REFUND, and_(UNFOUNDED.c.device == REFUND.c.device, UNFOUNDED.c.seq == REFUND.c.seq)
    ),
).subquery()
_LINES_BACK = (
    select(REFUND.c.sale_device, REFUND.c.sale_seq, REFUND_LINE.c.of_line, REFUND_LINE.c.of_part)
    .add_columns(REFUND_LINE.c.qty, REFUND_LINE.c.total, SALE_LINE.c.qty, SALE_LINE.c.total)
    .join_from(_DOUBTED, REFUND, and_(*(_DOUBTED.c[one.name] == one for one in _OF)))
    .join(
        REFUND_LINE,
        and_(REFUND_LINE.c.device == REFUND.c.device, REFUND_LINE.c.seq == REFUND.c.seq),
        isouter=True,
    )
    .join(
        SALE_LINE,
        and_(
            SALE_LINE.c.device == REFUND.c.sale_device,
            SALE_LINE.c.seq == REFUND.c.sale_seq,
            SALE_LINE.c.line == REFUND_LINE.c.of_line,
        ),
        isouter=True,
    )
)


def _taken_twice(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Orders that two laptops handed over before either knew of the other; all papers but the first are told.

    One laptop alone hands over an order once (pos/handover.py).
    """
    device = func.count(distinct(ORDER_STEP.c.device))
    twice = _TAKEN.with_only_columns(*_ROOT).group_by(*_ROOT).having(device > 1)
    for root in conn.execute(twice).all():
        mine = [column == value for column, value in zip(_ROOT, root, strict=True)]
        first, *others = conn.execute(_TAKEN.where(*mine).order_by(SALE.c.at, SALE.c.device)).all()
        for row in others:
            if period.has(date.fromisoformat(row.day)) and period.booth in ("", row.booth):
                number = receipt_number(row.booth, row.device, row.number)
                what = _("{amount}; handed over with {number} before").format(
                    amount=rupiah(row.total), number=receipt_number(first.booth, first.device, first.number)
                )
                yield Noticed("taken_twice", row.device, number, row.day, row.at, row.cashier, what, row.seq)


_ROOT = (PREORDER.c.root_device, PREORDER.c.root_seq)
_TAKEN = (  # the sales that handed orders over, but for those that were cancelled
    select(SALE)
    .join(ORDER_STEP, and_(ORDER_STEP.c.device == SALE.c.device, ORDER_STEP.c.seq == SALE.c.seq))
    .join(
        PREORDER,
        and_(PREORDER.c.device == ORDER_STEP.c.order_device, PREORDER.c.seq == ORDER_STEP.c.order_seq),
    )
    .where(
        ORDER_STEP.c.step == "taken",
        ~exists().where(
            REFUND.c.sale_device == SALE.c.device, REFUND.c.sale_seq == SALE.c.seq, REFUND.c.void == 1
        ),
    )
)


def _differences(conn: Connection, period: Period) -> Iterator[Noticed]:
    """Drawers that did not hold what they should."""
    wrong = (SHIFT_CLOSE.c.counted != SHIFT_CLOSE.c.expected, *narrowed(SHIFT_CLOSE, period))
    booths = paper_booths(conn)
    for row in conn.execute(select(SHIFT_CLOSE).where(*wrong)):
        number = paper_number(booths.get(row.device, ""), row.device, "Z", row.number)
        what = f"{rupiah(row.counted - row.expected)} {row.reason}".strip()
        yield Noticed("difference", row.device, number, row.day, row.at, row.cashier, what, row.seq)


def _back(row: Any, kind: str, what: str) -> Noticed:
    number = paper_number(row.booth, row.device, "R", row.number)
    return Noticed(kind, row.device, number, row.day, row.at, row.cashier, what, row.seq)


def _allowed(conn: Connection, rows: list[Noticed]) -> dict[tuple[str, int], str]:
    """Who allowed the documents of these rows."""
    wanted = {(row.device, row.seq) for row in rows}
    columns = (APPROVAL.c.device, APPROVAL.c.seq, APPROVAL.c.by)
    found = conn.execute(select(*columns)) if wanted else ()
    return {(row[0], row[1]): row[2] for row in found if (row[0], row[1]) in wanted}
