"""A sheet with a calendar: the first and the last day of something, each with one tap."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _, date_span, month_name, ngettext, short_date, weekday_names
from ui.cover import Cover
from ui.keys import action_of, asks_help
from ui.pressable import LOOKS, Look, Pressable
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.widgets import Button, IconButton, OnwardButton, label

WIDTH, HEIGHT, CELL = 430, 520, 48  # px at 100 %
WEEKS = 6
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_BETWEEN = Look("primarySoft", "primarySoftHover", "primarySoftHover", "onPrimarySoft")


class DaysSheet(Cover):
    """The first tap is the first day, the second the last. `chosen` tells both once they are taken over."""

    chosen = Signal(object, object)
    light = True

    def __init__(self, over: QWidget, theme: Theme, title: str, start: date, end: date) -> None:
        super().__init__(over, theme)
        px = theme.px
        self.setAccessibleName(title)
        self.start, self.end = start, end
        self._half = False  # the first day was tapped, the last was not yet
        self._month = start.replace(day=1)
        self._name = label("", "title", theme)
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._days = label("", "bodyLarge", theme, color="text2")
        back, on = (
            IconButton("arrow-left", _("Month before"), theme=theme),
            OnwardButton(_("Month after"), theme=theme),
        )
        back.clicked.connect(lambda: self._turn(-1))
        on.clicked.connect(lambda: self._turn(1))
        head = QHBoxLayout()
        for part in (back, on):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.addWidget(back)
        head.addWidget(self._name, 1)
        head.addWidget(on)
        self._keep = Button(_("Take these days"), theme=theme)
        self._keep.clicked.connect(self._choose)
        leave = Button(_("Cancel"), kind="secondary", theme=theme)
        leave.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(leave)
        foot.addWidget(self._keep, 1)
        column = QVBoxLayout(self.paper)
        margin = px(20)
        column.setContentsMargins(margin, px(12), margin, px(16))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addLayout(self._calendar(theme))
        column.addWidget(self._days)
        column.addLayout(foot)
        self._show()

    def open(self) -> None:
        """Come up, with the keyboard on the first day."""
        self.cover()
        self._go(self.start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows from day to day, the page keys from month to month, Esc."""
        here = next((cell.day for cell in self._cells if cell.hasFocus()), None)
        if action_of(event, "anywhere") == "back":
            self.leave()
        elif here and event.key() in _STEPS:
            self._go(here + timedelta(days=_STEPS[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
            self._go(self._month)
        event.setAccepted(not asks_help(event))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go from day to day, before the buttons have ideas of their own."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(watched, _Day)
        if pressed and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle."""
        super().resizeEvent(event)
        px = self._theme.px
        width, height = min(px(WIDTH), self.width() - px(16)), min(px(HEIGHT), self.height() - px(16))
        self.lay_in_middle(width, height)

    def _calendar(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.px(2))
        self._cells = [_Day(theme) for _cell in range(7 * WEEKS)]
        for place, name in enumerate(weekday_names()):
            heading = label(name, "caption", theme, color="danger" if place == 6 else "text3")
            heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(heading, 0, place)
        for place, cell in enumerate(self._cells):
            cell.clicked.connect(lambda _checked=False, cell=cell: self._tap(cell.day))
            cell.installEventFilter(self)
            grid.addWidget(cell, 1 + place // 7, place % 7)
        return grid

    def _tap(self, day: date) -> None:
        if self._half and day >= self.start:
            self.end, self._half = day, False
        else:
            self.start = self.end = day
            self._half = True
        self._show()

    def _turn(self, step: int) -> None:
        months = self._month.year * 12 + self._month.month - 1 + step
        if 12 * 2000 <= months < 12 * 2100:
            self._month = date(months // 12, months % 12 + 1, 1)
            self._show()

    def _go(self, day: date) -> None:
        if (day.year, day.month) != (self._month.year, self._month.month):
            self._month = day.replace(day=1)
            self._show()
        cell = next(cell for cell in self._cells if cell.day == day)
        cell.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self) -> None:
        self._name.setText(month_name(self._month))
        first = self._month - timedelta(days=self._month.weekday())
        for place, cell in enumerate(self._cells):
            day = first + timedelta(days=place)
            look = LOOKS["primary"] if day in (self.start, self.end) else LOOKS["ghost"]
            cell.show_day(day, _BETWEEN if self.start < day < self.end else look)
            cell.setVisible(day.month == self._month.month)
        span = f"{date_span(self.start, self.end)} · {day_count(self.start, self.end)}"
        self._days.setText(_("Now tap the last day.") if self._half else span)

    def _choose(self) -> None:
        self.leave()
        self.chosen.emit(self.start, self.end)


def day_count(start: date, end: date) -> str:
    """`41 hari`, both days included."""
    days = (end - start).days + 1
    return ngettext("{count} day", "{count} days", days).format(count=days)


class _Day(Pressable):
    def __init__(self, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("control"), theme)
        self.day = date.min
        self.setFont(weighted(theme.font("bodyLarge", 15), 600))
        self.setMinimumSize(theme.px(CELL), theme.px(CELL))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def show_day(self, day: date, look: Look) -> None:
        """Another day."""
        self.day, self.look = day, look
        self.setText(str(day.day))
        self.setAccessibleName(short_date(day))
        self.update()
