"""Shift+F1: the map of keys, drawn from the table that binds them, and the way to the settings.

The keys of what is in sight come first; a narrower window has fewer columns, and scrolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from pos.text import _
from ui.keys import KEYS, keycap, meanings, meant, place_names, written
from ui.scroll import Scroll
from ui.shadow import paint_shadow
from ui.theme import Theme
from ui.widgets import Button, IconButton, Keycap, Panel, hline, label

WIDTH, HEIGHT = 1320, 860  # px at 100 %
COLUMN, GAP, MOST = 256, 24, 4  # px at 100 % that a column needs, between two, and how many there are
MARGIN = 20  # px at 100 %
SCROLLING = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HelpMap(QWidget):
    """Covers its parent with a scrim and the map in the middle. It takes all keys until it is closed."""

    settings_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget, *, office: bool = False) -> None:
        super().__init__(parent)
        self.theme = theme
        self.office = office
        self._before: QWidget | None = None
        self._sheet = Panel(theme, radius="sheet")
        self._sheet.setParent(self)
        self._first = ""  # the place that is in sight below the map
        self._shown: tuple[str, int] | None = None  # with how many columns it is laid out
        self._scroll = Scroll(over=False)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open_over(self, place: str = "") -> None:
        """Show it over the whole parent, the keys of `place` first."""
        self._before = QApplication.focusWidget()
        self._first = place
        parent = self.parentWidget()
        if parent:
            self.setGeometry(parent.rect())
        self._arrange()
        self._scroll.verticalScrollBar().setValue(0)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: object) -> None:
        """The keyboard goes back to where it was."""
        del event
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, F1, Shift+F1 and Enter close it, arrows scroll it; nothing reaches what lies below."""
        found = meant(event, "anywhere")
        if found and found[0] == "settings":
            self._go_to_settings()
        elif (found and found[0] in ("help", "back")) or event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self.hide()
        elif event.key() in SCROLLING:
            QApplication.sendEvent(self._scroll.verticalScrollBar(), event)
        event.accept()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab stays here: its two buttons have keys of their own, and what lies below is out of reach."""
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap beside the map closes it."""
        if not self._sheet.geometry().contains(event.position().toPoint()):
            self.hide()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as the design or the window allows."""
        super().resizeEvent(event)
        px = self.theme.px
        width, height = min(px(WIDTH), self.width() - px(32)), min(px(HEIGHT), self.height() - px(32))
        self._sheet.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Scrim and shadow."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("scrim"))
        paint_shadow(painter, self._sheet.geometry(), self.theme.radius("sheet"), self.theme, "sheet")

    def _go_to_settings(self) -> None:
        self._before = None
        self.hide()
        self.settings_wanted.emit()

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        header = QHBoxLayout()
        header.setContentsMargins(px(24), px(12), px(12), px(12))
        header.setSpacing(px(8))
        header.addWidget(label(_("Map of keys"), "heading", theme))
        header.addStretch(1)
        settings = Button(
            _("Settings"), kind="secondary", icon="settings", keycap=keycap("settings"), theme=theme
        )
        settings.clicked.connect(self._go_to_settings)
        close = IconButton("x", _("Close"), theme=theme)
        close.clicked.connect(self.hide)
        header.addWidget(settings)
        header.addWidget(close)
        for button in (settings, close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll = self._scroll
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(hline(theme))
        column.addWidget(scroll, 1)

    def _arrange(self) -> None:
        """As many columns as there is room for, filled evenly and in order."""
        px = self.theme.px
        room = self._sheet.width() - px(2 * MARGIN) + px(GAP)
        wanted = (self._first, max(1, min(MOST, room // px(COLUMN + GAP))))
        if wanted == self._shown:
            return
        self._shown = wanted
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(px(MARGIN), px(8), px(MARGIN), px(16))
        columns.setSpacing(px(GAP))
        for places in _divided(_in_order(self._first, office=self.office), wanted[1]):
            column = QVBoxLayout()
            column.setSpacing(px(2))
            for place in places:
                self._add_place(column, place)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._scroll.hold(body)

    def _add_place(self, column: QVBoxLayout, place: str) -> None:
        theme, px, words = self.theme, self.theme.px, meanings(office=self.office)
        shown = load_hints(theme)
        column.addSpacing(px(8))
        color = "primary" if place == self._first else "text"
        column.addWidget(label(place_names(office=self.office)[place], "title", theme, color=color))
        column.addSpacing(px(4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        for row, key in enumerate(one for one in KEYS if one.place == place):
            meaning = label(words[key.action], "body", theme, wrap=True)
            caps = QHBoxLayout()
            caps.setSpacing(px(4))
            caps.addStretch(1)
            for name in _few(key.keys):
                caps.addWidget(Keycap(written(name), shown))
            grid.addWidget(meaning, row, 0)
            grid.addLayout(caps, row, 1)
        column.addLayout(grid)


def _in_order(first: str, *, office: bool) -> list[str]:
    """The places of the map: what is in sight, what holds anywhere, the others as in their table."""
    return sorted(place_names(office=office), key=lambda place: (place != first, place != "anywhere"))


def _divided(places: Sequence[str], count: int) -> list[Sequence[str]]:
    """`places` in `count` columns, in order, the longest as short as can be."""
    rows = {place: 2 + sum(key.place == place for key in KEYS) for place in places}  # a title is like two
    best: list[Sequence[str]] = [places]
    least = sum(rows.values())
    for cuts in combinations(range(1, len(places)), count - 1):
        columns = [places[begin:end] for begin, end in pairwise((0, *cuts, len(places)))]
        longest = max(sum(rows[place] for place in column) for column in columns)
        if longest < least:
            best, least = columns, longest
    return best


def load_hints(theme: Theme) -> Theme:
    """The same theme with key hints, for here they are what is shown."""
    from ui.theme import load_theme

    return load_theme(theme.mode, theme.scale, hints=True, calm=theme.calm)


def _few(keys: tuple[str, ...]) -> tuple[str, ...]:
    """`Ctrl+1 … Ctrl+7` of a row of digits; of other keys the two that people use."""
    if len(keys) > 2 and keys[0][-1] == "1":
        return (keys[0], f"… {keys[-1]}")
    return tuple(key for key in keys if key not in ("Return", "Ctrl+Enter"))[:2]
