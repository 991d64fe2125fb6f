"""A walk through every screen and state of the till, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.cart import new_cart
from pos.model import Component, Product
from tests.ui.hands import focused, key
from ui.frame import Frame

K = Qt.Key
LONG = Product(
    "PANJANG",
    "Seperangkat Kursi Tamu Ukir Jati Lengkap dengan Meja dan Bantalnya Superistimewasekali",
    9_999_999,
    "LPP-PLG",
    "Perabot rumah tangga yang besar-besar",
    position=40,
)
CHOICE = replace(
    LONG,
    sku="PILIHAN",
    components=tuple(Component(f"K{n}", 1, "LPP-PLG", 1, f"{LONG.name} {n}") for n in range(12)),
    choose=2,
)
MANY = (
    LONG,
    *(Product(f"K{n}", f"{LONG.name} {n}", 1_234_500 + n, "LPP-PLG", position=50 + n) for n in range(39)),
)


def fill(frame: Frame) -> None:
    """Forty lines with the longest names."""
    cart = new_cart()
    for product in MANY:
        cart = cart.add(product, 12)
    frame.desk.basket.become(cart, 39)


def walk(frame: Frame) -> Iterator[str]:
    """Go from state to state, naming each; at its end the till is empty again, and one sale is void."""
    desk = frame.desk
    yield "till empty"
    fill(frame)
    yield "till full"
    QTest.keyClicks(focused(), "kursi")
    assert desk.till.goods.hits.isVisible()
    yield "search"
    key(K.Key_Escape)
    QTest.keyClicks(focused(), "zzzz")
    yield "search without hits"
    key(K.Key_Escape)
    desk.take_scan("8990000000000")
    yield "unknown barcode"
    key(K.Key_Escape)
    for code, name in ((K.Key_F3, "discount"), (K.Key_F5, "note")):
        key(code)
        yield name
        key(K.Key_Escape)
    desk.basket.remove(0)
    yield "undo is offered"
    desk.till.put(CHOICE, 2)
    assert desk.till.content.picker.isVisible()
    yield "content of a bundle is asked for"
    key(K.Key_Plus)
    key(K.Key_Plus)
    key(K.Key_F9)
    assert not desk.till.content.picker.isVisible()
    yield "bundle in the cart"
    key(K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.basket.hold()
    fill(frame)
    desk.basket.hold()
    key(K.Key_F7)
    assert desk.till.cart.held.isVisible()
    yield "carts put aside"
    key(K.Key_Escape)
    yield "till empty with carts put aside"
    fill(frame)
    key(K.Key_F9)
    yield "cash"
    for code, name in ((K.Key_F6, "qris"), (K.Key_F7, "transfer"), (K.Key_F8, "card"), (K.Key_F12, "split")):
        key(code)
        yield name
    key(K.Key_F5)
    QTest.keyClicks(focused(), "1000000")
    key(K.Key_Return)
    assert desk.basket.parts
    yield "split, a part has come in"
    key(K.Key_F10)
    key(K.Key_Return)
    assert desk.currentWidget() is desk.done
    yield "done"
    assert desk.done is not None
    desk.done.view.void.emit()
    yield "void"
    key(K.Key_Return)
    assert desk.currentWidget() is desk.till
    frame.show_settings()
    yield "settings"
    frame.choose(0)
    frame.show_map()
    yield "map of keys"
    frame.show_map()
    frame.app.lock()
    yield "sign in"
    QApplication.processEvents()
