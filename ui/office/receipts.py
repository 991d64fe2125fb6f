"""Every receipt of all booths: found by booth, institution, days, way to pay, cashier or words; each with its
paper, what came back of it, and its place in its chain.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Staff
from pos.receipt_pages import PAGE, Place, Portion, Sought, Traced, count, receipts, trace
from pos.reports.overview import Scope, scope_of
from pos.text import _
from ui import work
from ui.app import App
from ui.keys import action_of
from ui.office.filters import Filters
from ui.office.receipt_side import ReceiptSide
from ui.page import Page, Scan
from ui.reports.locked import Nothing
from ui.reports.receipt_rows import receipt_cells, receipt_columns
from ui.reports.table import TableView
from ui.returns.page import PAPER
from ui.stock.parts import LineField
from ui.tell import Banner
from ui.widgets import Keycap, label

WAIT_MS = 180  # after the latest key
LONGEST = 60  # characters to search for
SIDE = (360, 460)  # px of the receipt: at least, at most
_CARD = "card"  # the place in a row where its document is named


class _Answer(NamedTuple):
    """One portion, and for the first one what can be chosen from and how many there are in all."""

    turn: int
    portion: Portion
    scope: Scope | None = None
    people: dict[str, Staff] | None = None


class ReceiptsPage(Page):
    """The list at the left, the receipt at the right."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme, px = app.theme, app.theme.px
        self.sought = Sought()
        self._turn = 0
        self._after: Place | None = None
        self._asking = False
        self._wanted: tuple[str, int] | None = None  # a receipt that another page asked for
        self._latest: tuple[str, int] | None = None  # the one that is shown, or on its way
        self.field = LineField(_("Number, amount, product or cashier"), theme, most=LONGEST)
        self.field.edit.setPlaceholderText(_("Scan a receipt, or type number, amount, product…"))
        self.field.row.addWidget(Keycap("F2", theme))
        self.field.edit.installEventFilter(self)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._search)
        self.field.edit.textChanged.connect(lambda _text: self._wait.start())
        self.filters = Filters(app, self)
        self.banner = Banner(theme)
        self.list = TableView(_("Receipts"), theme, sortable=False, spare=("booth", "qty", "ways", "cashier"))
        self.side = ReceiptSide(app)
        self._nothing = Nothing(
            "sticky-note", _("No receipt is like that"), _("Leave out a filter, or type less."), theme
        )
        column = QVBoxLayout()
        column.setContentsMargins(px(18), px(12), px(14), px(12))
        column.setSpacing(px(8))
        column.addLayout(self._head())
        column.addWidget(self.filters)
        column.addWidget(self.banner)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1)
        self._nothing.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.side)
        self._connect()

    def refresh(self) -> None:
        """The first portion anew."""
        self._turn += 1
        self._asking = True
        app, sought, turn = self.app, self.sought, self._turn
        work.run(
            lambda: _first(app.ledger, sought, turn, app.today),
            done=self._show,
            failed=self._failed,
            lane="reports",
        )
        work.run(
            lambda: (turn, *count(app.ledger, sought)),
            done=self._show_count,
            failed=self._failed,
            lane="reports",
        )

    def take_focus(self) -> None:
        """In the search field."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.edit.selectAll()

    def want(self, device: str, seq: int) -> None:
        """Show the receipt that this document is about."""
        self._wanted = (device, seq)
        self._trace(device, seq)

    def ask(self, sought: Sought) -> None:
        """Look for something else."""
        self.sought = sought
        self.banner.dismiss()
        self.filters.show_sought(sought)
        self.refresh()

    def take_scan(self, code: str) -> Scan:
        """A receipt is looked for; anything else means nothing here."""
        paper = PAPER.fullmatch(code.strip())
        if not paper:
            return Scan.REFUSED
        self.field.edit.setText(paper[1].upper())
        return Scan.TAKEN

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows of the search field go through the list."""
        if (
            watched is self.field.edit
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.isVisible():
                self.list.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            return self._act(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of this page."""
        if not self._act(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The receipt takes a third."""
        super().resizeEvent(event)
        least, most = (self.app.theme.px(one) for one in SIDE)
        self.side.setFixedWidth(max(least, min(most, self.width() * 34 // 100)))

    def _act(self, event: QKeyEvent) -> bool:
        action = action_of(event, "receipts", "anywhere")
        acts: dict[str, Callable[[], object]] = {
            "search": self.take_focus,
            "of days": self.filters.pick_days,
            "of booth": self.filters.pick_booth,
            "of institution": self.filters.pick_unit,
            "of method": self.filters.pick_method,
            "of cashier": self.filters.pick_cashier,
            "print receipt": self.side.print_paper,
        }
        if action == "back" and self.field.edit.text():
            self.field.edit.clear()
        elif action == "back" and self.sought != Sought():
            self.ask(Sought())
        elif action in acts:
            acts[action]()
        else:
            return False
        return True

    def _connect(self) -> None:
        self.filters.asked.connect(self.ask)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._chosen)
        self.list.more.connect(self._fetch)
        self.side.told.connect(lambda words, hint: self.banner.say("ok", words, hint))
        self.side.failed.connect(self._failed)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.app.theme.px(14))
        row.addWidget(label(_("Receipts"), "heading", self.app.theme))
        row.addWidget(self.field, 1)
        return row

    def _search(self) -> None:
        text = " ".join(self.field.edit.text().split())
        if text != self.sought.text:
            self.ask(replace(self.sought, text=text))

    def _show(self, answer: _Answer) -> None:
        if answer.turn != self._turn:
            return
        self._asking = False
        self._after = answer.portion.after
        rows = receipt_cells(answer.portion.rows)
        self._nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.list.show_rows(receipt_columns(), rows, more=self._after is not None)
        self.filters.know(answer.scope, answer.people or {})
        if not rows:
            self._latest = None
            self.side.show_receipt(None)
            self._say_nothing()

    def _say_nothing(self) -> None:
        empty = self.sought == Sought()
        self._nothing.title.setText(_("No receipts yet") if empty else _("No receipt is like that"))
        hint = _("Bring the files of the booths here, then they are listed.")
        self._nothing.words.setText(hint if empty else _("Leave out a filter, or type less."))

    def _show_count(self, answer: tuple[int, int, int]) -> None:
        turn, number, _total = answer
        if turn == self._turn:
            self.filters.show_count(number)

    def _fetch(self) -> None:
        """The next portion."""
        if self._asking or self._after is None:
            return
        self._asking = True
        app, sought, turn, after = self.app, self.sought, self._turn, self._after
        work.run(
            lambda: _Answer(turn, receipts(app.ledger, sought, after)),
            done=self._add,
            failed=self._failed,
            lane="reports",
        )

    def _add(self, answer: _Answer) -> None:
        if answer.turn == self._turn:
            self._asking = False
            self._after = answer.portion.after
            self.list.add_rows(receipt_cells(answer.portion.rows), more=self._after is not None)

    def _chosen(self, row: tuple[Any, ...]) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None:  # otherwise that one is on its way
            self._trace(row[-2], row[-1])

    def _trace(self, device: str, seq: int) -> None:
        """Arrows go through the list faster than receipts are read: those that were passed are left out."""
        app, wanted = self.app, (device, seq)
        self._latest = wanted
        work.run(
            lambda: trace(app.ledger, device, seq) if self._latest == wanted else None,
            done=self._show_traced,
            failed=self._failed,
            lane="reports",
        )

    def _show_traced(self, traced: Traced | None) -> None:
        if traced is not None and self._latest is not None:
            self.side.show_receipt(traced)

    def _failed(self, error: UserError) -> None:
        self._asking = False
        self.banner.say("danger", error.message, error.hint)


def _first(ledger: Ledger, sought: Sought, turn: int, today: date) -> _Answer:
    """On the background thread."""
    from pos.staff import staff

    return _Answer(turn, receipts(ledger, sought, None, PAGE), scope_of(ledger, today), staff(ledger))
