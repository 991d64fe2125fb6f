"""The receipts and returns of the past: a field that finds one by whatever is known, days, and the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from pos.sales_search import MOST, Found
from pos.text import _
from ui import work
from ui.app import App
from ui.fields import TextField
from ui.returns.paper_row import PaperRow
from ui.scroll import Scroll
from ui.widgets import Chip, Keycap, label

LONGEST = 60  # characters to search for
WAIT_MS = 120  # after the latest key: what is typed quickly is searched for once


class PaperList(QWidget):
    """`chosen` tells the Found whose lines are wanted, or None when none is there."""

    chosen = Signal(object)

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme, px = app.theme, app.theme.px
        self.rows: list[PaperRow] = []
        self._asked = 0
        self._wanted = ""  # the number that is to be chosen when it comes
        name = _("Number, amount, product or cashier")
        self.field = TextField(name, theme, most=LONGEST)
        self.field.setFixedHeight(theme.size("touchMin"))
        self.field.edit.setPlaceholderText(_("Scan a receipt, or type number, amount, product…"))
        self.field.row.addWidget(Keycap("F2", theme))
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self.search)
        self.field.edit.textChanged.connect(lambda _text: self._wait.start())
        self._days = [Chip(_("All days"), theme=theme), Chip(_("Today"), theme=theme)]
        group = QButtonGroup(self)
        days = QHBoxLayout()
        days.setSpacing(px(8))
        for chip in self._days:
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(self.search)
            group.addButton(chip)
            days.addWidget(chip)
        self._count = label("", "label", theme, color="text2", right=True)
        days.addWidget(self._count, 1)
        self._days[0].setChecked(True)
        self._nothing = label(_("No receipt is like that."), "body", theme, color="text2", wrap=True)
        self._nothing.setContentsMargins(px(16), px(16), px(16), px(16))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(4), px(12), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.field)
        column.addLayout(days)
        column.addWidget(self._list(), 1)

    @property
    def found(self) -> Found | None:
        """The one that is chosen."""
        return next((row.found for row in self.rows if row.isChecked()), None)

    def search(self) -> None:
        """Look for what is typed, in the background."""
        self._asked += 1
        app, text, asked = self.app, self.field.edit.text(), self._asked
        day = self._today() if self._days[1].isChecked() else None
        work.run(
            lambda: (asked, _find(app, text, day)),
            done=self._show,
            failed=self.app.failed.emit,
        )

    def want(self, number: str) -> None:
        """Look for this paper, and choose it."""
        self._wanted = number.upper()
        self._days[0].setChecked(True)
        self.field.edit.setText(number)
        self._wait.stop()
        self.search()

    def step(self, by: int) -> None:
        """Choose the row that far away."""
        here = next((n for n, row in enumerate(self.rows) if row.isChecked()), -1 if by > 0 else 0)
        if self.rows:
            self.choose(max(0, min(len(self.rows) - 1, here + by)))

    def choose(self, place: int) -> None:
        """Show the paper of a row."""
        for n, row in enumerate(self.rows):
            row.setChecked(n == place)
        row = self.rows[place]
        QTimer.singleShot(0, row, lambda: self._scroll.ensureWidgetVisible(row))  # when it has its place
        self.chosen.emit(self.rows[place].found)

    def _today(self) -> date:
        return self.app.shift.day if self.app.shift else self.app.clock.now().date()

    def _show(self, answer: tuple[int, tuple[Found, ...]]) -> None:
        asked, papers = answer
        if asked != self._asked:
            return  # something else is wanted by now
        before = self._wanted or (self.found.number if self.found else "")
        for row in self.rows:
            row.hide()
            row.deleteLater()
        today = self._today()
        self.rows = [PaperRow(found, today, self.app.theme) for found in papers]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)
            row.show()  # at once, or the list would be laid out without it first
            row.clicked.connect(lambda _on=False, place=place: self.choose(place))
        more = "+" if len(papers) == MOST else ""
        self._count.setText(_("{count} receipts").format(count=f"{len(papers)}{more}"))
        self._nothing.setVisible(not papers)
        self._wanted = ""
        numbers = [found.number for found in papers]
        if before in numbers:
            self.choose(numbers.index(before))
        elif len(papers) == 1 and self.field.edit.text():
            self.choose(0)
        else:
            self.chosen.emit(None)

    def _list(self) -> QWidget:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        scroll = self._scroll = Scroll(inside)
        self._nothing.hide()
        return scroll


def _find(app: App, text: str, day: date | None) -> tuple[Found, ...]:
    from pos.sales_search import find_papers

    return find_papers(app.ledger, text, day)
