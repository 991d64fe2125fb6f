"""What stays in sight while the board scrolls: days above, names at the left, streaks at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from pos.reports.board import Board
from pos.reports.red_days import is_peak, is_red
from pos.text import _, month_name
from ui.board.day_numbers import APART, Number, shifts, shown
from ui.board.measures import PAD, Measures
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.till.lettering import CENTER, LEFT, RIGHT, Type, weighted

DAYS_TOP, DAYS_HIGH = 23, 24  # px of the row of days in the head, below that of the months


class DayHead(QHeaderView):
    """Months, and the number of every day: Sundays and holidays red, the programme's own day framed."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.theme = theme
        self.board: Board | None = None
        self._small = Type(weighted(theme.font("caption", 11), 500))
        self._red = Type(weighted(theme.font("caption", 11), 800))
        self._month = Type(weighted(theme.font("caption", 12.5), 700))
        self._today = Type(weighted(theme.font("label"), 800))
        metrics = QFontMetricsF(self._red.font)  # all figures are equally wide, in every weight
        self._exact = {digits: metrics.horizontalAdvance("0" * digits) for digits in (1, 2)}
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(4)
        self.setAccessibleName(_("Days"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Those in sight."""
        painter, theme, board = QPainter(self.viewport()), self.theme, self.board
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.color("surface"))
        if board is None or not board.days:
            return
        first = max(self.visualIndexAt(0), 0)
        last = self.visualIndexAt(self.viewport().width() - 1)
        last = len(board.days) - 1 if last < 0 else last
        self._paint_months(painter, board, first, last)
        for place, shift in zip(range(first, last + 1), self.moves(board)[first:], strict=False):
            self._paint_day(painter, board, place, shift)

    def moves(self, board: Board) -> list[float | None]:
        """Of each day by how much its number moves aside; None where there is no room for it."""
        apart, numbers = self.theme.px(APART), []
        for place, day in enumerate(board.days):
            size, today = self.sectionSize(place), place == board.place
            width = size - self.theme.px(2) - 5 if today else self._exact[len(str(day.day))]
            stays = today or is_red(day) or is_peak(day)
            numbers.append(Number(self.sectionPosition(place) + size / 2, width, stays))
        kept = shown(numbers, apart)
        moved = shifts(numbers, kept, apart)
        return [shift if keep else None for shift, keep in zip(moved, kept, strict=True)]

    def _paint_months(self, painter: QPainter, board: Board, first: int, last: int) -> None:
        """Each month over its first day in sight; one that would run into the next is left out."""
        px, color = self.theme.px, self.theme.color("text2")
        starts = [
            place
            for place in range(first, last + 1)
            if place == first or board.days[place].month != board.days[place - 1].month
        ]
        years = {board.days[0].year, board.days[-1].year}
        for n, place in enumerate(starts):
            x = max(self.sectionViewportPosition(place), 0) + 1
            name = month_name(board.days[place])
            words = name if len(years) > 1 else name.rpartition(" ")[0]
            end = self.sectionViewportPosition(starts[n + 1]) if n + 1 < len(starts) else x + px(400)
            if x + self._month.width(words) <= end - px(4):
                self._month.write(painter, QRectF(x, px(3), px(200), px(20)), words, color, LEFT)

    def _paint_day(self, painter: QPainter, board: Board, place: int, shift: float | None) -> None:
        theme, px, day = self.theme, self.theme.px, board.days[place]
        x, width = self.sectionViewportPosition(place), self.sectionSize(place)
        box = QRectF(x, px(DAYS_TOP), width - px(2), px(DAYS_HIGH))
        number = str(day.day)
        if place == board.place:
            paint_column(painter, QRectF(box.x(), box.bottom(), box.width(), px(200)), theme)
            painter.setPen(QPen(theme.color("goldBorder"), 1))
            painter.setBrush(theme.color("gold"))
            painter.drawRoundedRect(box.adjusted(2.5, 0.5, -2.5, -0.5), px(6), px(6))
            self._today.write(painter, box, number, theme.color("onGold"), CENTER)
            return
        if is_peak(day):
            painter.setPen(QPen(theme.color("gold"), 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            side = min(box.width() + 1, px(18))
            frame = QRectF(0, 0, side, px(18))
            frame.moveCenter(box.center())
            painter.drawRoundedRect(frame, px(4), px(4))
        if shift is None or box.left() < 0 or box.right() > self.viewport().width():
            return  # of a day that peeks in: half a number is another one
        red = is_red(day)
        face, ink = (self._red, "danger") if red else (self._small, "text3")
        face.write(painter, box.translated(shift, 0), number, theme.color(ink), CENTER)


class NameHead(QHeaderView):
    """The institutions by their short names."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self.theme = theme
        self.board: Board | None = None
        self.letters = Type(theme.font("label", 13))
        self._larger = Type(theme.font("label", 16))
        self.large = False
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("Institutions"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Those in sight."""
        painter, board, px = QPainter(self.viewport()), self.board, self.theme.px
        painter.fillRect(event.rect(), self.theme.color("surface"))
        if board is None or not board.lines:
            return
        face, ink = self._larger if self.large else self.letters, self.theme.color("text")
        first = max(self.visualIndexAt(0), 0)
        room = self.width() - px(PAD) - px(6)
        for place in range(first, len(board.lines)):
            y = self.sectionViewportPosition(place)
            if y > self.viewport().height():
                break
            box = QRectF(px(PAD), y, room, self.sectionSize(place))
            face.write(painter, box, face.middle_cut(board.lines[place].unit.short, room), ink, LEFT)


class Corner(QWidget):
    """Over the names: what they are."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.theme = theme
        self._face = Type(theme.font("caption"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """In the line of the days."""
        painter, px = QPainter(self), self.theme.px
        painter.fillRect(self.rect(), self.theme.color("surface"))
        box = QRectF(px(PAD), px(DAYS_TOP), self.width() - px(PAD), px(DAYS_HIGH))
        self._face.write(painter, box, _("UPT"), self.theme.color("text3"), LEFT)


class Streaks(QWidget):
    """The column at the right: how many days on end each has sold."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__()
        self.theme, self._view = theme, view
        self.board: Board | None = None
        self.measures: Measures | None = None
        self._face = Type(weighted(theme.font("body"), 700))
        self.setToolTip(_("Days on end with a sale"))
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.update())

    def sizeHint(self) -> QSize:
        """As wide as the figures."""
        return QSize(self.theme.px(54), self.theme.px(100))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A flame above, the figures below it."""
        painter, theme, px, board = QPainter(self), self.theme, self.theme.px, self.board
        if board is None or self.measures is None or not board.lines:
            return
        size, head, right = px(14), self.measures.head, self.width() - px(13)
        flame = icon_pixmap("flame", size, theme.color("text3"), self.devicePixelRatioF())
        painter.drawPixmap(right - size, px(DAYS_TOP) + (px(DAYS_HIGH) - size) // 2, flame)
        painter.setClipRect(0, head, self.width(), self._view.viewport().height())
        rows, view = self._view.verticalHeader(), self._view
        for place in range(max(rows.visualIndexAt(0), 0), len(board.lines)):
            y = view.rowViewportPosition(place) + head
            if y > self.height():
                break
            streak = board.lines[place].streak
            ink = theme.color("text" if streak else "text3")
            box = QRectF(0, y, right, view.rowHeight(place))
            self._face.write(painter, box, str(streak) if streak else "–", ink, RIGHT)


def paint_column(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """The golden ground of today's column, round above and below."""
    painter.setPen(QPen(theme.color("goldBorder"), 1))
    painter.setBrush(theme.color("goldSoft"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))


def natural(names: list[str], letters: Type) -> int:
    """How wide the longest name is, in px."""
    metrics = QFontMetrics(letters.font)
    return max((metrics.horizontalAdvance(name) for name in names), default=0)
