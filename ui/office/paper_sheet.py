"""Any paper at the office, over the page: only to be looked at and printed as a copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused, UserError
from pos.ledger import Ledger
from pos.papers import Paper, Source, draw, number_of, paper_name, papers_of
from pos.paths import home, private_folder
from pos.receipts.blocks import Slip
from pos.text import _
from ui import work
from ui.app import App
from ui.cover import Cover
from ui.issue import open_file
from ui.keys import action_of, keycap
from ui.slip_view import SlipView
from ui.widgets import Button, IconButton, label

COPY = 1  # an office never prints the original


class PaperSheet(Cover):
    """The usual paper of a document."""

    light = True

    def __init__(self, app: App, over: QWidget, found: Source) -> None:
        super().__init__(over, app.theme)
        theme, px = app.theme, app.theme.px
        self.app, self._wanted = app, papers_of(found)[0]
        title = f"{paper_name(self._wanted.paper)} {number_of(found)}"
        self.setAccessibleName(title)
        self._view = SlipView(theme)
        self._said = label("", "label", theme, color="text2", wrap=True)
        self._said.hide()
        self.close_button = IconButton("x", _("Close"), theme=theme)
        self.close_button.clicked.connect(self.leave)
        self.print = Button(
            _("Print a copy"), kind="secondary", icon="printer", keycap=keycap("print"), theme=theme
        )
        self.print.clicked.connect(self._print)
        head = QHBoxLayout()
        head.addWidget(label(title, "title", theme, wrap=True), 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(10), px(12), px(14))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self._said)
        column.addWidget(self._view, 1)
        column.addWidget(self.print)

    def open(self) -> None:
        """Come up, and draw the paper in the background."""
        self.cover()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        ledger, wanted = self.app.ledger, self._wanted
        work.run(lambda: draw(ledger, wanted, copy=COPY), done=self._show, failed=self._tell, lane="reports")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P prints."""
        if action_of(event, "done") == "print":
            self._print()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the window allows."""
        super().resizeEvent(event)
        px = self._theme.px
        width, height = min(px(520), self.width() - px(32)), self.height() - px(24)
        self.lay(QRect((self.width() - width) // 2, px(12), width, height))

    def _show(self, drawn: Paper) -> None:
        self._view.show_paper(drawn if isinstance(drawn, Slip) else drawn[0])

    def _print(self) -> None:
        ledger, wanted = self.app.ledger, self._wanted

        def write() -> Path:
            from pos.receipts.pdf import write_pdf

            path = home() / "struk" / f"{wanted.number}-salinan.pdf"
            private_folder(path.parent)
            write_pdf(draw(ledger, wanted, copy=COPY), path)
            return path

        work.run(write, done=open_file, failed=self._tell, lane="reports")

    def _tell(self, error: UserError) -> None:
        self._said.setText(str(error))
        self._said.show()


def paper_of(ledger: Ledger, device: str, seq: int, number: str) -> Source:
    """On the background thread: a receipt or a return by its place, any other paper by its number."""
    from pos.paper_search import find_paper
    from pos.sales_search import paper_at

    try:
        return paper_at(ledger, device, seq)
    except Refused:
        if not number:
            raise
        return find_paper(ledger, number)
