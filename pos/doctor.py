"""Doctor: every rule that must hold of the books, run over real data; each check tells what it found.

Reads only. The same checks end every test of a whole exhibition.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    distinct,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import Table as SqlTable

from pos.balances import mismatches
from pos.fresh import work_folder
from pos.ledger import Ledger, copy_of, open_ledger
from pos.repeats import unsettled
from pos.reports.cross_check import run as cross_check
from pos.reports.reconcile import run as one_figure
from pos.reports.scope import Period, added
from pos.stock_slips import LETTERS
from pos.sum_tables import DAY_SHARE
from pos.tables import (
    APPROVAL,
    CASH,
    DEPOSIT,
    DEVICE,
    DOCUMENT,
    ERASURE,
    ORDER_STEP,
    PAYMENT,
    PREORDER,
    REFUND,
    REFUND_LINE,
    REFUND_PAYMENT,
    REMITTANCE,
    SALE,
    SALE_LINE,
    SHIFT,
    SHIFT_CLOSE,
    SLIP,
)
from pos.text import _, ngettext
from pos.verify import verify

MOST_NAMED = 5  # faults told by name; more of them say no more


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to; `detail` says what is wrong, or how much was looked at."""

    name: str
    ok: bool
    detail: str


def examine(ledger: Ledger) -> tuple[Finding, ...]:
    """Run every check. Raises WorldFailed when the ledger cannot be read."""
    findings = [_documents(ledger), _sums(ledger)]
    with ledger.read() as conn:
        for name, look in _CHECKS:
            faults = look(conn)
            named = ", ".join(faults[:MOST_NAMED])
            if len(faults) > MOST_NAMED:
                named += " …"
            findings.append(Finding(name, not faults, named))
    return tuple(findings)


def _documents(ledger: Ledger) -> Finding:
    """Every document is what it was, and the tables are what the documents say (looked at in a copy)."""
    found = verify(ledger)
    problems = list(found.problems)
    if not problems and ledger.path is not None:
        aside = work_folder()
        try:
            copy_of(ledger, aside / "salinan.lapak")
            with closing(open_ledger(aside / "salinan.lapak")) as copy:
                problems += verify(copy, rebuild=True).problems
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    read = ngettext("{count} document read.", "{count} documents read.", found.documents)
    told = "; ".join(problem.message for problem in problems[:MOST_NAMED])
    return Finding("documents", not problems, told or read.format(count=found.documents))


def _sums(ledger: Ledger) -> Finding:
    """Receipts, their lines, payments and the kept sums come to the same."""
    table = cross_check(ledger, Period())
    wrong = [f"{row[0]}: {row[-1]}" for row in table.rows if row[-1]]
    wrong += [f"{row[0]} {row[8]}" for row in one_figure(ledger, Period()).rows if row[7] and row[8]]
    return Finding("sums", not wrong, ", ".join(wrong))


def _named(conn: Connection, query: Select[*tuple[object, ...]]) -> list[str]:
    """The rows of `query`, one text each."""
    return [" ".join(str(value) for value in row) for row in conn.execute(query.limit(MOST_NAMED + 1))]


def _numbers(conn: Connection) -> list[str]:
    """Every series of numbers goes from 1 without a gap, and none was given twice."""
    faults: list[str] = []
    for table in (SALE, REFUND, SHIFT_CLOSE, CASH, REMITTANCE, DEPOSIT, PREORDER):
        ends = select(literal(table.name), table.c.device).group_by(table.c.device)
        if table is PREORDER:  # the versions of an order bear its number
            first = and_(PREORDER.c.device == PREORDER.c.root_device, PREORDER.c.seq == PREORDER.c.root_seq)
            ends = ends.where(first)
        faults += _named(conn, ends.where(_whole(table)).having(_broken(table)))
    return faults


def _whole(papers: SqlTable) -> ColumnElement[bool]:
    """Whether the series is a whole one: that of a history that was split off begins where it parted."""
    return papers.c.device.not_in(select(DEVICE.c.device).where(DEVICE.c.restates == 1))


def _broken(series: SqlTable) -> ColumnElement[bool]:
    """Whether numbers are missing, or some stand twice."""
    number, given = series.c.number, func.count()
    return or_(func.min(number) != 1, func.max(number) != given, func.count(distinct(number)) != given)


def _slip_numbers(conn: Connection) -> list[str]:
    """The series of stock slips, one for each letter, go from 1 without a gap; 0.2.0 gave no numbers."""
    letter = case(dict(LETTERS), value=SLIP.c.kind).label("letter")
    ends = (
        select(SLIP.c.device, letter).where(SLIP.c.number > 0, _whole(SLIP)).group_by(SLIP.c.device, letter)
    )
    return _named(conn, ends.having(_broken(SLIP)))


def _refunds(conn: Connection) -> list[str]:
    """No line came back more than it was sold."""
    back = (
        select(REFUND.c.sale_device, REFUND.c.sale_seq, REFUND_LINE.c.of_line)
        .add_columns(added(REFUND_LINE.c.total).label("total"))
        .add_columns(added(case((REFUND_LINE.c.of_part < 0, REFUND_LINE.c.qty), else_=0)).label("qty"))
        .join_from(REFUND_LINE, REFUND, _same(REFUND_LINE, REFUND))
        .group_by(REFUND.c.sale_device, REFUND.c.sale_seq, REFUND_LINE.c.of_line)
        .subquery()
    )
    sold = and_(
        SALE_LINE.c.device == back.c.sale_device,
        SALE_LINE.c.seq == back.c.sale_seq,
        SALE_LINE.c.line == back.c.of_line,
    )
    over = or_(back.c.qty > SALE_LINE.c.qty, back.c.total > SALE_LINE.c.total)
    query = select(SALE_LINE.c.device, SALE_LINE.c.seq, SALE_LINE.c.sku).join_from(SALE_LINE, back, sold)
    return _named(conn, query.where(over))


def _stock(conn: Connection) -> list[str]:
    """What is on hand is what the movements and the sold lines come to."""
    return [f"{one.device} {one.sku}".strip() for one in mismatches(conn)]


def _institutions(conn: Connection) -> list[str]:
    """What bundles share out over the institutions is what they were sold for."""
    off = select(DAY_SHARE.c.day, DAY_SHARE.c.device).group_by(DAY_SHARE.c.day, DAY_SHARE.c.device)
    return _named(conn, off.having(func.sum(DAY_SHARE.c.total) != 0))


def _shifts(conn: Connection) -> list[str]:
    """The drawer of each closed shift should hold what its papers come to, and nothing was sold behind it."""
    closed = SHIFT_CLOSE.c
    parts: Sequence[ColumnElement[int]] = (
        _of_shift(SHIFT.c.float_cash, SHIFT, SHIFT.c.seq == closed.shift),
        _of_shift(PAYMENT.c.amount, SALE, PAYMENT.c.method == "cash", PAYMENT),
        -_of_shift(REFUND_PAYMENT.c.amount, REFUND, REFUND_PAYMENT.c.method == "cash", REFUND_PAYMENT),
        _of_shift(DEPOSIT.c.amount, DEPOSIT, DEPOSIT.c.method == "cash"),
        _of_shift(CASH.c.amount, CASH),
        -_of_shift(REMITTANCE.c.amount, REMITTANCE, REMITTANCE.c.method == "cash"),
    )
    should = parts[0] + parts[1] + parts[2] + parts[3] + parts[4] + parts[5]
    # 1: it was opened before the history parted that is restated there, and holds what was sold before, too.
    wrong = select(closed.device, closed.number).where(closed.expected != should, closed.shift > 1)
    late = exists().where(
        SALE.c.device == closed.device, SALE.c.shift == closed.shift, SALE.c.seq > closed.last_seq
    )
    return _named(conn, wrong) + _named(conn, select(closed.device, closed.number).where(late))


def _of_shift(
    column: ColumnElement[int],
    paper: SqlTable,
    limit: ColumnElement[bool] | None = None,
    parts: SqlTable | None = None,
) -> ColumnElement[int]:
    """The sum of `column` over the papers of the shift that is closed; `parts` are rows of those papers."""
    mine = [paper.c.device == SHIFT_CLOSE.c.device]
    if "shift" in paper.c:
        mine.append(paper.c.shift == SHIFT_CLOSE.c.shift)
    if limit is not None:
        mine.append(limit)
    if parts is not None:
        mine.append(_same(parts, paper))
    return select(added(column)).where(*mine).correlate(SHIFT_CLOSE).scalar_subquery()


def _deposits(conn: Connection) -> list[str]:
    """No order used more money than was paid ahead for it."""
    used = (
        select(ORDER_STEP.c.order_device, ORDER_STEP.c.order_seq, added(PAYMENT.c.amount).label("used"))
        .join_from(ORDER_STEP, PAYMENT, _same(ORDER_STEP, PAYMENT))
        .where(PAYMENT.c.method == "deposit")
        .where(~_voided())
        .group_by(ORDER_STEP.c.order_device, ORDER_STEP.c.order_seq)
        .subquery()
    )
    paid = select(added(DEPOSIT.c.amount)).where(
        DEPOSIT.c.order_device == used.c.order_device, DEPOSIT.c.order_seq == used.c.order_seq
    )
    query = select(used.c.order_device, used.c.order_seq)
    return _named(conn, query.where(used.c.used > paid.correlate(used).scalar_subquery()))


def _voided() -> ColumnElement[bool]:
    """Whether the sale of the payment was taken back as a whole."""
    return exists().where(
        REFUND.c.sale_device == PAYMENT.c.device, REFUND.c.sale_seq == PAYMENT.c.seq, REFUND.c.void == 1
    )


def _approvals(conn: Connection) -> list[str]:
    """No approval was used twice."""
    return _named(conn, select(APPROVAL.c.id).group_by(APPROVAL.c.id).having(func.count() > 1))


def _privacy(conn: Connection) -> list[str]:
    """What was erased is gone."""
    named = and_(ERASURE.c.of_device == DOCUMENT.c.device, ERASURE.c.of_seq == DOCUMENT.c.seq)
    left = select(DOCUMENT.c.device, DOCUMENT.c.seq).where(DOCUMENT.c.private.is_not(None))
    return _named(conn, left.where(exists().where(named)))


def _same(one: SqlTable, other: SqlTable) -> ColumnElement[bool]:
    return and_(one.c.device == other.c.device, one.c.seq == other.c.seq)


_CHECKS: tuple[tuple[str, Callable[[Connection], list[str]]], ...] = (
    ("numbers", _numbers),
    ("slip numbers", _slip_numbers),
    ("refunds", _refunds),
    ("stock", _stock),
    ("institutions", _institutions),
    ("shifts", _shifts),
    ("deposits", _deposits),
    ("approvals", _approvals),
    ("privacy", _privacy),
    ("repeats", unsettled),
)


def check_names() -> dict[str, str]:
    """What each check is called in the language in use."""
    return {
        "documents": _("Documents are whole, tables say what they say"),
        "sums": _("Sales, lines, payments and sums agree"),
        "numbers": _("Numbers have no gaps"),
        "slip numbers": _("Numbers of stock papers have no gaps"),
        "refunds": _("Nothing came back twice"),
        "stock": _("Stock is what moved"),
        "institutions": _("Bundles are shared out whole"),
        "shifts": _("Closed shifts agree with their papers"),
        "deposits": _("Deposits cover what they paid"),
        "approvals": _("Approvals were used once"),
        "privacy": _("What was erased is gone"),
        "repeats": _("What two histories tell both counts once"),
    }
