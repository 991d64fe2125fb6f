"""The office's program over a central file: its menu, who signs in, its receipts, its papers."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from pos.chains import reading
from pos.ledger import Ledger, open_target
from pos.model import Sale
from pos.receipt_pages import Traced, trace
from pos.staff import post_staff
from pos.sync import copy_chains
from pos.today import is_office, office_opening
from tests.books import booth
from tests.ui.hands import buttons, key, show, tap, texts, type_text, wait_for
from tests.ui.office.room import NURBAITI, PIN, K, page_of, settle, sheet_of
from tests.ui.opened import Opened
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.office.exceptions import ExceptionsPage
from ui.office.one_number import OneNumberPage
from ui.office.receipts import ReceiptsPage
from ui.office.units import PNBP, UnitsPage
from ui.page import Scan
from ui.reports.picker import PickSheet
from ui.start import Start
from ui.theme import Theme
from ui.window import Window


def test_a_central_file_opens_as_the_office(
    qtbot: QtBot, theme: Theme, brought: tuple[Path, list[Sale]]
) -> None:
    start = Start(Window(theme), brought[0])
    qtbot.addWidget(start.window)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        start.window.show()
    settle()
    assert start.frame is not None
    names = [one.text() for one in start.frame.buttons]
    assert names == ["Laporan", "Nota", "UPT", "Angka", "Periksa", "Sinkron", "Harian"]
    assert "HBP-59 pusat" in list(texts(start.frame.status))
    assert not any(one.accessibleName() == "Kasir" for one in buttons(start.window))
    start.frame.show_settings()
    assert "Kantor wilayah" in list(texts(start.window))
    start.finish()


def test_a_database_opens_as_the_office(
    qtbot: QtBot, theme: Theme, central: Ledger, postgres_url: str
) -> None:
    with closing(open_target(postgres_url)) as database, reading(central) as source:
        copy_chains(source, database)
    start = Start(Window(theme), postgres_url)
    qtbot.addWidget(start.window)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        start.window.show()
    settle()
    assert start.frame is not None
    assert start.frame.app.office
    page = page_of(start.frame, ReceiptsPage, 1)
    assert page.list.model.rowCount() == 9
    start.finish()


def test_an_address_that_answers_nobody_is_told(qtbot: QtBot, theme: Theme) -> None:
    start = Start(Window(theme), "postgresql+psycopg://kantor@127.0.0.1:9/pusat")
    qtbot.addWidget(start.window)
    start.window.show()
    qtbot.waitUntil(lambda: any(one.text() == "Tutup" for one in buttons(start.window)), timeout=20_000)
    assert start.code == 3
    start.finish()


def test_a_file_that_may_not_be_written_is_only_read(
    qtbot: QtBot, theme: Theme, central: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert central.path is not None
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    start = Start(Window(theme), central.path)
    qtbot.addWidget(start.window)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        start.window.show()
    settle()
    assert start.frame is not None
    assert "HANYA BACA" in [
        one.accessibleName() for one in start.frame.status.children() if hasattr(one, "accessibleName")
    ]
    page = page_of(start.frame, UnitsPage, 2)
    page.show_tab(PNBP)
    settle()
    assert not page.enter.isEnabled()
    assert "hanya dibaca" in page.enter.toolTip()
    start.finish()


def test_the_empty_office_shows_no_figure_that_it_does_not_have(
    qtbot: QtBot, theme: Theme, collector: Ledger
) -> None:
    frame = Frame(App.over(collector, theme))
    show(qtbot, frame)
    settle()
    page = page_of(frame, ReceiptsPage, 1)
    assert "Belum ada nota" in list(texts(page))
    for place in range(5):
        frame.choose(place)
        settle()


def test_only_people_of_the_office_sign_in(
    qtbot: QtBot, theme: Theme, central: Ledger, tmp_path: Path
) -> None:
    with closing(booth(tmp_path / "s09.lapak", "S09")) as other:
        post_staff(other, [NURBAITI])
        with reading(other) as source:
            copy_chains(source, central)
    frame = Frame(App.over(central, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    assert frame.app.locked
    assert [one.name for one in frame.app.people()] == ["Hj. Nurbaiti"]
    type_text("111111")
    settle()
    assert frame.app.locked
    type_text(PIN)
    assert wait_for(lambda: not frame.app.locked)
    assert frame.app.cashier.code == NURBAITI.code


def test_a_booth_is_no_office_and_a_central_file_is(till: Ledger, collector: Ledger) -> None:
    assert not is_office(till)
    assert is_office(collector)
    assert office_opening(collector).device.name == "pusat"


# Receipts


def test_receipts_are_listed_and_each_shows_its_paper(frame: Frame, sales: list[Sale]) -> None:
    page = page_of(frame, ReceiptsPage, 1)
    shown = {row[0] for row in page.list.model.rows}
    assert shown == {sale.receipt for sale in sales}
    assert "9 nota" in list(texts(page))
    type_text(sales[0].receipt)
    assert wait_for(lambda: page.list.model.rowCount() == 1)
    settle()
    words = list(texts(page.side))
    assert any(sales[0].code[:4] in line for line in words)
    assert any("kembali pada" in line for line in words)
    names = [one.accessibleName() for one in buttons(page.side)]
    assert any("-R" in name for name in names)
    assert page.side.shown is not None
    assert page.side.shown.whole


def test_receipts_are_narrowed_down_by_key(frame: Frame, sales: list[Sale]) -> None:
    page = page_of(frame, ReceiptsPage, 1)
    key(K.Key_F6)
    sheet_of(frame, PickSheet)
    type_text("S07")
    key(K.Key_Return)
    settle()
    assert {row[0] for row in page.list.model.rows} == {one.receipt for one in sales if one.booth == "S07"}
    key(K.Key_F8)
    type_text("qris")
    key(K.Key_Return)
    settle()
    assert [row[0] for row in page.list.model.rows] == [sales[-1].receipt]
    key(K.Key_Escape)
    settle()
    assert page.list.model.rowCount() == len(sales)


def test_of_receipts_that_arrows_went_past_only_the_last_is_read(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(frame, ReceiptsPage, 1)
    read: list[tuple[str, int]] = []

    def note(ledger: Ledger, device: str, seq: int) -> Traced:
        read.append((device, seq))
        return trace(ledger, device, seq)

    monkeypatch.setattr("ui.office.receipts.trace", note)
    busy = Event()
    work.run(busy.wait, lane="reports")
    for _time in range(4):
        key(K.Key_Down)
    busy.set()
    settle()
    row = page.list.current
    assert row is not None
    assert read == [(row[-2], row[-1])]
    assert page.side.shown is not None
    assert page.side.shown.sale.receipt == row[0]


def test_a_scan_finds_its_receipt(frame: Frame, sales: list[Sale]) -> None:
    page = page_of(frame, ReceiptsPage, 1)
    assert frame.take_scan(sales[2].receipt)
    assert wait_for(lambda: page.list.model.rowCount() == 1)
    assert page.take_scan("8991234567890") is Scan.REFUSED


def test_nothing_found_is_said(frame: Frame) -> None:
    page = page_of(frame, ReceiptsPage, 1)
    type_text("rendang")
    assert wait_for(lambda: "Tidak ada nota seperti itu" in list(texts(page)))
    assert not page.list.isVisible()


def test_a_copy_is_printed_and_marked(frame: Frame, home: Path, opened: Opened, sales: list[Sale]) -> None:
    page = page_of(frame, ReceiptsPage, 1)
    page.want(sales[1].device, sales[1].seq)
    settle()
    tap(page.side.print)
    settle()
    assert opened.names == [f"{sales[1].receipt}-salinan.pdf"]
    assert (home / "struk" / opened.names[0]).is_file()


# One figure, exceptions


def test_the_one_figure_agrees(frame: Frame) -> None:
    page = page_of(frame, OneNumberPage, 3)
    assert page.verdict.accessibleName() == "Semua cocok"
    assert page.figure.text().startswith("Rp")


def test_an_exception_leads_to_its_receipt(frame: Frame, sales: list[Sale]) -> None:
    page = page_of(frame, ExceptionsPage, 4)
    numbers = [row[2] for row in page.rows.model.rows]
    place = next(n for n, number in enumerate(numbers) if "-R" in number)
    page.rows.view.setFocus()
    page.rows.view.setCurrentIndex(page.rows.model.index(place, 0))
    key(K.Key_Return)
    settle()
    now = frame.screens.currentWidget()
    assert isinstance(now, ReceiptsPage)
    assert now.side.shown is not None
    assert now.side.shown.sale.receipt == sales[0].receipt


def test_where_nothing_is_unusual_the_page_says_so(frame: Frame) -> None:
    page = page_of(frame, ExceptionsPage, 4)
    assert (page.rows.isVisible(), page.nothing.isVisible()) == (True, False)
    assert page.table is not None
    page.show_table(replace(page.table, rows=()))
    assert (page.rows.isVisible(), page.nothing.isVisible()) == (False, True)
    assert "Tidak ada yang perlu diperiksa" in list(texts(page))
