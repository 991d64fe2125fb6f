"""Finding a receipt again: by part of its number, its amount, what was on it, who sold it, its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, func, or_, select

from pos import journal
from pos.checkout import read_sale
from pos.errors import Refused
from pos.ledger import Ledger, devices
from pos.model import Refund, Sale, Shift, paper_number, receipt_number
from pos.money import Rupiah
from pos.refunds import read_refund
from pos.staff import staff
from pos.tables import REFUND, REFUND_LINE, SALE, SALE_LINE
from pos.text import _, fold

LOOK = 2_000  # of each laptop's newest papers are looked at; an older one is found by its whole number
MOST = 100  # shown at once

_Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One paper in the list. kind: sale, refund, void; state of a sale: cancelled, returned (in part), or
    empty. `goods` are what its lines are called, in their order.
    """

    kind: str
    device: str
    seq: int
    number: str
    day: date
    at: datetime
    cashier: str
    qty: int
    total: Rupiah
    state: str
    goods: tuple[str, ...]


def find_papers(ledger: Ledger, text: str = "", day: date | None = None) -> tuple[Found, ...]:
    """The newest receipts and returns first, at most MOST, each of which has every word of `text`.

    A word may be part of the number, the whole amount (`65.000`), or part of a product's or cashier's name;
    `day` is a business day.
    """
    words = text.split()
    names = {code: one.name for code, one in staff(ledger).items()}
    with ledger.read() as conn:
        rows = _newest(conn, day)
        states = _states(conn)
        found: list[Found] = []
        for some in _portions(rows, MOST):
            goods = _goods(conn, some)
            made = (_found(row, table, goods, names, states) for row, table in some)
            found += [one for one in made if all(_has(one, word) for word in words)]
            if len(found) >= MOST:
                break
    return tuple(found[:MOST])


def paper_at(ledger: Ledger, device: str, seq: int) -> Sale | Refund:
    """The sale or the refund that this document holds. Raises Refused when there is none."""
    with ledger.read() as conn:
        doc = journal.document(conn, device, seq)
    if doc is None or doc.kind not in ("sale", "refund"):
        raise Refused(_("This paper is not in this ledger."), _("Search for its number."))
    return read_sale(doc) if doc.kind == "sale" else read_refund(doc)


def last_sale(ledger: Ledger, shift: Shift) -> Sale | None:
    """The newest sale of a shift of this laptop; None before the first."""
    mine = (SALE.c.device == shift.device, SALE.c.shift == shift.seq)
    with ledger.read() as conn:
        seq = conn.scalar(select(func.max(SALE.c.seq)).where(*mine))
        doc = journal.document(conn, shift.device, seq) if seq else None
    return read_sale(doc) if doc else None


def _newest(conn: Connection, day: date | None) -> list[tuple[Any, Table]]:
    """Rows of the newest sales and refunds of every laptop, the newest first, each with its table."""
    rows: list[tuple[Any, Table]] = []
    for code in devices(conn):
        for table in (SALE, REFUND):
            query = select(table).where(table.c.device == code).order_by(table.c.seq.desc()).limit(LOOK)
            if day:
                query = query.where(table.c.day == day.isoformat())
            rows += [(row, table) for row in conn.execute(query)]
    return sorted(rows, key=lambda row: (row[0].at, row[0].device, row[0].seq), reverse=True)


def _states(conn: Connection) -> dict[_Place, str]:
    """What became of the sales of which something came back."""
    states: dict[_Place, str] = {}
    for device, seq, void in conn.execute(select(REFUND.c.sale_device, REFUND.c.sale_seq, REFUND.c.void)):
        states[device, seq] = "cancelled" if void else states.get((device, seq), "returned")
    return states


def _portions(rows: Sequence[tuple[Any, Table]], size: int) -> Iterable[Sequence[tuple[Any, Table]]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _goods(conn: Connection, rows: Sequence[tuple[Any, Table]]) -> dict[_Place, list[str]]:
    """What the lines of these papers are called."""
    goods: dict[_Place, list[str]] = defaultdict(list)
    for table, lines in ((SALE, SALE_LINE), (REFUND, REFUND_LINE)):
        seqs: dict[str, list[int]] = defaultdict(list)
        for row, of in rows:
            if of is table:
                seqs[row.device].append(row.seq)
        if not seqs:
            continue
        wanted = or_(*(and_(lines.c.device == code, lines.c.seq.in_(some)) for code, some in seqs.items()))
        query = select(lines.c.device, lines.c.seq, lines.c.name).where(wanted).order_by(lines.c.line)
        for device, seq, name in conn.execute(query):
            goods[device, seq].append(name)
    return goods


def _found(
    row: Any,
    table: Table,
    goods: dict[_Place, list[str]],
    names: dict[str, str],
    states: dict[_Place, str],
) -> Found:
    sold, of = table is SALE, (row.booth, row.device)
    number = receipt_number(*of, row.number) if sold else paper_number(*of, "R", row.number)
    return Found(
        kind="sale" if sold else "void" if row.void else "refund",
        device=row.device,
        seq=row.seq,
        number=number,
        day=date.fromisoformat(row.day),
        at=datetime.fromisoformat(row.at),
        cashier=names.get(row.cashier, row.cashier),
        qty=row.qty,
        total=row.total,
        state=states.get((row.device, row.seq), "") if sold else "",
        goods=tuple(dict.fromkeys(goods.get((row.device, row.seq), ()))),
    )


def _has(one: Found, word: str) -> bool:
    figures = word.upper().removeprefix("RP").replace(".", "")
    if word.upper() in one.number or figures == str(one.total):
        return True
    plain = fold(word)
    return bool(plain) and any(plain in fold(name) for name in (*one.goods, one.cashier))
