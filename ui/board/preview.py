"""The board's paper before it is printed, page by page; then as a PDF, which the system prints."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.receipts.sheet import Sheet
from pos.text import _
from ui.catalogue.wide_sheet import WideSheet
from ui.keys import action_of, keycap
from ui.slip_view import SlipView
from ui.theme import Theme
from ui.widgets import Button, IconButton, OnwardButton, label


class PreviewSheet(WideSheet):
    """`take` writes and opens it."""

    def __init__(
        self, over: QWidget, theme: Theme, pages: tuple[Sheet, ...], take: Callable[[], object]
    ) -> None:
        super().__init__(over, theme, _("Print the board"))
        self._pages, self._take, self._here = pages, take, 0
        self.view = SlipView(theme, sheet=530)
        self.before = IconButton("arrow-left", _("Page before"), theme=theme)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = OnwardButton(_("Next page"), theme=theme)
        self.after.clicked.connect(lambda: self.turn(1))
        self.said = label("", "label", theme, color="text2")
        self.print = Button(_("Print"), icon="printer", keycap=keycap("print report"), theme=theme)
        self.print.clicked.connect(self.main)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        for button in (self.before, self.said, self.after):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.print)
        self.content.addWidget(self.view, 1)
        self.content.addLayout(foot)
        self.turn(0)

    def open(self, first: QWidget | None = None) -> None:
        """Come up."""
        super().open(first or self.print)

    def turn(self, by: int) -> None:
        """To another page."""
        self._here = min(max(self._here + by, 0), len(self._pages) - 1)
        self.view.show_paper(self._pages[self._here])
        words = _("Page {number} of {pages}").format(number=self._here + 1, pages=len(self._pages))
        self.said.setText(words)
        several = len(self._pages) > 1
        for button in (self.before, self.after, self.said):
            button.setVisible(several)

    def main(self) -> None:
        """Print."""
        self.leave()
        self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P prints."""
        if action_of(event, "reports") == "print report":
            self.main()
            event.accept()
            return
        super().keyPressEvent(event)
