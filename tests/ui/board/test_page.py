"""The board on the screen: gone through by keys and taps, kept true, taken out of the program."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.closed_days import closed_days
from pos.ledger import Ledger, create, new_device, open_ledger
from pos.model import Payment
from pos.paths import home
from pos.payments import settle as pay
from pos.reports.board import Mark
from pos.shifts import open_shift
from tests.books import DAY, MOMENT, busy_day, cart_of, event, new_collector, sell, with_catalogue
from tests.ui.hands import button, buttons, focused, key, tap, texts, wait_for
from tests.ui.office.room import settle
from tests.ui.opened import Opened
from tests.ui.shop import frame_over
from ui.board.detail import CompleteSheet, DaySheet
from ui.board.page import BoardPage
from ui.frame import Frame
from ui.preview import Preview
from ui.theme import Theme

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLACE = 3  # in the menu of a booth


def board_of(frame: Frame) -> BoardPage:
    frame.choose(next(n for n, one in enumerate(frame.menu) if one.place == "board"))
    settle()
    page = frame.screens.currentWidget()
    assert isinstance(page, BoardPage)
    return page


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A booth that has sold peci today, and nothing else."""
    sell(till, {"PECI": 2})
    yield frame_over(qtbot, theme, till, "sari")
    settle()


def sheet(frame: Frame, kind: type[DaySheet | CompleteSheet | Preview]) -> DaySheet:
    (found,) = (one for one in frame.findChildren(kind) if one.isVisible())
    return found  # type: ignore[return-value]


def sheets(frame: Frame) -> list[DaySheet]:
    return [one for one in frame.findChildren(DaySheet) if one.isVisible()]


def cell(page: BoardPage) -> tuple[int, int]:
    index = page.card.grid.currentIndex()
    return index.row(), index.column()


def tap_cell(page: BoardPage, row: int, column: int) -> None:
    grid = page.card.grid
    middle = grid.visualRect(grid.days.index(row, column)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def test_what_it_says_is_read_out(frame: Frame) -> None:
    page = board_of(frame)
    days, grid = page.card.grid.days, page.card.grid
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert (
        days.data(days.index(0, 22), spoken)
        == "Lapas I Palembang, Jum, 14 Apr 2023 (hari ini), laku Rp100.000"
    )
    assert days.data(days.index(1, 22), spoken) == "LPP Palembang, Jum, 14 Apr 2023 (hari ini), belum laku"
    closed = "tutup: tidak ada stan yang buka"
    assert days.data(days.index(1, 0), spoken) == f"LPP Palembang, Kam, 23 Mar 2023, {closed}"
    head = days.headerData(35, Qt.Orientation.Horizontal, spoken)
    assert head == "Kam, 27 Apr 2023 (Hari Bhakti Pemasyarakatan)"
    assert (
        days.headerData(0, Qt.Orientation.Vertical, spoken)
        == "Lapas Kelas I Palembang: 1 hari berturut-turut"
    )
    assert grid.accessibleDescription() == "Jumat, 14 April 2023: 1 dari 3 UPT sudah laku hari ini"
    assert page.side.summary.accessibleName() == "1 dari 3 UPT sudah laku hari ini, Rp100.000"
    assert "hari ke-23 dari 41 · data 1 stan sampai 14.07" in page.head.title.accessibleName()


def test_keys_go_from_cell_to_cell_and_open_a_day(frame: Frame) -> None:
    page = board_of(frame)
    assert focused() is page.card.grid
    key(K.Key_Return)
    assert not sheets(frame)  # nothing was chosen yet
    key(K.Key_Down)
    assert cell(page) == (0, 22)  # today's first
    key(K.Key_Left)
    key(K.Key_Right)
    key(K.Key_Return)
    settle()
    opened = sheet(frame, DaySheet)
    assert [row[:3] for row in opened.rows.model.rows] == [("Peci Bordir", 2, 100_000)]
    assert not opened.receipts.isVisible()
    key(K.Key_Escape)
    assert not sheets(frame)
    assert focused() is page.card.grid


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_tap_tells_and_a_second_one_opens(frame: Frame) -> None:
    page = board_of(frame)
    tap_cell(page, 0, 22)
    assert QToolTip.text() == "Lapas I Palembang, Jum, 14 Apr 2023 (hari ini), laku Rp100.000"
    assert not sheets(frame)
    tap_cell(page, 1, 22)
    assert not sheets(frame)
    tap_cell(page, 1, 22)
    assert list(texts(sheet(frame, DaySheet)))[:2] == [
        "Lapas Perempuan Kelas IIA Palembang",
        "Jum, 14 Apr 2023 (hari ini): belum laku",
    ]


def test_the_goods_of_those_who_wait_are_shown_at_the_till(frame: Frame) -> None:
    board_of(frame)
    key(K.Key_J, CTRL)
    assert frame.shown == 0
    goods = frame.desk.till.goods
    assert goods.unsold.isChecked()
    assert {item.product.institution for item in goods.grid.goods.items} == {"LPP-PLG", "LPK-MRE"}
    tap(button(board_of(frame), "Tampilkan di kasir"))
    assert (frame.shown, goods.unsold.isChecked()) == (0, True)  # once more is not the other way round


def test_the_list_takes_the_board_to_its_row(frame: Frame) -> None:
    page = board_of(frame)
    waiting = page.side.waiting
    spoken = [waiting.rows.data(waiting.rows.index(n), Qt.ItemDataRole.AccessibleTextRole) for n in range(2)]
    assert spoken[1] == "Lapas Muara Enim, Kopi Semendo curah, Hari pertama"
    place = waiting.visualRect(waiting.rows.index(1)).center()
    QTest.mouseClick(waiting.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert cell(page) == (2, 22)


def test_when_all_have_sold_nothing_waits(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    busy_day(till)
    page = board_of(frame_over(qtbot, theme, till))
    assert page.side.title.accessibleName() == "Semua UPT sudah laku hari ini"
    assert not page.side.button.isEnabled()


def test_a_sale_shows_while_it_is_in_sight_and_costs_nothing_out_of_it(frame: Frame) -> None:
    page = board_of(frame)
    page._soon.setInterval(0)
    app = frame.app
    assert app.sell(cart_of(app.ledger, {"SEMPRONG": 1}), [_cash(30_000)])
    assert wait_for(lambda: page.board is not None and page.board.sold_today == 2)
    settle()
    frame.choose(0)
    turn = page._turn
    assert not page._look.isActive()
    assert app.sell(cart_of(app.ledger, {"KOPI-GRAM": 100}), [_cash(12_000)])
    settle()
    assert page._turn == turn  # nothing was read
    assert board_of(frame).board.sold_today == 3  # type: ignore[union-attr]


def _cash(amount: int) -> Payment:
    return pay("cash", amount)


def around(frame: Frame) -> list[bool]:
    """Whether menu and status bar are there, and the window among others."""
    return [frame.rail.isVisible(), frame.status.isVisible(), not frame.window().isFullScreen()]


def test_the_bar_of_the_rows_takes_nothing_from_the_last_day(frame: Frame) -> None:
    card = board_of(frame).card
    card.fit(QRect(0, 0, card.width(), 130))
    QApplication.processEvents()
    assert card.grid.verticalScrollBar().maximum() > 0
    assert card.grid.horizontalScrollBar().maximum() == 0


def test_of_four_hundred_days_it_begins_at_a_whole_one_and_no_number_is_cut(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    start = DAY - timedelta(days=300)
    long = replace(event(), start=start, end=start + timedelta(days=399))
    with closing(create(tmp_path / "lama.lapak", new_device("S03", "Stan 03", "LPP-PLG", long))) as ledger:
        ledger.clock = stopped_at(MOMENT)
        with_catalogue(ledger)
        open_shift(ledger, "sari", DAY)
        grid = board_of(frame_over(qtbot, theme, ledger, "sari")).card.grid
        sizes, bar = grid.measures, grid.horizontalScrollBar()
        assert sizes is not None
        assert bar.value() > 0
        assert bar.value() % sizes.column == 0
        bar.setValue(bar.value() + sizes.column // 2)
        settle()
        seen = grid.heads.viewport().grab().toImage()
        ground = theme.color("surface").name()
        for x in (*range(sizes.column // 2 - 3), *range(seen.width() - 4, seen.width())):
            column = {seen.pixelColor(x, y).name() for y in range(theme.px(26), seen.height())}
            assert column == {ground}
        settle()


def test_another_screen_does_not_wait_for_the_board(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ui.board.page")
    frame.choose(next(n for n, one in enumerate(frame.menu) if one.place == "orders"))
    frame.show_unsold()
    assert "ui.board.page" not in sys.modules


def test_on_the_wall_there_is_nothing_else(frame: Frame) -> None:
    page = board_of(frame)
    key(K.Key_F11)
    assert not any(around(frame))
    assert [one.accessibleName() for one in buttons(page.head)][1:] == ["Keluar"]
    key(K.Key_Escape)
    assert all(around(frame))
    tap(button(page, "Layar penuh"))
    assert not any(around(frame))
    frame.choose(0)
    assert all(around(frame))


def test_a_wall_is_locked_only_when_the_board_makes_way(frame: Frame) -> None:
    board_of(frame)
    key(K.Key_F11)
    frame.app.lock_due = True  # as ui/appearance.py says when nobody has touched it for long
    assert not frame.app.locked
    key(K.Key_F11)
    assert frame.app.locked


def test_an_officer_says_why_a_day_is_closed(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    sell(till, {"PECI": 1})
    frame = frame_over(qtbot, theme, till, "sari")
    page = board_of(frame)
    page.card.grid.go(0, 30)
    key(K.Key_Return)
    opened = sheet(frame, DaySheet)
    opened.reason.edit.setText("Idulfitri, pasar tutup")
    tap(button(opened, "Simpan"))
    settle()
    assert page.board is not None
    assert page.board.lines[0].marks[30] is Mark.CLOSED
    with till.read() as conn:
        assert closed_days(conn) == {"S03": {page.board.days[30]: "Idulfitri, pasar tutup"}}


def test_a_cashier_does_not_say_why(frame: Frame) -> None:
    frame.app.sign_in(frame.app.staff["rina"])
    page = board_of(frame)
    page.card.grid.go(0, 30)
    key(K.Key_Return)
    assert not sheet(frame, DaySheet).reason.isVisible()


def test_how_complete_it_is_is_told_booth_by_booth(frame: Frame) -> None:
    page = board_of(frame)
    tap(page.head.title)
    (found,) = (one for one in frame.findChildren(CompleteSheet) if one.isVisible())
    assert any("Kelengkapan data" in text for text in texts(found))


def test_it_is_looked_at_before_it_is_printed(frame: Frame, opened: Opened) -> None:
    board_of(frame)
    key(K.Key_P, CTRL)
    settle()
    (preview,) = (one for one in frame.findChildren(Preview) if one.isVisible())
    assert "1 dari 3 UPT" in preview.view.accessibleDescription()
    key(K.Key_P, CTRL)
    settle()
    assert opened.names == ["papan-2023-04-14.pdf"]
    assert (home() / "laporan" / opened.names[0]).read_bytes().startswith(b"%PDF")


def test_it_is_saved_as_a_picture_and_as_a_table(frame: Frame) -> None:
    page = board_of(frame)
    page.head.file_wanted.emit("png")
    settle()
    image = QImage(str(home() / "laporan" / "papan-2023-04-14.png"))
    assert (image.width(), image.height()) == (2079, 1470)
    page.head.file_wanted.emit("csv")
    settle()
    assert page.banner.isVisible()
    with (home() / "laporan" / "papan-2023-04-14.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert any("100000" in cell for row in rows for cell in row)
    page.head.file_wanted.emit("xlsx")
    settle()
    (sheet,) = load_workbook(home() / "laporan" / "papan-2023-04-14.xlsx").worksheets
    assert any(cell == 100_000 for row in sheet.iter_rows(values_only=True) for cell in row)


def test_of_a_long_exhibition_today_is_in_sight(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    long = replace(event(), start=DAY - timedelta(199), end=DAY + timedelta(200))
    ledger = create(tmp_path / "a.lapak", new_device("S03", "Stan 03", "LPP-PLG", long), stopped_at(MOMENT))
    open_shift(with_catalogue(ledger), "rina", DAY, 0)
    page = board_of(frame_over(qtbot, theme, ledger))
    grid = page.card.grid
    today = grid.visualRect(grid.days.index(0, 199))
    assert grid.viewport().rect().contains(today)
    assert today.x() > grid.viewport().width() // 2
    page.window().resize(1093, 614)
    assert wait_for(lambda: page.width() < 1093)
    assert grid.height() < page.height()
    settle()
    ledger.close()


def test_nothing_was_brought_to_the_office_yet(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    with_nothing = open_ledger(new_collector(tmp_path / "pusat.lapak"), stopped_at(MOMENT))
    page = board_of(frame_over(qtbot, theme, with_nothing))
    assert page._nothing.isVisible()
    assert not page.head.save.isEnabled()
    with_nothing.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_cashier_sees_who_sold_and_no_rupiah_of_today(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    sell(till, {"PECI": 2})
    frame = frame_over(qtbot, theme, till, "rina")
    page = board_of(frame)
    days = page.card.grid.days
    told = days.data(days.index(0, 22), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Lapas I Palembang, Jum, 14 Apr 2023 (hari ini), sudah laku"
    assert page.side.summary.accessibleName() == "1 dari 3 UPT sudah laku hari ini"
    tap_cell(page, 0, 22)
    tap_cell(page, 0, 22)
    settle()
    assert [row[:-1] for row in sheet(frame, DaySheet).rows.model.rows] == [("Peci Bordir", 2)]
    assert not any("Rp" in words for words in texts(page))
    key(K.Key_Escape)
    page.head.open_menu()
    menu = page.head.findChild(QMenu)
    assert menu is not None
    assert [action.text()[-5:] for action in menu.actions()] == ["(PDF)", "(PNG)"]
    menu.close()
    page._take("csv")
    settle()
    assert not list((home() / "laporan").glob("*.csv"))
    frame.app.sign_in(frame.app.staff["sari"])  # an officer comes
    settle()
    assert page.side.summary.accessibleName().endswith(", Rp100.000")
    frame.app.sign_in(frame.app.staff["rina"])  # and goes
    settle()
    assert page.side.summary.accessibleName() == "1 dari 3 UPT sudah laku hari ini"
