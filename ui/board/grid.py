"""The cells: gone through with the arrows or by a tap, painted in one go, only those in sight."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QScroller, QTableView, QToolTip, QWidget

from pos.reports.board import Board
from pos.text import _
from ui.board.heads import DAYS_HIGH, DAYS_TOP, Corner, DayHead, NameHead, paint_column
from ui.board.measures import BELOW, HEAD, Measures
from ui.board.model import Days
from ui.board.paint import Stamps
from ui.board.words import all_of, told_cell
from ui.keys import action_of
from ui.plain_tip import plain_tip
from ui.theme import Theme

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_TABS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Grid(QTableView):
    """`opened` tells the row and the column that Enter or a second tap chose."""

    opened = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.days = Days(self)
        self.measures: Measures | None = None
        self._stamps = Stamps(theme)
        self._pressed: QModelIndex | None = None  # what was chosen before the press
        self._placed = False  # today was brought into sight
        self._ring = False  # keys or a tap have chosen a cell
        self._by_hand = False  # somebody looks at other days
        self.names, self.heads = NameHead(theme, self), DayHead(theme, self)
        self._corner = Corner(theme, self)
        self.setModel(self.days)
        self.setVerticalHeader(self.names)
        self.setHorizontalHeader(self.heads)
        self.setAccessibleName(_("One day, one product"))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerWidget(QWidget())  # nothing, where both bars would meet
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        QScroller.scroller(self.viewport()).stateChanged.connect(self._scroll_by_hand)
        self.horizontalScrollBar().actionTriggered.connect(self._scroll_by_hand)

    @property
    def board(self) -> Board | None:
        """What is shown."""
        return self.days.board

    def show_board(self, board: Board) -> None:
        """Another state of it; today comes into sight when it is first shown."""
        other = self.board is None or self.board.place != board.place
        self._placed = self._placed and not other
        self._by_hand = self._by_hand and not other
        self.heads.board = self.names.board = board
        self.days.show_board(board)
        self.setAccessibleDescription(all_of(board))
        self.viewport().update()
        self.heads.viewport().update()

    def take_measures(self, found: Measures) -> None:
        """Other sizes."""
        board = self.board
        if board is None or (found == self.measures and self._placed):
            return
        self.measures = found
        self.names.setFixedWidth(found.names)
        self.names.large = found.large
        self.names.setDefaultSectionSize(found.row)
        self.heads.setFixedHeight(found.head)
        self._corner.setGeometry(0, 0, found.names, found.head)
        self._corner.raise_()
        self.heads.setDefaultSectionSize(found.column)
        if board.place is not None:
            self.heads.resizeSection(board.place, found.today)
        self._bring_today()

    def go(self, row: int, column: int | None = None) -> None:
        """The keyboard goes to a cell, today's of that row if no other is said."""
        board = self.board
        if board is None or not board.days:
            return
        place = column if column is not None else board.place if board.place is not None else 0
        self._ring = True
        self.setCurrentIndex(self.days.index(row, place))
        self.viewport().update()
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End; Enter opens. Letters are for nobody here."""
        index = self.currentIndex()
        if action_of(event, "table") == "open row":
            if index.isValid() and self._ring:
                self.opened.emit(index.row(), index.column())
        elif event.text().isprintable() and event.text():
            event.ignore()
        elif not self._ring and event.key() in _ARROWS:
            self.go(max(index.row(), 0))
        else:
            super().keyPressEvent(event)
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What was chosen before is known when the press ends."""
        self._pressed = QModelIndex(self.currentIndex())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap tells of a cell, a second one opens it: fingers have nothing that hovers."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        board = self.board
        if board is None or not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        again, self._ring = self._ring and self._pressed == index, True
        if again:
            QToolTip.hideText()
            self.opened.emit(index.row(), index.column())
        else:
            words = told_cell(board, board.lines[index.row()], index.column())
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(words), self.viewport())
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here by Tab stands on a cell: today's, first."""
        super().focusInEvent(event)
        if not self._ring and event.reason() in _TABS and self.days.rowCount():
            self.go(max(self.currentIndex().row(), 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with it."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All cells in sight: the states are copied, not painted."""
        painter, board, sizes = QPainter(self.viewport()), self.board, self.measures
        painter.fillRect(event.rect(), self.theme.color("surface"))
        if board is None or sizes is None or not board.lines or not board.days:
            return
        columns, rows = self._in_sight(event.rect())
        ratio, gap, high = self.devicePixelRatioF(), sizes.gap, sizes.row - sizes.row_gap
        if board.place in columns:
            self._paint_today(painter, board)
        stamp, draw = self._stamps.cell, painter.drawPixmap
        places = [(place, self.columnViewportPosition(place), place == board.place) for place in columns]
        inset, wide = sizes.row_gap // 2, sizes.column - gap
        for row in rows:
            marks, y = board.lines[row].marks, self.rowViewportPosition(row) + inset
            for place, x, today in places:
                if today:
                    pixmap = stamp(marks[place], sizes.today - 3 * gap, high, ratio, today=True)
                    draw(QPoint(x + gap, y), pixmap)
                else:
                    draw(QPoint(x, y), stamp(marks[place], wide, high, ratio))
        self._paint_focus(painter)

    def _in_sight(self, part: QRect) -> tuple[range, range]:
        columns, rows = self.heads, self.names
        left, right = columns.visualIndexAt(part.left()), columns.visualIndexAt(part.right())
        top, bottom = rows.visualIndexAt(part.top()), rows.visualIndexAt(part.bottom())
        right = self.days.columnCount() - 1 if right < 0 else right
        bottom = self.days.rowCount() - 1 if bottom < 0 else bottom
        return range(max(left, 0), right + 1), range(max(top, 0), bottom + 1)

    def _paint_today(self, painter: QPainter, board: Board) -> None:
        place, px = board.place or 0, self.theme.px
        x, width = self.columnViewportPosition(place), self.columnWidth(place)
        end = self.rowViewportPosition(len(board.lines) - 1) + self.rowHeight(len(board.lines) - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = px(DAYS_TOP + DAYS_HIGH - HEAD)
        box = QRectF(x, top, width - px(2), end + px(3) - top)
        paint_column(painter, box, self.theme)

    def _paint_focus(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid() or not self._ring:
            return
        sizes, px = self.measures, self.theme.px
        if sizes is None:
            return
        box = QRectF(self.visualRect(index)).adjusted(0, sizes.row_gap / 2, -sizes.gap, -sizes.row_gap / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("surface"), px(5)))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(QPen(self.theme.color("focus"), px(3)))
        painter.drawRoundedRect(box, px(4), px(4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Today stays in sight in a smaller window, unless somebody looks at other days."""
        super().resizeEvent(event)
        board = self.board
        if not self._placed or self._by_hand or self._ring or board is None or board.place is None:
            return
        left = self.columnViewportPosition(board.place)
        if left < 0 or left + self.columnWidth(board.place) > self.viewport().width():
            self._placed = False
            self._bring_today()

    def _scroll_by_hand(self, _how: object) -> None:
        self._by_hand = True

    def _bring_today(self) -> None:
        """Today stands three quarters to the right, so that what was is in sight, and some of what comes."""
        board, sizes = self.board, self.measures
        if self._placed or board is None or sizes is None or self.viewport().width() < sizes.column:
            return
        self._placed = True
        place = board.place
        if place is None:
            place = len(board.days) - 1 if board.days and board.today > board.days[-1] else 0
        self.updateGeometries()
        left = place * sizes.column - self.viewport().width() * 3 // 4
        self.horizontalScrollBar().setValue(max(left // sizes.column * sizes.column, 0))  # at a whole day


def content_height(sizes: Measures, rows: int, theme: Theme) -> int:
    """How high all of it is in px, head included."""
    return sizes.head + rows * sizes.row + theme.px(BELOW)
