"""The grid of products: a view that divides its width into whole tiles, which never move by themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from pos.cart import Cart
from pos.text import _
from ui.fill import fill
from ui.photos import Photos
from ui.scroll import give_viewport
from ui.theme import Theme
from ui.till.goods import Item
from ui.till.goods_model import AnyIndex, GoodsModel
from ui.till.measures import Measures
from ui.till.taps import Taps
from ui.till.tile import TilePainter

FLASH_MS = 90
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ProductGrid(QListView):
    """Tiles that fill the width without a ragged edge. `chosen` tells the row that was tapped or entered,
    `asked` the row whose menu is wanted, by a long press or otherwise, and where on the screen.

    It begins REACH px left of and above the first tile, to have room for the focus ring.
    """

    chosen = Signal(int)
    asked = Signal(int, QPoint)
    left_upwards = Signal()

    def __init__(self, theme: Theme, photos: Photos) -> None:
        super().__init__()
        give_viewport(self)
        self.theme = theme
        self.goods = GoodsModel(self)
        self.painter = TilePainter(theme, photos)
        self.ring = False  # the keyboard is in use, so the current tile shows it
        self._columns, self._pitch = 1, theme.size("tile.height") + theme.size("tile.gap")
        self._span = 0
        self._flash = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash.timeout.connect(self._end_flash)
        self.setModel(self.goods)
        self.setAccessibleName(_("Goods"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        self.setStyleSheet("background: transparent")
        # Painted whole by paintEvent, so that scrolling moves what is there and paints only what comes.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        photos.arrived.connect(self._show_photo)
        taps = Taps(self)
        taps.pressed.connect(self._point)
        taps.tapped.connect(self._tap)
        taps.held.connect(self._hold)

    def divide(self, measures: Measures, width: int) -> None:
        """Fill `width` px (without REACH) with whole tiles."""
        self._columns = measures.columns(width)
        self._span = width + measures.gap
        self._pitch = measures.tile_height + measures.gap
        self.painter.picture = measures.picture
        self.painter.set_large(measures.large, double=measures.double)
        self.doItemsLayout()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these; see GoodsModel. The scroll stays, and the keyboard with its product."""
        row, former = self.currentIndex().row(), self.goods.items
        self.goods.show_items(items)
        if items is not former and not self.currentIndex().isValid() and row >= 0:
            sku = former[row].product.sku
            rows = (row for row, item in enumerate(items) if item.product.sku == sku)
            self.setCurrentIndex(self.goods.index(next(rows, -1)))
        self.doItemsLayout()

    def show_cart(self, cart: Cart, touched: Collection[str] = ()) -> None:
        """Count what is in the cart on the tiles; those of `touched` SKUs have changed too."""
        changed = self.goods.show_cart(cart).union(touched)
        self._paint_again(lambda item: item.product.sku in changed)

    def flash(self, row: int) -> None:
        """Light the tile up for a moment: the tap was heard."""
        if self.goods.flash >= 0:
            self._end_flash()
        self.goods.flash = row
        self.update(self.goods.index(row))
        self._flash.start()

    def load_pictures(self) -> None:
        """Paint the pictures from now on; what is in sight is drawn with the next frame."""
        self.painter.pictures_ready = True
        self.viewport().update()

    def doItemsLayout(self) -> None:
        """Where each tile is follows from its row: Qt's list has nothing to lay out."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """How far it scrolls."""
        lines = -(-len(self.goods.items) // self._columns)
        height, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setSingleStep(self._pitch // 3)
        bar.setPageStep(height)
        bar.setRange(0, max(0, lines * self._pitch - height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the tiles that need it."""
        region, viewport = event.region(), self.viewport()
        mouse = viewport.mapFromGlobal(QCursor.pos())
        under = self.indexAt(mouse).row() if viewport.underMouse() else -1
        held = self.currentIndex().row() if self.ring and self.hasFocus() else -1
        painter = QPainter(viewport)
        fill(painter, event.rect(), self.theme.color("bg"))
        for row in self._rows(event.rect()):
            cell = self.visualRect(self.goods.index(row))
            if region.intersects(cell):
                tile = self.goods.tile(row)
                self.painter.paint(painter, cell, tile, hover=row == under)
                if row == held:
                    self.painter.paint_ring(painter, cell)
        painter.end()

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

    def moveCursor(self, action: QListView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where an arrow leads: in reading order sideways, to the row above or below, to the ends."""
        move, last = QListView.CursorAction, len(self.goods.items) - 1
        row, page = max(0, self.currentIndex().row()), self.viewport().height() // self._pitch * self._columns
        places = {
            move.MoveLeft: row - 1,
            move.MoveRight: row + 1,
            move.MoveUp: row - self._columns,
            move.MoveDown: row + self._columns,
            move.MovePageUp: row - page,
            move.MovePageDown: row + page,
            move.MoveHome: 0,
            move.MoveEnd: last,
        }
        return self.goods.index(max(0, min(places.get(action, row), last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter chooses; what is typed is left to the search field."""
        row, key = self.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._choose(row)
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and event.modifiers() == _SHIFT):
            self._hold(self.visualRect(self.currentIndex()).center())
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button asks for the menu of a tile."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._hold(event.pos())

    def _point(self, place: QPoint) -> None:
        """The finger takes over from the keyboard; what it is on does not move away under it."""
        self._show_ring(shown=False)
        self.setAutoScroll(False)
        self.setCurrentIndex(self.indexAt(place))
        self.setAutoScroll(True)

    def _tap(self, place: QPoint) -> None:
        if self.indexAt(place) == self.currentIndex():
            self._choose(self.currentIndex().row())

    def _hold(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.asked.emit(index.row(), self.viewport().mapToGlobal(place))

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    def _show_photo(self, name: str) -> None:
        self._paint_again(lambda item: item.product.image == name)

    def _paint_again(self, wanted: Callable[[Item], bool]) -> None:
        """Paint tiles again, as far as they are in sight."""
        for row in self._rows(self.viewport().rect()):
            if wanted(self.goods.items[row]):
                self.update(self.goods.index(row))

    def _rows(self, area: QRect) -> range:
        """The rows of the model whose tiles stand in the lines that `area` of the viewport touches."""
        top, bottom = ((edge + self.verticalOffset()) // self._pitch for edge in (area.top(), area.bottom()))
        return range(max(0, top * self._columns), min((bottom + 1) * self._columns, len(self.goods.items)))

    def _show_ring(self, *, shown: bool) -> None:
        if shown or self.ring:
            self.ring = shown
            self.viewport().update()

    def _end_flash(self) -> None:
        row, self.goods.flash = self.goods.flash, -1
        self.update(self.goods.index(row))
