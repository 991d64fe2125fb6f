"""Printing as a cashier meets it: receipts come out behind the sale; a printer that fails is no obstacle."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.letterhead import letterhead
from pos.local_tables import ACTIVITY
from pos.model import Sale
from pos.printers import Printer, printer_of, printer_text
from pos.printing import jobs
from pos.receipts.measures import CELL
from tests.printers.fake import NetPrinter
from tests.receipts.printer import Printed, run
from tests.ui.hands import button, buttons, focused, key, tap, texts, wait_for
from tests.ui.shop import desk_of, frame_of, ledger_of, paid, write
from ui import work
from ui.print_tray import PrintTray
from ui.settings.batch import BatchForm
from ui.settings.letterhead import LetterheadForm
from ui.settings.printer import Trial
from ui.settings.printer_address import Address
from ui.start import Start
from ui.widgets import Tag

CTRL = Qt.KeyboardModifier.ControlModifier
OFF = Printer("tcp", "127.0.0.1:9")  # nobody listens there


@pytest.fixture
def printer() -> Iterator[NetPrinter]:
    """A printer in the network that works."""
    made = NetPrinter()
    yield made
    made.close()


def connect(start: Start, printer: Printer) -> None:
    """It is the printer from now on."""
    frame_of(start).app.set("printer", printer_text(printer))
    work.finish()


def papers(printer: NetPrinter, count: int, columns: int = 48) -> list[Printed]:
    """What came out of it, when `count` jobs have."""
    assert wait_for(lambda: len(printer.got) >= count)
    assert len(printer.got) == count
    return [run(data, columns * CELL) for data in printer.got]


def shown(start: Start, text: str) -> bool:
    """Whether it comes into sight, in words or on a button."""
    frame = frame_of(start)

    def seen() -> bool:
        names = {one.accessibleName() for one in frame.findChildren(QWidget) if one.isVisible()}
        return text in names or text in set(texts(frame))

    return wait_for(seen)


def sale_of(start: Start) -> Sale:
    """The sale on the done screen."""
    done = desk_of(start).done
    assert done is not None
    assert isinstance(done._shown, Sale)
    return done._shown


def tray_of(start: Start) -> PrintTray:
    """The queue, which is open."""
    (tray,) = (one for one in frame_of(start).window().findChildren(PrintTray) if one.isVisible())
    return tray


def test_the_receipt_comes_out_behind_the_sale(shop: Start, printer: NetPrinter) -> None:
    assert not shown_now(shop, "Printer siap")
    connect(shop, printer.printer)
    assert shown(shop, "Printer siap")
    paid(shop)
    assert shown(shop, "Struk tercetak")
    (paper,) = papers(printer, 1)
    assert sale_of(shop).receipt in paper.words()
    assert "SALINAN" not in paper.words()
    key(Qt.Key.Key_P, CTRL)
    assert "SALINAN" in papers(printer, 2)[1].words()


def shown_now(start: Start, text: str) -> bool:
    """Whether it is in sight."""
    return any(one.accessibleName() == text for one in buttons(frame_of(start)))


def test_a_printer_that_is_off_only_turns_its_tag(shop: Start, printer: NetPrinter) -> None:
    connect(shop, OFF)
    paid(shop)
    assert shown(shop, "Belum tercetak")
    assert shown(shop, "Belum tercetak 1")
    first = sale_of(shop).receipt
    key(Qt.Key.Key_Return)
    paid(shop)
    assert shown(shop, "Belum tercetak 2")
    assert sale_of(shop).receipt != first
    connect(shop, printer.printer)
    key(Qt.Key.Key_P, CTRL)  # the same paper, not a copy of what never came out
    assert shown(shop, "Struk tercetak")
    (paper,) = papers(printer, 1)
    assert "SALINAN" not in paper.words()
    assert shown(shop, "Belum tercetak 1")


def test_the_queue_tries_again_gives_up_and_prints_once_more(shop: Start, printer: NetPrinter) -> None:
    connect(shop, OFF)
    numbers = []
    for _sale in range(2):
        paid(shop)
        assert shown(shop, "Belum tercetak")
        numbers.append(sale_of(shop).receipt)
        key(Qt.Key.Key_Return)
    connect(shop, printer.printer)
    tap(button(frame_of(shop), "Belum tercetak 2"))
    tray = tray_of(shop)
    assert wait_for(lambda: any("tidak ditemukan" in text for text in texts(tray)))
    tap(button(tray, f"Buang {numbers[0]}"))
    assert wait_for(lambda: numbers[0] not in " ".join(texts(tray)))
    tap(button(tray, f"Coba lagi {numbers[1]}"))
    again = f"Cetak lagi {numbers[1]}"
    assert wait_for(lambda: any(one.accessibleName() == again for one in buttons(tray)))
    tap(button(tray, again))
    assert ["SALINAN" in paper.words() for paper in papers(printer, 2)] == [False, True]
    assert shown(shop, "Printer siap")
    key(Qt.Key.Key_Escape)
    assert not tray.isVisible()


def test_all_can_be_tried_again_by_the_keyboard(shop: Start, printer: NetPrinter) -> None:
    connect(shop, OFF)
    for _sale in range(2):
        paid(shop)
        assert shown(shop, "Belum tercetak")
        key(Qt.Key.Key_Return)
    connect(shop, printer.printer)
    key(Qt.Key.Key_Comma, CTRL)
    button(frame_of(shop), "Antrean cetak").setFocus()
    key(Qt.Key.Key_Return)
    tray = tray_of(shop)
    assert wait_for(lambda: any(one.accessibleName() == "Coba lagi semua" for one in buttons(tray)))
    for _stop in range(9):
        if focused() is not button(tray, "Coba lagi semua"):
            key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Return)
    assert len(papers(printer, 2)) == 2
    assert wait_for(lambda: texts_of(tray).count("Tercetak") == 2)
    assert not frame_of(shop).take_scan("8991234567890")  # nothing is sold below it
    key(Qt.Key.Key_Escape)
    assert not tray.isVisible()
    assert frame_of(shop).take_scan("8991234567890")


def texts_of(tray: PrintTray) -> list[str]:
    """How its papers stand."""
    return [tag.accessibleName() for tag in tray.findChildren(Tag) if tag.isVisible()]


def test_without_printing_by_itself_nothing_comes_out_until_asked(shop: Start, printer: NetPrinter) -> None:
    connect(shop, printer.printer)
    frame_of(shop).app.set("print_receipt", "0")
    paid(shop)
    assert shown(shop, "Cetak")
    work.finish()
    assert printer.got == []
    key(Qt.Key.Key_P, CTRL)
    (paper,) = papers(printer, 1)
    assert "SALINAN" not in paper.words()
    assert shown(shop, "Struk tercetak")


def test_the_drawer_opens_for_cash(shop: Start, printer: NetPrinter) -> None:
    connect(shop, Printer("tcp", printer.address, 32, cutter=True, drawer=5))
    paid(shop)
    assert shown(shop, "Struk tercetak")
    opened, paper = papers(printer, 2, 32)
    assert (opened.kicks, paper.cuts) == ([5], 1)
    assert max(len(row) for row, _bold, _tall in paper.rows) <= 32
    with ledger_of(shop).read() as conn:
        assert conn.execute(ACTIVITY.select()).all() == []  # a sale is no opening by hand


def test_what_waited_when_the_program_ended_is_printed_at_the_next_start(
    shop: Start, printer: NetPrinter
) -> None:
    from pos.papers import slip_wanted
    from pos.printing import enqueue
    from tests.books import sell

    sale = sell(ledger_of(shop), {"PECI": 1})
    enqueue(ledger_of(shop), slip_wanted(sale))
    connect(shop, printer.printer)
    frame_of(shop).app.printing.begin()
    assert sale.receipt in papers(printer, 1)[0].words()


def card(start: Start, kind: type[QWidget]) -> QWidget:
    """One part of the page of settings, in sight."""
    frame = frame_of(start)
    frame.show_settings()
    page = frame.screens.currentWidget()
    assert page is not None
    (found,) = page.findChildren(kind)
    page._scroll.ensureWidgetVisible(found, 0, 200)  # type: ignore[attr-defined]
    return found


def test_a_printer_is_set_up_with_the_keyboard_and_tried(shop: Start, printer: NetPrinter) -> None:
    trial = card(shop, Trial)
    address = card(shop, Address)
    assert not button(trial, "Cetak uji").isEnabled()
    page = frame_of(shop).screens.currentWidget()
    assert page is not None
    tap(button(page, "Jaringan"))
    assert isinstance(address, Address)
    assert address.field.edit.hasFocus()
    write(shop, "tidak ada di sini")
    key(Qt.Key.Key_Return)
    assert any("192.168.1.50" in text for text in texts(address))
    assert not button(trial, "Cetak uji").isEnabled()
    address.field.edit.selectAll()
    write(shop, printer.address)
    key(Qt.Key.Key_Return)
    card(shop, Trial)
    tap(button(trial, "Cetak uji"))
    (paper,) = papers(printer, 1)
    assert any(row.startswith("1234567890") and len(row) == 48 for row, _b, _t in paper.rows)
    app = frame_of(shop).app
    assert printer_of(app.setting("printer")) == Printer("tcp", printer.address)
    tap(button(page, "42"))
    tap(button(page, "Gambar"))
    assert printer_of(app.setting("printer")) == Printer("tcp", printer.address, 42, raster=True)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for CUPS is a shell script")
def test_a_printer_of_the_system_is_chosen_from_its_list(
    shop: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "lpstat"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nprintf 'POS-58\\nKantor_A4\\n'\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    address = card(shop, Address)
    page = frame_of(shop).screens.currentWidget()
    assert page is not None
    tap(button(page, "Antrean sistem"))
    assert wait_for(lambda: any(one.accessibleName() == "Kantor_A4" for one in buttons(address)))
    card(shop, Address)
    tap(button(address, "POS-58"))
    assert printer_of(frame_of(shop).app.setting("printer")) == Printer("lp", "POS-58")
    assert shown(shop, "Printer siap")


def test_a_trial_print_that_fails_says_why(shop: Start) -> None:
    connect(shop, OFF)
    trial = card(shop, Trial)
    tap(button(trial, "Cetak uji"))
    assert wait_for(lambda: any("tidak ditemukan" in text for text in texts(trial)))
    assert jobs(ledger_of(shop)) == []


def test_the_drawer_opened_by_hand_is_noted(shop: Start, printer: NetPrinter) -> None:
    connect(shop, Printer("tcp", printer.address, drawer=2))
    tap(button(card(shop, Trial), "Buka laci"))
    assert papers(printer, 1)[0].kicks == [2]
    work.finish()
    with ledger_of(shop).read() as conn:
        assert [(row.kind, row.cashier) for row in conn.execute(ACTIVITY.select())] == [("drawer", "rina")]


def test_an_officer_keeps_the_letterhead_and_a_cashier_cannot(shop: Start) -> None:
    form = card(shop, LetterheadForm)
    assert not button(form, "Simpan").isEnabled()
    app = frame_of(shop).app
    app.sign_in(app.staff["sari"])
    assert isinstance(form, LetterheadForm)
    form._lines[1].edit.setFocus()
    write(shop, "Kantor Wilayah Sumatera Selatan")
    form._people[0][3].edit.setFocus()
    write(shop, "197503121998032001")
    form._people[0][0].edit.setFocus()
    write(shop, "Siti Rahmawati")
    key(Qt.Key.Key_Return)
    work.finish()
    head = letterhead(ledger_of(shop))
    assert head.office == "Kantor Wilayah Sumatera Selatan"
    assert [(one.name, one.nip) for one in head.signatories] == [("Siti Rahmawati", "197503121998032001")]


def test_receipts_for_the_files_are_made_and_a_wrong_day_is_told(shop: Start, home: Path) -> None:
    paid(shop)
    form = card(shop, BatchForm)
    assert isinstance(form, BatchForm)
    first, _last = form._days
    right = first.edit.text()
    first.edit.setText("31/02/2023")
    tap(button(form, "Buat PDF"))
    assert any("31/02/2023" in text for text in texts(form))
    first.edit.setText(right)
    tap(button(form, "Buat PDF"))
    assert wait_for(lambda: any("1 struk di" in text for text in texts(form)))
    (made,) = (home / "struk").glob("*-80.pdf")
    assert made.stat().st_size > 5_000
    assert button(form, "Buka").isVisible()
