"""The figures and charts of the page of reports on paper: picture 07, told apart without colours as well.

Full is the period that is told, striped what still goes on, in outline what it is compared with; ways to pay
have a pattern each. What the bars come to stands over them or beside them. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pos.money import plain, rupiah, short_amount
from pos.receipts.blocks import printable
from pos.receipts.fonts import text_width
from pos.receipts.hatching import PATTERNS, Pattern, box_stamps
from pos.receipts.official import pill, rounded
from pos.receipts.setting import cut_off, fitting, lines_of
from pos.receipts.sheet import Frame, Shape, Stamp, Stroke, Words
from pos.reports.drawn import (
    Drawn,
    chart_marks,
    chart_said,
    chart_title,
    payments_told,
    scale_of,
    short_name,
    unit_name,
    unsold_told,
)
from pos.reports.overview import Bar, Best, Unit, Way
from pos.text import _, ngettext

_FIGURES = 21.0  # mm that the four figures take
_ACROSS = 200.0  # mm: paper that is wider lies across
_AXIS, _BELOW = 15.0, 5.0  # mm: the amounts beside the bars, the names below
_TITLE = 7.5  # mm from the title of a part to what is in it
_GAP = 8.0  # mm between two parts
_ROW, _BEST = 6.2, 9.6  # mm of a row of ways or institutions, of a best seller
_GREY, _OWN = 8.0, 5.6  # mm of a bar at most: the former one, the own before it
_WAY_COLORS = ("chart1", "chart2", "chart3", "chart4", "text3")
_LOOKS: dict[str, tuple[str, Pattern]] = {
    "chart1": ("chart1", "full"),
    "chart2": ("chart2", "slanted"),
    "sunken": ("text3", "open"),
}
_MOST_VALUES = 16  # bars that each have their value over them


class Part(NamedTuple):
    """Some marks, y from the top of the part on, and how high they are in mm."""

    stamps: tuple[Stamp, ...]
    height: float


def chart_parts(drawn: Drawn, left: float, width: float) -> list[Part]:
    """The parts of a page of figures one below the other, `width` mm wide: a page ends between two."""
    figures = _figures(drawn, left, width)
    if width > _ACROSS:  # as on the screen
        side = width * 0.36
        main = width - side - _GAP
        x = left + main + _GAP
        first = _below(_chart(drawn, (left, main), 38.0), _best(drawn, left, main))
        return [figures, _beside(first, _below(_ways(drawn, x, side), _units(drawn, x, side)))]
    half = (width - _GAP) / 2
    both = _beside(_ways(drawn, left, half), _units(drawn, left + half + _GAP, half))
    return [figures, _chart(drawn, (left, width), 46.0), both, _best(drawn, left, width)]


def _beside(one: Part, other: Part) -> Part:
    return Part((*one.stamps, *other.stamps), max(one.height, other.height))


def _below(one: Part, other: Part) -> Part:
    lower = (replace(stamp, y=stamp.y + one.height) for stamp in other.stamps)
    return Part((*one.stamps, *lower), one.height + other.height)


def _figures(drawn: Drawn, left: float, width: float) -> Part:
    """Four boxes, the first of which is the one that matters."""
    shares, gap = (1.3, 1.0, 1.05, 1.0), 3.0
    each = (width - gap * (len(shares) - 1)) / sum(shares)
    stamps: list[Stamp] = []
    x = left
    for place, (figure, share) in enumerate(zip(drawn.figures, shares, strict=True)):
        wide = each * share
        if place == 0:
            stamps.append(Shape(x, 0.0, 1, (rounded(wide, _FIGURES, 2.4),), "primarySoft"))
        stamps.append(Frame(x, 0.0, wide, _FIGURES, "primary" if place == 0 else "border", 0.25, 2.4))
        room = wide - 7
        stamps.append(Words(x + 3.5, 5.4, figure.name, 8.6, color="text2"))
        size = fitting(figure.value, "ExtraBold", 15 if place == 0 else 13.5, room)
        stamps.append(Words(x + 3.5, 12.4, figure.value, size, "ExtraBold"))
        for line, words in enumerate(_told_lines(figure.told, room)):
            stamps.append(Words(x + 3.5, 16.2 + line * 2.9, words, 6.6, color="text2"))
        x += wide + gap
    return Part(tuple(stamps), _FIGURES + _GAP + 2)


def _told_lines(words: str, room: float) -> list[str]:
    """In two lines at most."""
    first, *more = lines_of(printable(words), "Medium", 6.6, room)
    return [first, *([cut_off(" ".join(more), "Medium", 6.6, room)] if more else [])]


def _chart(drawn: Drawn, place: tuple[float, float], high: float) -> Part:
    """Bars of at most `high` mm; `place` is the left edge and the width."""
    view, (left, width) = drawn.view, place
    stamps: list[Stamp] = [_part_title(left, chart_title(view))]
    if said := chart_said(view):
        found = lines_of(said, "Medium", 8.6, width)
        stamps += [Words(left, _TITLE + n * 4.4, line, 8.6, color="text2") for n, line in enumerate(found)]
        return Part(tuple(stamps), _TITLE + len(found) * 4.4 + _GAP)
    stamps += _legend(drawn, left + width)
    step, lines = scale_of(view.bars)
    base, most = _TITLE + 3.0 + high, step * lines
    for line in range(lines + 1):
        y = base - high * line / lines
        stamps.append(Stroke(left + _AXIS, y, width - _AXIS, "border", 0.2))
        amount = short_amount(line * step)
        stamps.append(Words(left + _AXIS - 2, y + 1, amount, 7.2, color="text3", align="right"))
    slot = (width - _AXIS) / len(view.bars)
    largest = max(range(len(view.bars)), key=lambda n: view.bars[n].total)
    for number, bar in enumerate(view.bars):
        middle = left + _AXIS + (number + 0.5) * slot
        stamps += _bar(bar, (middle, base, slot), high / most)
        if bar.total > 0 and (len(view.bars) <= _MOST_VALUES or number == largest):
            over = base - high * bar.total / most - 1.2
            stamps += _value(short_amount(bar.total), (middle, over, slot), strong=number == largest)
    stamps += _names(view.bars, left + _AXIS, slot, base + 4)
    return Part(tuple(stamps), base + _BELOW + _GAP)


def _bar(bar: Bar, at: tuple[float, float, float], scale: float) -> Iterator[Stamp]:
    """The former amount in outline, the own one before it; `at` is the middle, the foot, and the room, all in
    mm, and `scale` mm a Rupiah.
    """
    middle, base, slot = at
    behind = bar.before is not None
    for amount, look, most in (
        (bar.before or 0, "sunken", min(_GREY, slot * 0.78)),
        (bar.total, "chart2" if bar.now else "chart1", min(_OWN if behind else _GREY, slot * 0.56)),
    ):
        if amount > 0:
            box = (middle - most / 2, base - amount * scale, most, amount * scale)
            if look != "sunken":
                yield from box_stamps(box, "#ffffff", "full")
            yield from box_stamps(box, *_LOOKS[look])


def _value(words: str, at: tuple[float, float, float], *, strong: bool) -> Iterator[Stamp]:
    """How much a bar comes to, over it, on white: it may stand before the outline of the former one."""
    x, base, slot = at
    size = 7.4 if strong else fitting(words, "Bold", 6.6, slot - 0.6)
    wide = text_width(words, "Bold", size) + 0.8
    yield from box_stamps((x - wide / 2, base - 2.2, wide, 2.8), "#ffffff", "full")
    yield Words(x, base, words, size, "Bold", align="center")


def _names(bars: Sequence[Bar], left: float, slot: float, base: float) -> Iterator[Stamp]:
    """Hours or days below the bars, as many as there is room for."""
    wide = max(text_width(short_name(bar), "Medium", 7.2) for bar in bars) + 1.5
    every = max(int(-(-wide // slot)), 1)
    for place in range(0, len(bars), every):
        x = left + (place + 0.5) * slot
        yield Words(x, base, short_name(bars[place]), 7.2, color="text2", align="center")


def _legend(drawn: Drawn, right: float) -> Iterator[Stamp]:
    """What full, striped and open bars are, from the right edge on."""
    for color, words in reversed(chart_marks(drawn.view, drawn.marks)):
        right -= text_width(words, "Medium", 7.8)
        yield Words(right, 0, words, 7.8, color="text2")
        right -= 4.6
        yield from box_stamps((right, -2.6, 3.2, 3.2), *_LOOKS[color])
        right -= 5


def _part_title(left: float, words: str) -> Words:
    return Words(left, 0, words, 11, "Bold")


def _ways(drawn: Drawn, left: float, width: float) -> Part:
    """One bar of all ways to pay, and a row of each."""
    stamps: list[Stamp] = [_part_title(left, _("Ways to pay"))]
    ways = drawn.view.ways
    if ways is None:
        words = _("Not known for one institution: a receipt may hold goods of several.")
        found = lines_of(words, "Medium", 8.6, width)
        stamps += [Words(left, _TITLE + n * 4.4, line, 8.6, color="text2") for n, line in enumerate(found)]
        return Part(tuple(stamps), _TITLE + len(found) * 4.4 + _GAP)
    stamps.append(Frame(left, 3.4, width, 5.6, "border", 0.2))
    x = left
    for place, way in enumerate(ways):
        wide = width * max(way.percent, 0) / 100
        stamps += box_stamps((x, 3.4, min(wide - 0.5, left + width - x), 5.6), *_way_look(place))
        x += wide
    base = 9.0
    for place, way in enumerate(ways):
        base += _ROW
        stamps += _way(place, way, (left, base, width))
    return Part(tuple(stamps), base + 2 + _GAP)


def _way_look(place: int) -> tuple[str, Pattern]:
    last = len(PATTERNS) - 1
    return _WAY_COLORS[min(place, last)], PATTERNS[min(place, last)]


def _way(place: int, way: Way, at: tuple[float, float, float]) -> Iterator[Stamp]:
    left, base, width = at
    yield from box_stamps((left, base - 2.6, 3.2, 3.2), *_way_look(place))
    yield Words(left + 5, base, cut_off(way.name, "Bold", 8.6, width - 68), 8.6, "Bold")
    yield Words(left + width - 36, base, payments_told(way), 8, color="text2", align="right")
    yield Words(left + width - 25, base, f"{way.percent}%", 8, color="text2", align="right")
    amount = rupiah(way.amount)
    yield Words(left + width, base, amount, fitting(amount, "Bold", 8.6, 24), "Bold", align="right")
    yield Stroke(left, base + 2, width, "border")


def _units(drawn: Drawn, left: float, width: float) -> Part:
    """The institutions that sold most, each with its bar and amount."""
    view = drawn.view
    stamps: list[Stamp] = [_part_title(left, _("Per institution"))]
    if told := unsold_told(view):
        stamps.append(Words(left + width, 0, told, 8, "Bold", "text2", "right"))
    if not view.units:
        nothing = _("Nothing was sold in these days.")
        return Part((*stamps, Words(left, _TITLE, nothing, 8.6, color="text2")), _TITLE + _GAP)
    most, base = max(1, *(unit.total for unit in view.units)), 1.4
    for unit in view.units:
        base += _ROW
        stamps += _unit(unit, most, (left, base, width))
    return Part(tuple(stamps), base + _GAP)


def _unit(unit: Unit, most: int, at: tuple[float, float, float]) -> Iterator[Stamp]:
    left, base, width = at
    bar = width * 0.28
    name = cut_off(printable(unit_name(unit)), "Bold", 8.4, width - bar - 30)
    yield Words(left, base, name, 8.4, "Bold")
    x = left + width - 26 - bar
    yield Frame(x, base - 2.5, bar, 2.8, "borderStrong", 0.15, 1.3)
    if unit.total > 0:
        yield Shape(x, base - 2.5, 1, (pill(max(bar * unit.total / most, 1.4), 2.8),), "primary")
    amount = rupiah(unit.total)
    yield Words(left + width, base, amount, fitting(amount, "Bold", 8.4, 24), "Bold", align="right")


def _best(drawn: Drawn, left: float, width: float) -> Part:
    """What sold best, in two columns as on the screen."""
    stamps: list[Stamp] = [_part_title(left, _("Best sellers"))]
    best = drawn.view.best
    if not best:
        nothing = _("Nothing was sold in these days.")
        return Part((*stamps, Words(left, _TITLE, nothing, 8.6, color="text2")), _TITLE + _GAP)
    half = (width - _GAP) / 2
    for place, one in enumerate(best):
        line, column = divmod(place, 2)
        stamps += _best_row(one, (left + column * (half + _GAP), _TITLE - 1.5 + line * _BEST, half))
    return Part(tuple(stamps), _TITLE + ((len(best) + 1) // 2) * _BEST - 1.5 + _GAP / 2)


def _best_row(one: Best, at: tuple[float, float, float]) -> Iterator[Stamp]:
    left, base, width = at
    yield Words(left, base + 1.8, plain(one.rank), 9, "Bold", "text2")
    yield Words(left + 6, base, cut_off(printable(one.name), "Bold", 8.6, width - 36), 8.6, "Bold")
    yield Words(left + 6, base + 3.8, cut_off(printable(one.maker), "Medium", 7.6, width - 36), 7.6)
    yield Words(left + width, base, rupiah(one.total), 8.6, "Bold", align="right")
    sold = ngettext("{count} sold", "{count} sold", one.qty).format(count=plain(one.qty))
    yield Words(left + width, base + 3.8, sold, 7.6, color="text2", align="right")
    yield Stroke(left, base + 5.8, width, "border")
