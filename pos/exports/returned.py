"""Tables that only exports have: what came back and was cancelled, and who bought.

Who bought is kept in no sums per day, so it walks over every sale; that is nothing for a screen.
"""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select

from pos.buyers import BUYERS, buyer_name
from pos.columns import added
from pos.exports.source import Source
from pos.ledger import Ledger
from pos.model import Column
from pos.money import Rupiah
from pos.reports import returns
from pos.reports.scope import Period, narrowed, shares
from pos.tables import REFUND, SALE
from pos.text import _


def came_back(conn: Connection, device: str) -> dict[int, tuple[int, Rupiah]]:
    """Of the sales of a laptop of which anything came back: whether one was cancelled, and how much."""
    query = select(REFUND.c.sale_seq, func.max(REFUND.c.void), added(REFUND.c.total))
    mine = query.where(REFUND.c.sale_device == device).group_by(REFUND.c.sale_seq)
    return {seq: (void, total) for seq, void, total in conn.execute(mine)}


def returned(ledger: Ledger, period: Period) -> Source:
    """The report of the same name, read as it is written.

    Raises Refused for one institution: a receipt may hold goods of several.
    """
    with ledger.read() as conn:
        where = narrowed(REFUND, period)
        count = conn.execute(select(func.count()).select_from(REFUND).where(*where)).scalar_one()
    rows = returns.read(ledger, period)
    return Source(_("Returns and cancelled"), returns.columns(), count, rows, adds=("qty", "total"))


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
