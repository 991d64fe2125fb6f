"""The goods in the middle of the page: one row each, thousands of them, the one in the form marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.money import plain
from pos.text import _
from ui.photos import Photos
from ui.pictures import illustration
from ui.scroll import OverlayBar
from ui.theme import Theme
from ui.till.goods import LOW, Item
from ui.till.goods_model import AnyIndex
from ui.till.lettering import CENTER, LEFT, RIGHT, Type, weighted
from ui.till.taps import Taps

ROW, HEAD = 59, 33  # px
ITEM = Qt.ItemDataRole.UserRole
_SIDE = 16


class Rows(QAbstractListModel):
    """Some goods in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: Sequence[Item] = ()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """All of them: a row costs nothing until it is painted."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The Item for the painter, words for screen readers."""
        if not 0 <= index.row() < len(self.items):
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.product.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item)
        return item if role == ITEM else None

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()


def spoken(item: Item) -> str:
    """A row as a screen reader says it."""
    product = item.product
    words = [product.name, item.maker.name, _("{amount} rupiah").format(amount=plain(product.price))]
    if item.left is not None:
        words.append(_("{count} left").format(count=item.left))
    if not product.active:
        words.append(_("not for sale"))
    return ", ".join(words)


class GoodsList(QListView):
    """`chosen` tells the SKU of a row that was tapped, or reached with the arrows; `opened` by Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows = Rows(self)
        self.setModel(self.rows)
        self.photos = Photos(self)
        self.photos.arrived.connect(lambda _name: self.viewport().update())
        self.painter = _Painter(theme, self.photos, self)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(_("Goods"))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setStyleSheet("background: transparent")
        self._bar = OverlayBar(self)
        self._taps = Taps(self)
        self._taps.tapped.connect(self._tap)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these, the marked one still marked and the scroll where it was."""
        sku, place = self.marked(), self.verticalScrollBar().value()
        self.rows.show_items(items)
        self.mark(sku)
        self.verticalScrollBar().setValue(place)

    def marked(self) -> str:
        """The SKU of the marked row, or ""."""
        row = self.currentIndex().row()
        return self.rows.items[row].product.sku if 0 <= row < len(self.rows.items) else ""

    def mark(self, sku: str) -> None:
        """Mark the row of this product, if it is shown."""
        row = next((n for n, item in enumerate(self.rows.items) if item.product.sku == sku), -1)
        index = self.rows.index(row)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move and show; Enter goes into the form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.marked())
            return
        before = self.marked()
        moves = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if not (moves or event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)):
            event.ignore()
            return
        super().keyPressEvent(event)
        if self.marked() != before:
            self.chosen.emit(self.marked())

    def _tap(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.chosen.emit(self.marked())


class Columns:
    """Where the columns of a row of this width are, in px."""

    def __init__(self, width: float, theme: Theme) -> None:
        px = theme.px
        self.left = px(_SIDE)
        self.name = px(_SIDE + 54)
        self.left_end = width - px(_SIDE)
        self.price_end = self.left_end - px(86)
        self.unit = self.price_end - px(110) - (px(190) if width >= px(640) else 0)
        self.unit_end = self.price_end - px(110)


class Head(QWidget):
    """The titles of the columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._type = Type(theme.font("caption"))
        self.setFixedHeight(theme.px(HEAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Over the rows below, with a hairline."""
        places, height, ink = Columns(self.width(), self.theme), self.height(), self.theme.color("text2")
        painter = QPainter(self)
        self._type.write(painter, QRectF(places.left, 0, 200, height), _("Goods"), ink, LEFT)
        if places.unit < places.unit_end:
            self._type.write(painter, QRectF(places.unit, 0, 200, height), _("Institution"), ink, LEFT)
        for end, title in ((places.price_end, _("Price")), (places.left_end, _("Stock left"))):
            self._type.write(painter, QRectF(end - 100, 0, 100, height), title, ink, RIGHT)
        painter.fillRect(0, height - 1, self.width(), 1, self.theme.color("border"))


class _Painter(QStyledItemDelegate):
    """One row: picture, name and code, institution and category, price, what is left."""

    def __init__(self, theme: Theme, photos: Photos, parent: GoodsList) -> None:
        super().__init__(parent)
        self.theme = theme
        self._photos = photos
        self._list = parent
        self._name = Type(theme.font("button"))
        self._small = Type(weighted(theme.font("caption"), 500))
        self._body = Type(theme.font("body"))
        self._bold = Type(weighted(theme.font("body"), 700))
        self._pill = Type(theme.font("caption"))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """As wide as the list makes it."""
        return QSize(0, self.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Ground, then the columns."""
        item: Item = index.data(ITEM)
        box, px, theme = QRectF(option.rect), self.theme.px, self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._list.currentIndex().row():
            painter.fillRect(box, theme.color("primarySoft"))
            painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), theme.color("primary"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("border"))
        places = Columns(box.width(), theme)
        self._paint_picture(painter, QRectF(places.left, box.top() + px(8), px(42), px(42)), item)
        grey = not item.product.active
        ink = theme.color("text3" if grey else "text")
        self._paint_name(painter, box, places, item)
        if places.unit < places.unit_end:
            self._paint_unit(painter, box, places, item)
        row = QRectF(box.left(), box.top(), places.price_end, box.height())
        self._body.write(painter, row, plain(item.product.price), ink, RIGHT)
        left = "–" if item.left is None else plain(item.left)
        low = item.left is not None and item.left <= LOW and not grey
        color = theme.color("warn") if low else ink
        self._bold.write(
            painter, row.adjusted(0, 0, places.left_end - places.price_end, 0), left, color, RIGHT
        )
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRectF, item: Item) -> None:
        theme, name, side = self.theme, item.product.image, int(place.width())
        shape = QPainterPath()
        shape.addRoundedRect(place, theme.radius("thumb"), theme.radius("thumb"))
        grey = not item.product.active
        painter.fillPath(shape, theme.color("sunken") if grey else theme.illustration_background(name))
        ratio = painter.device().devicePixelRatioF()
        photo = self._photos.photo(name, QSize(side, side), ratio, grey=grey)
        if photo is None:
            drawing = illustration(name, side, theme.px(34), ratio, grey=grey)
            painter.drawPixmap(QPointF(place.left(), place.top() + theme.px(4)), drawing)
            return
        painter.save()
        painter.setClipPath(shape)
        painter.drawPixmap(place.topLeft(), photo)
        painter.restore()

    def _paint_name(self, painter: QPainter, box: QRectF, places: Columns, item: Item) -> None:
        px, theme, product = self.theme.px, self.theme, item.product
        room = int((min(places.unit_end, places.unit)) - places.name - px(12))
        upper = QRectF(places.name, box.top() + px(9), room, px(22))
        if not product.active:
            told = _("Not for sale")
            width = self._pill.width(told) + px(16)
            pill = QRectF(upper.right() - width, box.center().y() - px(12), width, px(24))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            self._pill.write(painter, pill, told, theme.color("text2"), CENTER)
            room -= int(width) + px(8)
        ink = theme.color("text" if product.active else "text3")
        self._name.write(painter, upper, self._name.elided(product.name, room), ink)
        lower = upper.translated(0, px(20))
        self._small.write(painter, lower, self._small.elided(product.sku, room), theme.color("text3"))

    def _paint_unit(self, painter: QPainter, box: QRectF, places: Columns, item: Item) -> None:
        px, theme = self.theme.px, self.theme
        room = int(places.unit_end - places.unit - px(8))
        upper = QRectF(places.unit, box.top() + px(9), room, px(22))
        maker = self._body.elided(item.maker.short or item.maker.code, room)
        self._body.write(painter, upper, maker, theme.color("text2"))
        category = self._small.elided(item.product.category, room)
        self._small.write(painter, upper.translated(0, px(20)), category, theme.color("text3"))
