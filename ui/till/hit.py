"""One product that a search found, painted as a row of 76 px."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from pos.cart import CartLine
from pos.money import rupiah
from pos.text import _
from ui.marks import keycap_size, paint_keycap
from ui.photos import Photos
from ui.theme import Theme
from ui.till.finder import marked_spans
from ui.till.goods import LOW, Item
from ui.till.goods_model import TILE, AnyIndex, Tile
from ui.till.lettering import CENTER, RIGHT, Type, weighted
from ui.till.thumb import paint_thumb

ROW = 76  # px, and one for the line between two


class HitDelegate(QStyledItemDelegate):
    """Paints one hit: what was searched for is marked in the name; the selected one carries the button."""

    def __init__(self, theme: Theme, photos: Photos) -> None:
        super().__init__()
        self.theme = theme
        self._photos = photos
        self.needles: tuple[tuple[str, ...], ...] = ()
        self.qty: int | None = None
        self.selected = 0
        self.last = -1
        self._name = Type(weighted(theme.font("bodyLarge"), 700))
        self._small = Type(weighted(theme.font("label", 13), 500))
        self._pill = Type(theme.font("label", 13))
        self._price = Type(theme.font("price", 17))
        self._button = Type(theme.font("button"))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """As wide as the list makes it."""
        return QSize(0, self.theme.px(ROW) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Ground, picture, name and maker, what is left, price, button."""
        tile: Tile = index.data(TILE)
        row, box, px = index.row(), QRectF(option.rect), self.theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row == self.selected:
            painter.fillPath(self._ground(box, row), self.theme.color("primarySoft"))
        if row < self.last:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self.theme.color("border"))
        self._paint_picture(painter, box, tile.item)
        chosen = row == self.selected and not tile.item.sold_out
        price = self._paint_price(painter, box, tile.item, chosen=chosen)
        start = self._paint_left(painter, box, min(box.right() - px(307), price - px(12)), tile.item)
        self._paint_name(painter, box, start - px(12), tile.item)
        if chosen:
            self._paint_button(painter, box)
        elif row == self.selected + 1 and not tile.item.sold_out:
            width = keycap_size("↓", self.theme).width()
            place = QPointF(box.right() - px(16) - width, box.center().y())
            paint_keycap(painter, place, "↓", self.theme, ("sunken", self.theme.color("text3")))
        painter.restore()

    def _ground(self, box: QRectF, row: int) -> QPainterPath:
        """The row's shape: round where the card is round."""
        radius = self.theme.radius("card") - 1
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(box, radius, radius)
        if row != 0:
            path.addRect(box.adjusted(0, 0, 0, -box.height() / 2))
        if row != self.last:
            path.addRect(box.adjusted(0, box.height() / 2, 0, 0))
        return path

    def _paint_picture(self, painter: QPainter, box: QRectF, item: Item) -> None:
        px = self.theme.px
        place = QRectF(box.left() + px(16), box.top() + px(11), px(54), px(54))
        paint_thumb(painter, place, item.product.image, self.theme, self._photos)

    def _paint_name(self, painter: QPainter, box: QRectF, end: float, item: Item) -> None:
        px, theme, name = self.theme.px, self.theme, item.product.name
        left = box.left() + px(84)
        room = int(end - left)
        upper = QRectF(left, box.top() + px(15), room, px(24))
        shown = self._name.elided(name, room)
        ink = theme.color("text3" if item.sold_out else "text")
        self._name.write(painter, upper, shown, ink)
        for start, stop in marked_spans(shown, self.needles):
            x = left + self._name.width(shown[:start])
            mark = QRectF(x, upper.top() + px(2), self._name.width(shown[start:stop]), px(20))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("goldSoft"))
            painter.drawRoundedRect(mark, px(4), px(4))
            self._name.write(painter, mark, shown[start:stop], theme.color("onGoldSoft"))
        lower = QRectF(left, upper.bottom() + px(1), room, px(18))
        maker = self._small.elided(f"{item.maker.name} · {item.product.sku}", room)
        self._small.write(painter, lower, maker, theme.color("text2"))

    def _paint_left(self, painter: QPainter, box: QRectF, end: float, item: Item) -> float:
        """What is left, ending at `end`; returns where it begins."""
        px, theme = self.theme.px, self.theme
        if item.left is None:
            return end
        text = _("Sold out") if item.sold_out else _("{count} left").format(count=item.left)
        if item.sold_out:
            width = self._pill.width(text)
            pill = QRectF(end - width - px(18), box.center().y() - px(12), width + px(18), px(24))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("dangerSoft"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            self._pill.write(painter, pill, text, theme.color("onDangerSoft"), CENTER)
            return pill.left()
        width = self._small.width(text)
        middle = QRectF(end - width, box.top(), width, box.height())
        color = theme.color("warn" if item.left <= LOW else "text2")
        self._small.write(painter, middle, text, color, RIGHT)
        return middle.left()

    def _paint_price(self, painter: QPainter, box: QRectF, item: Item, *, chosen: bool) -> float:
        """The price, and what the quantity comes to of the one to be added; returns where it begins."""
        px, theme, price = self.theme.px, self.theme, rupiah(item.product.price)
        right = box.right() - px(163)
        area = QRectF(box.left(), box.top(), right - box.left(), box.height())
        color = theme.color("text3" if item.sold_out else "text")
        begin = right - self._price.width(price)
        if self.qty is None or not chosen:
            self._price.write(painter, area, price, color, RIGHT)
            return begin
        gross = rupiah(CartLine(item.product, self.qty).gross)
        total = _("{qty} pcs {amount}").format(qty=self.qty, amount=gross)
        self._price.write(painter, area.adjusted(0, 0, 0, -px(21)), price, color, RIGHT)
        self._small.write(painter, area.adjusted(0, px(21), 0, 0), total, theme.color("text2"), RIGHT)
        return min(begin, right - self._small.width(total))

    def _paint_button(self, painter: QPainter, box: QRectF) -> None:
        px, theme = self.theme.px, self.theme
        button = QRectF(box.right() - px(148), box.top() + px(14), px(132), px(48))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primary"))
        painter.drawRoundedRect(button, theme.radius("control"), theme.radius("control"))
        text = _("Add")
        cap = keycap_size("Enter", theme).width()
        words = self._button.width(text)
        start = button.left() + (button.width() - words - px(8) - cap) / 2
        ink = theme.color("onPrimary")
        self._button.write(painter, QRectF(start, button.top(), words, button.height()), text, ink)
        place = QPointF(start + words + px(8), button.center().y())
        paint_keycap(painter, place, "Enter", theme, ("kbdOnPrimary", ink))
