"""The slip: a receipt as blocks that know nothing of paper, PDF or screen; whatever shows one draws these."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal, TypeAlias

from pos.catalog import institutions
from pos.ledger import Ledger, devices
from pos.model import Device, Institution, Line, Sale
from pos.money import Rupiah, plain, rupiah
from pos.payments import METHODS, method_name
from pos.receipts.code128 import bars
from pos.staff import staff
from pos.text import _, clock_time, ngettext

LARGE = (8, 5)  # a large row is drawn 8/5 as wide and high, and so has 5/8 of the columns
HEADLINE = 24  # columns of the event's name, which is set in short lines
GRAM = "gram"  # the unit of goods sold by weight, shown as kg

# What the receipt fonts hold, one cell each: Latin-1, and the signs that people paste from elsewhere.
_OTHER = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u00ff\u02bb\u02bc\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2212]+"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One row, never wider than the slip's columns; `right` stands at its right edge."""

    left: str
    right: str = ""
    bold: bool = False
    align: Literal["left", "center"] = "left"
    large: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line over the whole width."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Half a row of nothing."""


@dataclass(frozen=True, slots=True)
class Band:
    """The motif over the whole width (illustrations/motif-pucuk.svg), 6 mm high on 80 mm paper."""


@dataclass(frozen=True, slots=True)
class Logo:
    """The mark of Lapak, centred (illustrations/lambang-lapak-hitam.svg), 12 mm on 80 mm paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A framed, bold, centred row that nobody overlooks: a sample, a copy."""

    text: str


@dataclass(frozen=True, slots=True)
class Barcode:
    """Code 128 of `text`; `bars` are widths of bars and spaces in turn, in modules, beginning with a bar."""

    text: str
    bars: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: rows of 0 (light) and 1 (dark) without quiet zone; beside it `label` and `text`."""

    rows: tuple[bytes, ...]
    label: str
    text: str


Block: TypeAlias = Text | Rule | Gap | Band | Logo | Mark | Barcode | Code


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on one receipt, from top to bottom; `columns` is its width in characters."""

    title: str
    columns: int
    blocks: tuple[Block, ...]


def sale_slip(ledger: Ledger, sale: Sale, *, columns: int = 48, copy: int = 0) -> Slip:
    """The receipt of a sale, `columns` (32 or more) characters wide: 48 on 80 mm paper, 32 on 58 mm.

    `copy` is 0 for the original; a higher number is printed with the time: copy no. 2, 14.32. Everything but
    the names of people and institutions comes from the sale's own document, never from today's catalogue.
    """
    with ledger.read() as conn:
        device = devices(conn)[sale.device]
    units = institutions(ledger)
    cashier = staff(ledger).get(sale.cashier)
    sample = Mark(_("SAMPLE - NOT A PROOF OF PAYMENT"))
    again = Mark(_("COPY no. {number}, {time}").format(number=copy, time=clock_time(ledger.clock.now())))
    blocks = (
        *((sample,) if device.sample else ()),
        *((again,) if copy else ()),
        *_head(device, columns),
        *rows(_("No. {number}").format(number=sale.receipt), _moment(sale), columns),
        *rows(_("Cashier {name}").format(name=cashier.name if cashier else sale.cashier), "", columns),
        Rule(),
        *(row for line in sale.lines for row in _line(line, units, columns)),
        Rule(),
        *_sums(sale, columns),
        Rule(),
        *_makers(sale, units, columns),
        Rule(),
        *_codes(sale),
        *_foot(columns),
        *((Gap(), sample) if device.sample else ()),
    )
    return Slip(sale.receipt, columns, blocks)


def rows(
    left: str, right: str, columns: int, *, indent: int = 0, large: bool = False, bold: bool = False
) -> list[Text]:
    """`left` wrapped at `columns`, `right` at the right edge of its last row.

    Where both do not fit, `right` stands alone on the next row: digits are never cut (domain.md 2.4).
    """
    width = columns * LARGE[1] // LARGE[0] if large else columns
    space = " " * indent
    lines = wrap(printable(left), width, initial_indent=space, subsequent_indent=space) or [""]
    if not right or len(lines[-1]) + 1 + len(right) <= width:
        *above, last = lines
    else:
        above, last = lines, ""
    return [
        *(Text(line, bold=bold, large=large) for line in above),
        Text(last, right, bold=bold, large=large),
    ]


def centred(text: str, columns: int, *, bold: bool = False) -> list[Text]:
    """`text` in as few centred rows as `columns` allows, of about the same length."""
    clean = printable(text)
    lines = wrap(clean, columns)
    width = len(clean) // max(len(lines), 1)
    while len(even := wrap(clean, max(width, 1))) > len(lines):
        width += 1
    return [Text(line, bold=bold, align="center") for line in even]


def printable(text: str) -> str:
    """`text` in characters that every receipt font holds, one cell each.

    A letter with a rare accent loses it; what has no likeness, such as an emoji, becomes one visible "?".
    """
    composed = unicodedata.normalize("NFC", text)
    plainer = (unicodedata.normalize("NFKD", c) if _OTHER.match(c) else c for c in composed)
    return _OTHER.sub("?", "".join(c for word in plainer for c in word if not unicodedata.combining(c)))


def _head(device: Device, columns: int) -> Iterator[Block]:
    yield Logo()
    yield from centred(device.event.name.upper(), min(HEADLINE, columns), bold=True)
    places = [place for place in (device.event.office, device.name) if place]
    both = " · ".join(places)
    for place in [both] if len(both) <= columns else places:
        yield from centred(place, columns)
    yield Band()


def _moment(sale: Sale) -> str:
    return f"{sale.at:%d/%m/%Y} {clock_time(sale.at)}"


def _line(line: Line, units: dict[str, Institution], columns: int) -> Iterator[Text]:
    maker = units[line.institution].short if line.institution in units else line.institution
    both = rows(f"{line.name} · {maker}", "", columns)
    yield from both if len(both) == 1 else rows(line.name, "", columns) + rows(maker, "", columns, indent=2)
    gross = line.qty * line.price
    if line.unit == GRAM:
        counted = f"{kilograms(line.qty)} kg x {plain(line.price * 1000)}"
    else:
        counted = f"{plain(line.qty)} x {plain(line.price)}"
    yield from rows(counted, plain(gross), columns, indent=2)
    if line.discount:
        percent, rest = divmod(line.discount * 100, gross)
        label = _("Discount") if rest else _("Discount {percent}%").format(percent=percent)
        yield from rows(label, plain(-line.discount), columns, indent=2)


def kilograms(grams: int) -> str:
    """`250` grams as `0,25`, without needless zeros."""
    whole, rest = divmod(grams, 1000)
    return f"{plain(whole)},{rest:03d}".rstrip("0").rstrip(",")


def _sums(sale: Sale, columns: int) -> Iterator[Text]:
    # Goods by weight count as one thing, whatever they weigh.
    count = sum(1 if line.unit == GRAM else line.qty for line in sale.lines)
    subtotal = ngettext("Subtotal ({count} item)", "Subtotal ({count} items)", count).format(
        count=plain(count)
    )
    yield from rows(subtotal, plain(sale.total + sale.discount), columns)
    if sale.discount:
        yield from rows(_("Discount"), plain(-sale.discount), columns)
    yield from rows(_("TOTAL"), rupiah(sale.total), columns, large=True, bold=True)
    for payment in sale.payments:
        way = f"{method_name(payment.method)} {payment.reference}".strip()
        yield from rows(way, plain(payment.tendered), columns)
    if any(METHODS[payment.method].gives_change for payment in sale.payments if payment.method in METHODS):
        yield from rows(_("CHANGE"), plain(sale.change), columns, bold=True)


def _makers(sale: Sale, units: dict[str, Institution], columns: int) -> Iterator[Text]:
    """What each institution made of this sale: of a bundle, each gets the share of its own parts."""
    sums: dict[str, Rupiah] = {}
    for line in sale.lines:
        shares = [(part.institution, part.amount) for part in line.parts]
        for maker, amount in shares or [(line.institution, line.total)]:
            sums[maker] = sums.get(maker, 0) + amount
    yield Text(_("Made by people in custody:"))
    for code, amount in sums.items():
        unit = units.get(code, Institution(code, code, code))
        full = rows(unit.name, plain(amount), columns, indent=1)
        yield from full if len(full) == 1 else rows(unit.short, plain(amount), columns, indent=1)


def _codes(sale: Sale) -> Iterator[Block]:
    yield Barcode(sale.receipt, bars(sale.receipt))
    yield Text(sale.receipt, align="center")
    yield Gap()
    yield Code(_qr(f"{sale.receipt} {sale.code}"), _("Check code"), f"{sale.code[:4]} {sale.code[4:]}")


def _qr(content: str) -> tuple[bytes, ...]:
    import segno

    # A fixed mask saves trying all eight, nine tenths of the time; error correction Q forgives creased paper.
    code = segno.make(content, error="q", mask=2, boost_error=False, micro=False)
    return tuple(bytes(row) for row in code.matrix)


def _foot(columns: int) -> Iterator[Block]:
    yield Gap()
    yield Text(_("Thank you."), bold=True, align="center")
    yield from centred(_("Your purchase supports the training of people in custody."), columns)
    yield Gap()
    yield from centred(_("Exchange within 1 day: bring this receipt to the same booth."), columns)
