"""The receipt as a code on the last page of a sale: a phone reads the whole of it off the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.receipts.qr_text import MOST, QrReceipt, qr_receipt
from tests.books import sell
from tests.ui.hands import button, focused, key, show, tap
from tests.ui.phone import read_codes
from ui import work
from ui.done_marks import NewSale
from ui.qr_view import QrView
from ui.theme import load_theme
from ui.till.done_page import DonePage


def read(view: QrView) -> list[str]:
    return read_codes(view.grab().toImage())


def code_of(page: DonePage) -> QrView:
    (view,) = page.findChildren(QrView)
    return view


def test_a_phone_reads_the_receipt_off_the_screen_and_paper_is_one_tap_away(
    page: DonePage, till: Ledger
) -> None:
    sale = sell(till, {"PECI": 2, "SEMPRONG": 1})
    page.show_sale(sale)
    assert not code_of(page).isVisible()
    for by_key in (False, True):
        if by_key:
            key(Qt.Key.Key_F6)
        else:
            tap(button(page, "QR"))
        assert code_of(page).isVisible()
        assert read(code_of(page)) == [qr_receipt(till, sale).text]
        assert isinstance(focused(), NewSale)  # Enter still begins the next sale
        tap(button(page, "58 mm"))
        assert not code_of(page).isVisible()


def test_where_it_is_wanted_first_it_comes_by_itself_and_goes_with_the_sale(
    qtbot: QtBot, page: DonePage, till: Ledger
) -> None:
    page.app.set("paperless", "1")
    sale = sell(till, {"PECI": 1})
    page.show_sale(sale)
    qtbot.waitUntil(code_of(page).isVisible)
    assert read(code_of(page)) == [qr_receipt(till, sale).text]
    page.show_sale(sale, again=True)  # whoever scans an old receipt wants to see it
    work.finish()
    qtbot.wait(60)
    assert not code_of(page).isVisible()


def test_the_buyers_screen_is_told_what_is_in_sight_and_when_it_is_not(page: DonePage, till: Ledger) -> None:
    told: list[object] = []
    page.app.receipt_shown.connect(told.append)
    first, second = sell(till, {"PECI": 2}), sell(till, {"SEMPRONG": 1})
    page.show_sale(first)
    key(Qt.Key.Key_F6)
    assert told == [qr_receipt(till, first)]
    page.show_sale(second)
    assert told[1:] == [None]
    key(Qt.Key.Key_F6)
    page.hide()  # the next sale, or another screen
    assert told[2:] == [qr_receipt(till, second), None]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_fullest_code_is_read_off_the_narrowest_side_too(qtbot: QtBot, mode: str) -> None:
    view = QrView(load_theme("dark" if mode == "dark" else "light"))
    view.resize(344, 520)  # a third of 1093 px
    show(qtbot, view)
    text = ("Nastar 500 g 65.000\n" * 40)[:MOST]
    view.show_receipt(QrReceipt("S03K7-000001", text, summed=True))
    assert read(view) == [text]
