"""Whatever is pressed how often: one cart is one sale.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.payments import settle
from pos.refunds import refunds_of
from tests.ui.hands import button, hold, key, question, tap
from tests.ui.keyboard import play, scanner
from tests.ui.shop import CODE, desk_of, ledger_of, paid, scan, write
from tests.ui.till.stand import in_cart, sales, shown_sale, tap_tile
from ui import work
from ui.pay.buttons import AmountButton
from ui.start import Start

PRESSES = 50
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def hammer(window: QWidget, place: QPoint, presses: int = PRESSES) -> None:
    """Press a place of a window faster than any hand, whatever stands there by then."""
    for _press in range(presses):
        under = window.childAt(place) or window
        QTest.mouseClick(under, LEFT, PLAIN, under.mapFrom(window, place))


def middle(of: QWidget) -> QPoint:
    """Where it is in its window."""
    return of.mapTo(of.window(), of.rect().center())


def exact_cash(start: Start) -> QWidget:
    return button(desk_of(start), "Uang pas")


def an_amount(start: Start) -> QWidget:
    key(Qt.Key.Key_F9)
    chips = [one for one in desk_of(start).findChildren(AmountButton) if one.isVisible()]
    return chips[2]


def receive(start: Start) -> QWidget:
    key(Qt.Key.Key_F9)
    write(start, "100000")
    return button(desk_of(start), "Terima Rp100.000")


def money_has_come(start: Start) -> QWidget:
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F7)
    return button(desk_of(start), "Uang sudah masuk")


BUTTONS = [exact_cash, an_amount, receive, money_has_come]


def assert_one_sale(start: Start) -> None:
    work.finish()
    desk, ledger = desk_of(start), ledger_of(start)
    assert sales(ledger) == 1
    assert shown_sale(desk).total == 65_000
    assert in_cart(desk) == {}
    assert question(start.window) is None
    with ledger.read() as conn:
        assert refunds_of(conn, shown_sale(desk)) == []


@pytest.mark.parametrize("find", BUTTONS, ids=[find.__name__ for find in BUTTONS])
def test_fifty_presses_within_a_moment_are_one_sale_49(shop: Start, find: Callable[[Start], QWidget]) -> None:
    tap_tile(desk_of(shop), "NASTAR-500")
    hammer(shop.window, middle(find(shop)))
    assert_one_sale(shop)


@pytest.mark.parametrize("find", BUTTONS, ids=[find.__name__ for find in BUTTONS])
def test_a_double_click_is_one_sale_and_leaves_the_change_in_sight(
    shop: Start, find: Callable[[Start], QWidget]
) -> None:
    tap_tile(desk_of(shop), "NASTAR-500")
    tap(find(shop), double=True)
    assert_one_sale(shop)


KEYS: list[tuple[list[Qt.Key], Qt.Key]] = [
    ([], Qt.Key.Key_F10),
    ([Qt.Key.Key_F9], Qt.Key.Key_F10),
    ([Qt.Key.Key_F9], Qt.Key.Key_Return),
    ([Qt.Key.Key_F9, Qt.Key.Key_F7], Qt.Key.Key_Return),
]


@pytest.mark.parametrize(("before", "code"), KEYS)
def test_a_key_that_is_held_is_one_sale(shop: Start, before: list[Qt.Key], code: Qt.Key) -> None:
    tap_tile(desk_of(shop), "NASTAR-500")
    for one in before:
        key(one)
    key(code)
    for _time in range(PRESSES // 3):
        hold(code)
    assert_one_sale(shop)


@pytest.mark.parametrize(("before", "code"), KEYS)
def test_a_key_that_is_hammered_is_one_sale_49(shop: Start, before: list[Qt.Key], code: Qt.Key) -> None:
    """Enter goes on to the next, empty cart; that is all."""
    tap_tile(desk_of(shop), "NASTAR-500")
    for one in before:
        key(one)
    for _time in range(PRESSES):
        key(code)
    work.finish()
    assert sales(ledger_of(shop)) == 1
    assert in_cart(desk_of(shop)) == {}


@pytest.mark.parametrize("find", BUTTONS, ids=[find.__name__ for find in BUTTONS])
def test_a_scanner_amid_the_presses_sells_nothing_more(shop: Start, find: Callable[[Start], QWidget]) -> None:
    """Its Enter would press the button that has the keyboard, then the one of the next sale."""
    tap_tile(desk_of(shop), "NASTAR-500")
    target = find(shop)
    moves = scanner(CODE, [0, *[8] * len(CODE)])
    play(moves[:9], start_ms=86_000_000)
    tap(target)
    play(moves[9:], start_ms=86_000_000)
    work.finish()
    assert sales(ledger_of(shop)) == 1
    assert in_cart(desk_of(shop)) == {"KERUPUK": 1}  # heard to its end: the next buyer's


def test_a_scan_right_behind_a_payment_begins_the_next_cart_once(shop: Start) -> None:
    tap_tile(desk_of(shop), "NASTAR-500")
    key(Qt.Key.Key_F10)
    scan(CODE)
    scan(CODE)
    work.finish()
    assert (sales(ledger_of(shop)), in_cart(desk_of(shop))) == (1, {"KERUPUK": 2})


def test_a_double_click_on_the_next_sale_adds_nothing_to_it(shop: Start) -> None:
    paid(shop)
    tap(button(desk_of(shop), "Transaksi baru"), double=True)
    assert desk_of(shop).currentWidget() is desk_of(shop).till
    assert in_cart(desk_of(shop)) == {}


def test_a_double_tap_on_what_was_found_adds_one_piece_and_nothing_below_it(shop: Start) -> None:
    write(shop, "ukiran")
    hits = desk_of(shop).till.goods.hits.list
    place = hits.viewport().mapTo(shop.window, hits.visualRect(hits.goods.index(1)).center())
    hammer(shop.window, place, 2)
    assert in_cart(desk_of(shop)) == {"BRG-10": 1}


def test_a_double_click_on_back_adds_nothing_either(shop: Start) -> None:
    tap_tile(desk_of(shop), "NASTAR-500")
    key(Qt.Key.Key_F9)
    tap(button(desk_of(shop), "Kembali"), double=True)
    assert in_cart(desk_of(shop)) == {"NASTAR-500": 1}
    assert not desk_of(shop).till.locked


def test_the_same_cart_checked_out_twice_is_the_same_sale(shop: Start) -> None:
    app = desk_of(shop).app
    tap_tile(desk_of(shop), "NASTAR-500")
    cart = desk_of(shop).basket.cart
    first = app.sell(cart, [settle("cash", cart.total)])
    again = app.sell(cart, [settle("cash", cart.total, 100_000)])
    assert first is not None
    assert again == first
    tap(button(desk_of(shop), "Uang pas"))  # the screen did not hear of it
    assert shown_sale(desk_of(shop)) == first
    assert sales(app.ledger) == 1


def test_one_answer_voids_once_and_enter_none(shop: Start, qtbot: QtBot) -> None:
    paid(shop)
    sale = shown_sale(desk_of(shop))
    for answer, voids in (("Tidak jadi", 0), ("Ya, batalkan", 1)):
        key(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        asked = question(shop.window)
        assert asked is not None
        hammer(asked, middle(button(asked, answer)))
        work.finish()
        with ledger_of(shop).read() as conn:
            assert len(refunds_of(conn, sale)) == voids
        with qtbot.waitActive(shop.window):
            shop.window.activateWindow()
