"""Papers of the stock screen as files: made in the background, counted, opened where the system prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pos.errors import UserError
from pos.ledger import Ledger, set_setting, setting
from pos.paths import home
from pos.remittances import Remittance
from pos.stock_slips import StockSlip
from ui import work

FOLDER = "surat"  # below home(), beside the ledger


def open_paper(
    ledger: Ledger,
    paper: StockSlip | Remittance,
    *,
    roll: bool = False,
    done: Callable[[Path], object],
    failed: Callable[[UserError], object],
) -> None:
    """Make the paper, on A4 or for the roll; each after the first says which copy it is."""

    def write() -> Path:
        from pos.receipts.consignment import consignment_sheets, remittance_sheets
        from pos.receipts.pdf import Paper, write_pdf
        from pos.receipts.stock_slip import consignment_slip

        name = f"{paper.receipt}{'-80' if roll else ''}"
        copy = int(setting(ledger, f"printed:{name}") or 0)
        made: Paper
        if isinstance(paper, Remittance):
            made = remittance_sheets(ledger, paper, copy)
        elif roll:
            made = consignment_slip(ledger, paper, copy=copy)
        else:
            made = consignment_sheets(ledger, paper, copy)
        ending = f"-salinan-{copy}" if copy else ""
        path = home() / FOLDER / f"{name}{ending}.pdf"
        write_pdf(made, path)
        set_setting(ledger, f"printed:{name}", str(copy + 1))
        return path

    work.run(write, done=done, failed=failed)


def show_file(path: Path) -> None:
    """Where the system shows and prints it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
