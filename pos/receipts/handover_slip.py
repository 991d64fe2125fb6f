"""The slip of a hand-over: which documents of a laptop were given, and where its chain ends with them.

Signed on paper it anchors the chain: whoever has it can tell later whether something was cut off or written
anew. All figures come from the chain up to the last document that was handed over, so it can be printed again
at any time, and the office can draw the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from pos.errors import Refused
from pos.handed import HandOver
from pos.ledger import Ledger, devices
from pos.money import plain, rupiah
from pos.practice import no_payment
from pos.receipts.blocks import Barcode, Block, Code, Gap, Rule, Slip, Text, centred, printable, rows
from pos.receipts.code128 import bars
from pos.receipts.slip import WIDE, Origin, head, last_mark
from pos.targets import name_of
from pos.text import _, clock_time


def hand_over_slip(ledger: Ledger, done: HandOver, *, columns: int = 48, copy: int = 0) -> Slip:
    """The slip; `columns` 48 or 32, `copy` 0 for the original, otherwise the copy's number.

    Raises Refused for a chain of which this ledger does not know whose it is.
    """
    with ledger.read() as conn:
        device = devices(conn).get(done.device)
    if device is None:
        raise Refused(_("The document of this paper is not in this ledger."))
    marks = list(filter(None, [no_payment(device)]))
    if copy:
        marks.append(_("COPY no. {number}, {time}").format(number=copy, time=clock_time(ledger.clock.now())))
    origin = Origin(device, {}, "", tuple(marks))
    blocks = (
        *head(origin, columns),
        *_title(columns),
        *rows(_("No. {number}").format(number=done.receipt), "", columns),
        *rows(f"{done.at:%d/%m/%Y} {clock_time(done.at)}", "", columns),
        *(rows(_("To: {target}").format(target=name_of(done.target)), "", columns) if done.target else ()),
        Rule(),
        *_figures(done, columns),
        Rule(),
        *_chain(done, columns),
        *_codes(done, columns),
        Rule(),
        *_signatures(columns),
        *last_mark(origin),
    )
    return Slip(done.receipt, columns, blocks)


def _title(columns: int) -> Iterator[Block]:
    for row in centred(_("PROOF OF HAND-OVER"), columns * 5 // 8, bold=True):
        yield Text(row.left, bold=True, align="center", large=True)


def _figures(done: HandOver, columns: int) -> Iterator[Text]:
    first, last = done.numbers
    yield from rows(_("Laptop"), done.device, columns)
    yield from rows(_("Documents"), plain(done.figures.documents), columns)
    yield from rows(_("First document"), "1", columns)
    yield from rows(_("Last document"), plain(done.seq), columns)
    if first:
        yield from rows(_("First receipt"), first, columns)
        yield from rows(_("Last receipt"), last, columns)
    yield from rows(_("Receipts"), plain(done.figures.sales), columns)
    yield from rows(_("TOTAL"), rupiah(done.figures.total), columns, large=True, bold=True)
    yield from rows(_("Net of returns and cancelled sales."), "", columns)


def _chain(done: HandOver, columns: int) -> Iterator[Block]:
    """The head of the chain in groups of 8 hex digits."""
    text = done.hash.upper()
    groups = [text[place : place + 8] for place in range(0, len(text), 8)]
    each = 4 if columns >= WIDE else 2
    yield Text(_("End of the chain"))
    for place in range(0, len(groups), each):
        yield Text(" ".join(groups[place : place + each]), align="center")
    yield Gap()
    yield from centred(_("Read back at the target and found the same."), columns)


def _codes(done: HandOver, columns: int) -> Iterator[Block]:
    """The number as bars; everything that the office compares as a QR code."""
    import segno

    found = done.figures
    told = (done.device, done.seq, done.hash.upper(), found.documents, found.sales, found.total)
    code = segno.make(f"LAPAK H1 {' '.join(map(str, told))}", error="m", boost_error=False, micro=False)
    modules = tuple(bytes(row) for row in code.matrix)
    check = f"{told[2][:4]} {told[2][4:8]}"
    yield Gap()
    yield Barcode(done.receipt, bars(done.receipt))
    yield Text(done.receipt, align="center")
    yield Gap()
    if columns >= WIDE:
        yield Code(modules, _("Check code"), check)
    else:  # there is no room beside it
        yield Code(modules, "", "")
        yield Text(f"{_('Check code')} {check}", bold=True, align="center")


def _signatures(columns: int) -> Iterator[Block]:
    gave, took = printable(_("Handed over by")), printable(_("Received by"))
    dots = f"({'.' * (columns // 2 - 4)})"
    yield Text(gave, took)
    yield from (Gap(),) * 6
    yield Text(dots, dots)
