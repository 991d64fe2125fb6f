"""The till sells: by touch, by keyboard, by scanner, once, and never loses a cart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.checkout import find_sale
from pos.ledger import Ledger
from tests.ui.hands import button, hold, key, tap, texts, type_text
from tests.ui.till.stand import in_cart, limit_pages, sales, scan, shown_sale, tap_stepper, tap_tile, tile
from ui import work
from ui.till.desk import Desk

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_three_items_and_exact_cash_take_four_taps(desk: Desk, till: Ledger) -> None:
    for sku in ("NASTAR-500", "SEMPRONG", "PECI"):
        tap_tile(desk, sku)
    tap(button(desk, "Uang pas"))
    sale = shown_sale(desk)
    assert (sale.total, sale.change) == (145_000, 0)
    assert find_sale(till, sale.receipt) == sale
    assert in_cart(desk) == {}


def test_three_items_are_sold_by_keyboard_alone(desk: Desk) -> None:
    for name in ("nastar", "2*semp", "peci"):
        type_text(name)
        key(Qt.Key.Key_Return)
    key(Qt.Key.Key_F10)
    assert shown_sale(desk).total == 65_000 + 2 * 30_000 + 50_000
    key(Qt.Key.Key_Return)
    assert desk.currentWidget() is desk.till
    type_text("putri")
    key(Qt.Key.Key_Return)
    assert in_cart(desk) == {"PUTRI-500": 1}


def test_the_payment_sheet_gives_change(desk: Desk) -> None:
    tap_tile(desk, "NASTAR-500")
    key(Qt.Key.Key_F9)
    assert desk.till.locked
    type_text("100000")
    key(Qt.Key.Key_Return)
    assert shown_sale(desk).change == 35_000


def test_going_back_from_the_sheet_keeps_the_cart(desk: Desk, till: Ledger) -> None:
    tap_tile(desk, "NASTAR-500")
    tap(button(desk, "Bayar Rp65.000"))
    tap(button(desk.till.cart, "Ubah isi"))
    assert not desk.till.locked
    assert in_cart(desk) == {"NASTAR-500": 1}
    assert sales(till) == 0


def test_nothing_changes_a_cart_that_is_being_paid(desk: Desk) -> None:
    tap_tile(desk, "NASTAR-500")
    key(Qt.Key.Key_Return, CTRL)
    tap_stepper(desk, 0, "more")
    QTest.keyClick(desk.till, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(desk.till, Qt.Key.Key_Plus)
    assert in_cart(desk) == {"NASTAR-500": 1}


@pytest.mark.parametrize("double", [False, True])
def test_pressing_twice_sells_once(desk: Desk, till: Ledger, double: bool) -> None:
    tap_tile(desk, "NASTAR-500")
    if double:
        tap(button(desk, "Uang pas"), double=True)
    else:
        key(Qt.Key.Key_F10)
        hold(Qt.Key.Key_F10)
    assert sales(till) == 1


def test_two_quick_taps_are_two_pieces(desk: Desk) -> None:
    place, grid = tile(desk, "PECI"), desk.till.goods.grid.viewport()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=place)
    assert in_cart(desk) == {"PECI": 2}


def test_a_quantity_typed_first_counts_for_the_next_tap(desk: Desk) -> None:
    type_text("3*")
    tap_tile(desk, "PECI")
    tap_tile(desk, "PECI")
    assert in_cart(desk) == {"PECI": 4}


def test_minus_at_one_piece_removes_and_undo_brings_it_back(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap_stepper(desk, 0, "less")
    assert in_cart(desk) == {}
    assert "Peci Bordir dihapus" in texts(desk)
    tap(button(desk, "Urungkan"))
    assert in_cart(desk) == {"PECI": 1}


def test_undo_goes_back_step_by_step(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap_stepper(desk, 0, "more")
    type_text("semp")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Z, CTRL)
    assert in_cart(desk) == {"PECI": 2}
    key(Qt.Key.Key_Z, CTRL)
    assert in_cart(desk) == {"PECI": 1}


def test_keys_change_the_selected_line(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap_tile(desk, "SEMPRONG")
    key(Qt.Key.Key_Up, ALT)
    type_text("++-")
    assert in_cart(desk) == {"PECI": 2, "SEMPRONG": 1}
    key(Qt.Key.Key_Delete)
    assert in_cart(desk) == {"SEMPRONG": 1}


def test_arrows_and_enter_serve_the_grid(desk: Desk) -> None:
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Return)
    hold(Qt.Key.Key_Return)
    assert in_cart(desk) == {"PUTRI-500": 1}
    key(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is desk.till.goods.search.edit


def test_typing_anywhere_reaches_the_search(desk: Desk) -> None:
    key(Qt.Key.Key_Down)
    for letter in "semprong":
        type_text(letter)
    assert desk.till.goods.search.text == "semprong"
    key(Qt.Key.Key_Escape)
    assert desk.till.goods.search.text == ""


def test_a_scan_on_the_done_screen_begins_the_next_sale(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F10)
    scan("SEMPRONG")
    assert in_cart(desk) == {"SEMPRONG": 1}


def test_an_unknown_barcode_is_told_and_the_next_scan_works(desk: Desk) -> None:
    scan("899123400127")
    assert "899123400127" in desk.till.goods.banner.accessibleName()
    assert desk.till.goods.banner.isVisible()
    scan("PECI")
    assert in_cart(desk) == {"PECI": 1}
    assert not desk.till.goods.banner.isVisible()


def test_stock_and_diamonds_follow_the_sale(desk: Desk, qtbot: QtBot) -> None:
    peci = [item.product.sku for item in desk.shelf.items].index("PECI")
    assert (desk.shelf.items[peci].left, desk.shelf.items[peci].unsold) == (100, True)
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: desk.shelf.items[peci].left == 99)
    assert not desk.shelf.items[peci].unsold
    assert desk.till.goods.grid.goods.items[peci] == desk.shelf.items[peci]


def test_sold_out_goods_are_told_and_sold_only_on_purpose(desk: Desk, qtbot: QtBot) -> None:
    type_text("100*")
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: any(item.sold_out for item in desk.shelf.items))
    key(Qt.Key.Key_Return)
    tap_tile(desk, "PECI")
    assert in_cart(desk) == {}
    assert "Peci Bordir habis" in desk.till.goods.banner.accessibleName()
    tap(button(desk, "Tetap jual"))
    assert in_cart(desk) == {"PECI": 1}


def test_a_scanned_code_sells_what_the_books_call_sold_out(desk: Desk, qtbot: QtBot) -> None:
    type_text("100*PECI")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: any(item.sold_out for item in desk.shelf.items))
    scan("PECI")
    assert in_cart(desk) == {"PECI": 1}


def test_a_sale_that_cannot_be_stored_keeps_the_cart(desk: Desk, till: Ledger) -> None:
    desk.app.machine["rush"] = "0"  # the clock stands still, so all sales come at once
    limit_pages(till, 1)  # SQLite then takes the file's present size as its disk's end
    done = 0
    while True:
        tap_tile(desk, "PECI")
        key(Qt.Key.Key_F10)
        work.finish()
        if desk.sale is None:
            break
        done += 1
        key(Qt.Key.Key_Return)
    assert in_cart(desk) == {"PECI": 1}
    assert "penuh" in desk.till.goods.banner.accessibleName()
    assert sales(till) == done
    limit_pages(till, 1_000_000)
    key(Qt.Key.Key_F10)
    assert shown_sale(desk).number == done + 1


def test_the_receipt_is_written_when_it_is_wanted(desk: Desk, qtbot: QtBot, home: Path) -> None:
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F10)
    sale = shown_sale(desk)
    assert not home.exists()
    key(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Struk tersimpan" in texts(desk))
    assert (home / "struk" / f"{sale.receipt}.pdf").read_bytes().startswith(b"%PDF")
    key(Qt.Key.Key_C, CTRL)
    assert sale.receipt in QGuiApplication.clipboard().text()
    assert "Struk disalin sebagai teks" in texts(desk)


def test_a_receipt_that_cannot_be_written_is_told_and_the_sale_stands(
    desk: Desk, qtbot: QtBot, home: Path, till: Ledger
) -> None:
    home.write_text("a file where the folder should be")
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F10)
    key(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: any("struk" in text for text in texts(desk) if "tidak" in text))
    assert sales(till) == 1
