"""The one way a paper leaves the program: to the receipt printer, or as a PDF that the system shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pos.errors import UserError
from pos.paths import home
from ui import work
from ui.app import App

if TYPE_CHECKING:  # the till is on the screen before the ledger's modules
    from pos.papers import PaperRef
    from pos.receipts.blocks import Slip
    from pos.receipts.sheet import Sheet

LETTERS = ("stock-a4", "stock", "remittance")
COLUMNS = {"80": 48, "58": 32}  # of a slip, by the width of its roll in mm

Failed = Callable[[UserError], object]


def issue(app: App, paper: PaperRef, failed: Failed, *, columns: int = COLUMNS["80"]) -> None:
    """Print a paper of the roll where a receipt printer is ready; otherwise open its PDF.

    It is counted either way. `columns` are those of the PDF; a printer has its own.
    """
    from pos.papers import PAPERS

    if PAPERS[paper.paper].size == "roll" and app.printing.ready:
        app.printing.print_paper(paper)
    else:
        save(app, paper, open_file, failed, columns=columns)


def save(
    app: App,
    paper: PaperRef,
    done: Callable[[Path], object],
    failed: Failed,
    *,
    columns: int = COLUMNS["80"],
) -> None:
    """Make a paper as a PDF in the background, counted, marked when it is a copy; `done` hears where."""
    ledger, by = app.ledger, app.printing.by

    def write() -> Path:
        from pos.papers import draw
        from pos.printing import count
        from pos.receipts.pdf import write_pdf  # ReportLab is imported where it is first used

        copy = count(ledger, [paper.number], by)[paper.number]
        path = folder(paper) / f"{paper.number}{f'-salinan-{copy}' if copy else ''}.pdf"
        write_pdf(draw(ledger, paper, columns=columns, copy=copy), path)
        return path

    work.run(write, done=done, failed=failed)


def issue_slip(app: App, slip: Callable[[int], Slip], failed: Failed) -> None:
    """Print or open a slip that has no document, so that nothing is counted; `slip` draws it so wide."""
    printer, ready = app.printing.printer, app.printing.ready

    def send_it() -> None:
        from pos.printers import slip_bytes
        from pos.printers.ways import send

        send(printer, slip_bytes(printer, slip(printer.columns)))

    def write() -> Path:
        from pos.receipts.pdf import write_pdf

        made = slip(COLUMNS["80"])
        path = home() / "struk" / f"{made.title}.pdf"
        write_pdf(made, path)
        return path

    if ready:
        work.run(send_it, failed=failed, lane="printer")
    else:
        work.run(write, done=open_file, failed=failed)


def issue_pages(
    app: App, pages: tuple[Sheet, ...], path: Path, done: Callable[[Path], object], failed: Failed
) -> None:
    """Print pages that are no document's: on the printer that is set for pages, else as a PDF that opens.

    The PDF lies at `path` either way; `done` hears of it.
    """
    printer = app.setting("page_printer")

    def send_it() -> Path:
        from pos.printers.ways import print_pages

        save_pages(pages, path)
        if printer:
            print_pages(printer, path)
        return path

    def sent(path: Path) -> None:
        if not printer:
            open_file(path)
        done(path)

    work.run(send_it, done=sent, failed=failed, lane="printer")


def save_pages(pages: tuple[Sheet, ...], path: Path) -> Path:
    """Write pages as a PDF at `path`, whole or not at all. Raises WorldFailed when that cannot be."""
    from pos.receipts.pdf import write_pdf

    write_pdf(pages, path)
    return path


def folder(paper: PaperRef) -> Path:
    """Where its files lie, beside the ledger: letters apart from receipts."""
    return home() / ("surat" if paper.paper in LETTERS else "struk")


def open_file(path: Path) -> None:
    """Show a file with the system's own program, which prints it too."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
