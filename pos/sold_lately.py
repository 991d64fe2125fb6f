"""What was sold in the last hour, asked of the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from pos.ledger import Ledger
from pos.rush import PAST, Sold
from pos.tables import SALE, SALE_LINE

_LOOKED_AT = 1_000  # sales back; no till makes more in an hour


def sold_lately(ledger: Ledger, now: datetime) -> list[Sold]:
    """What this laptop sold in the last hour, in its order."""
    device = ledger.own().code
    newest = select(SALE.c.seq, SALE.c.at).where(SALE.c.device == device)
    with ledger.read() as conn:
        sales = conn.execute(newest.order_by(SALE.c.seq.desc()).limit(_LOOKED_AT)).all()
        times = {row.seq: datetime.fromisoformat(row.at) for row in sales}
        recent = {seq: at for seq, at in times.items() if now - at <= PAST}
        if not recent:
            return []
        mine = (SALE_LINE.c.device == device, SALE_LINE.c.seq >= min(recent))
        lines = conn.execute(select(SALE_LINE.c.seq, SALE_LINE.c.sku, SALE_LINE.c.qty).where(*mine)).all()
    pieces: dict[int, list[tuple[str, int]]] = {}
    for line in lines:
        pieces.setdefault(line.seq, []).append((line.sku, line.qty))
    return [Sold(recent[seq], tuple(pieces[seq])) for seq in sorted(pieces) if seq in recent]
