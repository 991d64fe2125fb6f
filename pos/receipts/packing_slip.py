"""The packing slip: what goes into each hamper of a sale and what its card says, for whoever packs it.

No money stands on it, and it says that it proves no payment.
"""

from __future__ import annotations

from collections.abc import Iterator

from pos.buyers import buyer_name
from pos.ledger import Ledger
from pos.model import Line, Sale
from pos.money import plain
from pos.receipts.blocks import Barcode, Block, Gap, Mark, Rule, Slip, Text, centred, printable, rows
from pos.receipts.code128 import bars
from pos.receipts.slip import origin_of
from pos.text import _, clock_time


def has_hampers(sale: Sale) -> bool:
    """Whether there is something to pack."""
    return any(line.parts for line in sale.lines)


def packing_slip(ledger: Ledger, sale: Sale, *, columns: int = 48, copy: int = 0) -> Slip:
    """The packing slip of a sale, `columns` (32 or more) characters wide, drawn from the stored sale.

    `copy` as in `slip.sale_slip`.
    """
    origin = origin_of(ledger, sale, copy)
    hampers = [line for line in sale.lines if line.parts]
    title = _("Packing slip {number}").format(number=sale.receipt)
    blocks: tuple[Block, ...] = (
        *(Mark(mark) for mark in origin.marks),
        Text(_("PACKING SLIP"), bold=True, align="center", large=True),
        *centred(f"{origin.device.event.name} · {origin.device.name}", columns),
        Mark(_("NOT A PROOF OF PAYMENT")),
        *_about(sale, columns),
        *_for_whom(sale, columns),
        *(block for line in hampers for block in _hamper(line, columns)),
        Rule(),
        Barcode(sale.receipt, bars(sale.receipt)),
        Text(sale.receipt, align="center"),
    )
    return Slip(title, columns, blocks)


def _about(sale: Sale, columns: int) -> list[Text]:
    """Number and time in one row, where it is narrow without more words."""
    number, moment = (
        _("No. {number}").format(number=sale.receipt),
        f"{sale.at:%d/%m/%Y} {clock_time(sale.at)}",
    )
    return rows(number if len(number) + len(moment) < columns else sale.receipt, moment, columns)


def _for_whom(sale: Sale, columns: int) -> Iterator[Text]:
    """The kind of buyer, and room for a name by hand: books keep none."""
    label = _("For:")
    if sale.buyer:
        yield from rows(f"{label} {buyer_name(sale.buyer)}", "", columns)
        label = _("Name:")
    yield Text(f"{label} {'.' * (columns - len(label) - 1)}")


def _hamper(line: Line, columns: int) -> Iterator[Block]:
    """How many of one kind, what goes into each with a box to tick, and the greeting, large."""
    yield Rule()
    yield from rows(f"{plain(line.qty)} x {line.name}", "", columns, large=True, bold=True)
    if line.qty > 1:
        yield from rows(_("Each of them holds:"), "", columns)
    for part in line.parts:
        yield from rows(f"[ ] {plain(part.qty // line.qty)} x {part.name or part.sku}", "", columns, indent=2)
    yield Gap()
    if line.note:
        yield Text(_("Greeting card:"))
        yield from rows(printable(line.note), "", columns, large=True)
    else:
        yield Text(_("No greeting card."))
