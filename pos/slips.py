"""Slips: sales as they stand on paper, and how they enter the ledger, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from pos import journal
from pos.ahead import Ahead
from pos.cart import Cart, CartLine, sold_lines
from pos.checkout import line_fields, next_number, sale_fields
from pos.journal import Stamp
from pos.ledger import Ledger
from pos.model import Device, Fields, Product
from pos.money import Rupiah
from pos.payments import settle
from pos.tables import DEVICE, PAYMENT, SALE, SALE_LINE

SALES_AT_ONCE = 2_500  # sales whose documents are in memory together
CART = "paper:"  # the cart of a sale on paper is this and its receipt, so that it can be entered only once
_CART_END = "paper;"  # the first text behind all of those

Sold = tuple[str, int, Rupiah, Rupiah]  # SKU, pieces, price of one, discount of the line
Content = tuple[str, str, str, list[Sold]]


@dataclass(slots=True)
class Slip:
    """One receipt on paper, while its lines are collected. `row` is where it begins in the file.

    `at` is ISO 8601 in the exhibition's zone, `total` in Rupiah what the lines come to so far.
    """

    receipt: str
    row: int
    at: str
    cashier: str
    method: str
    total: Rupiah = 0
    lines: list[Sold] = field(default_factory=list)

    @property
    def content(self) -> Content:
        """What it says, to be compared with what was entered before; the order of lines does not matter."""
        return (self.at, self.cashier, self.method, sorted(self.lines))


def entered_before(conn: Connection, device: Device, slips: Sequence[Slip]) -> dict[str, Content]:
    """What the ledger holds of these receipts already, also from an earlier laptop of the same booth."""
    mine = (
        SALE.c.device.in_(select(DEVICE.c.device).where(DEVICE.c.booth == device.booth)),
        SALE.c.cart >= CART,
        SALE.c.cart < _CART_END,
    )
    columns = (SALE.c.device, SALE.c.seq, SALE.c.cart, SALE.c.at, SALE.c.cashier, PAYMENT.c.method)
    paid = (PAYMENT.c.device == SALE.c.device) & (PAYMENT.c.seq == SALE.c.seq) & (PAYMENT.c.part == 0)
    wanted = {CART + slip.receipt for slip in slips}
    found = [
        row for row in conn.execute(select(*columns).join(PAYMENT, paid).where(*mine)) if row.cart in wanted
    ]
    if not found:
        return {}
    columns = (
        SALE.c.device,
        SALE.c.seq,
        SALE_LINE.c.sku,
        SALE_LINE.c.qty,
        SALE_LINE.c.price,
        SALE_LINE.c.discount,
    )
    held = (SALE_LINE.c.device == SALE.c.device) & (SALE_LINE.c.seq == SALE.c.seq)
    lines: dict[tuple[str, int], list[Sold]] = defaultdict(list)
    for code, seq, *line in conn.execute(select(*columns).join(SALE_LINE, held).where(*mine)):
        lines[code, seq].append((line[0], line[1], line[2], line[3]))
    return {
        row.cart.removeprefix(CART): (row.at, row.cashier, row.method, sorted(lines[row.device, row.seq]))
        for row in found
    }


def enter(
    conn: Connection,
    ledger: Ledger,
    slips: Sequence[Slip],
    goods: Mapping[str, Product],
    progress: Callable[[int, int], None] | None,
) -> None:
    """Append the slips to the journal, numbered behind the last receipt of this laptop.

    `goods` are the products by SKU; `progress` hears of slips stored and slips in all.
    """
    device, done = ledger.own().code, 0
    _known, number = next_number(conn, device, CART)
    papers = _papers(ledger, slips, _Bodies(ledger.own().booth, goods), number)
    with Ahead(journal.make(device, "sale", papers, journal.head(conn, device))) as batches:
        while made := batches.take():
            batches.begin()  # SQLite stores these meanwhile, for which it needs no Python
            journal.store(conn, made)
            done += len(made.docs)
            if progress:
                progress(done, len(slips))


def _papers(
    ledger: Ledger, slips: Sequence[Slip], bodies: _Bodies, number: int
) -> Iterator[list[tuple[Stamp, Fields]]]:
    """What is put down for the slips, some of them at a time, numbered from `number`."""
    for start in range(0, len(slips), SALES_AT_ONCE):
        some, up_ms = slips[start : start + SALES_AT_ONCE], ledger.clock.uptime_ms()
        yield [(Stamp(slip.at, up_ms), bodies.sale(slip, n)) for n, slip in enumerate(some, number + start)]


class _Bodies:
    """Makes bodies, but for what the journal adds. The till's own functions make one of each kind of thing,
    and what a slip says is put into a copy: to build a cart for every line would take as long as storing it.
    """

    def __init__(self, booth: str, goods: Mapping[str, Product]) -> None:
        paid = settle("cash", 0)
        self.blank = sale_fields(booth, 1, CART, (), [paid]) | {"shift": None}
        (self.paid,) = self.blank["payments"]
        self.lines = _Lines(goods)

    def sale(self, slip: Slip, number: int) -> Fields:
        """The body of a slip whose total can be paid in its way."""
        total = slip.total
        return self.blank | {
            "number": number,
            "cart": CART + slip.receipt,
            "total": total,
            "lines": [self.lines[sold] for sold in slip.lines],
            "payments": [self.paid | {"method": slip.method, "amount": total, "tendered": total}],
            "day": slip.at[:10],
            "cashier": slip.cashier,
            "paper": slip.receipt,
        }


class _Lines(dict[Sold, Fields]):
    """Lines as the till would write them. Few different ones stand on many slips, so each is made once."""

    def __init__(self, goods: Mapping[str, Product]) -> None:
        super().__init__()
        self.goods = goods

    def __missing__(self, sold: Sold) -> Fields:
        sku, qty, price, discount = sold
        product = replace(self.goods[sku], price=price)
        (line,) = sold_lines(Cart("", (CartLine(product, qty, discount),)))
        fields = self[sold] = line_fields(line)
        return fields
