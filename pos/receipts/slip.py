"""The slips of the roll: the receipt of a sale, and the paper of what came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from pos import journal
from pos.catalog import institutions
from pos.checkout import read_sale
from pos.ledger import Ledger, devices
from pos.model import Device, Institution, Line, Payment, Refund, Sale
from pos.money import Rupiah, plain, rupiah
from pos.payments import METHODS, method_name
from pos.practice import no_payment
from pos.receipts.blocks import (
    Band,
    Barcode,
    Block,
    Code,
    Gap,
    Logo,
    Mark,
    Rule,
    Slip,
    Text,
    centred,
    printable,
    rows,
)
from pos.receipts.code128 import bars
from pos.refunds import refunds_of
from pos.staff import staff
from pos.text import _, clock_time, ngettext
from pos.weight import counted, pieces, shown_price

HEADLINE = 24  # columns of the event's name, which is set in short lines
WIDE = 40  # columns from which a paper is wide: 80 mm


class Checked(Protocol):
    """A paper with a number and a kode periksa."""

    @property
    def receipt(self) -> str:
        """The number people see."""

    @property
    def code(self) -> str:
        """Kode periksa."""


class Paper(Protocol):
    """What a slip is drawn from: whose it is, its number and its kode periksa."""

    @property
    def device(self) -> str: ...  # noqa: D102
    @property
    def cashier(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> datetime: ...  # noqa: D102
    @property
    def receipt(self) -> str: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a paper comes from: the laptop, who makes what, who was at the till.

    `marks` are the words that nobody may overlook on it: a sample, a copy, a sale that was cancelled.
    """

    device: Device
    units: Mapping[str, Institution]
    cashier: str
    marks: tuple[str, ...]

    def unit(self, code: str) -> Institution:
        """An institution; a code without a name stands for itself."""
        return self.units.get(code) or Institution(code, code, code)


def origin_of(ledger: Ledger, paper: Paper, copy: int = 0) -> Origin:
    """The origin of a sale's or a refund's paper. Only names come from here, everything else is the paper's.

    `copy` is 0 for the original; a higher number is marked with the time: copy no. 2, 14.32.
    """
    with ledger.read() as conn:
        device = devices(conn)[paper.device]
        backs = refunds_of(conn, paper) if isinstance(paper, Sale) else []
    person = staff(ledger).get(paper.cashier)
    marks = list(filter(None, [no_payment(device)]))
    if copy:
        marks.append(_("COPY no. {number}, {time}").format(number=copy, time=clock_time(ledger.clock.now())))
    marks += [_("CANCELLED, {number}").format(number=back.receipt) for back in backs if back.void]
    return Origin(device, institutions(ledger), person.name if person else paper.cashier, tuple(marks))


def sale_slip(ledger: Ledger, sale: Sale, *, columns: int = 48, copy: int = 0) -> Slip:
    """The receipt of a sale, `columns` (32 or more) characters wide: 48 on 80 mm paper, 32 on 58 mm.

    `copy` as in `origin_of`. Everything but the names of people and institutions comes from the sale's own
    document, never from today's catalogue.
    """
    origin = origin_of(ledger, sale, copy)
    blocks = (
        *head(origin, columns),
        *about(sale, origin, columns),
        Rule(),
        *goods(sale.lines, origin, columns),
        Rule(),
        *_sums(sale.lines, sale.percent, columns),
        *rows(_("TOTAL"), rupiah(sale.total), columns, large=True, bold=True),
        *_paid(sale, columns),
        Rule(),
        *_makers(sale, origin, columns),
        Rule(),
        *codes(sale),
        *_foot(columns),
        *last_mark(origin),
    )
    return Slip(sale.receipt, columns, blocks)


def refund_slip(ledger: Ledger, refund: Refund, *, columns: int = 48, copy: int = 0) -> Slip:
    """The paper of goods and money that came back, with its own number and the sale's; as `sale_slip`."""
    origin = origin_of(ledger, refund, copy)
    title = _("CANCELLATION") if refund.void else _("RETURN")
    sale = _("Of receipt {number}").format(number=refund.receipt_of)
    reason = rows(_("Reason: {reason}").format(reason=refund.reason), "", columns) if refund.reason else []
    if refund.by:
        allowed = staff(ledger).get(refund.by)
        name = allowed.name if allowed else refund.by
        reason += rows(_("Allowed by {name}").format(name=name), "", columns)
    blocks = (
        *head(origin, columns),
        Text(title, bold=True, align="center", large=True),
        *about(refund, origin, columns),
        *rows(sale, "", columns),
        Rule(),
        *_returned(ledger, refund, origin, columns),
        Rule(),
        *_sums(refund.lines, 0, columns),
        *rows(_("MONEY BACK"), rupiah(refund.total), columns, large=True, bold=True),
        *(
            row
            for part in refund.payments
            for row in rows(
                f"{method_name(part.method)} {part.reference}".strip(), plain(part.amount), columns
            )
        ),
        *reason,
        Rule(),
        *codes(refund),
        *last_mark(origin),
    )
    return Slip(refund.receipt, columns, blocks)


def slip_of(ledger: Ledger, paper: Sale | Refund, *, columns: int = 48, copy: int = 0) -> Slip:
    """The slip of either."""
    if isinstance(paper, Sale):
        return sale_slip(ledger, paper, columns=columns, copy=copy)
    return refund_slip(ledger, paper, columns=columns, copy=copy)


def head(origin: Origin, columns: int) -> Iterator[Block]:
    """Event, office and booth, below the marks that nobody may overlook."""
    device = origin.device
    yield from (Mark(text) for text in origin.marks)
    yield Logo()
    yield from centred(device.event.name.upper(), min(HEADLINE, columns), bold=True)
    *above, last = centred(device.event.office, columns) or [Text("", align="center")]
    booth = printable(device.name)
    both = f"{last.left} · {booth}" if last.left else booth
    if len(both) <= columns:
        yield from (*above, replace(last, left=both))
    else:
        yield from (*above, last, *centred(booth, columns))
    yield Band()


def last_mark(origin: Origin) -> tuple[Block, ...]:
    """A sample says so at its end too, where a scissor may have cut off its head."""
    return (Gap(), Mark(origin.marks[0])) if origin.device.sample else ()


def about(paper: Paper, origin: Origin, columns: int) -> Iterator[Text]:
    """Number, time and cashier, in two rows also where it is narrow (DESIGN.md chapter 8)."""
    moment = f"{paper.at:%d/%m/%Y} {clock_time(paper.at)}"
    number = _("No. {number}").format(number=paper.receipt)
    cashier = printable(_("Cashier {name}").format(name=origin.cashier))
    if len(number) + 1 + len(moment) <= columns:
        yield from rows(number, moment, columns)
        yield from rows(cashier, "", columns)
        return
    first, *others = origin.cashier.split()[:2] or [""]
    short = printable(_("Cashier {name}").format(name=" ".join([first, *(f"{o[0]}." for o in others)])))
    yield from rows(paper.receipt, "", columns)
    if len(moment) + 1 + len(short) <= columns:
        yield Text(moment, short)
    else:
        yield Text(moment)
        yield from rows(cashier, "", columns)


def goods(lines: Sequence[Line], origin: Origin, columns: int) -> Iterator[Text]:
    """Each line with its quantity and what it comes to."""
    for line in lines:
        yield from _line(line, origin.unit(line.institution).short, columns)


def _returned(ledger: Ledger, refund: Refund, origin: Origin, columns: int) -> Iterator[Text]:
    """What came back; of a component of a bundle which one, of what cannot be sold again that."""
    bundles = _bundles(ledger, refund)
    for line, back in zip(refund.lines, refund.backs, strict=True):
        yield from _line(line, origin.unit(line.institution).short, columns)
        if back.part >= 0 and back.line in bundles:
            of = _("Out of {name}").format(name=bundles[back.line])
            yield from rows(of, "", columns, indent=2)
        if back.damaged:
            yield from rows(_("Damaged"), "", columns, indent=2)


def _bundles(ledger: Ledger, refund: Refund) -> dict[int, str]:
    """What the bundles of the sale are called, by the place of their line, where the sale is known here."""
    if all(back.part < 0 for back in refund.backs):
        return {}
    with ledger.read() as conn:
        doc = journal.document(conn, *refund.of)
    return {n: line.name for n, line in enumerate(read_sale(doc).lines)} if doc else {}


def _line(line: Line, maker: str, columns: int) -> Iterator[Text]:
    both = rows(f"{line.name} · {maker}", "", columns)
    yield from both if len(both) == 1 else rows(line.name, "", columns) + rows(maker, "", columns, indent=2)
    each = plain(shown_price(line.unit, line.price))
    yield from rows(
        f"{counted(line.unit, line.qty)} x {each}", plain(line.qty * line.price), columns, indent=2
    )
    own = line.discount - line.whole
    if own:
        label = _("Discount {percent}%").format(percent=line.percent) if line.percent else _("Discount")
        yield from rows(label, plain(-own), columns, indent=2)
    for part in line.parts:
        yield from rows(f"{plain(part.qty)} {part.name or part.sku}", "", columns, indent=4)
    if line.note:
        note = _("Greeting card: {note}") if line.parts else _("Note: {note}")
        yield from rows(note.format(note=line.note), "", columns, indent=2)


def _sums(lines: Sequence[Line], percent: int, columns: int) -> Iterator[Text]:
    """What the goods came to and what went off it: the lines' own discounts, then that on the whole.

    So the rows above the total add up to it. `percent` is what the discount on the whole was given as.
    """
    count = sum(pieces(line.unit, line.qty) for line in lines)
    subtotal = ngettext("Subtotal ({count} item)", "Subtotal ({count} items)", count).format(
        count=plain(count)
    )
    yield from rows(subtotal, plain(sum(line.qty * line.price for line in lines)), columns)
    whole = sum(line.whole for line in lines)
    own = sum(line.discount for line in lines) - whole
    if own:
        yield from rows(_("Discount"), plain(-own), columns)
    if whole:
        yield from rows(whole_label(percent), plain(-whole), columns)


def whole_label(percent: int) -> str:
    """What the discount on the whole sale is called; `percent` is 0 when it was given in Rupiah."""
    if percent:
        return _("Discount on the whole {percent}%").format(percent=percent)
    return _("Discount on the whole")


def _paid(sale: Sale, columns: int) -> Iterator[Text]:
    for payment in sale.payments:
        yield from rows(_way(payment), plain(payment.tendered), columns)
    if any(METHODS[payment.method].gives_change for payment in sale.payments if payment.method in METHODS):
        yield from rows(_("CHANGE"), plain(sale.change), columns, bold=True)


def _way(payment: Payment) -> str:
    return f"{method_name(payment.method)} {payment.reference}".strip()


def _makers(sale: Sale, origin: Origin, columns: int) -> Iterator[Text]:
    """What each institution made of this sale: of a bundle, each gets the share of its own parts.

    Narrow paper names them without their sums (DESIGN.md chapter 8).
    """
    sums: dict[str, Rupiah] = {}
    for line in sale.lines:
        shares = [(part.institution, part.amount) for part in line.parts]
        for maker, amount in shares or [(line.institution, line.total)]:
            sums[maker] = sums.get(maker, 0) + amount
    yield Text(_("Made by people in custody:"))
    for code, amount in sums.items():
        unit, share = origin.unit(code), plain(amount) if columns >= WIDE else ""
        full = rows(unit.name, share, columns, indent=1)
        yield from full if len(full) == 1 else rows(unit.short, share, columns, indent=1)


def codes(paper: Paper) -> Iterator[Block]:
    """Number and kode periksa, to be scanned and to be read."""
    yield Barcode(paper.receipt, bars(paper.receipt))
    yield Text(paper.receipt, align="center")
    yield Gap()
    yield Code(code_modules(paper), _("Check code"), f"{paper.code[:4]} {paper.code[4:]}")


def code_modules(paper: Checked) -> tuple[bytes, ...]:
    """The rows of the QR code that holds a paper's number and its kode periksa; see `Code`."""
    import segno

    # A fixed mask saves trying all eight, nine tenths of the time; error correction Q forgives creased paper.
    content = f"{paper.receipt} {paper.code}"
    code = segno.make(content, error="q", mask=2, boost_error=False, micro=False)
    return tuple(bytes(row) for row in code.matrix)


def _foot(columns: int) -> Iterator[Block]:
    yield Gap()
    yield Text(_("Thank you."), bold=True, align="center")
    yield from centred(_("Your purchase supports the training of people in custody."), columns)
    yield Gap()
    yield from centred(_("Exchange within 1 day: bring this receipt to the same booth."), columns)
