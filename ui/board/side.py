"""Beside the board: how many have sold today, and who has not, the longest threatened streak first."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pos.money import rupiah
from pos.reports.board import Board, Goods, Line
from pos.text import _
from ui.board.words import first_day, headline, state_of_day, threat_words
from ui.icons import icon_pixmap
from ui.keys import action_of, keycap
from ui.marks import paint_diamond
from ui.pictures import illustration, is_illustration
from ui.plain_tip import plain_tip
from ui.scroll import OverlayBar
from ui.theme import Theme, tokens
from ui.till.lettering import CENTER, LEFT, Type, weighted
from ui.widgets import Button

WIDTH, NARROW, LARGE, ROW, THUMB = 288, 276, 360, 65, 44  # px
BAR = 12  # px that the scroll bar lies over
_NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Side(QWidget):
    """`chosen` tells the code of an institution that was tapped; `till_wanted`: show the goods of all."""

    chosen = Signal(str)
    till_wanted = Signal()

    def __init__(self, theme: Theme, *, sells: bool) -> None:
        super().__init__()
        self.theme = theme
        px = theme.px
        self.setFixedWidth(px(WIDTH))
        self.summary = Summary(theme)
        self.title = WaitingTitle(theme)
        self.waiting = Waiting(theme)
        self.waiting.clicked.connect(self._choose)
        self.waiting.entered_row.connect(self._choose)
        self.button = Button(
            _("Show at the till"), icon="shopping-basket", keycap=keycap("unsold"), theme=theme
        )
        self.button.clicked.connect(self.till_wanted)
        self._sells = sells
        column = QVBoxLayout(self)
        column.setContentsMargins(px(15), px(12), px(13), px(12))
        column.setSpacing(0)
        column.addWidget(self.summary)
        column.addWidget(self.title)
        column.addWidget(self.waiting, 1)
        column.addSpacing(px(8))
        column.addWidget(self.button)
        self.button.setVisible(sells)  # now that it is in here: before, it would be a window

    def show_board(self, board: Board) -> None:
        """Other figures."""
        self.summary.show_board(board)
        self.title.show_board(board)
        self.waiting.show_board(board)
        self.button.setEnabled(bool(board.waiting))

    @property
    def can_show(self) -> bool:
        """Whether there is a till, and anything to show there."""
        return self._sells and self.button.isEnabled()

    def set_wall(self, *, on: bool) -> None:
        """Nothing is pressed on a wall."""
        self.button.setVisible(self._sells and not on)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and a line at the left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), self.theme.color("border"))

    def _choose(self, index: QModelIndex) -> None:
        line = self.waiting.rows.line(index)
        if line is not None:
            self.chosen.emit(line.unit.code)


class Summary(QWidget):
    """A ring that closes when all have sold; beside it the same in words, and what came in."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.board: Board | None = None
        self.setFixedHeight(theme.px(88))
        self._count = Type(weighted(theme.font("heading", 24), 800))
        self._narrow = Type(weighted(theme.font("title", 14), 800))
        self._fonts = (
            Type(weighted(theme.font("title", 17), 800)),
            Type(theme.font("label", 13)),
            Type(weighted(theme.font("title", 18), 800)),
        )

    def show_board(self, board: Board) -> None:
        """Other figures."""
        self.board = board
        said = f"{headline(board)} {state_of_day(board)}"
        self.setAccessibleName(said if board.turnover is None else f"{said}, {rupiah(board.turnover)}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, words, amount."""
        board, theme, px = self.board, self.theme, self.theme.px
        if board is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(px(7), px(9), px(70), px(70))
        pen = QPen(theme.color("sunken"), px(10), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(ring)
        part = board.sold_today / len(board.lines) if board.lines else 0
        if part:
            pen.setColor(theme.color("primary"))
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(part * 360 * 16))
        self._count.write(painter, ring, str(board.sold_today), theme.color("text"), CENTER)
        left = px(98)
        room = self.width() - left
        told = board.turnover is not None
        words = (headline(board), state_of_day(board), *([rupiah(board.turnover or 0)] if told else []))
        down = 0 if told else px(12)  # in the middle of the ring
        places = ((px(11), px(24)), (px(34), px(20)), (px(54), px(26)))
        for face, text, (top, high), color in zip(
            self._fonts, words, places, ("text", "text2", "primary"), strict=False
        ):
            box = QRectF(left, top + down, room, high)
            if face.width(text) > room and color == "primary":
                face = self._narrow  # noqa: PLW2901 - an amount is not cut
            face.write(painter, box, face.elided(text, room), theme.color(color), LEFT)


class WaitingTitle(QWidget):
    """The gold diamond, the words, how many."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._words, self._count = "", 0
        self._face = Type(weighted(theme.font("itemName", 15), 700))
        self._pill = Type(weighted(theme.font("label"), 700))
        self.setFixedHeight(theme.px(43))

    def show_board(self, board: Board) -> None:
        """Other ones."""
        self._count = len(board.waiting)
        if board.place is None or board.today in board.closed:
            self._words = _("Nobody has to sell today")
        else:
            self._words = _("Not sold today") if self._count else _("All UPT have sold today")
        self.setAccessibleName(f"{self._words} {self._count or ''}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line below where a list follows."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, x = px(24), px(19)
        if self._count:
            paint_diamond(painter, QPointF(px(7), middle), theme)
        else:
            tick = icon_pixmap("circle-check", px(16), theme.color("primary"), self.devicePixelRatioF())
            painter.drawPixmap(0, middle - px(8), tick)
        box = QRectF(x, 0, self.width() - x, 2 * middle)
        room = int(box.width()) - px(50 if self._count else 0)
        self._face.write(painter, box, self._face.elided(self._words, room), theme.color("text"))
        if not self._count:
            return
        count, left = str(self._count), x + self._face.width(self._words) + px(9)
        pill = QRectF(left, middle - px(12), max(self._pill.width(count) + px(17), px(25)), px(24))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("goldSoft"))
        painter.drawRoundedRect(pill, px(12), px(12))
        self._pill.write(painter, pill, count, theme.color("onGoldSoft"), CENTER)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("border"))


class Waiting(QListView):
    """The institutions without a sale; only those in sight are painted."""

    entered_row = Signal(QModelIndex)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows = _Rows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Row(self, theme))
        self.setAccessibleName(_("Not sold today"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._bar = OverlayBar(self)

    def show_board(self, board: Board) -> None:
        """Other ones."""
        self.rows.show_lines(board)

    def sizeHint(self) -> QSize:
        """What room there is."""
        return QSize(self.theme.px(200), self.theme.px(ROW))

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(self.theme.px(120), self.theme.px(ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the board there; letters are for nobody."""
        if action_of(event, "table") == "open row":
            if self.currentIndex().isValid():
                self.entered_row.emit(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.goods: dict[str, Goods] = {}

    def show_lines(self, board: Board) -> None:
        if (board.waiting, dict(board.goods)) == (self.lines, self.goods):
            return
        self.beginResetModel()
        self.lines, self.goods = board.waiting, dict(board.goods)
        self.endResetModel()

    def line(self, index: Index) -> Line | None:
        return self.lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.unit.short
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            told = ", ".join(part for part in (line.unit.short, self.made(line), threat_words(line)) if part)
            return plain_tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def made(self, line: Line) -> str:
        found = self.goods.get(line.unit.code)
        return ", ".join(found.names) if found else ""


class _Row(QStyledItemDelegate):
    def __init__(self, view: Waiting, theme: Theme) -> None:
        super().__init__(view)
        self.view, self.theme = view, theme
        self._name = Type(weighted(theme.font("itemName", 14.5), 700))
        self._goods = Type(theme.font("label", 12.5))
        self._threat = Type(weighted(theme.font("label", 12.5), 700))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px, model = self.theme, self.theme.px, self.view.rows
        line = model.line(index)
        if line is None:
            return
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if option.state & QStyle.StateFlag.State_MouseOver or chosen:
            painter.fillRect(box.adjusted(0, 0, 0, -1), theme.color("surfaceAlt"))
        goods = model.goods.get(line.unit.code)
        self._paint_thumb(painter, QRectF(box.x(), box.y() + px(10), px(THUMB), px(THUMB)), goods)
        left = box.x() + px(54)
        bar = px(BAR) if self.view.verticalScrollBar().maximum() else 0
        room = int(box.right() - left) - bar
        grave = "warn" if line.threatened else "text2" if first_day(line) else "danger"
        for top, face, words, color in (
            (6, self._name, line.unit.short, "text"),
            (23, self._goods, self._made(goods, room), "text2"),
            (39, self._threat, threat_words(line), grave),
        ):
            part = QRectF(left, box.y() + px(top), room, px(20))
            cut = face.middle_cut if face is self._name else face.elided
            face.write(painter, part, cut(words, room), theme.color(color))
        if index.row() + 1 < model.rowCount():
            painter.fillRect(QRectF(box.x(), box.bottom(), box.width(), 1), theme.color("border"))
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), px(2)))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -2), px(6), px(6))
        painter.restore()

    def _made(self, goods: Goods | None, room: int) -> str:
        """As many names as there is room for whole."""
        names = goods.names if goods else ()
        for count in range(len(names), 1, -1):
            words = ", ".join(names[:count])
            if self._goods.width(words) <= room:
                return words
        return names[0] if names else ""

    def _paint_thumb(self, painter: QPainter, box: QRectF, goods: Goods | None) -> None:
        theme, px = self.theme, self.theme.px
        name = goods.image if goods else ""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.illustration_background(name) if goods else theme.color("sunken"))
        painter.drawRoundedRect(box, px(10), px(10))
        ratio = self.view.devicePixelRatioF()
        if goods:
            wide = px(THUMB + 2)
            shown = name if is_illustration(name) else ""
            picture = illustration(shown, wide, wide * 4 // 5, ratio)
            painter.drawPixmap(QPointF(box.center().x() - wide / 2, box.center().y() - wide * 2 / 5), picture)
        else:
            icon = icon_pixmap("landmark", px(20), theme.color("text3"), ratio)
            painter.drawPixmap(QPointF(box.center().x() - px(10), box.center().y() - px(10)), icon)


def width_of(theme: Theme, window: int) -> int:
    """How wide the side is in a window of this width in px."""
    points = tokens()["breakpoints"]
    if window < theme.px(points["compactWidth"]):
        return theme.px(NARROW)
    return theme.px(LARGE if window >= theme.px(points["large"]) else WIDTH)
