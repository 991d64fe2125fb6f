"""The stock screen as a whole: its tabs, its keys, its scans, its room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.catalog import post_products
from pos.ledger import Ledger
from pos.model import Product
from pos.today import opening_of
from tests.books import sell
from tests.ui.hands import button, key, show, tap
from tests.ui.shop import CODE, desk_of, frame_of, scan
from tests.ui.stock.screen import UNIT, banner, slips, stepper
from tests.ui.test_fits import faults
from tests.ui.test_names import goes_round
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.start import Start
from ui.stock.page import BALANCE, COUNT, GIVE_BACK, RECEIVE, StockPage
from ui.theme import Theme, load_theme

K = Qt.Key
ODD = "<b>Kue</b> \u202e\U0001f36a " + "panjang " * 40


def test_a_key_that_means_nothing_is_offered_once(page: StockPage, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = page.window()
    assert isinstance(frame, Frame)
    offered: list[int] = []
    theirs = StockPage.keyPressEvent

    def note(self: StockPage, event: QKeyEvent) -> None:
        offered.append(event.key())
        theirs(self, event)

    monkeypatch.setattr(StockPage, "keyPressEvent", note)
    key(K.Key_F12)
    assert offered == [K.Key_F12]
    frame.buttons[2].setFocus()  # the menu has the keyboard
    key(K.Key_F12)
    assert offered == [K.Key_F12] * 2


@pytest.mark.parametrize("place", [RECEIVE, COUNT, GIVE_BACK, BALANCE])
def test_tab_goes_round_each_tab(page: StockPage, place: int) -> None:
    page.show_tab(place)
    if place == RECEIVE:
        page.take_scan("SEMPRONG")
    if place == BALANCE:
        key(K.Key_Tab)
    tabs = [one for one in page.tabs.findChildren(QAbstractButton) if not one.isChecked()]
    goes_round(page.window(), *tabs)


def test_a_scan_is_for_the_tab_in_sight(page: StockPage) -> None:
    frame = page.window()
    assert isinstance(frame, Frame)
    for _time in range(2):
        assert frame.take_scan("SEMPRONG")
    assert stepper(page, "SEMPRONG").value == 2
    assert not frame.take_scan("PECI")
    assert "UPT lain" in banner(page)
    assert not frame.take_scan("8990000000000")
    assert "tidak dikenal" in banner(page)
    assert frame.screens.currentWidget() is page
    assert frame.desk.basket.cart.lines == ()
    tap(page.receive_tab.unit)  # a sheet is open
    assert not frame.take_scan("SEMPRONG")
    assert stepper(page, "SEMPRONG").value == 2


def test_what_the_officer_should_look_at(page: StockPage) -> None:
    sell(page.app.ledger, {"SEMPRONG": 103, "PUTRI-500": 97})
    page.show_tab(BALANCE)
    tap(button(page, "Periksa stok: 1 jenis"))
    tap(button(page, "Semprong −3"))
    assert "Kartu" not in banner(page)
    assert page.sheet() is not None
    key(K.Key_Escape)
    tap(button(page, "Hampir habis: 1 jenis"))
    key(K.Key_Escape)
    row = next(
        one for one in page.findChildren(QAbstractButton) if one.accessibleName().startswith("Lapas Kelas I ")
    )
    tap(row)
    assert page.desk.institution == "LP1-PLG"


def test_odd_and_endless_names_stay_in_their_place(page: StockPage) -> None:
    before = page.minimumSizeHint()
    post_products(page.app.ledger, [Product("ODD", ODD, 1_000_000_000, UNIT)])
    page.app.renew(opening_of(page.app.ledger))
    for place in (RECEIVE, COUNT, GIVE_BACK, BALANCE):
        page.show_tab(place)
        if place != BALANCE:
            page.take_scan("ODD")
        page.grab()
    assert page.minimumSizeHint().width() <= before.width()


@pytest.mark.parametrize(("scale", "size"), [(1.25, (1366, 768)), (1.0, (1093, 614))])
def test_every_tab_fits_and_everything_has_a_name(
    qtbot: QtBot, theme: Theme, till: Ledger, scale: float, size: tuple[int, int]
) -> None:
    assert theme.scale == 1
    frame = Frame(App.over(till, load_theme("light", scale)))
    frame.resize(*size)
    show(qtbot, frame)
    frame.choose(2)
    page = frame.screens.currentWidget()
    assert isinstance(page, StockPage)
    for place in (RECEIVE, COUNT, GIVE_BACK, BALANCE):
        page.show_tab(place)
        assert (frame.width(), frame.height()) == size
        nameless = [
            one
            for kind in (QAbstractButton, QLineEdit)
            for one in page.findChildren(kind)
            if one.isVisible() and not one.accessibleName()
        ]
        assert nameless == []
        if place == RECEIVE:
            page.take_scan("SEMPRONG")
        QApplication.processEvents()
        assert list(faults(frame, f"stock {place}")) == []
    work.finish()


def test_the_scanner_is_heard_by_the_stock_screen(shop: Start) -> None:
    key(K.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = frame_of(shop).screens.currentWidget()
    assert isinstance(page, StockPage)
    page.desk.choose("LPK-MRE")
    for _time in range(2):
        scan(CODE)
    assert stepper(page, "KERUPUK").value == 2
    key(K.Key_F9)
    (slip,) = slips(page, "LPK-MRE")
    assert [(item.sku, item.qty) for item in slip.items] == [("KERUPUK", 2)]
    assert desk_of(shop).basket.cart.lines == ()
