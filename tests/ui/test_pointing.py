"""What is done with a finger alone, and with the mouse alone: a sale, its parts, its void, the settings."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, question, tap, texts, wait_for
from tests.ui.shop import PIN, come_back, desk_of, frame_of
from tests.ui.till.stand import click, in_cart, shown_sale, tile
from ui.pay.rows import PartRow
from ui.start import Start
from ui.till.held_list import HeldRow

OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Mouse:
    """Presses the middle of a widget, or a place of it."""

    def press(self, on: QWidget, at: QPoint | None = None) -> None:
        """One click."""
        if at is None:
            tap(on)
        else:
            click(on, at)


class Finger:
    """The same on the touch screen. No mouse event is made here; Qt makes them of what nobody took."""

    def __init__(self) -> None:
        self.device = QTest.createTouchDevice()

    def press(self, on: QWidget, at: QPoint | None = None) -> None:
        """Down and up, at its place in the window: so whatever covers it is touched instead."""
        middle, window = at or on.rect().center(), on.window()
        wait_for(lambda: window.childAt(on.mapTo(window, middle)) is on)
        place = on.mapTo(window, middle)
        QTest.touchEvent(window, self.device).press(0, place, window).commit()
        QTest.touchEvent(window, self.device).release(0, place, window).commit()
        QApplication.processEvents()


@pytest.fixture(params=[Mouse, Finger])
def hand(request: pytest.FixtureRequest) -> Mouse | Finger:
    made: Mouse | Finger = request.param()
    return made


def press_tile(hand: Mouse | Finger, start: Start, sku: str) -> None:
    desk = desk_of(start)
    hand.press(desk.till.goods.grid.viewport(), tile(desk, sku))


def press_stepper(hand: Mouse | Finger, start: Start, row: int, part: str) -> None:
    lines = desk_of(start).till.cart.list
    box = lines.painter.stepper(lines.visualRect(lines.lines.index(row)))
    reach = QPoint(box.width() // 3, 0)
    hand.press(lines.viewport(), box.center() + (reach if part == "more" else -reach))


def test_a_sale_by_pointing_alone(staffed: Start, qtbot: QtBot, hand: Mouse | Finger) -> None:
    frame, desk = frame_of(staffed), desk_of(staffed)
    assert frame.page is not None
    hand.press(button(frame.page, "Rina Oktaviani, Kasir"))
    for digit in PIN:
        hand.press(button(frame.page, digit))
    qtbot.waitUntil(lambda: not frame.app.locked)
    hand.press(button(desk, "Kue kering, 3"))
    press_tile(hand, staffed, "NASTAR-500")
    press_tile(hand, staffed, "SEMPRONG")
    hand.press(button(desk, "Semua, 30"))
    press_tile(hand, staffed, "PECI")
    press_stepper(hand, staffed, 2, "more")
    press_stepper(hand, staffed, 1, "less")
    assert in_cart(desk) == {"NASTAR-500": 1, "PECI": 2}
    hand.press(button(desk, "Urungkan"))
    hand.press(button(desk, "Diskon"))
    hand.press(button(desk, "10%"))
    assert desk.basket.cart.total == 65_000 + 30_000 + 90_000
    hand.press(button(desk, "Simpan"))
    hand.press(button(desk, "Keranjang tersimpan, 1"))
    (row,) = desk.till.cart.held.findChildren(HeldRow)
    hand.press(row, QPoint(40, 20))
    hand.press(button(desk, "Bayar Rp185.000"))
    for digit in ("2", "0", "0", "000"):
        hand.press(button(desk, digit))
    hand.press(button(desk, "Terima Rp200.000"))
    assert shown_sale(desk).change == 15_000
    hand.press(button(desk, "Transaksi baru"))
    assert desk.currentWidget() is desk.till


def test_qris_and_parts_by_pointing_alone(shop: Start, qtbot: QtBot, hand: Mouse | Finger) -> None:
    desk = desk_of(shop)
    press_tile(hand, shop, "PECI")
    hand.press(button(desk, "Bayar Rp50.000"))
    hand.press(button(desk, "QRIS"))
    hand.press(button(desk, "Uang sudah masuk"))
    assert shown_sale(desk).payments[0].method == "qris"
    hand.press(button(desk, "Transaksi baru"))
    press_tile(hand, shop, "PECI")
    hand.press(button(desk, "Bayar Rp50.000"))
    hand.press(button(desk, "Bayar terpisah"))
    for digit in ("2", "0", "000"):
        hand.press(button(desk, digit))
    hand.press(button(desk, "Terima Rp20.000"))
    hand.press(button(desk, "Transfer"))
    _came_in, rest = (row for row in desk.findChildren(PartRow) if row.isVisible())
    hand.press(rest)
    hand.press(button(desk, "Minta Rp30.000"))
    qtbot.waitUntil(button(desk, "Uang sudah masuk").isEnabled)
    hand.press(button(desk, "Uang sudah masuk"))
    assert [one.method for one in shown_sale(desk).payments] == ["cash", "transfer"]


@OFFSCREEN
def test_the_void_and_the_settings_by_pointing_alone(shop: Start, qtbot: QtBot, hand: Mouse | Finger) -> None:
    frame, desk = frame_of(shop), desk_of(shop)
    press_tile(hand, shop, "PECI")
    hand.press(button(desk, "Uang pas"))
    hand.press(button(desk, "58 mm"))
    hand.press(button(desk, "Salin teks"))
    hand.press(button(desk, "Batalkan transaksi ini"))
    asked = question(frame)
    assert asked is not None
    hand.press(button(asked, "Ya, batalkan"))
    come_back(qtbot, shop)
    assert "Transaksi dibatalkan" in texts(desk)
    hand.press(button(desk, "Transaksi baru"))
    hand.press(frame.rail.help)
    assert frame.guide.manual is not None
    hand.press(button(frame.guide.manual, "Peta tombol"))
    assert frame.guide.map is not None
    hand.press(button(frame.guide.map, "Pengaturan"))
    hand.press(button(frame, "Kembali ke kasir"))
    assert desk.till.isVisible()
    hand.press(frame.rail.avatar)
    assert frame.app.locked


def test_a_fast_hand_on_the_touch_screen_loses_no_tap(shop: Start) -> None:
    """Eight taps in a second; of every two Qt would make a double click, at whatever places they were."""
    finger, skus = Finger(), ("PECI", "SEMPRONG", "PECI", "NASTAR-500", "NASTAR-500", "PUTRI-500", "PECI")
    finger.press(button(desk_of(shop), "Semua, 30"))
    for sku in skus:
        press_tile(finger, shop, sku)
    assert in_cart(desk_of(shop)) == Counter(skus)
