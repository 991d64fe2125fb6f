"""F1: the manual over everything, opened at the page of what is in sight.

Contents and search on the left, the page on the right; from here to the map of keys, the settings, and the
papers: the quick card and the booklet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.manual import FIRST, help_page
from pos.text import _
from ui.catalogue.wide_sheet import WideSheet
from ui.cover import asking
from ui.issue import open_file
from ui.keys import keycap, meant
from ui.list_sheet import Entry, ListSheet
from ui.manual.contents import Contents
from ui.manual.reader import Reader
from ui.plain_tip import plain_tip
from ui.tell import Banner
from ui.theme import Theme
from ui.widgets import Button, IconButton, vline

if TYPE_CHECKING:
    from ui.app import App

LIST = 308  # px at 100 % that the contents are wide


class ManualSheet(WideSheet):
    """`map_wanted` and `settings_wanted` come when it has gone. Without `app` it is read, not printed."""

    map_wanted = Signal()
    settings_wanted = Signal()
    left = Signal()

    def __init__(self, over: QWidget, theme: Theme, app: App | None = None) -> None:
        super().__init__(over, theme, _("Help"))
        self._app = app
        self._read: list[str] = []  # the pages before this one
        self.contents = Contents(theme)
        self.contents.setFixedWidth(theme.px(LIST))
        self.reader = Reader(theme)
        self.banner = Banner(theme)
        self.back_button = IconButton("arrow-left", _("Page before"), theme=theme)
        self._lay_out()
        self.contents.chosen.connect(self.show_page)
        self.contents.backed.connect(self.go_back)
        self.reader.followed.connect(self.show_page)
        self.back_button.clicked.connect(self.go_back)

    @property
    def name(self) -> str:
        """The page that is read."""
        return self._read[-1] if self._read else ""

    def open_at(self, name: str) -> None:
        """Come up with this page; arrows scroll it."""
        self.open(self.reader)
        self.show_page(name)

    def show_page(self, name: str) -> None:
        """This page, and a way back to the one before."""
        if name != self.name:
            self._read.append(name)
        self._show()

    def go_back(self) -> None:
        """To the page that was read before."""
        if len(self._read) > 1:
            self._read.pop()
            self._show()

    def leave(self) -> None:
        """Go for good."""
        super().leave()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 and Esc close it, F2 searches, Alt+← goes back, Shift+F1 shows the keys, Ctrl+P prints."""
        action, which = meant(event, "help", "anywhere") or ("", 0)
        if (action, which) == ("help", 0):
            self.leave()
        elif action == "search":
            self.contents.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.contents.search.edit.selectAll()
        elif action == "page before":
            self.go_back()
        elif action == "print manual":
            self._ask_paper()
        elif action == "help" and self._app is not None:
            self._go_to_map()
        elif action == "settings" and self._app is not None:
            self._go_to_settings()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _show(self) -> None:
        self.reader.show_page(help_page(self.name))
        self.contents.show_here(self.name)
        self.back_button.setEnabled(len(self._read) > 1)

    def _go_to_map(self) -> None:
        self.leave()
        self.map_wanted.emit()

    def _go_to_settings(self) -> None:
        self.leave()
        self.settings_wanted.emit()

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        self.head.insertWidget(0, self.back_button)
        self.back_button.setToolTip(plain_tip(f"{_('Page before')} ({keycap('page before')})"))
        if self._app is not None:
            keys = Button(
                _("Map of keys"), kind="secondary", icon="grid-3x3", keycap=keycap("help", 1), theme=theme
            )
            keys.clicked.connect(self._go_to_map)
            paper = Button(
                _("Print the manual"),
                kind="secondary",
                icon="printer",
                keycap=keycap("print manual"),
                theme=theme,
            )
            paper.clicked.connect(self._ask_paper)
            settings = IconButton("settings", _("Settings"), theme=theme)
            settings.clicked.connect(self._go_to_settings)
            for button in (keys, paper, settings):
                self.head.insertWidget(self.head.count() - 1, button)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(self.contents)
        row.addWidget(vline(theme))
        row.addWidget(self.reader, 1)
        self.content.addLayout(row, 1)
        self.content.insertWidget(0, self.banner)
        self.banner.hide()

    def _ask_paper(self) -> None:
        if self._app is None:
            return
        entries = [
            Entry("card", _("Quick card"), _("A4, two sides: for the table of the booth"), "file-text"),
            Entry("booklet", _("Booklet"), _("A4, 20 pages: for whoever is new"), "layers"),
        ]
        sheet = ListSheet(self, self.theme, _("Print the manual"), entries, "")
        sheet.chosen.connect(self._print)
        sheet.open()

    def _print(self, which: str) -> None:
        from ui.manual.printing import printout
        from ui.preview import Preview

        if self._app is not None:
            Preview(self._app, self, printout(which), self._tell_where).open()

    def _tell_where(self, path: Path) -> None:
        told = _("Saved as {name}").format(name=path.name)
        self.banner.say("ok", told, str(path.parent), _("Open"), lambda: open_file(path))


def open_manual(over: QWidget, theme: Theme, name: str = FIRST, app: App | None = None) -> ManualSheet:
    """The manual over `over`, at the page `name`; over a question it is read alone: nothing leads on.

    Raises Refused where there is no such page.
    """
    asked = asking(over.window())
    sheet = ManualSheet(over.window(), theme) if asked else ManualSheet(over, theme, app)
    sheet.open_at(name)
    return sheet
