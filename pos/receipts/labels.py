"""Price tags and shelf cards: 24 or 8 on a sheet of A4 (DESIGN.md chapter 8), or one by one on a roll."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from pos.errors import Refused
from pos.money import rupiah
from pos.receipts.blocks import Barcode, Block, Code, Gap, Rule, Slip, Text, centred, rows
from pos.receipts.label_stamps import CARD, TAG, card_stamps, tag_stamps
from pos.receipts.label_text import Label, code_bars, qr_rows
from pos.receipts.sheet import Frame, Sheet, Stamp
from pos.text import _

WIDTH, HEIGHT = 210, 297  # mm
MOST_SHIFT = 3.0  # mm, either way: printers do not all begin at the same place
_ROLL_LETTERS = 150  # of the QR code on a roll: 34 mm wide

Kind: TypeAlias = Literal["tag", "card"]


class Form(NamedTuple):
    """How labels of a kind lie on A4: so many side by side and below each other, their size, the place of the
    first and the gap between columns in mm; and how many go on a roll at a time.
    """

    columns: int
    rows: int
    size: tuple[float, float]
    first: tuple[float, float]
    gap: float
    on_roll: int

    @property
    def per_sheet(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows


FORMS: Mapping[Kind, Form] = MappingProxyType(
    {
        "tag": Form(3, 8, TAG, (7, 12.9), 2, 100),
        "card": Form(2, 4, CARD, (5, 13.1), 2, 30),
    }
)


@dataclass(frozen=True, slots=True)
class Placing:
    """How labels lie on the sheet: moved by `right` and `down` mm, beginning at label `start` (from 1).

    `guides` draws where they are cut, for the eye: on real label paper they are not printed.
    """

    right: float = 0
    down: float = 0
    start: int = 1
    guides: bool = False


def label_sheets(
    labels: Sequence[Label], placing: Placing = Placing(), kind: Kind = "tag"
) -> tuple[Sheet, ...]:
    """The sheets of A4 that hold these labels. Raises Refused for a placing that a sheet does not have."""
    form = FORMS[kind]
    most = form.per_sheet
    if not 1 <= placing.start <= most:
        raise Refused(_("A sheet has labels 1 to {most}.").format(most=most))
    if max(abs(placing.right), abs(placing.down)) > MOST_SHIFT:
        raise Refused(_("Labels can be moved by up to {most} mm.").format(most=3))
    draw = {"tag": tag_stamps, "card": card_stamps}[kind]
    drawn = {label: tuple(draw(label)) for label in dict.fromkeys(labels)}
    pages: dict[int, list[Stamp]] = {}
    for place, label in enumerate(labels, placing.start - 1):
        page, here = divmod(place, most)
        pages.setdefault(page, []).extend(_on_sheet(here, drawn[label], form, placing))
    return tuple(Sheet(_("Labels"), WIDTH, HEIGHT, tuple(stamps)) for stamps in pages.values())


def label_slip(label: Label, columns: int = 32, kind: Kind = "tag") -> Slip:
    """The label for a roll, its bars as wide as the head's dots allow."""
    draw = {"tag": _tag_blocks, "card": _card_blocks}[kind]
    return Slip(label.name, columns, tuple(draw(label, columns)))


def label_roll(labels: Sequence[Label], columns: int = 32, kind: Kind = "tag") -> Slip:
    """All labels on one strip of the roll, with a line between two to cut along.

    Raises Refused for more than go on one: no page of a PDF is longer, and no printer remembers as much.
    """
    most = FORMS[kind].on_roll
    if len(labels) > most:
        raise Refused(
            _("A roll takes up to {most} labels at a time.").format(most=most),
            _("Print them in several parts, or on A4."),
        )
    blocks: list[Block] = []
    for place, label in enumerate(labels):
        blocks += [Gap(), Rule(), Gap()] if place else []
        blocks += label_slip(label, columns, kind).blocks
    return Slip(_("Labels"), columns, tuple(blocks))


def _tag_blocks(label: Label, columns: int) -> Iterator[Block]:
    yield from centred(label.name, columns, bold=True)
    yield from centred(label.maker, columns)
    for told in label.told:
        yield from centred(told, columns)
    yield Gap()
    yield from _code_blocks(label, columns)
    yield from centred(rupiah(label.price), columns, bold=True)


def _card_blocks(label: Label, columns: int) -> Iterator[Block]:
    yield from rows(label.name, "", columns, large=True, bold=True)
    yield from rows(label.maker, "", columns)
    yield Gap()
    if label.story:
        yield from rows(label.story, "", columns)
        yield Gap()
    for told in label.told:
        yield from rows(told, "", columns)
    yield Gap()
    yield Code(qr_rows(label, _ROLL_LETTERS), "", "")
    yield Gap()
    yield from _code_blocks(label, columns)
    yield Gap()
    yield Text(rupiah(label.price), bold=True, align="center", large=True)


def _code_blocks(label: Label, columns: int) -> Iterator[Block]:
    yield Barcode(label.code, code_bars(label.code))
    yield from centred(label.code, columns)


def _on_sheet(place: int, stamps: Sequence[Stamp], form: Form, placing: Placing) -> Iterator[Stamp]:
    """A label's marks at its place."""
    row, column = divmod(place, form.columns)
    width, height = form.size
    left = form.first[0] + column * (width + form.gap) + placing.right
    top = form.first[1] + row * height + placing.down
    if placing.guides:
        yield Frame(left, top, width, height, "borderStrong", 0.2, 2.2, dotted=True)
    for stamp in stamps:
        yield replace(stamp, x=stamp.x + left, y=stamp.y + top)
