"""The buyer's screen while the receipt is a code: as large as there is room, beside the thanks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from pos.money import rupiah
from pos.text import _
from ui.customer import words as say
from ui.customer.faces import Receipt, Thanks
from ui.customer.ground import line_color, paint_band, paint_card, paint_ground, paint_sample_mark
from ui.customer.lettering import balanced, face_font, figure, words
from ui.customer.shopping_face import paint_code
from ui.pictures import illustration
from ui.theme import Theme, load_theme
from ui.till.lettering import CENTER

EDGE = 84  # px of the design above and below
GAP = 40  # px of the design beside the card and the code
WIDEST = 46  # percent of the screen for the code
INSIDE = 28  # px of the design from the card's edge to its words
LINE = 34  # px of the design


def paint_receipt(painter: QPainter, area: QRect, theme: Theme, face: Receipt, practice: str) -> None:
    """Card and code side by side; a receipt of practice says so itself, in its first line."""
    px = theme.px
    paint_ground(painter, area, theme, 0.11)
    paint_band(painter, area, theme, "top", 48)
    paint_band(painter, area, theme, "bottom", 48)
    side = min(area.height() - 2 * px(EDGE), area.width() * WIDEST // 100)
    code = QRect(area.right() + 1 - px(GAP) - side, area.top() + (area.height() - side) // 2, side, side)
    card = QRect(area.left() + px(GAP), code.top(), code.left() - area.left() - 2 * px(GAP), side)
    _paint_card(painter, QRectF(card), theme, face)
    paper, shape = load_theme("light", theme.scale), QPainterPath()
    shape.addRoundedRect(QRectF(code), px(16), px(16))
    painter.fillPath(shape, paper.color("surface"))
    paint_code(painter, code, face.text)
    if practice:
        paint_sample_mark(painter, card.right() - px(INSIDE), card.top() + px(20), theme, practice)


def _paint_card(painter: QPainter, card: QRectF, theme: Theme, face: Receipt) -> None:
    px, pale = theme.px, theme.color("onRail")
    paint_card(painter, card, theme)
    text = face_font(theme, "bodyLarge", 22)
    said = [row for one in say.keep(face) for row in balanced(one, text, card.width() - 2 * px(INSIDE))]
    line = QRectF(card.left() + px(INSIDE), 0, card.width() - 2 * px(INSIDE), px(LINE))
    high = px(188 + LINE * len(said)) + (px(136) if face.thanks else 0)
    top = card.top() + (card.height() - high) // 2
    side = px(76)
    emblem = illustration("lambang-lapak-gelap", side, side, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(int(card.center().x() - side / 2), top), emblem)
    title = QRectF(line.left(), top + px(88), line.width(), px(72))
    ink = theme.color("onRailActive")
    words(painter, title, _("Thank you"), face_font(theme, "customerTotal", 52), ink, CENTER)
    line.moveTop(top + px(172))
    for row in said:
        words(painter, line, row, text, pale, CENTER)
        line.translate(0, px(LINE))
    if face.thanks:
        rule = QRectF(line.left(), line.top() + px(20), line.width(), 1)
        painter.fillRect(rule, line_color(theme))
        _paint_money(painter, line.translated(0, px(34)), theme, face.thanks)


def _paint_money(painter: QPainter, line: QRectF, theme: Theme, thanks: Thanks) -> None:
    """The change, or what was paid."""
    px = theme.px
    word, amount = (_("Change"), thanks.change) if thanks.change else (say.paid(thanks), thanks.total)
    words(painter, line, word, face_font(theme, "bodyLarge", 18, 600), theme.color("onRail"), CENTER)
    line.translate(0, px(38))
    line.setHeight(px(52))
    large = face_font(theme, "amount", 42)
    figure(painter, line, rupiah(amount), large, theme.color("onRailActive"), CENTER)
