"""The card with the board in it: names, cells, streaks; and below it what the colours mean."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.reports.board import Board, Mark
from pos.text import _
from ui.board.grid import Grid, content_height
from ui.board.heads import Streaks, natural
from ui.board.measures import INSET, measures
from ui.board.paint import mark_name, paint_mark
from ui.icons import icon_pixmap
from ui.marks import paint_diamond
from ui.theme import Theme
from ui.till.lettering import LEFT, write
from ui.widgets import Panel

ALWAYS = (Mark.MISSED, Mark.LOW, Mark.SOME, Mark.GOOD, Mark.TOP, Mark.AHEAD, Mark.WAITING)

SELDOM = (Mark.CLOSED, Mark.ABSENT)


class Card(Panel):
    """Names, cells, streaks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.grid = Grid(theme)
        self.streaks = Streaks(theme, self.grid)
        row = self._line = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(INSET),) * 4)
        row.setSpacing(0)
        row.addWidget(self.grid, 1)
        row.addWidget(self.streaks)
        self.setFocusProxy(self.grid)

    def show_board(self, board: Board) -> None:
        """Another state of it."""
        self.grid.show_board(board)
        self.streaks.board = board
        self.streaks.update()

    def fit(self, room: QRect) -> None:
        """Lie in this room, as high as the board, at most as high as there is room."""
        board, theme = self.grid.board, self.theme
        if board is None or room.width() < 1 or room.height() < 1:
            return
        longest = natural([line.unit.short for line in board.lines], self.grid.names.letters)
        count = len(board.days), len(board.lines)
        around = 2 * theme.px(INSET)
        inner = room.width() - around, room.height() - around
        found = measures(theme, inner, count, longest)
        wide = found.names + found.streaks + count[0] * found.column + found.today - found.column
        bar = self.grid.horizontalScrollBar().sizeHint().height() if wide > inner[0] else 0
        self.streaks.measures = found
        high = content_height(found, max(count[1], 1), theme) + bar + around
        beside = self.grid.verticalScrollBar().sizeHint().width() if high > room.height() else 0
        self.streaks.setFixedWidth(found.streaks - beside)  # else the bar would stand on the last day
        self.setGeometry(room.x(), room.y(), room.width(), min(high, room.height()))
        self._line.activate()  # the cells have their room before they are laid out
        self.grid.take_measures(found)


class Room(QWidget):
    """The card, and the legend right below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.card, self.legend = Card(theme), Legend(theme)
        for part in (self.card, self.legend):
            part.setParent(self)
        self.setFocusProxy(self.card)

    def show_board(self, board: Board) -> None:
        """Another state of it."""
        self.card.show_board(board)
        self.legend.show_board(board)
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """Head and a few rows."""
        return QSize(self.theme.px(320), self.theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cells as large as there is room."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Everything in its place."""
        gap, high = self.theme.px(7), self.legend.height_of(self.width())
        self.card.fit(QRect(0, 0, self.width(), self.height() - high - gap))
        self.legend.setGeometry(0, self.card.height() + gap, self.width(), high)


class Legend(QWidget):
    """What each state looks like; in as many lines as it needs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._marks: tuple[Mark, ...] = ALWAYS
        self.setFont(theme.font("caption"))
        self._name()

    def show_board(self, board: Board) -> None:
        """Closed days and late joiners are explained where there are any."""
        seldom = tuple(mark for mark in SELDOM if any(mark in line.marks for line in board.lines))
        if self._marks != ALWAYS[:-1] + seldom + ALWAYS[-1:]:
            self._marks = ALWAYS[:-1] + seldom + ALWAYS[-1:]
            self._name()
            self.update()

    def height_of(self, width: int) -> int:
        """All its lines, in px."""
        return self.theme.px(22) * (1 + max(line for line, _x, _entry in self._places(width)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sign and word, one after the other."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line, x, entry in self._places(self.width()):
            y = line * px(22) + px(3)
            box = QRectF(x, y, px(16), px(16))
            if entry is None:
                flame = icon_pixmap("flame", px(14), theme.color("text3"), self.devicePixelRatioF())
                painter.drawPixmap(x + px(1), y + px(1), flame)
            elif entry is Mark.WAITING:
                paint_diamond(painter, box.center(), theme)
            else:
                paint_mark(painter, box, entry, theme)
                if entry is Mark.AHEAD:  # its ground is nearly that of the page
                    painter.setPen(theme.color("border"))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
            words = QRectF(x + px(22), y - px(2), px(300), px(20))
            write(painter, words, _named(entry), self.font(), theme.color("text2"), LEFT)

    def _places(self, width: int) -> list[tuple[int, int, Mark | None]]:
        """Line and x of every entry; None is the flame."""
        px, metrics = self.theme.px, QFontMetrics(self.font())
        line, x, found = 0, px(4), []
        for entry in (*self._marks, None):
            wide = px(22) + metrics.horizontalAdvance(_named(entry))
            if x + wide > width and x > px(4):
                line, x = line + 1, px(4)
            found.append((line, x, entry))
            x += wide + px(14)
        return found

    def _name(self) -> None:
        self.setAccessibleName(", ".join(_named(entry) for entry in (*self._marks, None)))


def _named(entry: Mark | None) -> str:
    return _("Days on end with a sale") if entry is None else mark_name(entry)
