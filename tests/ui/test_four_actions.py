"""The usual sale in four actions; and all that a day brings, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from pos.checkout import find_sale
from pos.ledger import open_ledger
from pos.refunds import refunds_of
from tests.ui.hands import button, focused, key, question, tap, texts, wait_for
from tests.ui.shop import (
    CODE,
    PIN,
    come_back,
    desk_of,
    frame_of,
    ledger_of,
    scan,
    write,
)
from tests.ui.till.stand import in_cart, sales, shown_sale, tap_tile
from ui import work
from ui.question import Question
from ui.start import Start

K = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SKUS = ("NASTAR-500", "SEMPRONG", "PECI")  # Rp145.000 together
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Counted(QObject):
    """Counts what a person does: presses of the mouse, keys that go down, dialogs that want an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.actions = self.dialogs = 0
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Each once: a press reaches its window too."""
        if isinstance(receiver, QWidget):
            pressed = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.KeyPress)
            if event.type() in pressed and event.spontaneous():
                self.actions += 1
            if event.type() == QEvent.Type.Show and isinstance(receiver, QDialog | Question):
                self.dialogs += 1
        return False


@pytest.fixture
def counted(qapp: QApplication) -> Iterator[Counted]:
    counted = Counted()
    yield counted
    qapp.removeEventFilter(counted)


# How many actions


def test_three_taps_and_exact_cash(shop: Start, counted: Counted) -> None:
    for sku in SKUS:
        tap_tile(desk_of(shop), sku)
    tap(button(desk_of(shop), "Uang pas"))
    assert (counted.actions, counted.dialogs) == (4, 0)
    assert_sold(shop, 145_000, 145_000)


def test_three_taps_pay_and_the_next_note(shop: Start, counted: Counted) -> None:
    for sku in SKUS:
        tap_tile(desk_of(shop), sku)
    tap(button(desk_of(shop), "Bayar Rp145.000"))
    tap(button(desk_of(shop), "Rp150.000, Kembali Rp5.000"))
    assert (counted.actions, counted.dialogs) == (5, 0)
    assert_sold(shop, 145_000, 150_000)


def test_three_scans_and_one_key(shop: Start, counted: Counted) -> None:
    for code in (CODE, "SEMPRONG", "PECI"):
        scan(code)
    counted.actions = 0  # a scan is one action, not its fourteen keys
    key(K.Key_F10)
    assert (counted.actions, counted.dialogs) == (1, 0)
    assert_sold(shop, 95_000, 95_000)


def assert_sold(start: Start, total: int, tendered: int) -> None:
    """It is shown and it lies on the disk, for everybody who opens the file."""
    sale = shown_sale(desk_of(start))
    assert (sale.total, sale.payments[0].tendered) == (total, tendered)
    path = ledger_of(start).path
    assert path is not None
    with closing(open_ledger(path, read_only=True)) as other:
        assert find_sale(other, sale.receipt) == sale


# A day by keyboard alone


def sign_in(start: Start, qtbot: QtBot) -> None:
    write(start, PIN)
    qtbot.waitUntil(lambda: not frame_of(start).app.locked)


def find(start: Start, text: str, *keys: Qt.Key) -> None:
    """Search, move through what was found, take it."""
    write(start, text)
    for code in (*keys, K.Key_Return):
        key(code)


def test_a_cart_is_filled_by_keyboard_alone(staffed: Start, qtbot: QtBot, counted: Counted) -> None:
    sign_in(staffed, qtbot)
    desk = desk_of(staffed)
    find(staffed, "3*nas")
    find(staffed, "ukiran", K.Key_Down, K.Key_Down, K.Key_Up)
    for code in (K.Key_Down, K.Key_Right, K.Key_Return, K.Key_Up):  # over the tiles
        key(code)
    assert in_cart(desk) == {"NASTAR-500": 3, "BRG-10": 1, "PUTRI-500": 1}
    key(K.Key_Up, ALT)
    key(K.Key_F3)
    write(staffed, "10")
    key(K.Key_Return)
    key(K.Key_F5)
    write(staffed, "kado")
    key(K.Key_Return)
    line = desk.basket.cart.lines[1]
    assert (line.product.sku, line.percent, line.note) == ("BRG-10", 10, "kado")
    write(staffed, "+")
    key(K.Key_Up, ALT)
    key(K.Key_Delete)
    key(K.Key_Z, CTRL)
    assert in_cart(desk) == {"NASTAR-500": 3, "BRG-10": 2, "PUTRI-500": 1}
    key(K.Key_F6)
    find(staffed, "peci")
    key(K.Key_F7)
    key(K.Key_Return)
    assert in_cart(desk) == {"NASTAR-500": 3, "BRG-10": 2, "PUTRI-500": 1}
    assert [draft.cart.qty for draft in desk.basket.held] == [1]
    key(K.Key_F10)
    assert shown_sale(desk).total == 3 * 65_000 + 2 * 9_000 + 60_000
    assert counted.dialogs == 0


def test_every_way_to_pay_is_served_by_keyboard_alone(staffed: Start, qtbot: QtBot) -> None:
    sign_in(staffed, qtbot)
    desk = desk_of(staffed)
    find(staffed, "peci")
    key(K.Key_F9)
    key(K.Key_2, ALT)
    assert shown_sale(desk).change == 50_000  # the third that is offered, behind Rp60.000
    key(K.Key_Return)
    find(staffed, "peci")
    key(K.Key_Return, CTRL)
    key(K.Key_F6)
    write(staffed, "7719")
    key(K.Key_Return)
    assert [(one.method, one.reference) for one in shown_sale(desk).payments] == [("qris", "7719")]
    key(K.Key_Return)
    find(staffed, "peci")
    key(K.Key_F9)
    key(K.Key_F12)
    write(staffed, "20000")
    key(K.Key_Return)
    key(K.Key_F6)
    key(K.Key_F10)
    key(K.Key_Return)
    qtbot.waitUntil(button(desk, "Uang sudah masuk").isEnabled)
    write(staffed, "0815")
    key(K.Key_Return)
    assert [(one.method, one.amount) for one in shown_sale(desk).payments] == [
        ("cash", 20_000),
        ("qris", 30_000),
    ]
    for method, code in (("transfer", K.Key_F7), ("card", K.Key_F8)):
        key(K.Key_Return)
        find(staffed, "peci")
        key(K.Key_F9)
        key(code)
        key(K.Key_Return)
        assert shown_sale(desk).payments[0].method == method
    assert sales(ledger_of(staffed)) == 5


@OFFSCREEN
def test_the_papers_and_the_void_are_served_by_keyboard_alone(
    staffed: Start, qtbot: QtBot, home: Path
) -> None:
    sign_in(staffed, qtbot)
    desk, ledger = desk_of(staffed), ledger_of(staffed)
    find(staffed, "peci")
    key(K.Key_F10)
    sale = shown_sale(desk)
    for code in (K.Key_P, K.Key_S, K.Key_K):
        key(code, CTRL)
    key(K.Key_C, CTRL)
    assert sale.receipt in QGuiApplication.clipboard().text()
    work.finish()
    names = {path.name for path in (home / "struk").iterdir()}
    assert names == {f"{sale.receipt}.pdf", f"{sale.receipt}-salinan-1.pdf", f"KW-{sale.receipt}.pdf"}
    for keys, voids in (([K.Key_Return], 0), ([K.Key_Escape], 0), ([K.Key_Tab, K.Key_Return], 1)):
        key(K.Key_B, CTRL)
        asked = question(desk)
        assert asked is not None
        wait_for(lambda: bool((one := question(desk)) and one.isAncestorOf(focused())))
        for code in keys:
            key(code)
        come_back(qtbot, staffed)
        with ledger.read() as conn:
            assert len(refunds_of(conn, sale)) == voids
    key(K.Key_Return)
    assert desk.currentWidget() is desk.till


def reads(start: Start) -> bool:
    """Whether the manual is open."""
    return frame_of(start).guide.manual is not None


def test_the_window_is_served_by_keyboard_alone(staffed: Start, qtbot: QtBot) -> None:
    sign_in(staffed, qtbot)
    frame, desk = frame_of(staffed), desk_of(staffed)
    find(staffed, "peci")
    key(K.Key_L, CTRL)
    assert frame.app.locked
    for code in (K.Key_F10, K.Key_1, K.Key_Backspace):
        key(code)
    sign_in(staffed, qtbot)
    assert (in_cart(desk), sales(ledger_of(staffed))) == ({"PECI": 1}, 0)
    goods = desk.till.goods
    key(K.Key_J, CTRL)
    assert goods.unsold.isChecked()
    key(K.Key_Escape)
    assert not goods.unsold.isChecked()
    key(K.Key_Right, CTRL)
    assert goods.categories.current == "Kue kering"
    key(K.Key_Left, CTRL)
    assert goods.categories.current == ""
    key(K.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert frame.guide.map is not None
    assert frame.guide.map.isVisible()
    key(K.Key_F1)
    assert not frame.guide.map.isVisible()
    assert focused() is goods.search.edit
    key(K.Key_F1)
    assert reads(staffed)
    key(K.Key_F1)
    assert not reads(staffed)
    assert focused() is goods.search.edit
    key(K.Key_Comma, CTRL)
    assert "Pengaturan" in texts(frame)
    key(K.Key_1, CTRL)
    assert focused() is goods.search.edit
    for full in (True, False):
        key(K.Key_F11)
        assert staffed.window.isFullScreen() is full
    key(K.Key_Down)
    key(K.Key_F2)
    assert focused() is goods.search.edit
