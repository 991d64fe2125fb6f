"""The done screen with what it asks for: the receipt as a file, once more, or as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Sale
from pos.paths import home
from pos.receipts.blocks import Slip
from pos.receipts.slip import sale_slip
from pos.receipts.text import slip_text
from pos.text import _
from ui import work
from ui.app import App
from ui.done_screen import DoneScreen
from ui.tell import Toast

FOLDER = "struk"  # below home(), beside the ledger


class DonePage(QWidget):
    """Shows a sale that is stored, and serves its receipt. Paper and files never touch the sale."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.view = DoneScreen(app.theme)
        self.toast = Toast(app.theme)
        self.toast.setParent(self)
        self.toast.hide()
        self._sale: Sale | None = None
        self._slip = Slip("", 48, ())
        self._copies = 1  # papers of this sale: the original is the first
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.save_pdf.connect(self._save)
        self.view.reprint.connect(self._print_copy)
        self.view.copy_text.connect(self._copy)

    def show_sale(self, sale: Sale) -> None:
        """Show `sale`, which is stored; a slip that cannot be made now must not hide that it is."""
        self.toast.hide()
        self._sale, self._copies = sale, 1
        try:
            self._slip = sale_slip(self.app.ledger, sale)
        except UserError as error:
            self._slip = Slip(sale.receipt, 48, ())
            self._tell(error)
        self.view.show_sale(sale, self._slip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The toast lies where nothing is written, below the header."""
        super().resizeEvent(event)
        px = self.app.theme.px
        width = min(px(560), self.width() * 60 // 100)
        self.toast.setGeometry(px(28), px(84), width, self.toast.height())

    def _save(self) -> None:
        slip = self._slip
        self._write(lambda: slip, "", self._tell_saved)

    def _print_copy(self) -> None:
        """A copy, marked and counted as one, opened where the system prints."""
        self._copies += 1
        sale, ledger, number = self._sale, self.app.ledger, self._copies
        if sale:
            self._write(lambda: sale_slip(ledger, sale, copy=number), f"-salinan-{number}", _open)

    def _write(self, make: Callable[[], Slip], ending: str, done: Callable[[Path], object]) -> None:
        if self._sale is None:
            return
        path = home() / FOLDER / f"{self._sale.receipt}{ending}.pdf"

        def write() -> Path:
            from pos.receipts.pdf import write_pdf  # ReportLab is imported where it is first used

            write_pdf(make(), path)
            return path

        work.run(write, done=done, failed=self._tell)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(slip_text(self._slip))
        self.toast.say(_("Receipt copied as text"), "copy")

    def _tell_saved(self, path: Path) -> None:
        action = (_("Open"), "folder-open", "")
        self.toast.say(_("Receipt saved"), "file-down", action, lambda: _open(path))

    def _tell(self, error: UserError) -> None:
        self.toast.say(str(error), "circle-alert")


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
