"""One product on the grid, painted: picture, name, maker, price, what is left, how many are in the cart."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from pos.money import rupiah
from pos.text import _
from ui.fill import fill
from ui.marks import paint_diamond
from ui.photos import Photos
from ui.pictures import Kept, illustration
from ui.theme import Theme
from ui.till.goods import LOW, Item
from ui.till.goods_model import Tile
from ui.till.lettering import CENTER, RIGHT, Type, weighted

REACH = 5  # px around a tile for the focus ring: half the gap between tiles
KEPT_BYTES = 24_000_000  # of painted tiles: some screens of them
_STEP = 16  # px: photos are made as wide as the next multiple, so that tiles of nearly one width share them


class TilePainter:
    """Paints every tile, each once as long as it looks the same.

    The `picture`'s height is in px; `pictures_ready` lets it draw them; `ground` is below.
    """

    def __init__(self, theme: Theme, photos: Photos) -> None:
        self.theme = theme
        self._photos = photos
        self._kept = Kept(KEPT_BYTES)
        self.picture = theme.size("tile.picture")
        self.pictures_ready = False
        self.ground = "bg"
        self._line, self._foot = 18, 31  # px: a line of the name, and from the lower edge to the price's top
        self._name = Type(theme.font("itemName"))
        self._maker = Type(weighted(theme.font("caption"), 500))
        self._price = Type(theme.font("price"))
        self._left = Type(theme.font("caption"))
        self._pill = Type(weighted(theme.font("label"), 700))

    def set_large(self, large: bool, *, double: bool = False) -> None:
        """The larger name of wide windows (DESIGN.md chapter 6); that and the price of `double` tiles."""
        font = self.theme.font("itemName", 20 if double else 15 if large else 14)
        if font != self._name.font:
            self._name = Type(font)
            self._price = Type(self.theme.font("price", 24 if double else None))
            self._line, self._foot = (25, 40) if double else (18, 31)
            self.forget()

    def forget(self) -> None:
        """The goods are others: paint them anew."""
        self._kept.clear()

    def paint(self, painter: QPainter, cell: QRect, tile: Tile, *, hover: bool) -> None:
        """One tile inside its cell, which is wider by REACH on every side."""
        box = self._box(cell)
        painter.drawPixmap(box.topLeft(), self._painted(tile, box.size(), painter, hover=hover))

    def paint_ring(self, painter: QPainter, cell: QRect) -> None:
        """The focus ring around the tile in this cell."""
        width, gap = self.theme.px(3), self.theme.px(2)
        reach = gap + width / 2
        radius = self.theme.radius("tile") + reach
        ring = QRectF(self._box(cell)).adjusted(-reach, -reach, reach, reach)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring, radius, radius)

    def _box(self, cell: QRect) -> QRect:
        reach = self.theme.px(REACH)
        return cell.adjusted(reach, reach, -reach, -reach)

    def _painted(self, tile: Tile, size: QSize, onto: QPainter, *, hover: bool) -> QPixmap:
        ratio, item = onto.device().devicePixelRatioF(), tile.item
        photo = self._photo(item, size.width(), ratio)
        key = (
            *(item.product.sku, item.left, item.unsold, tile.in_cart, tile.flash, hover),
            *(size.width(), size.height(), ratio, self.pictures_ready, photo.cacheKey() if photo else 0),
        )
        kept = self._kept.get(key)
        if kept is None:
            kept = QPixmap(math.ceil(size.width() * ratio), math.ceil(size.height() * ratio))
            kept.setDevicePixelRatio(ratio)
            kept.fill(self.theme.color(self.ground))
            painter = QPainter(kept)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRect(QPoint(), size)
            self._paint_card(painter, box, tile, photo, hover=hover)
            self._paint_words(painter, box, item)
            self._paint_marks(painter, box, tile)
            painter.end()
            self._kept.keep(key, kept)
        return kept

    def _photo(self, item: Item, width: int, ratio: float) -> QPixmap | None:
        """The product's photo, as soon as it is there; wide enough for the tile."""
        if not self.pictures_ready:
            return None
        size = QSize(-(-width // _STEP) * _STEP, self.picture + 1)
        return self._photos.photo(item.product.image, size, ratio, grey=item.sold_out)

    def _paint_card(
        self, painter: QPainter, box: QRect, tile: Tile, photo: QPixmap | None, *, hover: bool
    ) -> None:
        theme, item = self.theme, tile.item
        radius = theme.radius("tile")
        fill = "primarySoft" if tile.flash else "surfaceAlt" if item.sold_out else "surface"
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(box), radius, radius)
        painter.save()
        painter.fillPath(outline, theme.color(fill))
        painter.setClipPath(outline)
        self._paint_picture(painter, QRect(0, 0, box.width(), self.picture + 1), item, photo)
        if tile.in_cart:
            self._paint_count(painter, box, tile.in_cart)
        painter.restore()
        width = theme.px(2) if tile.in_cart else 1
        edge = "primary" if tile.in_cart else "borderStrong" if hover else "border"
        half = width / 2
        painter.setPen(QPen(theme.color(edge), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), radius - half, radius - half)

    def _paint_picture(self, painter: QPainter, area: QRect, item: Item, photo: QPixmap | None) -> None:
        name = item.product.image
        ground = self.theme.color("sunken") if item.sold_out else self.theme.illustration_background(name)
        fill(painter, area, ground)
        if photo:
            more = photo.deviceIndependentSize().width() - area.width()
            painter.drawPixmap(QPointF(-more / 2, 0), photo)
        elif self.pictures_ready:
            height = self.picture - self.theme.px(4)
            width = height * 120 // 96  # the illustrations' box
            ratio = painter.device().devicePixelRatioF()
            drawing = illustration(name, width, height, ratio, grey=item.sold_out)
            painter.drawPixmap(area.left() + (area.width() - width) // 2, area.bottom() + 1 - height, drawing)
        if self.theme.mode == "dark":
            fill(painter, area, QColor(0, 0, 0, 26))  # 10 %: DESIGN.md chapter 2

    def _paint_count(self, painter: QPainter, box: QRect, count: int) -> None:
        px, radius = self.theme.px, self.theme.radius("control")
        text = str(count)
        width = max(px(35), self._price.width(text) + px(20))
        corner = QRectF(box.right() + 1 - width, box.top(), width, px(31))
        shape = QPainterPath()
        shape.addRoundedRect(corner.adjusted(0, -radius, radius, 0), radius, radius)
        painter.fillPath(shape, self.theme.color("primary"))
        self._price.write(painter, corner, text, self.theme.color("onPrimary"), CENTER)

    def _paint_words(self, painter: QPainter, box: QRect, item: Item) -> None:
        theme, px = self.theme, self.theme.px
        pale = theme.color("text3")
        ink = pale if item.sold_out else theme.color("text")
        left, width = box.left() + px(11), box.width() - 2 * px(11)
        top = box.top() + self.picture + px(9)
        for line in self._name.two_lines(item.product.name, width):
            self._name.write(painter, QRectF(left, top, width, px(self._line)), line, ink)
            top += px(self._line)
        maker = self._maker.elided(item.maker.short or item.maker.name, width)
        self._maker.write(painter, QRectF(left, top, width, px(18)), maker, pale)
        price = rupiah(item.product.price)
        foot = QRectF(left, box.bottom() + 1 - px(self._foot), width, px(self._foot - 11))
        self._price.write(painter, foot, price, ink)
        if item.left is not None and not item.sold_out:
            color = theme.color("warn") if item.left <= LOW else pale
            text = _("{count} left").format(count=item.left)
            room = width - self._price.width(price)
            if self._left.width(text) + px(4) <= room:
                self._left.write(painter, foot.translated(0, px(2)), text, color, RIGHT)

    def _paint_marks(self, painter: QPainter, box: QRect, tile: Tile) -> None:
        px, item = self.theme.px, tile.item
        if item.sold_out:
            text = _("Sold out")
            width = max(px(63), self._pill.width(text) + px(24))
            pill = QRectF(0, 0, width, px(28))
            pill.moveCenter(QRectF(box.left(), box.top(), box.width(), self.picture + 1).center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("text"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            self._pill.write(painter, pill, text, self.theme.color("surface"), CENTER)
        elif item.unsold:
            circle = QRectF(box.left() + px(9), box.top() + px(9), px(22), px(22))
            painter.setPen(QPen(self.theme.color("goldBorder"), 1))
            painter.setBrush(self.theme.color("surface"))
            painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
            paint_diamond(painter, QPointF(circle.center()), self.theme)
