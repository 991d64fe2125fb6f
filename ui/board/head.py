"""The head of the board: what it is, of which day, how complete; out of it, and onto the whole screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.reports.board import Board
from pos.text import _
from ui.board.words import subtitle
from ui.keys import keycap
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import LEFT, elided, write
from ui.till.menus import touch_menu
from ui.widgets import Button

GROUND = Look("", "sunken", "sunken", "text")


class Head(QWidget):
    """`file_wanted` tells an ending: pdf, png, xlsx, csv."""

    file_wanted = Signal(str)
    full_wanted = Signal()
    complete_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._tables = True  # whether who is here may see all Rupiah
        self.title = Title(theme)
        self.title.clicked.connect(self.complete_wanted)
        self.save = Button(_("Download"), kind="secondary", icon="file-down", theme=theme)
        self.save.clicked.connect(self.open_menu)
        self.full = Button(
            _("Full screen"), kind="secondary", icon="maximize", keycap=keycap("full"), theme=theme
        )
        self.full.clicked.connect(self.full_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.title, 1)
        row.addWidget(self.save)
        row.addWidget(self.full)

    def show_board(self, board: Board) -> None:
        """Other words below the title."""
        self.title.say(subtitle(board), subtitle(board, programme=False))
        self.save.setEnabled(bool(board.lines))
        self._tables = not board.hidden

    def set_wall(self, *, on: bool) -> None:
        """On a wall there is nothing to press but the way back."""
        self.save.setVisible(not on)
        self.full.setText(_("Leave") if on else _("Full screen"))
        self.full.icon_name = "x" if on else "maximize"

    def open_menu(self) -> None:
        """What it can be saved as."""
        menu = touch_menu(self, self.theme)
        papers = [("pdf", _("A4 to print (PDF)")), ("png", _("Picture for a chat (PNG)"))]
        tables = [("xlsx", _("Excel")), ("csv", _("CSV"))]  # every day in Rupiah
        for ending, words in (*papers, *(tables if self._tables else ())):
            menu.addAction(words).triggered.connect(
                lambda _checked=False, ending=ending: self.file_wanted.emit(ending)
            )
        menu.popup(self.save.mapToGlobal(self.save.rect().bottomLeft()))


class Title(Pressable):
    """The title and what stands below it; pressed it tells how complete the data is, booth by booth."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("One day, one product"), "ghost", theme.radius("control"), theme)
        self.look = GROUND
        self._said = self._shorter = ""
        self.setFixedHeight(theme.px(50))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._small = theme.font("label", 13)

    def say(self, words: str, shorter: str) -> None:
        """The line below; a shorter one for where that has no room."""
        self._said, self._shorter = words, shorter
        self.setAccessibleName(f"{self.text()}, {words}")
        self.setToolTip(words)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """It gives way before the buttons do."""
        return QSize(self.theme.px(160), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Two lines."""
        px, room = self.theme.px, rect.width()
        title = self.theme.font("heading")
        words = elided(self.text(), QFontMetrics(title), room)
        write(painter, QRectF(0, px(1), room, px(32)), words, title, self.theme.color("text"), LEFT)
        metrics = QFontMetrics(self._small)
        fits = metrics.horizontalAdvance(self._said) <= room
        below = elided(self._said if fits else self._shorter, metrics, room)
        write(painter, QRectF(0, px(31), room, px(18)), below, self._small, self.theme.color("text2"), LEFT)
