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
from ui import work
from ui.catalogue.import_sheet import ImportSheet
from ui.catalogue.labels_sheet import open_labels
from ui.catalogue.page import GoodsPage
from ui.frame import Frame
from ui.sync.syncing import SCREEN as SYNC

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
    yield from walk_goods(frame)
    frame.choose(0)
    yield from walk_help(frame)
    frame.app.lock()
    yield "sign in"
    QApplication.processEvents()


def walk_help(frame: Frame) -> Iterator[str]:
    """The map of keys, the manual."""
    frame.guide.show_map()
    yield "map of keys"
    frame.guide.show_map()
    frame.guide.show_manual()
    yield "manual"
    frame.guide.show_manual()


def walk_goods(frame: Frame) -> Iterator[str]:
    """The page of goods: the list, the form with all that may be wrong, its two sheets."""
    frame.choose(SYNC)
    settle()
    yield "sync"
    frame.app.goods_wanted.emit(None)
    settle()
    page = frame.screens.currentWidget()
    assert isinstance(page, GoodsPage)
    page.open_product(LONG.sku)
    settle()
    page.form.say(dict.fromkeys(page.form.fields, LONG.name))
    yield "goods"
    page.open_import()
    (sheet,) = page.findChildren(ImportSheet)
    settle()
    yield "bring in a list"
    sheet.take_text(f"Nama Brg\tHrg Jual\tJml\n{LONG.name}\tmurah\t3\n{LONG.name} 7\t5000\t2\n")
    settle()
    yield "a list before it is taken"
    sheet.leave()
    labels = open_labels(frame.app, page, {LONG.sku: 120})
    settle()
    labels.draw()
    settle()
    yield "labels"
    labels.leave()


def settle() -> None:
    """What was begun in the background, and what comes of it."""
    for _round in range(3):
        work.finish()
        QApplication.processEvents()
