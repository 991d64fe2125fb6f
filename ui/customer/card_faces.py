"""The buyer's screen between two sales: the welcome, and the thanks with the change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from pos.model import Device
from pos.money import rupiah
from pos.practice import practice_word
from pos.text import _, ngettext
from ui.customer import words as say
from ui.customer.faces import Maker, Thanks
from ui.customer.ground import line_color, paint_band, paint_card, paint_ground, paint_sample_mark
from ui.customer.lettering import balanced, face_font, figure, fits, words
from ui.pictures import illustration
from ui.theme import Theme
from ui.till.lettering import CENTER

CARD = (900, 458)  # px of the design
INSIDE = 820  # of that for text
MOST_MAKERS = 3
GAP = 72  # between two columns


class _Line(NamedTuple):
    """One line of a column, `below` px of the design under the column's top; amounts are never cut."""

    below: int
    text: str
    font: QFont
    color: QColor
    amount: bool = False


def paint_welcome(painter: QPainter, area: QRect, theme: Theme, device: Device) -> None:
    """Emblem, exhibition, booth, and whose work is sold here."""
    px, card = theme.px, _paint_stage(painter, area, theme, practice_word(device))
    large, ink = face_font(theme, "customerTotal", 46), theme.color("onRailActive")
    title = balanced(device.event.name, large, px(INSIDE))
    top = card.top() + (card.height() - px(248 + 56 * len(title))) // 2
    _paint_emblem(painter, card, theme, top)
    top += px(94)
    for line in title:
        words(painter, _across(card, theme, top, 56), line, large, ink, CENTER)
        top += px(56)
    booth = face_font(theme, "heading", 26, 600)
    words(painter, _across(card, theme, top + px(4), 36), device.name, booth, theme.color("onRail"), CENTER)
    _paint_divider(painter, card, theme, top + px(64))
    _paint_text(painter, _across(card, theme, top + px(88), 32), say.welcome(), theme)


def paint_thanks(painter: QPainter, area: QRect, theme: Theme, thanks: Thanks, practice: str) -> None:
    """Emblem, thanks, the change or what was paid, and whose work it was."""
    px, card = theme.px, _paint_stage(painter, area, theme, practice)
    _paint_emblem(painter, card, theme, card.top() + px(44))
    large = face_font(theme, "customerTotal", 56)
    ink = theme.color("onRailActive")
    words(painter, _across(card, theme, card.top() + px(134), 72), _("Thank you"), large, ink, CENTER)
    text = balanced(say.gratitude(), face_font(theme, "bodyLarge", 22), px(560))
    _paint_text(painter, _across(card, theme, card.top() + px(209), 32), text, theme)
    _paint_divider(painter, card, theme, card.top() + px(299))
    columns = [_money(thanks, theme)]
    if thanks.makers:
        columns.append(_makers(thanks.makers, theme))
    _paint_columns(painter, card, theme, card.top() + px(324), columns)


def _paint_stage(painter: QPainter, area: QRect, theme: Theme, practice: str) -> QRectF:
    """Ground, bands and card, with the mark of practice data if there is one; returns the card."""
    paint_ground(painter, area, theme, 0.11)
    paint_band(painter, area, theme, "top", 48)
    paint_band(painter, area, theme, "bottom", 48)
    card = QRectF(0, 0, theme.px(CARD[0]), theme.px(CARD[1]))
    card.moveTopLeft(
        QPointF(
            area.left() + (area.width() - int(card.width())) // 2,
            area.top() + (area.height() - int(card.height())) // 2,
        )
    )
    paint_card(painter, card, theme)
    if practice:
        paint_sample_mark(painter, card.right() - theme.px(28), card.top() + theme.px(28), theme, practice)
    return card


def _across(card: QRectF, theme: Theme, top: float, height: int) -> QRectF:
    """A line of text in the middle of the card, `height` px of the design high."""
    side = (card.width() - theme.px(INSIDE)) / 2
    return QRectF(card.left() + side, top, card.width() - 2 * side, theme.px(height))


def _paint_emblem(painter: QPainter, card: QRectF, theme: Theme, top: float) -> None:
    side = theme.px(76)
    emblem = illustration("lambang-lapak-gelap", side, side, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(int(card.center().x() - side / 2), top), emblem)


def _paint_text(painter: QPainter, box: QRectF, lines: Sequence[str], theme: Theme) -> None:
    font = face_font(theme, "bodyLarge", 22)
    for line in lines:
        words(painter, box, line, font, theme.color("onRail"), CENTER)
        box.translate(0, theme.px(32))


def _paint_divider(painter: QPainter, card: QRectF, theme: Theme, y: float) -> None:
    width = theme.px(634)
    painter.fillRect(QRectF(int(card.center().x() - width / 2), y, width, 1), line_color(theme))


def _money(thanks: Thanks, theme: Theme) -> list[_Line]:
    """The change and what it is from; without change what was paid."""
    pale, bright = theme.color("onRail"), theme.color("onRailActive")
    large, small = face_font(theme, "amount", 42), face_font(theme, "bodyLarge", 18, 600)
    if not thanks.change:
        return [
            _Line(15, say.paid(thanks), small, pale),
            _Line(49, rupiah(thanks.total), large, bright, amount=True),
        ]
    return [
        _Line(15, _("Change"), small, pale),
        _Line(49, rupiah(thanks.change), large, bright, amount=True),
        _Line(88, say.handed_over(thanks), face_font(theme, "bodyLarge", 17), pale, amount=True),
    ]


def _makers(makers: tuple[Maker, ...], theme: Theme) -> list[_Line]:
    """Whose work it was; of many the first ones by name."""
    named = makers if len(makers) <= MOST_MAKERS else makers[: MOST_MAKERS - 1]
    more = len(makers) - len(named)
    font, small = face_font(theme, "title", 22), face_font(theme, "bodyLarge", 18, 600)
    pale, bright = theme.color("onRail"), theme.color("onRailActive")
    room = theme.px((INSIDE - GAP) // 2)
    names = [maker.name if fits(maker.name, font, room) else maker.short for maker in named]
    first, step = (49, 30) if len(makers) < MOST_MAKERS else (45, 27)
    lines = [_Line(first + step * place, name, font, bright) for place, name in enumerate(names)]
    if more:
        others = ngettext("and {count} more", "and {count} more", more).format(count=more)
        lines.append(_Line(first + step * len(lines), others, small, pale))
    return [_Line(15, _("The work of"), small, pale), *lines]


def _paint_columns(
    painter: QPainter, card: QRectF, theme: Theme, top: float, columns: list[list[_Line]]
) -> None:
    """Columns beside each other in the middle, each as wide as its text if the card allows."""
    gap, room = theme.px(GAP), theme.px(INSIDE)
    gaps = gap * (len(columns) - 1)
    widths = _shares([max(_width(line) for line in column) for column in columns], room - gaps)
    left = card.center().x() - (sum(widths) + gaps) / 2
    for width, column in zip(widths, columns, strict=True):
        for below, text, font, color, amount in column:
            box = QRectF(left, top + theme.px(below - 20), width, theme.px(40))
            (figure if amount else words)(painter, box, text, font, color, CENTER)
        left += width + gap


def _shares(widths: list[int], room: int) -> list[int]:
    """The widths of one or two columns within `room` px: the narrower has what it needs, up to half."""
    if sum(widths) <= room:
        return widths
    least = min(*widths, room // len(widths))
    return [least if width == min(widths) else room - least for width in widths]


def _width(line: _Line) -> int:
    return QFontMetrics(line.font).horizontalAdvance(line.text) + 1
