"""What lies behind the board: a day of one institution, and how far the data of each booth reaches."""

from __future__ import annotations

from datetime import datetime

from pos.closed_days import MOST_REASON, close_day
from pos.model import Column, Table
from pos.receipt_pages import Sought
from pos.reports.blind import sold_on
from pos.reports.board import Board, Mark
from pos.rights import may
from pos.text import _, clock_time, short_date
from ui import work
from ui.app import App
from ui.board.words import cell_words, told_day
from ui.office.acting import act
from ui.page import Page
from ui.people.approval import Wanted
from ui.reports.table import TableView, part_of
from ui.reports.table_parts import HEAD, ROW
from ui.stock.parts import LineField, labelled
from ui.stock.sheet import StockSheet
from ui.widgets import Button, label

SHOWN = ("name", "qty", "total")
LEAST, MOST = 170, 340  # px of the table


class DaySheet(StockSheet):
    """What one institution sold on one day; the office goes on to the receipts. A day on which nothing was
    sold may be said to be closed, and why, by an officer.
    """

    def __init__(self, app: App, over: Page, board: Board, row: int, column: int) -> None:
        line, self.day = board.lines[row], board.days[column]
        super().__init__(over, app.theme, line.unit.name, width=560)
        self.app, self._over, self._unit = app, over, line.unit.code
        theme = app.theme
        words = f"{told_day(board, column)}: {cell_words(board, line, column)}"
        self.content.addWidget(label(words, "body", theme, color="text2", wrap=True))
        self.rows = TableView(_("What was sold"), theme)
        self.rows.setFixedHeight(theme.px(LEAST))
        self.reason = LineField(_("Why nobody sells on this day"), theme, most=MOST_REASON)
        self.receipts = Button(_("Show the receipts"), icon="sticky-note", kind="secondary", theme=theme)
        self.receipts.clicked.connect(self._show_receipts)
        if line.sold[column] is not None:
            self.content.addWidget(self.rows)
            if app.office:
                self.content.addWidget(self.receipts)
            self._ask()
        elif self._may_close(line.marks[column]):
            self.reason.edit.setText(line.closed.get(self.day, ""))
            self.content.addLayout(labelled(_("Why nobody sells on this day"), self.reason, theme))
            keep = Button(_("Keep"), icon="check", theme=theme)
            keep.clicked.connect(self.accept)
            self.content.addWidget(keep)

    def accept(self) -> None:
        """Keep why the day is closed; without a reason it is open again."""
        if not self.reason.isVisible():
            return
        day, reason = self.day, self.reason.edit.text()

        def kept(_nothing: None) -> None:
            self.leave()
            self._over.refresh()

        act(
            self._over,
            Wanted("closed_day", day.isoformat(), _("Say that a day is closed")),
            lambda ledger, by: close_day(ledger, day, reason, by),
            kept,
            lambda error: self.say(str(error)),
        )

    def _may_close(self, mark: Mark) -> bool:
        app = self.app
        officer = may(app.cashier, "closed_day") if not app.office else not app.ledger.read_only
        return officer and mark in (Mark.MISSED, Mark.CLOSED, Mark.AHEAD, Mark.WAITING)

    def _ask(self) -> None:
        ledger, day, unit, who = self.app.ledger, self.day, self._unit, self.app.cashier
        work.run(
            lambda: sold_on(ledger, day, unit, who),
            done=self._show,
            failed=lambda error: self.say(str(error)),
            lane="reports",
        )

    def _show(self, found: Table) -> None:
        high = HEAD + ROW * (len(found.rows) + 1) + 8  # titles, rows, sums
        self.rows.setFixedHeight(self.theme.px(min(max(high, LEAST), MOST)))
        self.rows.show_table(part_of(found, SHOWN))
        self.place()

    def _show_receipts(self) -> None:
        self.leave()
        self.app.receipts_wanted.emit(Sought(start=self.day, end=self.day, institution=self._unit))


class CompleteSheet(StockSheet):
    """Up to when the data of each booth is here, the furthest behind first."""

    def __init__(self, app: App, over: Page, board: Board) -> None:
        super().__init__(over, app.theme, _("Up to when the data is complete"), width=520)
        said = _("What a booth sold later may still come, and changes past days.")
        self.content.addWidget(label(said, "body", app.theme, color="text2", wrap=True))
        rows = TableView(_("Up to when the data is complete"), app.theme)
        rows.setFixedHeight(app.theme.px(360))
        columns = (
            Column("booth", _("Booth"), "text"),
            Column("device", _("Laptop"), "text"),
            Column("at", _("Complete up to"), "text"),
        )
        found = tuple((one.booth, one.device, _moment(one.at)) for one in board.complete)
        rows.show_table(
            part_of(Table("complete", _("Complete up to"), columns, found), ("booth", "device", "at"))
        )
        self.content.addWidget(rows)


def _moment(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{short_date(moment.date())} {clock_time(moment)}"
