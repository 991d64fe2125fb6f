"""The page of reports at a booth: whom it is for, what it is asked, how tables are gone through and saved."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from pos.ledger import Ledger
from pos.model import Staff
from tests.books import DAY, busy_day, sell, set_pin
from tests.ui.hands import button, focused, key, show, tap, texts, type_text, wait_for
from tests.ui.opened import Opened
from tests.ui.shop import frame_over
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.people.approval_sheet import ApprovalSheet
from ui.reports.asked import TODAY, YESTERDAY
from ui.reports.page import ReportsPage
from ui.reports.picker import PickSheet
from ui.theme import Theme, load_theme

K = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
REPORTS = 4  # its place in the menu
PIN = "481502"


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A booth with a busy day, and an officer at it."""
    busy_day(till)
    frame = frame_over(qtbot, theme, till, "sari")
    frame.choose(REPORTS)
    settle()
    yield frame
    work.finish()


def page_of(frame: Frame) -> ReportsPage:
    page = frame.screens.currentWidget()
    assert isinstance(page, ReportsPage)
    return page


def settle() -> None:
    """What was asked is answered and shown."""
    work.finish()
    QApplication.processEvents()


def pick(frame: Frame, words: str) -> None:
    """Choose from the list that is open, by typing."""
    (sheet,) = (one for one in frame.findChildren(PickSheet) if one.isVisible())
    assert sheet.isAncestorOf(focused())
    type_text(words)
    key(K.Key_Return)
    settle()


def test_the_keyboard_goes_along_with_a_range_that_is_tapped(frame: Frame) -> None:
    head = page_of(frame).head
    today, yesterday = (head.chips[code] for code in (TODAY, YESTERDAY))
    today.setFocus(Qt.FocusReason.TabFocusReason)
    tap(yesterday)
    settle()
    assert yesterday.hasFocus()
    assert (page_of(frame).asked.preset, yesterday.isChecked()) == (YESTERDAY, True)
    key(K.Key_Space)
    settle()
    assert page_of(frame).asked.preset == YESTERDAY  # not the former one


def test_the_figures_of_today_are_seen(frame: Frame) -> None:
    page = page_of(frame)
    assert page.view is not None
    assert page.view.period.start == DAY
    names = {card.accessibleName() for card in page.face.figures}
    assert any("Transaksi, 7" in name for name in names)
    assert any(name.startswith("Pendapatan, Rp") for name in names)
    assert "Tunai" in page.face.ways.rows.accessibleName()


def test_a_sale_that_comes_in_is_counted(frame: Frame, till: Ledger) -> None:
    page = page_of(frame)
    before = page.view.sales if page.view else None
    sell(till, {"PECI": 1})
    frame.app.posted.emit(None)
    settle()
    assert page.view is not None
    assert before is not None
    assert page.view.sales == before + 1


def test_a_cashier_needs_an_officer(frame: Frame, till: Ledger) -> None:
    page, app = page_of(frame), frame.app
    set_pin(till, "sari", PIN)
    app.sign_in(Staff("rina", "Rina Oktaviani"))
    settle()
    assert page.locked.isVisible()
    assert not page.head.isVisible()
    tap(page.locked.button)
    (sheet,) = (one for one in frame.findChildren(ApprovalSheet) if one.isVisible())
    type_text(PIN)
    assert wait_for(lambda: not page.locked.isVisible())
    assert page.head.isVisible()
    app.sign_in(Staff("dewi", "Dewi"))  # the next cashier is not the one it was opened for
    settle()
    assert page.locked.isVisible()
    del sheet


def test_nobody_signed_in_sees_nothing(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    frame = Frame(App.over(till, theme))
    show(qtbot, frame)
    frame.choose(REPORTS)
    settle()
    assert page_of(frame).locked.isVisible()
    assert page_of(frame).view is None


def test_ranges_by_key_and_by_tap(frame: Frame) -> None:
    page = page_of(frame)
    QTest.keyClick(focused(), K.Key_2, ALT)
    settle()
    assert page.asked.preset == "yesterday"
    assert page.view is not None
    assert page.view.sales == 0
    tap(button(page, "Selama pameran"))
    settle()
    assert page.view.sales is not None
    assert page.view.sales == 7
    assert len(page.view.bars) == 41


def test_one_institution_says_what_cannot_be_told(frame: Frame) -> None:
    page = page_of(frame)
    key(K.Key_F7)
    pick(frame, "perempuan")
    assert page.asked.institution == "LPP-PLG"
    assert page.view is not None
    assert page.view.ways is None
    assert "beberapa UPT" in page.face.chart.chart.accessibleDescription()


def test_a_report_as_a_table_is_sorted_and_left(frame: Frame) -> None:
    page = page_of(frame)
    key(K.Key_F4)
    pick(frame, "per produk")
    assert page.asked.report == "products"
    view, model = page.rows.view, page.rows.model
    assert view.hasFocus()
    total = next(n for n, column in enumerate(model.columns) if column.key == "total")
    view.setCurrentIndex(model.index(0, total))
    key(K.Key_F3)  # from the highest down
    amounts = [model.row_at(n)[total] for n in range(model.rowCount())]
    assert amounts == sorted(amounts, reverse=True)
    key(K.Key_F3)
    assert [model.row_at(n)[total] for n in range(model.rowCount())] == amounts[::-1]
    head = view.horizontalHeader()
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, 20))
    assert model.by == 0
    key(K.Key_Escape)
    settle()
    assert page.asked.report == ""


def test_a_report_that_cannot_be_told_says_why(frame: Frame) -> None:
    page = page_of(frame)
    key(K.Key_F7)
    pick(frame, "perempuan")
    page.show_report("payments")
    settle()
    assert "beberapa" in page.banner.accessibleName()
    assert not page.head.print.isEnabled()


def test_why_a_report_cannot_be_told_is_not_said_once_something_else_is_wanted(frame: Frame) -> None:
    page = page_of(frame)
    key(K.Key_F7)
    pick(frame, "perempuan")
    busy = Event()
    work.run(busy.wait, lane="reports")
    page.show_report("payments")
    page.show_report("products")
    busy.set()
    settle()
    assert page.rows.model.rowCount() > 0
    assert not page.banner.isVisible()


def test_a_bar_is_gone_to_and_read_out(frame: Frame) -> None:
    chart = page_of(frame).face.chart.chart
    chart.setFocus()
    key(K.Key_Right)
    assert "14.00: Rp" in chart.accessibleDescription()
    key(K.Key_Home)
    assert chart.accessibleDescription().startswith("08.00")


def test_a_table_is_saved_and_opened(frame: Frame, home: Path) -> None:
    page = page_of(frame)
    page.show_report("payments")
    settle()
    tap(button(page, "Simpan sebagai CSV"))
    settle()
    (file,) = (home / "laporan").glob("payments*.csv")
    with closing(file.open(encoding="utf-8-sig", newline="")) as found:
        assert len(list(csv.reader(found, delimiter=";"))) > 4
    assert file.name in page.banner.accessibleName()


def test_what_is_shown_is_printed_as_a_page(frame: Frame, home: Path, opened: Opened) -> None:
    page = page_of(frame)
    page.show_report("institutions")
    settle()
    QTest.keyClick(focused(), K.Key_P, CTRL)
    settle()
    assert not opened.names  # it is looked at first
    QTest.keyClick(focused(), K.Key_P, CTRL)
    settle()
    (file,) = (home / "laporan").glob("institutions*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert opened.names == [file.name]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform, of menus
def test_the_workbook_is_written(frame: Frame, home: Path) -> None:
    page = page_of(frame)
    tap(button(page, "Simpan sebagai Excel"))
    (menu,) = (one for one in page.findChildren(QMenu) if one.isVisible())
    QTest.keyClick(menu, K.Key_Down)
    QTest.keyClick(menu, K.Key_Return)
    settle()
    (file,) = (home / "laporan").glob("*.xlsx")
    assert file.name == "buku-kerja-2023-04-14.xlsx"


def test_a_page_that_is_gone_by_then_is_not_told(frame: Frame, home: Path) -> None:
    page = page_of(frame)
    period = page.period
    assert period is not None
    page.files.save_whole("csv", period)
    delete(page)
    settle()
    assert [file.name for file in (home / "laporan").iterdir()] == ["baris-nota-2023-04-14.csv"]


def test_the_empty_booth_says_that_nothing_was_sold(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    frame = Frame(App.over(till, theme))
    show(qtbot, frame)
    frame.app.sign_in(frame.app.staff["sari"])
    frame.choose(REPORTS)
    settle()
    assert "Tidak ada penjualan pada hari-hari ini." in list(texts(page_of(frame)))


@pytest.mark.parametrize("report", ["products", "exceptions"])
def test_the_corners_of_a_table_are_round(frame: Frame, report: str) -> None:
    """Neither titles nor sums cover them."""
    page = page_of(frame)
    page.show_report(report)
    settle()
    rows = page.rows
    assert rows.sums.isVisible() == (report == "products")
    image, box = page.grab().toImage(), QRect(rows.mapTo(page, QPoint(0, 0)), rows.size())
    ground = frame.app.theme.color("bg").name()
    corners = (box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight())
    inwards = ((2, 2), (-2, 2), (2, -2), (-2, -2))
    seen = [image.pixelColor(at + QPoint(*by)).name() for at, by in zip(corners, inwards, strict=True)]
    assert seen == [ground] * 4


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.25), ((1093, 614), 1.0)])
def test_opening_a_page_of_the_menu_leaves_the_window_as_large_as_it_is(
    qtbot: QtBot, till: Ledger, size: tuple[int, int], scale: float
) -> None:
    """A laptop's screen ends there: what a page needs for a moment is no reason to grow beyond it."""
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    busy_day(till)
    frame = Frame(App.over(till, theme))
    frame.resize(*size)
    show(qtbot, frame)
    frame.app.sign_in(frame.app.staff["sari"])
    for place in range(len(frame.menu)):
        frame.choose(place)
        settle()
        assert (frame.width(), frame.height()) == size, frame.menu[place].name()
    work.finish()
