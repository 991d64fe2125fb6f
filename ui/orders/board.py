"""The board: orders in groups, late ones first; painted by one delegate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from pos.money import rupiah
from pos.order_words import channel_name, channel_sign
from pos.preorder import Order
from pos.text import _
from ui.icons import icon_pixmap
from ui.orders.words import called, due_words, goods_words, group_words, state_tag
from ui.scroll import OverlayBar
from ui.theme import Theme
from ui.till.lettering import CENTER, RIGHT, Type
from ui.till.taps import Taps
from ui.widgets import TAG_COLORS

ROW, HEAD, MORE = 60, 32, 56  # px of a row of each kind
AnyIndex = QModelIndex | QPersistentModelIndex


class BoardModel(QAbstractListModel):
    """Orders under their headings, and at the end what shows those that are over. Rows are text or Order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[str | Order] = []
        self.more = ""
        self.today = date.min

    def show_orders(self, orders: Sequence[Order], today: date, more: str) -> None:
        """Show these, which are in their order; `more` is the text of the last row, "" for none."""
        self.beginResetModel()
        self.today, self.more = today, more
        self.rows = []
        heading = ""
        for order in orders:
            if (group := group_words(order, today)) != heading:
                heading = group
                self.rows.append(heading)
            self.rows.append(order)
        if more:
            self.rows.append(more)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """All of them."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a screen reader says of a row."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        if isinstance(row, str):
            return row
        sign = channel_name(row.wish.channel)
        words = (called(row), sign, row.receipt, goods_words(row.lines), rupiah(row.total))
        return ", ".join((*words, due_words(row.wish, self.today), state_tag(row)[0]))


class Board(QListView):
    """`chosen` tells the Order that was tapped or moved to, `more_wanted` that those that are over are
    wanted.
    """

    chosen = Signal(object)
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.orders = BoardModel(self)
        self.painter = _RowPainter(theme, self)
        self.setModel(self.orders)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(_("Orders"))
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the search field keeps the keyboard
        self.setStyleSheet("background: transparent")
        self._bar = OverlayBar(self)
        taps = Taps(self)
        taps.tapped.connect(self._tap)

    @property
    def selected(self) -> Order | None:
        """The order whose row is marked."""
        root = self.painter.selected
        return next((row for row in self.orders.rows if isinstance(row, Order) and row.root == root), None)

    def show_orders(self, orders: Sequence[Order], today: date, more: str) -> None:
        """Show these; what was selected stays so while it is there, otherwise the first is."""
        self.orders.show_orders(orders, today, more)
        if self.selected is None:
            self.select(orders[0] if orders else None, scroll=False)
        self.viewport().update()

    def select(self, order: Order | None, *, scroll: bool = True) -> None:
        """Mark an order, and tell so."""
        self.painter.selected = order.root if order else None
        self.viewport().update()
        if order is not None and scroll:
            places = [n for n, row in enumerate(self.orders.rows) if row is order]
            if places:
                self.scrollTo(self.orders.index(places[0]))
        self.chosen.emit(order)

    def move_selection(self, by: int) -> None:
        """The order above (-1) or below (1)."""
        orders = [row for row in self.orders.rows if isinstance(row, Order)]
        if not orders:
            return
        roots = [order.root for order in orders]
        here = roots.index(self.painter.selected) if self.painter.selected in roots else -1
        self.select(orders[max(0, min(here + by, len(orders) - 1))])

    def _tap(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = self.orders.rows[index.row()] if index.isValid() else ""
        if isinstance(row, Order):
            self.select(row, scroll=False)
        elif row and row == self.orders.more:
            self.more_wanted.emit()


class _RowPainter(QStyledItemDelegate):
    """Sign, name and number, sum and day, state; a heading; the way to those that are over."""

    def __init__(self, theme: Theme, board: Board) -> None:
        super().__init__(board)
        self.theme = theme
        self.selected: tuple[str, int] | None = None
        self._board = board
        self._name = Type(theme.font("itemName", 15))
        self._sum = Type(theme.font("itemName", 15))
        self._small = Type(theme.font("body", 13))
        self._label = Type(theme.font("label"))
        self._tag = Type(theme.font("caption"))
        self._sign = Type(theme.font("button", 13))

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """By the kind of the row."""
        row = self._board.orders.rows[index.row()]
        high = ROW if isinstance(row, Order) else MORE if row == self._board.orders.more else HEAD
        return QSize(0, self.theme.px(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """One row."""
        row = self._board.orders.rows[index.row()]
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Order):
            self._paint_order(painter, box, row)
        elif row == self._board.orders.more:
            self._paint_more(painter, box, row)
        else:
            color = self.theme.color("danger" if row == _("Late") else "text2")
            self._label.write(painter, box.adjusted(self.theme.px(16), self.theme.px(4), 0, 0), row, color)
        painter.restore()

    def _paint_order(self, painter: QPainter, box: QRectF, order: Order) -> None:
        px, theme = self.theme.px, self.theme
        on = order.root == self.selected
        if on:
            card = box.adjusted(px(8) + 0.5, px(1) + 0.5, -px(8) - 0.5, -px(1) - 0.5)
            painter.setBrush(theme.color("primarySoft"))
            painter.setPen(QPen(theme.color("primary"), 1))
            painter.drawRoundedRect(card, theme.radius("tile"), theme.radius("tile"))
        sign = QRectF(box.left() + px(18), box.top() + px(10), px(40), px(40))
        paint_sign(painter, sign, order, theme, self._sign)
        tag = QRectF(box.right() - px(18) - px(104), box.center().y() - px(12), px(104), px(24))
        self._paint_tag(painter, tag, order, on=on)
        right = tag.left() - px(12)
        total, due = rupiah(order.total), due_words(order.wish, self._board.orders.today)
        upper = QRectF(sign.right() + px(12), box.top() + px(9), right - sign.right() - px(12), px(22))
        lower = QRectF(upper.left(), upper.bottom(), upper.width(), px(19))
        late = order.late(self._board.orders.today)
        self._sum.write(painter, upper, total, theme.color("text"), RIGHT)
        self._small.write(painter, lower, due, theme.color("danger" if late else "text2"), RIGHT)
        room = int(upper.width()) - self._sum.width(total) - px(10)
        self._name.write(painter, upper, self._name.elided(called(order), room), theme.color("text"))
        told = f"{order.receipt.rpartition('-')[2]} · {goods_words(order.lines)}"
        room = int(lower.width()) - self._small.width(due) - px(10)
        self._small.write(painter, lower, self._small.elided(told, room), theme.color("text2"))

    def _paint_tag(self, painter: QPainter, box: QRectF, order: Order, *, on: bool) -> None:
        word, kind = state_tag(order)
        fill, ink = TAG_COLORS[kind]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("surface" if on and kind == "ok" else fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        self._tag.write(painter, box, word, self.theme.color(ink), CENTER)

    def _paint_more(self, painter: QPainter, box: QRectF, text: str) -> None:
        px, size = self.theme.px, self.theme.size("icon.small")
        ink = self.theme.color("primary")
        picture = icon_pixmap("chevron-down", size, ink, painter.device().devicePixelRatioF())
        painter.drawPixmap(int(box.left()) + px(18), int(box.center().y()) - size // 2, picture)
        self._label.write(painter, box.adjusted(px(18) + size + px(8), 0, 0, 0), text, ink)


def paint_sign(painter: QPainter, box: QRectF, order: Order, theme: Theme, letters: Type) -> None:
    """Where an order came from: IG, FB, WA in their colours, others on grey."""
    channel = order.wish.channel
    sign = channel_sign(channel)
    fill = f"source{sign}" if sign else "sunken"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(fill))
    painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
    if sign or channel == "phone":
        letters.write(painter, box, sign or _("Tel"), theme.color("onSource" if sign else "text2"), CENTER)
        return
    size = int(box.width() * 0.5)
    picture = icon_pixmap("store", size, theme.color("text2"), painter.device().devicePixelRatioF())
    painter.drawPixmap(box.center().toPoint() - QPoint(size // 2, size // 2), picture)
