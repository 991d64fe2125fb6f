"""The papers of goods on consignment for the roll: 80 and 58 mm."""

from __future__ import annotations

from collections.abc import Iterator

from pos.ledger import Ledger, devices
from pos.model import Device
from pos.money import plain, rupiah
from pos.practice import practice_word, proves_nothing
from pos.receipts.blocks import Band, Barcode, Block, Code, Gap, Logo, Mark, Rule, Slip, Text, centred, rows
from pos.receipts.code128 import bars
from pos.receipts.consignment import quantity
from pos.receipts.letter import marks_of
from pos.receipts.slip import HEADLINE, code_modules
from pos.stock_slips import Item, StockSlip, kind_name
from pos.text import _, clock_time


def consignment_slip(ledger: Ledger, slip: StockSlip, *, columns: int = 48, copy: int = 0) -> Slip:
    """The paper of a slip, `columns` characters wide; `copy` is 0 for the original.

    Everything on it comes from the slip's own document.
    """
    with ledger.read() as conn:
        device = devices(conn)[slip.device]
    blocks = (
        *_head(slip, device, marks_of(device, ledger.clock, copy), columns),
        Rule(),
        *(row for item in slip.items for row in _goods(slip, item, columns)),
        Rule(),
        *_foot(slip, device, columns),
    )
    return Slip(slip.receipt, columns, blocks)


def _head(slip: StockSlip, device: Device, marks: tuple[str, ...], columns: int) -> Iterator[Block]:
    titles = {
        "received": _("CONSIGNMENT RECEIPT"),
        "returned": _("GOODS GIVEN BACK"),
        "counted": _("STOCK COUNT"),
    }
    title = titles.get(slip.kind, _("WRITTEN OFF: {kind}").format(kind=kind_name(slip.kind).upper()))
    yield from (Mark(text) for text in marks)
    yield Logo()
    yield from centred(device.event.name.upper(), min(HEADLINE, columns), bold=True)
    yield from centred(" · ".join(part for part in (device.event.office, device.name) if part), columns)
    yield Band()
    yield from centred(title, columns, bold=True)
    if slip.corrects:
        yield from centred(_("Correction of {number}").format(number=slip.corrected), columns)
    moment = f"{slip.at:%d/%m/%Y} {clock_time(slip.at)}"
    yield from rows(_("No. {number}").format(number=slip.receipt), moment, columns)
    yield from rows(slip.institution_name, "", columns, bold=True)
    for label, words in ((_("Letter no."), slip.letter), (_("By"), slip.partner), (_("Cause"), slip.reason)):
        if words:
            yield from rows(f"{label}: {words}", "", columns)


def _goods(slip: StockSlip, item: Item, columns: int) -> Iterator[Text]:
    yield from rows(item.name, "", columns)
    if slip.kind == "counted":
        told = _("{expected} by the books, {counted} counted").format(
            expected=plain(item.expected), counted=plain(item.counted)
        )
        yield from rows(told, f"+{plain(item.qty)}" if item.qty > 0 else plain(item.qty), columns, indent=2)
        return
    yield from rows(quantity(item.unit, item.qty), plain(abs(item.value)), columns, indent=2)
    if item.batch or item.expires:
        expires = f"{item.expires:%d/%m/%Y}" if item.expires else ""
        words = " · ".join(part for part in (item.batch, expires) if part)
        yield from rows(words, "", columns, indent=2)


def _foot(slip: StockSlip, device: Device, columns: int) -> Iterator[Block]:
    yield from rows(_("TOTAL"), rupiah(slip.value), columns, bold=True)
    yield Gap()
    yield Text(_("Signatures"))
    for name, unit in ((slip.partner, slip.institution_name), (slip.cashier_name, device.name)):
        yield Gap()
        yield Gap()
        yield Gap()
        yield Text("." * (columns * 2 // 3))
        yield from rows(" · ".join(part for part in (name, unit) if part), "", columns)
    yield Gap()
    yield Barcode(slip.receipt, bars(slip.receipt))
    yield Text(slip.receipt, align="center")
    yield Gap()
    yield Code(code_modules(slip), _("Check code"), f"{slip.code[:4]} {slip.code[4:]}")
    if said := proves_nothing(practice_word(device)):
        yield Gap()
        yield Mark(said)
