"""The one way of papers out of the program: a printer where there is one, else files; all are counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.activity import REPRINT, happened
from pos.closing import x_report
from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Refund, Sale
from pos.papers import PAPERS, PaperRef, Source, papers_of
from pos.printers import Printer, printer_text
from pos.printing import jobs, next_copy
from pos.receipts.measures import CELL
from pos.receipts.z_report import closing_slip
from pos.refunds import void
from tests.books import sell, shift_of
from tests.every_paper import every
from tests.printers.fake import NetPrinter
from tests.receipts.printer import run
from tests.ui.hands import button, show, tap, wait_for
from ui import issue, work
from ui.app import App
from ui.frame import Frame
from ui.returns.page import ReturnsPage
from ui.theme import Theme


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that the system was asked to open."""
    paths: list[Path] = []
    monkeypatch.setattr(issue, "open_file", paths.append)
    return paths


@pytest.fixture
def faults() -> list[UserError]:
    return []


@pytest.fixture
def app(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[App]:
    del qtbot  # there must be a QApplication
    app = App.over(till, theme)
    yield app
    work.finish()


@pytest.fixture
def printer(app: App) -> Iterator[NetPrinter]:
    """The booth's printer, which works."""
    made = NetPrinter()
    app.set("printer", printer_text(made.printer))
    work.finish()
    yield made
    made.close()


def refs(found: dict[str, Source]) -> list[PaperRef]:
    """Every paper there is."""
    return [what for one in found.values() for what in papers_of(one)]


def test_without_a_printer_every_paper_is_a_file_and_a_copy_another(
    app: App, opened: list[Path], faults: list[UserError], home: Path
) -> None:
    found = every(app.ledger)
    wanted = [what for what in refs(found) if what.paper != "itemised"]  # the kuitansi, counted with it
    for what in wanted * 2:
        issue.issue(app, what, faults.append)
    work.finish()
    assert faults == []
    stock = ("stock", "stock-a4", "remittance")
    first = [home / ("surat" if one.paper in stock else "struk") / f"{one.number}.pdf" for one in wanted]
    assert opened == [*first, *(path.with_name(f"{path.stem}-salinan-1.pdf") for path in first)]
    assert all(path.read_bytes().startswith(b"%PDF") for path in opened)


def test_the_printer_gets_what_is_for_the_roll_and_sheets_stay_files(
    app: App, printer: NetPrinter, opened: list[Path], faults: list[UserError]
) -> None:
    wanted = refs(every(app.ledger))
    rolls = [what for what in wanted if PAPERS[what.paper].size == "roll"]
    for what in wanted:
        issue.issue(app, what, faults.append)
    work.finish()
    assert len(printer.got) == len(rolls)
    assert faults == []
    assert len(opened) == len(wanted) - len(rolls)
    assert [job.what for job in reversed(jobs(app.ledger))] == rolls
    for what, data in zip(rolls, printer.got, strict=True):
        number = what.number.removesuffix("-kemas").removesuffix("-struk")
        assert number in " ".join(run(data, 48 * CELL).words())


def test_an_x_report_is_printed_and_not_counted(
    app: App, printer: NetPrinter, opened: list[Path], faults: list[UserError]
) -> None:
    ledger = app.ledger
    report = x_report(ledger, shift_of(ledger), "rina")
    issue.issue_slip(app, lambda columns: closing_slip(ledger, report, columns=columns), faults.append)
    assert wait_for(lambda: len(printer.got) == 1)
    assert "X" in run(printer.got[0], 48 * CELL).words()
    work.finish()
    assert (jobs(ledger), opened, faults) == ([], [], [])


def test_what_cannot_be_written_or_printed_is_told(
    app: App, opened: list[Path], faults: list[UserError], home: Path
) -> None:
    home.mkdir(exist_ok=True)
    (home / "struk").write_text("kein Ordner")
    sale = sell(app.ledger, {"PECI": 1})
    issue.issue(app, papers_of(sale)[0], faults.append)
    work.finish()
    app.set("printer", printer_text(Printer("tcp", "127.0.0.1:9")))
    report = x_report(app.ledger, shift_of(app.ledger), "rina")
    issue.issue_slip(app, lambda wide: closing_slip(app.ledger, report, columns=wide), faults.append)
    assert wait_for(lambda: len(faults) == 2)
    assert opened == []


def test_a_return_printed_again_from_the_list_is_a_copy_and_noted(
    qtbot: QtBot, app: App, opened: list[Path]
) -> None:
    frame = Frame(app)
    show(qtbot, frame)
    sale = sell(app.ledger, {"PECI": 1})
    back = void(app.ledger, sale, shift_of(app.ledger), "rina", "salah tekan")
    for paper in (back, back, sale):
        again(frame, paper)
    names = [f"{back.receipt}.pdf", f"{back.receipt}-salinan-1.pdf", f"{sale.receipt}.pdf"]
    assert [path.name for path in opened] == names
    assert next_copy(app.ledger, back.receipt) == 2
    with app.ledger.read() as conn:
        assert happened(conn, shift_of(app.ledger).seq) == {REPRINT: 1}


def again(frame: Frame, paper: Sale | Refund) -> None:
    """Show a paper of the past and print it."""
    frame.show_papers(paper.receipt)
    page = frame.screens.currentWidget()
    assert isinstance(page, ReturnsPage)
    assert wait_for(lambda: page.detail.shown == paper)
    tap(button(page, "Lihat nota"))
    assert page.done
    name = "Cetak lagi" if isinstance(paper, Sale) else "Cetak"
    assert wait_for(lambda: button(page, name).isVisible())
    tap(button(page, name))
    work.finish()
    tap(button(page, "Kembali ke kasir") if isinstance(paper, Sale) else button(page, "Transaksi baru"))
