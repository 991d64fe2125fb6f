"""A page over one report: its head, its table, what is said of it, and out of it. Read in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Refund, Sale, Table
from pos.papers import Source
from pos.reports import Period, run_report
from pos.reports.completeness import complete_lines
from pos.reports.shown import Shown
from pos.text import _
from ui import work
from ui.app import App
from ui.keys import action_of, keycap
from ui.office.paper_sheet import PaperSheet, paper_of
from ui.page import Page
from ui.reports.files import ReportFiles
from ui.reports.head import EXPORTS
from ui.reports.leaving import report_shown
from ui.reports.table import TableView, part_of
from ui.tell import Banner
from ui.widgets import Button, label


class ReportPage(Page):
    """Subclasses say which report (`name`), and put more into `top`, `middle` and `foot`."""

    name = ""

    def __init__(self, app: App, title: str) -> None:
        super().__init__(app)
        theme, px = app.theme, app.theme.px
        self.table: Table | None = None
        self._turn = 0
        self.banner = Banner(theme)
        self.files = ReportFiles(app, self, self.banner)
        self.rows = TableView(title, theme)
        self.said = label("", "label", theme, color="text2", wrap=True)
        self.said.hide()
        self.head, self.foot = QHBoxLayout(), QHBoxLayout()
        self.top, self.middle = QVBoxLayout(), QVBoxLayout()
        self.middle.addWidget(self.rows, 1)
        self.head.setSpacing(px(8))
        self.top.setSpacing(px(10))
        self.foot.setSpacing(px(8))
        self.head.addWidget(label(title, "heading", theme))
        self.head.addStretch(1)
        self.buttons: list[Button] = []
        for ending, word, icon in EXPORTS:
            self._add_button(word, icon, partial(self._save, ending))
        self.print = Button(_("Print"), icon="printer", theme=theme)
        self.print.setAccessibleDescription(keycap("print report"))
        self.print.clicked.connect(self.print_report)
        self.head.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(12), px(18), px(12))
        column.setSpacing(px(10))
        column.addLayout(self.head)
        column.addWidget(self.banner)
        column.addLayout(self.top)
        column.addLayout(self.middle, 1)
        column.addLayout(self.foot)
        column.addWidget(self.said)
        self.rows.opened.connect(self.open_row)

    def period(self) -> Period:
        """Of which days, booth and institution it is."""
        return Period()

    def chosen(self) -> tuple[str, ...]:
        """What else narrows it down, in words."""
        return ()

    def open_row(self, row: tuple[Any, ...]) -> None:
        """Enter on a row, or a second tap."""

    def show_table(self, table: Table) -> None:
        """The report is there."""
        self.rows.show_table(part_of(table))

    def field(self, row: tuple[Any, ...], key: str) -> Any:
        """What the report says of a row in a column, also in one that is not shown; None without it."""
        keys = [column.key for column in self.table.columns] if self.table else []
        return row[-1][keys.index(key)] if key in keys else None

    def open_document(self, row: tuple[Any, ...]) -> None:
        """The paper that a row is about: a receipt where the receipts are, any other over the page."""
        device, seq = self.field(row, "device"), self.field(row, "seq")
        number = str(self.field(row, "number") or "")
        if not number and not (device and seq):
            return
        ledger = self.app.ledger
        work.run(
            lambda: paper_of(ledger, str(device or ""), int(seq or 0), number),
            done=self._show_paper,
            failed=self._not_there,
            lane="reports",
        )

    def _show_paper(self, found: Source) -> None:
        if isinstance(found, Sale | Refund):
            self.app.receipt_wanted.emit(found.device, found.seq)
        else:
            PaperSheet(self.app, self, found).open()

    def _not_there(self, error: UserError) -> None:
        self.banner.say("warn", error.message, error.hint)

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer is there."""
        self._turn += 1
        app, name, period, turn = self.app, self.name, self.period(), self._turn
        work.run(
            lambda: (turn, self.read(app.ledger, name, period)),
            done=self._show,
            failed=self._failed,
            lane="reports",
        )

    def read(self, ledger: Ledger, name: str, period: Period) -> Table:
        """On the background thread."""
        return run_report(ledger, name, period)

    def take_focus(self) -> None:
        """On the rows."""
        self.rows.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print; Esc takes away what was told."""
        action = action_of(event, "reports", "anywhere")
        if action == "print report":
            self.print_report()
        elif action == "back" and self.banner.isVisible():
            self.banner.dismiss()
        else:
            super().keyPressEvent(event)

    def print_report(self) -> None:
        """On A4: what is seen before is what comes out."""
        if self.table is not None:
            self.files.preview(self._to_leave(self.table))

    def _add_button(self, word: str, icon: str, act: Callable[[], object]) -> None:
        button = Button(word, kind="secondary", icon=icon, theme=self.app.theme)
        button.setAccessibleName(_("Save as {kind}").format(kind=word))
        button.clicked.connect(lambda _on=False: act())
        self.head.addWidget(button)
        self.buttons.append(button)

    def _show(self, answer: tuple[int, Table]) -> None:
        turn, table = answer
        if turn == self._turn:
            self.table = table
            self.show_table(table)
            self.said.setText(" ".join(complete_lines(table)))
            self.said.setVisible(bool(table.complete))

    def _failed(self, error: UserError) -> None:
        self.banner.say("danger", error.message, error.hint)

    def _save(self, ending: str) -> None:
        if self.table is not None:
            self.files.save(ending, self._to_leave(self.table))

    def _to_leave(self, table: Table) -> Shown:
        """The table as it stands there, with what it is."""
        shown = self.rows.as_shown(table)
        return report_shown(self.app, shown, self.period(), self.chosen(), table.complete)
