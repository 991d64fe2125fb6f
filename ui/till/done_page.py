"""The done screen with what it asks for: papers as files, once more, or as text, and the void of the sale."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Approval, Refund, Sale
from pos.papers import Paper, PaperRef, draw, kuitansi_wanted, packing_wanted, slip_wanted
from pos.printing import Job
from pos.receipts.blocks import Slip
from pos.receipts.sheet import Sheet
from pos.receipts.slip import slip_of
from pos.receipts.text import slip_text
from pos.refunds import may_void_at_once, void
from pos.text import _
from ui import work
from ui.app import App
from ui.done_screen import DoneScreen
from ui.issue import COLUMNS, issue, open_file, save
from ui.paper_side import CODE, SHEET
from ui.people.approval import Wanted, ask
from ui.tell import Toast

SLIP_MS = 30


class DonePage(QWidget):
    """Shows a sale that is stored, and serves its papers. Paper and files never touch the sale."""

    voided = Signal(object)  # the Refund, stored and shown

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.view = DoneScreen(app.theme)
        self.toast = Toast(app.theme)
        self.toast.setParent(self)
        self.toast.hide()
        self._shown: Sale | Refund | None = None
        self._fresh = False  # the sale was just made
        self._failed = ""  # the id of its slip's job, if that did not come out
        self._slip = Slip("", 48, ())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.choose_paper(app.setting("roll"))
        self.view.paper_chosen.connect(self._show_paper)
        self.view.save_pdf.connect(self._save)
        self.view.reprint.connect(self._print)
        self.view.kuitansi.connect(self._print)
        self.view.packing.connect(self._pack)
        self.view.copy_text.connect(self._copy)
        self.view.void.connect(self._void)
        self.view.code_seen.connect(app.receipt_shown)
        app.printing.ended.connect(self._show_printed)
        if app.printing.printer.columns == COLUMNS["58"]:
            self.view.choose_paper("58")
        self.view.asks_officer = lambda: not self._at_once()

    def show_sale(self, sale: Sale, *, again: bool = False) -> None:
        """Show `sale`, which is stored; a slip that cannot be made now must not hide that it is.

        `again`: it was made before, and its receipt was scanned.
        """
        by_itself = self.app.printing.ready and self.app.switched_on("print_receipt")
        by_itself = by_itself and not self.app.hurried
        self._start(sale)
        self._fresh = not again
        self.view.show_sale(sale, self._slip, again=again, printed=again or by_itself)
        QTimer.singleShot(SLIP_MS, self, self._show_slip)  # the change is seen before its paper
        if not again:
            QTimer.singleShot(SLIP_MS, self, lambda: self._serve(sale, by_itself=by_itself))

    def show_void(self, refund: Refund) -> None:
        """Show that a sale was cancelled by `refund`, which is stored."""
        self._start(refund)
        self._make_slip(self.view.roll)
        self.view.show_void(refund, self._slip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The toast lies where nothing is written, below the header."""
        super().resizeEvent(event)
        px = self.app.theme.px
        width = min(px(560), self.width() * 60 // 100)
        self.toast.setGeometry(px(28), px(84), width, self.toast.height())

    def _start(self, shown: Sale | Refund) -> None:
        self.toast.hide()
        self._shown = shown
        self._failed = ""
        self._slip = Slip(shown.receipt, COLUMNS[self.view.roll], ())

    def _show_slip(self) -> None:
        """The receipt, unless another paper is shown by now; as a code where that is wanted first."""
        if not isinstance(self._shown, Sale) or self.view.paper not in COLUMNS:
            return
        if self._fresh and self.app.switched_on("paperless"):
            self.view.choose_paper(CODE)
        else:
            self._show_paper(self.view.paper)

    def _make_slip(self, roll: str) -> None:
        shown, columns = self._shown, COLUMNS[roll]
        if shown is None:
            return
        try:
            self._slip = slip_of(self.app.ledger, shown, columns=columns)
        except UserError as error:
            self._slip = Slip(shown.receipt, columns, ())
            self._tell(error)

    def _show_paper(self, paper: str) -> None:
        if paper in COLUMNS:
            self._make_slip(paper)
            self.view.show_paper(self._slip)
        elif paper == CODE and isinstance(self._shown, Sale):
            self._show_code(self._shown)
        elif isinstance(sale := self._shown, Sale):
            ledger = self.app.ledger
            work.run(lambda: _kuitansi(ledger, sale), done=self._show_sheet, failed=self._tell)

    def _show_code(self, sale: Sale) -> None:
        from pos.receipts.qr_text import qr_receipt

        try:
            self.view.show_paper(qr_receipt(self.app.ledger, sale))
        except UserError as error:
            self._tell(error)

    def _show_sheet(self, sheet: Sheet) -> None:
        """Unless something else is shown by now."""
        if self.view.paper == SHEET and self._shown and sheet.title.endswith(self._shown.receipt):
            self.view.show_paper(sheet)

    def _save(self) -> None:
        if what := self._wanted():
            save(self.app, what, self._tell_saved, self._tell, columns=COLUMNS[self.view.roll])

    def _serve(self, sale: Sale, *, by_itself: bool) -> None:
        """The drawer opens for cash, and the receipt comes out, if that is set."""
        if any(part.method == "cash" for part in sale.payments):
            self.app.printing.open_drawer(by_hand=False)
        if by_itself:
            self.app.printing.print_paper(slip_wanted(sale))

    def _show_printed(self, job: Job) -> None:
        """A paper came out, or not; told if it is the one that is shown."""
        if self._shown and job.what == slip_wanted(self._shown):
            self._failed = job.id if job.state == "failed" else ""
            self.view.set_printed(not self._failed)

    def _print(self) -> None:
        """The paper that is chosen; one that did not come out is tried again, as the same copy."""
        what = self._wanted()
        if what is None:
            return
        if self._failed and self.view.paper != SHEET and self.app.printing.ready:
            self.app.printing.retry(self._failed)
        else:
            issue(self.app, what, self._tell, columns=COLUMNS[self.view.roll])

    def _wanted(self) -> PaperRef | None:
        """The paper that is chosen; the slip of a code."""
        if self.view.paper == SHEET and isinstance(self._shown, Sale):
            return kuitansi_wanted(self._shown)
        return slip_wanted(self._shown) if self._shown else None

    def _pack(self) -> None:
        """The packing slip on the roll's width: shown, and printed."""
        sale, columns = self._shown, COLUMNS[self.view.roll]
        what = packing_wanted(sale) if isinstance(sale, Sale) else None
        if what is None:
            return
        ledger = self.app.ledger
        work.run(lambda: draw(ledger, what, columns=columns), done=self._show_packing, failed=self._tell)
        issue(self.app, what, self._tell, columns=columns)

    def _show_packing(self, slip: Paper) -> None:
        shown = self._shown
        if isinstance(slip, Slip) and isinstance(shown, Sale) and slip.title.endswith(shown.receipt):
            self.view.show_packing(slip)

    def _copy(self) -> None:
        if not self._slip.blocks:  # a quick hand
            self._make_slip(self.view.roll)
        QGuiApplication.clipboard().setText(slip_text(self._slip))
        self.toast.say(_("Receipt copied as text"), "copy")

    def _at_once(self) -> bool:
        """Whether the cashier may cancel it alone, for it was just made."""
        try:
            return isinstance(self._shown, Sale) and may_void_at_once(
                self.app.ledger, self._shown, self.app.cashier.code
            )
        except UserError:
            return False

    def _void(self) -> None:
        """Give everything back; later than at once only with an officer and a reason."""
        if not isinstance(self._shown, Sale):
            return
        shift = self.app.shift
        if self._at_once() or (shift and self._shown.shift != shift.seq):  # that says why
            self._cancel(None)
            return
        title = _("Cancel sale {number}?").format(number=f"{self._shown.number:04d}")
        wanted = Wanted("void", self._shown.receipt, title, explain=True)
        ask(self.app, self, wanted, self._cancel)

    def _cancel(self, approval: Approval | None) -> None:
        """The sale stays, its void has a number of its own. Once."""
        sale, shift = self._shown, self.app.shift
        if not isinstance(sale, Sale) or shift is None:
            return
        try:
            refund = void(self.app.ledger, sale, shift, self.app.cashier.code, approval=approval)
        except UserError as error:
            self._tell(error)
            return
        self.app.posted.emit(refund)
        self.show_void(refund)
        self.voided.emit(refund)

    def _tell_saved(self, path: Path) -> None:
        action = (_("Open"), "folder-open", "")
        self.toast.say(_("Receipt saved"), "file-down", action, lambda: open_file(path))

    def _tell(self, error: UserError) -> None:
        self.toast.say(str(error), "circle-alert")


def _kuitansi(ledger: Ledger, sale: Sale) -> Sheet:
    paper = draw(ledger, kuitansi_wanted(sale))
    if isinstance(paper, Slip):
        raise TypeError(paper.title)
    return paper[0]
