"""The grid of products: a view that divides its width into whole tiles, which never move by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QScroller, QWidget

from pos.cart import Cart
from pos.text import _
from ui.theme import Theme
from ui.till.goods import Item
from ui.till.goods_model import AnyIndex, GoodsModel
from ui.till.measures import Measures
from ui.till.tile import TileDelegate

FLASH_MS = 90
SLACK = 4  # px


class ProductGrid(QListView):
    """Tiles that fill the width without a ragged edge. `chosen` tells the row that was tapped or entered.

    It begins REACH px left of and above the first tile, to have room for the focus ring.
    """

    chosen = Signal(int)
    left_upwards = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.goods = GoodsModel(self)
        self.painter = TileDelegate(theme)
        self._columns, self._pitch = 1, theme.size("tile.height") + theme.size("tile.gap")
        self._span = 0
        self._flash = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash.timeout.connect(self._end_flash)
        self.setModel(self.goods)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(_("Goods"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("background: transparent")
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def divide(self, measures: Measures, width: int) -> None:
        """Fill `width` px (without REACH) with whole tiles."""
        self._columns = measures.columns(width)
        self._span = width + measures.gap
        self._pitch = measures.tile_height + measures.gap
        self.painter.picture = measures.picture
        self.painter.set_large(measures.large)
        # Only the number of columns counts for Qt, and its rows must surely have room for them.
        self.painter.cell = QSize(self._span // self._columns - SLACK, self._pitch)
        self.setGridSize(self.painter.cell)
        self.verticalScrollBar().setSingleStep(self._pitch // 3)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these; see GoodsModel."""
        self.goods.show_items(items)
        self.viewport().update()

    def show_cart(self, cart: Cart) -> None:
        """Count what is in the cart on the tiles."""
        self.goods.show_cart(cart)
        self.viewport().update()

    def flash(self, row: int) -> None:
        """Light the tile up for a moment: the tap was heard."""
        self.goods.flash = row
        self.update(self.goods.index(row))
        self._flash.start()

    def load_pictures(self) -> None:
        """Paint the pictures from now on; what is in sight is drawn with the next frame."""
        self.painter.pictures_ready = True
        self.viewport().update()

    def visualRect(self, index: AnyIndex) -> QRect:
        """The cell of a tile. Qt's own are of equal width and would leave a ragged edge on the right."""
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self._columns)
        left, right = (round(at * self._span / self._columns) for at in (column, column + 1))
        return QRect(left, line * self._pitch - self.verticalOffset(), right - left, self._pitch)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The tile whose cell this is."""
        column = point.x() * self._columns // max(1, self._span)
        if not 0 <= column < self._columns:
            return QModelIndex()
        return self.goods.index((point.y() + self.verticalOffset()) // self._pitch * self._columns + column)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap chooses."""
        pressed = self.currentIndex()
        if event.button() == Qt.MouseButton.LeftButton and pressed == self.indexAt(
            event.position().toPoint()
        ):
            self._choose(pressed.row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse takes over from the keyboard."""
        self._show_ring(shown=False)
        self.setCurrentIndex(self.indexAt(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick taps are two taps."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter chooses; what is typed is left to the search field."""
        row, key = self.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._choose(row)
        elif key == Qt.Key.Key_Up and row < self._columns:
            self.left_upwards.emit()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            self._show_ring(shown=True)
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard arrives at the current tile, or the first."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self.goods.index(0))
            self._show_ring(shown=True)

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    def _show_ring(self, *, shown: bool) -> None:
        self.painter.ring = shown
        self.viewport().update()

    def _end_flash(self) -> None:
        self.goods.flash = -1
        self.viewport().update()
