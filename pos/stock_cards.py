"""The stock card of a product: every movement with its day, its paper, what came, went, and was left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, literal, select

from pos.balances import devices_of
from pos.ledger import Ledger
from pos.model import paper_number, receipt_number
from pos.numbers import booths_of
from pos.stock_slips import kind_name, slip_number
from pos.tables import MOVEMENT, REFUND, SALE, SALE_LINE, SLIP
from pos.text import _


@dataclass(frozen=True, slots=True)
class Move:
    """One movement. kind: sold, bundle, refund, bundle_back, or the kind of a slip; `left` is after it."""

    at: datetime
    day: str
    kind: str
    paper: str
    qty: int
    left: int

    @property
    def came(self) -> int:
        """What came in, or 0."""
        return max(self.qty, 0)

    @property
    def went(self) -> int:
        """What went out, or 0."""
        return max(-self.qty, 0)


def move_name(kind: str) -> str:
    """What a movement is called in the language in use."""
    names = {
        "sold": _("Sold"),
        "bundle": _("Sold in a bundle"),
        "refund": _("Came back"),
        "bundle_back": _("Came back in a bundle"),
    }
    return names.get(kind) or kind_name(kind)


def stock_card(ledger: Ledger, sku: str) -> tuple[Move, ...]:
    """Every movement of `sku` in this laptop's booth, oldest first, over all laptops it knows of."""
    with ledger.read() as conn:
        mine = devices_of(conn, ledger.own().booth)
        found = sorted(_movements(conn, sku, mine))
        booths = booths_of(conn)
    moves: list[Move] = []
    left = 0
    for at, device, _seq, _line, _part, day, kind, series, number, qty in found:
        if not qty:
            continue
        left += qty
        paper = _paper(booths.get(device, ""), device, series, number)
        moves.append(Move(datetime.fromisoformat(at), day, kind, paper, qty, left))
    return tuple(moves)


def _paper(booth: str, device: str, series: str, number: int) -> str:
    if series == "sale":
        return receipt_number(booth, device, number)
    if series == "refund":
        return paper_number(booth, device, "R", number)
    return slip_number(booth, device, series, number)


def _movements(
    conn: Connection, sku: str, mine: tuple[str, ...]
) -> list[tuple[str, str, int, int, int, str, str, str, int, int]]:
    """at, device, seq, line, part, day, kind, series of the paper, its number, quantity."""
    sold = (
        select(SALE.c.at, SALE_LINE.c.device, SALE_LINE.c.seq, SALE_LINE.c.line, literal(0), SALE_LINE.c.day)
        .add_columns(literal("sold"), literal("sale"), SALE.c.number, -SALE_LINE.c.qty)
        .join(SALE, (SALE.c.device == SALE_LINE.c.device) & (SALE.c.seq == SALE_LINE.c.seq))
        .where(SALE_LINE.c.sku == sku, SALE_LINE.c.bundle == 0, SALE_LINE.c.device.in_(mine))
    )
    found = [tuple(row) for row in conn.execute(sold)]
    for papers, series in ((SALE, "sale"), (REFUND, "refund"), (SLIP, "")):
        moved = (MOVEMENT.c.device, MOVEMENT.c.seq, MOVEMENT.c.line, MOVEMENT.c.part, MOVEMENT.c.day)
        named = literal(series) if series else SLIP.c.kind
        query = (
            select(papers.c.at, *moved)
            .add_columns(MOVEMENT.c.reason, named, papers.c.number, MOVEMENT.c.qty)
            .join(papers, (papers.c.device == MOVEMENT.c.device) & (papers.c.seq == MOVEMENT.c.seq))
            .where(MOVEMENT.c.sku == sku, MOVEMENT.c.device.in_(mine))
        )
        found += [tuple(row) for row in conn.execute(query)]
    return found
