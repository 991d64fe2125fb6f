"""A scan is heard wherever the keyboard is: it sells, or is answered, and presses and writes nothing.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from tests.books import set_pin
from tests.ui.hands import button, buttons, focused, key, question, tap
from tests.ui.shop import (
    CODE,
    GOODS,
    books_of_today,
    come_back,
    desk_of,
    frame_of,
    ledger_of,
    open_shop,
    paid,
    scan,
    write,
)
from tests.ui.till.stand import in_cart, sales, shown_sale, tap_tile
from ui import work
from ui.scanner_panel import ScannerPanel
from ui.settings.page import SettingsPage
from ui.start import Start
from ui.stock.page import StockPage
from ui.theme import Theme
from ui.till.open_shift import OpenShift
from ui.widgets import Tag

CTRL = Qt.KeyboardModifier.ControlModifier
MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform


@pytest.fixture
def locked_shop(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Start]:
    ledger = books_of_today(tmp_path / "stan.lapak", GOODS)
    set_pin(ledger, "rina", "481502")
    ledger.close()
    start = open_shop(qtbot, theme, tmp_path / "stan.lapak")
    yield start
    start.finish()


def settings_of(start: Start) -> SettingsPage:
    """The page of settings, which is shown."""
    page = frame_of(start).screens.currentWidget()
    assert isinstance(page, SettingsPage)
    return page


# Where a scan sells: on the left how one comes there, with what the cart holds by then.


def type_half_a_word(start: Start) -> None:
    write(start, "sempr")
    assert desk_of(start).till.goods.search.text == "sempr"


def stand_on_a_button(start: Start) -> None:
    tap_tile(desk_of(start), "PECI")
    button(frame_of(start), "Uang pas").setFocus(Qt.FocusReason.TabFocusReason)


def stand_on_a_tile(start: Start) -> None:
    key(Qt.Key.Key_Down)
    assert focused() is desk_of(start).till.goods.grid


def edit_a_discount(start: Start) -> None:
    tap_tile(desk_of(start), "PECI")
    key(Qt.Key.Key_F3)
    write(start, "10")


def write_a_note(start: Start) -> None:
    tap_tile(desk_of(start), "PECI")
    key(Qt.Key.Key_F5)
    write(start, "kado")


def look_at_held_carts(start: Start) -> None:
    tap_tile(desk_of(start), "PECI")
    key(Qt.Key.Key_F6)
    key(Qt.Key.Key_F7)


def look_at_the_map(_start: Start) -> None:
    key(Qt.Key.Key_F1)


def open_the_buyers(start: Start) -> None:
    key(Qt.Key.Key_F4)
    assert [menu for menu in frame_of(start).findChildren(QMenu) if menu.isVisible()]


def go_to_the_settings(start: Start) -> None:
    key(Qt.Key.Key_Comma, CTRL)
    assert frame_of(start).shown != 0


def write_a_pin_in_the_settings(start: Start) -> None:
    go_to_the_settings(start)
    settings_of(start).findChildren(QLineEdit)[0].setFocus()


PLACES: list[tuple[Callable[[Start], None], dict[str, int]]] = [
    (type_half_a_word, {}),
    (stand_on_a_button, {"PECI": 1}),
    (stand_on_a_tile, {}),
    (edit_a_discount, {"PECI": 1}),
    (write_a_note, {"PECI": 1}),
    (look_at_held_carts, {}),
    (look_at_the_map, {}),
    (open_the_buyers, {}),
    (paid, {}),
    (go_to_the_settings, {}),
    (write_a_pin_in_the_settings, {}),
]


@MENUS
@pytest.mark.parametrize(("go", "before"), PLACES, ids=[go.__name__ for go, _before in PLACES])
def test_a_scan_adds_wherever_the_keyboard_is(
    shop: Start, qtbot: QtBot, tones: list[str], go: Callable[[Start], None], before: dict[str, int]
) -> None:
    go(shop)
    sold = sales(ledger_of(shop))
    tones.clear()
    scan(CODE)
    desk = desk_of(shop)
    assert in_cart(desk) == before | {"KERUPUK": 1}
    assert desk.currentWidget() is desk.till
    assert desk.till.isVisible()
    assert desk.till.goods.search.text == ""
    assert QApplication.activePopupWidget() is None
    assert (tones, sales(ledger_of(shop))) == (["scanned"], sold)
    come_back(qtbot, shop)
    scan("SEMPRONG")
    assert in_cart(desk) == before | {"KERUPUK": 1, "SEMPRONG": 1}
    assert focused() is desk.till.goods.search.edit


def test_a_quantity_typed_first_counts_for_the_scan(shop: Start) -> None:
    write(shop, "3*")
    scan(CODE)
    assert in_cart(desk_of(shop)) == {"KERUPUK": 3}


def test_what_was_being_edited_is_taken_before_the_scan_is_added(shop: Start) -> None:
    edit_a_discount(shop)
    scan(CODE)
    assert desk_of(shop).basket.cart.total == 45_000 + 15_000
    write_a_note(shop)
    scan(CODE)
    notes = [line.note for line in desk_of(shop).basket.cart.lines]
    assert "kado" in notes


# Where it is answered, and changes nothing.


def test_while_paying_it_is_told_and_pays_nothing_50(shop: Start, tones: list[str]) -> None:
    desk = desk_of(shop)
    tap_tile(desk, "PECI")
    for method in (Qt.Key.Key_F9, Qt.Key.Key_F6, Qt.Key.Key_F12):
        key(method)
        scan(CODE)
        scan("S03K7-000042 1A2B3C4D")
        assert not any(field.text() for field in desk.findChildren(QLineEdit) if field.isVisible())
    assert tones == ["failed"] * 6
    assert in_cart(desk) == {"PECI": 1}
    assert desk.till.locked
    assert "Selesaikan pembayaran dulu." in [tag.accessibleName() for tag in desk.findChildren(Tag)]
    assert sales(ledger_of(shop)) == 0


def test_while_nobody_has_signed_in_it_is_no_pin(locked_shop: Start, tones: list[str]) -> None:
    frame = frame_of(locked_shop)
    assert frame.page is not None
    scan(CODE)
    scan("481502")
    work.finish()
    assert frame.app.locked
    assert frame.page.entry.pin == ""
    assert (in_cart(frame.desk), tones) == ({}, ["failed", "failed"])


def test_a_question_is_not_answered_by_it(shop: Start, qtbot: QtBot, tones: list[str]) -> None:
    paid(shop)
    key(Qt.Key.Key_B, CTRL)
    asked = question(shop.window)
    assert asked is not None
    qtbot.waitUntil(lambda: asked.isAncestorOf(focused()))
    tones.clear()
    scan(CODE)
    scan(shown_sale(desk_of(shop)).receipt)
    assert question(shop.window) is asked
    assert (in_cart(desk_of(shop)), tones) == ({}, ["failed", "failed"])
    assert shown_sale(desk_of(shop)).total == 50_000
    key(Qt.Key.Key_Escape)
    assert question(shop.window) is None
    come_back(qtbot, shop)
    scan(CODE)
    assert in_cart(desk_of(shop)) == {"KERUPUK": 1}


def test_before_the_shift_is_open_it_writes_nothing(
    qtbot: QtBot, theme: Theme, tmp_path: Path, tones: list[str]
) -> None:
    books_of_today(tmp_path / "stan.lapak", GOODS, shift=False).close()
    start = open_shop(qtbot, theme, tmp_path / "stan.lapak")
    page = desk_of(start).currentWidget()
    assert isinstance(page, OpenShift)
    page.drawer.edit.setFocus()
    scan(CODE)
    assert (page.drawer.amount, page.name.edit.text()) == (None, "")
    assert desk_of(start).currentWidget() is page
    assert (in_cart(desk_of(start)), tones) == ({}, ["failed"])
    start.finish()


def test_the_scanner_test_keeps_it_for_itself_while_it_is_in_sight(shop: Start, tones: list[str]) -> None:
    go_to_the_settings(shop)
    frame, page = frame_of(shop), settings_of(shop)
    (panel,) = page.findChildren(ScannerPanel)
    page._scroll.ensureWidgetVisible(panel, 0, 400)
    QApplication.processEvents()
    scan(CODE)
    assert panel.verdict.code.text() == CODE
    assert (in_cart(frame.desk), tones, frame.shown) == ({}, ["scanned"], 7)


def test_a_pin_typed_on_the_page_of_settings_is_not_traced(shop: Start) -> None:
    """The trace of the scanner test may be in sight below the fields."""
    shop.window.resize(1366, 5000)
    go_to_the_settings(shop)
    page = settings_of(shop)
    (panel,) = page.findChildren(ScannerPanel)
    QApplication.processEvents()
    assert not panel.visibleRegion().isEmpty()
    change = [one for one in buttons(page) if one.text() == "Ganti PIN" and one.isEnabled()]
    tap(change[0])
    assert isinstance(focused(), QLineEdit)
    write(shop, "481502")
    assert panel.trace.model().rowCount() == 0


def test_a_scan_that_a_page_refuses_sounds_refused(shop: Start, tones: list[str]) -> None:
    key(Qt.Key.Key_3, CTRL)
    scan("8990000000000")
    page = frame_of(shop).screens.currentWidget()
    assert isinstance(page, StockPage)
    page.desk.choose("LPK-MRE")
    scan(CODE)
    assert tones == ["failed", "scanned"]
    assert in_cart(desk_of(shop)) == {}
