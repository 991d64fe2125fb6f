"""States of printing: a sale whose receipt did not come out, the queue, and the cards of settings."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from pos.letterhead import Letterhead, Signatory, letterhead_text
from pos.printers import Printer, printer_text
from ui.print_tray import PrintTray
from ui.settings.batch import BatchForm
from ui.settings.letterhead import LetterheadForm
from ui.settings.printer import Trial
from ui.shots.studio import Stage
from ui.till.done_page import SLIP_MS

GONE = printer_text(Printer("tcp", "127.0.0.1:9"))  # nobody listens there


def sell(stage: Stage) -> None:
    """One of the first thing on the shelf, for exact cash."""
    stage.desk.basket.add(next(item.product for item in stage.desk.shelf.items if not item.sold_out))
    stage.rest()
    stage.press("F10")
    come_out(stage)


def come_out(stage: Stage) -> None:
    """Let the receipt come out: it goes to print a moment after the change is seen."""
    QTest.qWait(2 * SLIP_MS)
    stage.rest()


def paperless(stage: Stage) -> QWidget:
    """The receipt of a sale as a code."""
    sell(stage)
    stage.press("F6")
    return stage.frame


def not_printed(stage: Stage) -> QWidget:
    """The last page of a sale while the printer is gone."""
    sell(stage)
    stage.app.set("printer", GONE)
    for _sale in range(2):
        stage.press("Return")
        sell(stage)
    return stage.frame


def queue(stage: Stage) -> QWidget:
    """The queue over it."""
    not_printed(stage)
    PrintTray(stage.app, stage.frame).open()
    stage.rest()
    return stage.frame


def settings(stage: Stage) -> QWidget:
    """The card of the printer on the page of settings."""
    stage.app.set("printer", printer_text(Printer("tcp", "192.168.1.50", cutter=True, drawer=2)))
    return _card(stage, Trial)


def letterhead(stage: Stage) -> QWidget:
    """The card of the letterhead, filled, before an officer."""
    officer = next(one for one in stage.app.staff.values() if one.role != "kasir")
    stage.app.sign_in(officer)
    head = Letterhead(
        "Kementerian Hukum dan Hak Asasi Manusia RI",
        "Kantor Wilayah Sumatera Selatan",
        address="Jl. Merdeka No. 1, Palembang",
        signatories=(Signatory("Dra. Siti Rahmawati", "Pembina", "197503121998032001", "Kepala Lapas"),),
    )
    stage.app.set("letterhead", letterhead_text(head))
    return _card(stage, LetterheadForm)


def batch(stage: Stage) -> QWidget:
    """The card of receipts for the files, one file made."""
    sell(stage)
    return _card(stage, BatchForm)


def _card(stage: Stage, kind: type[QWidget]) -> QWidget:
    """The page of settings, scrolled until all of this part of it is in sight."""
    stage.frame.show_settings()
    stage.rest()
    page = stage.frame.screens
    page.findChildren(QScrollArea)[-1].ensureWidgetVisible(page.findChildren(kind)[0], 0, stage.theme.px(60))
    stage.rest()
    return stage.frame
