"""The panels of the page: values by pointer and keyboard, what stands behind them, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Staff
from pos.receipt_pages import Place, Portion, Sought
from pos.receipt_pages import receipts as pages
from pos.refunds import void
from tests.books import sell, shift_of
from tests.ordering import handed_over, ordered
from tests.ui.hands import button, focused, key, tap, wait_for
from tests.ui.reports.test_page import frame as frame  # noqa: PLC0414 - a fixture
from tests.ui.reports.test_page import page_of, settle
from ui.frame import Frame
from ui.office.paper_sheet import PaperSheet
from ui.reports import receipts_behind
from ui.reports.below import TablePanel
from ui.reports.choosable import Choosable
from ui.reports.face import Face
from ui.reports.lists import BestPanel

K = Qt.Key


def middle(rows: Choosable, number: int) -> QPoint:
    return rows.place(number).center().toPoint()


def click(rows: Choosable, number: int) -> None:
    """The pointer comes and presses."""
    QTest.mouseMove(rows, middle(rows, number) + QPoint(1, 0))
    QTest.mouseMove(rows, middle(rows, number))
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=middle(rows, number))


def finger(rows: Choosable, number: int) -> None:
    """A tap on a row or a bar."""
    touch(rows, middle(rows, number))


def touch(on: QWidget, at: QPoint, *, by: int = 0) -> None:
    """A tap on a touch screen, or a swipe upwards by so many px at the pace of a hand."""
    window, device = on.window(), QTest.createTouchDevice()
    assert wait_for(lambda: window.childAt(on.mapTo(window, at)) is not None)
    point = on.mapTo(window, at)
    QTest.touchEvent(window, device).press(0, point, window).commit()
    for step in range(1, 9 if by else 1):
        QTest.touchEvent(window, device).move(0, point - QPoint(0, by * step // 8), window).commit()
        QTest.qWait(8)
    QTest.touchEvent(window, device).release(0, point - QPoint(0, by), window).commit()
    settle()


def receipts(frame: Frame) -> set[str]:
    """The numbers of those that are listed."""
    settle()
    (table,) = page_of(frame).shown()
    assert table.name == "receipts"
    return {row[0] for row in table.rows}


def plain(ledger: Ledger, where: str) -> set[str]:
    """The same, asked of the documents."""
    prefix = ledger.own().prefix
    with ledger.read() as conn:
        found = conn.exec_driver_sql(f"SELECT number FROM sale WHERE {where}")
        return {f"{prefix}-{number:06d}" for (number,) in found}


IN = "seq IN (SELECT seq FROM {table} WHERE {what})"
BEHIND: dict[str, tuple[Callable[[Face], Choosable], int, str]] = {
    "way": (lambda face: face.ways.rows, 1, IN.format(table="payment", what="method = 'qris'")),
    "unit": (
        lambda face: face.units.rows,
        1,
        IN.format(table="sale_line", what="institution = 'LP1-PLG'")
        + " OR "
        + IN.format(table="movement", what="institution = 'LP1-PLG' AND reason = 'bundle'"),
    ),
    "category": (
        lambda face: face.below.panels["categories"].lines,
        0,
        IN.format(table="sale_line", what="category = 'Hampers'"),
    ),
    "cashier": (lambda face: face.below.panels["cashiers"].lines, 1, "cashier = 'sari'"),
}


@pytest.mark.parametrize("name", BEHIND)
@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_row_opens_its_receipts_and_esc_leads_back(frame: Frame, till: Ledger, name: str, how: str) -> None:
    page = page_of(frame)
    settle()
    rows_of, place, where = BEHIND[name]
    rows = rows_of(page.face)
    page.face.ensureWidgetVisible(rows)
    scrolled = page.face.verticalScrollBar().value()
    if how == "click":
        rows.setFocus()
        click(rows, place)
    else:
        rows.setFocus(Qt.FocusReason.TabFocusReason)
        key(K.Key_Home)
        for _step in range(place):
            key(K.Key_Down)
        assert rows.accessibleDescription() == rows.told(place)
        key(K.Key_Return)
    expected = plain(till, where)
    assert receipts(frame) == expected
    assert len(expected) > 0
    key(K.Key_Escape)
    assert focused() is rows
    assert page.face.verticalScrollBar().value() == scrolled
    assert page.face.isVisible()


def test_a_bar_by_pointer_finger_and_enter(frame: Frame, till: Ledger) -> None:
    page = page_of(frame)
    chart = page.face.chart.chart
    fourteen = next(n for n, bar in enumerate(chart.bars) if bar.hour == 14)
    hour = "substr(at, 12, 2) = '14'"
    click(chart, fourteen)
    assert receipts(frame) == plain(till, hour)
    assert page.behind.title.text() == "Nota: Jum, 14 Apr 2023, 14.00–14.59"
    tap(button(frame, "Kembali"))
    chart.setFocus()
    key(K.Key_Right)
    key(K.Key_Return)
    assert receipts(frame) == plain(till, hour)
    key(K.Key_Escape)
    chart.choose(None)
    finger(chart, fourteen)
    assert chart.accessibleDescription().startswith("14.00: Rp")  # a finger sees the value first
    assert page.face.isVisible()
    finger(chart, fourteen)
    assert receipts(frame) == plain(till, hour)
    key(K.Key_Escape)
    key(K.Key_Home)
    key(K.Key_Return)  # nothing was sold at eight
    assert page.face.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", "could not find the target", extend=True)
@pytest.mark.parametrize("where", ["way", "best"])
def test_a_swipe_over_a_row_scrolls_and_opens_nothing(frame: Frame, where: str) -> None:
    page = page_of(frame)
    settle()
    best = page.face.best._rows[0].button  # type: ignore[attr-defined]
    rows, point = (best, best.rect().center()) if where == "best" else (page.face.ways.rows, None)
    touch(rows, point or middle(page.face.ways.rows, 1), by=80)
    assert page.face.isVisible()
    assert wait_for(lambda: page.face.verticalScrollBar().value() > 40)


def test_a_tap_on_a_row_opens_it(frame: Frame, till: Ledger) -> None:
    finger(page_of(frame).face.ways.rows, 1)
    assert receipts(frame) == plain(till, BEHIND["way"][2])


def test_a_best_seller_opens_its_receipts(frame: Frame, till: Ledger) -> None:
    page = page_of(frame)
    best = page.view.best[0] if page.view else None
    assert best is not None
    tap(page.face.best._rows[0].button)  # type: ignore[attr-defined]
    assert receipts(frame) == plain(till, IN.format(table="sale_line", what=f"sku = '{best.sku}'"))


def test_a_return_and_an_order_open_theirs(frame: Frame, till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    void(till, sale, shift_of(till), "sari", "salah ketik")
    waits, taken = ordered(till), ordered(till, {"SEMPRONG": 2}, due=None)
    handed = handed_over(till, taken)
    frame.app.posted.emit(None)
    settle()
    page = page_of(frame)
    back, orders = (page.face.below.panels[name].lines for name in ("returns", "orders"))
    assert "salah ketik" in back.told(0)
    assert "−Rp50.000" in back.told(0)
    page.face.ensureWidgetVisible(back)
    click(back, 0)
    assert receipts(frame) == {sale.receipt}
    key(K.Key_Escape)
    names = [line.name.split(" · ")[0] for line in orders.lines]
    assert names == [waits.receipt, taken.receipt]  # what is still to be paid first
    page.face.ensureWidgetVisible(orders)
    click(orders, 1)
    assert receipts(frame) == {handed.receipt}
    key(K.Key_Escape)
    click(orders, 0)  # nothing was sold yet: the order's own paper
    settle()
    (sheet,) = (one for one in frame.findChildren(PaperSheet) if one.isVisible())
    assert waits.receipt in sheet.accessibleName()
    key(K.Key_Escape)
    assert page.face.isVisible()


def test_a_receipt_comes_up_over_the_list_and_goes_back_to_it(frame: Frame) -> None:
    page = page_of(frame)
    click(page.face.ways.rows, 0)
    numbers = receipts(frame)
    assert focused() is page.behind.rows.view
    key(K.Key_Return)
    settle()
    (sheet,) = (one for one in frame.findChildren(PaperSheet) if one.isVisible())
    assert any(number in sheet.accessibleName() for number in numbers)
    key(K.Key_Escape)
    assert receipts(frame) == numbers


def test_what_is_sold_meanwhile_comes_in_and_nothing_jumps(frame: Frame, till: Ledger) -> None:
    page = page_of(frame)
    click(page.face.ways.rows, 0)
    before = receipts(frame)
    sale = sell(till, {"PECI": 1})
    frame.app.posted.emit(None)
    assert receipts(frame) == before | {sale.receipt}
    key(K.Key_Escape)
    assert page.view is not None
    assert page.view.sales == len(plain(till, "1 = 1"))


def test_another_range_closes_what_is_in_front(frame: Frame) -> None:
    page = page_of(frame)
    click(page.face.ways.rows, 0)
    settle()
    QTest.keyClick(focused(), K.Key_2, Qt.KeyboardModifier.AltModifier)
    settle()
    assert page.face.isVisible()
    assert page.face.below.panels["categories"].lines.count() == 0
    assert "Tidak ada retur" in page.face.below.panels["returns"]._nothing.text()


def test_what_was_left_is_not_read_again(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def noted(ledger: Ledger, sought: Sought) -> Portion:
        read.append(sought)
        return pages(ledger, sought)

    monkeypatch.setattr(receipts_behind, "receipts", noted)
    page = page_of(frame)
    click(page.face.ways.rows, 0)
    settle()
    assert len(read) == 1
    frame.app.posted.emit(None)
    settle()
    assert len(read) == 2  # in sight it follows
    key(K.Key_Escape)
    frame.app.posted.emit(None)
    QTest.keyClick(focused(), K.Key_2, Qt.KeyboardModifier.AltModifier)
    settle()
    assert len(read) == 2
    frame.app.sign_in(Staff("rina", "Rina Oktaviani"))
    settle()
    assert len(read) == 2


def test_the_end_of_the_list_asks_again_after_it_failed(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = [Refused("Yang berikut belum ada.")]

    def two(ledger: Ledger, sought: Sought, after: Place | None = None) -> Portion:
        if after and faults:
            raise faults.pop()
        return pages(ledger, sought, after, 2)

    monkeypatch.setattr(receipts_behind, "receipts", two)
    page = page_of(frame)
    click(page.face.chart.chart, next(n for n, bar in enumerate(page.face.chart.chart.bars) if bar.total))
    settle()
    behind = page.behind
    for _look in range(20):
        behind.rows.more.emit()
        settle()
    assert not faults
    assert "Yang berikut belum ada." in page.banner.accessibleName()
    assert behind.said.text().startswith(f"{behind.rows.model.rowCount()} nota, ")
    assert not behind.rows.model.more


def test_what_is_copied_is_what_is_in_front(frame: Frame) -> None:
    page = page_of(frame)
    page.show_report("payments")
    settle()
    key(K.Key_Return)
    numbers = receipts(frame)
    tap(button(frame, "Salin tabel untuk lembar kerja"))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert {line.split("\t")[0] for line in lines[1:]} == numbers
    assert page.banner.accessibleName().startswith(f"{len(numbers)} baris")
    page.banner.dismiss()
    page.behind.take_focus()
    key(K.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert page.banner.accessibleName().startswith(f"{len(numbers)} baris")
    assert page.banner.isVisible()


def test_all_of_a_panel_is_its_report(frame: Frame) -> None:
    page = page_of(frame)
    settle()
    panel = page.face.below.panels["stock"]
    page.face.ensureWidgetVisible(panel)
    tap(panel.link)
    settle()
    assert page.asked.report == "stock"
    key(K.Key_Escape)
    settle()
    assert page.face.isVisible()


def test_everything_below_is_reached_by_tab(frame: Frame) -> None:
    page = page_of(frame)
    settle()
    wanted: set[QWidget] = {panel.lines for panel in page.face.below.panels.values() if panel.lines.count()}
    seen = set[QWidget]()
    page.take_focus()
    for _step in range(60):
        key(K.Key_Tab)
        now = focused()
        if now in wanted:
            top = now.mapTo(page.face.viewport(), QPointF(0, 0)).y()
            assert top < page.face.viewport().height()  # it was scrolled to
            seen.add(now)
    assert seen == wanted


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_the_figures_stand_beside_is_chosen(frame: Frame) -> None:
    page = page_of(frame)
    first = page.face.figures[0]
    assert "Belum ada pembanding" in first.accessibleName()
    assert "Tidak ada catatan penjualan" in first.accessibleName()
    assert page.face.before.isVisible()
    tap(page.face.before)
    (menu,) = page.face.before.findChildren(QMenu)
    words = [action.text() for action in menu.actions()]
    assert [one.partition(":")[0] for one in words] == ["Hari sebelumnya", "Jumat sebelumnya"]
    assert not any(action.isEnabled() for action in menu.actions())
    menu.close()


def test_the_words_of_a_link_end_where_the_figures_do(frame: Frame) -> None:
    """With air around them for hover and focus, inside the panel."""
    page = page_of(frame)
    panels: list[BestPanel | TablePanel] = [page.face.best, *page.face.below.panels.values()]
    for panel in panels:
        if panel.isHidden() or panel.link.isHidden():
            continue
        link, body = panel.link, panel.body.geometry()
        words = QFontMetrics(link.font()).horizontalAdvance(link.text())
        middle = link.mapTo(panel, link.rect().center()).x()
        margins = panel.body.contentsMargins()
        assert abs(middle + words / 2 - (body.right() + 1 - margins.right())) <= 1, panel.title.text()
        assert link.mapTo(panel, link.rect().topRight()).x() < panel.width() - 1


def test_receipts_behind_a_part_tell_that_more_is_on_them(frame: Frame, till: Ledger) -> None:
    """What they come to is more than the figure that was tapped; those of an hour come to just that."""
    sell(till, {"PECI": 1, "NASTAR-500": 1})
    page = page_of(frame)
    page.refresh()
    settle()
    click(page.face.units.rows, 0)
    settle()
    assert "nota; semua isinya Rp" in page.behind.said.text()
    key(K.Key_Escape)
    click(page.face.chart.chart, next(n for n, bar in enumerate(page.face.chart.chart.bars) if bar.total))
    settle()
    assert "nota, seluruhnya Rp" in page.behind.said.text()


def test_receipts_behind_two_figures_are_two_files(frame: Frame, home: Path) -> None:
    page = page_of(frame)
    page.show_report("payments")
    settle()
    for place in (0, 1):
        page.rows.view.setCurrentIndex(page.rows.model.index(place, 0))
        page.rows.view.setFocus()
        key(K.Key_Return)
        settle()
        tap(button(page, "Simpan sebagai CSV"))
        settle()
        tap(page.behind.back)
        settle()
    names = sorted(path.stem for path in (home / "laporan").iterdir())
    assert names == ["receipts-QRIS-2023-04-14", "receipts-Tunai-2023-04-14"]
