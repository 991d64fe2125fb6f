"""Papers of orders on the roll: the note of an order, and the receipt of money paid ahead for one."""

from __future__ import annotations

from collections.abc import Iterator

from pos.ledger import Ledger
from pos.model import Line
from pos.money import plain, rupiah
from pos.order_book import order_when
from pos.order_words import channel_name
from pos.payments import METHODS, method_name
from pos.preorder import Deposit, Order
from pos.receipts.blocks import Block, Gap, Rule, Slip, Text, centred, rows
from pos.receipts.slip import Origin, about, codes, goods, head, last_mark, origin_of
from pos.text import _, long_date


def order_slip(ledger: Ledger, order: Order, *, columns: int = 48, copy: int = 0) -> Slip:
    """The note of an order as it stands: what, for when and where, what was paid ahead and what is left.

    Drawn from its documents. `columns` and `copy` as in `slip.sale_slip`.
    """
    origin = origin_of(ledger, order, copy)
    blocks = (
        *head(origin, columns),
        *_title(_("ORDER"), columns),
        *about(order, origin, columns),
        *_who(order, columns),
        Rule(),
        *goods(order.lines, origin, columns),
        Rule(),
        *_total(order.lines, order.total, columns),
        *(row for one in order.deposits for row in _ahead(one, columns)),
        *rows(_("LEFT TO PAY"), rupiah(order.rest), columns, large=True, bold=True),
        Rule(),
        *_when(order, origin, columns),
        Rule(),
        *codes(order),
        *_no_proof(columns),
        *last_mark(origin),
    )
    return Slip(order.receipt, columns, blocks)


def deposit_slip(ledger: Ledger, deposit: Deposit, *, columns: int = 48, copy: int = 0) -> Slip:
    """The receipt of money paid ahead, or of its being given back: the total, what came, what is left, and
    when and where the goods can be fetched. As the order was then. `columns` and `copy` as in
    `slip.sale_slip`.
    """
    origin = origin_of(ledger, deposit, copy)
    with ledger.read() as conn:
        order = order_when(conn, deposit.order, deposit.revision)
    back = deposit.amount < 0
    total = deposit.total or order.total
    paid = deposit.before + deposit.amount
    blocks = (
        *head(origin, columns),
        *_title(_("DEPOSIT GIVEN BACK") if back else _("DEPOSIT RECEIPT"), columns),
        *about(deposit, origin, columns),
        *rows(_("For order {number}").format(number=order.receipt), "", columns),
        *_who(order, columns),
        Rule(),
        *goods(order.lines, origin, columns),
        Rule(),
        *rows(_("Order total"), plain(total), columns),
        *(rows(_("Paid before"), plain(deposit.before), columns) if deposit.before else ()),
        *rows(
            _("GIVEN BACK") if back else _("DEPOSIT"),
            rupiah(abs(deposit.amount)),
            columns,
            large=True,
            bold=True,
        ),
        *_paid(deposit, columns),
        *rows(_("LEFT TO PAY"), rupiah(total - paid), columns, bold=True),
        Rule(),
        *(() if back else _when(order, origin, columns)),
        *(() if back else (Rule(),)),
        *codes(deposit),
        *(() if back else _keep(columns)),
        *last_mark(origin),
    )
    return Slip(deposit.receipt, columns, blocks)


def _title(text: str, columns: int) -> Iterator[Block]:
    for row in centred(text, columns * 5 // 8, bold=True):
        yield Text(row.left, bold=True, align="center", large=True)


def _who(order: Order, columns: int) -> Iterator[Text]:
    if called := order.wish.contact.called:
        yield from rows(_("Ordered by {name}").format(name=called), "", columns)
    yield from rows(_("Came by: {channel}").format(channel=channel_name(order.wish.channel)), "", columns)


def _total(lines: tuple[Line, ...], total: int, columns: int) -> Iterator[Text]:
    off = sum(line.whole for line in lines)
    if off:
        yield from rows(_("Discount on the whole"), plain(-off), columns)
    yield from rows(_("TOTAL"), rupiah(total), columns, bold=True)


def _ahead(deposit: Deposit, columns: int) -> Iterator[Text]:
    way = method_name(deposit.method)
    label = (
        _("Deposit {day} · {method} · {number}")
        if deposit.amount > 0
        else _("Back {day} · {method} · {number}")
    )
    told = label.format(day=f"{deposit.at:%d/%m}", method=way, number=deposit.receipt)
    yield from rows(told, plain(-deposit.amount), columns)


def _paid(deposit: Deposit, columns: int) -> Iterator[Text]:
    way = f"{method_name(deposit.method)} {deposit.reference}".strip()
    yield from rows(way, plain(abs(deposit.tendered)), columns)
    if deposit.amount > 0 and METHODS[deposit.method].gives_change:
        yield from rows(_("CHANGE"), plain(deposit.tendered - deposit.amount), columns, bold=True)


def _when(order: Order, origin: Origin, columns: int) -> Iterator[Block]:
    wish = order.wish
    day = long_date(wish.due) if wish.due else _("Day not settled yet")
    clock = f", {wish.due_time:%H.%M}" if wish.due_time else ""
    delivered = wish.place == "delivery"
    what = _("Delivery: {when}") if delivered else _("To be fetched: {when}")
    yield from rows(what.format(when=f"{day}{clock}"), "", columns, bold=True)
    where = wish.contact.address if delivered else origin.device.name
    if where:
        yield from rows(_("Place: {place}").format(place=where), "", columns)
    if wish.contact.note:
        yield from rows(_("Note: {note}").format(note=wish.contact.note), "", columns)


def _keep(columns: int) -> Iterator[Block]:
    yield Gap()
    yield from centred(_("Bring this receipt when you fetch the order."), columns)


def _no_proof(columns: int) -> Iterator[Block]:
    yield Gap()
    yield from centred(_("This note is no proof of payment."), columns)
