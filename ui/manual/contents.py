"""The contents of the manual: chapters and pages, or those in which what is sought is told."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.manual import chapters, found, help_page
from pos.text import _
from ui.fields import TextField
from ui.keys import action_of
from ui.pressable import Look, Pressable
from ui.scroll import Scroll
from ui.theme import Theme
from ui.till.lettering import LEFT, elided, weighted, write
from ui.widgets import label

ROW = 48  # px at 100 %
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class Contents(QWidget):
    """`chosen` tells a page's name, `backed` that the one before is wanted.

    Arrows go from page to page, in the field of the search too.
    """

    chosen = Signal(str)
    backed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows: list[PageRow] = []
        self._here = ""
        self.search = TextField(_("Search the manual"), theme, most=60)
        self.search.edit.setPlaceholderText(_("Search the manual"))
        self.search.edit.textChanged.connect(self._fill)
        self.search.edit.returnPressed.connect(self._take_first)
        self.search.edit.installEventFilter(self)
        self._scroll = Scroll(over=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.search)
        column.addWidget(self._scroll, 1)
        self._fill("")

    def show_here(self, name: str) -> None:
        """This page is the one that is read."""
        self._here = name
        for row in self.rows:
            row.set_here(row.name == name)
            if row.name == name:
                self._scroll.ensureWidgetVisible(row, 0, self.theme.px(ROW))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, before the field and the rows have ideas of their own."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if action_of(event, "help") == "page before":
            self.backed.emit()
            return True
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.rows:
            return False
        here = next((n for n, row in enumerate(self.rows) if row is watched), -1)
        to = here + step
        if to < 0:
            self.search.edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            row = self.rows[min(to, len(self.rows) - 1)]
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(row, 0, self.theme.px(ROW))
        return True

    def _take_first(self) -> None:
        if self.rows:
            self.chosen.emit(self.rows[0].name)

    def _fill(self, words: str) -> None:
        inside, px = QWidget(), self.theme.px
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(4), px(8))
        column.setSpacing(0)
        self.rows = []
        for title, pages in _listed(words):
            if title:
                column.addSpacing(px(8))
                column.addWidget(label(title, "caption", self.theme, color="text3", wrap=True))
            for name, page_title in pages:
                row = PageRow(name, page_title, self.theme)
                row.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
                row.installEventFilter(self)
                self.rows.append(row)
                column.addWidget(row)
        if not self.rows:
            none = _("Nothing in the manual has these words.")
            column.addWidget(label(none, "body", self.theme, color="text2", wrap=True))
        column.addStretch(1)
        self._scroll.hold(inside)
        self.show_here(self._here)


class PageRow(Pressable):
    """A page in the contents."""

    def __init__(self, name: str, title: str, theme: Theme) -> None:
        super().__init__(title, "ghost", theme.radius("control"), theme)
        self.name = name
        self._here = False
        self.setFixedHeight(theme.px(ROW))

    def set_here(self, here: bool) -> None:
        """Whether it is the page that is read."""
        self._here = here
        self.look = Look("primarySoft" if here else "", "sunken", "sunken", "text")
        self.setAccessibleDescription(_("chosen") if here else "")
        self.update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the column."""
        return QSize(self.theme.px(80), self.theme.px(ROW))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Its title on one line."""
        px, theme = self.theme.px, self.theme
        font = weighted(theme.font("body"), 700 if self._here else 600)
        room = rect.width() - px(20)
        ink = theme.color("onPrimarySoft" if self._here else "text")
        title = elided(self.text(), QFontMetrics(font), room)
        write(painter, QRectF(px(10), 0, room, rect.height()), title, font, ink, LEFT)


def _listed(words: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Chapter titles with their pages; of a search all together, under no title."""
    if words.strip():
        yield "", [(page.name, page.title) for page in found(words)]
        return
    for chapter in chapters():
        yield chapter.title, [(name, help_page(name).title) for name in chapter.pages]
