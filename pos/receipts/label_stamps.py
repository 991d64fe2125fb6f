"""How a price tag and a shelf card are drawn on sheets of A4, in mm from their own upper left corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.money import rupiah
from pos.receipts.fonts import text_width
from pos.receipts.label_text import Label, code_bars, qr_rows
from pos.receipts.setting import cut_off, fitting, paragraph
from pos.receipts.sheet import Shape, Stamp, Words
from pos.receipts.svg import Polygon, polygons

TAG = (64, 33.9)  # mm
CARD = (99, 67.7)

_EDGE = 3.4  # mm of paper around what a tag says
_BARS = 29.0  # mm, the usual width of the bars
_THINNEST = 0.19  # mm a module may be narrow: a 300 dpi printer has two dots for it
_LOGO = 4.8  # mm
_QR, _QR_LETTERS = 11.0, 106  # mm of the code on a tag; so many letters have modules of 0.3 mm
_CARD_EDGE, _CARD_BARS, _CARD_QR, _CARD_LETTERS = 5.0, 38.0, 24.0, 500


def tag_stamps(label: Label) -> Iterator[Stamp]:
    """A price tag; with a story it has a QR code in place of the sign."""
    wide = TAG[0] - 2 * _EDGE
    beside = (_QR if label.story else _LOGO) + 3
    if label.story:
        yield from _qr(label, (TAG[0] - _EDGE - _QR, 2.4), _QR, _QR_LETTERS)
    else:
        yield Shape(TAG[0] - _EDGE - _LOGO, 3.4, _LOGO / 48, polygons("lambang-lapak-hitam"))
    size, lines = paragraph(label.name, "Bold", wide - beside, ((9.5, 2),))
    for below, line in enumerate(lines):
        yield Words(_EDGE, 5.7 + below * 4.1, line, size, "Bold")
    base = 5.7 + len(lines) * 4.1
    room = wide - beside if label.story else wide
    size, (maker, *_more) = paragraph(label.maker, "Medium", room, ((7, 1), (6.2, 1), (5.6, 1)))
    yield Words(_EDGE, base, maker, size, color="text2")
    if label.told:
        size, lines = _facts(label.told, wide, ((6.2, 1), (5.2, 2)))
        base = max(base + 2.5, 17.9 - (len(lines) - 1) * 2 if label.story else 0)
        for below, line in enumerate(lines):
            yield Words(_EDGE, base + below * 2, line, size)
    yield from _code_and_price(label)


def card_stamps(label: Label) -> Iterator[Stamp]:
    """A shelf card: read by who stands before it, with the story and its QR code."""
    wide = CARD[0] - 2 * _CARD_EDGE
    yield Shape(CARD[0] - _CARD_EDGE - 6.4, 4.6, 6.4 / 48, polygons("lambang-lapak-hitam"))
    size, lines = paragraph(label.name, "ExtraBold", wide - 9, ((15, 1), (12.5, 2)))
    base = 9.8
    for line in lines:
        yield Words(_CARD_EDGE, base, line, size, "ExtraBold")
        base += 5.4
    yield Words(_CARD_EDGE, base, cut_off(label.maker, "Bold", 8.6, wide), 8.6, "Bold", "text2")
    left = CARD[0] - _CARD_EDGE - _CARD_QR
    yield from _qr(label, (left, 22.5), _CARD_QR, _CARD_LETTERS)
    room = left - _CARD_EDGE - 4
    if label.story:
        size, lines = paragraph(label.story, "Medium", room, ((8.8, 5), (7.6, 6), (6.8, 7)))
        for below, line in enumerate(lines):
            yield Words(_CARD_EDGE, base + 6 + below * size * 0.43, line, size)
    if label.told:
        size, lines = _facts(label.told, room, ((7, 2), (6, 3)))
        for below, line in enumerate(reversed(lines)):
            yield Words(_CARD_EDGE, 50.6 - below * 2.7, line, size, "Bold")
    price = rupiah(label.price)
    size = fitting(price, "ExtraBold", 22, 44)
    yield Words(CARD[0] - _CARD_EDGE, 62.4, price, size, "ExtraBold", align="right")
    most = wide - text_width(price, "ExtraBold", size) - 4
    width = min(max(_CARD_BARS, sum(code_bars(label.code)) * _THINNEST), most)
    yield from _bars(label.code, (_CARD_EDGE, 53.4), width, 8.4)


def _facts(told: Sequence[str], room: float, steps: Sequence[tuple[float, int]]) -> tuple[float, list[str]]:
    """The facts with dots between, each whole on one line, in the first of `steps` (pt, most lines) that
    holds them; where none does the last facts are left out.
    """
    for count in range(len(told), 0, -1):
        for size, most in steps:
            lines = _packed(told[:count], size, room)
            if len(lines) <= most:
                return size, lines
    return size, lines[:1]


def _packed(told: Sequence[str], size: float, room: float) -> list[str]:
    lines = [cut_off(told[0], "Bold", size, room)]
    for one in told[1:]:
        longer = f"{lines[-1]} · {one}"
        if text_width(longer, "Bold", size) <= room:
            lines[-1] = longer
        else:
            lines.append(cut_off(one, "Bold", size, room))
    return lines


def _code_and_price(label: Label) -> Iterator[Stamp]:
    """The bars with the price beside them; long codes take the room up to the price."""
    price = rupiah(label.price)
    size = fitting(price, "ExtraBold", 12.5, 30)
    most = TAG[0] - 2 * _EDGE - text_width(price, "ExtraBold", size) - 2.5
    width = min(max(_BARS, sum(code_bars(label.code)) * _THINNEST), most)
    yield from _bars(label.code, (_EDGE, 18.6), width, 9.0)
    yield Words(TAG[0] - 3.6, 29.8, price, size, "ExtraBold", align="right")


def _bars(code: str, at: tuple[float, float], width: float, high: float) -> Iterator[Stamp]:
    """A barcode with what it says below."""
    modules = code_bars(code)
    module = width / sum(modules)
    edges: list[Polygon] = []
    x, tall = 0, high / module
    for place, wide in enumerate(modules):
        if place % 2 == 0:
            edges.append(((x, 0.0), (x + wide, 0.0), (x + wide, tall), (x, tall)))
        x += wide
    yield Shape(*at, module, tuple(edges), "#000000")
    words = cut_off(code, "Bold", 6, width)
    yield Words(at[0] + width / 2, at[1] + high + 3.3, words, 6, "Bold", align="center")


def _qr(label: Label, at: tuple[float, float], side: float, most: int) -> Iterator[Stamp]:
    rows = qr_rows(label, most)
    dark = tuple(
        ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    yield Shape(*at, side / len(rows), dark, "#000000")
