"""A sheet with a list to choose one thing from, with rows that a finger hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _, fold
from ui.cover import Cover
from ui.icons import icon_pixmap
from ui.keys import action_of, asks_help
from ui.pressable import Look, Pressable
from ui.scroll import Scroll
from ui.theme import Theme
from ui.till.lettering import LEFT, elided, weighted, write
from ui.widgets import IconButton, label

WIDTH, ROW = 520, 56  # px at 100 %
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose: what is told of the choice, its name, what is added to it, an icon."""

    value: str
    name: str
    more: str = ""
    icon: str = ""


class ListSheet(Cover):
    """`chosen` tells the entry's value; then, or when it is given up, it is gone. `now` is marked."""

    chosen = Signal(str)
    light = True

    def __init__(self, over: QWidget, theme: Theme, title: str, entries: Sequence[Entry], now: str) -> None:
        super().__init__(over, theme)
        px = theme.px
        self.setAccessibleName(title)
        self._rows = [_Row(entry, theme, taken=entry.value == now) for entry in entries]
        close = IconButton("x", _("Close"), theme=theme)
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(10), px(10), px(4))
        head.addWidget(label(title, "title", theme), 1)
        head.addWidget(close)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(px(10), px(6), px(10), px(10))
        rows.setSpacing(px(2))
        for row in self._rows:
            row.clicked.connect(lambda _checked=False, row=row: self._choose(row.entry.value))
            row.installEventFilter(self)
            rows.addWidget(row)
        rows.addStretch(1)
        self._scroll = Scroll(inside, over=False)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(0, 0, 0, px(6))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def open(self) -> None:
        """Come up, with the keyboard on what holds now."""
        self.cover()
        here = next((row for row in self._rows if row.taken), self._rows[0] if self._rows else None)
        if here:
            self._go(here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End, Esc; a letter goes to the next name that begins with it."""
        if action_of(event, "anywhere") == "back":
            self.leave()
        elif event.key() in _STEPS:
            self._go(self._rows[self._near(_STEPS[Qt.Key(event.key())])])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._rows[0 if event.key() == Qt.Key.Key_Home else -1])
        elif event.text().strip():
            self._find(fold(event.text()))
        event.setAccepted(not asks_help(event))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that go through the list, before the rows and what scrolls them have ideas of their own."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(watched, _Row)
        if pressed and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as the list or the window."""
        super().resizeEvent(event)
        px = self._theme.px
        width = min(px(WIDTH), self.width() - px(32))
        wanted = px(88) + len(self._rows) * (px(ROW) + px(2))
        height = min(wanted, self.height() - px(48))
        self.lay_in_middle(width, height)

    def _near(self, step: int) -> int:
        here = next((n for n, row in enumerate(self._rows) if row.hasFocus()), 0)
        return min(max(here + step, 0), len(self._rows) - 1)

    def _find(self, letter: str) -> None:
        here = self._near(0) + 1
        for row in (*self._rows[here:], *self._rows[:here]):
            if fold(row.entry.name).startswith(letter):
                self._go(row)
                return

    def _go(self, row: _Row) -> None:
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, self._theme.px(ROW))

    def _choose(self, value: str) -> None:
        self.leave()
        self.chosen.emit(value)


class _Row(Pressable):
    def __init__(self, entry: Entry, theme: Theme, *, taken: bool) -> None:
        super().__init__(entry.name, "ghost", theme.radius("control"), theme)
        self.entry, self.taken = entry, taken
        self.look = Look("primarySoft" if taken else "", "sunken", "sunken", "text")
        self.setFixedHeight(theme.px(ROW))
        self.setAccessibleName(f"{entry.name}, {entry.more}" if entry.more else entry.name)
        self.setAccessibleDescription(_("chosen") if taken else "")

    def minimumSizeHint(self) -> QSize:
        """As narrow as the sheet."""
        return QSize(self.theme.px(100), self.theme.px(ROW))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon, name, what is added below, a tick."""
        theme, px, ratio = self.theme, self.theme.px, self.devicePixelRatioF()
        size, left, right = theme.size("icon.normal"), px(12), rect.width() - px(12)
        top = (rect.height() - size) / 2
        if self.entry.icon:
            painter.drawPixmap(QPointF(left, top), icon_pixmap(self.entry.icon, size, self.ink(), ratio))
            left += px(32)
        if self.taken:
            right -= size
            tick = icon_pixmap("check", size, theme.color("primary"), ratio)
            painter.drawPixmap(QPointF(right, top), tick)
        font, small = weighted(theme.font("bodyLarge", 15), 700), theme.font("label")
        room = right - left - px(8)
        name = elided(self.entry.name, QFontMetrics(font), room)
        if not self.entry.more:
            write(painter, QRectF(left, 0, room, rect.height()), name, font, self.ink(), LEFT)
            return
        write(painter, QRectF(left, px(7), room, px(22)), name, font, self.ink(), LEFT)
        more = elided(self.entry.more, QFontMetrics(small), room)
        write(painter, QRectF(left, px(29), room, px(20)), more, small, theme.color("text2"), LEFT)
