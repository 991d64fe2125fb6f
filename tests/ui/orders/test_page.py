"""The board and one order: groups, filters, search, keys, and what can be done with an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pos.checkout import find_sale
from pos.model import Staff
from pos.order_book import orders
from pos.receipts.text import slip_text
from pos.reports import Period, run_report
from pos.submit import submit
from tests.ordering import ahead, handed_over
from tests.ui.hands import button, key, question, tap, texts, type_text
from tests.ui.orders.desk import Desk
from ui.orders.ask_sheets import CancelSheet
from ui.orders.paper_sheet import PaperSheet
from ui.till.desk import Desk as Till

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, without a screen
RATNA, SITI, DAPUR = "Ibu Ratna Dewi", "Siti Maryam", "@dapur"


def officer(desk: Desk) -> None:
    """An officer is at the till."""
    app = desk.frame.app
    app.sign_in(app.staff["sari"])
    desk.rest()


def test_orders_stand_under_when_they_are_due(desk: Desk) -> None:
    assert desk.rows == [
        "Hari ini · Jumat, 14 April",
        RATNA,
        RATNA,
        "Berikutnya",
        SITI,
        DAPUR,
        "Tampilkan yang sudah selesai",
    ]


def test_the_badge_counts_what_is_due(desk: Desk) -> None:
    assert desk.frame.buttons[1].accessibleDescription() == "2"


def test_keys_move_through_the_board(desk: Desk) -> None:
    first = desk.shown
    key(K.Key_Down)
    assert desk.shown != first
    key(K.Key_Up)
    assert desk.shown == first
    key(K.Key_Up)
    assert desk.shown == first


def test_the_search_finds_by_name_number_phone_and_goods(desk: Desk) -> None:
    for typed, found in (("siti", [SITI]), ("P00003", [DAPUR]), ("semprong", [DAPUR]), ("08137311", [SITI])):
        type_text(typed)
        assert [row for row in desk.rows if row in {RATNA, SITI, DAPUR}] == found
        key(K.Key_Escape)
    type_text("zzz")
    assert desk.says("Tidak ada pesanan yang cocok")
    key(K.Key_Escape)
    assert SITI in desk.rows


def test_filters_count_and_narrow(desk: Desk) -> None:
    desk.press("Siap diambil, 1")
    assert [row for row in desk.rows if row == RATNA] == [RATNA]
    assert desk.shown.state == "ready"
    desk.press("Belum DP, 3")
    assert [row for row in desk.rows if row in {RATNA, SITI, DAPUR}] == [RATNA, SITI, DAPUR]


def test_an_order_shows_who_what_and_what_is_left(desk: Desk) -> None:
    assert {RATNA, "Hari ini, 16.00", "Stan S03", "Pita hijau", "Rp200.000", "−Rp100.000"} <= set(
        texts(desk.page)
    )
    assert any("0812-7111-0248" in text for text in texts(desk.page))
    assert button(desk.page, "Serahkan & bayar Rp200.000")


def test_f9_hands_over_through_the_payment_sheet_and_ends_on_the_done_screen(desk: Desk) -> None:
    order = desk.shown
    key(K.Key_F9)
    type_text("250000")
    key(K.Key_Return)
    desk.rest()
    till = desk.frame.screens.currentWidget()
    assert isinstance(till, Till)
    assert till.sale is not None
    assert till.sale.order == order.receipt
    assert (till.sale.total, till.sale.change) == (300_000, 50_000)
    assert "Rp50.000" in set(texts(till))
    assert desk.frame.buttons[1].accessibleDescription() == "1"
    assert run_report(desk.ledger, "reconcile", Period()).totals == {"difference": 0}
    desk.frame.choose(1)
    desk.rest()
    assert order.receipt not in {one.receipt for one in desk.orders}


def test_a_void_brings_the_order_back(desk: Desk) -> None:
    order = desk.shown
    key(K.Key_F9)
    key(K.Key_F10)
    desk.rest()
    key(K.Key_B, CTRL)
    asked = question(desk.frame)
    assert asked is not None
    asked.accept()
    desk.rest()
    assert "Rp200.000" in set(texts(desk.frame))  # the deposit stays with the order
    (again,) = (one for one in desk.orders if one.root == order.root)
    assert (again.state, again.paid) == ("ready", 100_000)


def test_an_order_paid_in_full_is_handed_over_at_once(desk: Desk) -> None:
    ahead(desk.ledger, desk.shown, 200_000)
    desk.page.refresh()
    desk.rest()
    desk.press("Serahkan")
    till = desk.frame.screens.currentWidget()
    assert isinstance(till, Till)
    assert till.sale is not None
    assert find_sale(desk.ledger, till.sale.receipt).total == 300_000


def test_steps_go_on_by_the_button(desk: Desk) -> None:
    ahead(desk.ledger, next(one for one in desk.orders if one.wish.contact.name == SITI), 50_000)
    desk.page.refresh()
    desk.rest()
    desk.select(SITI)
    desk.press("Siapkan")
    assert desk.shown.state == "prepared"
    desk.press("Siap diambil")
    assert desk.shown.state == "ready"
    desk.more("Belum siap")
    assert desk.shown.state == "deposit"


def test_done_orders_are_shown_on_demand(desk: Desk) -> None:
    officer(desk)
    desk.select(DAPUR)
    desk.more("Batalkan pesanan")
    desk.press("Salah catat")
    assert isinstance(desk.sheet, CancelSheet)
    tap(button(desk.sheet, "Batalkan pesanan"))
    desk.rest()
    assert DAPUR not in desk.rows
    desk.select("Tampilkan yang sudah selesai")
    assert desk.rows[-2:] == ["Selesai", DAPUR]
    desk.select(DAPUR)
    assert desk.says("Dibatalkan: Salah catat")
    desk.more("Buka lagi")
    assert desk.shown.state == "new"


def test_a_cashier_cannot_cancel(desk: Desk) -> None:
    desk.select(DAPUR)
    desk.more("Batalkan pesanan")
    sheet = desk.sheet
    assert isinstance(sheet, CancelSheet)
    sheet._set_reason("x")
    sheet._take()
    desk.rest()
    assert {one.wish.contact.called for one in desk.orders} == {RATNA, SITI, DAPUR}


def test_the_text_for_the_chat_lies_on_the_clipboard(desk: Desk) -> None:
    desk.press("Salin pesan WA")
    desk.pick("Siap diambil")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Halo Ibu Ratna Dewi,")
    assert "Rp200.000" in text
    assert desk.says("Teks disalin")


def test_the_note_is_shown_and_copied_as_text(desk: Desk) -> None:
    key(K.Key_P, CTRL)
    sheet = desk.sheet
    assert isinstance(sheet, PaperSheet)
    desk.press("58 mm")
    desk.press("Salin teks")
    assert QGuiApplication.clipboard().text() == slip_text(sheet._slip())
    key(K.Key_Escape)
    assert desk.sheet is None


def test_personal_data_are_erased_after_a_question(desk: Desk, tmp_path: Path) -> None:
    officer(desk)
    order = desk.shown
    submit(desk.ledger, str(tmp_path / "setor"))
    desk.more("Hapus data pribadi")
    asked = question(desk.frame)
    assert asked is not None
    assert any("Folder bersama “setor”, sampai setor berikutnya" in text for text in texts(asked))
    asked.accept()
    desk.rest()
    assert desk.shown.root == order.root
    assert {"–"} <= set(texts(desk.page))
    assert not any(RATNA in text for text in texts(desk.page.detail))


def test_a_scanned_note_shows_its_order(desk: Desk) -> None:
    wanted = next(one for one in desk.orders if one.wish.contact.called == DAPUR)
    assert desk.frame.take_scan(f"{wanted.receipt} {wanted.code}")
    desk.rest()
    assert desk.shown.root == wanted.root
    ahead(desk.ledger, wanted, 10_000)
    paid = next(one for one in desk.orders if one.root == wanted.root).deposits[0]
    desk.page.board.move_selection(-5)
    assert desk.frame.take_scan(paid.receipt)
    desk.rest()
    assert desk.shown.root == wanted.root


def test_a_scan_of_goods_goes_on_to_the_till(desk: Desk) -> None:
    assert desk.frame.take_scan("PECI")
    assert desk.frame.screens.currentWidget() is desk.frame.desk


def test_a_late_order_stands_first(desk: Desk) -> None:
    app = desk.frame.app
    assert app.shift is not None
    app.shift = replace(app.shift, day=date(2023, 4, 17))
    app.shift_changed.emit()
    desk.rest()
    assert desk.rows[0] == "Terlambat"
    assert desk.frame.buttons[1].accessibleDescription() == "3"


def test_nothing_is_done_before_a_shift(desk: Desk) -> None:
    app = desk.frame.app
    app.shift = None
    key(K.Key_F9)
    key(K.Key_N, CTRL)
    assert desk.sheet is None
    assert isinstance(app.cashier, Staff)


def test_who_ordered_long_ago_is_forgotten_when_a_shift_begins(desk: Desk) -> None:
    handed_over(desk.ledger, desk.shown)
    app = desk.frame.app
    assert app.shift is not None
    app.shift = replace(app.shift, day=date(2023, 5, 13))
    app.shift_changed.emit()
    desk.rest()
    assert not orders(desk.ledger, over=True)[0].erased
    app.shift = replace(app.shift, day=date(2023, 5, 14))
    app.shift_changed.emit()
    desk.rest()
    assert orders(desk.ledger, over=True)[0].erased
