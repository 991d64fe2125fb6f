"""The receipt without paper: its text in one QR code, which any phone reads without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos.ledger import Ledger
from pos.model import Line, Sale
from pos.money import plain, rupiah
from pos.payments import METHODS, method_name
from pos.receipts.escpos import plain_letters
from pos.receipts.slip import Origin, origin_of
from pos.text import _, clock_time, ngettext
from pos.weight import counted, pieces

# Bytes that version 22 holds at level M (ISO/IEC 18004, table 7): with its quiet zone 113 modules across,
# which are 3 px each on the smallest window. A phone's camera cannot tell more of them apart on a screen.
MOST = 779


@dataclass(frozen=True, slots=True)
class QrReceipt:
    """What the code holds; `summed`: the lines were too many, and only what they come to is in it."""

    title: str
    text: str
    summed: bool


def qr_receipt(ledger: Ledger, sale: Sale) -> QrReceipt:
    """The receipt of a sale as text: where, number, time, lines, total, how it was paid, kode periksa.

    Plain letters, for phones guess how others are coded. Raises Refused as the slip does.
    """
    origin = origin_of(ledger, sale)
    whole = _text(sale, origin, [_line(line) for line in sale.lines])
    if len(whole) <= MOST:
        return QrReceipt(sale.receipt, whole, summed=False)
    return QrReceipt(sale.receipt, _text(sale, origin, _summed(sale)), summed=True)


def _text(sale: Sale, origin: Origin, goods: list[str]) -> str:
    rows = [*origin.marks, *_head(sale, origin), *goods, *_foot(sale)]
    return "\n".join(plain_letters(row) for row in rows)


def _head(sale: Sale, origin: Origin) -> Iterator[str]:
    yield origin.device.event.name
    yield f"{origin.device.name}, {origin.unit(origin.device.institution).short}"
    yield f"{sale.receipt}  {sale.at:%d/%m/%Y} {clock_time(sale.at)}"


def _line(line: Line) -> str:
    return f"{counted(line.unit, line.qty)} {line.name} {plain(line.qty * line.price)}"


def _summed(sale: Sale) -> list[str]:
    count = sum(pieces(line.unit, line.qty) for line in sale.lines)
    said = ngettext("{count} item, the lines are on paper", "{count} items, the lines are on paper", count)
    return [f"{said.format(count=plain(count))} {plain(sum(line.qty * line.price for line in sale.lines))}"]


def _foot(sale: Sale) -> Iterator[str]:
    if sale.discount:
        yield f"{_('Discount')} {plain(-sale.discount)}"
    yield f"{_('TOTAL')} {rupiah(sale.total)}"
    for payment in sale.payments:
        yield f"{method_name(payment.method)} {payment.reference}".strip() + f" {plain(payment.tendered)}"
    if any(METHODS[one.method].gives_change for one in sale.payments if one.method in METHODS):
        yield f"{_('CHANGE')} {plain(sale.change)}"
    yield f"{_('Check code')} {sale.code[:4]} {sale.code[4:]}"
