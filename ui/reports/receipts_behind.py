"""The receipts behind a figure, over the page of reports: looked through, opened, and back to the figure."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Table
from pos.money import plain, rupiah
from pos.papers import Source
from pos.receipt_pages import Place, Portion, count, receipts
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.keys import keycap
from ui.office.paper_sheet import PaperSheet, paper_of
from ui.orders.small import Elided
from ui.reports.drill import Behind
from ui.reports.receipt_rows import receipt_cells, receipt_columns
from ui.reports.table import TableView
from ui.widgets import Button


class ReceiptsBehind(QWidget):
    """`left`: back to where one was; `failed`: a UserError to be told."""

    left = Signal()
    failed = Signal(UserError)

    def __init__(self, app: App, over: QWidget) -> None:
        super().__init__()
        theme, px = app.theme, app.theme.px
        self.app, self._over = app, over
        self.behind: Behind | None = None
        self._turn = 0
        self._after: Place | None = None
        self._asking = False
        self.back = Button(_("Back"), kind="secondary", icon="arrow-left", keycap=keycap("back"), theme=theme)
        self.back.clicked.connect(self.left)
        self.title = Elided("title", theme)
        self.said = Elided("label", theme, color="text2")
        spare = ("booth", "qty", "ways", "cashier")
        self.rows = TableView(_("Receipts"), theme, sortable=False, spare=spare)
        self.rows.more.connect(self._fetch)
        self.rows.opened.connect(lambda row: self.show_paper(row[-2], row[-1]))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.said)
        head = QHBoxLayout()
        head.setSpacing(px(14))
        head.addWidget(self.back)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(self.rows, 1)

    def show_behind(self, behind: Behind) -> None:
        """The receipts of another figure."""
        self.behind = behind
        self.title.setText(_("Receipts: {what}").format(what=behind.what))
        self.said.setText("")
        self.rows.show_rows(receipt_columns(), ())
        self.refresh()

    def refresh(self) -> None:
        """The first portion anew."""
        sought = self.behind.sought if self.behind else None
        if sought is None:
            return
        self._turn += 1
        ledger, turn, self._asking = self.app.ledger, self._turn, True
        failed = partial(self._failed, turn)
        work.run(lambda: (turn, receipts(ledger, sought)), done=self._show, failed=failed, lane="reports")
        work.run(lambda: (turn, *count(ledger, sought)), done=self._say, failed=failed, lane="reports")

    def table(self) -> Table:
        """The receipts that are listed, as they stand here."""
        model, columns = self.rows.model, receipt_columns()
        rows = tuple(model.row_at(n)[: len(columns)] for n in range(model.rowCount()))
        return Table("receipts", self.title.text(), columns, rows)

    def show_paper(self, device: str, seq: int, number: str = "") -> None:
        """A receipt over the page; any other paper by its number."""
        ledger = self.app.ledger
        work.run(
            lambda: paper_of(ledger, device, seq, number),
            done=self._open_paper,
            failed=self.failed.emit,
            lane="reports",
        )

    def take_focus(self) -> None:
        """On the rows."""
        self.rows.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_paper(self, found: Source) -> None:
        PaperSheet(self.app, self._over, found).open()

    def _show(self, answer: tuple[int, Portion]) -> None:
        turn, portion = answer
        if turn == self._turn:
            self._asking, self._after = False, portion.after
            rows = receipt_cells(portion.rows)
            self.rows.show_rows(receipt_columns(), rows, more=portion.after is not None)

    def _say(self, answer: tuple[int, int, int]) -> None:
        turn, number, total = answer
        if turn == self._turn:
            words = ngettext("{count} receipt, {amount} in all", "{count} receipts, {amount} in all", number)
            if self.behind and self.behind.partly:
                words = ngettext(
                    "{count} receipt; all that is on it {amount}",
                    "{count} receipts; all that is on them {amount}",
                    number,
                )
            self.said.setText(words.format(count=plain(number), amount=rupiah(total)))

    def _failed(self, turn: int, error: UserError) -> None:
        """Those that are listed stay; the end of the list asks again."""
        if turn == self._turn:
            self._asking = False
            self.failed.emit(error)

    def _fetch(self) -> None:
        """The next portion."""
        sought, after = self.behind.sought if self.behind else None, self._after
        if self._asking or after is None or sought is None:
            return
        ledger, turn, self._asking = self.app.ledger, self._turn, True
        work.run(
            lambda: (turn, receipts(ledger, sought, after)),
            done=self._add,
            failed=partial(self._failed, turn),
            lane="reports",
        )

    def _add(self, answer: tuple[int, Portion]) -> None:
        turn, portion = answer
        if turn == self._turn:
            self._asking, self._after = False, portion.after
            self.rows.add_rows(receipt_cells(portion.rows), more=portion.after is not None)
