"""The page of the board (picture 06). Read in the background; while it is in sight it stays true by itself.

It reads sums only, and only in sight: what is sold in the meantime is shown a moment later, what comes
in from elsewhere within a minute.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from pos.errors import UserError
from pos.reports.blind import board_for
from pos.reports.board import Board
from pos.text import _
from ui import work
from ui.app import App
from ui.board.card import Room
from ui.board.head import Head
from ui.board.side import Side, width_of
from ui.keys import action_of
from ui.page import Page
from ui.reports.locked import Nothing
from ui.tell import Banner

if TYPE_CHECKING:
    from ui.board.files import BoardFiles

SOON_MS, LOOK_MS = 700, 30_000  # after something was sold here; between two looks at what came from elsewhere


class _Answer(NamedTuple):
    turn: int
    board: Board


class BoardPage(Page):
    """The board with its head, the side beside it, the legend below."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme, px = app.theme, app.theme.px
        self.board: Board | None = None
        self._files: BoardFiles | None = None  # once anything is taken out
        self._turn = 0
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.refresh)
        self.head, self.banner = Head(theme), Banner(theme)
        self.side = Side(theme, sells=not app.office)
        hint = _("Bring the files of the booths here; then their figures stand here.")
        self._nothing = Nothing("store", _("No booth has been brought yet"), hint, theme)
        self._faces = QStackedWidget()
        self.room = Room(theme)
        self.card = self.room.card
        self._faces.addWidget(self.room)
        self._faces.addWidget(self._nothing)
        column = QVBoxLayout()
        column.setContentsMargins(px(16), px(13), px(12), px(8))
        column.setSpacing(px(11))
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self._faces, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.side)
        self._connect()

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer is there."""
        self._soon.stop()  # that look is this one
        self._turn += 1
        app, turn, today, who = self.app, self._turn, self.app.today, self.app.cashier
        work.run(
            lambda: _Answer(turn, board_for(app.ledger, today, who)),
            done=self._show,
            failed=partial(self._failed, turn),
            lane="reports",
        )

    def take_focus(self) -> None:
        """On the cells."""
        if not self.covered():
            self.card.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The whole screen; the goods at the till; files."""
        action = action_of(event, "reports", "anywhere")
        if action == "full" or (action == "back" and self.wall):
            self.app.wall_wanted.emit(not self.wall)
        elif action == "back" and self.banner.isVisible():
            self.banner.dismiss()
        elif action_of(event, "till") == "unsold" and self.side.can_show:
            self._show_at_till()
        elif action == "print report":
            self._take("pdf")
        else:
            super().keyPressEvent(event)

    @property
    def wall(self) -> bool:
        """Whether there is nothing but the board, on the whole screen."""
        return self.app.on_wall

    def show_wall(self) -> None:
        """It has become so, or no longer is."""
        self.head.set_wall(on=self.wall)
        self.side.set_wall(on=self.wall)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on it stays true by itself."""
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight it costs nothing."""
        super().hideEvent(event)
        self._look.stop()
        if self._soon.isActive():
            self._soon.stop()
            self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side is wider in a large window."""
        super().resizeEvent(event)
        self.side.setFixedWidth(width_of(self.app.theme, self.window().width()))

    def _news(self) -> None:
        """One look for all that comes in at once."""
        if self.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def _look_anew(self) -> None:
        """Somebody else is here, who may see more of it or less."""
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.app.staff_changed.connect(self._look_anew)
        self.head.file_wanted.connect(self._take)
        self.head.full_wanted.connect(lambda: self.app.wall_wanted.emit(not self.wall))
        self.head.complete_wanted.connect(self._show_complete)
        self.card.grid.opened.connect(self._open)
        self.side.till_wanted.connect(self._show_at_till)
        self.side.chosen.connect(self._go)

    def _show(self, answer: _Answer) -> None:
        if answer.turn != self._turn:
            return  # something newer is on its way
        found = self.board = answer.board
        self.head.show_board(found)
        self.side.show_board(found)
        self._faces.setCurrentIndex(0 if found.lines else 1)
        self.room.show_board(found)

    def _failed(self, turn: int, error: UserError) -> None:
        if turn == self._turn:
            self.banner.say("warn", error.message, error.hint)

    def _go(self, code: str) -> None:
        """From the list to the cell of today."""
        codes = [line.unit.code for line in self.board.lines] if self.board else []
        if code in codes:
            self.card.grid.go(codes.index(code))
            self.card.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, row: int, column: int) -> None:
        from ui.board.detail import DaySheet

        if self.board is not None:
            DaySheet(self.app, self, self.board, row, column).open()

    def _show_complete(self) -> None:
        from ui.board.detail import CompleteSheet

        if self.board is not None and self.board.complete:
            CompleteSheet(self.app, self, self.board).open()

    def _show_at_till(self) -> None:
        """The goods of those who have not sold today, and nothing else."""
        self.app.unsold_wanted.emit()

    def _take(self, ending: str) -> None:
        from ui.board.files import BoardFiles

        if self.board is not None and self.board.lines:
            self._files = self._files or BoardFiles(self.app, self, self.banner)
            self._files.take(ending, self.board)
