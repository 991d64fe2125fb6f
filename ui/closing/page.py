"""The screen "Close": count, compare, report. It asks the verbs, and shows what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from pos.approvals import approvers
from pos.closing import (
    DIFFERENCE,
    Closing,
    close_shift,
    closing_subject,
    difference_limit,
    last_closing,
    prospect,
    second_person,
    x_report,
)
from pos.drawer import CASH_OUT, IN, CashPaper, Move, move_cash, move_subject, note_opened
from pos.drawer_count import Counted, is_fresh, keep_entry, kept_counts, kept_entry, lock_count
from pos.errors import UserError
from pos.model import Approval, Shift
from pos.money import rupiah
from pos.papers import papers_of
from pos.receipts.z_report import closing_slip
from pos.rights import may
from pos.shifts import current_shift
from pos.text import _
from ui import work
from ui.app import App
from ui.closing.compare_step import CompareStep
from ui.closing.count_step import CountStep
from ui.closing.end_step import EndStep
from ui.closing.header import Header
from ui.evening.report import EveningReport, OfDay
from ui.issue import issue, issue_slip, save
from ui.keys import action_of, keycap
from ui.page import Page, Scan
from ui.people.approval import Wanted, ask
from ui.tell import Toast
from ui.widgets import Button

if TYPE_CHECKING:  # made when they are asked for
    from ui.closing.cash_sheet import CashSheet
    from ui.closing.x_sheet import XSheet

MARGIN = 18  # px at 100 %


class ClosingPage(Page):
    """Closes the open shift, also a forgotten one of yesterday; afterwards it shows what was closed."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme = app.theme
        self._shift: Shift | None = None
        self._counts: tuple[Counted, ...] = ()
        self._closing: Closing | None = None  # what the end shows
        self._cash: CashSheet | None = None
        self._x: XSheet | None = None
        self.count, self.compare, self.end = CountStep(theme), CompareStep(theme), EndStep(theme)
        self._cash_button = self._ghost(_("Cash in/out"), "banknote", keycap("move cash"))
        self._x_button = self._ghost(_("X report"), "file-text", keycap("x report"))
        self._back = self._ghost(_("Cancel"), "x", "Esc")
        self.header = Header(theme, (self._cash_button, self._x_button, self._back))
        self.toast = Toast(theme)
        self.toast.setParent(self)
        self.toast.hide()
        self._steps = QStackedWidget()
        for step in (self.count, self.compare, self.end):
            self._steps.addWidget(step)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px(MARGIN), px(12), px(MARGIN), px(12))
        column.setSpacing(px(12))
        column.addWidget(self.header)
        column.addWidget(self._steps, 1)
        self._cash_button.clicked.connect(self.open_cash)
        self._x_button.clicked.connect(self.open_x)
        self._back.clicked.connect(self._go_back)
        self.count.locked.connect(self._lock)
        self.count.typed.connect(self._keep)
        self.compare.close_wanted.connect(self._close)
        self.end.next_shift.connect(lambda: app.screen_wanted.emit(0))
        self.end.reprint.connect(self._print)
        self.end.save_sheet.connect(self._save)
        self.evening = EveningReport(app, self)
        self.evening.copied.connect(self._copied)
        self.evening.failed.connect(self._tell)
        self.end.evening.connect(self._copy_evening)
        app.failed.connect(self._tell)

    def refresh(self) -> None:
        """Go on where the shift is: still to be counted, counted, or closed."""
        ledger = self.app.ledger
        shift = self.app.shift or current_shift(ledger)
        former, self._shift = self._shift, shift
        if shift is None:
            self._show_end(last_closing(ledger))
            return
        self._counts = kept_counts(ledger, shift)
        if self._counts and is_fresh(ledger, shift, self._counts[-1]):
            self._show_compare()
        elif shift != former or self._steps.currentWidget() is not self.count:
            told = _("Money moved since it was counted. Count again.") if self._counts else ""
            self._show_count(kept_entry(ledger, shift), told)

    def take_focus(self) -> None:
        """Where work begins on the step that is shown."""
        shown = self._steps.currentWidget()
        if isinstance(shown, CountStep | CompareStep | EndStep):
            shown.take_focus()

    def take_scan(self, _code: str) -> Scan:
        """While money is counted a scan is nothing; a closed shift leaves it to the till."""
        if self._steps.currentWidget() is self.end:
            return Scan.ELSEWHERE
        self.toast.say(_("Finish counting first, or leave with Esc."), "info")
        return Scan.REFUSED

    def _copy_evening(self) -> None:
        """The report of the day that was closed, for the officers' chat."""
        if self._closing is not None:
            self.evening.copy(OfDay(self._closing.day))

    def _copied(self, told: str) -> None:
        self.toast.say(told, "copy", (_("See it"), "message-circle", ""), self.evening.open_again)

    def open_cash(self) -> None:
        """Ask for cash in or out."""
        if self._shift is None:
            return
        if self._cash is None:
            from ui.closing.cash_sheet import CashSheet

            self._cash = CashSheet(self, self.app.theme)
            self._cash.wanted.connect(self._move)
            self._cash.opened.connect(self._note_opened)
        self.count.flush()
        self._cash.open()

    def open_x(self) -> None:
        """Show the shift as it stands, without the cash to whoever still has to count it."""
        if self._shift is None:
            return
        if self._x is None:
            from ui.closing.x_sheet import XSheet

            self._x = XSheet(self, self.app.theme)
            self._x.printing.connect(self._print_x)
        closing = x_report(self.app.ledger, self._shift, self._who)
        slip = closing_slip(self.app.ledger, closing, blind=self._blind)
        self._x.show_slip(slip, blind=self._blind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of this place; everything else goes on to the frame."""
        action = action_of(event, "closing", "done", "anywhere")
        shown = self._steps.currentWidget()
        if action == "main action":
            self._main_action()
        elif action == "move cash":
            self.open_cash()
        elif action == "x report":
            self.open_x()
        elif action == "back":
            self._go_back()
        elif action in ("print", "pdf") and shown is self.end and self._closing:
            (self._print if action == "print" else self._save)()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The toast lies over the head."""
        super().resizeEvent(event)
        px = self.app.theme.px
        width = min(px(560), self.width() - px(40))
        self.toast.setGeometry((self.width() - width) // 2, px(6), width, self.toast.height())

    def _main_action(self) -> None:
        shown = self._steps.currentWidget()
        if shown is self.count:
            self.count.lock()
        elif shown is self.compare:
            self.compare.close_shift()
        else:
            self.end.next_shift.emit()

    @property
    def _who(self) -> str:
        """Who does it: who is at the till, or else who opened the shift."""
        return self.app.cashier.code or (self._shift.cashier if self._shift else "")

    @property
    def _blind(self) -> bool:
        """Whether the cash must not be told: nothing is counted, and nobody is here who may see it."""
        return not self._counts and not may(self.app.cashier, DIFFERENCE)

    def _ghost(self, text: str, icon: str, key: str) -> Button:
        return Button(text, kind="ghost", icon=icon, keycap=key, theme=self.app.theme)

    def _show_count(self, pieces: Mapping[int, int], told: str = "", *, again: bool = False) -> None:
        self._show_step(0, _("Cancel"), "x", "Esc")  # Qt gives the keyboard to the field that had it last
        self.count.start(pieces, told, again=again)
        if self.isVisible():
            self.count.take_focus()

    def _show_compare(self) -> None:
        if self._shift is None:
            return
        closing = prospect(self.app.ledger, self._shift, self._counts, self._who)
        self.compare.show_count(closing, closing_slip(self.app.ledger, closing))
        self._show_step(1, _("Count again"), "arrow-left", "")

    def _show_end(self, closing: Closing | None) -> None:
        self._closing = closing
        slip = closing_slip(self.app.ledger, closing) if closing else None
        self.end.show_closing(closing, slip)
        self._show_step(2, "", "", "")
        self.header.steps.set_step(3 if closing else 0)

    def _show_step(self, step: int, back: str, icon: str, key: str) -> None:
        self._back.setText(back)
        self._back.icon_name, self._back.keycap = icon, key
        self._back.setVisible(bool(back))
        for button in (self._cash_button, self._x_button):
            button.setVisible(step == 0)
        self.header.steps.setVisible(step < 2 or self._closing is not None)
        self.header.steps.set_step(step)
        self._steps.setCurrentIndex(step)
        if self.isVisible():
            self.take_focus()

    def _go_back(self) -> None:
        """From the comparison to another count, from the count to the till; what was typed stays."""
        if self._steps.currentWidget() is self.compare:
            self._show_count(self._counts[-1].notes, again=True)
        else:
            self.count.flush()
            self.app.screen_wanted.emit(0)

    def _lock(self, pieces: Mapping[int, int]) -> None:
        if self._shift is None:
            return
        ledger, shift = self.app.ledger, self._shift
        try:
            lock_count(ledger, shift, pieces, self._who)
        except UserError as error:
            self._tell(error)
            return
        self._counts = kept_counts(ledger, shift)
        self._show_compare()

    def _keep(self, pieces: Mapping[int, int]) -> None:
        ledger, shift = self.app.ledger, self._shift
        if shift is not None:
            work.run(lambda: keep_entry(ledger, shift, pieces), failed=self._tell)

    def _close(self, reason: str) -> None:
        """Close the shift; a large difference needs a second person, where there is one."""
        if self._shift is None:
            return
        ledger, shift = self.app.ledger, self._shift
        difference = abs(prospect(ledger, shift, self._counts, self._who).difference)
        if difference <= difference_limit(ledger):
            self._put_down(reason, None)
            return
        asked = _("The drawer differs by {amount}.").format(amount=rupiah(difference))
        second = second_person(approvers(ledger, DIFFERENCE), self._who)
        wanted = Wanted(DIFFERENCE, closing_subject(shift), asked, reason=reason, second=second)
        ask(self.app, self, wanted, lambda approval: self._put_down(reason, approval))

    def _put_down(self, reason: str, approval: Approval | None) -> None:
        app, shift = self.app, self._shift
        if shift is None:
            return
        closing = app.do(close_shift, shift, self._counts, reason, self._who, approval)
        if closing is None:
            return
        issue(app, papers_of(closing)[0], self._tell)
        app.set_shift(None)  # and with that the till asks for the next one, and this page shows the end

    def _move(self, move: Move) -> None:
        """Cash in or out; out needs somebody who may."""
        if self._shift is None:
            return
        if move.kind == IN or not move.amount or not move.reason.strip():
            self._store(move, None)
            return
        asked = _("{amount} out of the drawer: {reason}.").format(
            amount=rupiah(move.amount), reason=move.reason
        )
        wanted = Wanted(CASH_OUT, move_subject(self._shift, move), asked, reason=move.reason)
        ask(self.app, self, wanted, lambda approval: self._store(move, approval))

    def _store(self, move: Move, approval: Approval | None) -> None:
        if self._shift is None or self._cash is None:
            return
        paper = self.app.do(move_cash, self._shift, move, self._who, approval)
        if isinstance(paper, CashPaper):
            self._cash.uncover()
            told = _("{number}: {amount} kept.").format(number=paper.number, amount=rupiah(move.amount))
            self.toast.say(told, "banknote")

    def _note_opened(self, reason: str) -> None:
        if self._shift is None or self._cash is None:
            return
        try:
            note_opened(self.app.ledger, self._shift, self._who, reason)
        except UserError as error:
            self._cash.say(str(error))
            return
        self.app.printing.open_drawer()
        self._cash.uncover()
        self.toast.say(_("Noted for the report of the shift."), "banknote")

    def _print(self) -> None:
        if self._closing:
            issue(self.app, papers_of(self._closing)[0], self._tell)

    def _print_x(self) -> None:
        if self._shift:
            ledger, blind = self.app.ledger, self._blind
            closing = x_report(ledger, self._shift, self._who)
            issue_slip(
                self.app,
                lambda columns: closing_slip(ledger, closing, columns=columns, blind=blind),
                self._tell,
            )

    def _save(self) -> None:
        if self._closing:
            told, sheet = _("Report saved"), papers_of(self._closing)[1]
            save(self.app, sheet, lambda _path: self.toast.say(told, "file-down"), self._tell)

    def _tell(self, error: UserError) -> None:
        """Where the person looks: on the sheet, at the reason, or above."""
        if not self.isVisible():
            return
        if self._cash and self._cash.isVisible():
            self._cash.say(str(error))
        elif self._steps.currentWidget() is self.compare:
            self.compare.say(str(error))
        else:
            self.toast.say(str(error), "circle-alert")
