"""The Z report as a sheet of A4 for the folder of the booth, with room for two signatures; see `z_report`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.catalog import institutions
from pos.closing import Closing
from pos.drawer_count import COINS, NOTES
from pos.ledger import Ledger, devices
from pos.model import Device, Institution
from pos.money import plain, rupiah
from pos.receipts.blocks import printable
from pos.receipts.fonts import text_width
from pos.receipts.setting import fitting, paragraph
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Stroke, Weight, Words
from pos.receipts.svg import painted, polygons
from pos.receipts.z_report import MINUS, Figure, figures, fingerprint, marks_of, paper_of, span_of, title_of
from pos.text import _, long_date

WIDTH, HEIGHT = 210, 297  # mm
LEFT, RIGHT = 14, 196  # mm: the edges of what is written
_MIDDLE = 108  # mm: where the right column begins
_STEP = 6.2  # mm from row to row
_SIZE = 10  # pt
_TOP = 56  # mm down: the first row of both columns


def closing_sheets(
    ledger: Ledger, closing: Closing, *, copy: int = 0, blind: bool = False
) -> tuple[Sheet, ...]:
    """The report of a shift on one page of A4; arguments as `closing_slip`."""
    with ledger.read() as conn:
        device = devices(conn)[closing.device]
    units = institutions(ledger)
    host = units.get(device.institution) or Institution(device.institution, device.institution, "")
    parts = figures(closing, blind=blind)
    watched = parts.pop()
    drawer = [] if blind else parts.pop()
    left, ended = _groups((*parts, watched), LEFT, _MIDDLE - 10)
    right, beside = _groups((drawer,) if drawer else (), _MIDDLE, RIGHT)
    counted, below = _count(closing, beside + 2) if closing.counts and not blind else ([], beside)
    foot = max(ended, below, 190) + 4
    stamps = (
        *_head(closing, device, host),
        *_marks(marks_of(ledger, closing, copy)),
        *left,
        *right,
        *counted,
        *_reason(closing, foot),
        *_chain(closing, foot + 16),
        *(_signatures(closing) if closing.number else ()),
    )
    return (Sheet(paper_of(closing), WIDTH, HEIGHT, stamps),)


def _head(closing: Closing, device: Device, host: Institution) -> Iterator[Stamp]:
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(LEFT, 11, 15 / 48, outlines, fill)
    title = title_of(closing)
    number = _("No. {number}").format(number=closing.paper) if closing.number else ""
    yield Words(RIGHT, 19, title, 17, "ExtraBold", "primary", "right")
    yield Words(RIGHT, 24.4, number, 10.2, "Bold", align="right")
    room = RIGHT - text_width(title, "ExtraBold", 17) - 5 - 33
    name = printable(device.event.name)
    yield Words(33, 15.2, name, fitting(name, "Bold", 12, room), "Bold")
    places = printable(" · ".join(place for place in (closing.report["booth_name"], host.name) if place))
    yield Words(33, 20, places, fitting(places, "Medium", 9.4, room), color="text2")
    said = printable(f"{long_date(closing.day)} · {span_of(closing)}")
    yield Words(33, 24.6, said, fitting(said, "Medium", 9.4, room + 20), color="text2")
    tile, motif = 5, polygons("motif-pucuk")  # mm: 42 of them are as wide as the sheet
    for place in range(0, WIDTH, tile):
        yield Shape(place, 29, tile / 24, motif, "gold")
    yield Stroke(0, 34.2, WIDTH, "gold", 0.5)


def _marks(marks: Sequence[str]) -> Iterator[Stamp]:
    if marks:
        text = "  ·  ".join(marks)
        yield Frame(LEFT, 38, RIGHT - LEFT, 8, "danger", 0.5, 1.5)
        middle = (LEFT + RIGHT) / 2
        yield Words(middle, 43.4, text, fitting(text, "Bold", 11, 170), "Bold", "danger", "center")


def _groups(parts: Sequence[Sequence[Figure]], left: float, right: float) -> tuple[list[Stamp], float]:
    """Rows of label and value between `left` and `right`, lines between groups; and where they end in mm."""
    stamps: list[Stamp] = []
    base = float(_TOP)
    for part in parts:
        for label, value, bold in part:
            weight: Weight = "Bold" if bold else "Medium"
            taken = text_width(value, weight, _SIZE)
            size = fitting(label, weight, _SIZE, right - left - taken - 3)
            stamps.append(Words(left, base, label, size, weight, "text" if bold else "text2"))
            shown = value.replace(MINUS, "\u2212") if value.startswith(MINUS) else value
            stamps.append(Words(right, base, shown, _SIZE, weight, align="right"))
            base += _STEP
        stamps.append(Stroke(left, base - 3.6, right - left))
        base += 2.4
    return stamps, base


def _count(closing: Closing, top: float) -> tuple[list[Stamp], float]:
    """The pieces of the count that holds, and where they end, in mm."""
    last = closing.counts[-1]
    stamps: list[Stamp] = [Words(_MIDDLE, top + 2, _("Count of the drawer"), _SIZE, "Bold")]
    base = top + 2 + _STEP
    for value in (*NOTES, *COINS):
        if pieces := last.notes.get(value):
            counted = f"{plain(pieces)} × {plain(value)}"
            stamps.append(Words(_MIDDLE, base, counted, _SIZE, color="text2"))
            stamps.append(Words(RIGHT, base, plain(pieces * value), _SIZE, align="right"))
            base += _STEP
    stamps.append(Stroke(_MIDDLE, base - 3.6, RIGHT - _MIDDLE))
    stamps.append(Words(RIGHT, base + 2, rupiah(last.total), 12, "ExtraBold", align="right"))
    return stamps, base + 6


def _reason(closing: Closing, top: float) -> Iterator[Stamp]:
    if closing.reason:
        said = printable(_("Reason: {reason}").format(reason=closing.reason))
        size, lines = paragraph(said, "Medium", RIGHT - LEFT, ((10, 1), (9, 2)))
        for place, line in enumerate(lines):
            yield Words(LEFT, top + place * 5, line, size)
    if closing.approval and closing.approval.reason:
        allowed = printable(_("Allowed: {reason}").format(reason=closing.approval.reason))
        yield Words(LEFT, top + 10, allowed, fitting(allowed, "Medium", 9, RIGHT - LEFT), color="text2")


def _chain(closing: Closing, top: float) -> Iterator[Stamp]:
    yield Words(LEFT, top, _("Fingerprint of the chain"), 8.7, color="text2")
    groups = " ".join(fingerprint(closing))
    yield Words(LEFT, top + 4.6, groups, fitting(groups, "Bold", 9.4, RIGHT - LEFT), "Bold")


def _signatures(closing: Closing) -> Iterator[Stamp]:
    officer = printable(closing.report["officer"]) or "…" * 14
    names = (
        (49, _("Cashier"), printable(closing.report["cashier_name"])),
        (161, _("Head of the booth"), officer),
    )
    for middle, role, name in names:
        yield Words(middle, 246, role, _SIZE, align="center")
        yield Stroke(middle - 33, 272, 66, "text", 0.2)
        yield Words(middle, 277, name, fitting(name, "Bold", _SIZE, 66), "Bold", align="center")
