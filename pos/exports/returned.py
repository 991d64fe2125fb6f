"""Tables that only exports have: what came back and was cancelled, and who bought.

Who bought is kept in no sums per day, so it walks over every sale; that is nothing for a screen.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, select

from pos.buyers import BUYERS, buyer_name
from pos.columns import added
from pos.exports.source import Source
from pos.ledger import Ledger
from pos.model import Column, paper_number, receipt_number
from pos.money import Rupiah
from pos.payments import method_name
from pos.reports.scope import Period, Row, narrowed, shares
from pos.staff import staff
from pos.tables import APPROVAL, DOCUMENT, REFUND, REFUND_PAYMENT, SALE
from pos.text import _


def came_back(conn: Connection, device: str) -> dict[int, tuple[int, Rupiah]]:
    """Of the sales of a laptop of which anything came back: whether one was cancelled, and how much."""
    query = select(REFUND.c.sale_seq, func.max(REFUND.c.void), added(REFUND.c.total))
    mine = query.where(REFUND.c.sale_device == device).group_by(REFUND.c.sale_seq)
    return {seq: (void, total) for seq, void, total in conn.execute(mine)}


def returned(ledger: Ledger, period: Period) -> Source:
    """One row a paper by which goods and money went back, by booth and number: of what, why, and by whom.

    Raises Refused for one institution: a receipt may hold goods of several.
    """
    columns = (
        Column("number", _("Number"), "text"),
        Column("kind", _("Kind"), "text"),
        Column("booth", _("Booth"), "text"),
        Column("day", _("Date"), "date"),
        Column("time", _("Time"), "time"),
        Column("receipt", _("Of receipt"), "text"),
        Column("reason", _("Reason"), "text"),
        Column("cashier", _("Cashier"), "text"),
        Column("by", _("Allowed by"), "text"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Total"), "money"),
        Column("paid_by", _("Given back by"), "text"),
        Column("code", _("Check code"), "text"),
        Column("device", _("Device"), "text"),
    )
    with ledger.read() as conn:
        where = narrowed(REFUND, period)
        count = conn.execute(select(func.count()).select_from(REFUND).where(*where)).scalar_one()
    rows = _returned_rows(ledger, period)
    return Source(_("Returns and cancelled"), columns, count, rows, adds=("qty", "total"))


def _returned_rows(ledger: Ledger, period: Period) -> Iterator[Row]:
    people = {code: one.name for code, one in staff(ledger).items()}
    sold = and_(SALE.c.device == REFUND.c.sale_device, SALE.c.seq == REFUND.c.sale_seq)
    query = (
        select(REFUND, DOCUMENT.c.hash, APPROVAL.c.by)
        .add_columns(SALE.c.booth.label("sale_booth"), SALE.c.number.label("sale_number"))
        .join(DOCUMENT, and_(DOCUMENT.c.device == REFUND.c.device, DOCUMENT.c.seq == REFUND.c.seq))
        .outerjoin(SALE, sold)
        .outerjoin(APPROVAL, and_(APPROVAL.c.device == REFUND.c.device, APPROVAL.c.seq == REFUND.c.seq))
        .where(*narrowed(REFUND, period))
        .order_by(REFUND.c.booth, REFUND.c.device, REFUND.c.number)
    )
    with ledger.read() as conn:
        ways = _ways(conn, period)
        for row in conn.execute(query, execution_options={"yield_per": 2_000}):
            known = row.sale_number is not None
            yield (
                paper_number(row.booth, row.device, "R", row.number),
                _("Cancelled") if row.void else _("Return"),
                row.booth,
                row.day,
                row.at[11:19],
                receipt_number(row.sale_booth, row.sale_device, row.sale_number) if known else "",
                row.reason,
                people.get(row.cashier, row.cashier),
                people.get(row.by, row.by) if row.by else "",
                row.qty,
                row.total,
                " + ".join(ways.get((row.device, row.seq), ())),
                row.hash[:8].upper(),
                row.device,
            )


def _ways(conn: Connection, period: Period) -> dict[tuple[str, int], list[str]]:
    """By which ways the money went back, by the paper."""
    query = select(REFUND_PAYMENT.c.device, REFUND_PAYMENT.c.seq, REFUND_PAYMENT.c.method)
    found: dict[tuple[str, int], list[str]] = {}
    parts = query.where(*narrowed(REFUND_PAYMENT, period)).order_by(*REFUND_PAYMENT.primary_key.columns)
    for device, seq, method in conn.execute(parts):
        found.setdefault((device, seq), []).append(method_name(method))
    return found


def buyers(ledger: Ledger, period: Period) -> Source:
    """One row a kind of buyer: all their receipts, and pieces and Rupiah without what came back.

    What comes back is taken off the kind that had bought it, on the day of the return; from a sale that is
    not here, off the public. Raises Refused for one institution.
    """
    sold = select(SALE.c.buyer, func.count(), added(SALE.c.qty), added(SALE.c.total)).group_by(SALE.c.buyer)
    buyer = func.coalesce(SALE.c.buyer, "")
    of = and_(SALE.c.device == REFUND.c.sale_device, SALE.c.seq == REFUND.c.sale_seq)
    back = select(buyer, added(REFUND.c.qty), added(REFUND.c.total))
    back = back.select_from(REFUND).outerjoin(SALE, of).group_by(buyer)
    with ledger.read() as conn:
        sums = {code: list(found) for code, *found in conn.execute(sold.where(*narrowed(SALE, period)))}
        for code, *less in conn.execute(back.where(*narrowed(REFUND, period))):
            sales, qty, total = sums.get(code, [0, 0, 0])
            sums[code] = [sales, qty - less[0], total - less[1]]
    known = {code: sums.get(code, [0, 0, 0]) for code in dict.fromkeys([*BUYERS, *sorted(sums)])}
    parts = shares([total for *_some, total in known.values()])
    rows = [
        (buyer_name(code), *figures, part) for (code, figures), part in zip(known.items(), parts, strict=True)
    ]
    columns = (
        Column("buyer", _("Buyer"), "text"),
        Column("sales", _("Receipts"), "int"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Turnover"), "money"),
        Column("share", _("Share"), "percent"),
    )
    keys = ("sales", "qty", "total", "share")
    totals = {key: sum(row[place] for row in rows) for place, key in enumerate(keys, 1)}
    return Source(_("Per buyer"), columns, len(rows), iter(rows), totals)
