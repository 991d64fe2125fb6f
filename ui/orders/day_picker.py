"""Choosing a day with a finger: the near ones as words, every other one in a month's grid."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.text import _, long_date, short_date
from ui.orders.small import Choices
from ui.orders.words import near_day
from ui.pressable import LOOKS, Look, Pressable
from ui.theme import Theme
from ui.widgets import Button, label

OTHER = "other"


class DayPicker(QWidget):
    """`changed` tells the day that was chosen, None for none. Days before `first` cannot be chosen."""

    changed = Signal(object)

    def __init__(self, theme: Theme, first: date) -> None:
        super().__init__()
        self.theme, self.first = theme, first
        self.day: date | None = None
        self._near = {day.isoformat(): day for day in (first, first + timedelta(1), first + timedelta(2))}
        names = {code: near_day(day, first) for code, day in self._near.items()}
        self._chips = Choices(names | {OTHER: _("Other day…")}, theme, self._press)
        self._other = label("", "label", theme, color="primary")
        self._month = Month(theme, first)
        self._month.chosen.connect(self._take)
        self._month.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._chips)
        column.addWidget(self._other)
        column.addWidget(self._month)
        self.show_day(None)

    def show_day(self, day: date | None) -> None:
        """Show what is chosen, without telling so."""
        self.day = day
        far = day is not None and day.isoformat() not in self._near
        self._chips.choose(OTHER if far else day.isoformat() if day else "")
        self._other.setText(long_date(day) if far and day else "")
        self._other.setVisible(far)
        self._month.show_month(day or self.first, day)

    def _take(self, day: date | None) -> None:
        self.show_day(None if day == self.day else day)
        self._month.hide()
        self.changed.emit(self.day)

    def _press(self, code: str) -> None:
        if code != OTHER:
            self._take(self._near[code])
            return
        self._month.setVisible(not self._month.isVisible())
        self.show_day(self.day)


class Month(QWidget):
    """Six weeks of 48 px cells. `chosen` tells a day."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, first: date) -> None:
        super().__init__()
        self.theme, self.first = theme, first
        self._shown = first.replace(day=1)
        self._day: date | None = None
        self._title = label("", "title", theme)
        self._title.setFont(theme.font("title", 15))
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back, on = (Button(sign, kind="ghost", theme=theme) for sign in ("‹", "›"))
        back.setAccessibleName(_("Month before"))
        on.setAccessibleName(_("Next month"))
        back.clicked.connect(lambda: self._turn(-1))
        on.clicked.connect(lambda: self._turn(1))
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(self._title, 1)
        head.addWidget(on)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._cells: list[_Cell | QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._grid)
        self.setMaximumWidth(theme.px(7 * 56))

    def show_month(self, of: date, day: date | None) -> None:
        """The month of a day, with `day` marked."""
        self._shown, self._day = of.replace(day=1), day
        self._fill()

    def _turn(self, by: int) -> None:
        month = self._shown.year * 12 + self._shown.month - 1 + by
        year, number = divmod(month, 12)
        if (
            date(year, number + 1, monthrange(year, number + 1)[1]) >= self.first
            and year < self.first.year + 2
        ):
            self.show_month(date(year, number + 1, 1), self._day)

    def _fill(self) -> None:
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells = []
        self._title.setText(long_date(self._shown).split(" ", 2)[2])
        monday = date(2023, 4, 17)
        for column in range(7):
            name = label(short_date(monday + timedelta(column))[:3], "caption", self.theme, color="text2")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._put(name, 0, column)
        for number in range(1, monthrange(self._shown.year, self._shown.month)[1] + 1):
            day = self._shown.replace(day=number)
            cell = _Cell(str(number), self.theme)
            cell.setAccessibleName(long_date(day))
            cell.setChecked(day == self._day)
            cell.setEnabled(day >= self.first)
            cell.clicked.connect(self._choosing(day))
            row = (number + self._shown.weekday() - 1) // 7 + 1
            self._put(cell, row, day.weekday())

    def _put(self, cell: _Cell | QLabel, row: int, column: int) -> None:
        self._grid.addWidget(cell, row, column)
        self._cells.append(cell)

    def _choosing(self, day: date) -> Callable[[], None]:
        return lambda: self.chosen.emit(day)


class _Cell(Pressable):
    """One day: 48 px to the finger."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text, "ghost", theme.radius("control"), theme)
        self.setCheckable(True)
        self.setFont(theme.font("button"))
        self.setFixedHeight(theme.size("touchMin"))
        self.setMinimumWidth(theme.size("touchMin"))

    def sizeHint(self) -> QSize:
        """Wider where there is room."""
        return QSize(self.theme.px(54), self.height())

    def _paint_body(self, painter: QPainter) -> None:
        plain = Look("", "sunken", "sunken", "text" if self.isEnabled() else "textDisabled")
        self.look = LOOKS["primary"] if self.isChecked() else plain
        if self.isEnabled():  # a day that is over has no ground
            super()._paint_body(painter)
