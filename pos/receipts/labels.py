"""Price labels: 24 on a sheet of A4 (DESIGN.md chapter 8), or one by one on a roll.

What a scanner reads is the barcode that the goods bear already, otherwise their code in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pos.errors import Refused
from pos.model import Institution, Product
from pos.money import Rupiah, rupiah
from pos.receipts.blocks import Barcode, Block, Gap, Rule, Slip, centred, printable
from pos.receipts.code128 import bars
from pos.receipts.ean13 import ean_bars, is_ean13
from pos.receipts.fonts import text_width
from pos.receipts.setting import cut_off, fitting, paragraph
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Words
from pos.receipts.svg import polygons
from pos.text import _

WIDTH, HEIGHT = 210, 297  # mm
COLUMNS, ROWS = 3, 8
PER_SHEET = COLUMNS * ROWS
LABEL = (64, 33.9)  # mm
MOST_SHIFT = 3.0  # mm, either way: printers do not all begin at the same place
MOST_LABELS = 5_000
MOST_ON_ROLL = 100

_LEFT, _TOP, _GAP = 7, 12.9, 2  # mm: of the first label, and between columns
_EDGE = 3.4  # mm of paper around what a label says
_BARS = 29.0  # mm, the usual width of the bars
_BAR_HEIGHT = 9.0  # mm
_THINNEST = 0.19  # mm a module may be narrow: a 300 dpi printer has two dots for it
_LOGO = 4.8  # mm


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label."""

    name: str
    maker: str
    code: str
    price: Rupiah


@dataclass(frozen=True, slots=True)
class Placing:
    """How labels lie on the sheet: moved by `right` and `down` mm, beginning at label `start` (from 1).

    `guides` draws where they are cut, for the eye: on real label paper they are not printed.
    """

    right: float = 0
    down: float = 0
    start: int = 1
    guides: bool = False


def labels_of(
    products: Mapping[str, Product], makers: Mapping[str, Institution], counts: Mapping[str, int]
) -> list[Label]:
    """As many labels of each product (by SKU) as `counts` says, in its order.

    Raises Refused for an unknown SKU, or more labels than anybody means.
    """
    if not 0 < sum(counts.values()) <= MOST_LABELS or min(counts.values(), default=0) < 0:
        raise Refused(_("Choose from 1 to {most} labels.").format(most=MOST_LABELS))
    found: list[Label] = []
    for sku, count in counts.items():
        product = products.get(sku)
        if product is None:
            raise Refused(_("'{sku}' is not in the catalogue.").format(sku=sku[:40]))
        maker = makers.get(product.institution)
        made_by = _("Made at {institution}").format(institution=maker.short if maker else product.institution)
        label = Label(
            printable(product.name), printable(made_by), product.barcode or product.sku, product.price
        )
        found += [label] * count
    return found


def label_sheets(labels: Sequence[Label], placing: Placing = Placing()) -> tuple[Sheet, ...]:
    """The sheets of A4 that hold these labels. Raises Refused for a placing that a sheet does not have."""
    if not 1 <= placing.start <= PER_SHEET:
        raise Refused(_("A sheet has labels 1 to {most}.").format(most=PER_SHEET))
    if max(abs(placing.right), abs(placing.down)) > MOST_SHIFT:
        raise Refused(_("Labels can be moved by up to {most} mm.").format(most=3))
    places = list(enumerate(labels, placing.start - 1))
    pages: list[Sheet] = []
    for page in range(places[-1][0] // PER_SHEET + 1):
        here = [(place % PER_SHEET, label) for place, label in places if place // PER_SHEET == page]
        stamps = tuple(stamp for place, label in here for stamp in _on_sheet(place, label, placing))
        pages.append(Sheet(_("Labels"), WIDTH, HEIGHT, stamps))
    return tuple(pages)


def label_slip(label: Label, columns: int = 32) -> Slip:
    """The label for a roll, its bars as wide as the head's dots allow."""
    blocks: tuple[Block, ...] = (
        *centred(label.name, columns, bold=True),
        *centred(label.maker, columns),
        Gap(),
        Barcode(label.code, code_bars(label.code)),
        *centred(label.code, columns),
        *centred(rupiah(label.price), columns, bold=True),
    )
    return Slip(label.name, columns, blocks)


def label_roll(labels: Sequence[Label], columns: int = 32) -> Slip:
    """All labels on one strip of the roll, with a line between two to cut along.

    Raises Refused for more than MOST_ON_ROLL: no page of a PDF is longer.
    """
    if len(labels) > MOST_ON_ROLL:
        raise Refused(
            _("A roll takes up to {most} labels at a time.").format(most=MOST_ON_ROLL),
            _("Print them in several parts, or on A4."),
        )
    blocks: list[Block] = []
    for place, label in enumerate(labels):
        blocks += [Gap(), Rule(), Gap()] if place else []
        blocks += label_slip(label, columns).blocks
    return Slip(_("Labels"), columns, tuple(blocks))


def code_bars(code: str) -> tuple[int, ...]:
    """EAN-13 where the code is one, Code 128 of everything else."""
    return ean_bars(code) if is_ean13(code) else bars(code)


def _on_sheet(place: int, label: Label, placing: Placing) -> Iterator[Stamp]:
    row, column = divmod(place, COLUMNS)
    left = _LEFT + column * (LABEL[0] + _GAP) + placing.right
    top = _TOP + row * LABEL[1] + placing.down
    if placing.guides:
        yield Frame(left, top, *LABEL, "borderStrong", 0.2, 2.2, dotted=True)
    yield Shape(left + LABEL[0] - _EDGE - _LOGO, top + 3.4, _LOGO / 48, polygons("lambang-lapak-hitam"))
    room = LABEL[0] - 2 * _EDGE - _LOGO - 3
    size, lines = paragraph(label.name, "Bold", room, ((9.5, 2),))
    for below, line in enumerate(lines):
        yield Words(left + _EDGE, top + 5.7 + below * 4.1, line, size, "Bold")
    maker = cut_off(label.maker, "Medium", 7, LABEL[0] - 2 * _EDGE)
    yield Words(left + _EDGE, top + 5.7 + len(lines) * 4.1, maker, 7, color="text2")
    yield from _code_and_price(left, top, label)


def _code_and_price(left: float, top: float, label: Label) -> Iterator[Stamp]:
    """The bars with the price beside them; long codes take the room up to the price."""
    price = rupiah(label.price)
    size = fitting(price, "ExtraBold", 12.5, 30)
    modules = code_bars(label.code)
    most = LABEL[0] - 2 * _EDGE - text_width(price, "ExtraBold", size) - 2.5
    width = min(max(_BARS, sum(modules) * _THINNEST), most)
    module = width / sum(modules)
    edges, x = [], 0
    for place, wide in enumerate(modules):
        if place % 2 == 0:
            edges.append(((x, 0.0), (x + wide, 0.0), (x + wide, 1.0), (x, 1.0)))
        x += wide
    tall = tuple(tuple((x, y * _BAR_HEIGHT / module) for x, y in bar) for bar in edges)
    yield Shape(left + _EDGE, top + 18.6, module, tall, "#000000")
    code = cut_off(label.code, "Bold", 6, width)
    yield Words(left + _EDGE + width / 2, top + 30.9, code, 6, "Bold", align="center")
    yield Words(left + LABEL[0] - 3.6, top + 29.8, price, size, "ExtraBold", align="right")
