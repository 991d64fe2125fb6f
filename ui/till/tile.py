"""One product on the grid, painted: picture, name, maker, price, what is left, how many are in the cart."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.money import rupiah
from pos.text import _
from ui.marks import paint_diamond
from ui.pictures import illustration
from ui.theme import Theme
from ui.till.goods import LOW, Item
from ui.till.goods_model import TILE, AnyIndex, Tile
from ui.till.lettering import CENTER, LEFT, RIGHT, elided, two_lines, weighted, write

REACH = 5  # px around a tile for the focus ring: half the gap between tiles


class TileDelegate(QStyledItemDelegate):
    """Paints every tile. `cell` and the `picture`'s height are in px; `pictures_ready` lets it draw them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.picture = theme.size("tile.picture")
        self.cell = QSize(theme.size("tile.minWidth"), theme.size("tile.height"))
        self.pictures_ready = False
        self.ring = False  # the keyboard is in use, so the current tile shows it
        self._name = theme.font("itemName")
        self._maker = weighted(theme.font("caption"), 500)
        self._price = theme.font("price")
        self._left = theme.font("caption")
        self._pill = weighted(theme.font("label"), 700)

    def set_large(self, large: bool) -> None:
        """The larger name of wide windows (DESIGN.md chapter 6)."""
        self._name = self.theme.font("itemName", 15 if large else 14)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """The whole cell, so that Qt finds the tile wherever a part of it must be painted again."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """One tile inside its cell, which is wider by REACH on every side."""
        tile: Tile = index.data(TILE)
        reach = self.theme.px(REACH)
        box = QRect(option.rect).adjusted(reach, reach, -reach, -reach)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter, box, tile, hover=bool(option.state & QStyle.StateFlag.State_MouseOver))
        self._paint_words(painter, box, tile.item)
        self._paint_marks(painter, box, tile)
        if self.ring and option.state & QStyle.StateFlag.State_HasFocus:
            self._paint_ring(painter, box)
        painter.restore()

    def _paint_card(self, painter: QPainter, box: QRect, tile: Tile, *, hover: bool) -> None:
        theme, item = self.theme, tile.item
        radius = theme.radius("tile")
        fill = "primarySoft" if tile.flash else "surfaceAlt" if item.sold_out else "surface"
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(box), radius, radius)
        painter.save()
        painter.fillPath(outline, theme.color(fill))
        painter.setClipPath(outline)
        self._paint_picture(painter, QRect(box.left(), box.top(), box.width(), self.picture + 1), item)
        if tile.in_cart:
            self._paint_count(painter, box, tile.in_cart)
        painter.restore()
        width = theme.px(2) if tile.in_cart else 1
        edge = "primary" if tile.in_cart else "borderStrong" if hover else "border"
        half = width / 2
        painter.setPen(QPen(theme.color(edge), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), radius - half, radius - half)

    def _paint_picture(self, painter: QPainter, area: QRect, item: Item) -> None:
        name = item.product.image
        ground = self.theme.color("sunken") if item.sold_out else self.theme.illustration_background(name)
        painter.fillRect(area, ground)
        if self.pictures_ready:
            height = self.picture - self.theme.px(4)
            width = height * 120 // 96  # the illustrations' box
            ratio = painter.device().devicePixelRatioF()
            drawing = illustration(name, width, height, ratio, grey=item.sold_out)
            painter.drawPixmap(area.left() + (area.width() - width) // 2, area.bottom() + 1 - height, drawing)
        if self.theme.mode == "dark":
            painter.fillRect(area, QColor(0, 0, 0, 26))  # 10 %: DESIGN.md chapter 2

    def _paint_count(self, painter: QPainter, box: QRect, count: int) -> None:
        px, radius = self.theme.px, self.theme.radius("control")
        text = str(count)
        width = max(px(35), QFontMetrics(self._price).horizontalAdvance(text) + px(20))
        corner = QRectF(box.right() + 1 - width, box.top(), width, px(31))
        shape = QPainterPath()
        shape.addRoundedRect(corner.adjusted(0, -radius, radius, 0), radius, radius)
        painter.fillPath(shape, self.theme.color("primary"))
        write(painter, corner, text, self._price, self.theme.color("onPrimary"), CENTER)

    def _paint_words(self, painter: QPainter, box: QRect, item: Item) -> None:
        theme, px = self.theme, self.theme.px
        pale = theme.color("text3")
        ink = pale if item.sold_out else theme.color("text")
        left, width = box.left() + px(11), box.width() - 2 * px(11)
        top = box.top() + self.picture + px(9)
        for line in two_lines(item.product.name, QFontMetrics(self._name), width):
            write(painter, QRectF(left, top, width, px(18)), line, self._name, ink)
            top += px(18)
        maker = elided(item.maker.short or item.maker.name, QFontMetrics(self._maker), width)
        write(painter, QRectF(left, top, width, px(18)), maker, self._maker, pale)
        foot = QRectF(left, box.bottom() + 1 - px(31), width, px(20))
        write(painter, foot, rupiah(item.product.price), self._price, ink, LEFT)
        if item.left is not None and not item.sold_out:
            color = theme.color("warn") if item.left <= LOW else pale
            text = _("{count} left").format(count=item.left)
            room = width - QFontMetrics(self._price).horizontalAdvance(rupiah(item.product.price))
            if QFontMetrics(self._left).horizontalAdvance(text) + px(4) <= room:
                write(painter, foot.translated(0, px(2)), text, self._left, color, RIGHT)

    def _paint_marks(self, painter: QPainter, box: QRect, tile: Tile) -> None:
        px, item = self.theme.px, tile.item
        if item.sold_out:
            text = _("Sold out")
            width = max(px(63), QFontMetrics(self._pill).horizontalAdvance(text) + px(24))
            pill = QRectF(0, 0, width, px(28))
            pill.moveCenter(QRectF(box.left(), box.top(), box.width(), self.picture + 1).center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("text"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            write(painter, pill, text, self._pill, self.theme.color("surface"), CENTER)
        elif item.unsold:
            circle = QRectF(box.left() + px(9), box.top() + px(9), px(22), px(22))
            painter.setPen(QPen(self.theme.color("goldBorder"), 1))
            painter.setBrush(self.theme.color("surface"))
            painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
            paint_diamond(painter, QPointF(circle.center()), self.theme)

    def _paint_ring(self, painter: QPainter, box: QRect) -> None:
        width, gap = self.theme.px(3), self.theme.px(2)
        reach = gap + width / 2
        radius = self.theme.radius("tile") + reach
        painter.setPen(QPen(self.theme.color("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(-reach, -reach, reach, reach), radius, radius)
