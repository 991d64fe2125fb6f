"""The buyer's screen while shopping: on the left what is in the cart, on the right what it costs."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath

from pos.model import Device
from pos.money import rupiah
from pos.practice import practice_word
from pos.text import _
from ui.customer import words as say
from ui.customer.faces import Bought, Paying, Qris, Shopping
from ui.customer.ground import (
    paint_band,
    paint_ground,
    paint_sample_mark,
    paint_watermark,
    sample_width,
)
from ui.customer.lettering import SMALLEST, face_font, figure, words
from ui.marks import paint_diamond
from ui.pictures import illustration
from ui.qr import QUIET, modules, paint_qr
from ui.theme import Theme, load_theme
from ui.till.lettering import CENTER, RIGHT, two_lines, write

MOST_ROWS = 5
HIGH = 768  # px of the design
PANEL = 560  # px of the design: the right side
SIDE = 40
ROW = 105
HEAD, FOOT = 112, 112  # above and below the rows
CODE = 380  # the code with its quiet zone, a little more or less as whole px per module allow


def paint_shopping(
    painter: QPainter, area: QRect, theme: Theme, face: Shopping | Paying, device: Device
) -> None:
    """Both sides; `theme` is at the scale of the screen."""
    left = QRect(area.topLeft(), QSize(area.width() - theme.px(PANEL), area.height()))
    right = area.adjusted(left.width(), 0, 0, 0)
    painter.fillRect(left, theme.color("bg"))
    paint_ground(painter, right, theme, 0.09)
    paint_band(painter, right, theme, "bottom", 36)
    if isinstance(face, Paying):
        _paint_list(painter, left, theme, face.shopping, device)
        _paint_code_side(painter, right, theme, face, practice_word(device))
    else:
        _paint_list(painter, left, theme, face, device)
        middle = right.center().y() - theme.px(30)
        _paint_amount(painter, right, theme, middle, (_("Total"), rupiah(face.total)))


def rows_in_sight(height: int, theme: Theme, shopping: Shopping) -> range:
    """Which lines a screen of `height` px shows: five at most, the newest of them as the last."""
    room = (height - theme.px(HEAD + FOOT)) // theme.px(ROW)
    most = max(1, min(room, MOST_ROWS))
    first = max(0, shopping.newest - most + 1)
    return range(first, min(first + most, len(shopping.lines)))


def _paint_list(painter: QPainter, area: QRect, theme: Theme, shopping: Shopping, device: Device) -> None:
    px = theme.px
    inner = area.adjusted(px(SIDE), 0, -px(SIDE), 0)
    shown = rows_in_sight(area.height(), theme, shopping)
    hidden = len(shopping.lines) - len(shown)
    note = say.range_of(shown.start + 1, shown.stop, len(shopping.lines)) if hidden else ""
    _paint_head(painter, inner, theme, device, note)
    top = area.top() + px(HEAD)
    _paint_rule(painter, inner, top, theme)
    for number in shown:
        row = QRect(inner.left(), top, inner.width(), px(ROW))
        _paint_row(painter, row, theme, shopping.lines[number])
        top += px(ROW)
        _paint_rule(painter, inner, top, theme)
    foot = QRectF(inner.left(), area.bottom() + 1 - px(91), inner.width(), px(28))
    ink = theme.color("text2")
    words(painter, foot, say.summary(shopping), face_font(theme, "bodyLarge", 20, 600), ink)
    foot.translate(0, px(30))
    paint_diamond(painter, QPointF(foot.left() + px(5), foot.center().y()), theme)
    foot.setLeft(foot.left() + px(18))
    words(painter, foot, say.mission(), face_font(theme, "bodyLarge", 15), ink)


def _paint_head(painter: QPainter, inner: QRect, theme: Theme, device: Device, note: str) -> None:
    """Emblem, title, where we are; on the right which lines are in sight, and the mark of practice data."""
    px = theme.px
    name = "lambang-lapak-gelap" if theme.mode == "dark" else "lambang-lapak"
    ratio = painter.device().devicePixelRatioF()
    emblem = illustration(name, px(52), px(52), ratio)
    painter.drawPixmap(inner.left(), inner.top() + px(37), emblem)
    title = QRectF(inner.left() + px(66), inner.top() + px(34), inner.width() - px(66), px(36))
    place = QRectF(title.left(), inner.top() + px(67), title.width(), px(24))
    small = face_font(theme, "bodyLarge", 16)
    if note:
        words(painter, place, note, small, theme.color("text2"), RIGHT)
        place.setRight(place.right() - QFontMetrics(small).horizontalAdvance(note) - px(16))
    if word := practice_word(device):
        paint_sample_mark(painter, title.right(), title.top(), theme, word)
        title.setRight(title.right() - sample_width(theme, word) - px(16))
    words(painter, title, _("Your shopping"), face_font(theme, "heading", 28), theme.color("text"))
    words(painter, place, say.place(device), small, theme.color("text2"))


def _paint_row(painter: QPainter, row: QRect, theme: Theme, bought: Bought) -> None:
    px, ink = theme.px, theme.color("text")
    _paint_picture(painter, QRect(row.left(), row.top() + px(15), px(76), px(76)), theme, bought.image)
    left = row.left() + px(94)
    sum_font, total = face_font(theme, "price", 22), rupiah(bought.total)
    taken = min(QFontMetrics(sum_font).horizontalAdvance(total), (row.right() - left) // 2)
    box = QRectF(row.right() + 1 - taken, row.top(), taken, row.height() + px(3))
    figure(painter, box, total, sum_font, ink, RIGHT)
    room = row.right() + 1 - taken - px(20) - left
    large, small = face_font(theme, "title", 22), face_font(theme, "title", 18)
    if QFontMetrics(large).horizontalAdvance(bought.name) <= room:
        write(painter, QRectF(left, row.top() + px(26), room, px(30)), bought.name, large, ink)
        top = row.top() + px(55)
    else:
        top = row.top() + px(14)
        for line in two_lines(bought.name, QFontMetrics(small), room):
            words(painter, QRectF(left, top, room, px(25)), line, small, ink)
            top += px(25)
        top += px(2)
    font = face_font(theme, "bodyLarge", 17)
    detail = say.detail(bought)
    if QFontMetrics(font).horizontalAdvance(detail) > room:
        detail = say.detail(bought, short=True)
    words(painter, QRectF(left, top, room, px(24)), detail, font, theme.color("text2"))


def _paint_picture(painter: QPainter, box: QRect, theme: Theme, image: str) -> None:
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(box), theme.radius("tile"), theme.radius("tile"))
    painter.fillPath(shape, theme.illustration_background(image))
    width, height = box.width(), box.width() * 96 // 120  # the illustrations' box
    drawing = illustration(image, width, height, painter.device().devicePixelRatioF())
    painter.drawPixmap(box.left(), box.bottom() + 1 - height - theme.px(6), drawing)
    if theme.mode == "dark":
        painter.fillPath(shape, QColor(0, 0, 0, 26))  # 10 %: DESIGN.md chapter 2


def _paint_rule(painter: QPainter, inner: QRect, y: int, theme: Theme) -> None:
    painter.fillRect(QRect(inner.left(), y, inner.width(), 1), theme.color("border"))


def _paint_amount(painter: QPainter, panel: QRect, theme: Theme, middle: int, what: tuple[str, str]) -> None:
    """A word and an amount, the amount's middle at `middle`."""
    px = theme.px
    inner = QRectF(panel.left() + px(SIDE), 0, panel.width() - 2 * px(SIDE), px(78))
    inner.moveTop(middle - px(39))
    word, amount = what
    above = QRectF(inner.left(), middle - px(67), inner.width(), px(30))
    words(painter, above, word, face_font(theme, "bodyLarge", 20, 600), theme.color("onRail"), CENTER)
    figure(painter, inner, amount, theme.font("customerTotal"), theme.color("onRailActive"), CENTER)


def _paint_code_side(painter: QPainter, panel: QRect, theme: Theme, paying: Paying, practice: str) -> None:
    """Amount, card with the code, and what to do with it; in the middle of a higher screen."""
    px, qris = theme.px, paying.qris
    top = panel.top() + (panel.height() - px(HIGH)) // 2
    _paint_amount(painter, panel, theme, top + px(99), (say.due(paying), rupiah(qris.amount)))
    side = _code_side(qris.payload, theme, painter.device().devicePixelRatioF())
    card = QRect(0, top + px(156), side, _head_height(theme) + side)
    card.moveLeft(panel.left() + (panel.width() - card.width()) // 2)
    _paint_code_card(painter, card, theme, qris, practice)
    text = QRectF(panel.left() + px(24), card.bottom() + 1 + px(20), panel.width() - 2 * px(24), px(28))
    ink = theme.color("onRailActive")
    words(painter, text, say.how_to_scan(), face_font(theme, "title", 20), ink, CENTER)
    text.translate(0, px(28))
    hint = face_font(theme, "bodyLarge", 17) if qris.amount_inside else face_font(theme, "bodyLarge", 20, 700)
    ink = theme.color("onRail" if qris.amount_inside else "railAccent")
    words(painter, text, say.amount_hint(qris), hint, ink, CENTER)


def _paint_code_card(painter: QPainter, card: QRect, theme: Theme, qris: Qris, practice: str) -> None:
    """White in both modes: phones read dark on light."""
    paper = load_theme("light", theme.scale)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(card), theme.radius("hero"), theme.radius("hero"))
    painter.fillPath(shape, paper.color("surface"))
    code = card.adjusted(0, _head_height(theme), 0, 0)
    edge = code.width() * QUIET // (len(modules(qris.payload)) + 2 * QUIET)
    _paint_code_head(painter, card.adjusted(edge, 0, -edge, 0), paper, qris)
    painter.save()
    painter.setClipPath(shape)
    paint_code(painter, code, qris.payload)
    if practice:
        paint_watermark(painter, code, paper, practice)
    painter.restore()


def _paint_code_head(painter: QPainter, card: QRect, paper: Theme, qris: Qris) -> None:
    """Above the code and as wide: whose it is."""
    px = paper.px
    head = QRectF(card.left(), card.top() + px(13), card.width(), _head_line(paper))
    brand = face_font(paper, "buttonLarge", 22)
    write(painter, head.translated(0, px(10)), "QRIS", brand, paper.color("text"))
    head.setLeft(head.left() + QFontMetrics(brand).horizontalAdvance("QRIS") + px(16))
    words(painter, head, qris.merchant, face_font(paper, "label", 16, 700), paper.color("text2"), RIGHT)
    if qris.nmid:
        head.translate(0, head.height())
        nmid = f"NMID: {qris.nmid}"
        words(painter, head, nmid, face_font(paper, "label", 13), paper.color("text2"), RIGHT)


def _head_line(theme: Theme) -> int:
    return max(theme.px(20), SMALLEST + 3)


def _head_height(theme: Theme) -> int:
    """What is above the code on the card: two lines, in px."""
    return 2 * _head_line(theme) + theme.px(12)


def _code_side(payload: str, theme: Theme, ratio: float) -> int:
    """The side of the code with its quiet zone in px, each module a whole number of the device's."""
    count = len(modules(payload)) + 2 * QUIET
    return math.ceil(count * max(1, round(theme.px(CODE) * ratio / count)) / ratio)


def paint_code(painter: QPainter, area: QRect, payload: str) -> None:
    """The code in whole px of the device, which at 125 % are not those of the painter."""
    ratio = painter.device().devicePixelRatioF()
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    corner = QPoint(round(area.left() * ratio), round(area.top() * ratio))
    paint_qr(painter, QRect(corner, QSize(int(area.width() * ratio), int(area.height() * ratio))), payload)
    painter.restore()
