"""Choosing a day with a finger: the near ones as words, every other one in a month's grid."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.text import _, long_date, short_date
from ui.orders.words import near_day
from ui.theme import Theme
from ui.widgets import Chip, IconButton, label


class DayPicker(QWidget):
    """`changed` tells the day that was chosen, None for none. Days before `first` cannot be chosen."""

    changed = Signal(object)

    def __init__(self, theme: Theme, first: date) -> None:
        super().__init__()
        self.theme, self.first = theme, first
        self.day: date | None = None
        self._near = {
            day: Chip(near_day(day, first), theme=theme)
            for day in (first, first + timedelta(1), first + timedelta(2))
        }
        self._other = Chip(_("Other day…"), theme=theme)
        self._month = Month(theme, first)
        self._month.chosen.connect(self._take)
        self._month.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for day, chip in self._near.items():
            chip.clicked.connect(self._choosing(day))
            row.addWidget(chip)
        self._other.clicked.connect(self._toggle)
        row.addWidget(self._other)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._month)

    def show_day(self, day: date | None) -> None:
        """Show what is chosen, without telling so."""
        self.day = day
        for near, chip in self._near.items():
            chip.setChecked(near == day)
        far = day is not None and day not in self._near
        self._other.setChecked(far)
        self._other.setText(short_date(day) if far and day else _("Other day…"))
        self._other.set_count(None)
        self._month.show_month(day or self.first, day)

    def _take(self, day: date | None) -> None:
        self.show_day(None if day == self.day else day)
        self._month.hide()
        self.changed.emit(self.day)

    def _choosing(self, day: date) -> Callable[[], None]:
        return lambda: self._take(day)

    def _toggle(self) -> None:
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
        back = IconButton("arrow-left", _("Month before"), theme=theme)
        on = IconButton("chevron-down", _("Next month"), theme=theme)
        back.clicked.connect(lambda: self._turn(-1))
        on.clicked.connect(lambda: self._turn(1))
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(self._title, 1)
        head.addWidget(on)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._cells: list[Chip | QLabel] = []
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
            cell = Chip(str(number), theme=self.theme)
            cell.setAccessibleName(long_date(day))
            cell.setChecked(day == self._day)
            cell.setEnabled(day >= self.first)
            cell.clicked.connect(self._choosing(day))
            row = (number + self._shown.weekday() - 1) // 7 + 1
            self._put(cell, row, day.weekday())

    def _put(self, cell: Chip | QLabel, row: int, column: int) -> None:
        self._grid.addWidget(cell, row, column)
        self._cells.append(cell)

    def _choosing(self, day: date) -> Callable[[], None]:
        return lambda: self.chosen.emit(day)
