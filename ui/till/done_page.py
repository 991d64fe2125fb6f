"""The done screen with what it asks for: papers as files, once more, or as text, and the void of the sale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Refund, Sale
from pos.paths import home
from pos.receipts.blocks import Slip
from pos.receipts.sheet import Sheet
from pos.receipts.slip import slip_of
from pos.receipts.text import slip_text
from pos.refunds import void
from pos.text import _
from ui import work
from ui.app import App
from ui.done_screen import DoneScreen
from ui.paper_side import SHEET
from ui.tell import Toast

FOLDER = "struk"  # below home(), beside the ledger
SLIP = "slip"
SLIP_MS = 30
_COLUMNS = {"80": 48, "58": 32}


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
        self._slip = Slip("", 48, ())
        self._made: Counter[tuple[str, str]] = Counter()  # papers that went to print, by number and kind
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.choose_roll(app.setting("roll"))
        self.view.paper_chosen.connect(self._show_paper)
        self.view.save_pdf.connect(self._save)
        self.view.reprint.connect(self._print)
        self.view.kuitansi.connect(self._print)
        self.view.copy_text.connect(self._copy)
        self.view.void.connect(self._void)

    def show_sale(self, sale: Sale, *, again: bool = False) -> None:
        """Show `sale`, which is stored; a slip that cannot be made now must not hide that it is.

        `again`: it was made before, and its receipt was scanned.
        """
        self._start(sale)
        self._made = Counter({(sale.receipt, SLIP): 1})  # the original is the first
        self.view.show_sale(sale, self._slip, again=again)
        QTimer.singleShot(SLIP_MS, self, self._show_slip)  # the change is seen before its paper

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
        self._slip = Slip(shown.receipt, _COLUMNS[self.view.roll], ())

    def _show_slip(self) -> None:
        """The receipt, unless another paper is shown by now."""
        if isinstance(self._shown, Sale) and self.view.paper in _COLUMNS:
            self._show_paper(self.view.paper)

    def _make_slip(self, roll: str) -> None:
        shown, columns = self._shown, _COLUMNS[roll]
        if shown is None:
            return
        try:
            self._slip = slip_of(self.app.ledger, shown, columns=columns)
        except UserError as error:
            self._slip = Slip(shown.receipt, columns, ())
            self._tell(error)

    def _show_paper(self, paper: str) -> None:
        if paper in _COLUMNS:
            self._make_slip(paper)
            self.view.show_paper(self._slip)
        elif isinstance(sale := self._shown, Sale):
            ledger = self.app.ledger
            work.run(lambda: _kuitansi(ledger, sale, 0), done=self._show_sheet, failed=self._tell)

    def _show_sheet(self, sheet: Sheet) -> None:
        """Unless something else is shown by now."""
        if self.view.paper not in _COLUMNS and self._shown and sheet.title.endswith(self._shown.receipt):
            self.view.show_paper(sheet)

    def _save(self) -> None:
        self._write(0, self._tell_saved)

    def _print(self) -> None:
        """Count one more, marked when it is a copy, and open it where the system prints."""
        if self._shown:
            kind = SLIP if self.view.paper in _COLUMNS else SHEET
            self._made[self._shown.receipt, kind] += 1
            self._write(self._made[self._shown.receipt, kind], _open)

    def _write(self, count: int, done: Callable[[Path], object]) -> None:
        """Make the paper that is chosen, the `count`th of its kind, as a file. The first is no copy."""
        ledger, shown, paper = self.app.ledger, self._shown, self.view.paper
        if shown is None:
            return
        copy = count if count > 1 else 0
        ending = f"-salinan-{copy}" if copy else ""

        def write() -> Path:
            from pos.receipts.pdf import write_pdf  # ReportLab is imported where it is first used

            if isinstance(shown, Sale) and paper not in _COLUMNS:
                made: Slip | Sheet = _kuitansi(ledger, shown, copy)
            else:
                made = slip_of(ledger, shown, columns=_COLUMNS[paper], copy=copy)
            path = home() / FOLDER / f"{made.title}{ending}.pdf"
            write_pdf(made if isinstance(made, Slip) else (made,), path)
            return path

        work.run(write, done=done, failed=self._tell)

    def _copy(self) -> None:
        if not self._slip.blocks:  # a quick hand
            self._make_slip(self.view.roll)
        QGuiApplication.clipboard().setText(slip_text(self._slip))
        self.toast.say(_("Receipt copied as text"), "copy")

    def _void(self) -> None:
        """Give everything back; the sale stays, its void has a number of its own. Once."""
        sale, shift = self._shown, self.app.shift
        if not isinstance(sale, Sale) or shift is None:
            return
        try:
            refund = void(self.app.ledger, sale, shift, self.app.cashier.code)
        except UserError as error:
            self._tell(error)
            return
        self.app.posted.emit(refund)
        self.show_void(refund)
        self.voided.emit(refund)

    def _tell_saved(self, path: Path) -> None:
        action = (_("Open"), "folder-open", "")
        self.toast.say(_("Receipt saved"), "file-down", action, lambda: _open(path))

    def _tell(self, error: UserError) -> None:
        self.toast.say(str(error), "circle-alert")


def _kuitansi(ledger: Ledger, sale: Sale, copy: int) -> Sheet:
    from pos.receipts.kuitansi import kuitansi  # measures with ReportLab

    return kuitansi(ledger, sale, copy)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
