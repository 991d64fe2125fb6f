"""Slips: sales as they stand on paper, and how they enter the ledger, each once."""

from __future__ import annotations

import gc
import marshal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

from sqlalchemy import Connection, select

from pos import journal
from pos.cart import Cart, CartLine, sold_lines
from pos.checkout import line_fields, next_number, sale_fields
from pos.errors import BadDocument
from pos.journal import Checked, Head, Stamp
from pos.ledger import Ledger
from pos.model import Device, Fields, Product
from pos.money import Rupiah
from pos.payments import settle
from pos.second import Pipes, packed, second_process, unpacked
from pos.tables import DEVICE, PAYMENT, SALE, SALE_LINE

SALES_AT_ONCE = 2_500  # sales whose documents are in memory together
WORTH_BYTES = 3_000_000  # of the file that tells them; for fewer, a second process takes longer than it saves
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


def help_for(path: Path) -> AbstractContextManager[Pipes | None]:
    """A second process that makes documents for `enter`, when the file with the slips is worth it."""
    with suppress(OSError):  # whoever reads it tells why he cannot
        if path.stat().st_size >= WORTH_BYTES:
            return second_process(_make)
    return nullcontext()


def enter(
    conn: Connection,
    ledger: Ledger,
    slips: Sequence[Slip],
    goods: Mapping[str, Product],
    help_with: Pipes | None,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Append the slips to the journal, numbered behind the last receipt of this laptop.

    `goods` are the products by SKU. `progress` hears of slips stored and slips in all.
    """
    _known, number = next_number(conn, ledger.own().code, CART)
    work = _Work(ledger.own(), goods, number, journal.head(conn, ledger.own().code))
    done = 0
    for made in _everything_made(work, slips, ledger.clock.uptime_ms, help_with):
        journal.store(conn, made)
        done += len(made.docs)
        if progress:
            progress(done, len(slips))


@dataclass(frozen=True, slots=True)
class _Work:
    """Slips become documents of `device` behind `known`, numbered from `number`."""

    device: Device
    goods: Mapping[str, Product]
    number: int
    known: Head

    def made(self, parts: Iterable[tuple[int, Sequence[Slip]]]) -> Iterator[Checked]:
        """The documents, some at a time; each part has the machine's uptime in ms."""
        bodies, number = _Bodies(self.device.booth, self.goods), self.number

        def papers() -> Iterator[list[tuple[Stamp, Fields]]]:
            nonlocal number
            for up_ms, slips in parts:
                yield [(Stamp(slip.at, up_ms), bodies.sale(slip, number + n)) for n, slip in enumerate(slips)]
                number += len(slips)

        return journal.make(self.device.code, "sale", papers(), self.known)


_Parts = Iterator[tuple[int, Sequence[Slip]]]


def _everything_made(
    work: _Work, slips: Sequence[Slip], uptime_ms: Callable[[], int], help_with: Pipes | None
) -> Iterator[Checked]:
    """The documents of all slips, as far as it comes by the second process, and the rest by this one."""

    def parts(first: int) -> _Parts:
        for start in range(first, len(slips), SALES_AT_ONCE):
            yield uptime_ms(), slips[start : start + SALES_AT_ONCE]

    done, known = 0, work.known
    for made in _made_aside(work, parts(0), help_with) if help_with else ():
        yield made
        done, known = done + len(made.docs), made.head
    yield from replace(work, number=work.number + done, known=known).made(parts(done))


def _made_aside(work: _Work, parts: _Parts, pipes: Pipes) -> Iterator[Checked]:
    """What the second process makes of the parts, until the last or until it ends."""
    sender = Thread(target=_send, args=(pipes, work, parts), daemon=True)
    sender.start()
    with suppress(EOFError, OSError):
        while parcel := pipes.coming.recv_bytes():
            yield unpacked(work.device.code, marshal.loads(parcel))  # noqa: S302 - from our own process
    sender.join()


def _send(pipes: Pipes, work: _Work, parts: _Parts) -> None:
    """Beside the storing, for the pipe holds less than a part. Ends when the second process does."""
    with suppress(OSError):
        pipes.going.send(work)
        for up_ms, slips in parts:
            told = [(s.receipt, s.row, s.at, s.cashier, s.method, s.total, s.lines) for s in slips]
            pipes.going.send_bytes(marshal.dumps((up_ms, told)))
        pipes.going.send_bytes(b"")


def _make(pipes: Pipes) -> None:
    """In the second process: a batch for each part, and an empty message behind the last."""
    gc.disable()  # as for the import

    def parts() -> _Parts:
        while part := pipes.coming.recv_bytes():
            up_ms, told = marshal.loads(part)  # noqa: S302 - from our own process
            yield up_ms, [Slip(*slip) for slip in told]

    # Whoever imports meets what is wrong with a document, too, and tells it.
    with suppress(BadDocument, EOFError, OSError):
        work: _Work = pipes.coming.recv()
        for made in work.made(parts()):
            pipes.going.send_bytes(marshal.dumps(packed(made)))
        pipes.going.send_bytes(b"")


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
