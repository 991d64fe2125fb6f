"""The papers of a closing as files: printed, kept, counted. They never touch the closing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pos.closing import Closing
from pos.errors import UserError
from pos.paths import home
from ui import work
from ui.app import App

FOLDER = "struk"  # below home(), beside the ledger
COLUMNS = 48  # of the roll


def print_slip(app: App, closing: Closing, failed: Callable[[UserError], object], *, blind: bool) -> None:
    """Make the slip, marked when it is a copy, and open it where the system prints."""
    ledger, cashier, shift = app.ledger, app.cashier.code, app.shift

    def write() -> Path:
        from pos.activity import count_paper
        from pos.receipts.pdf import write_pdf  # ReportLab is imported where it is first used
        from pos.receipts.z_report import closing_slip

        copy = count_paper(ledger, closing.paper, cashier, shift) if closing.number else 0
        slip = closing_slip(ledger, closing, columns=COLUMNS, copy=copy, blind=blind)
        path = home() / FOLDER / f"{slip.title}{_ending(copy)}.pdf"
        write_pdf(slip, path)
        return path

    work.run(write, done=open_file, failed=failed)


def save_sheet(
    app: App, closing: Closing, done: Callable[[Path], object], failed: Callable[[UserError], object]
) -> None:
    """Keep the report on A4 as a PDF; `done` hears where."""
    ledger, cashier, shift = app.ledger, app.cashier.code, app.shift

    def write() -> Path:
        from pos.activity import count_paper
        from pos.receipts.pdf import write_pdf
        from pos.receipts.z_sheet import closing_sheets

        copy = count_paper(ledger, f"{closing.paper}-A4", cashier, shift)
        path = home() / FOLDER / f"{closing.paper}-A4{_ending(copy)}.pdf"
        write_pdf(closing_sheets(ledger, closing, copy=copy), path)
        return path

    work.run(write, done=done, failed=failed)


def open_file(path: Path) -> None:
    """Show a file with the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _ending(copy: int) -> str:
    return f"-salinan-{copy}" if copy else ""
